"""Which partner organization is meant: by its name, or one that comes near; completing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.chat.find import MOST_CHOICES, Choice, Noun, as_typed
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import NAME, clip
from bot.opportunities.rules.models import PartnerProfile
from bot.people.rules import fitting_names, same_name

_MOST_NEAR = 3


async def known_names(turn: Turn) -> list[str]:
    """The names of all organizations of the alliance."""
    return [name for name, _ in await turn.store.people.organizations(turn.alliance)]


async def own_names(turn: Turn) -> tuple[str, ...]:
    """Those that whoever asks speaks for, the one joined last first."""
    return (await turn.store.people.person(turn.alliance, turn.person)).organizations


async def _find_own(turn: Turn, typed: str) -> str:
    own = await own_names(turn)
    if (name := same_name(typed, own)) is None:
        words = turn.say("partner_not_yours", name=clip(typed), own=[*map(clip, own)])
        raise Refused(words)
    return name


async def _find_profile(turn: Turn, typed: str) -> PartnerProfile:
    profiles = {one.name: one for one in await turn.store.people.partners(turn.alliance)}
    if (name := same_name(typed, [*profiles])) is not None:
        return profiles[name]
    near = [clip(name, NAME) for name in fitting_names([*profiles], typed, _MOST_NEAR)]
    raise Refused(turn.say("profile_unknown", name=clip(typed), near=near))


async def _complete_known(turn: Turn, typed: str) -> list[Choice]:
    return _choices(await known_names(turn), typed)


async def _complete_own(turn: Turn, typed: str) -> list[Choice]:
    return _choices(await own_names(turn), typed)


def _choices(names: Sequence[str], typed: str) -> list[Choice]:
    return [Choice(name, name) for name in fitting_names(names, typed, MOST_CHOICES)]


OrganizationName = Annotated[str, Noun(as_typed, _complete_known)]
"""A name, of one that is there or of another."""
OwnOrganization = Annotated[str, Noun(_find_own, _complete_own)]
"""One that whoever asks speaks for."""
Organization = Annotated[PartnerProfile, Noun(_find_profile, _complete_known)]
"""One that is there."""
