from __future__ import annotations

import asyncio

import pytest

from bot.alliances.records import AllianceSettings, ChannelPurpose, PurposeChannel
from bot.store import Store
from tests.store.samples import ANA, OSLO, PARIS, TurnedClock


async def test_an_alliance_that_configured_nothing_has_the_defaults(store: Store) -> None:
    assert await store.alliances.settings(PARIS) == AllianceSettings(None, None, 180, "")


async def test_settings_are_changed_one_by_one_and_kept(store: Store) -> None:
    await store.alliances.change_settings(PARIS, steward_role=5, notes="Meets on Mondays")
    changed = await store.alliances.change_settings(PARIS, retention_days=30)
    assert changed == AllianceSettings(5, None, 30, "Meets on Mondays")
    assert await store.alliances.settings(PARIS) == changed


async def test_settings_changed_at_the_same_time_both_hold(store: Store) -> None:
    await asyncio.gather(
        store.alliances.change_settings(PARIS, steward_role=5),
        store.alliances.change_settings(PARIS, intermediary_role=6),
    )
    assert await store.alliances.settings(PARIS) == AllianceSettings(5, 6)


@pytest.mark.parametrize("days", [0, -1, 3651])
async def test_a_retention_out_of_bounds_is_refused_and_changes_nothing(
    store: Store, days: int
) -> None:
    with pytest.raises(ValueError, match="between 1 and 3650"):
        await store.alliances.change_settings(PARIS, retention_days=days, notes="never kept")
    assert await store.alliances.settings(PARIS) == AllianceSettings()


async def test_a_channel_can_have_several_purposes_and_each_only_once(store: Store) -> None:
    assert await store.alliances.add_channel(PARIS, 3, ChannelPurpose.QUESTIONS)
    assert await store.alliances.add_channel(PARIS, 3, ChannelPurpose.STEWARDS)
    assert not await store.alliances.add_channel(PARIS, 3, ChannelPurpose.QUESTIONS)
    assert await store.alliances.add_channel(PARIS, 1, ChannelPurpose.QUESTIONS)
    assert await store.alliances.channels(PARIS, ChannelPurpose.QUESTIONS) == (
        PurposeChannel(1, ChannelPurpose.QUESTIONS),
        PurposeChannel(3, ChannelPurpose.QUESTIONS),
    )
    assert len(await store.alliances.channels(PARIS)) == 3


async def test_a_channel_loses_one_purpose_or_all(store: Store) -> None:
    for purpose in ChannelPurpose:
        await store.alliances.add_channel(PARIS, 3, purpose)
    assert await store.alliances.remove_channel(PARIS, 3, ChannelPurpose.STEWARDS)
    assert not await store.alliances.remove_channel(PARIS, 3, ChannelPurpose.STEWARDS)
    assert len(await store.alliances.channels(PARIS)) == 2
    assert not await store.alliances.remove_channel(OSLO, 3)
    assert await store.alliances.remove_channel(PARIS, 3)
    assert await store.alliances.channels(PARIS) == ()


async def test_of_fifty_who_claim_an_event_at_once_one_gets_it(store: Store) -> None:
    claims = await asyncio.gather(*(store.alliances.claim(PARIS, 900) for _ in range(50)))
    assert sorted(claims) == [False] * 49 + [True]


async def test_claims_are_by_alliance_and_by_name(store: Store) -> None:
    assert await store.alliances.claim(PARIS, 900)
    assert await store.alliances.claim(OSLO, 900)
    assert await store.alliances.claim(PARIS, "900:edited:1")
    assert not await store.alliances.claim(PARIS, "900")


async def test_the_name_of_an_event_may_not_be_cut_off(store: Store) -> None:
    assert await store.alliances.claim(PARIS, "x" * 120)
    with pytest.raises(ValueError, match="120"):
        await store.alliances.claim(PARIS, "x" * 121)


async def test_events_are_forgotten_after_a_week(store: Store, clock: TurnedClock) -> None:
    await store.alliances.claim(PARIS, 1)
    clock.turn(days=6)
    await store.alliances.claim(PARIS, 2)
    clock.turn(days=1, seconds=1)
    assert (await store.privacy.purge_all_expired()).events == 1
    assert await store.alliances.claim(PARIS, 1)
    assert not await store.alliances.claim(PARIS, 2)


async def test_the_latest_choice_for_direct_messages_holds(store: Store) -> None:
    assert await store.alliances.alliance_of_person_in_direct_messages(ANA) is None
    await store.alliances.choose_alliance_for_person_in_direct_messages(PARIS, ANA)
    await store.alliances.choose_alliance_for_person_in_direct_messages(OSLO, ANA)
    assert await store.alliances.alliance_of_person_in_direct_messages(ANA) == OSLO
