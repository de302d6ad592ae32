"""The tables of people, and of the organizations they speak for."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    String,
    Time,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import Key
from bot.database.tables import Base, KeyedByAlliance, OfAlliance


class PersonSettingsRow(KeyedByAlliance, Base):
    """When a person wants to be written to; `mode` is about opportunities."""

    __tablename__ = "person_settings"
    __table_args__ = (Index(None, "person", "alliance"),)

    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    zone: Mapped[str]
    at: Mapped[time] = mapped_column(Time)
    quiet_start: Mapped[time | None] = mapped_column(Time)
    quiet_end: Mapped[time | None] = mapped_column(Time)
    mode: Mapped[str] = mapped_column(String(20), server_default="instant")


class OrganizationRow(OfAlliance, Base):
    """A partner and what it looks for; `folded` is what its name is told from others by."""

    __tablename__ = "organizations"
    __table_args__ = (
        UniqueConstraint("alliance", "id"),
        UniqueConstraint("alliance", "folded"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str]
    folded: Mapped[str]
    interests: Mapped[list[str]] = mapped_column(server_default="[]", default=list)
    region: Mapped[str] = mapped_column(server_default=text("''"), default="")


class AffiliationRow(OfAlliance, Base):
    """That a person speaks for an organization; the highest id is the one joined last.

    Of somebody who left the server it is `away`, and counts for nothing until they are back.
    """

    __tablename__ = "affiliations"
    __table_args__ = (
        UniqueConstraint("alliance", "person", "organization"),
        ForeignKeyConstraint(
            ["alliance", "organization"],
            ["organizations.alliance", "organizations.id"],
            ondelete="CASCADE",
        ),
        Index(None, "alliance", "organization"),
        Index(None, "person", "alliance"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person: Mapped[int]
    organization: Mapped[int] = mapped_column(Key)
    joined: Mapped[datetime]
    away: Mapped[bool] = mapped_column(server_default=false(), default=False)


class JoinRequestRow(OfAlliance, Base):
    """That a person wants to speak for an organization, and waits for a steward's yes."""

    __tablename__ = "join_requests"
    __table_args__ = (
        UniqueConstraint("alliance", "person"),
        Index(None, "person", "alliance"),
        {"sqlite_autoincrement": True},  # the id stands in buttons
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person: Mapped[int]
    name: Mapped[str]
    organization: Mapped[str]
    asked: Mapped[datetime]


class PartnerPersonRow(KeyedByAlliance, Base):
    """What the directory may show of a person who speaks for an organization."""

    __tablename__ = "partner_people"
    __table_args__ = (Index(None, "person", "alliance"),)

    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    shown: Mapped[bool]
    contact: Mapped[str]
