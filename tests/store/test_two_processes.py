"""Two processes press at once, on either engine: nothing is lost, doubled, or given to two."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from bot.checklists.rules.events import Kept
from bot.checklists.rules.run import Run
from bot.core.outbox import NoticeKind
from bot.opportunities.rules.models import Reply, Respondent
from bot.opportunities.rules.records import Published
from bot.store import Store, open_store
from tests.databases import location
from tests.store.offers import (
    declined,
    draft,
    interested,
    join,
    publish,
    waiting,
    with_capacity,
)
from tests.store.samples import ANA, BEGIN, OSLO, PARIS, TurnedClock, asked, rows
from tests.store.walks import ana, answer, begin, ben, change, stored

PROCESSES = 2
PATIENCE = 30.0
Work = Callable[[Store, int], Awaitable[list[Any]]]


def together(place: Path | str, work: Work, *more: int) -> list[list[Any]]:
    """What each of two processes makes of the same work, begun at the same moment."""
    forks = multiprocessing.get_context("fork")  # starts at once, with everything imported
    barrier = forks.Barrier(PROCESSES)
    pipes, children = [], []
    for number in range(PROCESSES):
        receiving, sending = forks.Pipe(duplex=False)
        child = forks.Process(target=_press, args=(place, work, number, more, barrier, sending))
        child.start()
        sending.close()
        pipes.append(receiving)
        children.append(child)
    results = [pipe.recv() for pipe in pipes]
    for child in children:
        child.join()
    for result in results:
        assert not isinstance(result, BaseException), result
    return results


def _press(
    place: Path | str, work: Any, number: int, more: Sequence[int], barrier: Any, sending: Any
) -> None:
    async def go() -> list[Any]:
        async with await open_store(place, TurnedClock(), patience=PATIENCE) as store:
            await asyncio.to_thread(barrier.wait)
            done: list[Any] = await work(store, number, *more)
            return done

    try:
        sending.send(asyncio.run(go()))
    except Exception as error:  # noqa: BLE001  (the other process has to hear of it)
        sending.send(RuntimeError(repr(error)))


async def _interested(store: Store, number: int, opportunity: int) -> list[Any]:
    """Thirty organizations want a place, one after the other, the last ten all at once."""
    people = range(number * 100 + 1, number * 100 + 31)

    async def press(person: int) -> Any:
        by = Respondent(person, f"P {person}", f"Org {person}", Reply.INTERESTED, "", BEGIN)
        replied = await store.opportunities.reply(PARIS, opportunity, by)
        assert replied is not None
        return replied.given.reply.value if replied.given else None

    one_by_one = [await press(person) for person in people[:20]]
    return [*one_by_one, *await asyncio.gather(*(press(person) for person in people[20:]))]


def test_places_are_given_once_and_the_rest_waits_in_a_row(file: Path) -> None:
    number = asyncio.run(_posted(file, places=7, taken=0))
    replies = [reply for each in together(location(file), _interested, number) for reply in each]
    assert (replies.count("interested"), replies.count("waiting")) == (7, 53)

    answers = asyncio.run(_answers(file, number))
    assert len({one.organization for one in answers}) == 60
    assert [one.reply for one in answers] == [Reply.INTERESTED] * 7 + [Reply.WAITING] * 53
    refreshes = [row for row in rows(file)["outbox"] if NoticeKind.OPPORTUNITY_REFRESH.value in row]
    assert len(refreshes) == 1  # replaced or put off again and again, never doubled


async def _withdraws(store: Store, number: int, opportunity: int) -> list[Any]:
    """One of two who have places gives it up, while the other process lets others press."""
    if number == 0:
        return [(await declined(store, opportunity, n, f"Org {n}")).moved_up for n in (1, 2)]
    return [(await interested(store, opportunity, n, f"Org {n}")).given for n in range(20, 30)]


def test_who_waited_first_moves_up_once(file: Path) -> None:
    number = asyncio.run(_posted(file, places=2, taken=6))
    left, _ = together(location(file), _withdraws, number)
    assert [one.organization for moved in left for one in moved] == ["Org 3", "Org 4"]
    answers = asyncio.run(_answers(file, number))
    has_place = [one.organization for one in answers if one.reply is Reply.INTERESTED]
    assert has_place == ["Org 3", "Org 4"]


async def _claims(store: Store, _: int) -> list[Any]:
    return list(await asyncio.gather(*(store.alliances.claim(PARIS, event) for event in range(60))))


def test_what_arrives_twice_is_taken_once(file: Path) -> None:
    first, second = together(location(file), _claims)
    assert [one ^ other for one, other in zip(first, second, strict=True)] == [True] * 60


async def _walks(store: Store, number: int, run: int) -> list[Any]:
    """Each of a team answers the same step twenty times, having seen their own last answer."""
    by, seen, took = (ana, ben)[number], 0, []
    for attempt in range(20):
        event = answer("who", f"{by.name} {attempt}", seen)
        effects = (await change(store, run, event, by)).effects
        took += [isinstance(effect, Kept) for effect in effects]
        seen = (await stored(store, run)).revision_of("who", by.person)
    return took


def test_a_team_that_answers_at_once_loses_no_answer(file: Path) -> None:
    async def started() -> int:
        async with await open_store(file, TurnedClock()) as opened:
            return await begin(opened, team=True)

    async def ended() -> Run:
        async with await open_store(file, TurnedClock()) as opened:
            return await stored(opened, run)

    run = asyncio.run(started())
    for took in together(location(file), _walks, run):
        assert took.count(True) == 20
    given = {one.person: one.given.text for one in asyncio.run(ended()).answers["who"]}
    assert given == {ana.person: f"{ana.name} 19", ben.person: f"{ben.name} 19"}


async def _delivers(store: Store, _: int) -> list[Any]:
    """Whoever takes a notice first delivers it; both note what they did."""
    taken = []
    for notice in await store.outbox.due_notices(100):
        if await store.outbox.try_notice(notice.id):
            taken.append(notice.id)
            await store.outbox.notice_sent(notice.id)
    return taken


def test_a_notice_that_both_deliver_is_noted_as_sent_once(file: Path) -> None:
    """Which of two processes delivers is not the store's: it must only never lose or revive one."""

    async def posted() -> None:
        async with await open_store(file, TurnedClock()) as opened:
            for person in range(1, 21):
                await join(opened, person, f"Org {person}")
            await publish(opened)

    async def left() -> list[Any]:
        async with await open_store(file, TurnedClock()) as opened:
            return await waiting(opened, NoticeKind.OPPORTUNITY_NEW)

    asyncio.run(posted())
    first, second = together(location(file), _delivers)
    assert len({*first, *second}) == 20
    assert asyncio.run(left()) == []


