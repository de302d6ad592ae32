"""Deliveries side by side: none that takes long holds up another alliance's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.outbox import discord_delivery
from tests.discord.bench import Alliance, Bench, alliance_of, eventually
from tests.discord.commitments import CALL, actor, promised
from tests.discord.days import NINE, move_to, pass_time, set_clock

pytestmark = pytest.mark.days_pass

PEOPLE = 10


async def test_ten_slow_deliveries_of_one_alliance_hold_up_no_other(
    bench: Bench, valley: Alliance
) -> None:
    tomorrow = set_clock(bench, 8) + timedelta(days=1)
    coast = await alliance_of(bench, "Coast Alliance", ("Mia", "Leo"))
    slow = [valley.guild.member(f"Partner {number}") for number in range(PEOPLE)]
    store, faults = bench.store, bench.server.faults
    gates = [faults.hold("POST", f"/channels/{one.dm.id}/messages") for one in slow]
    for one in slow:
        await promised(store, bench.clock, valley.guild.id, actor(one), tomorrow)
    await promised(store, bench.clock, coast.guild.id, actor(coast.rosa), tomorrow)
    async with bench.started():
        move_to(bench, datetime.combine(tomorrow, NINE, UTC))
        message = await coast.rosa.dm.next_message(after=0, by=bench.server.bot)
        assert CALL in message.text
        assert not any(CALL in said.text for one in slow for said in one.dm.history)
        for gate in gates:
            gate.release()
        await eventually(lambda: all(one.dm.history for one in slow))
        await bench.settled()
    assert [len(one.dm.history) for one in slow] == [1] * PEOPLE


async def test_what_takes_too_long_is_put_off_and_comes_once(
    bench: Bench, valley: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_delivery, "_LONGEST", 0.3)
    tomorrow = set_clock(bench, 8) + timedelta(days=1)
    path = f"/channels/{valley.rosa.dm.id}/messages"
    gate = bench.server.faults.hold("POST", path, after_work=True)
    await promised(bench.store, bench.clock, valley.guild.id, actor(valley.rosa), tomorrow)
    async with bench.started():
        move_to(bench, datetime.combine(tomorrow, NINE, UTC))
        await gate.arrived()
        await bench.settled()  # put off: nothing is due any more
        gate.release()
        pass_time(bench, 61)
        await bench.settled()
    assert len(valley.rosa.dm.history) == 1
    assert await bench.store.outbox.next_due() is None
