"""The tables of an alliance as such."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.tables import Base, KeyedByAlliance, OfAlliance

EVENT_LENGTH = 120
"""Characters of the longest event id."""


class SettingsRow(KeyedByAlliance, Base):
    """The settings of an alliance."""

    __tablename__ = "settings"

    steward_role: Mapped[int | None]
    intermediary_role: Mapped[int | None]
    retention_days: Mapped[int]
    notes: Mapped[str]
    joining_needs_yes: Mapped[bool] = mapped_column(server_default=false(), default=False)


class ChannelRow(KeyedByAlliance, Base):
    """A channel with one of its purposes."""

    __tablename__ = "channels"

    channel: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    purpose: Mapped[str] = mapped_column(String(20), primary_key=True)


class EventRow(KeyedByAlliance, Base):
    """An event that was taken by this bot."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "alliance", "claimed"),)

    event: Mapped[str] = mapped_column(String(EVENT_LENGTH), primary_key=True)
    claimed: Mapped[datetime]


class ChoiceRow(OfAlliance, Base):
    """The alliance that a person is answered for in direct messages."""

    __tablename__ = "choices"

    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    chosen: Mapped[datetime]