async def _publishes(store: Store, _: int) -> list[Any]:
    drafts = [await draft(store) for _ in range(8)]
    done = [await store.opportunities.publish(PARIS, one.id, (), None, cap=10) for one in drafts]
    return [isinstance(one, Published) for one in done]


def test_no_more_is_published_in_a_day_than_may_be(file: Path) -> None:
    results = together(location(file), _publishes)
    assert sum(one for each in results for one in each) == 10


async def _settles(store: Store, number: int) -> list[Any]:
    change_ = {"steward_role": 5} if number == 0 else {"intermediary_role": 6}
    for _ in range(10):
        await store.alliances.change_settings(PARIS, **change_)
        name = "River College" if number else "RIVER college"
        await store.people.join_organization(PARIS, number + 1, name)
    return []


def test_two_changes_at_once_both_hold_and_one_name_is_one_organization(file: Path) -> None:
    together(location(file), _settles)

    async def look() -> Any:
        async with await open_store(file, TurnedClock()) as opened:
            return await opened.alliances.settings(PARIS)

    settings = asyncio.run(look())
    assert (settings.steward_role, settings.intermediary_role) == (5, 6)
    assert (len(rows(file)["organizations"]), len(rows(file)["affiliations"])) == (1, 2)


async def _forgets(store: Store, number: int) -> list[Any]:
    """One forgets a person everywhere, in two alliances at once, while the other asks in both."""
    for attempt in range(10):
        if number == 0:
            await store.privacy.forget_person_everywhere(ANA)
        for alliance in (OSLO, PARIS) if attempt % 2 else (PARIS, OSLO):
            await store.answers.add_exchange(alliance, asked(f"{number} {attempt}?"))
    return []


def test_whoever_writes_in_several_alliances_waits_for_nobody_forever(file: Path) -> None:
    together(location(file), _forgets)


async def _posted(file: Path, places: int, taken: int) -> int:
    async with await open_store(file, TurnedClock()) as opened:
        made = await publish(opened, with_capacity(places))
        for person in range(1, taken + 1):
            await interested(opened, made.id, person, f"Org {person}")
        return made.id


async def _answers(file: Path, opportunity: int) -> list[Respondent]:
    async with await open_store(file, TurnedClock()) as opened:
        return list(await opened.opportunities.answers(PARIS, opportunity))
