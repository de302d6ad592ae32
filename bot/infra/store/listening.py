"""Who hears of opportunities, and how, within a transaction."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.quiet_hours import QuietHours
from bot.infra.store.checklist_schema import AffiliationRow, OrganizationRow, PersonSettingsRow
from bot.opportunities.rules.models import Listener, Mode, Notifications, folded
from bot.opportunities.rules.replies import side


def speaks_for() -> ColumnElement[bool]:
    """The condition that joins affiliations with their organizations."""
    return and_(
        AffiliationRow.alliance == OrganizationRow.alliance,
        AffiliationRow.organization == OrganizationRow.id,
    )


async def read_listeners(session: AsyncSession, alliance: int) -> tuple[Listener, ...]:
    """Everybody who speaks for an organization; several times who speaks for several."""
    settings = and_(
        PersonSettingsRow.alliance == AffiliationRow.alliance,
        PersonSettingsRow.person == AffiliationRow.person,
    )
    query = (
        select(AffiliationRow.person, OrganizationRow, PersonSettingsRow)
        .join(OrganizationRow, speaks_for())
        .outerjoin(PersonSettingsRow, settings)
        .where(AffiliationRow.alliance == alliance)
        .order_by(AffiliationRow.id)
    )
    return tuple(
        Listener(
            person,
            organization.name,
            tuple(organization.interests),
            organization.region,
            to_notifications(row),
        )
        for person, organization, row in (await session.execute(query)).all()
    )


async def people_of(session: AsyncSession, alliance: int, organization: str) -> frozenset[int]:
    """Who speaks for an organization."""
    query = (
        select(AffiliationRow.person)
        .join(OrganizationRow, speaks_for())
        .where(AffiliationRow.alliance == alliance, OrganizationRow.folded == folded(organization))
    )
    return frozenset(await session.scalars(query))


async def organizations_of(session: AsyncSession, alliance: int, person: int) -> tuple[str, ...]:
    """The organizations a person speaks for, the one joined last first."""
    query = (
        select(OrganizationRow.name)
        .join(AffiliationRow, speaks_for())
        .where(AffiliationRow.alliance == alliance, AffiliationRow.person == person)
        .order_by(AffiliationRow.id.desc())
    )
    return tuple(await session.scalars(query))


async def sides_of(session: AsyncSession, alliance: int, person: int) -> tuple[str, ...]:
    """The sides whose answers are also a person's; see `side`."""
    names = ("", *await organizations_of(session, alliance, person))
    return tuple(side(person, name) for name in names)


async def read_notifications(session: AsyncSession, alliance: int, person: int) -> Notifications:
    """When and how a person wants to hear; the defaults where nothing was said."""
    return to_notifications(await session.get(PersonSettingsRow, (alliance, person)))


def to_notifications(row: PersonSettingsRow | None) -> Notifications:
    """A row as a value."""
    if row is None:
        return Notifications()
    quiet = None
    if row.quiet_start is not None and row.quiet_end is not None:
        quiet = QuietHours(row.quiet_start, row.quiet_end)
    return Notifications(Mode(row.mode), row.at, ZoneInfo(row.zone), quiet)
