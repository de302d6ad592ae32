"""Settings and channels of an alliance, events it has seen, and choices for direct messages."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Unpack

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.records import AllianceSettings, ChannelPurpose, PurposeChannel, SettingsChanges
from bot.infra.store.database import upsert
from bot.infra.store.part import StorePart, affected, value_of, whole
from bot.infra.store.schema import EVENT_LENGTH, ChannelRow, ChoiceRow, EventRow, SettingsRow


class AllianceMethods(StorePart):
    """What belongs to an alliance as such."""

    @whole
    async def settings(self, alliance: int) -> AllianceSettings:
        """The settings; the defaults where nothing was configured."""
        async with self._database.reading() as session:
            return await read_settings(session, alliance)

    @whole
    async def change_settings(
        self, alliance: int, **changes: Unpack[SettingsChanges]
    ) -> AllianceSettings:
        """Change some settings and return all; two changes at once both hold.

        Raises:
            ValueError: the retention is out of bounds.
        """
        async with self._database.writing() as session:
            changed = replace(await read_settings(session, alliance), **changes)
            values = {"alliance": alliance, **asdict(changed)}
            await session.execute(
                upsert(self._database.dialect, SettingsRow, values, key=["alliance"], replace=True)
            )
            return changed

    @whole
    async def add_channel(self, alliance: int, channel: int, purpose: ChannelPurpose) -> bool:
        """Give a channel a purpose; False if it has it already."""
        values = {"alliance": alliance, "channel": channel, "purpose": purpose.value}
        return await self._change(
            upsert(self._database.dialect, ChannelRow, values, key=list(values), replace=False)
        )

    @whole
    async def remove_channel(
        self, alliance: int, channel: int, purpose: ChannelPurpose | None = None
    ) -> bool:
        """Take a purpose, or without one all of them, from a channel; False if it had none."""
        statement = delete(ChannelRow).where(
            ChannelRow.alliance == alliance, ChannelRow.channel == channel
        )
        if purpose is not None:
            statement = statement.where(ChannelRow.purpose == purpose.value)
        return await self._change(statement)

    @whole
    async def channels(
        self, alliance: int, purpose: ChannelPurpose | None = None
    ) -> tuple[PurposeChannel, ...]:
        """The channels that have a purpose, or have this one, in the order of their ids."""
        query = select(ChannelRow).where(ChannelRow.alliance == alliance)
        if purpose is not None:
            query = query.where(ChannelRow.purpose == purpose.value)
        query = query.order_by(ChannelRow.channel, ChannelRow.purpose)
        async with self._database.reading() as session:
            return tuple(
                PurposeChannel(row.channel, ChannelPurpose(row.purpose))
                for row in await session.scalars(query)
            )

    @whole
    async def claim(self, alliance: int, event: int | str) -> bool:
        """Take an event; True exactly once, however often and by how many it is tried.

        Args:
            alliance: whose event it is.
            event: Discord's id of the message or interaction, or a name that contains it where
                one message makes several events (`"17:edited:<time>"`); 120 characters at most.

        Raises:
            ValueError: the name is too long.
        """
        name = str(event)
        if len(name) > EVENT_LENGTH:
            raise ValueError(f"An event's name has {EVENT_LENGTH} characters at most.")
        async with self._database.writing() as session:
            return await claim(session, alliance, name, self._clock())

    @whole
    async def choose_alliance_for_person_in_direct_messages(
        self, alliance: int, person: int
    ) -> None:
        """Answer a person for this alliance in direct messages; the latest choice holds."""
        values = {"person": person, "alliance": alliance, "chosen": self._clock()}
        async with self._database.writing() as session:
            await session.execute(
                upsert(self._database.dialect, ChoiceRow, values, key=["person"], replace=True)
            )

    @whole
    async def alliance_of_person_in_direct_messages(self, person: int) -> int | None:
        """The alliance a person chose for direct messages; None before a choice."""
        async with self._database.reading() as session:
            row = await session.get(ChoiceRow, person)
            return row.alliance if row else None


async def claim(session: AsyncSession, alliance: int, event: str, now: datetime) -> bool:
    """Take an event within a transaction; True exactly once."""
    values = {"alliance": alliance, "event": event, "claimed": now}
    dialect = session.get_bind().dialect
    statement = upsert(dialect, EventRow, values, key=["alliance", "event"], replace=False)
    return await affected(session, statement) == 1


async def read_settings(session: AsyncSession, alliance: int) -> AllianceSettings:
    """The settings of an alliance within a transaction."""
    row = await session.get(SettingsRow, alliance)
    return value_of(AllianceSettings, row) if row else AllianceSettings()
