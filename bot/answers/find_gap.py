"""Which gap is meant: by its number or exact wording; completing it; and those that ask the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from bot.answers.gap_groups import group_by_meaning
from bot.answers.records import Gap
from bot.chat.find import Choice, Noun, fitting_choices
from bot.chat.turn import Turn
from bot.core.errors import GuideError, Refused
from bot.core.markup import one_line, question_line, shorten

NEWEST_EVER = 2**63 - 1
_MOST = 200
_CHOICE = 100
_NUMBER = re.compile(r"(?:.*\()?#?(\d{1,18})\)?", re.DOTALL)

Group = tuple[Gap, ...]
"""Gaps that ask the same, the newest first."""


async def find_gap(turn: Turn, typed: str) -> Gap:
    """The open gap of a number, or of exactly this wording.

    Raises:
        Refused: there is none.
    """
    typed = typed.strip()
    answers, gap = turn.store.answers, None
    if (number := _NUMBER.fullmatch(typed)) is not None:
        gap = await answers.open_gap(turn.alliance, int(number[1]))
    else:
        wording = one_line(typed).casefold()
        known = await answers.open_gaps(turn.alliance, _MOST)
        gap = next((one for one in known if one_line(one.question).casefold() == wording), None)
    if gap is None:
        raise Refused(turn.say("gap_unknown", gap=question_line(typed)))
    return gap


async def group_gaps(turn: Turn, newest: int = NEWEST_EVER) -> list[Group]:
    """The open gaps up to one of them, in groups that ask the same, the newest first.

    Raises:
        GuideError: the model or the store can't be used.
    """
    before = min(newest, NEWEST_EVER - 1) + 1
    gaps = await turn.store.answers.open_gaps(turn.alliance, _MOST, before=before)
    vectors = await turn.services.meanings.vectors([gap.question for gap in gaps])
    return [tuple(gaps[place] for place in group) for group in group_by_meaning(vectors)]


async def alike_gaps(turn: Turn, gap: int) -> tuple[int, ...]:
    """The gaps that ask the same; none when that can't be told now, so that the note is kept."""
    try:
        groups = await group_gaps(turn)
    except GuideError:
        return ()
    ids = (tuple(one.exchange for one in group) for group in groups)
    return next((group for group in ids if gap in group), ())


async def _complete(turn: Turn, typed: str) -> Sequence[Choice]:
    gaps = await turn.store.answers.open_gaps(turn.alliance, _MOST)
    return fitting_choices(map(_choice, gaps), typed)


def _choice(gap: Gap) -> Choice:
    number = f" (#{gap.exchange})"
    question = shorten(one_line(gap.question), _CHOICE - len(number))
    return Choice(f"{question}{number}", str(gap.exchange))


OpenGap = Annotated[Gap, Noun(find_gap, _complete)]
"""A question that waits for an answer."""
