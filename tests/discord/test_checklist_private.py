"""A private walk through a checklist, over the loopback Discord."""

from __future__ import annotations

from bot.checklists.rules.records import CommitmentStatus
from bot.checklists.rules.run import Status
from bot.core.dates import read_date
from tests.discord.bench import Alliance, Bench
from tests.discord.walks import (
    MEAN,
    answers,
    begin,
    buttons,
    only_run,
    pings,
    prefilled,
    skips,
    texts_of,
)

ROLES = "Ana Ruiz, chief of operations"


# -- start to finish ------------------------------------------------------------------------------


async def test_a_private_run_goes_from_start_to_finish_in_one_message(
    bench: Bench, valley: Alliance
) -> None:
    rosa = valley.rosa
    async with bench.started():
        first = await begin(rosa, valley.lounge)
        assert first.ephemeral
        assert "1 of 8" in first.text
        assert "Why this matters" in first.text
        assert buttons(first)[:4] == ["Answer", "Skip", "Back", "Pause"]
        assert "Finish" not in buttons(first)
        step = await answers(rosa, first, ROLES)
        assert "2 of 8" in step.text
        for text in ("A seat at the table", "Lost hours", "Two trainers"):
            step = await answers(rosa, step, text)
        assert "5 of 8" in step.text
        step = await rosa.selects("Choose an answer", "Yes", on=step)
        assert "6 of 9" in step.text
        assert "Good. Who is it" in step.text
        step = await answers(rosa, step, "Omar")
        assert "Optional" in step.text
        step = await skips(rosa, step)
        step = await rosa.selects("Choose an answer", "Not sure yet", on=step)
        assert "before this alliance earns its place" in step.text
        step = await skips(rosa, step)
        assert "Finish" in buttons(step)
        step = await answers(
            rosa, step, "Talk at home", what="Talk to the board", who="me", by_when="next Friday"
        )
        assert "been through every step" in step.text
        assert "Noted: Friday" in step.text
        assert buttons(step) == ["Back", "Pause", "Finish"]
        done = await rosa.clicks("Finish", on=step)
        brief = await done.followup()
        assert step.message is first.message
        assert "is finished" in first.message.text
        assert buttons(first) == []
        assert brief.ephemeral
        assert "Share with channel" in buttons(brief)
        markdown = next(f for f in brief.attachments if f.name.endswith(".md"))
        assert f"> {ROLES}" in markdown.data.decode()
        assert len([m for m in valley.lounge.history if m.author is bench.server.bot]) == 0

    walk = await only_run(bench, valley.guild.id)
    assert walk.run.status is Status.FINISHED
    (promise,) = await bench.store.checklists.commitments(valley.guild.id)
    settings = await bench.store.people.person_settings(valley.guild.id, rosa.id)
    friday = read_date("next Friday", bench.clock(), settings.known_zone)
    assert (promise.what, promise.who, promise.day) == ("Talk to the board", "me", friday.date)
    assert promise.status is CommitmentStatus.OPEN
    answer = walk.run.answers["accountable-person"][0]
    assert (answer.given.text, answer.name) == (ROLES, rosa.name)


