"""What Discord does for a flow that is under way: acknowledge, show, post, look at permissions."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
import structlog
from discord import app_commands

from bot.adapters.discord.draw import ROOM, attachments_of, modal_of, view_of
from bot.adapters.discord.limits import (
    ALREADY_ACKNOWLEDGED,
    ATTACHMENT_BYTES,
    MISSING_PERMISSIONS,
    NONCE,
    THREAD_NAME,
    UNKNOWN_MESSAGE,
)
from bot.adapters.discord.permissions import missing_permissions, named
from bot.adapters.discord.send import (
    ACKNOWLEDGED_WITHIN,
    NOBODY,
    Interaction,
    is_passing,
    replace,
    with_retries,
)
from bot.chat.screen import Button, Form, Screen
from bot.chat.turn import MessageGone, NotPosted
from bot.core.errors import Refused
from bot.core.markup import one_line, shorten

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

PostPlace = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
"""Where something can be posted for all to see."""
_CREATE = "create_public_threads"
_log = structlog.get_logger()


class DiscordSurface:
    """One interaction.

    Args:
        client: the connection.
        interaction: what is answered.
        update: the answer takes the place of the message that was pressed.
        private: else: the message that is the answer is seen by whoever asks alone.
    """

    def __init__(
        self, client: GuideClient, interaction: Interaction, *, update: bool, private: bool
    ) -> None:
        self.client = client
        self.interaction = interaction
        self._update = update
        self._private = private
        self._files = False
        self._acknowledged = False
        self._acknowledging = asyncio.Lock()

    @property
    def room(self) -> int:
        """Characters of one screen."""
        return ROOM

    @property
    def introduction(self) -> str:
        """What the guide is, and how it is asked on Discord."""
        me = self.client.user
        return self.client.services.phrases.say("help_lead", name=me.display_name if me else "")

    @property
    def commands(self) -> Sequence[str]:
        """The full names of all commands."""
        return [
            command.qualified_name
            for command in self.client.tree.walk_commands()
            if isinstance(command, app_commands.Command)
        ]

    # -- answering -------------------------------------------------------------------------------

    async def acknowledge(self) -> None:
        """Tell Discord that an answer comes; once."""

        async def defer() -> None:
            if self._answered:
                return
            response = self.interaction.response
            try:
                if self._update:
                    await response.defer()
                else:
                    await response.defer(ephemeral=self._private, thinking=True)
            except discord.HTTPException as error:
                if error.code != ALREADY_ACKNOWLEDGED:
                    raise

        async with self._acknowledging:
            await with_retries(defer, seconds=ACKNOWLEDGED_WITHIN)
            self._acknowledged = True

    @property
    def _answered(self) -> bool:
        return self._acknowledged or self.interaction.response.is_done()

    async def finish(self, shown: Screen | Form | None, pressed: Button | None) -> None:
        """Show what a flow returned; a form that comes too late is offered again."""
        if isinstance(shown, Form):
            if not self._answered:
                await self.interaction.response.send_modal(modal_of(shown))
                return
            again = shown.again or pressed
            words = self.client.services.phrases.say("form_late")
            await self.beside(Screen(words, rows=[[again]] if again else ()))
        elif shown is not None:
            try:
                await self.show(shown)
            except MessageGone:
                await self.beside(shown.below(self.client.services.phrases.say("message_gone")))
        else:
            await self.acknowledge()

    async def show(self, screen: Screen) -> int:
        """Put a screen where the answer stands; the id of the message."""
        if any(len(file.data) > ATTACHMENT_BYTES for file in screen.files):
            raise Refused(self.client.services.phrases.say("file_too_large"))
        await self.acknowledge()
        # Without files the argument is left out: only where some were shown they have to go.
        replaced = bool(screen.files) or self._files
        self._files = bool(screen.files)

        async def fill() -> discord.InteractionMessage:
            if replaced:
                return await self.interaction.edit_original_response(
                    view=view_of(screen),
                    attachments=attachments_of(screen),
                    allowed_mentions=NOBODY,
                )
            return await self.interaction.edit_original_response(
                view=view_of(screen), allowed_mentions=NOBODY
            )

        try:
            async with self.client.telling:
                return (await with_retries(fill)).id
        except discord.NotFound as error:
            if error.code == UNKNOWN_MESSAGE and self._update:
                raise MessageGone from error
            raise

    async def beside(self, screen: Screen) -> None:
        """Show a screen in a private message of its own."""
        await self.acknowledge()
        # Not tried again: Discord has no way to tell whether it was made.
        await self.interaction.followup.send(
            view=view_of(screen),
            files=attachments_of(screen),
            ephemeral=True,
            allowed_mentions=NOBODY,
        )

    async def refuse(self, screen: Screen) -> None:
        """Say why not, privately: beside what was pressed, else where the answer stands."""
        if not self._answered:
            await self.interaction.response.send_message(
                view=view_of(screen), ephemeral=True, allowed_mentions=NOBODY
            )
        elif self._update:
            await self.beside(screen)
        else:
            await self.show(screen)

    # -- posting ---------------------------------------------------------------------------------

    async def post(
        self, screen: Screen, place: int | None, once: str, *, asked: bool = True
    ) -> int:
        """Post a screen for all: here, or in another channel or thread."""
        await self.require_post(place, files=bool(screen.files), asked=asked)
        channel = await self._channel(place)
        assert channel is not None
        try:
            sent = await with_retries(
                lambda: channel.send(
                    view=view_of(screen),
                    files=attachments_of(screen),
                    allowed_mentions=NOBODY,
                    nonce=once[:NONCE],
                )
            )
        except discord.HTTPException as error:
            if is_passing(error):  # it may stand there after all
                raise
            raise NotPosted from error
        return sent.id

    async def require_post(
        self, place: int | None, *, files: bool = False, asked: bool = True
    ) -> None:
        """Make sure that whoever asks, and the bot, may post here, or in another place."""
        say = self.client.services.phrases.say
        channel = await self._channel(place)
        person = self.interaction.user
        if channel is None or not isinstance(person, discord.Member):
            raise Refused(say("stale_button"))
        in_thread = isinstance(channel, discord.Thread)
        here = channel.id == self.interaction.channel_id
        may = self.interaction.permissions if here else channel.permissions_for(person)
        if asked and not (may.send_messages_in_threads if in_thread else may.send_messages):
            raise Refused(say("share_refused"))
        app = self.interaction.app_permissions
        has = app if here else channel.permissions_for(channel.guild.me)
        missing = missing_permissions(has, in_thread=in_thread)
        missing += ["attach_files"] if files and not has.attach_files else []
        if missing:
            words = say("share_forbidden", permissions=named(missing), channel=channel.mention)
            raise Refused(words)

    async def lacking(self, channel: int) -> str | None:
        """The permissions that the bot lacks to post in a channel of the alliance, in words."""
        found = self.client.get_channel(channel)
        if not isinstance(found, discord.TextChannel | discord.ForumChannel):
            return None
        has = found.permissions_for(found.guild.me)
        forum = isinstance(found, discord.ForumChannel)
        return named(missing_permissions(has, in_thread=forum))

    async def may_write_in_threads(self, channel: int) -> bool:
        """Whether whoever asks may write in the threads of a channel, also from elsewhere."""
        if channel == self.interaction.channel_id:
            return self.interaction.permissions.send_messages_in_threads
        found, person = self.client.get_channel(channel), self.interaction.user
        if not isinstance(found, discord.TextChannel):
            return True  # that it is gone is told otherwise
        if not isinstance(person, discord.Member):
            person = await with_retries(lambda: found.guild.fetch_member(person.id))
        has = found.permissions_for(person)
        return has.view_channel and has.send_messages_in_threads

    async def replace(self, screen: Screen, thread: int, message: int) -> None:
        """Replace what a message of the bot in a thread shows."""
        channel = await self._channel(thread)
        if channel is not None:
            shown = channel.get_partial_message(message)
            try:
                await replace(shown, view_of(screen))
            except discord.NotFound as error:
                raise MessageGone from error

    async def _channel(self, place: int | None) -> PostPlace | None:
        """A place by its id, or the one here; None if nothing can be posted there, or it is gone."""
        if place is None or place == self.interaction.channel_id:
            here = self.interaction.channel
            return here if isinstance(here, PostPlace) else None
        channel = self.client.get_channel(place)
        if channel is None:
            try:
                channel = await with_retries(lambda: self.client.fetch_channel(place))
            except (discord.NotFound, discord.Forbidden):
                return None
        return channel if isinstance(channel, PostPlace) else None

    # -- threads ---------------------------------------------------------------------------------

    async def require_thread(self) -> None:
        """Make sure that there is a thread here, or that one can be opened."""
        say = self.client.services.phrases.say
        channel = self.interaction.channel
        if not isinstance(channel, (discord.TextChannel, discord.Thread)):
            raise Refused(say("team_needs_channel"))
        in_thread = isinstance(channel, discord.Thread)
        may = self.interaction.permissions
        if not (may.send_messages_in_threads if in_thread else may.create_public_threads):
            raise Refused(say("team_refused"))
        has = self.interaction.app_permissions
        missing = missing_permissions(has, in_thread=True)
        if not in_thread and not has.create_public_threads:
            missing.append(_CREATE)
        if missing:
            raise Refused(say("team_forbidden", permissions=named(missing)))

    async def open_thread(self, name: str) -> int:
        """The thread here, or a new one."""
        await self.require_thread()
        channel = self.interaction.channel
        if not isinstance(channel, discord.TextChannel):
            return self.interaction.channel_id or 0
        try:
            opened = await channel.create_thread(
                name=shorten(one_line(name), THREAD_NAME), type=discord.ChannelType.public_thread
            )
        except discord.Forbidden as error:
            if error.code != MISSING_PERMISSIONS:
                raise
            words = self.client.services.phrases.say("team_forbidden", permissions=named([_CREATE]))
            raise Refused(words) from error
        return opened.id

    async def has_thread(self, thread: int) -> bool:
        """Whether a thread is still there."""
        return isinstance(await self._channel(thread), discord.Thread)

    async def have_same_readers(self, threads: tuple[int, int]) -> bool:
        """Whether two threads are one, or both open to all who read the same channel."""
        here, there = [await self._channel(thread) for thread in threads]
        if not isinstance(here, discord.Thread) or not isinstance(there, discord.Thread):
            return False
        public = here.type is there.type is discord.ChannelType.public_thread
        return here.id == there.id or (public and here.parent_id == there.parent_id)

    # -- people --------------------------------------------------------------------------------

    async def is_steward(self) -> bool:
        """Whether whoever asks may manage the server, or has the steward role of its alliance."""
        guild, person = self.interaction.guild_id, self.interaction.user
        if guild is None or not isinstance(person, discord.Member):
            return False
        if self.interaction.permissions.manage_guild:
            return True
        role = (await self.client.services.store.alliances.settings(guild)).steward_role
        return role is not None and person.get_role(role) is not None

    async def is_member(self, person: int) -> bool:
        """Whether somebody is in this server now."""
        guild = self.interaction.guild
        if guild is None:
            return False
        try:
            await with_retries(lambda: guild.fetch_member(person))
        except discord.NotFound:
            return False
        return True

    async def tell(self, person: int, screen: Screen, once: str) -> bool:
        """Write to somebody directly about what has happened anyhow; whether it reached them."""
        try:
            direct = await with_retries(lambda: self.client.create_dm(discord.Object(person)))
            await with_retries(
                lambda: direct.send(
                    view=view_of(screen), allowed_mentions=NOBODY, nonce=once[:NONCE]
                )
            )
        except Exception as problem:
            if not isinstance(problem, discord.HTTPException) and not is_passing(problem):
                raise
            _log.warning("not_told", kind=type(problem).__name__)
            return False
        return True

    async def has_role(self, role: int) -> bool | None:
        """Whether whoever asks has a role; None where there is no such role."""
        guild, person = self.interaction.guild, self.interaction.user
        if guild is None or guild.get_role(role) is None or not isinstance(person, discord.Member):
            return None
        return person.get_role(role) is not None
