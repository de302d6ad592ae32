"""What a message asks, read with what stands beside it: forwards, files, replies, its thread."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import discord

from bot.adapters.discord.send import with_retries
from bot.answers.discord_files import FilesRead, read_files
from bot.answers.discord_incoming import own_text
from bot.answers.own_words import (
    as_one_text,
    patience,
    points,
    read_together,
    says_nothing,
    stands_alone,
)
from bot.answers.records import OF_TITLE, Borrowed
from bot.answers.respond import Incoming, MessagePlace, RepliesTo, is_addressed
from bot.core.markup import NAME, clip, question_line

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_MENTION = re.compile(r"<@[!&]?\d+>")
_ABOVE = timedelta(minutes=10)
"""How old the message above may be that pointing words mean."""
_FIRST_OF_THREAD = 3
"""Messages in which a thread's first one is found: Discord's own may stand before it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message asks.

    Attributes:
        text: the question, with what it leans on.
        context: what else it may be read with.
        heading: what to say of how it was read, ready to show.
        lacking: why there is nothing to answer, ready to show; empty where there is something.
        borrowed: what others wrote, and stands in the text.
        settled: it points at what was there before, so nothing more has to come.
        leans: it is to be read with what the same person wrote right before.
    """

    text: str = ""
    context: tuple[str, ...] = ()
    heading: str = ""
    lacking: str = ""
    borrowed: tuple[Borrowed, ...] = ()
    settled: bool = False
    leans: bool = False

    @property
    def pause(self) -> float:
        """Seconds to wait for what may still come."""
        return 0.0 if self.settled or not self.text else patience(self.text)


def taken_together(readings: Mapping[int, Reading]) -> Reading:
    """What several messages ask together; they are in the order of their ids."""
    ordered = [readings[message] for message in sorted(readings)]
    borrowed = (words for one in ordered for words in one.borrowed)
    text = as_one_text([one.text for one in ordered])
    return Reading(
        text=text,
        context=tuple(text for one in ordered for text in one.context),
        heading=" ".join(dict.fromkeys(one.heading for one in ordered if one.heading)),
        lacking="" if text else next((one.lacking for one in ordered if one.lacking), ""),
        borrowed=tuple({(one.message, one.person): one for one in borrowed}.values()),
        settled=ordered[-1].settled,
    )


class Surroundings:
    """Reads what stands beside messages."""

    def __init__(self, client: GuideClient) -> None:
        self._client = client
        self._say = client.services.phrases.say
        self._longest = client.services.limits.question_characters

    async def read(
        self,
        message: discord.Message,
        incoming: Incoming,
        *,
        before: bool = False,
        follows_up: bool = False,
    ) -> Reading:
        """Read a message.

        Args:
            message: what somebody wrote.
            incoming: what matters of it otherwise.
            before: the same person wrote something right before.
            follows_up: it is read with an earlier answer anyhow.
        """
        own = own_text(message, self._client)
        carried = await self._carried(message)
        heading = " ".join(carried.notes)
        if carried.texts:
            reading = self._together(own, "\n\n".join(carried.texts), heading)
            return replace(reading, borrowed=await self._forwarded_of(message))
        if heading and not own:
            return Reading(heading=heading, lacking=self._say("nothing_read", notes=heading))
        if follows_up:
            return Reading(own, heading=heading)
        among_people = is_addressed(incoming) and _is_of_people(message, incoming)
        if before and own and not among_people:
            leans = not stands_alone(own)
            return Reading("" if says_nothing(own) else own, heading=heading, leans=leans)
        if is_addressed(incoming):
            return await self._with_place(message, incoming, own, heading)
        return Reading(own, heading=heading)

    async def _with_place(
        self, message: discord.Message, incoming: Incoming, own: str, heading: str
    ) -> Reading:
        """Read a message for the bot with what it replies to, its thread, or what is above it."""
        if incoming.replies_to is RepliesTo.PERSON:
            return await self._with_replied(message, own, heading)
        if stands_alone(own):
            return Reading(own, heading=heading)
        if isinstance(message.channel, discord.Thread) and _is_of_people(message, incoming):
            return await self._with_thread(message.channel, message, own, heading)
        if own and points(own) and message.guild is not None:
            return await self._with_above(message, own, heading)
        return Reading(own, heading=heading, settled=not own)

    async def _carried(self, message: discord.Message) -> FilesRead:
        """What comes with a message: what is forwarded in it, and its text files."""
        snapshots = message.message_snapshots
        attached = [*message.attachments, *(file for one in snapshots for file in one.attachments)]
        files = await read_files(attached, self._say, self._longest)
        return FilesRead((*forwarded(message), *files.texts), files.notes)

    async def _forwarded_of(self, message: discord.Message) -> tuple[Borrowed, ...]:
        """What is forwarded in a message of somebody else's, where it can be told whose it is."""
        said, reference = forwarded(message), message.reference
        if not said or reference is None or reference.message_id is None:
            return ()
        place = self._client.get_partial_messageable(
            reference.channel_id, guild_id=reference.guild_id
        )
        origin = await self._fetched(place, reference.message_id)
        if origin is None or origin.author.id == message.author.id:
            return ()
        return (Borrowed(origin.id, origin.author.id, "\n\n".join(said)),)

    async def _with_replied(self, message: discord.Message, own: str, heading: str) -> Reading:
        """Read a message with what it replies to, where it doesn't stand by itself."""
        replied = await self._replied(message)
        names = [replied.author.display_name, replied.author.name] if replied else []
        if stands_alone(own, names):
            return Reading(own, heading=heading)
        if replied is None:
            return Reading(lacking=self._say("replied_gone"))
        carried = await self._carried(replied)
        said = as_one_text([_said(replied), *carried.texts])
        heading = " ".join([heading, *carried.notes]).strip()
        if not said:
            words = self._say("replied_empty")
            return Reading(lacking=f"{heading} {words}".strip())
        reading = self._together(own, said, heading, names)
        return self._saying_whose(reading, message, replied, said)

    async def _replied(self, message: discord.Message) -> discord.Message | None:
        """The message that one replies to; None if it is gone or can't be read."""
        reference = message.reference
        if reference is None or reference.message_id is None:
            return None
        if isinstance(reference.resolved, discord.Message):
            return reference.resolved
        if reference.resolved is not None:
            return None
        return await self._fetched(message.channel, reference.message_id)

    async def _with_thread(
        self, thread: discord.Thread, message: discord.Message, own: str, heading: str
    ) -> Reading:
        """Read a message with the title and the first message of its thread."""
        first = await self._first_of(thread)
        said = _said(first) if first is not None else ""
        title = thread.name.removesuffix("…").strip()
        about = said if said.startswith(title) else as_one_text([thread.name, said])
        reading = self._together(own, about, heading)
        if first is not None and first.id != message.id:
            reading = self._saying_whose(reading, message, first, about)
        me = self._client.user
        if thread.owner_id in {message.author.id, first and first.author.id, me and me.id}:
            return reading
        titled = Borrowed(OF_TITLE, thread.owner_id, title)
        return replace(reading, borrowed=(*reading.borrowed, titled))

    async def _first_of(self, thread: discord.Thread) -> discord.Message | None:
        """A thread's first message, also where it stands in the channel; None if it is gone."""
        try:
            async for first in thread.history(limit=_FIRST_OF_THREAD, oldest_first=True):
                if first.type is discord.MessageType.thread_starter_message:
                    opened = first.reference.resolved if first.reference else None
                    return opened if isinstance(opened, discord.Message) else None
                if not first.is_system():
                    return first
        except discord.HTTPException:
            return None
        return None

    async def _with_above(self, message: discord.Message, own: str, heading: str) -> Reading:
        """Read a message that points at the one above it."""
        try:
            above = [one async for one in message.channel.history(limit=1, before=message)]
        except discord.HTTPException:
            above = []
        for one in above:
            recent = message.created_at - one.created_at <= _ABOVE
            said = _said(one)
            if said and recent and not one.author.bot and not one.is_system():
                reading = self._together(own, said, heading)
                return self._saying_whose(reading, message, one, said)
        return Reading(own, heading=heading)

    def _saying_whose(
        self, reading: Reading, message: discord.Message, other: discord.Message, said: str
    ) -> Reading:
        """A reading that says whose words are answered, where they are somebody else's."""
        if other.author.id == message.author.id:
            return reading
        name = clip(other.author.display_name, NAME)
        whose = self._say("answers_for", name=name, said=question_line(said))
        return replace(
            reading,
            heading=f"{whose} {reading.heading}".strip(),
            borrowed=(Borrowed(other.id, other.author.id, said),),
        )

    async def _fetched(
        self, channel: discord.abc.Messageable, message: int
    ) -> discord.Message | None:
        try:
            return await with_retries(lambda: channel.fetch_message(message))
        except discord.HTTPException:
            return None

    def _together(
        self, own: str, beside: str, heading: str, names: Collection[str] = ()
    ) -> Reading:
        if stands_alone(own, names):
            return Reading(own, (beside,), heading, settled=True)
        text = read_together(own, beside, self._longest, names)
        return Reading(text, heading=heading, settled=True)


def _is_of_people(message: discord.Message, incoming: Incoming) -> bool:
    """Whether a message points at what people wrote: in reply to it, or in a thread of theirs."""
    in_thread = isinstance(message.channel, discord.Thread)
    here = in_thread and incoming.where is MessagePlace.ELSEWHERE
    return here or incoming.replies_to is RepliesTo.PERSON


def forwarded(message: discord.Message) -> list[str]:
    """What is forwarded in a message."""
    return [text for text in map(_said, message.message_snapshots) if text]


def _said(message: discord.Message | discord.MessageSnapshot) -> str:
    """What a message says; where it has only embeds, what they say."""
    text = " ".join(_MENTION.sub(" ", message.content).split(" ")).strip()
    return text or _embedded(message.embeds)


def _embedded(embeds: Sequence[discord.Embed]) -> str:
    texts = (text for one in embeds for text in (one.title, one.description))
    return "\n".join(text for text in texts if text)