async def test_a_choice_that_needs_no_more_takes_the_shorter_way(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        for text in ("a", "b", "c", "d"):
            step = await answers(valley.rosa, step, text)
        step = await valley.rosa.selects("Choose an answer", "no", on=step)
        assert "Who could become that champion" in step.text


async def test_a_passage_and_cases_are_read_privately_from_a_step(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        read = await valley.rosa.selects("Read a passage", "accountability-questions", on=step)
        passage = bench.content.library.by_id["accountability-questions"]
        assert read.ephemeral
        assert passage.sentences[-1] in read.text.replace("\\", "")
        others = await valley.rosa.clicks("What did others do?", on=step)
        assert others.ephemeral
        assert "Nearest to it" in others.text or "What others did" in others.text
        assert "1 of 8" in step.message.text


async def test_a_step_can_be_asked_about_with_what_it_asks(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        form = await valley.rosa.clicks("Ask about this", on=step)
        answer = await valley.rosa.submits(form, {"Question": "What does this mean?"})
        assert answer.ephemeral
        assert "you asked: What does this mean?" in answer.text
    asked = bench.guide.asked[-1]
    assert asked.text == "What does this mean?"
    assert asked.history[0].startswith("Who exactly in your own organization")


# -- what can't be taken --------------------------------------------------------------------------


async def test_a_rating_of_seven_is_refused_quoted_and_edited(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge, "challenge-scan")
        refused = await answers(valley.rosa, step, "7")
        assert refused.ephemeral
        assert "from 1 to 5" in refused.text
        assert "> 7" in refused.text
        form = await valley.rosa.clicks("Edit", on=refused)
        assert prefilled(form)["Your answer"] == "7"
        done = await valley.rosa.submits(form, {"Your answer": "2"})
        assert "from 1 to 5" not in done.text
        assert "What damaged the trust" in done.text
    assert await texts_of(bench, valley.guild.id) == {"trust": ["2"]}


async def test_soon_is_asked_again_and_a_day_in_words_is_shown_as_a_date(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge, "after-kickoff")
        for text, why in (("soon", "which day"), ("January 5, 2020", "over")):
            step = await answers(valley.rosa, step, text)
            assert why in step.text
            assert "1 of" in step.text
        step = await answers(valley.rosa, step, "next Friday", button="Edit")
        assert "Noted: Friday" in step.text
        assert "2 of" in step.text


async def test_a_promise_without_a_clear_day_keeps_all_fields_for_edit(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge, "after-kickoff")
        step = await answers(valley.rosa, step, "next Friday")
        while "By when" not in prefilled(await valley.rosa.clicks("Answer", on=step)):
            step = await skips(valley.rosa, step, "not now")
        typed = {"what": "Call Ana", "who": "Omar", "by_when": "soonish"}
        refused = await answers(valley.rosa, step, "", **typed)
        form = await valley.rosa.clicks("Edit", on=refused)
        assert prefilled(form) == {
            "Your answer": "",
            "What": "Call Ana",
            "Who": "Omar",
            "By when": "soonish",
        }
        done = await valley.rosa.submits(form, {"By when": "in two weeks"})
        assert "every step" in done.text
    (promise,) = await bench.store.checklists.commitments(valley.guild.id)
    assert promise.what == "Call Ana"


async def test_what_could_not_be_taken_is_offered_again_after_a_restart(
    bench: Bench, valley: Alliance
) -> None:
    long = "x" * 3999 + "!"
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge, "challenge-scan")
        await answers(valley.rosa, step, long)
    async with bench.started():
        shown = await valley.rosa.uses("/checklist resume", in_=valley.lounge)
        assert "Not taken yet" in shown.text
        form = await valley.rosa.clicks("Edit", on=shown)
        assert prefilled(form)["Your answer"] == long


# -- skip, back, edit -----------------------------------------------------------------------------


async def test_skipping_a_required_step_asks_for_a_reason_and_an_optional_one_does_not(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        form = await valley.rosa.clicks("Skip", on=step)
        assert form.fields == ["Reason"]
        blank = await valley.rosa.submits(form, {"Reason": "   "})
        assert "please give a reason" in blank.text
        assert "1 of 8" in blank.text
        step = await skips(valley.rosa, blank, f"Nobody knows {MEAN}")
        assert "2 of 8" in step.text
        back = await valley.rosa.clicks("Back", on=step)
        assert "Skipped: Nobody knows" in back.text
        assert "@everyone" not in back.text
        assert not pings(back)
    walk = await only_run(bench, valley.guild.id)
    assert walk.run.skipped["accountable-person"].reason == f"Nobody knows {MEAN}"


async def test_back_fills_in_the_earlier_text_and_an_edit_goes_on_at_the_next_step(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        assert "first step" in (await valley.rosa.clicks("Back", on=step)).text
        for text in ("one", "two", "three"):
            step = await answers(valley.rosa, step, text)
        for _ in range(2):
            step = await valley.rosa.clicks("Back", on=step)
        assert "2 of 8" in step.text
        assert "> two" in step.text
        form = await valley.rosa.clicks("Answer", on=step)
        assert prefilled(form)["Your answer"] == "two"
        step = await valley.rosa.submits(form, {"Your answer": "two and a half"})
        assert "3 of 8" in step.text
        step = await valley.rosa.clicks("Skip", on=step)
        assert "4 of 8" in step.text
    kept = await texts_of(bench, valley.guild.id)
    assert kept["benefit"] == ["two and a half"]
    assert kept["risks"] == ["three"]


async def test_finish_goes_to_the_first_step_that_is_missing(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        step = await begin(valley.rosa, valley.lounge)
        for text in ("one", "two", "three", "four"):
            step = await answers(valley.rosa, step, text)
        step = await valley.rosa.selects("Choose an answer", "no", on=step)
        for text in ("Omar", "everybody"):
            step = await answers(valley.rosa, step, text)
        step = await valley.rosa.selects("Choose an answer", "Yes, fully", on=step)
        last = await valley.rosa.clicks("Finish", on=step)
        assert "neither an answer nor a reason" in last.text
        assert "Finish" in buttons(last)
        step = await answers(valley.rosa, last, "Call the board")
        step = await valley.rosa.selects("Change an answer", "champion-in-place", on=step)
        step = await valley.rosa.selects("Choose an answer", "yes", on=step)
        assert "Good. Who is it" in step.text
        step = await valley.rosa.clicks("Pause", on=step)
    walk = await only_run(bench, valley.guild.id)
    assert "champion-to-win" in walk.run.answers
