"""A database of an earlier version opens, and everything in it goes on.

`today.sql` is the database, written by that version. Discord's ids in it are
replaced by those of the server that the bot meets, and the clock goes on from when it was made.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.alliance import TERMINAL
from bot.store import open_store
from tests.adapters.terminal.talk import Talk
from tests.compat.earlier import Earlier, button
from tests.discord.bench import ASKS, Bench
from tests.discord.days import move_to
from tests.loopback import Channel, Guild, Member, Message

HERE = Path(__file__).parent
FACTS = json.loads((HERE / "today.json").read_text("utf-8"))
MADE = datetime.fromisoformat(FACTS["made"])


def write(file: Path, live: Mapping[str, int] | None = None) -> Path:
    """Put the database where `file` says, with these ids by their names."""
    new = {FACTS["ids"][name]: str(number) for name, number in (live or {}).items()}
    sql = (HERE / "today.sql").read_text("utf-8")
    for side in ("", "-wal", "-shm"):
        file.with_name(file.name + side).unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as database:
        database.executescript(re.sub(r"\d{19}", lambda found: new.get(found[0], found[0]), sql))
    return file


def counted(file: Path) -> dict[str, int]:
    """How many rows each table has that was there then."""
    with closing(sqlite3.connect(file)) as database:
        return {
            table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in FACTS["rows"]
        }


def mentions(file: Path, number: int) -> list[str]:
    """The tables in which a number stands anywhere."""
    with closing(sqlite3.connect(file)) as database:
        tables = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return [
            table
            for table in tables
            if any(
                str(number) in str(value)
                for row in database.execute(f'SELECT * FROM "{table}"')
                for value in row
            )
        ]


@dataclass(repr=False)
class Old:
    """The two servers of the database, as Discord has them."""

    bench: Bench
    file: Path
    valley: Guild
    coast: Guild
    people: dict[str, Member]
    channels: dict[str, Channel]
    messages: dict[str, Message]

    def __getattr__(self, name: str) -> Member:
        """Somebody of the valley, by name."""
        try:
            return self.people[name.capitalize()]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def lounge(self) -> Channel:
        return self.channels["lounge"]

    async def comes(self, place: Channel, text: str) -> Message:
        """Wait for something that the bot says somewhere."""

        def found() -> Message | None:
            bot = self.bench.server.bot
            said = (one for one in place.history if one.author is bot)
            return next((one for one in said if text in one.text), None)

        return await place.until(found, what=f"{text!r} in {place.label}")


@pytest.fixture
async def old(bench: Bench, earlier: Earlier, tmp_path: Path) -> AsyncIterator[Old]:
    """The database opened, and the world it is about; the bot isn't started."""
    valley, coast = bench.server.guild("Valley Alliance"), bench.server.guild("Coast Alliance")
    roles = {name: valley.role(name) for name in ("Stewards", "Intermediaries")}
    given = {"Ivy": [roles["Intermediaries"]], "Sam": [roles["Stewards"]]}
    people = {
        name: valley.member(name, roles=given.get(name, ()))
        for name in ("Rosa", "Omar", "Ana", "Leo", "Ivy", "Sam", "Mia")
    }
    for name in ("Rosa", "Leo"):
        coast.member(name)
    names = ("questions", "opportunities", "stewards", "lounge")
    channels = {name: valley.channel(name) for name in names}
    channels |= {name: coast.channel(name) for name in ("coast-questions", "coast-opportunities")}
    channels["team"] = await earlier.opens_thread(channels["lounge"], "Plan the next step")
    board, questions = channels["opportunities"], channels["questions"]
    asked = await people["Rosa"].says(questions, ASKS)
    talk = await earlier.sent(questions, text="About How do we share credit [1].")
    channels["talk"] = await people["Leo"].opens_thread("Credit", on=talk)
    buttons = [
        button(kind, alliance=valley.id, exchange=1) for kind in ("q:helpful", "q:unhelpful")
    ]
    post = [
        button(kind, alliance=valley.id, opportunity=3)
        for kind in ("o:interested", "o:decline", "o:ask")
    ]
    messages = {
        "asked": asked,
        "answer": await earlier.sent(questions, *buttons, text=f"About {ASKS} [1]."),
        "waiting question": await people["Leo"].says(questions, "And after that?"),
        "welding post": await earlier.sent(board, *post, text="### Welding seats"),
        "fair post": await earlier.sent(board, text="### Job fair"),
        "childcare post": await earlier.sent(board, text="### Childcare money"),
        "bakery post": await earlier.sent(board, text="### Bakery apprentices"),
        "talk answer": talk,
    }
    await earlier.opens_thread(board, "Welding seats", on=messages["welding post"])
    live = {
        "server Valley Alliance": valley.id,
        "server Coast Alliance": coast.id,
        **{f"person {name}": one.id for name, one in people.items()},
        **{f"role {name}": one.id for name, one in roles.items()},
        **{f"message {name}": one.id for name, one in messages.items()},
        **{
            f"{'thread' if one.is_thread else 'channel'} {name}": one.id
            for name, one in channels.items()
        },
    }
    assert live.keys() == FACTS["ids"].keys()
    file = write(tmp_path / "old.db", live)
    bench.clock.ahead = MADE - datetime.now(UTC)
    async with await open_store(file, bench.clock) as store:
        bench.store = store
        yield Old(bench, file, valley, coast, people, channels, messages)


