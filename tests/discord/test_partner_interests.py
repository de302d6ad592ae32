"""What partners look for, and when they want to hear of it."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from bot.core.quiet_hours import QuietHours
from bot.opportunities.rules.models import Mode, Notifications
from tests.discord.bench import Alliance, Bench, alliance_of
from tests.loopback import Response

JOIN, INTERESTS, WHEN = (f"/partner {name}" for name in ("join", "interests", "notifications"))


async def interests(bench: Bench, alliance: int, name: str) -> tuple[str, ...]:
    (found,) = [one for one in await bench.store.people.partners(alliance) if one.name == name]
    return found.interests


async def looks_for(valley: Alliance, **options: str) -> Response:
    return await valley.rosa.uses(INTERESTS, in_=valley.lounge, **options)


async def test_interests_are_kept_as_given_and_shown_again(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        first = await looks_for(valley, topics="welding")
        assert "/partner join" in first.text
        await valley.rosa.uses(JOIN, in_=valley.lounge, name="City College")
        kept = await looks_for(
            valley, topics=" Welding,  CNC *machines* , welding", region="Dayton"
        )
        assert kept.ephemeral
        assert "now looks for Welding, CNC \\*machines\\*, in Dayton" in kept.text
        shown = await looks_for(valley)
        assert "looks for Welding, CNC \\*machines\\*, in Dayton" in shown.text
        assert await interests(bench, valley.guild.id, "City College") == (
            "Welding",
            "CNC *machines*",
        )
        anywhere = await looks_for(valley, region="anywhere")
        assert "in Dayton" not in anywhere.text
        none = await looks_for(valley, topics="none")
        assert "nothing yet" in none.text
    assert await interests(bench, valley.guild.id, "City College") == ()


@pytest.mark.parametrize(
    ("topics", "said"),
    [
        (" , ,", "There is no interest in that"),
        ("x" * 101, "too much to compare"),
        (", ".join(f"thing {n}" for n in range(26)), "too much to compare"),
    ],
)
async def test_what_can_not_be_an_interest_is_refused_in_a_sentence_and_changes_nothing(
    bench: Bench, valley: Alliance, topics: str, said: str
) -> None:
    async with bench.started():
        await valley.rosa.uses(JOIN, in_=valley.lounge, name="City College")
        await looks_for(valley, topics="welding")
        refused = await looks_for(valley, topics=topics)
    assert said in refused.text
    assert await interests(bench, valley.guild.id, "City College") == ("welding",)


async def test_an_empty_interest_is_left_out_and_one_in_another_language_warned_about(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        await valley.rosa.uses(JOIN, in_=valley.lounge, name="City College")
        kept = await looks_for(valley, topics="welding,, formación profesional")
        assert "An empty interest" in kept.text
        assert "“formación profesional” is kept as given" in kept.text
        plain = await looks_for(valley, topics="welding, childcare")
        assert "kept as given" not in plain.text
        assert "empty" not in plain.text
        await looks_for(valley, topics="焊接")
    assert await interests(bench, valley.guild.id, "City College") == ("焊接",)


async def test_the_last_interest_is_completed_from_the_topics_of_the_library(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        typed = "welding, communic"
        found = await valley.rosa.types_into(INTERESTS, in_=valley.lounge, topics=typed)
        values = [choice.value for choice in found]
        assert values[0] == typed
        assert "welding, communication habits" in values
        everything = await valley.rosa.types_into(INTERESTS, in_=valley.lounge, topics="")
        assert len(everything) == 25
        assert not any(choice.value.startswith(("case", "def")) for choice in everything)


async def test_who_speaks_for_several_says_which_and_nobody_changes_anothers(
    bench: Bench, valley: Alliance
) -> None:
    coast = await alliance_of(bench, "Coast Alliance", ("Rosa", "Nora"))
    async with bench.started():
        for name in ("City College", "Hotel League"):
            await valley.rosa.uses(JOIN, in_=valley.lounge, name=name)
        await coast.rosa.uses(JOIN, in_=coast.lounge, name="City College")
        await looks_for(valley, topics="rooms")
        await looks_for(valley, topics="labs", organization="city college")
        refused = await looks_for(valley, topics="gold", organization="Chamber")
        assert "You don't speak for **Chamber**" in refused.text
    assert await interests(bench, valley.guild.id, "Hotel League") == ("rooms",)
    assert await interests(bench, valley.guild.id, "City College") == ("labs",)
    assert await interests(bench, coast.guild.id, "City College") == ()


# -- notifications -------------------------------------------------------------------------------


async def test_notifications_are_kept_with_hour_zone_and_quiet_hours(
    bench: Bench, valley: Alliance
) -> None:
    async with bench.started():
        said = await valley.rosa.uses(
            WHEN,
            in_=valley.lounge,
            mode="weekly",
            hour="8",
            timezone="Eastern",
            quiet="10pm to 7am",
        )
        assert said.ephemeral
        assert "on Mondays at 08:00" in said.text
        assert "never between 22:00 and 07:00" in said.text
        assert "<t:" in said.text
        assert "/partner join" in said.text
        person = await bench.store.people.person(valley.guild.id, valley.rosa.id)
        zone, quiet = ZoneInfo("America/New_York"), QuietHours(time(22), time(7))
        assert person.notifications == Notifications(Mode.WEEKLY, time(8), zone, quiet)
        off = await valley.rosa.uses(WHEN, in_=valley.lounge, mode="off")
        assert "You are not told of opportunities" in off.text
        person = await bench.store.people.person(valley.guild.id, valley.rosa.id)
        assert person.notifications == Notifications(Mode.OFF, time(8), zone, quiet)
        zones = await valley.rosa.types_into(WHEN, in_=valley.lounge, timezone="chicag")
        assert "America/Chicago" in [choice.value for choice in zones]


@pytest.mark.parametrize(
    "options",
    [{"hour": "noonish"}, {"timezone": "Atlantis"}, {"quiet": "10-7"}],
    ids=["hour", "timezone", "quiet"],
)
async def test_what_can_not_be_read_changes_nothing(
    bench: Bench, valley: Alliance, options: dict[str, str]
) -> None:
    (typed,) = options.values()
    async with bench.started():
        said = await valley.rosa.uses(WHEN, in_=valley.lounge, mode="daily", **options)
    assert typed in said.text
    person = await bench.store.people.person(valley.guild.id, valley.rosa.id)
    assert person.notifications == Notifications()
