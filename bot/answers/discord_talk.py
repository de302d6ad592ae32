"""What one person writes in one place within seconds: one thought, perhaps in several messages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import discord

from bot.answers.discord_beside import Reading, taken_together
from bot.answers.find_answer import Asked
from bot.core.errors import EmptyQuestion, Refused, WordlessQuestion

TOGETHER = timedelta(seconds=12)
"""Within how long after the last one a message may belong to those before it."""
EXPECTED = timedelta(minutes=5)
"""How long somebody who was asked to type a question is heard without being asked again."""
REMEMBERED = timedelta(minutes=2)
"""How long it is known which messages were answered together."""
_MOST_PARTS = 20


@dataclass(slots=True, eq=False)
class Flight:
    """A question that is being answered, or was.

    Attributes:
        message: what is replied to.
        base: what is known of it beside what it says.
        readings: what its messages say by now, by their ids.
        answered: the question as it read when its answer was sought.
        deleted: it needs no answer any more.
        over: what becomes of its messages from now on is no longer noticed.
        error: why it got no answer.
        shown: the message that becomes the answer, where there is one already.
    """

    message: discord.Message
    base: Asked
    readings: dict[int, Reading]
    answered: Asked | None = None
    deleted: bool = False
    over: bool = False
    error: Exception | None = None
    shown: discord.Message | None = None
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def reading(self) -> Reading:
        """What its messages ask together."""
        return taken_together(self.readings)

    @property
    def asked(self) -> Asked:
        """The question as it reads now."""
        reading = self.reading
        return replace(
            self.base,
            text=reading.text,
            context=reading.context,
            heading=reading.heading,
            lacking=reading.lacking,
            borrowed=reading.borrowed,
        )

    @property
    def refused(self) -> bool:
        """Whether it could not be read as a question, so that one was asked for."""
        refusals = (EmptyQuestion, WordlessQuestion, Refused)
        return self.over and isinstance(self.error, refusals)

    @property
    def current(self) -> bool:
        """Whether its answer is to the question as it reads now."""
        return self.answered == self.asked

    def read(self, message: int, reading: Reading) -> None:
        """One of its messages, or one more, says this now."""
        self.readings[message] = reading
        self._more.set()

    def drop(self, message: int) -> None:
        """One of its messages is gone; with the one that is replied to everything is."""
        if message == self.message.id:
            self.deleted = True
        elif self.readings.pop(message, None) is not None:
            self._more.set()

    async def listen(self, pause: Callable[[float], Awaitable[object]]) -> None:
        """Wait for as long as what it says looks as if more were coming."""
        while not self.deleted and (seconds := self.reading.pause):
            self._more.clear()
            waiting = asyncio.ensure_future(pause(seconds))
            more = asyncio.ensure_future(self._more.wait())
            try:
                await asyncio.wait({waiting, more}, return_when=asyncio.FIRST_COMPLETED)
                if not self._more.is_set():
                    return
            finally:
                waiting.cancel()
                more.cancel()


@dataclass(slots=True)
class Talk:
    """What somebody wrote last in one place.

    Attributes:
        last: when the last of it was written.
        flight: the question it was taken as; None where it was nothing for the bot.
        readings: what was nothing for the bot.
    """

    last: datetime
    flight: Flight | None = None
    readings: dict[int, Reading] = field(default_factory=dict)

    @property
    def before(self) -> Mapping[int, Reading]:
        """What a question that comes next may be read with."""
        readings = self.readings
        if self.flight is not None:
            readings = self.flight.readings if self.flight.refused else {}
        return {message: reading for message, reading in readings.items() if reading.text}


class Talks:
    """Remembers for a short while who wrote what where, oldest first; nothing of it is kept."""

    def __init__(self) -> None:
        self._talks: dict[tuple[int, int], Talk] = {}
        self._flights: dict[int, tuple[datetime, Flight]] = {}
        self._expected: dict[tuple[int, int], datetime] = {}

    def near(self, message: discord.Message) -> Talk | None:
        """What its author wrote right before a message, in the same place."""
        talk = self._talks.get(_place(message))
        if talk is None or message.created_at - talk.last > TOGETHER:
            return None
        return talk

    def overheard(self, message: discord.Message, reading: Reading) -> None:
        """A message was nothing for the bot."""
        near = self.near(message)
        readings = near.readings if near is not None and near.flight is None else {}
        if len(readings) < _MOST_PARTS or message.id in readings:
            readings[message.id] = reading
        self._note(message, Talk(message.created_at, None, readings))

    def taken(self, message: discord.Message, flight: Flight) -> None:
        """A message was taken as a question, or as a part of one."""
        self._note(message, Talk(message.created_at, flight))
        for part in flight.readings:
            self._flights.pop(part, None)
            self._flights[part] = (message.created_at, flight)

    def flight_of(self, message: int) -> Flight | None:
        """The question that a message is a part of, as far as that is still known."""
        known = self._flights.get(message)
        return known[1] if known is not None else None

    def expect(self, message: discord.Message) -> None:
        """Whoever wrote this was asked to type a question here."""
        self._expected[_place(message)] = message.created_at

    def expects(self, message: discord.Message) -> bool:
        """Whether a message may be the question that somebody was asked to type."""
        asked = self._expected.get(_place(message))
        return asked is not None and message.created_at - asked <= EXPECTED

    def expect_no_more(self, message: discord.Message) -> None:
        """The question came."""
        self._expected.pop(_place(message), None)

    def _note(self, message: discord.Message, talk: Talk) -> None:
        place, now = _place(message), message.created_at
        self._talks.pop(place, None)
        self._talks[place] = talk
        while (oldest := next(iter(self._talks))) != place and (
            now - self._talks[oldest].last > TOGETHER
        ):
            del self._talks[oldest]
        for part, (written, _) in list(self._flights.items()):
            if now - written <= REMEMBERED:
                break
            del self._flights[part]
        for where, asked in list(self._expected.items()):
            if now - asked > EXPECTED:
                del self._expected[where]


def _place(message: discord.Message) -> tuple[int, int]:
    return message.channel.id, message.author.id
