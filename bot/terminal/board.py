"""The opportunities of the person at the terminal, from the same store that Discord's are kept in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.alliance import NO_ALLIANCE
from bot.core.errors import GuideError
from bot.guide.retrieval import Vectors
from bot.opportunities.rules.matching import Match, Stems, match
from bot.opportunities.rules.models import (
    DEFAULT_CAP,
    Listener,
    Notifications,
    Offer,
    Opportunity,
    Outcome,
    PartnerProfile,
    Respondent,
    State,
)
from bot.opportunities.rules.nearness import Comparison
from bot.opportunities.rules.records import KeptForm, Person, Published, PublishTrouble
from bot.opportunities.rules.replies import is_open
from bot.terminal.ledger import YOU, Ledger

Meanings = Callable[[Sequence[str]], Vectors]
"""Gives the vectors of texts, of unit length."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What matching needs: the stems of words, the meanings of texts, the library's topics."""

    stems: Stems
    meanings: Meanings
    topics: tuple[str, ...]


class Board:
    """What was posted here, and the organizations of whoever sits at this terminal."""

    def __init__(
        self, ledger: Ledger, understanding: Understanding, cap: int = DEFAULT_CAP
    ) -> None:
        self._wait = ledger.wait
        self._store = ledger.store
        self._ledger = ledger
        self._understanding = understanding
        self.cap = cap

    @property
    def now(self) -> datetime:
        """The time, in UTC."""
        return self._ledger.now

    @property
    def zone(self) -> ZoneInfo:
        """Where this computer is."""
        return self._ledger.zone

    # -- posting ----------------------------------------------------------------------------------

    def keep_form(self, kept: KeptForm) -> None:
        """Keep what was typed."""
        self._wait(self._store.opportunities.keep_form(NO_ALLIANCE, YOU.person, kept))

    def kept_form(self, about: int = 0) -> KeptForm | None:
        """What was typed and not posted."""
        return self._wait(self._store.opportunities.kept_form(NO_ALLIANCE, YOU.person, about))

    def drop_form(self, about: int) -> None:
        """Forget what was typed."""
        self._wait(self._store.opportunities.drop_form(NO_ALLIANCE, YOU.person, about))

    def post(self, offer: Offer) -> Published | PublishTrouble:
        """Open an opportunity to all; a draft that an ended program left is taken for it."""
        store, organization = self._store, self.person().organizations[:1]
        ours = organization[0] if organization else ""
        drafts = self._wait(
            store.opportunities.opportunities(NO_ALLIANCE, states=(State.DRAFT,), poster=YOU.person)
        )
        draft = next((one for one in drafts if one.organization == ours), None)
        if draft is None or not self._wait(
            store.opportunities.change_draft(NO_ALLIANCE, draft.id, offer)
        ):
            draft = self._wait(
                store.opportunities.add_draft(NO_ALLIANCE, YOU.person, YOU.name, ours, offer)
            )
        matches = self.matches(offer)
        return self._wait(
            store.opportunities.publish(NO_ALLIANCE, draft.id, matches, None, cap=self.cap)
        )

    def matches(self, offer: Offer) -> tuple[Match, ...]:
        """What of the organizations here an opportunity fits, and why."""
        every = self._wait(self._store.people.listeners(NO_ALLIANCE))
        listeners = [one for one in every if one.person == YOU.person]
        interests = dict.fromkeys(word for one in listeners for word in one.interests)
        (near,) = self._nearness([*interests], [offer])
        return match(offer, listeners, near, self._understanding.stems)

    # -- life -------------------------------------------------------------------------------------

    def opportunity(self, number: int) -> Opportunity | None:
        """What was posted here under a number."""
        found = self._wait(self._store.opportunities.opportunity(NO_ALLIANCE, number))
        posted = found is not None and found.state in {State.OPEN, State.CLOSED}
        return found if posted and found is not None and found.poster == YOU.person else None

    def opportunities(self, *states: State) -> tuple[Opportunity, ...]:
        """What was posted here, what closes first first."""
        wanted = states or (State.OPEN,)
        found = self._store.opportunities.opportunities(
            NO_ALLIANCE, states=wanted, poster=YOU.person
        )
        return self._wait(found)

    def fitting(self, topic: str) -> tuple[Opportunity, ...]:
        """The open opportunities that fit what somebody looks for."""
        known = self.opportunities()
        seeker = Listener(YOU.person, "", (topic,), "", Notifications())
        near = self._nearness([topic], [one.offer for one in known])
        return tuple(
            one
            for one, found in zip(known, near, strict=True)
            if match(one.offer, [seeker], found, self._understanding.stems)
        )

    def answers(self, number: int) -> tuple[Respondent, ...]:
        """The answers to an opportunity."""
        return self._wait(self._store.opportunities.answers(NO_ALLIANCE, number))

    def edit(self, number: int, offer: Offer) -> tuple[str, ...] | None:
        """Change what is posted: which fields changed; None if it isn't open."""
        changed = self._wait(self._store.opportunities.edit(NO_ALLIANCE, number, offer))
        return changed[1] if changed is not None else None

    def close(self, number: int, outcome: Outcome, note: str) -> bool:
        """Close it, or note what came of it; False if nothing of that is new."""
        return self._wait(
            self._store.opportunities.close_opportunity(NO_ALLIANCE, number, outcome, note)
        )

    def close_overdue(self) -> tuple[Opportunity, ...]:
        """Close everything whose time is over; nobody else does it for what was posted here."""
        posted = [
            one.opportunity for one in self._wait(self._store.opportunities.told(NO_ALLIANCE))
        ]
        over = [one for one in posted if one.state is State.OPEN and not is_open(one, self.now)]
        return tuple(
            one
            for one in over
            if self._wait(self._store.opportunities.close_by_deadline(NO_ALLIANCE, one.id))
        )

    # -- partners ---------------------------------------------------------------------------------

    def person(self) -> Person:
        """Whoever sits here, as a partner."""
        return self._wait(self._store.people.person(NO_ALLIANCE, YOU.person))

    def partners(self) -> tuple[PartnerProfile, ...]:
        """The organizations that somebody here speaks for, by name."""
        own = set(self.person().organizations)
        found = self._wait(self._store.people.partners(NO_ALLIANCE))
        return tuple(one for one in found if one.name in own)

    def join(self, name: str) -> str:
        """Speak for an organization; its name as kept."""
        return self._wait(self._store.people.join_organization(NO_ALLIANCE, YOU.person, name))

    def leave(self, name: str) -> bool:
        """No longer speak for one; False if nobody here did."""
        return self._wait(self._store.people.leave_organization(NO_ALLIANCE, YOU.person, name))

    def set_profile(self, name: str, interests: Sequence[str] | None, region: str | None) -> None:
        """Change what an organization looks for, and where; what is None stays."""
        changed = self._store.people.set_profile(
            NO_ALLIANCE, name, interests=interests, region=region
        )
        self._wait(changed)

    def set_notifications(self, wanted: Notifications) -> None:
        """Keep when to hear of opportunities."""
        self._wait(self._store.people.set_notifications(NO_ALLIANCE, YOU.person, wanted))

    def _nearness(
        self, interests: Sequence[str], offers: Sequence[Offer]
    ) -> tuple[Mapping[str, float], ...]:
        """For each opportunity how near interests are to it; nothing where there is no model."""
        nothing: tuple[Mapping[str, float], ...] = ({},) * len(offers)
        if not interests or not offers:
            return nothing
        texts = tuple(offer.texts for offer in offers)
        compared = Comparison(tuple(interests), self._understanding.topics, texts)
        try:
            return compared.nearness(self._understanding.meanings(compared.wordings))
        except GuideError:
            return nothing
