"""Which opportunity is meant: by its number or title; completing it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from bot.chat.find import Choice, Noun, find_titled, fitting_choices, number_of
from bot.chat.turn import Context, Turn
from bot.core.errors import Refused
from bot.core.markup import one_line, question_line
from bot.opportunities.rules.models import Opportunity, State

SHOWN = (State.OPEN, State.CLOSED)
"""The states in which everybody may see an opportunity."""


@dataclass(frozen=True, slots=True)
class _Named:
    """An opportunity as something to find by its title."""

    opportunity: Opportunity

    @property
    def id(self) -> str:
        return str(self.opportunity.id)

    @property
    def title(self) -> str:
        return one_line(self.opportunity.offer.title)


async def seen_opportunity(turn: Turn, number: int) -> Opportunity | None:
    """An opportunity that somebody may see: what is posted, and their own drafts."""
    found = await turn.store.opportunities.opportunity(turn.alliance, number)
    if found is None or found.state in SHOWN:
        return found
    own = found.poster == turn.person
    return found if own and found.state is State.DRAFT else None


async def shown_opportunity(turn: Turn, number: int) -> Opportunity:
    """An opportunity that everybody may see.

    Raises:
        Refused: there is none.
    """
    found = await turn.store.opportunities.opportunity(turn.alliance, number)
    if found is None or found.state not in SHOWN:
        raise unknown(turn, f"#{number}")
    return found


def unknown(context: Context, wanted: str, near: Sequence[str] = ()) -> Refused:
    """There is no such opportunity; `near` are some that come near."""
    return Refused(context.say("opportunity_unknown", wanted=wanted, near=near))


async def find_opportunity(turn: Turn, typed: str) -> Opportunity:
    """The opportunity that somebody means and may see.

    Raises:
        Refused: there is none.
    """
    number = number_of(typed)
    found = await seen_opportunity(turn, number) if number is not None else None
    if found is not None:
        return found
    best = find_titled([_Named(one) for one in await _seen(turn, SHOWN)], typed)
    if isinstance(best, list):
        near = [f"#{one.id} {question_line(one.title)}" for one in best]
        raise unknown(turn, question_line(typed), near)
    return best.opportunity


async def _seen(turn: Turn, states: Sequence[State]) -> list[Opportunity]:
    """Opportunities in these states, those that close first first, and one's own drafts."""
    store = turn.store.opportunities
    drafts = await store.opportunities(turn.alliance, states=(State.DRAFT,), poster=turn.person)
    return [*await store.opportunities(turn.alliance, states=states), *drafts]


async def _shown(turn: Turn) -> list[Opportunity]:
    return await _seen(turn, SHOWN)


async def _editable(turn: Turn) -> list[Opportunity]:
    return await _managed(turn, await _seen(turn, (State.OPEN,)))


async def _unsettled(turn: Turn) -> list[Opportunity]:
    known = await turn.store.opportunities.opportunities(turn.alliance, states=SHOWN)
    return await _managed(turn, [one for one in known if one.outcome is None])


async def _managed(turn: Turn, known: Iterable[Opportunity]) -> list[Opportunity]:
    steward = await turn.is_steward()
    return [one for one in known if steward or one.poster == turn.person]


def _noun(known: Callable[[Turn], Awaitable[Iterable[Opportunity]]]) -> Noun[Opportunity]:
    """Opportunities by their number or title, completed from some of them."""

    async def complete(turn: Turn, typed: str) -> Sequence[Choice]:
        named = [Choice(_name(turn, one), str(one.id)) for one in await known(turn)]
        return fitting_choices(named, typed)

    return Noun(find_opportunity, complete)


def _name(context: Context, one: Opportunity) -> str:
    title = one_line(one.offer.title)
    return context.say("opportunity_choice", id=one.id, title=title, state=one.state.value)


SeenOpportunity = Annotated[Opportunity, _noun(_shown)]
EditableOpportunity = Annotated[Opportunity, _noun(_editable)]
UnsettledOpportunity = Annotated[Opportunity, _noun(_unsettled)]
