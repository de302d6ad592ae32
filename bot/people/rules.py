"""Names of organizations: which one comes near another, which fit what was typed, pure."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from bot.opportunities.rules.models import folded

LONGEST_NAME = 92
"""Characters of an organization's name: it stands in the ids of buttons."""

_NEAR = 85  # of 100, where rapidfuzz takes one name for another way to write the other
_FITS = 60


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


def fitting_names(known: Sequence[str], typed: str, most: int) -> list[str]:
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