# -- opening --------------------------------------------------------------------------------------


async def test_every_row_is_still_there(tmp_path: Path) -> None:
    file = write(tmp_path / "old.db")
    assert counted(file) == FACTS["rows"]

    async with await open_store(file, lambda: MADE):
        pass

    assert counted(file) == FACTS["rows"]
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


async def test_no_number_is_given_twice(old: Old) -> None:
    async with old.bench.started():
        await old.rosa.uses("/checklist start", in_=old.lounge, name="sponsor-accountability")
        runs = await old.rosa.uses("/checklist history", in_=old.lounge)
        form = await old.ivy.uses("/opportunity post", in_=old.lounge)
        draft = await old.ivy.submits(form, {"Title": "A", "Description": "B", "Deadline": ""})

    assert "`#10`" in runs.text
    assert "Draft #11" in draft.text


# -- questions ------------------------------------------------------------------------------------


async def test_feedback_is_given_on_an_old_answer(old: Old) -> None:
    async with old.bench.started():
        answer = old.messages["answer"]
        first = await old.rosa.clicks("Helpful", on=answer)
        again = await old.omar.clicks("Helpful", on=answer)
        form = await old.omar.clicks("Not helpful", on=answer)
        changed = await old.omar.submits(form, {"Reason": "On second thoughts"})

    assert "Noted as helpful" in first.text
    assert "Already noted as helpful" in again.text
    assert "noted as not helpful" in changed.text


async def test_a_reply_to_an_old_answer_follows_up_on_it(old: Old) -> None:
    async with old.bench.started():
        answer, questions = old.messages["answer"], old.channels["questions"]
        asked = await old.omar.says(questions, "And who does that?", reply_to=answer)
        said = await old.bench.answer(asked, containing="who does that")

    assert f"after {ASKS}" in said.text


async def test_a_question_in_an_old_thread_follows_up_on_what_was_asked_there(old: Old) -> None:
    async with old.bench.started():
        asked = await old.leo.says(old.channels["talk"], "And with whom?")
        said = await old.bench.answer(asked)

    assert "after How do we share credit?" in said.text


async def test_a_question_that_waited_is_answered(old: Old) -> None:
    async with old.bench.started():
        said = await old.comes(old.channels["questions"], "And after that")

    assert said.reference is old.messages["waiting question"]
    assert f"after {ASKS}" in said.text


async def test_an_answer_that_was_shared_is_not_shared_again(old: Old, earlier: Earlier) -> None:
    async with old.bench.started():
        places = {"in_": old.channels["questions"], "private": True}
        twice = await earlier.clicks(old.ana, "q:share", exchange=8, **places)
        once = await earlier.clicks(old.ana, "q:share", exchange=7, **places)

    assert "already been shared" in twice.text
    assert "Shared with this channel" in once.text


async def test_whoever_chose_an_alliance_is_answered_for_it(old: Old) -> None:
    async with old.bench.started():
        asked = await old.rosa.dms("How do we share credit?")
        said = await old.bench.answer(asked)
        everything = await old.rosa.uses("/commitments list", in_=old.rosa.dm)

    assert "About How do we share credit" in said.text
    assert "Mend the nets" in everything.text


# -- stewards -------------------------------------------------------------------------------------


