"""The report on opportunities for stewards: text, table and picture."""

from __future__ import annotations

import csv
import io

import pytest

from bot.opportunities.rules.models import Mode, Outcome, Reply
from tests.discord.bench import Alliance, Bench, alliance_of
from tests.discord.days import DAY, pass_time
from tests.discord.offers import CARE, WELDING, board_of, listens, publish, says

REPORT = "/opportunity report"
PNG = b"\x89PNG\r\n\x1a\n"


async def test_a_steward_gets_the_numbers_as_text_table_and_picture(
    bench: Bench, valley: Alliance
) -> None:
    store, board = bench.store, await board_of(bench.store, valley.guild)
    coast = await alliance_of(bench, "Coast Alliance", ("Nora", "Ines"))
    await publish(store, coast.guild, await board_of(store, coast.guild), organization="Pier")
    await listens(store, valley.rosa, "City College", Mode.DAILY)
    await listens(store, valley.omar, "Hotel League", Mode.DAILY)
    one = await publish(store, valley.guild, board, organization="=Chamber")
    await publish(store, valley.guild, board, CARE, organization="County")
    await says(store, one, valley.rosa)
    await says(store, one, valley.omar, Reply.NOT_FOR_US)
    await store.opportunities.close_opportunity(valley.guild.id, one.id, Outcome.FILLED)
    async with bench.started():
        refused = await valley.rosa.uses(REPORT, in_=valley.lounge)
        assert not refused.files
        given = await valley.guild.owner.uses(REPORT, in_=valley.lounge)
    assert given.ephemeral
    assert "2 posted" in given.text
    line = "**training seats**: 1 posted, reached 2 · 1 interested, 1 not for them · 1 filled"
    assert line in given.text
    assert "**County**: 1 posted, reached 2" in given.text
    assert "Pier" not in given.text
    files = {file.name: file.data for file in given.files}
    assert sorted(files) == ["opportunities.csv", "opportunities.png"]
    assert files["opportunities.png"].startswith(PNG)
    rows = list(csv.DictReader(io.StringIO(files["opportunities.csv"].decode())))
    (chamber,) = [row for row in rows if "Chamber" in row["name"]]
    assert chamber["name"] == "'=Chamber"  # no formula for a spreadsheet
    assert (chamber["posted"], chamber["reached"], chamber["filled"]) == ("1", "2", "1")


async def test_a_report_of_some_days_leaves_out_what_is_older(
    bench: Bench, valley: Alliance
) -> None:
    board = await board_of(bench.store, valley.guild)
    await publish(bench.store, valley.guild, board, WELDING)
    pass_time(bench, 40 * DAY)
    owner = valley.guild.owner
    async with bench.started():
        none = await owner.uses(REPORT, in_=valley.lounge, days=30)
        assert "No opportunity was posted in the last 30 days" in none.text
        await publish(bench.store, valley.guild, board, CARE)
        some = await owner.uses(REPORT, in_=valley.lounge, days=30)
        assert "the last 30 days: 1 posted" in some.text


async def test_without_a_picture_the_numbers_come_all_the_same(
    bench: Bench, valley: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("no fonts")

    monkeypatch.setattr("bot.wiring.report_chart", broken)
    board = await board_of(bench.store, valley.guild)
    await publish(bench.store, valley.guild, board)
    async with bench.started():
        given = await valley.guild.owner.uses(REPORT, in_=valley.lounge)
    assert "1 posted" in given.text
    assert [file.name for file in given.files] == ["opportunities.csv"]


@pytest.mark.slow
async def test_a_report_on_very_many_organizations_keeps_within_one_message(
    bench: Bench, valley: Alliance
) -> None:
    board = await board_of(bench.store, valley.guild)
    for number in range(60):
        name = f"{number:02} $mart *Partner* 漢字 🌍 " + "x" * 60
        await publish(bench.store, valley.guild, board, organization=name)
    async with bench.started():
        given = await valley.guild.owner.uses(REPORT, in_=valley.lounge)
    assert "60 posted" in given.text
    assert "same numbers" in given.text
    assert len(given.files) == 2
