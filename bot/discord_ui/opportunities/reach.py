"""Whom an opportunity fits and what is much like it: words and meanings put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import structlog

from bot.core.errors import GuideError
from bot.core.opportunities.matching import Match, match
from bot.core.opportunities.models import Listener, Mode, Notifications, Offer, Opportunity, folded
from bot.discord_ui.services import Services

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


async def find_matches(services: Services, alliance: int, offer: Offer) -> tuple[Match, ...]:
    """The listeners whom an opportunity fits; by words alone where the model can't be used."""
    listeners = await services.store.listeners(alliance)
    by_words = match(offer, listeners, {}, services.stems)
    known = {one.listener: {reason.interest for reason in one.reasons} for one in by_words}
    # Only what words don't tell needs the model.
    left = dict.fromkeys(
        interest
        for one in listeners
        for interest in one.interests
        if interest not in known.get(one, ())
    )
    near = await nearness(services, [*left], offer.texts)
    return match(offer, listeners, near, services.stems)


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


async def find_alike(services: Services, alliance: int, offer: Offer) -> Opportunity | None:
    """An open opportunity of the same title, or that says much the same."""
    known = await services.store.opportunities(alliance)
    title = folded(offer.title)
    same = next((one for one in known if folded(one.offer.title) == title), None)
    if same is not None or not known:
        return same
    texts = [one.offer.text for one in known]
    near = await nearness(services, texts, [offer.text])
    best = max(known, key=lambda one: near.get(one.offer.text, 0.0))
    return best if near.get(best.offer.text, 0.0) >= ALIKE else None


async def fits_topic(
    services: Services, topic: str, known: Sequence[Opportunity]
) -> tuple[Opportunity, ...]:
    """The opportunities that fit what somebody looks for."""
    seeker = Listener(0, "", (topic,), "", Notifications())
    texts = [text for one in known for text in one.offer.texts]
    near = await nearness(services, texts, [topic])
    return tuple(
        one
        for one in known
        if match(
            one.offer,
            [seeker],
            {topic: max(near.get(text, 0.0) for text in one.offer.texts)},
            services.stems,
        )
    )


async def nearness(
    services: Services, texts: Sequence[str], others: Sequence[str]
) -> Mapping[str, float]:
    """For each text the highest cosine to any of the others; empty where there is no model."""
    if not texts or not others:
        return {}
    distinct = [*dict.fromkeys(texts)]
    try:
        vectors = await services.meanings.vectors([*distinct, *others])
    except GuideError as error:
        _log.info("matched_by_words_alone", kind=type(error).__name__)
        return {}
    cosines = np.max(vectors[: len(distinct)] @ vectors[len(distinct) :].T, axis=1)
    return {text: float(cosine) for text, cosine in zip(distinct, cosines, strict=True)}
