"""Whom an opportunity fits and what is much like it: words and meanings put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.chat.turn import Context
from bot.core.errors import GuideError
from bot.guide.search_index import Vectors
from bot.opportunities.rules.interests import topic_words
from bot.opportunities.rules.matching import Match, match
from bot.opportunities.rules.models import Listener, Mode, Notifications, Offer, Opportunity, folded
from bot.opportunities.rules.nearness import Comparison

ALIKE = 0.75
"""The cosine from which an opportunity is pointed out as much like one that is open.

Of eleven measured pairs, five that offer the same in other words came to 0.71 to 0.95, four of them
above 0.80; six that only resemble each other (welding seats here and there) to 0.69 at most.
"""
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Reached:
    """An organization that an opportunity fits, and one way in which people of it hear."""

    organization: str
    mode: Mode
    match: Match


async def find_matches(context: Context, offer: Offer) -> tuple[Match, ...]:
    """The listeners whom an opportunity fits; by words alone where the model can't be used."""
    listeners = await context.store.people.listeners(context.alliance)
    by_words = match(offer, listeners, {}, context.services.stems)
    known = {one.listener: {reason.interest for reason in one.reasons} for one in by_words}
    # Only what words don't tell needs the model.
    left = dict.fromkeys(
        interest
        for one in listeners
        for interest in one.interests
        if interest not in known.get(one, ())
    )
    (near,) = await nearness(context, [*left], [offer])
    return match(offer, listeners, near, context.services.stems)


def reached_by(opportunity: Opportunity, matches: Iterable[Match]) -> tuple[Reached, ...]:
    """The organizations that will hear, each once a mode.

    Neither the poster's own nor those who want to hear nothing are among them.
    """
    found = list(matches)
    own = folded(opportunity.organization)
    insiders = {opportunity.poster} | {
        one.listener.person for one in found if own and folded(one.listener.organization) == own
    }
    reached: dict[tuple[Mode, str], Reached] = {}
    for one in found:
        listener = one.listener
        mode = listener.notifications.mode
        if listener.person not in insiders and mode is not Mode.OFF:
            key = (mode, folded(listener.organization))
            reached.setdefault(key, Reached(listener.organization, mode, one))
    return tuple(reached.values())


async def find_alike(context: Context, offer: Offer) -> Opportunity | None:
    """An open opportunity of the same title, or that says much the same."""
    known = await context.store.opportunities.opportunities(context.alliance)
    title = folded(offer.title)
    same = next((one for one in known if folded(one.offer.title) == title), None)
    if same is not None or not known:
        return same
    texts = [one.offer.text for one in known]
    near = await likeness(context, texts, offer.text)
    best = max(known, key=lambda one: near.get(one.offer.text, 0.0))
    return best if near.get(best.offer.text, 0.0) >= ALIKE else None


async def fits_topic(
    context: Context, topic: str, known: Sequence[Opportunity]
) -> tuple[Opportunity, ...]:
    """The opportunities that fit what somebody looks for."""
    seeker = Listener(0, "", (topic,), "", Notifications())
    near = await nearness(context, [topic], [one.offer for one in known])
    return tuple(
        one
        for one, found in zip(known, near, strict=True)
        if match(one.offer, [seeker], found, context.services.stems)
    )


async def nearness(
    context: Context, interests: Sequence[str], offers: Sequence[Offer]
) -> tuple[Mapping[str, float], ...]:
    """For each opportunity how near interests are to it; nothing where there is no model."""
    nothing: tuple[Mapping[str, float], ...] = ({},) * len(offers)
    if not interests or not offers:
        return nothing
    compared = Comparison(
        tuple(interests),
        topic_words(context.library),
        tuple(offer.texts for offer in offers),
    )
    vectors = await _vectors(context, compared.wordings)
    return nothing if vectors is None else compared.nearness(vectors)


async def likeness(context: Context, texts: Sequence[str], other: str) -> Mapping[str, float]:
    """The cosine of each text to another one; empty where there is no model."""
    distinct = [*dict.fromkeys(texts)]
    vectors = await _vectors(context, [*distinct, other]) if distinct else None
    if vectors is None:
        return {}
    cosines = vectors[:-1] @ vectors[-1]
    return {text: float(cosine) for text, cosine in zip(distinct, cosines, strict=True)}


async def _vectors(context: Context, texts: Sequence[str]) -> Vectors | None:
    try:
        return await context.services.meanings.vectors(texts)
    except GuideError as error:
        _log.info("matched_by_words_alone", kind=type(error).__name__)
        return None