async def test_settings_hold(old: Old) -> None:
    async with old.bench.started():
        kept = await old.sam.uses("/guide retention", in_=old.lounge)
        page = await old.sam.uses("/guide setup", in_=old.lounge)
        refused = await old.leo.uses("/guide setup", in_=old.lounge)

    assert "90 days" in kept.text
    assert f"{old.channels['stewards'].mention} (questions, stewards)" in page.text
    assert old.valley.role("Stewards").mention in page.text
    assert old.valley.role("Intermediaries").mention in page.text
    assert "This is for the stewards" in refused.text


async def test_gaps_and_notes_are_as_they_were(old: Old, small: Bench) -> None:
    async with small.started():
        gaps = await old.sam.uses("/guide gaps", in_=old.lounge)
        note = await old.leo.uses("/passage", in_=old.lounge, title="note-1")
        gone = await old.leo.uses("/passage", in_=old.lounge, title="note-2")

    assert "3 open questions" in gaps.text
    assert "Does the weather matter?" in gaps.text
    assert "a reader wrote: “Too general for us.”" in gaps.text
    assert "What will the weather be?" not in gaps.text
    assert "It is sunny in the valley." in note.text
    assert "Sam, 2 March 2026" in note.text
    assert "No passage is called" in gone.text


async def test_somebody_is_forgotten_everywhere(old: Old, earlier: Earlier) -> None:
    assert {"runs", "exchanges", "opportunities"} <= set(mentions(old.file, old.rosa.id))
    async with old.bench.started():
        gone = await earlier.clicks(
            old.rosa, "p:forget", in_=old.rosa.dm, alliance=0, person=old.rosa.id
        )
        await old.bench.idle()

    assert "Deleted in all alliances: 2 questions with their answers" in gone.text
    assert "1 choice for direct messages" in gone.text
    assert mentions(old.file, old.rosa.id) == []


async def test_somebody_gets_all_that_is_kept(old: Old) -> None:
    async with old.bench.started():
        given = await old.ana.uses("/privacy export", in_=old.lounge)

    (file,) = given.files
    for kept in ("Who pays for the training?", "Too general for us.", "Call the college"):
        assert kept in file.text


# -- checklists -----------------------------------------------------------------------------------


async def test_a_paused_run_is_resumed_with_what_was_typed(old: Old) -> None:
    async with old.bench.started():
        step = await old.rosa.uses("/checklist resume", in_=old.lounge, run="2")
        shown = step.text
        form = await old.rosa.clicks("Edit", on=step)
        onward = await old.rosa.submits(form, {"Your answer": "May 4"})

    assert "When do we begin?" in shown
    assert "5 of 6" in shown
    assert "someday" in shown
    assert form.modal.components[0]["component"]["value"] == "someday"
    assert "6 of 6" in onward.text
    assert "What is next?" in onward.text


async def test_an_open_run_goes_on_by_its_old_buttons(old: Old, earlier: Earlier) -> None:
    key = {"in_": old.lounge, "private": True, "run": 1, "place": 2, "seen": 2}
    async with old.bench.started():
        step = await earlier.selects(old.rosa, "c:pick", "no", **key)
        stale = await earlier.clicks(old.rosa, "c:back", **key)
        shown = await old.rosa.uses("/checklist show", in_=old.lounge, run="1")

    assert "How will you find a name together" in step.text
    assert "This step was left already" in stale.text
    assert "An **agenda** for" not in shown.text  # it is escaped
    assert "agenda" in shown.text


async def test_a_run_that_was_handed_over_has_its_new_owner(old: Old) -> None:
    async with old.bench.started():
        his = await old.omar.uses("/checklist resume", in_=old.lounge, run="7")
        refused = await old.leo.uses("/checklist resume", in_=old.lounge, run="7")

    assert "Where do we stand?" in his.text
    assert "belongs to somebody else" in refused.text


