"""Partners: who speaks for whom, what they look for, and how they want to hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.checklists.rules.records import PersonSettings
from bot.core.outbox import NoticeKind
from bot.infra.store.checklist_schema import AffiliationRow, NoticeRow, OrganizationRow
from bot.infra.store.database import upsert
from bot.infra.store.digests import add_items
from bot.infra.store.listening import (
    organizations_of,
    read_listeners,
    read_notifications,
)
from bot.infra.store.notice_rows import waiting
from bot.infra.store.opportunity_schema import PartnerPersonRow
from bot.infra.store.part import StorePart, whole
from bot.infra.store.people import write_person_settings
from bot.opportunities.rules.models import Listener, Mode, Notifications, PartnerProfile, folded
from bot.opportunities.rules.records import Person


class PartnerMethods(StorePart):
    """The directory of partners, and the people in it."""

    @whole
    async def listeners(self, alliance: int) -> tuple[Listener, ...]:
        """Everybody who speaks for an organization; several times who speaks for several."""
        async with self._database.reading() as session:
            return await read_listeners(session, alliance)

    @whole
    async def person(self, alliance: int, person: int) -> Person:
        """A person as a partner; without organizations where they joined none."""
        async with self._database.reading() as session:
            row = await session.get(PartnerPersonRow, (alliance, person))
            return Person(
                person,
                row.name if row else "",
                await organizations_of(session, alliance, person),
                await read_notifications(session, alliance, person),
                shown=row is not None and row.shown,
                contact=row.contact if row else "",
            )

    @whole
    async def set_notifications(
        self, alliance: int, person: int, notifications: Notifications
    ) -> None:
        """Keep when a person wants to hear; what waits moves along.

        What was to come at once and waits still, such as for the end of quiet hours, comes with
        the digest instead where one is wanted.
        """
        now = self._clock()
        settings = PersonSettings(notifications.zone, notifications.hour, notifications.quiet)
        mode = notifications.mode
        async with self._database.writing() as session:
            if mode is not Mode.INSTANT:
                await _hold_back(session, alliance, person, now)
            await write_person_settings(session, alliance, person, settings, now, mode=mode.value)

    @whole
    async def set_shown(
        self, alliance: int, person: int, *, shown: bool, name: str, contact: str
    ) -> None:
        """Keep what the directory may show of a person."""
        key = {"alliance": alliance, "person": person}
        values = key | {"name": name, "shown": shown, "contact": contact}
        await self._change(
            upsert(self._database.dialect, PartnerPersonRow, values, key=list(key), replace=True)
        )

    @whole
    async def leave_organization(self, alliance: int, person: int, name: str) -> bool:
        """A person no longer speaks for an organization, which stays; False if they did not."""
        organization = select(OrganizationRow.id).where(
            OrganizationRow.alliance == alliance, OrganizationRow.folded == folded(name)
        )
        return await self._change(
            delete(AffiliationRow).where(
                AffiliationRow.alliance == alliance,
                AffiliationRow.person == person,
                AffiliationRow.organization.in_(organization),
            )
        )

    @whole
    async def set_profile(
        self,
        alliance: int,
        organization: str,
        *,
        interests: Sequence[str] | None = None,
        region: str | None = None,
    ) -> bool:
        """Change what an organization looks for and where; what is None stays.

        Returns:
            False if there is no such organization.
        """
        given: dict[str, Any] = {
            "interests": None if interests is None else list(interests),
            "region": region,
        }
        # Its own name is set as well, so that a call with nothing to change finds it too.
        changes: dict[str, Any] = {"folded": folded(organization)}
        changes |= {name: value for name, value in given.items() if value is not None}
        statement = update(OrganizationRow).where(
            OrganizationRow.alliance == alliance, OrganizationRow.folded == folded(organization)
        )
        return await self._change(statement.values(**changes))

    @whole
    async def partners(self, alliance: int) -> tuple[PartnerProfile, ...]:
        """The directory, by name; people in the order in which they joined."""
        organizations = (
            select(OrganizationRow)
            .where(OrganizationRow.alliance == alliance)
            .order_by(OrganizationRow.folded)
        )
        people = (
            select(AffiliationRow.organization, PartnerPersonRow)
            .outerjoin(
                PartnerPersonRow,
                (PartnerPersonRow.alliance == AffiliationRow.alliance)
                & (PartnerPersonRow.person == AffiliationRow.person),
            )
            .where(AffiliationRow.alliance == alliance)
            .order_by(AffiliationRow.id)
        )
        async with self._database.reading() as session:
            speaking: dict[int, list[PartnerPersonRow | None]] = {}
            for organization, row in (await session.execute(people)).all():
                speaking.setdefault(organization, []).append(row)
            return tuple(
                _profile(row, speaking.get(row.id, []))
                for row in await session.scalars(organizations)
            )


def _profile(row: OrganizationRow, people: Sequence[PartnerPersonRow | None]) -> PartnerProfile:
    names = tuple(one.name for one in people if one is not None and one.shown and one.name)
    return PartnerProfile(
        row.name, tuple(row.interests), row.region, names, hidden=len(people) - len(names)
    )


async def _hold_back(session: AsyncSession, alliance: int, person: int, now: datetime) -> None:
    """Let what waits to be told at once wait for a digest; what may have arrived is left alone."""
    query = select(NoticeRow).where(
        NoticeRow.alliance == alliance,
        NoticeRow.kind == NoticeKind.OPPORTUNITY_NEW.value,
        NoticeRow.person == person,
        NoticeRow.tried.is_(None),
        *waiting(),
    )
    for row in (await session.scalars(query)).all():
        await session.delete(row)
        await add_items(session, alliance, [person], [row.about], now)
