"""What Discord does for a flow that was begun by words in a message: answers are replies to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import discord

from bot.adapters.discord.draw import attachments_of, view_of
from bot.adapters.discord.send import NOBODY, Interaction, replace, reply, with_retries
from bot.adapters.discord.surface import DiscordSurface
from bot.chat.screen import Form, Screen

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message in the place of an interaction: nothing on it was pressed."""

    said: discord.Message
    message: None = None

    @property
    def id(self) -> int:
        """Of the message."""
        return self.said.id

    @property
    def user(self) -> discord.User | discord.Member:
        """Who wrote it."""
        return self.said.author

    @property
    def guild(self) -> discord.Guild | None:
        """Where it was written; None directly."""
        return self.said.guild

    @property
    def guild_id(self) -> int | None:
        """The id of that."""
        return self.said.guild.id if self.said.guild else None

    @property
    def channel(self) -> discord.abc.MessageableChannel:
        """The channel or thread."""
        return self.said.channel

    @property
    def channel_id(self) -> int:
        """The id of that."""
        return self.said.channel.id

    @property
    def permissions(self) -> discord.Permissions:
        """What whoever wrote it may do there."""
        return self._of(self.said.author)

    @property
    def app_permissions(self) -> discord.Permissions:
        """What the bot may do there."""
        return self._of(self.said.guild.me if self.said.guild else None)

    def _of(self, person: discord.User | discord.Member | None) -> discord.Permissions:
        channel = self.said.channel
        if not isinstance(person, discord.Member) or isinstance(channel, discord.DMChannel):
            return discord.Permissions.none()
        return channel.permissions_for(person)


class MessageSurface(DiscordSurface):
    """A message that does what a button does.

    Args:
        client: the connection.
        said: the message.
        target: the message that the button is on; it changes as if that had been pressed, where
            nothing is left to press.
        lead: stands above the answer.
    """

    def __init__(
        self,
        client: GuideClient,
        said: discord.Message,
        target: discord.Message | None = None,
        lead: str = "",
    ) -> None:
        super().__init__(client, cast("Interaction", Spoken(said)), update=False, private=True)
        self._said = said
        self._target = target
        self._lead = lead
        self._shown: discord.Message | None = None

    async def acknowledge(self) -> None:
        """Do nothing: a message needs no acknowledgement."""

    async def settle(self, shown: Screen | Form | None) -> None:
        """Show what a flow returned, and on the message that it is about that it is settled."""
        if not isinstance(shown, Screen):
            return
        await self.show(shown)
        if self._target is not None and not shown.rows:
            await replace(self._target, view_of(shown))

    async def show(self, screen: Screen) -> int:
        """Reply with a screen, or replace what was replied with; the id of the message."""
        view = view_of(Screen(self._lead, *screen.blocks, rows=screen.rows))
        if self._shown is None:
            self._shown = await reply(self._said, view, f"a{self._said.id}")
        else:
            await replace(self._shown, view)
        return self._shown.id

    async def beside(self, screen: Screen) -> None:
        """Write to whoever wrote, directly."""
        person = self._said.author
        await with_retries(
            lambda: person.send(
                view=view_of(screen), files=attachments_of(screen), allowed_mentions=NOBODY
            )
        )

    async def refuse(self, screen: Screen) -> None:
        """Say why not."""
        await self.show(screen)
