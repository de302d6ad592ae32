"""A process that posts, answers, edits and closes, and is killed on its way; it says how far it is."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from bot.opportunities.rules.models import Mode, Notifications, Offer, Outcome
from bot.store import Store, open_store
from tests.store.offers import CHANNEL_ID, SEATS, everybody, interested, join
from tests.store.samples import PARIS, TurnedClock

STEPS = 9
"""What happens to each opportunity, one after the other, each in one transaction."""


async def fill(store: Store) -> None:
    """Partners who hear at once, by digest, and not at all."""
    for person, mode in enumerate((Mode.INSTANT, Mode.INSTANT, Mode.DAILY, Mode.OFF), 1):
        await join(store, person, f"Org {person}", mode)


async def do(store: Store, number: int) -> None:
    """The next step; each changes something, and opportunity ids count from one."""
    about, step = number // STEPS + 1, number % STEPS
    match step:
        case 0:
            offer = Offer(f"Seats {about}", "Four evenings", deadline=SEATS.deadline, capacity=1)
            await store.opportunities.add_draft(PARIS, 50, "Ana A.", f"College {about}", offer)
        case 1:
            await store.opportunities.publish(PARIS, about, await everybody(store), CHANNEL_ID)
        case 2:
            await store.opportunities.set_message(PARIS, about, channel=CHANNEL_ID, message=number)
        case 3 | 4 | 5:
            await interested(store, about, step - 2, f"Org {step - 2}")
        case 6:
            deadline = SEATS.deadline
            assert deadline is not None
            offer = Offer(f"Seats {about}", "Four", deadline=deadline + timedelta(days=about))
            await store.opportunities.edit(PARIS, about, replace(offer, capacity=2))
        case 7:
            outcome = Outcome.FILLED if about % 2 else None
            await store.opportunities.close_opportunity(PARIS, about, outcome)
        case _:
            mode = Mode.WEEKLY if about % 2 else Mode.DAILY
            await store.people.set_notifications(PARIS, 3, Notifications(mode))


def post_on(file: Path, done: int, said: Connection) -> None:
    """Go on after so many steps, and tell after each one how many it were."""

    async def go() -> None:
        async with await open_store(file, TurnedClock()) as store:
            for number in range(done, done + 1000):
                await do(store, number)
                said.send(number + 1)

    asyncio.run(go())
