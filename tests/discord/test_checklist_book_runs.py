"""What becomes of a run: offered again, given up, taken up after all, handed to somebody else."""

from __future__ import annotations

import pytest

from bot.checklists.rules.events import Cancel
from bot.checklists.rules.records import CommitmentStatus, StoredRun
from bot.checklists.rules.run import Status
from tests.discord.bench import Alliance, Bench, alliance_of
from tests.discord.commitments import PLAN, actor, paused, promised, started_run, status_of
from tests.discord.days import DAY, pass_time, set_clock
from tests.discord.steward import Stewarded, stewarded
from tests.discord.walks import answers, buttons
from tests.loopback import Channel, Member, Message, Response


async def begun(bench: Bench, where: Alliance, owner: Member | None = None) -> StoredRun:
    who = actor(owner or where.rosa)
    return await started_run(bench.store, bench.clock, where.guild.id, who)


async def now(bench: Bench, walk: StoredRun) -> StoredRun:
    found = await bench.store.checklists.walk(walk.run.alliance, walk.run.id)
    assert found is not None
    return found


async def offered(bench: Bench, to: Member) -> Message:
    pass_time(bench, 7.01 * DAY)
    return await to.dm.next_message(after=0, containing="Go on with it?")


# -- offered again -------------------------------------------------------------------------------


async def test_resume_goes_on_in_the_place_of_the_offer(bench: Bench, valley: Alliance) -> None:
    walk = await paused(bench, valley.guild.id, valley.rosa)
    async with bench.started():
        message = await offered(bench, valley.rosa)
        assert buttons(message) == ["Resume", "Cancel"]
    async with bench.started():
        step = await valley.rosa.clicks("Resume", on=message)
        assert "1 of 3" in step.text
        assert "Where do we stand?" in message.text
        step = await answers(valley.rosa, step, "In the middle")
        assert "2 of 3" in step.text
    after = await now(bench, walk)
    assert after.run.status is Status.OPEN
    assert after.run.answers["where"][0].given.text == "In the middle"
    assert await bench.store.outbox.next_due() is None


async def test_cancel_on_the_offer_asks_first(bench: Bench, valley: Alliance) -> None:
    walk = await paused(bench, valley.guild.id, valley.rosa)
    async with bench.started():
        message = await offered(bench, valley.rosa)
        asked = await valley.rosa.clicks("Cancel", on=message)
        assert "Nothing was answered yet" in asked.text
        assert (await now(bench, walk)).run.status is Status.PAUSED
        done = await valley.rosa.clicks("Cancel this run", on=asked)
        assert "is cancelled" in done.text
        late = await valley.rosa.clicks("Resume", on=message)
        assert "cancelled" in late.text
    assert (await now(bench, walk)).run.status is Status.CANCELLED


# -- cancel and reopen ---------------------------------------------------------------------------


async def test_cancel_names_what_is_lost_and_reopen_brings_it_back(
    bench: Bench, valley: Alliance
) -> None:
    today = set_clock(bench, 8)
    alliance = valley.guild.id
    commitment = await promised(bench.store, bench.clock, alliance, actor(valley.rosa), today)
    run = commitment.run
    async with bench.started():
        asked = await valley.rosa.uses("/checklist cancel", in_=valley.lounge)
        assert asked.ephemeral
        assert PLAN.title in asked.text
        assert "answer to one step" in asked.text
        assert "its open commitment is dropped" in asked.text
        await valley.rosa.clicks("Cancel this run", on=asked)
        assert await status_of(bench, commitment) is CommitmentStatus.DROPPED
        again = await valley.rosa.clicks("Cancel this run", on=asked, stale=True)
        assert "no longer" in again.text or "already" in again.text
        none = await valley.rosa.uses("/checklist cancel", in_=valley.lounge)
        assert "no run here" in none.text
        back = await valley.rosa.uses("/checklist reopen", in_=valley.lounge, run=f"#{run}")
        assert "open again" in back.text
        assert await status_of(bench, commitment) is CommitmentStatus.OPEN
        twice = await valley.rosa.uses("/checklist reopen", in_=valley.lounge, run=str(run))
        assert "isn't over" in twice.text


async def test_the_run_is_completed_by_title_and_found_by_number(
    bench: Bench, valley: Alliance
) -> None:
    first, second = [await begun(bench, valley) for _ in range(2)]
    await begun(bench, valley, valley.omar)
    async with bench.started():
        choices = await valley.rosa.types_into("/checklist cancel", in_=valley.lounge, run="plan")
        assert [choice.value for choice in choices] == [str(second.run.id), str(first.run.id)]
        asked = await valley.rosa.uses("/checklist cancel", in_=valley.lounge, run=choices[1].name)
        assert f"#{first.run.id}" in asked.text


