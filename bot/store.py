"""The store: everything the bot keeps, by alliance and room by room."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from bot.alliances.store import AllianceStore
from bot.answers.store import AnswerStore
from bot.answers.store_marks import MarkStore
from bot.checklists.store import ChecklistStore
from bot.core.clock import Clock
from bot.database.database import Database, StoreUnavailable
from bot.database.location import database_url
from bot.opportunities.store import OpportunityStore
from bot.opportunities.store_posts import PostStore
from bot.outbox.store import OutboxStore
from bot.people.store import PeopleStore
from bot.people.store_partners import PartnerStore
from bot.privacy.store import PrivacyStore

__all__ = ["Store", "StoreUnavailable", "open_store"]

PATIENCE = 5.0
"""Seconds a lock of another program is waited for."""


class Store:
    """What the bot keeps. Every method takes the alliance first and sees nothing of another.

    The exceptions say so in their names: those about a person across all alliances,
    `pending_questions_everywhere`, and `purge_all_expired`; those about notices go over all as well.
    Every method raises `StoreUnavailable` when the database is locked for
    longer than the store's patience, gone or broken; nothing is half-written then. A method that
    changes something returns after the change is committed; when the call is cancelled, the change
    still happens, as a whole.

    In an `async with`, it is closed at the end.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.answers = AnswerStore(database, clock)
        self.marks = MarkStore(database, clock)
        self.checklists = ChecklistStore(database, clock)
        self.opportunities = OpportunityStore(database, clock)
        self.posts = PostStore(database, clock)
        self.people = PeopleStore(database, clock)
        self.partners = PartnerStore(database, clock)
        self.alliances = AllianceStore(database, clock)
        self.outbox = OutboxStore(database, clock)
        self.privacy = PrivacyStore(database, clock)

    async def close(self) -> None:
        """Close the database after what is under way; the store can't be used afterwards."""
        await self.database.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


async def open_store(location: str | Path, clock: Clock, *, patience: float = PATIENCE) -> Store:
    """Open a store, creating or migrating its database.

    Args:
        location: the file, or a URL like `sqlite:///folder/guide.db`.
        clock: tells the time, aware and in UTC.
        patience: seconds a lock of another program is waited for.

    Raises:
        ConfigurationError: the location is not one this program can use.
        StoreUnavailable: the database can't be opened, or is of a newer version.
    """
    database = Database(database_url(location), patience)
    try:
        await database.whole(database.migrate())
    except BaseException:
        await database.close()
        raise
    return Store(database, clock)
