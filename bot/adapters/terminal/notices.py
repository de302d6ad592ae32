"""What is due for the person at the terminal: shown, or done, each once."""

from __future__ import annotations

import structlog

from bot.chat.flow import Flows
from bot.chat.letters import Undeliverable
from bot.chat.turn import Turn
from bot.core.outbox import Notice

_MOST = 50
_log = structlog.get_logger()


async def deliver_due(turn: Turn, flows: Flows) -> None:
    """Show the letters that are due beside each other, and do what else is due."""
    outbox, seen = turn.store.outbox, set[int]()
    while True:
        due = await outbox.due_notices(_MOST, seated=turn.person)
        fresh = [notice for notice in due if notice.id not in seen]
        if not fresh:
            return
        for notice in fresh:
            seen.add(notice.id)
            try:
                await _deliver(turn, flows, notice)
            except Undeliverable as reason:
                await outbox.give_up_notice(notice.id, str(reason))
            except Exception:  # noqa: BLE001  (each for itself; the next time may work)
                _log.exception("not_delivered", kind=notice.kind.value)


async def _deliver(turn: Turn, flows: Flows, notice: Notice) -> None:
    outbox = turn.store.outbox
    if (work := flows.works.get(notice.kind)) is not None:
        if await outbox.try_notice(notice.id):
            await work(turn, notice)
            await outbox.notice_sent(notice.id)
    elif (compose := flows.letters.get(notice.kind)) is not None:
        letter = await compose(turn, notice)
        if letter is None:
            raise Undeliverable("nothing left to say")
        if await outbox.try_notice(notice.id):
            await turn.beside(letter.screen)
            if letter.arrived is not None:
                await letter.arrived(turn.place.here, turn.place.source)
            await outbox.notice_sent(notice.id)