async def test_a_team_goes_on_with_different_answers_side_by_side(
    old: Old, earlier: Earlier
) -> None:
    thread = old.channels["team"]
    async with old.bench.started():
        await old.rosa.uses("/checklist resume", in_=thread)
        step = await old.comes(thread, "2 of")
        form = await earlier.clicks(old.leo, "c:answer", in_=thread, run=3, place=1, seen=1)
        await old.leo.submits(form, {"Your answer": "yes"})
        await old.rosa.clicks("Next", on=step)
        onward = await old.comes(thread, "What is missing?")
        kept = await earlier.clicks(
            old.ana, "c:edit", in_=thread, private=True, run=3, place=6, seen=1
        )

    assert "**Omar**, River College" in step.text
    assert "**Ana**, Hill Bakery" in step.text
    assert "No, not yet" in step.text
    assert "**Leo**, Lake Foundry" in step.text
    assert "3 of 7" in onward.text
    assert "Ask Ivy" in [row["component"].get("value") for row in kept.modal.components]


async def test_a_run_after_its_last_step_is_finished(old: Old, earlier: Earlier) -> None:
    lounge = old.coast.channel("coast-questions")
    rosa = old.coast.member("Rosa")
    async with old.bench.started():
        finished = await earlier.clicks(
            rosa, "c:finish", in_=lounge, private=True, shape=1, run=8, seen=2
        )
        brief = await finished.followup()

    assert "is finished" in finished.message.text
    assert "Mend the nets" in brief.text
    assert brief.files


async def test_a_finished_run_shows_its_brief(old: Old) -> None:
    async with old.bench.started():
        brief = await old.ana.uses("/checklist show", in_=old.lounge, run="4")
        gaps = await old.rosa.uses("/checklist show", in_=old.lounge, run="5")
        history = await old.rosa.uses("/checklist history", in_=old.lounge)

    (markdown,) = [file for file in brief.files if file.name.endswith(".md")]
    for said in ("In the kitchen", "Call the college", "Ana and Bo", "May 4"):
        assert said in markdown.text
    assert "Nobody knows" in gaps.text
    for status in ("open", "paused", "finished"):
        assert f" · {status} March " in history.text


async def test_a_cancelled_run_is_reopened_with_its_commitment(old: Old) -> None:
    async with old.bench.started():
        reopened = await old.omar.uses("/checklist reopen", in_=old.lounge, run="6")
        listed = await old.omar.uses("/commitments list", in_=old.lounge)

    assert "is open again" in reopened.text
    assert "Paint the wall" in listed.text


async def test_commitments_are_listed(old: Old) -> None:
    async with old.bench.started():
        listed = await old.omar.uses("/commitments list", in_=old.lounge)
        moved = await old.omar.uses(
            "/commitments move", in_=old.lounge, commitment="2", date="March 30"
        )
        hours = await old.rosa.uses("/commitments settings", in_=old.lounge)

    assert "2 open commitments" in listed.text
    assert "Invite the mayor" in listed.text
    assert "Ring the bell · Omar" in listed.text
    assert "Moved to Monday, March 30, 2026: Invite the mayor" in moved.text
    assert "at 09:00, by the clock in America/Chicago" in hours.text
    assert "nothing from 22:00 to 07:00" in hours.text


# -- opportunities --------------------------------------------------------------------------------


async def test_what_is_open_is_listed_with_its_counts(old: Old) -> None:
    async with old.bench.started():
        listed = await old.ivy.uses("/opportunity list", in_=old.lounge)
        shown = await old.ivy.uses("/opportunity show", in_=old.lounge, id="3")
        closed = await old.leo.uses("/opportunity show", in_=old.lounge, id="2")
        report = await old.sam.uses("/opportunity report", in_=old.lounge)

    assert "3 open opportunities" in listed.text
    assert "**Welding seats** · training seats" in listed.text
    assert "1 interested · 0 places left" in listed.text
    assert "#6 Forklift course" in listed.text
    assert "**Answers** 1 interested · 1 waiting · 1 not for us" in shown.text
    assert "**Lake Foundry**: Leo" in shown.text
    assert "Closed: filled** · All is spent." in closed.text
    assert "5 posted" in report.text


async def test_an_old_post_is_answered(old: Old) -> None:
    async with old.bench.started():
        post = old.messages["welding post"]
        third = await old.mia.clicks("Interested", on=post)
        given_up = await old.ana.clicks("Not for us", on=post)
        seated = await old.comes(old.leo.dm, "There is a place for you now")

    assert "Mill House is on the waiting list, at place 2" in third.text
    assert "The interest is withdrawn." in given_up.text
    assert "Welding seats" in seated.text


