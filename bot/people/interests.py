"""/partner interests: what an organization looks for, and where."""

from __future__ import annotations

from typing import Annotated

from bot.chat.find import MOST_CHOICES, Choice, Noun, as_typed
from bot.chat.flow import Scope, command
from bot.chat.screen import Screen
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import NAME, clip, one_line
from bot.opportunities.rules.interests import (
    INTEREST_LENGTH,
    MOST_INTERESTS,
    complete,
    seems_foreign,
    topic_words,
)
from bot.opportunities.rules.matching import interests_of
from bot.opportunities.rules.offer_form import REGION_LENGTH
from bot.people.find_organization import OwnOrganization, own_names

_NOTHING = frozenset({"none", "nothing", "-"})
_ANYWHERE = frozenset({"anywhere", "everywhere", "none", "-"})
_LONGEST_CHOICE = 100
_ROOM = 1500
"""Characters of a list of interests as it is echoed."""
_MOST_FOREIGN = 3


async def _suggest(turn: Turn, typed: str) -> list[Choice]:
    topics = topic_words(turn.library)
    return [Choice(one, one) for one in complete(typed, topics, MOST_CHOICES, _LONGEST_CHOICE)]


Topics = Annotated[str, Noun(as_typed, _suggest)]
"""Interests with commas between."""


@command("partner interests", scope=Scope.OWN)
async def interests(
    turn: Turn,
    topics: Topics | None = None,
    region: str | None = None,
    organization: OwnOrganization | None = None,
) -> Screen:
    """Change what an organization looks for, where that was given, and say how it is now."""
    if organization is None:
        own = await own_names(turn)
        if not own:
            raise Refused(turn.say("partner_of_none"))
        organization = own[0]
    wanted = None if topics is None else _read_topics(turn, topics)
    place = None if region is None else _read_region(turn, region)
    changed = wanted is not None or place is not None
    if changed:
        await turn.store.people.set_profile(
            turn.alliance, organization, interests=wanted, region=place
        )
    profiles = await turn.store.people.partners(turn.alliance)
    profile = next(one for one in profiles if one.name == organization)
    lines = [
        turn.say(
            "interests_are",
            organization=clip(organization),
            interests=clip(", ".join(profile.interests), _ROOM),
            region=clip(profile.region),
            changed=changed,
        )
    ]
    if topics is not None and _has_gap(topics):
        lines.append(turn.say("interests_some_empty"))
    if foreign := [f"“{clip(one, NAME)}”" for one in wanted or () if seems_foreign(one)]:
        lines.append(turn.say("interests_foreign", interests=", ".join(foreign[:_MOST_FOREIGN])))
    return Screen("\n".join(lines))


def _read_topics(turn: Turn, typed: str) -> tuple[str, ...]:
    wanted = interests_of(typed)
    if not wanted:
        raise Refused(turn.say("interests_empty"))
    if len(wanted) == 1 and wanted[0].casefold() in _NOTHING:
        return ()
    if len(wanted) > MOST_INTERESTS or max(map(len, wanted)) > INTEREST_LENGTH:
        raise Refused(turn.say("interests_too_long", most=MOST_INTERESTS, length=INTEREST_LENGTH))
    return tuple(wanted)


def _read_region(turn: Turn, typed: str) -> str:
    place = one_line(typed)
    if len(place) > REGION_LENGTH:
        raise Refused(turn.say("region_too_long", most=REGION_LENGTH))
    return "" if place.casefold() in _ANYWHERE else place


def _has_gap(topics: str) -> bool:
    """Whether there is nothing between two commas, or before the first."""
    *items, _ = topics.split(",")
    return any(not item.strip() for item in items)
