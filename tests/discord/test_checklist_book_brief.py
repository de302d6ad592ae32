"""The brief of a run: shown, exported, shared once, compared with the one before."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.checklists.rules import engine
from bot.checklists.rules.events import AnswerStep, Finish, SkipStep
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import Actor, AnswerValue, Promise
from tests.discord.bench import Alliance, Bench, alliance_of
from tests.discord.commitments import CALL, PLAN, actor, started_run
from tests.discord.days import DAY, pass_time
from tests.discord.walks import (
    MEAN,
    answers,
    begin,
    buttons,
    pings,
    skips,
    use_library,
    with_checklist,
)
from tests.examples import further
from tests.loopback import Attachment, Channel, Member, Message, Response

SHARE = "Share with channel"
LONG = "\n".join(["> quoted", "", "  indented, with a tab\t", "# **not** a heading", MEAN] * 40)[
    :3999
]


async def answered(
    bench: Bench, walk: StoredRun, who: Actor, step: str, text: str, promise: Promise | None = None
) -> StoredRun:
    event = AnswerStep(
        step, AnswerValue(text, text, promise), walk.run.revision_of(step, who.person)
    )
    change = await bench.store.checklists.change_run(walk.run.alliance, walk.run.id, event, who)
    assert change is not None
    return change.walk


async def finished(
    bench: Bench,
    where: Alliance,
    text: str = "In the middle",
    *,
    owner: Member | None = None,
    thread: Channel | None = None,
    others: str = "",
) -> StoredRun:
    """A finished run; with a thread that of a team in which Omar answers as well."""
    who = actor(owner or where.rosa)
    walk = await started_run(bench.store, bench.clock, where.guild.id, who, thread)
    walk = await answered(bench, walk, who, "where", text)
    if others:
        omar = Actor(where.omar.id, where.omar.name, "City College")
        walk = await answered(bench, walk, omar, "where", others)
    walk = await answered(bench, walk, who, "next", "We call them.", Promise(CALL, "Ana"))
    change = await bench.store.checklists.change_run(
        where.guild.id, walk.run.id, Finish(walk.run.revision), who
    )
    assert change is not None
    assert change.walk.run.status.over
    return change.walk


def file_of(response: Response | Message, ending: str) -> Attachment:
    files = response.attachments if isinstance(response, Message) else response.files
    (file,) = [one for one in files if one.name.endswith(ending)]
    return file


def unquoted(markdown: str) -> list[str]:
    """The quotations of a Markdown file, without what stands before each line."""
    blocks = re.findall(r"(?:^>.*\n?)+", markdown.replace("\r\n", "\n"), re.MULTILINE)
    return ["\n".join(line[2:] for line in block.rstrip("\n").split("\n")) for block in blocks]


# -- when it is finished -------------------------------------------------------------------------


@pytest.mark.real_pdf
async def test_finish_shows_the_brief_privately_with_its_files(
    bench: Bench, valley: Alliance
) -> None:
    use_library(bench, with_checklist(bench.content.library, PLAN))
    rosa = valley.rosa
    async with bench.started():
        step = await begin(rosa, valley.lounge, "plan")
        step = await answers(rosa, step, "In the middle of it")
        step = await answers(
            rosa, step, "We call them soon", what=CALL, who="Ana", by_when="in 10 days"
        )
        step = await skips(rosa, step)
        done = await rosa.clicks("Finish", on=step)
        brief = await done.followup()
    assert brief.ephemeral
    assert PLAN.title in brief.text
    assert "In the middle of it" in brief.text
    assert CALL in brief.text
    assert "Open gaps" not in brief.text
    assert SHARE in buttons(brief)
    assert file_of(brief, ".pdf").data.startswith(b"%PDF")
    assert "> In the middle of it" in file_of(brief, ".md").data.decode()
    assert len([m for m in valley.lounge.history if m.author is bench.server.bot]) == 0


async def test_a_teams_brief_goes_to_its_thread_with_who_said_what(
    bench: Bench, valley: Alliance
) -> None:
    use_library(bench, with_checklist(bench.content.library, PLAN))
    rosa, omar = valley.rosa, valley.omar
    await bench.store.people.join_organization(valley.guild.id, omar.id, "City College")
    async with bench.started():
        await begin(rosa, valley.lounge, "plan", team=True)
        (thread,) = valley.lounge.threads
        first = thread.message("Where do we stand?")
        await answers(omar, first, "At the start")
        await answers(rosa, first, "In the middle")
        await rosa.clicks("Next", on=first)
        second = await thread.next_message(after=first, containing="What is next?")
        await answers(omar, second, "We call", what=CALL)
        await rosa.clicks("Next", on=second)
        third = await thread.next_message(after=second, containing="Anything else?")
        await rosa.clicks("Finish", on=third)
        brief = await thread.next_message(after=third, containing="In the middle")
    assert "Omar" in brief.text
    assert "City College" in brief.text
    assert "At the start" in brief.text
    assert not brief.pings
    markdown = file_of(brief, ".md").data.decode()
    assert "Omar, City College" in markdown
    assert "Rosa, no organization" in markdown


async def test_a_pdf_that_cant_be_made_costs_only_the_pdf(
    bench: Bench, valley: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("no fonts")

    monkeypatch.setattr("bot.wiring.brief_pdf", broken)
    await finished(bench, valley)
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
    assert [file.name.rpartition(".")[2] for file in shown.files] == ["md"]
    assert "In the middle" in shown.text


# -- show and export -----------------------------------------------------------------------------


async def test_show_takes_the_newest_run_under_way_else_the_newest_finished(
    bench: Bench, valley: Alliance
) -> None:
    done = await finished(bench, valley)
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        assert shown.ephemeral
        assert f"#{done.run.id}" in shown.text
        assert SHARE in buttons(shown)
        open_ = await started_run(bench.store, bench.clock, valley.guild.id, actor(valley.rosa))
        await answered(bench, open_, actor(valley.rosa), "where", "At the start")
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        assert f"#{open_.run.id}" in shown.text
        assert "At the start" in shown.text
        assert "not answered yet" in shown.text
        assert SHARE not in buttons(shown)
        again = await valley.rosa.uses("/checklist show", in_=valley.lounge, run=str(done.run.id))
        assert "In the middle" in again.text


async def test_the_export_has_answers_character_for_character_also_of_an_unfinished_run(
    bench: Bench, valley: Alliance
) -> None:
    walk = await started_run(bench.store, bench.clock, valley.guild.id, actor(valley.rosa))
    await answered(bench, walk, actor(valley.rosa), "where", LONG)
    async with bench.started():
        export = await valley.rosa.uses("/checklist export", in_=valley.lounge)
        assert export.ephemeral
        assert "isn't finished" in export.text
        assert not pings(export)
        assert LONG in unquoted(file_of(export, ".md").data.decode())
        assert file_of(export, ".pdf").data.startswith(b"%PDF")


async def test_four_thousand_characters_and_mentions_are_shown_and_ping_nobody(
    bench: Bench, valley: Alliance
) -> None:
    thread = await valley.rosa.opens_thread("Our plan", in_=valley.lounge)
    walk = await finished(bench, valley, LONG, thread=thread, others=LONG[::-1])
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=thread)
        assert len(shown.text) <= 4000
        assert "Cut here" in shown.text
        await valley.rosa.clicks(SHARE, on=shown)
        shared = valley.lounge.message("Shared by Rosa")
    assert not shared.pings
    assert {LONG, LONG[::-1]} <= set(unquoted(file_of(shared, ".md").data.decode()))
    assert walk.run.id


@pytest.mark.slow
async def test_the_longest_run_of_many_people_keeps_within_one_message(
    bench: Bench, valley: Alliance
) -> None:
    thread = await valley.rosa.opens_thread("Our plan", in_=valley.lounge)
    long = "*" * 4000
    steps = tuple(
        replace(PLAN.steps[1], id=f"s{n}", question=long[:300], required=True) for n in range(25)
    )
    checklist = replace(PLAN, steps=steps, title=long[:200])
    owner = actor(valley.rosa)
    run = engine.start(checklist, valley.guild.id, owner, bench.clock(), team=True)
    run = replace(run, thread=thread.id)
    walk = await bench.store.checklists.start_run(valley.guild.id, run, checklist)
    for step in steps:
        for person in range(1, 6):
            who = Actor(person, long[:80], long[:80])
            walk = await answered(bench, walk, who, step.id, long, Promise(long, long))
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=thread)
        assert 3000 < len(shown.text) <= 4000
        export = await valley.rosa.uses("/checklist export", in_=thread)
        assert len(file_of(export, ".md").data) > 500_000  # too long to be a PDF
        assert len(export.files) == 1


@pytest.mark.parametrize("command", ["show", "export"])
async def test_a_run_of_another_person_or_alliance_is_not_shown(
    bench: Bench, valley: Alliance, command: str
) -> None:
    coast = await alliance_of(bench, "Coast Alliance", ("Rosa", "Nora"))
    mine = await finished(bench, valley, "My secret")
    async with bench.started():
        other = await valley.omar.uses(
            f"/checklist {command}", in_=valley.lounge, run=str(mine.run.id)
        )
        assert other.text == "This run belongs to somebody else."
        elsewhere = await coast.rosa.uses(
            f"/checklist {command}", in_=coast.lounge, run=str(mine.run.id)
        )
        assert "There is no run" in elsewhere.text
        none = await coast.rosa.uses(f"/checklist {command}", in_=coast.lounge)
        assert "You have no run here" in none.text
        assert [one.files for one in (other, elsewhere, none)] == [[], [], []]


async def test_a_teams_run_is_read_in_its_thread_and_nowhere_else_but_by_its_owner(
    bench: Bench, valley: Alliance
) -> None:
    thread = await valley.rosa.opens_thread("Our plan", in_=valley.lounge)
    walk = await finished(bench, valley, thread=thread)
    async with bench.started():
        here = await valley.omar.uses("/checklist show", in_=thread)
        assert "In the middle" in here.text
        elsewhere = await valley.omar.uses(
            "/checklist show", in_=valley.lounge, run=str(walk.run.id)
        )
        assert elsewhere.text == "This run belongs to somebody else."
        owner = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        assert "In the middle" in owner.text


# -- sharing -------------------------------------------------------------------------------------


async def test_a_brief_is_shared_once_with_its_files_and_who_shared_it(
    bench: Bench, valley: Alliance
) -> None:
    await finished(bench, valley, MEAN)
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        done = await valley.rosa.clicks(SHARE, on=shown)
        assert done.ephemeral
        assert "Shared with this channel" in done.text
    async with bench.started():
        twice = await valley.rosa.clicks(SHARE, on=shown)
        assert "shared already" in twice.text
    (shared,) = [m for m in valley.lounge.history if m.author is bench.server.bot]
    assert "Shared by Rosa" in shared.text
    assert not shared.pings
    assert not shared.ephemeral
    assert file_of(shared, ".pdf").data.startswith(b"%PDF")
    assert MEAN in unquoted(file_of(shared, ".md").data.decode())
    assert SHARE not in buttons(shared)


@pytest.mark.parametrize("after_work", [True, *further(False)])
async def test_a_connection_cut_while_sharing_shares_once(
    bench: Bench, valley: Alliance, *, after_work: bool
) -> None:
    await finished(bench, valley)
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        bench.server.faults.cut("POST", "/channels/*/messages", times=1, after_work=after_work)
        done = await valley.rosa.clicks(SHARE, on=shown)
        assert "Shared with this channel" in done.text
    assert len([m for m in valley.lounge.history if m.author is bench.server.bot]) == 1


@pytest.mark.parametrize("status", [403, *further(400)])
async def test_a_brief_that_discord_refused_to_post_can_be_shared_again(
    bench: Bench, valley: Alliance, status: int
) -> None:
    await finished(bench, valley)
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        bench.server.faults.fail("POST", "/channels/*/messages", status=status)
        refused = await valley.rosa.clicks(SHARE, on=shown)
        assert "Shared with this channel" not in refused.text
        done = await valley.rosa.clicks(SHARE, on=shown)
        assert "Shared with this channel" in done.text
        twice = await valley.rosa.clicks(SHARE, on=shown)
        assert "shared already" in twice.text
    assert len([m for m in valley.lounge.history if m.author is bench.server.bot]) == 1


@pytest.mark.parametrize(
    ("lacks", "named"),
    [("send_messages", "Send Messages"), *further(("attach_files", "Attach Files"))],
)
async def test_what_the_bot_lacks_for_sharing_is_named_and_sharing_works_afterwards(
    bench: Bench, valley: Alliance, lacks: str, named: str
) -> None:
    await finished(bench, valley)
    bot = valley.guild.bot_member
    assert bot is not None
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        valley.lounge.deny(bot, lacks)
        refused = await valley.rosa.clicks(SHARE, on=shown)
        assert f"**{named}**" in refused.text
        valley.lounge.allow(bot, lacks)
        done = await valley.rosa.clicks(SHARE, on=shown)
        assert "Shared with this channel" in done.text


async def test_who_may_not_write_in_a_channel_cant_share_there(
    bench: Bench, valley: Alliance
) -> None:
    await finished(bench, valley)
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        valley.lounge.deny(valley.rosa, "send_messages")
        refused = await valley.rosa.clicks(SHARE, on=shown)
        assert "You can't write in this channel" in refused.text
    assert not [m for m in valley.lounge.history if m.author is bench.server.bot]


async def test_a_teams_brief_is_shared_by_its_owner_with_the_channel_of_the_thread(
    bench: Bench, valley: Alliance
) -> None:
    thread = await valley.rosa.opens_thread("Our plan", in_=valley.lounge)
    await finished(bench, valley, thread=thread, others="At the start")
    async with bench.started():
        omars = await valley.omar.uses("/checklist show", in_=thread)
        refused = await valley.omar.clicks(SHARE, on=omars)
        assert "belongs to somebody else" in refused.text
        rosas = await valley.rosa.uses("/checklist show", in_=thread)
        await valley.rosa.clicks(SHARE, on=rosas)
    assert "At the start" in valley.lounge.message("Shared by Rosa").text


async def test_answers_are_numbered_as_they_are_shown_below_questions_lighter_than_they_are(
    bench: Bench, valley: Alliance
) -> None:
    who = actor(valley.rosa)
    walk = await started_run(bench.store, bench.clock, valley.guild.id, who)
    change = await bench.store.checklists.change_run(
        valley.guild.id, walk.run.id, SkipStep("where", 0, "Nobody knows"), who
    )
    assert change is not None
    walk = await answered(bench, change.walk, who, "next", "We call them.", Promise(CALL, "Ana"))
    await answered(bench, walk, who, "else", "No.")
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
    pairs = "-# 1. What is next?\n> We call them.\n\n-# 2. Anything else?\n> No."
    assert pairs in shown.text
    assert "Where do we stand?" in shown.text  # among the gaps


# -- history -------------------------------------------------------------------------------------


async def test_history_lists_ones_own_runs_and_compares_those_of_one_checklist(
    bench: Bench, valley: Alliance
) -> None:
    first = await finished(bench, valley, "At the start")
    pass_time(bench, 40 * DAY)
    second = await finished(bench, valley, "Nearly done")
    await finished(bench, valley, "Of Omar", owner=valley.omar)
    async with bench.started():
        every = await valley.rosa.uses("/checklist history", in_=valley.lounge)
        assert every.ephemeral
        assert f"#{first.run.id}" in every.text
        assert f"#{second.run.id}" in every.text
        assert "Of Omar" not in every.text
        compared = await valley.rosa.uses(
            "/checklist history", in_=valley.lounge, name="plan the next step"
        )
        assert "At the start" in compared.text
        assert "Nearly done" in compared.text
        assert "Of Omar" not in compared.text
        choices = await valley.rosa.types_into("/checklist history", in_=valley.lounge, name="")
        assert [choice.value for choice in choices] == ["plan"]
        unknown = await valley.rosa.uses(
            "/checklist history", in_=valley.lounge, name="sponser accountability"
        )
        assert "Did you mean" in unknown.text or "no run of" in unknown.text
        nobody = await valley.guild.member("Nora").uses("/checklist history", in_=valley.lounge)
        assert "no run" in nobody.text


async def test_the_brief_of_a_later_run_has_old_and_new_answers_side_by_side(
    bench: Bench, valley: Alliance
) -> None:
    await finished(bench, valley, "At the start")
    pass_time(bench, 40 * DAY)
    await finished(bench, valley, "Nearly done")
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
    assert "What changed since" in shown.text
    assert "At the start" in shown.text
    markdown = file_of(shown, ".md").data.decode()
    assert "> At the start" in markdown
    assert "> Nearly done" in markdown


async def test_a_teams_brief_shows_nothing_of_the_owners_private_runs(
    bench: Bench, valley: Alliance
) -> None:
    await finished(bench, valley, "My secret")
    nora = valley.guild.channel("board")
    hidden = await valley.rosa.opens_thread("Elsewhere", in_=nora)
    await finished(bench, valley, "Of another team", thread=hidden)
    thread = await valley.rosa.opens_thread("Our plan", in_=valley.lounge)
    await finished(bench, valley, thread=thread)
    async with bench.started():
        shown = await valley.omar.uses("/checklist show", in_=thread)
        everything = shown.text + file_of(shown, ".md").data.decode()
        assert "secret" not in everything
        assert "Of another team" not in everything
        later = await valley.rosa.opens_thread("Again", in_=valley.lounge)
        await finished(bench, valley, "Nearly done", thread=later)
        shown = await valley.omar.uses("/checklist show", in_=later)
        assert "What changed since" in shown.text
        assert "In the middle" in shown.text


async def test_a_skipped_required_step_is_a_gap_with_what_to_read(
    bench: Bench, valley: Alliance
) -> None:
    who = actor(valley.rosa)
    walk = await started_run(bench.store, bench.clock, valley.guild.id, who)
    (passage,) = PLAN.steps[0].passages
    title = bench.content.library.by_id[passage].title
    change = await bench.store.checklists.change_run(
        valley.guild.id, walk.run.id, SkipStep("where", 0, "Nobody knows"), who
    )
    assert change is not None
    async with bench.started():
        shown = await valley.rosa.uses("/checklist show", in_=valley.lounge)
        assert "Nobody knows" in shown.text
        assert title in shown.text
        read = await valley.rosa.selects("Read a passage", title, on=shown)
        assert bench.content.library.by_id[passage].sentences[0][:40] in read.text