@pytest.mark.parametrize("command", ["cancel", "reopen"])
async def test_anothers_run_and_another_alliances_are_refused_in_one_sentence(
    bench: Bench, valley: Alliance, command: str
) -> None:
    coast = await alliance_of(bench, "Coast Alliance", ("Rosa", "Nora"))
    mine, omars = await begun(bench, valley), await begun(bench, valley, valley.omar)
    async with bench.started():
        asked = await valley.rosa.uses(
            f"/checklist {command}", in_=valley.lounge, run=str(omars.run.id)
        )
        assert asked.text == "This run belongs to somebody else."
        elsewhere = await coast.rosa.uses(
            f"/checklist {command}", in_=coast.lounge, run=str(mine.run.id)
        )
        assert f"There is no run “#{mine.run.id}” of yours here" in elsewhere.text
        odd = await valley.rosa.uses(f"/checklist {command}", in_=valley.lounge, run="the plan?")
        assert "There is no run “the plan?”" in odd.text
        assert not await coast.rosa.types_into(f"/checklist {command}", in_=coast.lounge, run="")
    assert (await now(bench, omars)).run.status is Status.OPEN


async def test_in_a_teams_thread_only_the_owner_gives_up(bench: Bench, valley: Alliance) -> None:
    thread = await valley.rosa.opens_thread("Our plan", in_=valley.lounge)
    walk = await started_run(bench.store, bench.clock, valley.guild.id, actor(valley.rosa), thread)
    async with bench.started():
        other = await valley.omar.uses("/checklist cancel", in_=thread)
        assert "Only Rosa" in other.text
        asked = await valley.rosa.uses("/checklist cancel", in_=thread)
        await valley.rosa.clicks("Cancel this run", on=asked)
    assert (await now(bench, walk)).run.status is Status.CANCELLED


# -- hand over -----------------------------------------------------------------------------------


async def hands_over(
    who: Member, where: Channel, walk: StoredRun, to: Member, **options: object
) -> Response:
    return await who.uses(
        "/checklist hand-over", in_=where, run=f"#{walk.run.id}", to=to, **options
    )


async def test_the_owner_hands_a_run_over_and_the_new_owner_is_told_and_goes_on(
    bench: Bench, valley: Alliance
) -> None:
    walk = await begun(bench, valley)
    async with bench.started():
        done = await hands_over(valley.rosa, valley.lounge, walk, valley.omar)
        assert done.ephemeral
        assert "Omar's now" in done.text
        told = await valley.omar.dm.next_message(after=0, by=bench.server.bot)
        assert "Rosa" in told.text
        assert PLAN.title in told.text
        assert "Valley Alliance" in told.text
        assert not valley.rosa.dm.history
        step = await valley.omar.uses("/checklist resume", in_=valley.lounge)
        assert "1 of 3" in step.text
        lost = await valley.rosa.uses("/checklist cancel", in_=valley.lounge, run=str(walk.run.id))
        assert lost.text == "This run belongs to somebody else."
    assert (await now(bench, walk)).run.owner == valley.omar.id


async def test_who_takes_no_direct_messages_gets_the_run_all_the_same(
    bench: Bench, valley: Alliance
) -> None:
    walk = await begun(bench, valley)
    valley.omar.user.dms_open = False
    async with bench.started():
        with bench.server.expecting(code=50007, times=1):
            done = await hands_over(valley.rosa, valley.lounge, walk, valley.omar)
    assert "takes no direct messages" in done.text
    assert (await now(bench, walk)).run.owner == valley.omar.id


async def test_others_dont_hand_a_run_over(bench: Bench, valley: Alliance) -> None:
    walk = await begun(bench, valley)
    async with bench.started():
        refused = await hands_over(valley.omar, valley.lounge, walk, valley.omar)
        assert "by whoever has it, or by a steward" in refused.text
        assert PLAN.title not in refused.text
        same = await hands_over(valley.rosa, valley.lounge, walk, valley.rosa)
        assert "already" in same.text
        robot = valley.guild.bot("Robbie")
        bot = await hands_over(valley.rosa, valley.lounge, walk, robot)
        assert "is a bot" in bot.text
    assert (await now(bench, walk)).run.owner == valley.rosa.id


