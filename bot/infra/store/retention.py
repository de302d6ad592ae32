"""Deleting what was kept long enough."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from bot.core.records import PICKED_UP_WITHIN, Purged
from bot.infra.store.alliances import read_settings
from bot.infra.store.checklist_privacy import purge_checklists
from bot.infra.store.checklist_schema import NoticeRow, RunRow
from bot.infra.store.database import StoreUnavailable
from bot.infra.store.opportunity_privacy import (
    alliances_with_opportunities,
    purge_opportunities,
)
from bot.infra.store.part import StorePart, affected, whole
from bot.infra.store.schema import EventRow, ExchangeRow, FeedbackRow, NoteRow, PendingRow

EVENTS_KEPT = timedelta(days=7)
"""Discord doesn't repeat an event after a few minutes; a week is plenty."""


class RetentionMethods(StorePart):
    """Purging. Current practice notes are an alliance's own library and stay."""

    @whole
    async def purge(self, alliance: int, before: datetime) -> Purged:
        """Delete exchanges, retracted notes and handled events from before a time.

        Feedback on an exchange and its being a gap go with it; events go after a week anyhow, and
        questions that wait for an answer when it would come too late. Runs of checklists go by
        their last change, with their commitments, but not before the day of an open one; notices a
        month after they were sent.
        Opportunities go by when they were closed, with their answers.
        """
        exchanges = (ExchangeRow.alliance == alliance, ExchangeRow.created < before)
        # What a deletion takes along isn't in its count.
        feedback = (
            select(func.count())
            .select_from(FeedbackRow)
            .where(
                FeedbackRow.alliance == alliance,
                FeedbackRow.exchange.in_(select(ExchangeRow.id).where(*exchanges)),
            )
        )
        notes = delete(NoteRow).where(
            NoteRow.alliance == alliance, NoteRow.retracted.is_(True), NoteRow.created < before
        )
        events = delete(EventRow).where(
            EventRow.alliance == alliance,
            EventRow.claimed < max(before, self._clock() - EVENTS_KEPT),
        )
        pending = delete(PendingRow).where(
            PendingRow.alliance == alliance,
            PendingRow.received < max(before, self._clock() - PICKED_UP_WITHIN),
        )
        async with self._database.writing() as session:
            return Purged(
                feedback=await session.scalar(feedback) or 0,
                exchanges=await affected(session, delete(ExchangeRow).where(*exchanges)),
                notes=await affected(session, notes),
                events=await affected(session, events),
                pending=await affected(session, pending),
                **await purge_checklists(session, alliance, before, self._clock()),
                **await purge_opportunities(session, alliance, before),
            )

    @whole
    async def purge_all_expired(self) -> Purged:
        """Purge every alliance by its own retention, each in a transaction of its own."""
        held = select(ExchangeRow.alliance).union(
            select(EventRow.alliance),
            select(NoteRow.alliance),
            select(PendingRow.alliance),
            select(RunRow.alliance),
            select(NoticeRow.alliance),
            *alliances_with_opportunities(),
        )
        async with self._database.reading() as session:
            expiry = {
                alliance: timedelta(days=(await read_settings(session, alliance)).retention_days)
                for alliance in sorted(await session.scalars(held))
            }
        purged = Purged()
        now = self._clock()
        for alliance, kept in expiry.items():
            purged += await self.purge(alliance, now - kept)
        with contextlib.suppress(StoreUnavailable):  # see PrivacyMethods: the deletion holds
            await self._database.scrub()
        return purged
