"""Direct messages: whose alliance a person is answered for, and what servers that err do to it."""

from __future__ import annotations

import pytest

from bot.adapters.discord import memberships
from tests.discord.bench import ASKS, Alliance, Bench

CHECKLIST = "sponsor-accountability"
MEMBER = "/guilds/{guild_id}/members/{user_id}"


async def test_a_server_that_errs_takes_nothing_from_people_of_another(
    bench: Bench, valley: Alliance
) -> None:
    coast = bench.server.guild("Coast Alliance")
    mia = coast.member("Mia")
    errs = bench.server.faults.fail("GET", f"/guilds/{coast.id}/members/*", status=503, times=99)
    async with bench.started():
        with bench.server.expecting(code=10007):
            answer = await bench.answer(await valley.rosa.dms(ASKS))
            unknown = await bench.answer(await mia.dms(ASKS))
            errs.times = 0
            known = await bench.answer(await mia.dms("And who pays for it?"))
    await bench.kept(valley.guild.id, answer)
    await bench.kept(0, unknown)
    await bench.kept(coast.id, known)


async def test_a_server_that_hangs_keeps_nobody_waiting_for_long(
    bench: Bench, valley: Alliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memberships, "_PATIENCE", 0.2)
    coast = bench.server.guild("Coast Alliance")
    hangs = bench.server.faults.hold("GET", f"/guilds/{coast.id}/members/*", times=99)
    async with bench.started():
        answer = await bench.answer(await valley.rosa.dms(ASKS))
        with bench.server.expecting(code=10007):
            hangs.release()
            await bench.idle()
    await bench.kept(valley.guild.id, answer)


async def test_a_keystroke_asks_no_server_that_nothing_speaks_for(
    bench: Bench, valley: Alliance
) -> None:
    rosa, dm = valley.rosa, valley.rosa.dm
    for number in range(61):
        bench.server.guild(f"Alliance {number}")
    async with bench.started():
        with bench.server.counting() as at_a_key:
            await rosa.types_into("/checklist start", in_=dm, name="spo")
        with bench.server.expecting(code=10007):
            answer = await bench.answer(await rosa.dms(ASKS))
            await bench.kept(valley.guild.id, answer)
            with bench.server.counting() as later:
                await rosa.types_into("/checklist resume", in_=dm, run="1")
                await bench.answer(await rosa.dms("And who pays for it?"))
    assert not at_a_key.of(MEMBER)
    assert later.of(MEMBER) <= 2


async def test_whoever_did_something_in_a_server_is_known_to_be_in_it(
    bench: Bench, valley: Alliance
) -> None:
    for number in range(61):
        bench.server.guild(f"Alliance {number}")
    async with bench.started():
        await bench.answer(await valley.rosa.says(valley.questions, ASKS))
        with bench.server.counting() as asked:
            answer = await bench.answer(await valley.rosa.dms("What is a champion?"))
    await bench.kept(valley.guild.id, answer)
    assert asked.of(MEMBER) <= 1


async def test_who_left_reads_and_changes_nothing_of_the_alliance_from_old_messages(
    bench: Bench, valley: Alliance
) -> None:
    rosa = valley.rosa
    async with bench.started():
        step = await rosa.uses("/checklist start", in_=rosa.dm, name=CHECKLIST)
        profile = await rosa.uses("/partner join", in_=rosa.dm, name="Mill Valley College")
        assert "Mill Valley College" in profile.text
        card = await rosa.uses("/partner profile", in_=rosa.dm)
        rosa.leaves()
        with bench.server.expecting(code=10007):
            pressed = [
                await rosa.clicks(label, on=step)
                for label in ("Answer", "What did others do?", "Ask about this", "Pause")
            ]
            pressed.append(await rosa.clicks("Contact", on=card))
            listed = await rosa.uses("/partner list", in_=rosa.dm)
    for response in pressed:
        assert "no longer in" in response.text
    assert "Mill Valley College" not in listed.text
