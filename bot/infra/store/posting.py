"""Posting an opportunity: what was typed, drafts, and making one public exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, time

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.infra.store.database import upsert
from bot.infra.store.digests import add_items, announce
from bot.infra.store.listening import people_of, read_listeners
from bot.infra.store.notice_rows import carry_out
from bot.infra.store.opportunity_rows import (
    changed,
    find,
    offer_columns,
    to_opportunity,
)
from bot.infra.store.opportunity_schema import OpportunityFormRow, OpportunityRow
from bot.infra.store.part import StorePart, affected, whole
from bot.opportunities.rules import notices
from bot.opportunities.rules.matching import Match
from bot.opportunities.rules.models import (
    DEFAULT_CAP,
    Kind,
    Offer,
    OfferForm,
    Opportunity,
    State,
)
from bot.opportunities.rules.offer_form import closes_at
from bot.opportunities.rules.records import KeptForm, Published, PublishTrouble


class PostingMethods(StorePart):
    """Forms, drafts, and publishing them."""

    @whole
    async def keep_form(self, alliance: int, person: int, kept: KeptForm) -> None:
        """Keep what was typed, until it is posted or discarded; one for each `about`."""
        key = {"alliance": alliance, "person": person, "about": kept.about}
        values = {"kind": kept.kind.value, "form": asdict(kept.form), "saved": self._clock()}
        statement = upsert(
            self._database.dialect, OpportunityFormRow, key | values, key=list(key), replace=True
        )
        await self._change(statement)

    @whole
    async def kept_form(self, alliance: int, person: int, about: int = 0) -> KeptForm | None:
        """What was typed last; None if nothing is kept."""
        async with self._database.reading() as session:
            row = await session.get(OpportunityFormRow, (alliance, person, about))
            return KeptForm(OfferForm(**row.form), Kind(row.kind), about) if row else None

    @whole
    async def drop_form(self, alliance: int, person: int, about: int = 0) -> bool:
        """Delete what was typed; False if nothing is kept."""
        form = OpportunityFormRow
        return await self._change(
            delete(form).where(
                form.alliance == alliance, form.person == person, form.about == about
            )
        )

    @whole
    async def add_draft(
        self, alliance: int, poster: int, poster_name: str, organization: str, offer: Offer
    ) -> Opportunity:
        """Store an opportunity that isn't posted yet."""
        row = OpportunityRow(
            alliance=alliance,
            poster=poster,
            poster_name=poster_name,
            organization=organization,
            state=State.DRAFT.value,
            created=self._clock(),
            note="",
            revision=0,
            reached=0,
            **offer_columns(offer),
        )
        async with self._database.writing() as session:
            session.add(row)
            await session.flush()
            await session.refresh(row)
            return to_opportunity(row)

    @whole
    async def change_draft(self, alliance: int, opportunity: int, offer: Offer) -> bool:
        """Change a draft; False if it is none any more."""
        statement = update(OpportunityRow).where(*_draft(alliance, opportunity))
        return await self._change(statement.values(**offer_columns(offer)))

    @whole
    async def discard(self, alliance: int, opportunity: int) -> bool:
        """Give a draft up, with the form it was typed in; False if it is none any more."""
        async with self._database.writing() as session:
            row = await find(session, alliance, opportunity)
            if row is None or row.state != State.DRAFT:
                return False
            row.state = State.DISCARDED.value
            await drop_forms(session, row, began=True)
            return True

    @whole
    async def publish(
        self,
        alliance: int,
        opportunity: int,
        matches: Sequence[Match],
        channel: int | None,
        *,
        cap: int = DEFAULT_CAP,
    ) -> Published | PublishTrouble:
        """Open a draft, and write down who is told: exactly once, within the cap of the day.

        What people want to hear, and for whom they speak, is read anew: the matches may have been
        found a while ago.
        """
        now = self._clock()
        async with self._database.writing() as session:
            row = await find(session, alliance, opportunity)
            if row is None or row.state == State.DISCARDED:
                return PublishTrouble.GONE
            if row.state != State.DRAFT:
                return PublishTrouble.ALREADY
            if row.deadline is not None and row.deadline <= now:
                return PublishTrouble.PAST
            if await _published(session, alliance, row.poster, row.organization, now) >= cap:
                return PublishTrouble.CAP
            row.state, row.posted, row.channel = State.OPEN.value, now, channel
            row.closes, row.revision = closes_at(row.deadline, now), 1
            current = {
                (one.person, one.organization): one
                for one in await read_listeners(session, alliance)
            }
            known = [
                replace(match, listener=current[key])
                for match in matches
                if (key := (match.listener.person, match.listener.organization)) in current
            ]
            insiders = await people_of(session, alliance, row.organization)
            told = notices.audience(to_opportunity(row), known, insiders)
            row.reached = told.organizations
            await session.flush()
            await carry_out(
                session, alliance, notices.published(to_opportunity(row), told, channel)
            )
            await add_items(session, alliance, told.by_digest, [row.id], now)
            wanted = {one.listener.person: one.listener.notifications for one in known}
            later = {person: wanted[person] for person in told.by_digest}
            await announce(session, alliance, later, now)
            await drop_forms(session, row, began=True)
            return Published(to_opportunity(row), row.reached)

    @whole
    async def published_today(self, alliance: int, poster: int, organization: str) -> int:
        """How many an organization, or a person without one, published this UTC day."""
        async with self._database.reading() as session:
            return await _published(session, alliance, poster, organization, self._clock())

    @whole
    async def set_message(
        self, alliance: int, opportunity: int, *, channel: int, message: int
    ) -> None:
        """Note where it stands; it is refreshed there if anything happened to it meanwhile."""
        async with self._database.writing() as session:
            row = await find(session, alliance, opportunity)
            if row is None or (row.channel, row.message) == (channel, message):
                return
            row.channel, row.message = channel, message
            if row.revision > 1:
                await carry_out(session, alliance, changed(row, self._clock()))

    @whole
    async def set_question_thread(self, alliance: int, opportunity: int, thread: int) -> None:
        """Note where questions about it are asked."""
        statement = update(OpportunityRow).where(
            OpportunityRow.alliance == alliance, OpportunityRow.id == opportunity
        )
        await self._change(statement.values(thread=thread))


async def drop_forms(session: AsyncSession, row: OpportunityRow, *, began: bool) -> None:
    """Delete forms that edit it, and the one that it `began` with."""
    form = OpportunityFormRow
    over = form.about == row.id
    if began:
        over |= (form.about == 0) & (form.person == row.poster)
    await affected(session, delete(form).where(form.alliance == row.alliance, over))


async def _published(
    session: AsyncSession, alliance: int, poster: int, organization: str, now: datetime
) -> int:
    today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    query = select(func.count()).where(
        OpportunityRow.alliance == alliance,
        OpportunityRow.posted >= today,
        OpportunityRow.organization == organization,
    )
    if not organization:
        query = query.where(OpportunityRow.poster == poster)
    return await session.scalar(query) or 0


def _draft(alliance: int, opportunity: int) -> tuple[ColumnElement[bool], ...]:
    return (
        OpportunityRow.alliance == alliance,
        OpportunityRow.id == opportunity,
        OpportunityRow.state == State.DRAFT.value,
    )
