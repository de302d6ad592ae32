"""What a flow gets: who asks, in which alliance and place, and what it may work with."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.action import NoticeMark
from bot.chat.screen import Screen
from bot.core.models import Library
from bot.services import Services
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is used.

    Attributes:
        channel: the channel, or a thread's parent.
        thread: the thread; direct messages are both.
        direct: nobody else is there.
        message: what was pressed, 0 where nothing was; `own` if only whoever pressed sees it.
        source: the message or interaction that asks; unique.
        notice: the one that what was pressed was delivered for; None for none.
    """

    channel: int
    thread: int | None = None
    direct: bool = False
    message: int = 0
    own: bool = False
    source: int = 0
    notice: NoticeMark | None = None

    @property
    def here(self) -> int:
        """The thread, or the channel where it is none."""
        return self.thread or self.channel


class NotPosted(Exception):
    """A screen was surely not posted; `__cause__` says why."""


class MessageGone(Exception):
    """What a screen was to take the place of is no longer there."""


class Surface(Protocol):
    """What an adapter does for a flow that is under way."""

    @property
    def room(self) -> int:
        """Characters of one screen."""

    @property
    def introduction(self) -> str:
        """What the guide is, and how it is asked here."""

    @property
    def commands(self) -> Sequence[str]:
        """The full names of the commands there are here."""

    async def acknowledge(self) -> None:
        """Let whoever asks know that it is done, before what may take long; a form can't follow."""

    async def show(self, screen: Screen) -> int:
        """Show a screen where the answer stands, also again; the id of its message.

        Raises:
            MessageGone: it was to stand in place of what was pressed, which was deleted.
        """

    async def beside(self, screen: Screen) -> None:
        """Show a screen in a message of its own, to whoever asks alone."""

    async def post(
        self, screen: Screen, place: int | None, once: str, *, asked: bool = True
    ) -> int:
        """Post a screen for all: here, or in another channel or thread; once however often tried.

        Args:
            screen: what is posted.
            place: the channel or thread; None for here.
            once: tells it from everything else that is posted.
            asked: whoever asks wants it there, and so has to be allowed to write there; else the
                bot goes on with what it began there.

        Raises:
            Refused: whoever asks, or the bot, may not; with what hinders.
            NotPosted: it was refused, and may be tried again.
        """

    async def may_write_in_threads(self, channel: int) -> bool:
        """Whether whoever asks may write in the threads of a channel."""

    async def replace(self, screen: Screen, thread: int, message: int) -> None:
        """Replace what a message in a thread shows; raises MessageGone as `show` does."""

    async def require_post(
        self, place: int | None, *, files: bool = False, asked: bool = True
    ) -> None:
        """Make sure that `post` will work; raises as it does."""

    async def lacking(self, channel: int) -> str | None:
        """The permissions that the bot lacks to post in a channel of the alliance, in words.

        Empty if it lacks none; None where there is no such channel.
        """

    async def require_thread(self) -> None:
        """Make sure that a thread can be had here.

        Raises:
            Refused: there is no way to, or somebody may not.
        """

    async def open_thread(self, name: str) -> int:
        """The thread here, or a new one of that name; raises as `require_thread` does."""

    async def has_thread(self, thread: int) -> bool:
        """Whether a thread is still there."""

    async def have_same_readers(self, threads: tuple[int, int]) -> bool:
        """Whether whoever may read one thread may surely read the other."""

    async def is_steward(self) -> bool:
        """Whether whoever asks is a steward of the alliance."""

    async def is_member(self, person: int) -> bool:
        """Whether somebody belongs to the alliance."""

    async def tell(self, person: int, screen: Screen, once: str) -> bool:
        """Write to somebody about what has happened anyhow; whether it reached them."""

    async def has_role(self, role: int) -> bool | None:
        """Whether whoever asks has a role; None where there is no such role."""


@dataclass(frozen=True, slots=True)
class Context:
    """What flows, and those who write letters, work with in one alliance.

    Attributes:
        alliance_name: as people know it, not escaped; empty where it can't be told.
        room: characters of one screen.
    """

    services: Services
    alliance: int
    alliance_name: str
    room: int

    def say(self, phrase: str, /, **variables: object) -> str:
        """The words of a phrase."""
        return self.services.phrases.say(phrase, **variables)

    @property
    def store(self) -> Store:
        """What is kept."""
        return self.services.store

    @property
    def library(self) -> Library:
        """The shared library."""
        return self.services.library

    @property
    def now(self) -> datetime:
        """The time, aware and in UTC."""
        return self.services.now()

    def alone(self, about: Hashable) -> AbstractAsyncContextManager[None]:
        """Wait for one's turn at something, and keep it inside."""
        return self.services.locks.at(about)


@dataclass(frozen=True, slots=True)
class Turn(Context):
    """What a flow gets.

    Attributes:
        person: who asks; `name` is what others see.
        surface: the adapter, for what can't be said by returning a screen.
    """

    person: int
    name: str
    place: Place
    surface: Surface

    async def show(self, screen: Screen) -> int:
        """Show a screen now; what is returned at the end takes its place.

        What was pressed may be gone: then it is shown to whoever pressed it alone, and 0 is returned.
        """
        try:
            return await self.surface.show(screen)
        except MessageGone:
            await self.surface.beside(screen.below(self.say("message_gone")))
            return 0

    async def show_all(self, screens: Sequence[Screen]) -> None:
        """Show the first screen where the answer stands, and the others below it."""
        first, *more = screens
        await self.show(first)
        for screen in more:
            await self.beside(screen)

    async def beside(self, screen: Screen | str) -> None:
        """Tell whoever asks something in a message of its own, which nobody else sees."""
        await self.surface.beside(screen if isinstance(screen, Screen) else Screen(screen))

    async def claim(self, event: str) -> bool:
        """Take something that must happen once; True exactly once."""
        return await self.store.alliances.claim(self.alliance, event)

    async def is_steward(self) -> bool:
        """Whether whoever asks is a steward of the alliance."""
        return await self.surface.is_steward()