async def test_drafts_and_forms_are_filled_as_they_were(old: Old, earlier: Earlier) -> None:
    async with old.bench.started():
        form = await old.ivy.uses("/opportunity post", in_=old.lounge)
        draft = await old.ivy.uses("/opportunity edit", in_=old.lounge, id="6")
        posted = await earlier.clicks(
            old.ivy, "o:post", in_=old.lounge, private=True, opportunity=6
        )
        gone = await earlier.clicks(old.ivy, "o:post", in_=old.lounge, private=True, opportunity=7)

    values = [row["component"].get("value") for row in form.modal.components]
    assert values == ["Crane course", "Two days.", None, "someday", None]
    assert draft.modal.components[0]["component"]["value"] == "Forklift course"
    assert "Posted: Forklift course" in posted.text
    assert "That draft is gone" in gone.text


async def test_partners_are_as_they_were(old: Old) -> None:
    async with old.bench.started():
        listed = await old.leo.uses("/partner list", in_=old.lounge)
        his = await old.omar.uses("/partner profile", in_=old.lounge)
        hers = await old.ana.uses("/partner profile", in_=old.lounge)
        left = await old.ana.uses("/partner leave", in_=old.lounge, name="Corner Kitchen")

    assert "6 partner organizations" in listed.text
    assert "**River College** · Omar" in listed.text
    assert "**Lake Foundry** · 1 speaks for it · The valley" in listed.text
    assert "Looks for welding, apprentices, childcare" in listed.text
    assert "daily at 08:00" in his.text
    assert "omar@college.example.org" in his.text
    assert "**Hill Bakery**" in hers.text
    assert "at once" in hers.text
    assert "You still speak for Hill Bakery" in left.text


# -- notices --------------------------------------------------------------------------------------


async def test_a_reminder_that_is_due_comes_with_buttons_that_work(old: Old) -> None:
    async with old.bench.started():
        reminder = await old.comes(old.omar.dm, "A commitment is due today:\n> Ring the bell")
        done = await old.omar.clicks("Done", on=reminder)

    assert done.text == "Noted as done: Ring the bell"


async def test_what_arrived_before_the_update_does_not_come_again(
    old: Old, earlier: Earlier
) -> None:
    key = {"alliance": old.valley.id, "commitment": 1, "notice": 1}
    arrived = await earlier.sent(
        old.ana.dm,
        *(button(kind, **key) for kind in ("n:done", "n:move")),
        text="A commitment is due today:\n> Call the college",
    )
    async with old.bench.started():
        await old.comes(old.ana.dm, "Helmets for welding")  # which was due later
        await old.bench.idle()
        told = [one for one in old.ana.dm.history if "Call the college" in one.text]
        done = await old.ana.clicks("Done", on=arrived)

    assert told == [arrived]
    assert done.text == "Noted as done: Call the college"


async def test_a_post_that_arrived_before_the_update_is_not_posted_again(
    old: Old, earlier: Earlier
) -> None:
    board, key = old.channels["opportunities"], {"alliance": old.valley.id, "opportunity": 5}
    buttons = [button(kind, **key) for kind in ("o:interested", "o:decline", "o:ask")]
    arrived = await earlier.sent(board, *buttons, text="### Helmets for welding")
    async with old.bench.started():
        await old.comes(old.ana.dm, "Helmets for welding")  # which comes after the post
        await old.omar.clicks("Interested", on=arrived)
        await board.until(lambda: "1 interested" in arrived.text, what="counts on the post")
        posts = [one for one in board.history if "Helmets for welding" in one.text]

    assert posts == [arrived]


async def test_a_question_that_arrived_before_the_update_is_not_posted_again(
    old: Old, earlier: Earlier
) -> None:
    thread = old.messages["welding post"].thread
    assert thread is not None
    arrived = await earlier.sent(thread, text="Leo asks: Is lunch paid?", text_id=40 + 39)
    async with old.bench.started():
        await old.comes(old.ivy.dm, "Is lunch paid?")  # which comes after the question
        asked = [one for one in thread.history if "Is lunch paid?" in one.text]

    assert asked == [arrived]


