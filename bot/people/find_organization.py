"""Which partner organization is meant: by its name, or one that comes near; completing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from rapidfuzz import fuzz, process, utils

from bot.chat.action import LONGEST_ID
from bot.chat.find import MOST_CHOICES, Choice, Noun
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import NAME, clip, one_line
from bot.opportunities.rules.models import PartnerProfile, folded
from bot.people.actions import MEANT

LONGEST_NAME = LONGEST_ID - len(MEANT(""))
"""Characters of an organization's name: it stands in ids."""

_NEAR = 85  # of 100, where rapidfuzz takes one name for another way to write the other
_FITS = 60
_MOST_NEAR = 3


def nearest(wanted: str, known: Sequence[str]) -> str | None:
    """The organization whose name comes so near that it may be the one that is meant."""
    plain = utils.default_process(wanted)
    for name in known:  # the same in other letters or signs is meant for sure
        if utils.default_process(name) == plain:
            return name

    def likeness(name: str) -> float:
        other = utils.default_process(name)
        return max(fuzz.ratio(plain, other), fuzz.token_set_ratio(plain, other))

    best = max(known, key=likeness, default=None)
    return best if best is not None and likeness(best) >= _NEAR else None


def same_name(name: str, known: Sequence[str]) -> str | None:
    """The organization of this name, however it is written."""
    return next((other for other in known if folded(other) == folded(name)), None)


def fitting_names(known: Sequence[str], typed: str, most: int = MOST_CHOICES) -> list[str]:
    """The organizations whose name fits what was typed; the first ones where nothing was."""
    if not typed.strip():
        return list(known[:most])
    found = process.extract(
        typed,
        known,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_FITS,
        limit=most,
    )
    return [name for name, _, _ in found]


async def known_names(turn: Turn) -> list[str]:
    """The names of all organizations of the alliance."""
    return [name for name, _ in await turn.store.people.organizations(turn.alliance)]


async def own_names(turn: Turn) -> tuple[str, ...]:
    """Those that whoever asks speaks for, the one joined last first."""
    return (await turn.store.people.person(turn.alliance, turn.person)).organizations


async def _as_typed(_: Turn, typed: str) -> str:
    return one_line(typed)


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
    return [Choice(name, name) for name in fitting_names(await known_names(turn), typed)]


async def _complete_own(turn: Turn, typed: str) -> list[Choice]:
    return [Choice(name, name) for name in fitting_names(await own_names(turn), typed)]


OrganizationName = Annotated[str, Noun(_as_typed, _complete_known)]
"""A name, of one that is there or of another."""
OwnOrganization = Annotated[str, Noun(_find_own, _complete_own)]
"""One that whoever asks speaks for."""
Organization = Annotated[PartnerProfile, Noun(_find_profile, _complete_known)]
"""One that is there."""