async def left_behind(bench: Bench, where: Stewarded) -> StoredRun:
    """The run of somebody who left the server."""
    rosa = where.guild.member("Rosa")
    commitment = await promised(
        bench.store, bench.clock, where.guild.id, actor(rosa), None, what="My secret plan"
    )
    rosa.leaves()
    walk = await bench.store.checklists.walk(where.guild.id, commitment.run)
    assert walk is not None
    return walk


async def test_a_steward_hands_over_what_a_departed_person_left_without_reading_it(
    bench: Bench,
) -> None:
    valley, coast = stewarded(bench, "Valley"), stewarded(bench, "Coast")
    walk = await left_behind(bench, valley)
    number = str(walk.run.id)
    async with bench.started():
        (choice,) = await valley.sam.types_into(
            "/checklist hand-over", in_=valley.channel, to=valley.lea, run=""
        )
        assert choice.value == number
        assert PLAN.title in choice.name
        assert "Rosa" in choice.name
        assert "open" in choice.name
        for steward in (coast.sam, valley.lea):  # of another alliance, or none at all
            assert not await steward.types_into("/checklist hand-over", to=steward, run="")
        refused = await valley.sam.uses("/checklist cancel", in_=valley.channel, run=number)
        assert refused.text == "This run belongs to somebody else."
        with bench.server.expecting(code=10007, times=1):
            done = await hands_over(valley.sam, valley.channel, walk, valley.lea)
        assert "Lea of Valley's now" in done.text
        assert "secret" not in done.text
        await valley.lea.dm.next_message(after=0, containing=PLAN.title)
    assert (await now(bench, walk)).run.owner == valley.lea.id


async def test_a_steward_of_another_alliance_reaches_nothing(bench: Bench) -> None:
    valley, coast = stewarded(bench, "Valley"), stewarded(bench, "Coast")
    walk = await left_behind(bench, valley)
    async with bench.started():
        refused = await hands_over(coast.sam, coast.channel, walk, coast.lea)
    assert "There is no run" in refused.text
    assert (await now(bench, walk)).run.owner == walk.run.owner


async def test_a_private_run_of_somebody_who_is_here_is_handed_over_by_its_owner_alone(
    bench: Bench,
) -> None:
    valley = stewarded(bench, "Valley")
    rosa = valley.guild.member("Rosa")
    walk = await started_run(bench.store, bench.clock, valley.guild.id, actor(rosa))
    async with bench.started():
        refused = [
            await hands_over(valley.sam, valley.channel, walk, to)
            for to in (valley.sam, valley.lea)
        ]
        assert (await now(bench, walk)).run.owner == rosa.id
        done = await hands_over(rosa, valley.channel, walk, valley.lea)
    for response in refused:
        assert "Rosa is here and can hand it over" in response.text
    assert "Lea of Valley's now" in done.text
    assert (await now(bench, walk)).run.owner == valley.lea.id


async def test_a_team_s_run_may_be_handed_over_by_a_steward_and_its_owner_hears_of_it(
    bench: Bench,
) -> None:
    valley = stewarded(bench, "Valley")
    rosa = valley.guild.member("Rosa")
    walk = await started_run(bench.store, bench.clock, valley.guild.id, actor(rosa), valley.channel)
    async with bench.started():
        await hands_over(valley.sam, valley.channel, walk, valley.lea)
        told = await rosa.dm.next_message(after=0, by=bench.server.bot)
        assert "Sam of Valley" in told.text
    assert (await now(bench, walk)).run.owner == valley.lea.id


async def test_a_run_goes_only_to_somebody_of_the_alliance(bench: Bench, valley: Alliance) -> None:
    walk = await begun(bench, valley)
    nora = bench.server.visitor("Nora")
    async with bench.started():
        refused = await valley.rosa.uses(
            "/checklist hand-over", in_=valley.lounge, run=str(walk.run.id), to=nora.user
        )
    assert "is not in this alliance" in refused.text


async def test_a_run_that_is_over_goes_to_somebody_else_as_well(
    bench: Bench, valley: Alliance
) -> None:
    walk = await begun(bench, valley)
    await bench.store.checklists.change_run(
        valley.guild.id, walk.run.id, Cancel(), actor(valley.rosa)
    )
    async with bench.started():
        choices = await valley.rosa.types_into(
            "/checklist hand-over", in_=valley.lounge, to=valley.omar, run=""
        )
        assert [choice.value for choice in choices] == [str(walk.run.id)]
        done = await hands_over(valley.rosa, valley.lounge, walk, valley.omar)
        assert "Omar's now" in done.text
        back = await valley.omar.uses("/checklist reopen", in_=valley.lounge, run=str(walk.run.id))
        assert "open again" in back.text
    assert (await now(bench, walk)).run.status is Status.OPEN