async def test_all_that_waited_comes_when_it_is_due(old: Old) -> None:
    board, thread = old.channels["opportunities"], old.channels["team"]
    moments: list[tuple[str, list[tuple[Channel, str]]]] = [
        (
            "16 13:31",
            [
                (old.ana.dm, "Call the college"),
                (old.omar.dm, "Ring the bell"),
                (board, "Helmets for welding"),
                (old.ana.dm, "It fits what you look for: welding"),
                (board, "**Where** The hills"),
                (old.leo.dm, "- Place: The hills"),
                (old.ivy.dm, "Is lunch paid?"),
                (old.channels["coast-opportunities"], "Nets to mend"),
                (old.leo.dm, "Nets to mend"),
            ],
        ),
        ("16 13:36", [(old.ana.dm, "There is a place for you now")]),
        ("16 14:02", [(old.rosa.dm, "You paused **Plan the next step**")]),
        (
            "17 09:01",
            [
                (thread, "Invite the mayor"),
                (old.omar.dm, "Today in Valley Alliance: 2 opportunities"),
                (board, "Open opportunities: 2 opportunities"),
                (old.channels["stewards"], "- opportunity changed: 1"),
            ],
        ),
        ("18 09:01", [(old.rosa.dm, "Mend the nets")]),
        ("19 17:01", [(old.ana.dm, "in which you are interested, closes")]),
        ("20 17:01", [(board, "#3 · edited · **closed**"), (old.ivy.dm, "Job fair")]),
        (
            "23 14:02",
            [
                (old.leo.dm, "This week in Valley Alliance: 2 opportunities"),
                (old.rosa.dm, "I won't remind you of it again"),
            ],
        ),
        ("30 17:01", []),
    ]
    old.mia.user.dms_open = False
    async with old.bench.started():
        with old.bench.server.expecting(50007, times=1):
            for moment, told in moments:
                day, hour, minute = map(int, re.findall(r"\d+", moment))
                move_to(old.bench, MADE.replace(day=day, hour=hour, minute=minute))
                for place, text in told:
                    await old.comes(place, text)
            await old.bench.idle()
        question = old.messages["welding post"].thread
        assert question is not None
        await old.comes(question, "Is lunch paid?")
        offers = [one for one in old.rosa.dm.history if "You paused" in one.text]
        resumed = await old.rosa.clicks("Resume", on=offers[0])
        asked = await old.comes(old.ivy.dm, "Job fair")
        noted = await old.ivy.selects("What came of it", "partly", on=asked)
        digest = await old.comes(old.omar.dm, "Today in Valley")
        answered = await old.omar.selects("Interested in…", "4", on=digest)

    assert len(offers) == 2
    assert "5 of 6" in resumed.text
    assert "partly" in noted.text
    assert "**Bakery apprentices**" in answered.text
    waiting = (
        "SELECT kind, alliance FROM outbox WHERE sent IS NULL AND given_up IS NULL AND due < ?"
    )
    with closing(sqlite3.connect(old.file)) as database:
        left = database.execute(waiting, ("2026-03-30 17:01",)).fetchall()
    assert all(alliance == TERMINAL for _, alliance in left), left  # those are for the terminal


# -- the terminal ---------------------------------------------------------------------------------


async def test_the_terminal_goes_on(make_talk: Callable[[], Talk], tmp_path: Path) -> None:
    write(tmp_path / "guide.db")
    talk = make_talk()
    talk.clock.now = MADE + timedelta(minutes=1)
    try:
        reminded = await talk.starts() + await talk.hears()
        listed = await talk.says("/opportunity list")
        promised = await talk.says("/commitments list")
        step = await talk.says("/checklist resume 9")
    finally:
        await talk.stops()

    assert "Tidy up" in reminded
    assert "A desk to share" in listed
    assert "Tidy up" in promised
    assert "What is next?" in step


async def test_what_was_done_at_the_terminal_gets_an_alliance_of_its_own(
    make_talk: Callable[[], Talk], tmp_path: Path
) -> None:
    file = write(tmp_path / "guide.db")
    before = counted(file)
    talk = make_talk()
    talk.clock.now = MADE
    await talk.starts()
    await talk.stops()

    shared = {"exchanges", "choices", "events", "alembic_version"}  # also of people on Discord
    with closing(sqlite3.connect(file)) as database:
        counts = "SELECT count(*) FROM {} WHERE alliance = 0"
        left = {
            table: database.execute(counts.format(table)).fetchone()[0]
            for table in before.keys() - shared
        }
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
    assert counted(file) == before
    assert not any(left.values()), left
    assert broken == []
