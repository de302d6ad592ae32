"""The tables of opportunities: what is posted, answers, typed forms, and what waits for digests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import Key
from bot.database.tables import Base, KeyedByAlliance, OfAlliance


def _of_opportunity() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["alliance", "opportunity"],
        ["opportunities.alliance", "opportunities.id"],
        ondelete="CASCADE",
    )


class OpportunityRow(OfAlliance, Base):
    """An opportunity.

    `reached` is how many organizations were told when it was published, and `taken_down` that its
    post was deleted by hand: it goes nowhere else by itself.
    """

    __tablename__ = "opportunities"
    __table_args__ = (
        UniqueConstraint("alliance", "id"),
        Index(None, "alliance", "state", "closes"),
        Index(None, "alliance", "posted"),
        Index(None, "poster", "alliance"),
        {"sqlite_autoincrement": True},  # an old button must never meet a new opportunity
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    poster: Mapped[int]
    poster_name: Mapped[str]
    organization: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    kind: Mapped[str] = mapped_column(String(40))
    audience: Mapped[str]
    deadline: Mapped[datetime | None]
    link: Mapped[str]
    capacity: Mapped[int | None]
    region: Mapped[str]
    contact: Mapped[str]
    state: Mapped[str] = mapped_column(String(20))
    created: Mapped[datetime]
    posted: Mapped[datetime | None]
    closes: Mapped[datetime | None]
    closed: Mapped[datetime | None]
    edited: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str]
    channel: Mapped[int | None]
    message: Mapped[int | None]
    thread: Mapped[int | None]
    revision: Mapped[int]
    reached: Mapped[int]
    taken_down: Mapped[bool] = mapped_column(server_default=false(), default=False)


class OpportunityAnswerRow(OfAlliance, Base):
    """The one answer of a side, named by `bot.opportunities.rules.replies.side`; ids are in the order of answers."""

    __tablename__ = "opportunity_answers"
    __table_args__ = (
        UniqueConstraint("alliance", "opportunity", "side"),
        _of_opportunity(),
        Index(None, "person", "alliance"),
        {"sqlite_autoincrement": True},  # the last of the row gives no number to a new one
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    opportunity: Mapped[int] = mapped_column(Key)
    side: Mapped[str]
    person: Mapped[int]
    name: Mapped[str]
    organization: Mapped[str]
    reply: Mapped[str] = mapped_column(String(20))
    note: Mapped[str]
    at: Mapped[datetime]


class OpportunityFormRow(KeyedByAlliance, Base):
    """What a person typed into the form; `about` is the opportunity it edits, 0 for none."""

    __tablename__ = "opportunity_forms"
    __table_args__ = (Index(None, "person", "alliance"),)

    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    about: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(40))
    form: Mapped[dict[str, Any]]
    saved: Mapped[datetime]


class DigestItemRow(KeyedByAlliance, Base):
    """That a digest shows an opportunity to a person, or to the channel.

    Attributes:
        shown: when one did.
        closing: it was shown when it closed soon, so that it need not come again.
    """

    __tablename__ = "digest_items"
    __table_args__ = (
        _of_opportunity(),
        Index(None, "alliance", "opportunity"),
        Index(None, "person", "alliance"),
    )

    person: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opportunity: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    added: Mapped[datetime]
    shown: Mapped[datetime | None]
    closing: Mapped[bool]
