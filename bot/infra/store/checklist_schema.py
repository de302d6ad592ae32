"""The tables of checklists, of people and their organizations, and of what is to be delivered.

What belongs to a run carries the alliance in its foreign key, as in `schema`. A notice belongs to
whatever its kind says, so that no foreign key can tell: who deletes that takes the notice along.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    Date,
    ForeignKeyConstraint,
    Index,
    String,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.infra.store.columns import Key
from bot.infra.store.schema import Base

DIGEST_LENGTH = 64
"""Characters of a SHA-256 in hexadecimal."""
WAITING = "sent IS NULL AND given_up IS NULL"


def _of_run() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["alliance", "run"], ["runs.alliance", "runs.id"], ondelete="CASCADE"
    )


class DefinitionRow(Base):
    """A checklist as runs began with it; `definition` is all of it, as JSON."""

    __tablename__ = "definitions"

    alliance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH), primary_key=True)
    title: Mapped[str]
    definition: Mapped[str]


class RunRow(Base):
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
    alliance: Mapped[int]
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


class AnswerRow(Base):
    """The latest answer of one person to one step; `position` is the order of first answers."""

    __tablename__ = "run_answers"
    __table_args__ = (_of_run(), Index(None, "person", "alliance"))

    alliance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
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


class SkipRow(Base):
    """A step that was left out."""

    __tablename__ = "run_skips"
    __table_args__ = (_of_run(), Index(None, "person", "alliance"))

    alliance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    run: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    person: Mapped[int]
    at: Mapped[datetime]


class DraftRow(Base):
    """What a person typed into a form that could not be taken."""

    __tablename__ = "drafts"
    __table_args__ = (_of_run(), Index(None, "person", "alliance"))

    alliance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    run: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    step: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fields: Mapped[dict[str, Any]]
    saved: Mapped[datetime]


class CommitmentRow(Base):
    """A promise; `cancelled` where it was dropped because its run was, and comes back with it."""

    __tablename__ = "commitments"
    __table_args__ = (
        UniqueConstraint("alliance", "run", "step", "person"),
        _of_run(),
        Index(None, "person", "alliance"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    alliance: Mapped[int]
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


class PersonSettingsRow(Base):
    """When a person wants to be written to; `mode` is about opportunities."""

    __tablename__ = "person_settings"
    __table_args__ = (Index(None, "person", "alliance"),)

    alliance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    zone: Mapped[str]
    at: Mapped[time] = mapped_column(Time)
    quiet_start: Mapped[time | None] = mapped_column(Time)
    quiet_end: Mapped[time | None] = mapped_column(Time)
    mode: Mapped[str] = mapped_column(String(20), server_default="instant")


class OrganizationRow(Base):
    """A partner and what it looks for; `folded` is what its name is told from others by."""

    __tablename__ = "organizations"
    __table_args__ = (
        UniqueConstraint("alliance", "id"),
        UniqueConstraint("alliance", "folded"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    alliance: Mapped[int]
    name: Mapped[str]
    folded: Mapped[str]
    interests: Mapped[list[str]] = mapped_column(server_default="[]", default=list)
    region: Mapped[str] = mapped_column(server_default=text("''"), default="")


class AffiliationRow(Base):
    """That a person speaks for an organization; the highest id is the one joined last."""

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
    alliance: Mapped[int]
    person: Mapped[int]
    organization: Mapped[int] = mapped_column(Key)
    joined: Mapped[datetime]


class NoticeRow(Base):
    """A notice: waiting, sent, or given up for a reason."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            None,
            "alliance",
            "key",
            unique=True,
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        Index(None, "due", sqlite_where=text(WAITING), postgresql_where=text(WAITING)),
        Index(None, "alliance", "kind", "about"),
        Index(None, "person", "alliance"),
        {"sqlite_autoincrement": True},  # the id stands in what was sent
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    alliance: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[int]
    key: Mapped[str]
    person: Mapped[int | None]
    channel: Mapped[int | None]
    due: Mapped[datetime]
    details: Mapped[dict[str, Any]]
    attempts: Mapped[int]
    tried: Mapped[datetime | None]
    sent: Mapped[datetime | None]
    given_up: Mapped[str | None]
