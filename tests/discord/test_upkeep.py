"""Retention, roles that are cleared, and notes that are taken back; over the loopback Discord."""

from __future__ import annotations

import pytest

from tests.discord.bench import Bench
from tests.discord.steward import DRONES, NOTE, answered, ask, gap_in, stewarded
from tests.examples import further


async def test_retention_is_shown_and_changed_with_what_it_means(small: Bench) -> None:
    valley, coast = stewarded(small, "Valley"), stewarded(small, "Coast")
    async with small.started():
        shown = await valley.sam.uses("/guide retention", in_=valley.channel)
        changed = await valley.sam.uses("/guide retention", in_=valley.channel, days=1)
        same = await valley.sam.uses("/guide retention", in_=valley.channel, days=1)
    assert "**180 days**." in shown.text
    assert "**1 day**, instead of 180. What is older is deleted within a day" in changed.text
    assert "**1 day**." in same.text
    assert shown.ephemeral
    assert changed.ephemeral
    assert (await small.store.alliances.settings(valley.guild.id)).retention_days == 1
    assert (await small.store.alliances.settings(coast.guild.id)).retention_days == 180


@pytest.mark.parametrize("days", [0, 3651])
async def test_retention_has_bounds(small: Bench, days: int) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        with pytest.raises(Exception, match="days"):
            await valley.sam.uses("/guide retention", in_=valley.channel, days=days)


@pytest.mark.parametrize(
    ("cleared", "left"),
    [
        ("steward", (False, True)),
        *further(("intermediary", (True, False)), ("both", (False, False))),
    ],
)
async def test_roles_are_cleared(small: Bench, cleared: str, left: tuple[bool, bool]) -> None:
    valley = stewarded(small, "Valley")
    guides, brokers = valley.guild.role("guides"), valley.guild.role("brokers")
    async with small.started():
        both = await valley.sam.uses(
            "/guide roles", in_=valley.channel, steward=guides, intermediary=brokers
        )
        page = await valley.sam.uses("/guide roles", in_=valley.channel, clear=cleared)
    assert all(str(role.id) in both.text for role in (guides, brokers))
    assert (str(guides.id) in page.text, str(brokers.id) in page.text) == left
    settings = await small.store.alliances.settings(valley.guild.id)
    assert (settings.steward_role, settings.intermediary_role) == (
        guides.id if left[0] else None,
        brokers.id if left[1] else None,
    )


async def test_a_role_can_be_set_while_the_other_is_cleared(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    guides, brokers = valley.guild.role("guides"), valley.guild.role("brokers")
    async with small.started():
        await valley.sam.uses("/guide roles", in_=valley.channel, intermediary=brokers)
        await valley.sam.uses("/guide roles", in_=valley.channel, steward=guides, clear="both")
    settings = await small.store.alliances.settings(valley.guild.id)
    assert (settings.steward_role, settings.intermediary_role) == (guides.id, None)


async def test_a_note_that_is_taken_back_is_no_longer_cited(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    async with small.started():
        await answered(valley, gap)
        assert "Maria signs people up" in (await ask(valley, DRONES)).text
        (choice,) = await valley.sam.types_into(
            "/guide note remove", in_=valley.channel, note="drone"
        )
        assert choice.name == f"{DRONES} (note-1)"
        gone = await valley.sam.uses("/guide note remove", in_=valley.channel, note=choice.value)
        assert gone.ephemeral
        assert f"`note-1` is taken back and no longer cited: {DRONES}" in gone.text
        assert "The question it answered (1) is open again" in gone.text
        assert "Maria" not in (await ask(valley, DRONES)).text
        again = await valley.sam.uses("/guide note remove", in_=valley.channel, note="note-1")
        assert "There is no practice note" in again.text
        assert await valley.sam.types_into("/guide note remove", in_=valley.channel, note="") == []
        passage = await valley.sam.uses("/passage", in_=valley.channel, title="note-1")
        assert NOTE not in passage.text
    assert await small.store.answers.open_gap(valley.guild.id, gap) is not None


@pytest.mark.parametrize("wanted", ["#1", DRONES.upper(), *further("1", "NOTE-1")])
async def test_a_note_is_named_by_number_id_or_title(small: Bench, wanted: str) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    async with small.started():
        await answered(valley, gap)
        gone = await valley.sam.uses("/guide note remove", in_=valley.channel, note=wanted)
    assert "is taken back" in gone.text
    assert await small.store.answers.notes(valley.guild.id) == ()


@pytest.mark.parametrize(
    "wanted", ["2", DRONES[:-1], *further("note", "share-credit", "@everyone")]
)
async def test_what_is_no_note_is_refused(small: Bench, wanted: str) -> None:
    valley, coast = stewarded(small, "Valley"), stewarded(small, "Coast")
    gap = await gap_in(small, valley.guild, DRONES)
    async with small.started():
        await answered(valley, gap)
        refused = await valley.sam.uses("/guide note remove", in_=valley.channel, note=wanted)
        other = await coast.sam.uses("/guide note remove", in_=coast.channel, note="note-1")
    assert "There is no practice note" in refused.text
    assert "There is no practice note" in other.text
    assert not refused.message.pings
    assert len(await small.store.answers.notes(valley.guild.id)) == 1


async def test_in_direct_messages_passages_are_completed_with_the_notes_of_the_alliance(
    small: Bench,
) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    lea, nora = valley.lea, small.server.visitor("Nora")
    async with small.started():
        await answered(valley, gap)
        offered = await lea.types_into("/passage", in_=lea.dm, title="drone")
        assert "note-1" in [choice.value for choice in offered]
        with small.server.expecting(code=10007):
            others = await nora.types_into("/passage", in_=nora.dm, title="drone")
        assert "note-1" not in [choice.value for choice in others]


async def test_of_several_alliances_the_chosen_one_s_notes_are_completed(small: Bench) -> None:
    valley, coast = stewarded(small, "Valley"), stewarded(small, "Coast")
    gap = await gap_in(small, valley.guild, DRONES)
    lea = valley.lea
    coast.guild.member(lea.name)
    async with small.started():
        await answered(valley, gap)

        async def offered() -> bool:
            choices = await lea.types_into("/passage", in_=lea.dm, title="drone")
            return "note-1" in [choice.value for choice in choices]

        assert not await offered()
        for chosen, seen in ((coast, False), (valley, True)):
            await small.store.alliances.choose_alliance_for_person_in_direct_messages(
                chosen.guild.id, lea.user.id
            )
            assert await offered() is seen
