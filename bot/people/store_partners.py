"""Who comes to speak for an organization, and what stewards do about that and the organization."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from bot.alliances.records import ChannelPurpose
from bot.alliances.store import channel_for, claim_event, settings_of
from bot.core.markup import one_line
from bot.database.part import StorePart, value_of
from bot.database.session import StoreSession
from bot.opportunities.rules.models import folded
from bot.opportunities.rules.replies import side
from bot.opportunities.store_answers import pass_on_answers
from bot.opportunities.store_rows import changed, still_open
from bot.opportunities.tables import OpportunityAnswerRow, OpportunityRow
from bot.outbox.store_notices import carry_out
from bot.people import notices
from bot.people.records import Joined, JoinRequest, StewardsWord
from bot.people.store_listeners import people_of
from bot.people.tables import AffiliationRow, JoinRequestRow, OrganizationRow


class PartnerStore(StorePart):
    """Organizations, and people coming to them and going, with whoever is to hear of it."""

    async def join_or_ask(
        self, alliance: int, person: int, name: str, shown_as: str, *, steward: bool = False
    ) -> Joined:
        """Let a person speak for an organization, and the others of it know.

        Where the alliance wants a steward's yes first, one is asked instead.

        Args:
            alliance: which one.
            person: who.
            name: the organization's, which is made if need be.
            shown_as: the person's name, for those who hear of it.
            steward: the person is one, and needs nobody's yes.

        Raises:
            ValueError: there is nothing in the name.
        """
        now = self._clock()
        async with self._database.writing(alliance) as session:
            known = await _named(session, name)
            speaks = known is not None and await _speaks_for(session, known.id, person)
            if not (speaks or steward) and (await settings_of(session)).joining_needs_yes:
                return await _ask(session, person, known.name if known else name, shown_as, now)
            return await _let_in(session, person, name, shown_as, now)

    async def join_requests(self, alliance: int) -> tuple[JoinRequest, ...]:
        """Who waits for a steward's yes, the longest first."""
        query = select(JoinRequestRow).order_by(JoinRequestRow.id)
        async with self._database.reading(alliance) as session:
            return tuple(value_of(JoinRequest, row) for row in await session.scalars(query))

    async def decide_request(
        self, alliance: int, request: int, *, accept: bool
    ) -> JoinRequest | None:
        """Say yes or no to a request, and let the person know; None if it doesn't wait."""
        now = self._clock()
        async with self._database.writing(alliance) as session:
            row = await session.get(JoinRequestRow, request)
            if row is None:
                return None
            found = value_of(JoinRequest, row)
            await session.delete(row)
            if accept:
                await _let_in(session, found.person, found.organization, found.name, now)
            decision = StewardsWord.ACCEPTED if accept else StewardsWord.DECLINED
            await _tell(session, found.organization, decision, [found.person], now)
            return found

    async def speaks_for(self, alliance: int, organization: int, person: int) -> bool:
        """Whether a person speaks for an organization."""
        async with self._database.reading(alliance) as session:
            return await _speaks_for(session, organization, person)

    async def take_out(self, alliance: int, organization: int, person: int) -> str | None:
        """Let a person no longer speak for an organization: its name; None if they don't.

        What they answered for it is somebody else's of it from then on, or taken back.
        """
        now = self._clock()
        async with self._database.writing(alliance) as session:
            row = await session.get(OrganizationRow, organization)
            gone = delete(AffiliationRow).where(
                AffiliationRow.organization == organization, AffiliationRow.person == person
            )
            if row is None or not await session.affected(gone):
                return None
            theirs = OpportunityAnswerRow.person == person
            await pass_on_answers(session, theirs & _open_answers(row.name, now), now)
            await _tell(session, row.name, StewardsWord.TAKEN_OUT, [person], now)
            return row.name

    async def remove_organization(self, alliance: int, organization: int) -> str | None:
        """Remove an organization: its name; None if it isn't there.

        Its answers to what is open are taken back, and the places go to those who wait.
        """
        now = self._clock()
        async with self._database.writing(alliance) as session:
            row = await session.get(OrganizationRow, organization)
            if row is None:
                return None
            name, people = row.name, await people_of(session, row.name)
            await session.delete(row)
            await session.flush()
            await pass_on_answers(session, _open_answers(name, now), now)
            await _tell(session, name, StewardsWord.REMOVED, people, now)
            return name

    async def rename_organization(self, alliance: int, organization: int, name: str) -> bool:
        """Call an organization something else, wherever it stands; False if the name is taken."""
        now, name = self._clock(), one_line(name)
        async with self._database.writing(alliance) as session:
            row = await session.get(OrganizationRow, organization)
            other = await _named(session, name)
            if row is None or (other is not None and other.id != organization):
                return False
            before, (row.name, row.folded) = row.name, (name, folded(name))
            await session.flush()
            await _rename_answers(session, before, name)
            for waits in await session.scalars(select(JoinRequestRow)):
                if folded(waits.organization) == folded(before):
                    waits.organization = name
            posts = select(OpportunityRow).where(OpportunityRow.organization == before)
            for post in (await session.scalars(posts)).all():
                post.organization = name
                await carry_out(session, changed(post, now))
            return True


