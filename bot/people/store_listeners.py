"""Who hears of opportunities, and how, within a transaction."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from bot.checklists.rules.records import PersonSettings
from bot.core.quiet_hours import QuietHours
from bot.database.session import StoreSession
from bot.opportunities.rules.models import Listener, Mode, Notifications, folded
from bot.opportunities.rules.replies import side
from bot.people.tables import AffiliationRow, OrganizationRow, PersonSettingsRow

PRESENT: ColumnElement[bool] = AffiliationRow.away.is_(False)
"""The condition for affiliations of people who have not left the server."""


async def read_listeners(session: StoreSession) -> tuple[Listener, ...]:
    """Everybody who speaks for an organization; several times who speaks for several."""
    query = (
        select(AffiliationRow.person, OrganizationRow, PersonSettingsRow)
        .join(OrganizationRow, AffiliationRow.organization == OrganizationRow.id)
        .outerjoin(PersonSettingsRow, PersonSettingsRow.person == AffiliationRow.person)
        .where(PRESENT)
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


async def people_of(session: StoreSession, organization: str) -> frozenset[int]:
    """Who speaks for an organization, and is there."""
    query = (
        select(AffiliationRow.person)
        .join(OrganizationRow, AffiliationRow.organization == OrganizationRow.id)
        .where(OrganizationRow.folded == folded(organization), PRESENT)
    )
    return frozenset(await session.scalars(query))


async def organizations_of(session: StoreSession, person: int) -> tuple[str, ...]:
    """The organizations a person speaks for, the one joined last first."""
    query = (
        select(OrganizationRow.name)
        .join(AffiliationRow, AffiliationRow.organization == OrganizationRow.id)
        .where(AffiliationRow.person == person)
        .order_by(AffiliationRow.id.desc())
    )
    return tuple(await session.scalars(query))


async def sides_of(session: StoreSession, person: int) -> tuple[str, ...]:
    """The sides whose answers are also a person's; see `side`."""
    names = ("", *await organizations_of(session, person))
    return tuple(side(person, name) for name in names)


async def read_notifications(session: StoreSession, person: int) -> Notifications:
    """When and how a person wants to hear; the defaults where nothing was said."""
    return to_notifications(await session.get(PersonSettingsRow, (session.alliance, person)))


async def read_person_settings(session: StoreSession, person: int) -> PersonSettings:
    """When a person wants to be written to; the defaults where nothing was said."""
    row = await session.get(PersonSettingsRow, (session.alliance, person))
    return PersonSettings(ZoneInfo(row.zone), row.at, _quiet(row)) if row else PersonSettings()


def to_notifications(row: PersonSettingsRow | None) -> Notifications:
    """A row as a value."""
    if row is None:
        return Notifications()
    return Notifications(Mode(row.mode), row.at, ZoneInfo(row.zone), _quiet(row))


def _quiet(row: PersonSettingsRow) -> QuietHours | None:
    if row.quiet_start is None or row.quiet_end is None:
        return None
    return QuietHours(row.quiet_start, row.quiet_end)
