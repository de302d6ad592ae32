"""When people want to be written to, whom they speak for, and the directory of partners."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Update, delete, func, select, update

from bot.checklists.rules.records import PersonSettings
from bot.checklists.store_reminders import move_reminders
from bot.core.clock import Clock
from bot.core.outbox import NoticeKind
from bot.database.batches import Batches
from bot.database.database import Database
from bot.database.part import StorePart
from bot.database.session import StoreSession
from bot.opportunities.rules.models import Listener, Mode, Notifications, PartnerProfile, folded
from bot.opportunities.rules.records import Person
from bot.opportunities.store_digests import add_items, plan_digest
from bot.outbox.store_notices import waiting
from bot.outbox.tables import NoticeRow
from bot.people.store_listeners import (
    PRESENT,
    organizations_of,
    read_listeners,
    read_notifications,
    read_person_settings,
)
from bot.people.store_partners import affiliate
from bot.people.tables import AffiliationRow, OrganizationRow, PartnerPersonRow, PersonSettingsRow


class PeopleStore(StorePart):
    """What belongs to a person in an alliance, and the directory of partners.

    Whom people speak for is looked up for all who wait: hundreds may press a button at once, and
    Discord waits for each.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._turn, self._absence = asyncio.Lock(), asyncio.Lock()
        self._away: set[tuple[int, int]] | None = None
        self._lookups: Batches[int, str, int] = Batches(self._lookup, _organizations)

    @asynccontextmanager
    async def _lookup(self, alliance: int) -> AsyncIterator[StoreSession]:
        async with self._turn, self._database.reading(alliance) as session:
            yield session

    async def person_settings(self, alliance: int, person: int) -> PersonSettings:
        """When a person wants to be written to; the defaults where nothing was said."""
        async with self._database.reading(alliance) as session:
            return await read_person_settings(session, person)

    async def set_person_settings(
        self, alliance: int, person: int, settings: PersonSettings
    ) -> None:
        """Keep when a person wants to be written to; waiting reminders move along."""
        async with self._database.writing(alliance) as session:
            await write_person_settings(session, person, settings, self._clock())

    async def organization_of(self, alliance: int, person: int) -> str:
        """The partner organization a person speaks for, the one joined last; empty for none."""
        return await self._lookups.ask(alliance, person)

    async def join_organization(self, alliance: int, person: int, name: str) -> str:
        """Let a person speak for an organization, which is made if need be; nobody is told.

        Returns:
            Its name as kept: as whoever made it spelled it.

        Raises:
            ValueError: there is nothing in the name.
        """
        async with self._database.writing(alliance) as session:
            return await affiliate(session, person, name, self._clock())

    async def organizations(self, alliance: int) -> tuple[tuple[str, int], ...]:
        """The organizations by name, each with how many people speak for it."""
        query = (
            select(OrganizationRow.name, func.count(AffiliationRow.id))
            .join(
                AffiliationRow,
                (AffiliationRow.organization == OrganizationRow.id) & PRESENT,
                isouter=True,
            )
            .group_by(OrganizationRow.id, OrganizationRow.name, OrganizationRow.folded)
            .order_by(OrganizationRow.folded)
        )
        async with self._database.reading(alliance) as session:
            return tuple((name, count) for name, count in (await session.execute(query)).all())

    async def listeners(self, alliance: int) -> tuple[Listener, ...]:
        """Everybody who speaks for an organization; several times who speaks for several."""
        async with self._database.reading(alliance) as session:
            return await read_listeners(session)

    async def person(self, alliance: int, person: int) -> Person:
        """A person as a partner; without organizations where they joined none."""
        async with self._database.reading(alliance) as session:
            row = await session.get(PartnerPersonRow, (alliance, person))
            return Person(
                person,
                row.name if row else "",
                await organizations_of(session, person),
                await read_notifications(session, person),
                shown=row is not None and row.shown,
                contact=row.contact if row else "",
            )

    async def speakers(self, alliance: int) -> tuple[int, ...]:
        """Everybody who speaks for an organization, once."""
        query = select(AffiliationRow.person).where(PRESENT).distinct()
        async with self._database.reading(alliance) as session:
            return tuple(await session.scalars(query.order_by(AffiliationRow.person)))

    async def mark_away(self, alliance: int, person: int) -> None:
        """Note that somebody left the server: what they speak for has to do without them."""
        async with self._absence:
            if await self._change(alliance, _mark(person, away=True)):
                (await self._absent()).add((alliance, person))

    async def mark_back(self, alliance: int, person: int) -> None:
        """Note that somebody is in the server, who may have been away."""
        if self._away is not None and (alliance, person) not in self._away:
            return
        async with self._absence:
            if (alliance, person) in await self._absent():
                await self._change(alliance, _mark(person, away=False))
                (await self._absent()).discard((alliance, person))

    async def _absent(self) -> set[tuple[int, int]]:
        """Who is away from which alliance: few, so that it costs nothing to ask for everybody."""
        if self._away is None:
            query = select(AffiliationRow.alliance, AffiliationRow.person)
            async with self._database.reading_everywhere() as session:
                rows = await session.execute(query.where(AffiliationRow.away.is_(True)))
                self._away = {(row.alliance, row.person) for row in rows}
        return self._away

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
        async with self._database.writing(alliance) as session:
            if mode is not Mode.INSTANT:
                await _hold_back(session, person, now)
            await write_person_settings(session, person, settings, now, mode=mode.value)

    async def set_shown(
        self, alliance: int, person: int, *, shown: bool, name: str, contact: str
    ) -> None:
        """Keep what the directory may show of a person."""
        values = {"person": person, "name": name, "shown": shown, "contact": contact}
        async with self._database.writing(alliance) as session:
            await session.upsert(PartnerPersonRow, values, replace=True)

    async def leave_organization(self, alliance: int, person: int, name: str) -> bool:
        """A person no longer speaks for an organization, which stays; False if they did not."""
        organization = select(OrganizationRow.id).where(OrganizationRow.folded == folded(name))
        affiliation = delete(AffiliationRow).where(
            AffiliationRow.person == person, AffiliationRow.organization.in_(organization)
        )
        return await self._change(alliance, affiliation)

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
        statement = update(OrganizationRow).where(OrganizationRow.folded == folded(organization))
        return await self._change(alliance, statement.values(**changes))

    async def partners(self, alliance: int) -> tuple[PartnerProfile, ...]:
        """The directory, by name; people in the order in which they joined."""
        organizations = select(OrganizationRow).order_by(OrganizationRow.folded)
        people = (
            select(AffiliationRow.organization, PartnerPersonRow)
            .outerjoin(PartnerPersonRow, PartnerPersonRow.person == AffiliationRow.person)
            .where(PRESENT)
            .order_by(AffiliationRow.id)
        )
        async with self._database.reading(alliance) as session:
            speaking: dict[int, list[PartnerPersonRow | None]] = {}
            for organization, row in (await session.execute(people)).all():
                speaking.setdefault(organization, []).append(row)
            return tuple(
                _profile(row, speaking.get(row.id, []))
                for row in await session.scalars(organizations)
            )


