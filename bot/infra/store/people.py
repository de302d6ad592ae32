"""When people want to be written to, and which organizations they speak for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.checklists.rules.records import PersonSettings
from bot.core.records import Clock
from bot.infra.store.checklist_schema import AffiliationRow, OrganizationRow, PersonSettingsRow
from bot.infra.store.database import Database, upsert
from bot.infra.store.digests import plan_digest
from bot.infra.store.gathering import Gathering
from bot.infra.store.part import StorePart, whole
from bot.infra.store.reminding import move_reminders, read_person_settings
from bot.opportunities.rules.models import folded


class PeopleMethods(StorePart):
    """What belongs to a person in an alliance.

    Whom people speak for is looked up for all who wait: hundreds may press a button at once, and
    Discord waits for each.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._turn = asyncio.Lock()
        self._lookups: Gathering[int, str, int] = Gathering(self._looking_up, _organizations)

    @asynccontextmanager
    async def _looking_up(self) -> AsyncIterator[AsyncSession]:
        async with self._turn, self._database.reading() as session:
            yield session

    @whole
    async def person_settings(self, alliance: int, person: int) -> PersonSettings:
        """When a person wants to be written to; the defaults where nothing was said."""
        async with self._database.reading() as session:
            return await read_person_settings(session, alliance, person)

    @whole
    async def set_person_settings(
        self, alliance: int, person: int, settings: PersonSettings
    ) -> None:
        """Keep when a person wants to be written to; waiting reminders move along."""
        async with self._database.writing() as session:
            await write_person_settings(session, alliance, person, settings, self._clock())

    @whole
    async def organization_of(self, alliance: int, person: int) -> str:
        """The partner organization a person speaks for, the one joined last; empty for none."""
        return await self._lookups.ask(alliance, person)

    @whole
    async def join_organization(self, alliance: int, person: int, name: str) -> str:
        """Let a person speak for an organization, which is made if need be.

        Returns:
            Its name as kept: as whoever made it spelled it.

        Raises:
            ValueError: there is nothing in the name.
        """
        name = " ".join(name.split())
        if not name:
            raise ValueError("An organization needs a name.")
        async with self._database.writing() as session:
            organization = await _organization(session, alliance, name)
            await session.execute(
                delete(AffiliationRow).where(
                    AffiliationRow.alliance == alliance,
                    AffiliationRow.person == person,
                    AffiliationRow.organization == organization.id,
                )
            )
            session.add(
                AffiliationRow(
                    alliance=alliance,
                    person=person,
                    organization=organization.id,
                    joined=self._clock(),
                )
            )
            return organization.name

    @whole
    async def organizations(self, alliance: int) -> tuple[tuple[str, int], ...]:
        """The organizations by name, each with how many people speak for it."""
        query = (
            select(OrganizationRow.name, func.count(AffiliationRow.id))
            .join(AffiliationRow, _belongs(), isouter=True)
            .where(OrganizationRow.alliance == alliance)
            .group_by(OrganizationRow.id, OrganizationRow.name, OrganizationRow.folded)
            .order_by(OrganizationRow.folded)
        )
        async with self._database.reading() as session:
            return tuple((name, count) for name, count in (await session.execute(query)).all())


async def _organizations(
    session: AsyncSession, alliance: int, people: Sequence[int]
) -> Sequence[str]:
    """The organization each person speaks for, the one joined last; empty for none."""
    query = (
        select(AffiliationRow.person, OrganizationRow.name)
        .join(OrganizationRow, _belongs())
        .where(AffiliationRow.alliance == alliance, AffiliationRow.person.in_(people))
        .order_by(AffiliationRow.id)
    )
    names = {row.person: row.name for row in await session.execute(query)}
    return [names.get(person, "") for person in people]


async def write_person_settings(
    session: AsyncSession,
    alliance: int,
    person: int,
    settings: PersonSettings,
    now: datetime,
    **more: Any,
) -> None:
    """Keep when a person wants to be written to, and `more` columns; what waits moves along."""
    quiet = settings.quiet
    values = {
        "alliance": alliance,
        "person": person,
        "zone": settings.zone.key,
        "at": settings.at,
        "quiet_start": quiet.start if quiet else None,
        "quiet_end": quiet.end if quiet else None,
        **more,
    }
    dialect, key = session.get_bind().dialect, ["alliance", "person"]
    await session.execute(upsert(dialect, PersonSettingsRow, values, key=key, replace=True))
    await move_reminders(session, alliance, person, settings, now)
    await plan_digest(session, alliance, person, now)


def _belongs() -> ColumnElement[bool]:
    return (AffiliationRow.alliance == OrganizationRow.alliance) & (
        AffiliationRow.organization == OrganizationRow.id
    )


async def _organization(session: AsyncSession, alliance: int, name: str) -> OrganizationRow:
    """The organization of this name, however its letters are written; made if need be."""
    row = await session.scalar(
        select(OrganizationRow).where(
            OrganizationRow.alliance == alliance, OrganizationRow.folded == folded(name)
        )
    )
    if row is None:
        row = OrganizationRow(alliance=alliance, name=name, folded=folded(name))
        session.add(row)
        await session.flush()
        await session.refresh(row)
    return row
