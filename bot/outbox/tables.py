"""The table of what is to be delivered.

A notice belongs to whatever its kind says, so that no foreign key can tell: who deletes that takes
the notice along.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import Key
from bot.database.tables import Base, OfAlliance

WAITING = "sent IS NULL AND given_up IS NULL"


class NoticeRow(OfAlliance, Base):
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
