"""Delivering notices: each once, also when the program ends in the middle of it.

A notice is sent with a nonce, so that Discord makes it once within minutes; for longer, one that
was tried before is looked for where it would have gone, by the mark it carries. Nobody is
written to in their quiet hours, or once they left the alliance.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter, deque
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
import structlog

from bot.adapters.discord.context import context_of
from bot.adapters.discord.draw import attachments_of, view_of
from bot.adapters.discord.limits import (
    ARCHIVED_THREAD,
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    NO_DIRECT_MESSAGES,
    UNKNOWN_CHANNEL,
    UNKNOWN_MEMBER,
)
from bot.adapters.discord.send import NOBODY, is_passing
from bot.chat.action import mark_of
from bot.chat.flow import Flows
from bot.chat.letters import NOBODY_IN_PERSON, Letter, Undeliverable
from bot.chat.screen import Screen
from bot.core.alliance import NO_ALLIANCE
from bot.core.outbox import Notice
from bot.core.quiet_hours import next_allowed
from bot.outbox.discord_arrival import message_with, text_id_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

LONGEST_REST = timedelta(minutes=1)
"""Until it is looked again, whatever the store says is due next."""

_AT_ONCE, _AT_ONCE_OF_ONE = 8, 4
"""Deliveries under way, of all alliances and of one."""
_BATCH = 50
_LONGEST = 15.0
"""Seconds that one delivery may take before others have their turn."""
_AGAIN = 1.0
"""Seconds until what is still due after it was handled is tried again."""
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(days=1)
_PLACE_GONE = {UNKNOWN_CHANNEL, MISSING_ACCESS, MISSING_PERMISSIONS, ARCHIVED_THREAD}
_log = structlog.get_logger()


def deliver_notices(client: GuideClient) -> None:
    """Deliver what is due, for as long as the client runs."""
    delivery = Delivery(client, client.router.flows)
    client.every(_AGAIN, delivery.run, name="delivery")


class Delivery:
    """Brings notices to people: so many at once, each next one as soon as another is through.

    No alliance takes more than half of the places, and none is held for long by one delivery.
    """

    def __init__(self, client: GuideClient, flows: Flows) -> None:
        self._client = client
        self._services = client.services
        self._store = client.services.store
        self._letters, self._works = flows.letters, flows.works
        self._woken = client.services.due
        self._queue: deque[Notice] = deque()
        self._busy: dict[int, tuple[asyncio.Task[bool], int]] = {}
        self._handled: dict[int, float] = {}

    async def run(self) -> None:
        """Deliver what is due as it comes, until the program is stopped."""
        await self._client.wait_until_ready()
        try:
            while not self._client.stopping:
                await self._wait(await self._begin())
            await asyncio.gather(*(task for task, _ in self._busy.values()))
        finally:
            for task, _ in self._busy.values():
                task.cancel()
            self._busy.clear()

    async def _begin(self) -> float:
        """Begin with what there are places for; how many seconds until it is worth looking again."""
        try:
            while True:
                if not self._queue or self._woken.is_set():
                    self._woken.clear()
                    self._queue = deque(await self._due())
                if (notice := self._next()) is None:
                    break
                task = asyncio.create_task(self._handle(notice), name=f"notice {notice.id}")
                self._busy[notice.id] = (task, notice.alliance)
            if self._busy:
                return LONGEST_REST.total_seconds()
            return (await self._until_next()).total_seconds()
        except Exception:  # noqa: BLE001  (the next time may work)
            _log.exception("delivery_failed")
            return LONGEST_REST.total_seconds()

    async def _due(self) -> list[Notice]:
        """What is due and not under way; what was just handled and is due still has to wait."""
        now = time.monotonic()
        self._handled = {id_: at for id_, at in self._handled.items() if now - at < _AGAIN}
        found = await self._store.outbox.due_notices(_BATCH + len(self._busy) + len(self._handled))
        return [one for one in found if one.id not in self._busy and one.id not in self._handled]

    def _next(self) -> Notice | None:
        """The first that waits whose alliance has a place free, taken from those that wait."""
        if len(self._busy) >= _AT_ONCE:
            return None
        taken = Counter(alliance for _, alliance in self._busy.values())
        for notice in self._queue:
            if taken[notice.alliance] < _AT_ONCE_OF_ONE:
                self._queue.remove(notice)
                return notice
        return None

    async def _wait(self, rest: float) -> None:
        """Wait until one is through, until something may be due, or for so many seconds."""
        woken = asyncio.create_task(self._woken.wait())
        waited_for = {woken, *(task for task, _ in self._busy.values())}
        try:
            await asyncio.wait(waited_for, timeout=rest, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
        for id_, (task, _) in [*self._busy.items()]:
            if task.done():
                del self._busy[id_]
                if not task.result():
                    self._handled[id_] = time.monotonic()

    async def _until_next(self) -> timedelta:
        due = await self._store.outbox.next_due()
        if due is None:
            return LONGEST_REST
        # At least a little: what is due and could not even be put off is no reason to spin.
        return min(max(due - self._services.now(), timedelta(seconds=_AGAIN)), LONGEST_REST)

    async def _handle(self, notice: Notice) -> bool:
        """Deliver a notice, put it off or give it up; False if none of that could be noted."""
        if self._client.stopping:
            return False
        with self._client.in_flight():
            try:
                async with asyncio.timeout(_LONGEST):
                    await self._deliver(notice)
            except Undeliverable as reason:
                return await self._give_up(notice, str(reason))
            except TimeoutError:  # others wait as well; whether it arrived is seen the next time
                _log.warning("notice_put_off", notice=notice.id, kind=notice.kind.value)
                return await self._put_off(notice, _FIRST_PAUSE, failed=False)
            except Exception as error:  # noqa: BLE001  (each for itself)
                return await self._failed(notice, error)
        return True

    async def _deliver(self, notice: Notice) -> None:
        context = context_of(self._client, notice.alliance)
        if (work := self._works.get(notice.kind)) is not None:
            if await self._store.outbox.try_notice(notice.id):
                await work(context, notice)
                await self._store.outbox.notice_sent(notice.id)
            return
        letter = await self._letters[notice.kind](context, notice)
        if letter is None:
            raise Undeliverable("nothing left to say")
        settings = await self._store.people.person_settings(notice.alliance, letter.person)
        now = self._services.now()
        allowed = next_allowed(now, settings.zone, settings.quiet)
        if allowed > now:
            await self._store.outbox.put_off_notice(notice.id, allowed, failed=False)
            return
        if not await self._store.outbox.try_notice(notice.id):
            return
        try:
            message = await self._bring(notice, letter)
        except discord.HTTPException as error:
            if error.code == NO_DIRECT_MESSAGES and letter.refused is not None:
                _log.info("refused", notice=notice.id, kind=notice.kind.value)
                await letter.refused()
                return
            alone = notice.channel is None or letter.person == NOBODY_IN_PERSON
            if alone or error.code not in _PLACE_GONE:
                raise
            _log.info("thread_gone", notice=notice.id, code=error.code)
            message = await self._bring_directly(notice, letter)
        if letter.arrived is not None:
            await letter.arrived(message.channel.id, message.id)
        await self._store.outbox.notice_sent(notice.id)
        _log.info("notice_sent", notice=notice.id, alliance=notice.alliance, kind=notice.kind.value)

    async def _bring(self, notice: Notice, letter: Letter) -> discord.Message:
        where = notice.channel if letter.place is None else await letter.place()
        if where is None:
            return await self._bring_directly(notice, letter)
        self._guild(notice.alliance)
        # An archived thread that isn't locked comes back with the message.
        channel = self._client.get_partial_messageable(where, guild_id=notice.alliance)
        in_channel = letter.in_channel or letter.screen
        return await self._send(notice, letter, channel, in_channel)

    async def _bring_directly(self, notice: Notice, letter: Letter) -> discord.Message:
        person = await self._person(notice.alliance, letter.person)
        direct = person.dm_channel or await person.create_dm()
        return await self._send(notice, letter, direct, letter.screen)

    async def _send(
        self, notice: Notice, letter: Letter, place: discord.abc.Messageable, screen: Screen
    ) -> discord.Message:
        """Send it, unless an earlier try did; the message."""
        if notice.tried is not None:
            mark = letter.mark or mark_of(notice.id)
            if (known := await message_with(place, self._client.user, mark, notice.id)) is not None:
                _log.info("arrived_before", notice=notice.id)
                return known
        view = view_of(screen)
        if not screen.rows:
            view.children[0].id = text_id_of(notice.id)
        return await place.send(
            view=view,
            files=attachments_of(screen),
            allowed_mentions=NOBODY,
            nonce=f"n{notice.id}",
        )

    async def _person(self, alliance: int, person: int) -> discord.User | discord.Member:
        """Whoever gets it, if still there."""
        try:
            if alliance == NO_ALLIANCE:
                return await self._client.fetch_user(person)
            return await self._guild(alliance).fetch_member(person)
        except discord.NotFound as error:
            if error.code == UNKNOWN_MEMBER:
                await self._store.people.mark_away(alliance, person)
            raise Undeliverable("left the alliance") from error

    def _guild(self, alliance: int) -> discord.Guild:
        guild = self._client.get_guild(alliance)
        if guild is None:
            raise Undeliverable("the bot is no longer in the alliance")
        return guild

    async def _failed(self, notice: Notice, error: Exception) -> bool:
        """Try it later, ever more rarely, or give it up."""
        if isinstance(error, discord.HTTPException) and error.code == NO_DIRECT_MESSAGES:
            return await self._give_up(notice, "takes no direct messages")
        pause = _FIRST_PAUSE * 2 ** min(notice.attempts, 20)
        _log.warning(
            "notice_failed",
            notice=notice.id,
            attempts=notice.attempts + 1,
            kind=type(error).__name__,
            exc_info=None if is_passing(error) else error,
        )
        if pause > _LONGEST_PAUSE:
            return await self._give_up(notice, f"failed {notice.attempts + 1} times", tell=True)
        return await self._put_off(notice, pause, failed=True)

    async def _put_off(self, notice: Notice, pause: timedelta, *, failed: bool) -> bool:
        with contextlib.suppress(Exception):  # it stays due then
            until = self._services.now() + pause
            await self._store.outbox.put_off_notice(notice.id, until, failed=failed)
            return True
        return False

    async def _give_up(self, notice: Notice, reason: str, *, tell: bool = False) -> bool:
        _log.info("notice_given_up", notice=notice.id, kind=notice.kind.value, reason=reason)
        with contextlib.suppress(Exception):
            await self._store.outbox.give_up_notice(notice.id, reason, tell=tell)
            return True
        return False
