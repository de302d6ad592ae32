"""Settings and channels of an alliance, events it has seen, and choices for direct messages."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Unpack

from sqlalchemy import delete, select

from bot.alliances.records import AllianceSettings, ChannelPurpose, PurposeChannel, SettingsChanges
from bot.alliances.tables import EVENT_LENGTH, ChannelRow, ChoiceRow, EventRow, SettingsRow
from bot.database.part import StorePart, value_of
from bot.database.session import StoreSession


class AllianceStore(StorePart):
    """What belongs to an alliance as such."""

    async def settings(self, alliance: int) -> AllianceSettings:
        """The settings; the defaults where nothing was configured."""
        async with self._database.reading(alliance) as session:
            return await settings_of(session)

    async def change_settings(
        self, alliance: int, **changes: Unpack[SettingsChanges]
    ) -> AllianceSettings:
        """Change some settings and return all; two changes at once both hold.

        Raises:
            ValueError: the retention is out of bounds.
        """
        async with self._database.writing(alliance) as session:
            changed = replace(await settings_of(session), **changes)
            await session.upsert(SettingsRow, asdict(changed), replace=True)
            return changed

    async def add_channel(self, alliance: int, channel: int, purpose: ChannelPurpose) -> bool:
        """Give a channel a purpose; False if it has it already."""
        values = {"channel": channel, "purpose": purpose.value}
        async with self._database.writing(alliance) as session:
            return await session.upsert(ChannelRow, values, replace=False) > 0

    async def remove_channel(
        self, alliance: int, channel: int, purpose: ChannelPurpose | None = None
    ) -> bool:
        """Take a purpose, or without one all of them, from a channel; False if it had none."""
        statement = delete(ChannelRow).where(ChannelRow.channel == channel)
        if purpose is not None:
            statement = statement.where(ChannelRow.purpose == purpose.value)
        return await self._change(alliance, statement)

    async def channels(
        self, alliance: int, purpose: ChannelPurpose | None = None
    ) -> tuple[PurposeChannel, ...]:
        """The channels that have a purpose, or have this one, in the order of their ids."""
        query = select(ChannelRow)
        if purpose is not None:
            query = query.where(ChannelRow.purpose == purpose.value)
        query = query.order_by(ChannelRow.channel, ChannelRow.purpose)
        async with self._database.reading(alliance) as session:
            return tuple(
                PurposeChannel(row.channel, ChannelPurpose(row.purpose))
                for row in await session.scalars(query)
            )

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
        async with self._database.writing(alliance) as session:
            return await claim_event(session, name, self._clock())

    async def choose_alliance_for_person_in_direct_messages(
        self, alliance: int, person: int
    ) -> None:
        """Answer a person for this alliance in direct messages; the latest choice holds."""
        values = {"person": person, "chosen": self._clock()}
        async with self._database.writing(alliance) as session:
            await session.upsert(ChoiceRow, values, replace=True)

    async def alliance_of_person_in_direct_messages(self, person: int) -> int | None:
        """The alliance a person chose for direct messages; None before a choice."""
        async with self._database.reading_everywhere() as session:
            row = await session.get(ChoiceRow, person)
            return row.alliance if row else None


async def claim_event(session: StoreSession, event: str, now: datetime) -> bool:
    """Take an event within a transaction; True exactly once."""
    values = {"event": event, "claimed": now}
    return await session.upsert(EventRow, values, replace=False) == 1


async def settings_of(session: StoreSession) -> AllianceSettings:
    """The settings of an alliance within a transaction."""
    row = await session.get(SettingsRow, session.alliance)
    return value_of(AllianceSettings, row) if row else AllianceSettings()


async def channel_for(session: StoreSession, purpose: ChannelPurpose) -> int | None:
    """The channel of an alliance for what the bot says by itself; None where there is none."""
    query = select(ChannelRow.channel).where(ChannelRow.purpose == purpose.value)
    return await session.scalar(query.order_by(ChannelRow.channel).limit(1))
