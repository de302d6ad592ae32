"""The tables, each row with its alliance.

What belongs to an exchange or a note carries the alliance in its foreign key, so that no row can
hang on something of another alliance.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.infra.store.columns import CleanText, Key, UtcDateTime

EVENT_LENGTH = 120
"""Characters of the longest event id."""


class Base(DeclarativeBase):
    """What all tables share: names of constraints, and which column type a Python type gets."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: BigInteger(),
        str: CleanText(),
        float: Float(),
        datetime: UtcDateTime(),
        list[str]: JSON(),
        dict[str, Any]: JSON(),
    }


class SettingsRow(Base):
    """The settings of an alliance."""

    __tablename__ = "settings"

    alliance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    steward_role: Mapped[int | None]
    intermediary_role: Mapped[int | None]
    retention_days: Mapped[int]
    notes: Mapped[str]


class ChannelRow(Base):
    """A channel with one of its purposes."""

    __tablename__ = "channels"

    alliance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    purpose: Mapped[str] = mapped_column(String(20), primary_key=True)


class EventRow(Base):
    """An event that was taken by this bot."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "alliance", "claimed"),)

    alliance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event: Mapped[str] = mapped_column(String(EVENT_LENGTH), primary_key=True)
    claimed: Mapped[datetime]


class PendingRow(Base):
    """A question that was taken and has no answer yet."""

    __tablename__ = "pending_questions"

    alliance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    message: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel: Mapped[int]
    thread: Mapped[int | None]
    person: Mapped[int]
    received: Mapped[datetime]
    previous: Mapped[int | None]


class ExchangeRow(Base):
    """A question and its answer.

    Where a gap's asker was forgotten, the row stays as a mere statistic: `person` is null and so
    is everything else that leads to the person or what was said.
    """

    __tablename__ = "exchanges"
    __table_args__ = (
        UniqueConstraint("alliance", "id"),
        Index(None, "alliance", "answer_message"),
        Index(None, "alliance", "source"),
        Index(None, "alliance", "thread"),
        Index(None, "alliance", "created"),
        Index(None, "person", "alliance"),
        Index(None, "previous"),
        {"sqlite_autoincrement": True},  # an old button must never meet a new exchange
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    alliance: Mapped[int]
    channel: Mapped[int | None]
    thread: Mapped[int | None]
    person: Mapped[int | None]
    source: Mapped[int | None]
    answer_message: Mapped[int | None]
    private: Mapped[bool]
    question: Mapped[str]
    previous: Mapped[int | None] = mapped_column(
        Key, ForeignKey("exchanges.id", ondelete="SET NULL")
    )
    answered: Mapped[bool]
    confidence: Mapped[float]
    latency_ms: Mapped[float]
    passages: Mapped[list[str]]
    record: Mapped[dict[str, Any]]
    created: Mapped[datetime]
    shared: Mapped[bool] = mapped_column(server_default=false(), default=False)
    dismissed: Mapped[bool] = mapped_column(server_default=false(), default=False)


class FeedbackRow(Base):
    """What one person thought of one answer, latest word."""

    __tablename__ = "feedback"
    __table_args__ = (
        ForeignKeyConstraint(
            ["alliance", "exchange"], ["exchanges.alliance", "exchanges.id"], ondelete="CASCADE"
        ),
        Index(None, "person", "alliance"),
    )

    alliance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    exchange: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    helpful: Mapped[bool]
    reason: Mapped[str]
    given: Mapped[datetime]


class NoteRow(Base):
    """A practice note."""

    __tablename__ = "notes"
    __table_args__ = (
        UniqueConstraint("alliance", "id"),
        Index(None, "author", "alliance"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    alliance: Mapped[int]
    question: Mapped[str]
    text: Mapped[str]
    author: Mapped[int | None]
    author_name: Mapped[str]
    created: Mapped[datetime]
    retracted: Mapped[bool]


class NoteGapRow(Base):
    """That a note answers a gap."""

    __tablename__ = "note_gaps"
    __table_args__ = (
        ForeignKeyConstraint(
            ["alliance", "note"], ["notes.alliance", "notes.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["alliance", "exchange"], ["exchanges.alliance", "exchanges.id"], ondelete="CASCADE"
        ),
        Index(None, "alliance", "exchange"),
    )

    alliance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    note: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    exchange: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)


class ChoiceRow(Base):
    """The alliance that a person is answered for in direct messages."""

    __tablename__ = "choices"

    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    alliance: Mapped[int]
    chosen: Mapped[datetime]
