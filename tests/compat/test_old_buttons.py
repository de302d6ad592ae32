"""What was sent before an update works after it: each kind of button, menu and form.

The bot is started anew before something is pressed: what it sent itself it would know anyhow.
"""

from __future__ import annotations

import re

import pytest

from tests.compat.earlier import KINDS, USED, Earlier, custom_id, uses
from tests.discord.bench import ASKS, Alliance, Bench
from tests.loopback import Channel, Member, Message, Response

SPONSOR = "sponsor-accountability"
RUN = {"run": 1, "place": 0, "seen": 0}
"""The first run of an alliance, at its first step, before anything happened to it."""
YES_NO, CHOICE, PROMISE = 4, 8, 10
"""The places of steps that ask for yes or no, for a choice, and for a commitment."""
STEPS = 11


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_what_is_known_of_a_custom_id_fits_together(kind: dict[str, object]) -> None:
    pattern = re.compile(str(kind["pattern"]))

    assert kind["examples"]
    for example in kind["examples"]:  # type: ignore[attr-defined]
        assert pattern.fullmatch(example)
        assert len(example) <= 100


def test_no_kind_is_left_out_here() -> None:
    assert KINDS.keys() == USED


# -- under answers --------------------------------------------------------------------------------


async def asked(valley: Alliance) -> Message:
    """The answer to a question of Rosa's, the first there is."""
    question = await valley.rosa.says(valley.questions, ASKS)
    bot = valley.guild.world.bot
    return await valley.questions.next_message(after=question, by=bot, containing="About")


