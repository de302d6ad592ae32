"""The tables of questions, answers, feedback and practice notes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import Key
from bot.database.tables import Base, KeyedByAlliance, OfAlliance


class PendingRow(KeyedByAlliance, Base):
    """A question that was taken and has no answer yet."""

    __tablename__ = "pending_questions"

    message: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel: Mapped[int]
    thread: Mapped[int | None]
    person: Mapped[int]
    received: Mapped[datetime]
    previous: Mapped[int | None]
    part_of: Mapped[int | None]


class ExchangeRow(OfAlliance, Base):
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
        Index(None, "alliance", "mark"),
        Index(None, "alliance", "same_as"),
        {"sqlite_autoincrement": True},  # an old button must never meet a new exchange
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
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
    mark: Mapped[str | None]
    same_as: Mapped[int | None]


class BorrowedRow(KeyedByAlliance, Base):
    """Words of somebody else that a question was read with; they stand in the question too."""

    __tablename__ = "borrowed_words"
    __table_args__ = (
        ForeignKeyConstraint(
            ["alliance", "exchange"], ["exchanges.alliance", "exchanges.id"], ondelete="CASCADE"
        ),
        Index(None, "person", "alliance"),
        Index(None, "message", "alliance"),
    )

    exchange: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    message: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str]


class FeedbackRow(KeyedByAlliance, Base):
    """What one person thought of one answer, latest word."""

    __tablename__ = "feedback"
    __table_args__ = (
        ForeignKeyConstraint(
            ["alliance", "exchange"], ["exchanges.alliance", "exchanges.id"], ondelete="CASCADE"
        ),
        Index(None, "person", "alliance"),
    )

    exchange: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    helpful: Mapped[bool]
    reason: Mapped[str]
    given: Mapped[datetime]


class NoteRow(OfAlliance, Base):
    """A practice note."""

    __tablename__ = "notes"
    __table_args__ = (
        UniqueConstraint("alliance", "id"),
        Index(None, "author", "alliance"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    question: Mapped[str]
    text: Mapped[str]
    author: Mapped[int | None]
    author_name: Mapped[str]
    created: Mapped[datetime]
    retracted: Mapped[bool]


class NoteGapRow(KeyedByAlliance, Base):
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

    note: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    exchange: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
