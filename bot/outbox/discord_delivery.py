"""Delivering notices: each once, also when the program ends in the middle of it.

A notice is sent with a nonce, so that Discord makes it once within minutes; for longer, one that
was tried before is looked for where it would have gone, by the mark it carries. Nobody is
written to in their quiet hours, or once they left the alliance.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord
import structlog

from bot.adapters.discord.context import context_of
from bot.adapters.discord.draw import attachments_of, view_of
from bot.adapters.discord.limits import (
    ARCHIVED_THREAD,
    COMPONENTS_V2_TOTAL,
    HISTORY_PAGE,
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    NO_DIRECT_MESSAGES,
    UNKNOWN_CHANNEL,
)
from bot.adapters.discord.send import NOBODY, is_passing
from bot.chat.action import mark_of
from bot.chat.flow import Flows
from bot.chat.letters import NOBODY_IN_PERSON, Letter, Undeliverable
from bot.chat.screen import Screen
from bot.core.alliance import NO_ALLIANCE
from bot.core.outbox import Notice
from bot.core.quiet_hours import next_allowed

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

LONGEST_REST = timedelta(minutes=1)
"""Until it is looked again, whatever the store says is due next."""

_AT_ONCE = 8
_BATCH = 50
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(days=1)
_LOOKED_THROUGH = 3 * HISTORY_PAGE
_PLACE_GONE = {UNKNOWN_CHANNEL, MISSING_ACCESS, MISSING_PERMISSIONS, ARCHIVED_THREAD}
_log = structlog.get_logger()


def deliver_notices(client: GuideClient) -> None:
    """Deliver what is due, for as long as the client runs."""
    delivery = Delivery(client, client.router.flows)
    client.every(0, delivery.go_round, name="delivery")


class Delivery:
    """Brings notices to people."""

    def __init__(self, client: GuideClient, flows: Flows) -> None:
        self._client = client
        self._services = client.services
        self._store = client.services.store
        self._letters, self._works = flows.letters, flows.works
        self._woken = client.services.due
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def go_round(self) -> None:
        """Deliver what is due, then wait until something may be."""
        await self._client.wait_until_ready()
        rest = LONGEST_REST
        try:
            await self.deliver_due()
            rest = await self._until_next()
        except Exception:  # noqa: BLE001  (the next time may work)
            _log.exception("delivery_failed")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(rest.total_seconds()):
                await self._woken.wait()
        self._woken.clear()

    async def deliver_due(self) -> int:
        """Deliver what is due now, also what that brings about; how many notices that were."""
        seen: set[int] = set()
        while not self._client.stopping:
            due = [
                one for one in await self._store.outbox.due_notices(_BATCH) if one.id not in seen
            ]
            if not due:
                break
            seen |= {one.id for one in due}
            await asyncio.gather(*(self._handle(notice) for notice in due))
        return len(seen)

    async def _until_next(self) -> timedelta:
        due = await self._store.outbox.next_due()
        if due is None:
            return LONGEST_REST
        # At least a little: what is due and could not even be put off is no reason to spin.
        return min(max(due - self._services.now(), timedelta(seconds=1)), LONGEST_REST)

    async def _handle(self, notice: Notice) -> None:
        async with self._slots:
            if self._client.stopping:
                return
            with self._client.in_flight():
                try:
                    await self._deliver(notice)
                except Undeliverable as reason:
                    await self._give_up(notice, str(reason))
                except Exception as error:  # noqa: BLE001  (each for itself)
                    await self._failed(notice, error)

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
            if (known := await self._arrived(place, mark, _text_id_of(notice.id))) is not None:
                _log.info("arrived_before", notice=notice.id)
                return known
        view = view_of(screen)
        if not screen.rows:
            view.children[0].id = _text_id_of(notice.id)
        return await place.send(
            view=view,
            files=attachments_of(screen),
            allowed_mentions=NOBODY,
            nonce=f"n{notice.id}",
        )

    async def _arrived(
        self, place: discord.abc.Messageable, mark: str, text_id: int
    ) -> discord.Message | None:
        """What an earlier try did send, for all that is known."""
        try:
            async for message in place.history(limit=_LOOKED_THROUGH):
                if message.author == self._client.user and any(
                    part.id == text_id or (getattr(part, "custom_id", None) or "").endswith(mark)
                    for part in _parts(message.components)
                ):
                    return message
        except discord.Forbidden as error:
            if error.code not in {MISSING_ACCESS, MISSING_PERMISSIONS}:
                raise
        return None

    async def _person(self, alliance: int, person: int) -> discord.User | discord.Member:
        """Whoever gets it, if still there."""
        try:
            if alliance == NO_ALLIANCE:
                return await self._client.fetch_user(person)
            return await self._guild(alliance).fetch_member(person)
        except discord.NotFound as error:
            raise Undeliverable("left the alliance") from error

    def _guild(self, alliance: int) -> discord.Guild:
        guild = self._client.get_guild(alliance)
        if guild is None:
            raise Undeliverable("the bot is no longer in the alliance")
        return guild

    async def _failed(self, notice: Notice, error: Exception) -> None:
        """Try it later, ever more rarely, or give it up."""
        if isinstance(error, discord.HTTPException) and error.code == NO_DIRECT_MESSAGES:
            await self._give_up(notice, "takes no direct messages")
            return
        pause = _FIRST_PAUSE * 2 ** min(notice.attempts, 20)
        _log.warning(
            "notice_failed",
            notice=notice.id,
            attempts=notice.attempts + 1,
            kind=type(error).__name__,
            exc_info=None if is_passing(error) else error,
        )
        if pause > _LONGEST_PAUSE:
            await self._give_up(notice, f"failed {notice.attempts + 1} times", tell=True)
            return
        with contextlib.suppress(Exception):  # it stays due then
            until = self._services.now() + pause
            await self._store.outbox.put_off_notice(notice.id, until, failed=True)

    async def _give_up(self, notice: Notice, reason: str, *, tell: bool = False) -> None:
        _log.info("notice_given_up", notice=notice.id, kind=notice.kind.value, reason=reason)
        with contextlib.suppress(Exception):
            await self._store.outbox.give_up_notice(notice.id, reason, tell=tell)


def _text_id_of(notice: int) -> int:
    """The component id of the first text of a notice without buttons.

    It is beyond those that Discord gives by itself.
    """
    return COMPONENTS_V2_TOTAL + notice


def _parts(components: Sequence[Any]) -> Iterator[Any]:
    """Components with all that is inside them, in order."""
    for part in components:
        yield part
        yield from _parts(getattr(part, "children", ()))