@uses("q:helpful")
async def test_helpful_is_noted(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        await asked(valley)
    async with bench.started():
        pressed = await earlier.clicks(valley.omar, "q:helpful", in_=valley.questions, exchange=1)

        assert pressed.ephemeral
        assert "Noted as helpful" in pressed.text


@uses("q:unhelpful")
async def test_not_helpful_asks_why(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        await asked(valley)
    async with bench.started():
        form = await earlier.clicks(valley.omar, "q:unhelpful", in_=valley.questions, exchange=1)

        assert form.modal.title == "What was missing or wrong?"
        thanked = await valley.omar.submits(form, {"Reason": "Too long"})
        assert "noted as not helpful" in thanked.text.lower()


@uses("q:reason")
@pytest.mark.parametrize(
    ("shape", "change", "says"),
    [
        (0, "first", "Noted as not helpful"),
        (0, "changed", "Changed: now noted as not helpful"),
        (0, "same", "your reason is the one you just gave"),
        (1, "", "Noted as not helpful"),
        (2, "", "Noted as not helpful"),
    ],
)
async def test_a_reason_is_kept(
    shape: int, change: str, says: str, bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        answer = await asked(valley)
    async with bench.started():
        thanked = await earlier.submits(
            valley.omar,
            "q:reason",
            {"Reason": "Too long"},
            in_=valley.questions,
            on=answer,
            shape=shape,
            exchange=1,
            change=change,
        )

        assert thanked.ephemeral
        assert says in thanked.text


@uses("q:more")
async def test_a_long_answer_is_read_on(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        question = "Why " + "and why ".join(f"{n} " for n in range(300)) + "?"
        private = await valley.rosa.uses("/ask", in_=valley.lounge, question=question, private=True)
        await private.until(lambda r: "goes on" in r.text, what="a long answer")
    async with bench.started():
        rest = await earlier.clicks(
            valley.rosa, "q:more", in_=valley.lounge, private=True, exchange=1
        )

        assert rest.ephemeral
        assert "and why 299" in rest.text


@uses("q:share")
async def test_a_private_answer_is_shared(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        private = await valley.rosa.uses("/ask", in_=valley.lounge, question=ASKS, private=True)
        await private.until(lambda r: "About" in r.text, what="an answer")
    async with bench.started():
        shared = await earlier.clicks(
            valley.rosa, "q:share", in_=valley.lounge, private=True, exchange=1
        )

        assert "Shared with this channel" in shared.text
        assert "Rosa asked privately and shares the answer" in valley.lounge.history[-1].text


@uses("q:read")
@pytest.mark.parametrize("exchange", [1, 0])
async def test_a_passage_is_read(
    exchange: int, bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        answer = await asked(valley)
        (first, *_) = re.findall(r"\[1\] \**([^*\n]+)", answer.text)
    async with bench.started():
        read = await earlier.selects(
            valley.omar,
            "q:read",
            options_on(answer)[0],
            in_=valley.questions,
            exchange=exchange,
        )

        assert read.ephemeral
        assert first in read.text
        assert "Source: " in read.text


@uses("q:start")
async def test_a_proposed_checklist_is_started(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        step = await earlier.clicks(valley.omar, "q:start", in_=valley.questions, checklist=SPONSOR)

        assert step.ephemeral
        assert "1 of" in step.text


@uses("q:choose")
async def test_an_alliance_is_chosen_for_direct_messages(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    coast = bench.server.guild("Coast Alliance")
    coast.member("Rosa")
    async with bench.started():
        question = await valley.rosa.dms(ASKS)
        await valley.rosa.dm.next_message(after=question, by=bench.server.bot)
    async with bench.started():
        chosen = await earlier.selects(
            valley.rosa, "q:choose", str(coast.id), in_=valley.rosa.dm, message=question.id
        )

        assert "for Coast Alliance" in chosen.text
        await valley.rosa.dm.next_message(
            after=question, by=bench.server.bot, containing="About How do we keep"
        )


# -- walking through a checklist ------------------------------------------------------------------


async def begins(valley: Alliance, *, team: bool = False) -> Response:
    """Rosa's first run."""
    return await valley.rosa.uses("/checklist start", in_=valley.lounge, name=SPONSOR, team=team)


async def team_thread(valley: Alliance) -> tuple[Channel, Message]:
    """The thread of Rosa's first run, with the message of its first step."""
    await begins(valley, team=True)
    (thread,) = valley.lounge.threads
    return thread, thread.history[-1]


async def reaches_end(valley: Alliance) -> int:
    """Rosa skips all she can; the revision of the run on the page after the last step."""
    step = await begins(valley)
    moves = 0
    while "every step" not in step.text:
        pressed = await valley.rosa.clicks("Skip", on=step)
        step = pressed
        if pressed.kind == "modal":
            step = await valley.rosa.submits(pressed, {"Reason": "later"})
        moves += 1
    return moves


async def pauses(valley: Alliance) -> None:
    """Rosa puts her first run aside."""
    paused = await valley.rosa.clicks("Pause", on=await begins(valley))
    assert "Paused: " in paused.text


@uses("c:answer", "c:form")
async def test_a_step_is_answered(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        await begins(valley)
    async with bench.started():
        form = await earlier.clicks(valley.rosa, "c:answer", in_=valley.lounge, private=True, **RUN)

        assert form.modal.title == "Step 1"
        assert form.fields == ["Your answer"]
        step = await valley.rosa.submits(form, {"Your answer": "Rosa"})
        assert step.kind == "update"
        assert "2 of" in step.text


@uses("c:form")
async def test_an_answer_that_was_being_typed_is_kept(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        first = await begins(valley)
    async with bench.started():
        step = await earlier.submits(
            valley.rosa,
            "c:form",
            {"Your answer": "Rosa **herself**"},
            in_=valley.lounge,
            on=first.message,
            fields=["text"],
            **RUN,
        )

        assert "2 of" in step.text
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        assert "herself" in shown.text


@uses("c:form")
async def test_an_answer_of_a_team_that_was_being_typed_stands_with_the_others(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        thread, step = await team_thread(valley)
        unkept = await earlier.sent(thread, to=valley.omar)
    async with bench.started():
        kept = await earlier.submits(
            valley.omar,
            "c:form",
            {"Your answer": "Omar does"},
            in_=thread,
            on=unkept,
            fields=["text"],
            shape=1,
            message=step.id,
            **RUN,
        )

        assert "Your answer is kept" in kept.text
        assert "Omar does" in step.text


@uses("c:edit")
@pytest.mark.parametrize("shape", [0, 1])
async def test_what_could_not_be_taken_is_edited(
    shape: int, bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        first = await begins(valley)
        key = {"run": 1, "place": YES_NO, "seen": 0}
        await earlier.submits(
            valley.rosa,
            "c:form",
            {"Your answer": "perhaps"},
            in_=valley.lounge,
            on=first.message,
            fields=["text"],
            **key,
        )
    async with bench.started():
        form = await earlier.clicks(
            valley.rosa,
            "c:edit",
            in_=valley.lounge,
            private=True,
            shape=shape,
            message=first.message.id,
            **key,
        )

        (row,) = form.modal.components
        assert row["component"]["value"] == "perhaps"


@uses("c:skip", "c:skipform")
async def test_a_step_is_skipped_with_a_reason(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        await begins(valley)
    async with bench.started():
        form = await earlier.clicks(valley.rosa, "c:skip", in_=valley.lounge, private=True, **RUN)

        assert form.modal.title == "Why are you skipping this step?"
        assert "2 of" in (await valley.rosa.submits(form, {"Reason": "Not now"})).text


@uses("c:skipform")
async def test_a_reason_to_skip_that_was_being_typed_is_kept(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        first = await begins(valley)
    async with bench.started():
        step = await earlier.submits(
            valley.rosa,
            "c:skipform",
            {"Reason": "Nobody knows"},
            in_=valley.lounge,
            on=first.message,
            **RUN,
        )

        assert "2 of" in step.text
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        assert "Nobody knows" in shown.text


@uses("c:back")
async def test_a_run_goes_back(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        step = await begins(valley)
        form = await valley.rosa.clicks("Answer", on=step)
        await valley.rosa.submits(form, {"Your answer": "Rosa"})
    async with bench.started():
        back = await earlier.clicks(
            valley.rosa, "c:back", in_=valley.lounge, private=True, run=1, place=1, seen=1
        )

        assert "1 of" in back.text
        assert "Your answer so far" in back.text


@uses("c:back", "c:pause", "c:finish")
@pytest.mark.parametrize(
    ("name", "says"),
    [("c:back", " of "), ("c:pause", "Paused: "), ("c:finish", "is finished")],
)
async def test_the_page_after_the_last_step_works(
    name: str, says: str, bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        seen = await reaches_end(valley)
    async with bench.started():
        pressed = await earlier.clicks(
            valley.rosa, name, in_=valley.lounge, private=True, shape=1, run=1, seen=seen
        )

        assert says in pressed.message.text
        assert "every step" not in pressed.message.text


@uses("c:pause", "c:resume")
async def test_a_run_is_paused_and_resumed(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        await begins(valley)
    async with bench.started():
        paused = await earlier.clicks(
            valley.rosa, "c:pause", in_=valley.lounge, private=True, **RUN
        )
        resumed = await earlier.clicks(
            valley.rosa, "c:resume", in_=valley.lounge, private=True, run=1, place=0, seen=1
        )

        assert "Paused: " in paused.text
        assert "1 of" in resumed.text


@uses("c:finish")
async def test_the_last_step_finishes_a_run(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        seen = await reaches_end(valley)
        await earlier.clicks(
            valley.rosa, "c:back", in_=valley.lounge, private=True, shape=1, run=1, seen=seen
        )
    async with bench.started():
        finished = await earlier.clicks(
            valley.rosa,
            "c:finish",
            in_=valley.lounge,
            private=True,
            run=1,
            place=PROMISE,
            seen=seen + 1,
        )

        assert "is finished" in finished.message.text
        brief = await finished.followup()
        assert {file.name.rpartition(".")[2] for file in brief.files} >= {"md"}


@uses("c:next")
async def test_a_team_goes_on(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        thread, step = await team_thread(valley)
        form = await valley.omar.clicks("Answer", on=step)
        await valley.omar.submits(form, {"Your answer": "Omar"})
    async with bench.started():
        await earlier.clicks(valley.rosa, "c:next", in_=thread, **RUN)

        assert "2 of" in (await thread.next_message(after=step, containing="2 of")).text


@uses("c:others")
async def test_what_others_did_is_shown(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        await begins(valley)
    async with bench.started():
        others = await earlier.clicks(
            valley.rosa, "c:others", in_=valley.lounge, private=True, **RUN
        )

        assert others.ephemeral
        assert "What others did: " in others.text or "no case for this" in others.text


@uses("c:ask", "c:askform")
async def test_a_question_about_a_step_is_answered(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        await begins(valley)
    async with bench.started():
        form = await earlier.clicks(valley.rosa, "c:ask", in_=valley.lounge, private=True, **RUN)

        assert form.modal.title == "Ask about this step"
        answer = await valley.rosa.submits(form, {"Question": "Must it be one person?"})
        await answer.until(lambda r: "you asked: Must it be one person?" in r.text)


@uses("c:askform")
async def test_a_question_about_a_step_that_was_being_typed_is_answered(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        first = await begins(valley)
    async with bench.started():
        answer = await earlier.submits(
            valley.rosa,
            "c:askform",
            {"Question": "Must it be one person?"},
            in_=valley.lounge,
            on=first.message,
            **RUN,
        )

        assert answer.ephemeral
        await answer.until(lambda r: "you asked: Must it be one person?" in r.text)


@uses("c:resume", "c:anew")
@pytest.mark.parametrize(
    ("name", "shape", "says"), [("c:resume", 1, "Rosa did this"), ("c:anew", 0, "1 of")]
)
async def test_a_run_under_way_is_resumed_or_started_anew(
    name: str, shape: int, says: str, bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        step = await begins(valley)
        form = await valley.rosa.clicks("Answer", on=step)
        step = await valley.rosa.submits(form, {"Your answer": "Rosa did this"})
        await valley.rosa.clicks("Back", on=step)
    async with bench.started():
        pressed = await earlier.clicks(
            valley.rosa, name, in_=valley.lounge, private=True, shape=shape, run=1, seen=2
        )

        assert "1 of" in pressed.text
        assert says in pressed.text


@uses("c:pick")
async def test_an_answer_is_picked(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        step = await begins(valley)
        for _ in range(YES_NO):
            form = await valley.rosa.clicks("Answer", on=step)
            step = await valley.rosa.submits(form, {"Your answer": "So it is"})
        assert options_on(step.message, "Choose an answer") == ["yes", "no"]
    async with bench.started():
        picked = await earlier.selects(
            valley.rosa,
            "c:pick",
            "no",
            in_=valley.lounge,
            private=True,
            run=1,
            place=YES_NO,
            seen=YES_NO,
        )

        assert "6 of" in picked.text
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        assert "No" in shown.text


@uses("c:jump")
async def test_an_answer_is_changed_after_the_last_step(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        seen = await reaches_end(valley)
    async with bench.started():
        step = await earlier.selects(
            valley.rosa, "c:jump", "benefit", in_=valley.lounge, private=True, run=1, seen=seen
        )

        assert "2 of" in step.text


@uses("c:cancel")
async def test_a_run_is_given_up(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        await begins(valley)
    async with bench.started():
        given_up = await earlier.clicks(
            valley.rosa, "c:cancel", in_=valley.lounge, private=True, run=1
        )

        assert given_up.kind == "update"
        assert "is cancelled" in given_up.text


@uses("c:share")
async def test_a_brief_is_shared(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        seen = await reaches_end(valley)
        finished = await earlier.clicks(
            valley.rosa, "c:finish", in_=valley.lounge, private=True, shape=1, run=1, seen=seen
        )
        await finished.followup()
    async with bench.started():
        shared = await earlier.clicks(
            valley.rosa, "c:share", in_=valley.lounge, private=True, run=1
        )

        assert "Shared with this channel" in shared.text
        posted = valley.lounge.history[-1]
        assert "Shared by Rosa" in posted.text
        assert posted.files


@uses("c:list")
async def test_a_page_of_the_list_is_turned(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        page = await earlier.clicks(valley.rosa, "c:list", in_=valley.lounge, private=True, page=1)

        assert page.kind == "update"
        assert "page 2 of" in page.text


@uses("c:begin")
async def test_a_checklist_of_the_list_is_started(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        step = await earlier.selects(
            valley.rosa, "c:begin", SPONSOR, in_=valley.lounge, private=True
        )

        assert step.ephemeral
        assert "1 of" in step.text


# -- reminders and offers -------------------------------------------------------------------------


async def promises(valley: Alliance, earlier: Earlier) -> None:
    """Rosa's first commitment, in her first run; the form for it was open during the update."""
    first = await begins(valley)
    await earlier.submits(
        valley.rosa,
        "c:form",
        {"Your answer": "We call", "What": "Call the college", "By when": "in two weeks"},
        in_=valley.lounge,
        on=first.message,
        run=1,
        place=PROMISE,
        seen=0,
    )
    listed = await valley.rosa.uses("/commitments list", in_=valley.lounge)
    assert "Call the college" in listed.text


@uses("n:done")
async def test_a_commitment_is_kept(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        await promises(valley, earlier)
    async with bench.started():
        done = await earlier.clicks(
            valley.rosa,
            "n:done",
            in_=valley.rosa.dm,
            alliance=valley.guild.id,
            commitment=1,
            notice=7,
        )

        assert done.kind == "update"
        assert done.text == "Noted as done: Call the college"


@uses("n:move", "n:day")
async def test_a_commitment_is_moved(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        await promises(valley, earlier)
        key = {"alliance": valley.guild.id, "commitment": 1, "notice": 7}
    async with bench.started():
        form = await earlier.clicks(valley.rosa, "n:move", in_=valley.rosa.dm, **key)

        assert form.modal.title == "Move this commitment"
        moved = await valley.rosa.submits(form, {"By when": "in three weeks"})
        assert moved.text.startswith("Moved to ")


@uses("n:day")
async def test_another_day_that_was_being_typed_is_taken(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        await promises(valley, earlier)
        reminder = await earlier.sent(valley.rosa.dm)
    async with bench.started():
        moved = await earlier.submits(
            valley.rosa,
            "n:day",
            {"By when": "in three weeks"},
            in_=valley.rosa.dm,
            on=reminder,
            alliance=valley.guild.id,
            commitment=1,
            notice=7,
        )

        assert moved.message is reminder
        assert moved.text.startswith("Moved to ")


@uses("n:resume", "n:cancel", "c:cancel")
@pytest.mark.parametrize(("name", "says"), [("n:resume", "1 of"), ("n:cancel", "Give up ")])
async def test_a_run_that_was_offered_again_goes_on_or_is_given_up(
    name: str, says: str, bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        await pauses(valley)
    async with bench.started():
        pressed = await earlier.clicks(
            valley.rosa, name, in_=valley.rosa.dm, alliance=valley.guild.id, run=1, notice=7
        )

        assert says in pressed.text


# -- opportunities --------------------------------------------------------------------------------

SEATS = {"Title": "Welding seats", "Description": "Twelve free seats in the evening."}


def steward(valley: Alliance) -> Member:
    """Sam, who may manage the server."""
    allowed = ["manage_guild", "view_channel", "send_messages"]
    known = [one for one in valley.guild.members.values() if one.name == "Sam"]
    return known[0] if known else valley.guild.member("Sam", permissions=allowed)


async def drafts(valley: Alliance) -> Response:
    """The preview of Sam's first opportunity."""
    sam, board = steward(valley), valley.guild.channel("opportunities")
    await sam.uses("/guide channel add", in_=valley.lounge, channel=board, purpose="opportunities")
    form = await sam.uses("/opportunity post", in_=valley.lounge, kind="training seats")
    preview = await sam.submits(form, SEATS)
    assert "Draft #1" in preview.text
    return preview


async def posts(valley: Alliance) -> Message:
    """The post of Sam's first opportunity."""
    pressed = await steward(valley).clicks("Post", on=await drafts(valley))
    await pressed.until(lambda r: "It stands here" in r.text, what="the link of the post")
    return valley.guild.channel("opportunities").history[-1]


async def joins(who: Member, where: Channel, name: str = "River College") -> None:
    """Somebody speaks for an organization."""
    assert name in (await who.uses("/partner join", in_=where, name=name)).text


@uses("o:interested", "o:decline")
@pytest.mark.parametrize(
    ("name", "says"),
    [("o:interested", "River College is interested in"), ("o:decline", "is not for River College")],
)
async def test_a_post_is_answered(
    name: str, says: str, bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        post = await posts(valley)
        await joins(valley.rosa, valley.lounge)
    async with bench.started():
        pressed = await earlier.clicks(valley.rosa, name, in_=post.channel, opportunity=1)

        assert pressed.ephemeral
        assert says in pressed.text


@uses("o:interested", "o:decline")
@pytest.mark.parametrize(
    ("name", "says"),
    [("o:interested", "River College is interested in"), ("o:decline", "is not for River College")],
)
async def test_a_direct_message_about_a_post_is_answered_in_its_place(
    name: str, says: str, bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        await posts(valley)
        await joins(valley.rosa, valley.lounge)
    async with bench.started():
        pressed = await earlier.clicks(
            valley.rosa,
            name,
            in_=valley.rosa.dm,
            shape=1,
            alliance=valley.guild.id,
            opportunity=1,
            notice=7,
        )

        assert pressed.kind == "update"
        assert says in pressed.text
        again = custom_id("o:interested", 1, alliance=valley.guild.id, opportunity=1, notice=7)
        await valley.rosa.clicks(again, on=pressed)  # its mark is still there


@uses("o:interested", "o:organization")
async def test_somebody_without_an_organization_names_it(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        post = await posts(valley)
    async with bench.started():
        form = await earlier.clicks(valley.rosa, "o:interested", in_=post.channel, opportunity=1)

        assert form.modal.title == "Your organization"
        noted = await valley.rosa.submits(form, {"Your organization": "River College"})
        assert "River College is interested in" in noted.text


@uses("o:organization")
async def test_an_organization_that_was_being_typed_is_interested(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        post = await posts(valley)
    async with bench.started():
        noted = await earlier.submits(
            valley.rosa,
            "o:organization",
            {"Your organization": "River College"},
            in_=post.channel,
            on=post,
            opportunity=1,
        )

        assert noted.ephemeral
        assert "River College is interested in" in noted.text


@uses("o:as")
async def test_one_of_two_organizations_of_nearly_the_same_name_is_picked(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        post = await posts(valley)
    async with bench.started():
        noted = await earlier.clicks(
            valley.rosa,
            "o:as",
            in_=post.channel,
            private=True,
            opportunity=1,
            name="River College: the new one",
        )

        assert "River College: the new one is interested in" in noted.text


@uses("o:note", "o:noteform")
@pytest.mark.parametrize(
    ("button", "yes", "title", "field", "says"),
    [
        ("Interested", 1, "A note to the poster", "Note", "sees your note"),
        ("Not for us", 0, "Why it is not for you", "Reason", "sees your reason"),
    ],
)
async def test_a_note_is_added(
    button: str,
    yes: int,
    title: str,
    field: str,
    says: str,
    bench: Bench,
    valley: Alliance,
    earlier: Earlier,
) -> None:
    async with bench.started():
        post = await posts(valley)
        await joins(valley.rosa, valley.lounge)
        await valley.rosa.clicks(button, on=post)
        key = {"opportunity": 1, "yes": yes}
    async with bench.started():
        form = await earlier.clicks(valley.rosa, "o:note", in_=post.channel, private=True, **key)
        sent = await earlier.submits(
            valley.rosa,
            "o:noteform",
            {"Note": "Two of us"},
            in_=post.channel,
            on=await earlier.sent(post.channel, to=valley.rosa),
            **key,
        )

        assert form.modal.title == title
        assert form.fields == [field]
        assert says in sent.text


@uses("o:ask", "o:question")
async def test_a_question_about_a_post_goes_into_its_thread(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        post = await posts(valley)
    async with bench.started():
        form = await earlier.clicks(valley.rosa, "o:ask", in_=post.channel, opportunity=1)

        assert form.modal.title == "Ask a question"
        taken = await valley.rosa.submits(form, {"Your question": "Is lunch paid?"})
        assert "Your question goes into" in taken.text
        await bench.server.until(lambda: post.thread, what="a thread for questions")


@uses("o:question")
@pytest.mark.parametrize("shape", [0, 1])
async def test_a_question_about_a_post_that_was_being_typed_is_taken(
    shape: int, bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        post = await posts(valley)
    async with bench.started():
        taken = await earlier.submits(
            valley.rosa,
            "o:question",
            {"Your question": "Is lunch paid?"},
            in_=post.channel,
            on=post,
            shape=shape,
            opportunity=1,
            form=post.id,
        )

        assert "Your question goes into" in taken.text
        thread = await bench.server.until(lambda: post.thread, what="a thread for questions")
        assert "Is lunch paid?" in (await thread.next_message(after=post, containing="lunch")).text


@uses("o:post")
async def test_a_draft_is_posted(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        await drafts(valley)
    async with bench.started():
        posted = await earlier.clicks(
            steward(valley), "o:post", in_=valley.lounge, private=True, opportunity=1
        )

        assert "Posted: Welding seats" in posted.text
        await posted.until(lambda r: "It stands here" in r.text, what="the link of the post")


@uses("o:discard")
async def test_a_draft_is_discarded(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        await drafts(valley)
    async with bench.started():
        gone = await earlier.clicks(
            steward(valley), "o:discard", in_=valley.lounge, private=True, opportunity=1
        )

        assert "Discarded; nothing was posted." in gone.text


@uses("o:edit")
async def test_a_draft_is_edited(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        await drafts(valley)
    async with bench.started():
        form = await earlier.clicks(
            steward(valley), "o:edit", in_=valley.lounge, private=True, opportunity=1
        )

        assert form.modal.title == "Edit #1"
        assert form.modal.components[0]["component"]["value"] == "Welding seats"


@uses("o:offer", "o:edit")
async def test_a_form_that_is_refused_is_edited(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    typed = SEATS | {"Deadline": "someday"}
    async with bench.started():
        refused = await earlier.submits(
            steward(valley), "o:offer", typed, in_=valley.lounge, opportunity=0
        )
    async with bench.started():
        form = await earlier.clicks(
            steward(valley), "o:edit", in_=valley.lounge, private=True, opportunity=0
        )

        assert "I can't tell when “someday” is" in refused.text
        values = [row["component"].get("value") for row in form.modal.components]
        assert values[0] == "Welding seats"
        assert "someday" in values


@uses("o:offer")
async def test_an_offer_that_was_being_typed_becomes_a_draft(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        await drafts(valley)
        preview = await earlier.sent(valley.lounge, to=steward(valley))
    async with bench.started():
        new = await earlier.submits(
            steward(valley), "o:offer", SEATS, in_=valley.lounge, opportunity=0
        )
        changed = await earlier.submits(
            steward(valley),
            "o:offer",
            SEATS | {"Title": "Baking seats"},
            in_=valley.lounge,
            on=preview,
            opportunity=1,
        )

        assert "Draft #2" in new.text
        assert "Draft #1" in changed.text
        assert "Baking seats" in changed.text


@uses("o:new", "o:meant")
@pytest.mark.parametrize("name", ["o:new", "o:meant"])
async def test_an_organization_is_joined(
    name: str, bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        joined = await earlier.clicks(
            valley.rosa, name, in_=valley.lounge, private=True, name="River: College"
        )

        assert joined.kind == "update"
        assert "You speak for **River: College** now" in joined.text


@uses("d:yes", "d:no")
@pytest.mark.parametrize(
    ("name", "notice", "says"),
    [
        ("d:yes", 7, "Interested, for River College: **Welding seats**"),
        ("d:yes", 0, "Interested, for River College: **Welding seats**"),
        ("d:no", 7, "Not for you: **Welding seats**"),
    ],
)
async def test_a_digest_is_answered(
    name: str, notice: int, says: str, bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        await posts(valley)
        await joins(valley.rosa, valley.lounge)
    async with bench.started():
        noted = await earlier.selects(
            valley.rosa,
            name,
            "1",
            in_=valley.rosa.dm,
            alliance=valley.guild.id,
            notice=notice,
        )

        assert says in noted.text


@uses("d:outcome")
async def test_what_came_of_an_opportunity_is_noted(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        await posts(valley)
        sam = steward(valley)
    async with bench.started():
        noted = await earlier.selects(
            sam,
            "d:outcome",
            "filled",
            in_=sam.dm,
            alliance=valley.guild.id,
            opportunity=1,
            notice=7,
        )

        assert noted.kind == "update"
        shown = await sam.uses("/opportunity show", in_=valley.lounge, id="1")
        assert "Closed: filled" in shown.text


@uses("w:show", "w:hide")
async def test_the_directory_names_somebody_or_does_not(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        await joins(valley.rosa, valley.lounge)
    async with bench.started():
        shown = await earlier.clicks(valley.rosa, "w:show", in_=valley.lounge, private=True)
        named = shown.text
        hidden = await earlier.clicks(valley.rosa, "w:hide", in_=valley.lounge, private=True)

        assert "Directory: names you as Rosa" in named
        assert "Directory: doesn't name you" in hidden.text


@uses("w:contact", "w:contact form")
async def test_a_contact_is_given(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        await joins(valley.rosa, valley.lounge)
    async with bench.started():
        form = await earlier.clicks(valley.rosa, "w:contact", in_=valley.lounge, private=True)
        sent = await earlier.submits(
            valley.rosa,
            "w:contact form",
            {"Contact": "rosa@example.org"},
            in_=valley.lounge,
            on=await earlier.sent(valley.lounge, to=valley.rosa),
        )

        assert form.modal.title == "How to reach you"
        assert "Contact, for posters you answer: rosa@example.org" in sent.text


# -- stewards -------------------------------------------------------------------------------------


@uses("g:channels")
async def test_channels_are_chosen(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        page = await earlier.selects(
            steward(valley), "g:channels", valley.lounge, in_=valley.lounge, private=True
        )

        assert page.kind == "update"
        assert f"{valley.lounge.mention} (questions)" in page.text
        assert valley.questions.mention not in page.text


@uses("g:role:steward", "g:role:intermediary")
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("g:role:steward", "people with Manage Server, and {}"),
        ("g:role:intermediary", "Intermediaries, who post opportunities: {}"),
    ],
)
async def test_a_role_is_chosen(
    name: str, says: str, bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    role = valley.guild.role("Helpers")
    async with bench.started():
        page = await earlier.selects(steward(valley), name, role, in_=valley.lounge, private=True)

        assert says.format(role.mention) in page.text


@uses("g:check")
async def test_permissions_are_looked_at_again(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        page = await earlier.clicks(steward(valley), "g:check", in_=valley.lounge, private=True)

        assert page.kind == "update"
        assert "Setting up" in page.text


async def leaves_gaps(valley: Alliance, *questions: str) -> None:
    """Questions that the small library does not cover."""
    for question in questions:
        asked_for = await valley.rosa.uses("/ask", in_=valley.lounge, question=question)
        await asked_for.until(lambda r: bool(r.message.text), what="an answer")


@uses("g:gaps")
async def test_a_page_of_gaps_is_turned(small: Bench, valley: Alliance, earlier: Earlier) -> None:
    topics = ("drones", "bridges", "violins", "whales", "pianos", "glaciers", "tulips")
    async with small.started():
        await leaves_gaps(valley, *(f"who repairs the {topic}" for topic in topics))
    async with small.started():
        page = await earlier.clicks(
            steward(valley),
            "g:gaps",
            in_=valley.lounge,
            private=True,
            newest=len(topics),
            page=1,
        )

        assert page.kind == "update"
        assert "page 2 of 2" in page.text
        assert "drones" in page.text


@uses("g:pick", "g:answer")
async def test_a_gap_is_answered(small: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with small.started():
        await leaves_gaps(valley, "who repairs the drones")
    async with small.started():
        form = await earlier.selects(
            steward(valley), "g:pick", "1", in_=valley.lounge, private=True
        )

        assert form.modal.title == "A practice note"
        kept = await steward(valley).submits(form, {"Answer": "Maria repairs them."})
        assert "Kept as practice note" in kept.text


@uses("g:answer")
@pytest.mark.parametrize("alike", [0, 1])
async def test_a_note_that_was_being_typed_is_kept(
    alike: int, small: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with small.started():
        await leaves_gaps(valley, "who repairs the drones", "who repairs drones")
    async with small.started():
        kept = await earlier.submits(
            steward(valley),
            "g:answer",
            {"Answer": "Maria repairs them."},
            in_=valley.lounge,
            gap=1,
            alike=alike,
        )

        assert "Kept as practice note" in kept.text
        assert ("closes 1 more gap" in kept.text) == bool(alike)


@uses("p:forget")
async def test_somebody_is_forgotten(bench: Bench, valley: Alliance, earlier: Earlier) -> None:
    async with bench.started():
        answer = await asked(valley)
        await bench.kept(valley.guild.id, answer)
    async with bench.started():
        gone = await earlier.clicks(
            valley.rosa, "p:forget", in_=valley.lounge, private=True, person=valley.rosa.id
        )

        assert gone.ephemeral
        assert "Deleted in this alliance: 1 question with its answer" in gone.text


@uses("p:forget")
async def test_somebody_is_forgotten_everywhere(
    bench: Bench, valley: Alliance, earlier: Earlier
) -> None:
    async with bench.started():
        answer = await asked(valley)
        await bench.kept(valley.guild.id, answer)
    async with bench.started():
        gone = await earlier.clicks(
            valley.rosa, "p:forget", in_=valley.rosa.dm, alliance=0, person=valley.rosa.id
        )

        assert "Deleted in all alliances: 1 question with its answer" in gone.text


def options_on(message: Message, menu: str = "Read a passage") -> list[str]:
    """The values that a menu of a message offers."""
    rows = [row for row in message.components if "components" in row]
    for part in (part for row in rows for part in row["components"]):
        if part.get("placeholder") == menu:
            return [option["value"] for option in part["options"]]
    raise AssertionError(f"no {menu!r} on: {message.text}")
