"""Reminders, notices, digests and steps answered in words instead of by their buttons."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.checklists.rules.records import CommitmentStatus
from bot.checklists.rules.run import Status
from bot.opportunities.rules.models import Mode, Reply
from tests.discord.bench import ASKS, Alliance, Bench, eventually
from tests.discord.commitments import CALL, paused, promise, status_of
from tests.discord.days import DAY, move_to, pass_time, set_clock
from tests.discord.offers import CARE, TITLE, WELDING, board_of, listens, publish, settled, told
from tests.discord.walks import begin, buttons, only_run
from tests.loopback import Channel, Member, Message

DONE, OPEN = CommitmentStatus.DONE, CommitmentStatus.OPEN


async def reminded(bench: Bench, where: Channel, day: date) -> Message:
    move_to(bench, datetime.combine(day, time(9), UTC))
    message = await where.next_message(after=0, by=bench.server.bot)

    async def noted() -> bool:
        return await bench.store.outbox.next_due() is None

    await eventually(noted)
    return message


async def told_by(bench: Bench, who: Member, text: str, to: Message | None = None) -> Message:
    """What comes of a direct message, in reply to one or not."""
    return await bench.answer(await who.says(who.dm, text, reply_to=to))


# -- reminders -----------------------------------------------------------------------------------


async def test_who_writes_that_it_is_done_settles_the_commitment(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today)
    async with bench.started():
        reminder = await reminded(bench, valley.rosa.dm, today)
        said = await told_by(bench, valley.rosa, "Done, sent it this morning")
        assert said.text == f"Noted as done: {CALL}"
        await bench.idle()
        assert reminder.text == f"Noted as done: {CALL}"
        assert not buttons(reminder)
        # Nothing is left that could be meant: once more is neither thanked nor noted.
        for text, command in (
            ("done", "/commitments done"),
            ("snooze 2 days", "/commitments move"),
            ("count us in", "/opportunity list"),
        ):
            astray = await told_by(bench, valley.rosa, text)
            assert "Nothing is noted" in astray.text
            assert command in astray.text
        tale = await told_by(bench, valley.rosa, "we are interested in joint training")
        assert "About we are interested" in tale.text
    assert await status_of(bench, commitment) is DONE


async def test_a_commitment_moves_by_words_and_only_where_they_are_certain(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today)
    async with bench.started():
        reminder = await reminded(bench, valley.rosa.dm, today)
        for text in ("almost done", "ok", "will be done by Friday", "move it", "not yet"):
            unclear = await told_by(bench, valley.rosa, text, reminder)
            assert "Nothing is noted" in unclear.text
            assert buttons(unclear) == ["Done", "Move"]
        assert await status_of(bench, commitment) is OPEN
        asked = await told_by(bench, valley.rosa, "who should make that call?", reminder)
        assert "About who should make that call" in asked.text
        past = await told_by(bench, valley.rosa, "move it to last Friday", reminder)
        assert "That day is over" in past.text
        moved = await told_by(bench, valley.rosa, "snooze 2 days please", reminder)
        later = today + timedelta(days=2)
        assert f"Moved to {later:%A, %B} {later.day}" in moved.text
        await bench.idle()
        assert reminder.text == moved.text
        again = await reminded_again(bench, valley.rosa.dm, later, reminder)
        await valley.rosa.clicks("Done", on=again)
    assert await status_of(bench, commitment) is DONE


async def reminded_again(bench: Bench, where: Channel, day: date, after: Message) -> Message:
    move_to(bench, datetime.combine(day, time(9), UTC))
    return await where.next_message(after=after, containing="due today")


async def test_of_two_reminders_it_is_asked_which_one_is_meant(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    first = await promise(bench, valley, today, what="Call the college")
    second = await promise(bench, valley, today, what="Write to the union")
    async with bench.started():
        await reminded(bench, valley.rosa.dm, today)
        await settled(bench)
        which = await told_by(bench, valley.rosa, "done!")
        assert "which of 2 messages" in which.text
        assert len(buttons(which)) == 4
        assert [await status_of(bench, one) for one in (first, second)] == [OPEN, OPEN]
        pick = next(one for one in buttons(which) if one.startswith("Done") and "union" in one)
        await valley.rosa.clicks(pick, on=which)
        assert [await status_of(bench, one) for one in (first, second)] == [OPEN, DONE]


async def test_in_a_teams_thread_a_reply_settles_it_for_whoever_may(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    nora = valley.guild.member("Nora")
    thread = await valley.rosa.opens_thread("Our plan", in_=valley.lounge)
    commitment = await promise(bench, valley, today, valley.omar, thread=thread)
    async with bench.started():
        reminder = await reminded(bench, thread, today)
        await nora.says(thread, "done")  # said among people
        refused = await bench.answer(await nora.says(thread, "done", reply_to=reminder))
        assert "belongs to somebody else" in refused.text
        assert await status_of(bench, commitment) is OPEN
        await bench.answer(await valley.omar.says(thread, "all done", reply_to=reminder))
        await bench.idle()
        assert len([one for one in thread.history if one.author is bench.server.bot]) == 3
    assert await status_of(bench, commitment) is DONE


async def test_who_left_the_alliance_is_refused_in_words_as_by_the_button(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    commitment = await promise(bench, valley, today)
    async with bench.started():
        reminder = await reminded(bench, valley.rosa.dm, today)
        valley.rosa.leaves()
        with bench.server.expecting(code=10007):
            said = await told_by(bench, valley.rosa, "done", reminder)
        assert "no longer in the server" in said.text
    assert await status_of(bench, commitment) is OPEN


# -- paused runs, steps --------------------------------------------------------------------------


async def test_a_paused_run_is_taken_up_or_given_up_in_words(
    bench: Bench, valley: Alliance
) -> None:
    set_clock(bench, 8)
    stored = await paused(bench, valley.guild.id, valley.rosa)
    async with bench.started():
        pass_time(bench, 8 * DAY)
        offer = await valley.rosa.dm.next_message(after=0, by=bench.server.bot)
        given_up = await told_by(bench, valley.rosa, "drop it", offer)
        assert "Give up" in given_up.text or buttons(given_up)
        step = await told_by(bench, valley.rosa, "let's continue", offer)
        assert "Where do we stand?" in step.text
        now = await bench.store.checklists.walk(valley.guild.id, stored.run.id)
        assert now is not None
        assert now.run.status is Status.OPEN


async def test_a_step_is_answered_in_words_and_a_question_below_it_is_a_question(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = (await begin(valley.rosa, valley.rosa.dm)).message
        asked = await told_by(bench, valley.rosa, ASKS)
        assert "About How do we keep momentum" in asked.text
        second = await told_by(bench, valley.rosa, "The vice president", step)
        assert "Read as your answer" in second.text
        assert "2 of" in second.text
        third = await told_by(bench, valley.rosa, "She signs the budget.")
        assert "3 of" in third.text
        back = await told_by(bench, valley.rosa, "back")
        assert "2 of" in back.text
        helped = await told_by(bench, valley.rosa, "hi")
        assert "Hello" in helped.text
        await told_by(bench, valley.rosa, "Nobody", step)  # of a step that was left
        await bench.idle()
        assert "Nobody" in " ".join(one.text for one in valley.rosa.dm.history[-2:])
    run = (await only_run(bench, valley.guild.id)).run
    given = [answer.given.text for answers in run.answers.values() for answer in answers]
    assert given == [
        "The vice president",
        "She signs the budget.",
    ]


# -- opportunities -------------------------------------------------------------------------------


async def replies(bench: Bench, valley: Alliance, opportunity: int) -> list[Reply]:
    given = await bench.store.opportunities.answers(valley.guild.id, opportunity)
    return [one.reply for one in given]


async def test_a_notice_of_an_opportunity_is_answered_in_words(
    bench: Bench, valley: Alliance
) -> None:
    set_clock(bench, 10)
    board = await board_of(bench.store, valley.guild)
    await listens(bench.store, valley.rosa, "City College")
    async with bench.started():
        one = await publish(bench.store, valley.guild, board)
        await settled(bench)
        (notice,) = told(valley.rosa.dm)
        asked = await told_by(bench, valley.rosa, "who runs it?", notice)
        assert "About who runs it" in asked.text
        maybe = await told_by(bench, valley.rosa, "interested, but only if it is free", notice)
        assert "Nothing is noted" in maybe.text
        assert buttons(maybe) == ["Interested", "Not for us"]
        assert await replies(bench, valley, one.id) == []
        taken = await told_by(bench, valley.rosa, "Interested! We'd take two places", notice)
        assert "Noted: City College is interested" in taken.text
        assert buttons(taken) == ["Add a note"]
        assert await replies(bench, valley, one.id) == [Reply.INTERESTED]
        gone = await told_by(bench, valley.rosa, "not for us, thanks", notice)
        assert "is not for City College" in gone.text
        assert await replies(bench, valley, one.id) == [Reply.NOT_FOR_US]
        card = board.history[0]
        public = await valley.omar.says(board, "we're in", reply_to=card)
        said = await bench.answer(public)
        assert "**Interested**" in said.text
        assert await replies(bench, valley, one.id) == [Reply.NOT_FOR_US]


async def test_without_an_organization_the_button_is_named_that_asks_for_it(
    bench: Bench, valley: Alliance
) -> None:
    set_clock(bench, 10)
    board = await board_of(bench.store, valley.guild)
    await listens(bench.store, valley.rosa, "City College")
    async with bench.started():
        one = await publish(bench.store, valley.guild, board)
        await settled(bench)
        (notice,) = told(valley.rosa.dm)
        people = bench.store.people
        await people.leave_organization(valley.guild.id, valley.rosa.id, "City College")
        said = await told_by(bench, valley.rosa, "count us in", notice)
        assert "please press **Interested**" in said.text
        form = await valley.rosa.clicks("Interested", on=said)
        assert form.fields == ["Your organization"]
    assert await replies(bench, valley, one.id) == []


async def test_a_digest_is_answered_by_number_and_else_by_its_menus(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 10)
    board = await board_of(bench.store, valley.guild)
    await listens(bench.store, valley.rosa, "City College", Mode.DAILY)
    first, second = [
        (await publish(bench.store, valley.guild, board, one)).id for one in (WELDING, CARE)
    ]
    async with bench.started():
        move_to(bench, datetime.combine(today + timedelta(days=1), time(9), UTC))
        await settled(bench)
        unclear = await told_by(bench, valley.rosa, "we're in")
        assert "Nothing is noted" in unclear.text
        taken = await valley.rosa.selects("Interested in…", f"#{first} {TITLE}", on=unclear)
        assert f"**{TITLE}**" in taken.text
        (digest,) = told(valley.rosa.dm, "2 opportunities")
        no_more = await told_by(bench, valley.rosa, "unsubscribe", digest)
        assert "mode:daily` brings them back" in no_more.text
        said = await told_by(bench, valley.rosa, f"#{second} is not for us", digest)
        assert f"Not for you: **{CARE.title}**" in said.text
    assert await replies(bench, valley, first) == [Reply.INTERESTED]
    assert await replies(bench, valley, second) == [Reply.NOT_FOR_US]
