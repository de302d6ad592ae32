"""What is held about a person is handed out and deleted; what is old goes by itself."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.core.alliance import NO_ALLIANCE
from bot.privacy import expiry
from tests.discord.bench import Bench, eventually
from tests.discord.days import DAY
from tests.discord.steward import Stewarded, gap_in, stewarded


async def gone(bench: Bench, where: Stewarded, exchange: int) -> None:
    """Wait until an exchange is no longer kept."""

    async def is_gone() -> bool:
        return await bench.store.answers.exchange(where.guild.id, exchange) is None

    await eventually(is_gone)


async def test_export_in_a_server_is_a_private_file_about_this_alliance(bench: Bench) -> None:
    valley, coast = stewarded(bench, "Valley"), stewarded(bench, "Coast")
    person = valley.lea.user.id
    await gap_in(bench, valley.guild, "asked in the valley", person)
    await gap_in(bench, coast.guild, "asked at the coast", person)
    await gap_in(bench, valley.guild, "asked by another", valley.sam.user.id)
    async with bench.started():
        export = await valley.lea.uses("/privacy export", in_=valley.channel)
    assert export.ephemeral
    (file,) = export.files
    content = json.loads(file.data)
    assert content["person"] == str(person)
    assert [one["question"] for one in content["questions"]] == ["asked in the valley"]
    assert "180 days" in export.text


async def test_export_in_a_direct_message_is_about_everything(bench: Bench) -> None:
    valley, coast = stewarded(bench, "Valley"), stewarded(bench, "Coast")
    person = valley.lea.user.id
    await gap_in(bench, valley.guild, "asked in the valley", person)
    await gap_in(bench, coast.guild, "asked at the coast", person)
    async with bench.started():
        export = await valley.lea.uses("/privacy export", in_=valley.lea.dm)
    content = json.loads(export.files[0].data)
    asked = {q["question"] for one in content["alliances"] for q in one["questions"]}
    assert asked == {"asked in the valley", "asked at the coast"}


async def test_forget_asks_then_deletes_in_this_alliance_and_confirms(bench: Bench) -> None:
    valley, coast = stewarded(bench, "Valley"), stewarded(bench, "Coast")
    person = valley.lea.user.id
    gap = await gap_in(bench, valley.guild, "asked in the valley", person)
    await gap_in(bench, coast.guild, "asked at the coast", person)
    await bench.store.answers.give_feedback(
        valley.guild.id, gap, person, helpful=False, reason="no"
    )
    async with bench.started():
        asked = await valley.lea.uses("/privacy forget", in_=valley.channel)
        assert asked.ephemeral
        assert "this alliance" in asked.text
        held = await bench.store.privacy.export_person(valley.guild.id, person)
        assert held["questions"]
    async with bench.started():
        done = await valley.lea.clicks("Delete my data", on=asked.message)
        twice = await valley.lea.clicks("Delete my data", on=asked.message)
    assert done.ephemeral
    assert "1 question with its answer, 1 feedback" in done.text
    assert "nothing to delete" in twice.text
    gone = await bench.store.privacy.export_person(valley.guild.id, person)
    assert not gone["questions"]
    assert not gone["feedback"]
    kept = await bench.store.privacy.export_person(coast.guild.id, person)
    assert kept["questions"]
    assert await bench.store.answers.open_gaps(valley.guild.id, 10) == ()


async def test_forget_in_a_direct_message_deletes_everything(bench: Bench) -> None:
    valley, coast = stewarded(bench, "Valley"), stewarded(bench, "Coast")
    person = valley.lea.user.id
    for guild in (valley.guild, coast.guild):
        await gap_in(bench, guild, "asked somewhere", person)
    await bench.store.alliances.choose_alliance_for_person_in_direct_messages(NO_ALLIANCE, person)
    async with bench.started():
        asked = await valley.lea.uses("/privacy forget", in_=valley.lea.dm)
        assert "all alliances" in asked.text
        done = await valley.lea.clicks("Delete my data", on=asked)
    assert "2 questions with their answers" in done.text
    assert (await bench.store.privacy.export_person_everywhere(person))["alliances"] == []


async def test_a_click_that_discord_sends_twice_confirms_what_was_deleted(bench: Bench) -> None:
    valley = stewarded(bench, "Valley")
    await gap_in(bench, valley.guild, "asked in the valley", valley.lea.user.id)
    async with bench.started():
        asked = await valley.lea.uses("/privacy forget", in_=valley.channel)
        bench.server.faults.duplicate("INTERACTION_CREATE")
        done = await valley.lea.clicks("Delete my data", on=asked)
    assert "1 question" in done.text


async def test_what_is_older_than_the_retention_goes_at_the_start(bench: Bench) -> None:
    valley, coast = stewarded(bench, "Valley"), stewarded(bench, "Coast")
    old = await gap_in(bench, valley.guild, "an old question")
    other = await gap_in(bench, coast.guild, "an old question elsewhere")
    await bench.store.alliances.change_settings(coast.guild.id, retention_days=400)
    bench.clock.advance(179 * DAY)
    async with bench.started():
        await asyncio.sleep(0.05)
        assert await bench.store.answers.exchange(valley.guild.id, old) is not None
    bench.clock.advance(2 * DAY)
    new = await gap_in(bench, valley.guild, "a new question")
    async with bench.started():
        await gone(bench, valley, old)
    assert await bench.store.answers.exchange(valley.guild.id, new) is not None
    assert await bench.store.answers.exchange(coast.guild.id, other) is not None


async def test_what_expires_while_the_bot_runs_goes_with_the_next_round(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert expiry.RETENTION_SECONDS == DAY
    monkeypatch.setattr(expiry, "RETENTION_SECONDS", 0.02)
    valley = stewarded(bench, "Valley")
    gap = await gap_in(bench, valley.guild, "a question")
    async with bench.started():
        await asyncio.sleep(0.1)
        assert await bench.store.answers.exchange(valley.guild.id, gap) is not None
        bench.clock.advance(181 * DAY)
        await gone(bench, valley, gap)