async def affiliate(session: StoreSession, person: int, name: str, now: datetime) -> str:
    """Let a person speak for an organization, also the one they answer for; its name as kept.

    Raises:
        ValueError: there is nothing in the name.
    """
    organization = await organization_row(session, name)
    joined = delete(AffiliationRow).where(
        AffiliationRow.person == person, AffiliationRow.organization == organization.id
    )
    await session.affected(joined)
    session.add(AffiliationRow(person=person, organization=organization.id, joined=now))
    await session.flush()
    return organization.name


async def organization_row(session: StoreSession, name: str) -> OrganizationRow:
    """The organization of this name, however its letters are written; made if need be.

    Raises:
        ValueError: there is nothing in the name.
    """
    name = one_line(name)
    if not name:
        raise ValueError("An organization needs a name.")
    row = await _named(session, name)
    if row is None:
        row = OrganizationRow(name=name, folded=folded(name))
        session.add(row)
        await session.flush()
        await session.refresh(row)
    return row


async def _named(session: StoreSession, name: str) -> OrganizationRow | None:
    query = select(OrganizationRow).where(OrganizationRow.folded == folded(name))
    return await session.scalar(query)


async def _speaks_for(session: StoreSession, organization: int, person: int) -> bool:
    query = select(AffiliationRow.id).where(
        AffiliationRow.organization == organization, AffiliationRow.person == person
    )
    return await session.scalar(query) is not None


async def _let_in(
    session: StoreSession, person: int, name: str, shown_as: str, now: datetime
) -> Joined:
    """Let a person speak for an organization; the others hear of the same one once a day."""
    organization = await organization_row(session, name)
    news = not await _speaks_for(session, organization.id, person)
    await affiliate(session, person, name, now)
    await session.affected(delete(JoinRequestRow).where(JoinRequestRow.person == person))
    others = await people_of(session, organization.name) - {person}
    event = f"joined:{organization.id}:{person}:{now:%Y-%m-%d}"
    if not news or not others or not await claim_event(session, event, now):
        return Joined(organization.name)
    told = notices.newcomer_told(organization.id, person, shown_as, others, now)
    await carry_out(session, told)
    return Joined(organization.name, len(others))


async def _ask(
    session: StoreSession, person: int, name: str, shown_as: str, now: datetime
) -> Joined:
    """Ask the stewards; who waits for one organization waits for one alone, the last."""
    waits = await session.scalar(select(JoinRequestRow).where(JoinRequestRow.person == person))
    if waits is not None and folded(waits.organization) == folded(name):
        return Joined(waits.organization, asked=True)
    if waits is not None:
        await session.delete(waits)
        await session.flush()
    row = JoinRequestRow(person=person, name=shown_as, organization=name, asked=now)
    session.add(row)
    await session.flush()
    channel = await channel_for(session, ChannelPurpose.STEWARDS)
    await carry_out(session, notices.stewards_asked(row.id, channel, now))
    return Joined(name, asked=True)


async def _tell(
    session: StoreSession,
    organization: str,
    decision: StewardsWord,
    people: Iterable[int],
    now: datetime,
) -> None:
    await carry_out(session, notices.word_told(organization, decision, people, now))


def _open_answers(name: str, now: datetime) -> ColumnElement[bool]:
    """The condition for an organization's answers to what is open."""
    opportunities = select(OpportunityRow.id).where(still_open(now))
    return (OpportunityAnswerRow.side == side(0, name)) & OpportunityAnswerRow.opportunity.in_(
        opportunities
    )


async def _rename_answers(session: StoreSession, before: str, name: str) -> None:
    """Let an organization's answers follow its name; where one of that name answered, not."""
    taken = select(OpportunityAnswerRow.opportunity).where(
        OpportunityAnswerRow.side == side(0, name)
    )
    await session.affected(
        update(OpportunityAnswerRow)
        .where(
            OpportunityAnswerRow.side == side(0, before),
            OpportunityAnswerRow.opportunity.not_in(taken),
        )
        .values(side=side(0, name), organization=name)
    )