def _mark(person: int, *, away: bool) -> Update:
    return update(AffiliationRow).where(AffiliationRow.person == person).values(away=away)


async def _organizations(session: StoreSession, _: int, people: Sequence[int]) -> Sequence[str]:
    """The organization each person speaks for, the one joined last; empty for none."""
    query = (
        select(AffiliationRow.person, OrganizationRow.name)
        .join(OrganizationRow, AffiliationRow.organization == OrganizationRow.id)
        .where(AffiliationRow.person.in_(people))
        .order_by(AffiliationRow.id)
    )
    names = {row.person: row.name for row in await session.execute(query)}
    return [names.get(person, "") for person in people]


async def write_person_settings(
    session: StoreSession,
    person: int,
    settings: PersonSettings,
    now: datetime,
    **more: Any,
) -> None:
    """Keep when a person wants to be written to, and `more` columns; what waits moves along."""
    quiet = settings.quiet
    values = {
        "person": person,
        "zone": settings.zone.key,
        "at": settings.at,
        "quiet_start": quiet.start if quiet else None,
        "quiet_end": quiet.end if quiet else None,
        **more,
    }
    await session.upsert(PersonSettingsRow, values, replace=True)
    await move_reminders(session, person, settings, now)
    await plan_digest(session, person, now)


def _profile(row: OrganizationRow, people: Sequence[PartnerPersonRow | None]) -> PartnerProfile:
    names = tuple(one.name for one in people if one is not None and one.shown and one.name)
    return PartnerProfile(
        row.name,
        tuple(row.interests),
        row.region,
        names,
        hidden=len(people) - len(names),
        id=row.id,
    )


async def _hold_back(session: StoreSession, person: int, now: datetime) -> None:
    """Let what waits to be told at once wait for a digest; what may have arrived is left alone."""
    query = select(NoticeRow).where(
        NoticeRow.kind == NoticeKind.OPPORTUNITY_NEW.value,
        NoticeRow.person == person,
        NoticeRow.tried.is_(None),
        *waiting(),
    )
    for row in (await session.scalars(query)).all():
        await session.delete(row)
        await add_items(session, [person], [row.about], now)
