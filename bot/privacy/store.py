"""What is held about a person, handed out and deleted, and the end of what was kept long enough.

What that is, table by table and column by column, stands in `bot.privacy.registry`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import CompoundSelect, delete, inspect, select, tuple_, union

from bot.alliances.store import settings_of
from bot.answers.records import Exchange
from bot.database.database import StoreUnavailable
from bot.database.part import StorePart
from bot.database.session import StoreSession
from bot.privacy.records import Forgotten, Purged
from bot.privacy.registry import HOLDINGS
from bot.privacy.store_departures import note_departures, wipe
from bot.privacy.store_export import alliance_data, owned, person_data
from bot.privacy.store_oblivion import drop_unused, forget
from bot.privacy.store_questions import asking_alliances, forget_asked
from bot.privacy.tables import DepartureRow

_AT_ONCE = 500
"""Rows of a table that are purged before others have their turn: some hundredths of a second."""
_log = structlog.get_logger()


class PrivacyStore(StorePart):
    """Export and deletion of persons and alliances, and retention."""

    async def export_person(self, alliance: int, person: int) -> dict[str, Any]:
        """Everything held about a person in an alliance, ready for JSON."""
        async with self._database.reading(alliance) as session:
            return await person_data(session, person)

    async def alliances_everywhere(self, person: int) -> Sequence[int]:
        """The alliances that hold something of a person."""
        async with self._database.reading_everywhere() as session:
            return await _alliances_of(session, person)

    async def export_person_everywhere(self, person: int) -> dict[str, Any]:
        """Everything held about a person in all alliances, ready for JSON."""
        async with self._database.reading_everywhere() as session:
            alliances = []
            for alliance in await _alliances_of(session, person):
                async with session.within(alliance):
                    alliances.append(await person_data(session, person))
            return {"person": str(person), "alliances": alliances}

    async def forget_person(self, alliance: int, person: int) -> Forgotten:
        """Delete a person's questions, feedback and choice in an alliance, and their authorship.

        Practice notes stay, by "a former member"; the words of the person's questions go from
        them as well. Of the person's gaps remains that there was one. Private runs of checklists
        go; a team's run stays for the others, without what the person said. What was published as
        an opportunity stays, without the name; the person's answers to others go.
        """
        async with self._database.writing(alliance) as session:
            forgotten = Forgotten(**await forget(session, person, self._clock()))
            self._database.oblivion.note(person, self._clock())
        await self._scrub()
        return forgotten

    async def forget_person_everywhere(self, person: int) -> Forgotten:
        """The same in all alliances, in one transaction."""
        forgotten = Forgotten()
        async with self._database.writing_everywhere() as session:
            for alliance in await _alliances_of(session, person):
                async with session.within(alliance):
                    forgotten += Forgotten(**await forget(session, person, self._clock()))
            self._database.oblivion.note(person, self._clock())
        await self._scrub()
        return forgotten

    async def forget_questions(
        self, alliance: int, messages: Collection[int] = (), *, place: int | None = None
    ) -> tuple[tuple[Exchange, bool], ...]:
        """Delete questions whose messages are gone, with answers, gaps and feedback, and their words.

        Args:
            alliance: whose they were.
            messages: which messages.
            place: or the channel or thread that is gone with all that was asked for all to see.

        Returns:
            What was deleted, each with whether somebody else asked on from it.
        """
        async with self._database.reading(alliance) as session:
            if not await asking_alliances(session, messages, place):
                return ()  # most messages that are deleted asked nothing: nobody has to wait for that
        async with self._database.writing(alliance) as session:
            return tuple(await forget_asked(session, messages, place))

    async def forget_questions_everywhere(
        self, messages: Collection[int]
    ) -> tuple[tuple[Exchange, bool], ...]:
        """The same in whichever alliance: of a direct message Discord doesn't tell whose it was."""
        async with self._database.reading_everywhere() as session:
            found = await asking_alliances(session, messages)
        forgotten: list[tuple[Exchange, bool]] = []
        for alliance in sorted(found):
            async with self._database.writing(alliance) as session:
                forgotten += await forget_asked(session, messages)
        return tuple(forgotten)

    async def purge(self, alliance: int, before: datetime) -> Purged:
        """Delete what was kept long enough: exchanges, retracted notes and more from before a time.

        Feedback on an exchange and its being a gap go with it; events go after a week anyhow, and
        questions that wait for an answer when it would come too late. Runs of checklists go by
        their last change, with their commitments, but not before the day of an open one; notices a
        month after they were sent. Opportunities go by when they were closed, with their answers.
        Current practice notes are an alliance's own library and stay.

        Many go in several transactions, so that others write in between.
        """
        purged, more = Purged(), True
        while more:
            self._database.require_open()
            async with self._database.writing(alliance) as session:
                some, more = await _purge_some(session, before, self._clock())
            purged += some
        return purged

    async def purge_all_expired(self) -> Purged:
        """Purge every alliance by its own retention; where that fails, the others go on."""
        held = union(
            *(select(holding.table.alliance) for holding in HOLDINGS if holding.aged is not None)
        )
        async with self._database.reading_everywhere() as session:
            alliances = sorted(await session.scalars(held))
        purged = Purged()
        for alliance in alliances:
            self._database.require_open()
            try:
                purged += await self._purge_expired(alliance)
            except Exception:  # noqa: BLE001  (whatever it is, the others' time is up as well)
                _log.exception("purge_failed", alliance=alliance)
        await self._scrub()
        return purged

    async def export_alliance(self, alliance: int) -> dict[str, Any]:
        """Every row of an alliance, ready for JSON; also what people said to the bot alone."""
        async with self._database.reading(alliance) as session:
            return await alliance_data(session)

    async def delete_alliance(self, alliance: int) -> int:
        """Delete every row of an alliance, and tell how many it were."""
        async with self._database.writing(alliance) as session:
            count = await wipe(session)
        await self._scrub()
        return count

    async def bot_left(self, alliance: int) -> None:
        """Note that the bot was taken out of an alliance's server; the first time counts."""
        async with self._database.writing(alliance) as session:
            await session.upsert(DepartureRow, {"since": self._clock()}, replace=False)

    async def bot_returned(self, alliance: int) -> None:
        """Note that it is there again."""
        await self._change(alliance, delete(DepartureRow))

    async def settle_departures(self, present: Collection[int], kept: timedelta) -> Sequence[int]:
        """Delete everything of the alliances that the bot is out of for long enough.

        Where it came or went while nobody could note it, that is noted first.

        Args:
            present: the servers that it is in, also those that are unavailable.
            kept: how long everything of the others stays.

        Returns:
            The alliances that were deleted.
        """
        async with self._database.writing_everywhere() as session:
            await note_departures(session, present, self._clock())
            since = self._clock() - kept
            query = select(DepartureRow.alliance).where(DepartureRow.since <= since)
            through = sorted(await session.scalars(query))
        for alliance in through:
            await self.delete_alliance(alliance)
        return through

    async def _purge_expired(self, alliance: int) -> Purged:
        async with self._database.reading(alliance) as session:
            kept = timedelta((await settings_of(session)).retention_days)
        return await self.purge(alliance, self._clock() - kept)

    async def _scrub(self) -> None:
        # What was deleted is deleted; that its traces in the log stay until the next writer
        # reuses the space is no failure to report.
        with contextlib.suppress(StoreUnavailable):
            await self._database.scrub()


async def _purge_some(
    session: StoreSession, before: datetime, now: datetime
) -> tuple[Purged, bool]:
    """Delete so much that nobody waits for it; and whether there may be more.

    What takes others along goes in a transaction in which nothing of these was left over.
    """
    purged: dict[str, int] = {}
    for holding in HOLDINGS:
        if holding.aged is None:
            continue
        key = [getattr(holding.table, column.key) for column in inspect(holding.table).primary_key]
        old = select(*key).where(holding.aged(before, now)).limit(_AT_ONCE)
        rows = await session.affected(delete(holding.table).where(tuple_(*key).in_(old)))
        if holding.purged is not None:
            purged[holding.purged] = rows
        if rows == _AT_ONCE:
            return Purged(**purged), True
    await drop_unused(session)
    return Purged(**purged), False


async def _alliances_of(session: StoreSession, person: int) -> list[int]:
    """The alliances that hold something of a person."""
    queries = []
    for holding in HOLDINGS:
        if holding.person is not None:
            theirs = owned(holding, person)
            theirs = theirs if holding.also is None else theirs | holding.also(person)
            queries.append(select(holding.table.alliance).where(theirs))
    every: CompoundSelect[int] = union(*queries)
    return sorted(await session.scalars(every))
