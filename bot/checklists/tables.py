"""The tables of checklists: what belongs to a run goes with it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import Key
from bot.database.tables import Base, KeyedByAlliance, OfAlliance

DIGEST_LENGTH = 64
"""Characters of a SHA-256 in hexadecimal."""


def _of_run() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["alliance", "run"], ["runs.alliance", "runs.id"], ondelete="CASCADE"
    )


class DefinitionRow(KeyedByAlliance, Base):
    """A checklist as runs began with it; `definition` is all of it, as JSON."""

    __tablename__ = "definitions"

    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH), primary_key=True)
    title: Mapped[str]
    definition: Mapped[str]


class RunRow(OfAlliance, Base):
    """A run, less its answers and skips."""

    __tablename__ = "runs"
    __table_args__ = (
        UniqueConstraint("alliance", "id"),
        ForeignKeyConstraint(
            ["alliance", "digest"], ["definitions.alliance", "definitions.digest"]
        ),
        Index(None, "alliance", "owner", "changed"),
        Index(None, "alliance", "thread", "changed"),
        Index(None, "alliance", "changed"),
        Index(None, "alliance", "digest"),
        Index(None, "owner", "alliance"),
        {"sqlite_autoincrement": True},  # an old button must never meet a new run
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH))
    checklist: Mapped[str]
    version: Mapped[int]
    owner: Mapped[int]
    owner_name: Mapped[str]
    team: Mapped[bool]
    thread: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(20))
    current: Mapped[str | None]
    revision: Mapped[int]
    started: Mapped[datetime]
    changed: Mapped[datetime]
    finished: Mapped[datetime | None]


class AnswerRow(KeyedByAlliance, Base):
    """The latest answer of one person to one step; `position` is the order of first answers."""

    __tablename__ = "run_answers"
    __table_args__ = (_of_run(), Index(None, "person", "alliance"))

    run: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int]
    text: Mapped[str]
    value: Mapped[str]
    what: Mapped[str | None]
    who: Mapped[str | None]
    day: Mapped[date | None] = mapped_column(Date)
    name: Mapped[str]
    organization: Mapped[str]
    revision: Mapped[int]
    at: Mapped[datetime]


class SkipRow(KeyedByAlliance, Base):
    """A step that was left out."""

    __tablename__ = "run_skips"
    __table_args__ = (_of_run(), Index(None, "person", "alliance"))

    run: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    person: Mapped[int]
    at: Mapped[datetime]


class DraftRow(KeyedByAlliance, Base):
    """What a person typed into a form that could not be taken."""

    __tablename__ = "drafts"
    __table_args__ = (_of_run(), Index(None, "person", "alliance"))

    run: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fields: Mapped[dict[str, Any]]
    saved: Mapped[datetime]


class CommitmentRow(OfAlliance, Base):
    """A promise; `cancelled` where it was dropped because its run was, and comes back with it."""

    __tablename__ = "commitments"
    __table_args__ = (
        UniqueConstraint("alliance", "run", "step", "person"),
        _of_run(),
        Index(None, "person", "alliance"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    run: Mapped[int] = mapped_column(Key)
    step: Mapped[str]
    person: Mapped[int]
    what: Mapped[str]
    who: Mapped[str]
    day: Mapped[date | None] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(20))
    cancelled: Mapped[bool]
    made: Mapped[datetime]
    settled: Mapped[datetime | None]
