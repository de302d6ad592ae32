"""Nothing done or read in one alliance touches or shows anything of another."""

from __future__ import annotations

import asyncio
import inspect
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alliances.records import ChannelPurpose
from bot.checklists.rules.engine import start
from bot.checklists.rules.events import Cancel, Event, HandOver, Pause, Reopen, SkipStep
from bot.checklists.rules.records import CommitmentStatus, PersonSettings
from bot.checklists.rules.run import Actor
from bot.database.database import Database
from bot.database.location import database_url
from bot.database.tables import Base
from bot.opportunities.rules.matching import Match
from bot.opportunities.rules.models import (
    Inquiry,
    Kind,
    Mode,
    Notifications,
    Offer,
    OfferForm,
    Reply,
    Respondent,
    State,
)
from bot.opportunities.rules.models import Outcome as Ending
from bot.opportunities.rules.records import KeptForm
from bot.store import Store, open_store
from tests.databases import migrated
from tests.examples import tries
from tests.store.samples import BEGIN, OSLO, PARIS, TurnedClock, asked, gap, outcome, rows, told
from tests.store.walks import CHECKLIST, FRIDAY, answer, begin, change


@dataclass(frozen=True)
class Try:
    """A store, and two numbers that also exist in the other alliance."""

    store: Store
    first: int
    second: int


PURPOSES = list(ChannelPurpose)
EVENTS: list[Event] = [
    answer("who", "Paris"),
    answer("promise", "Paris", what="Paris", day=FRIDAY),
    SkipStep("who", 0, "Paris"),
    Pause(0),
    Cancel(),
    Reopen(),
    HandOver(5, "Paris"),
]

PARISIAN = Offer("Paris", "Paris")


async def publish_to_all(store: Store, opportunity: int, channel: int) -> Any:
    matches = [Match(listener, ()) for listener in await store.people.listeners(PARIS)]
    return await store.opportunities.publish(PARIS, opportunity, matches, channel)


# Every method that takes an alliance.
OPERATIONS: dict[str, Callable[[Try], Awaitable[Any]]] = {
    "drop_offers": lambda on: on.store.checklists.drop_offers(PARIS, on.first),
    "drop_reminder": lambda on: on.store.checklists.drop_reminder(PARIS, on.first),
    "settings": lambda on: on.store.alliances.settings(PARIS),
    "change_settings": lambda on: on.store.alliances.change_settings(
        PARIS,
        steward_role=on.first,
        retention_days=on.second,
        joining_needs_yes=bool(on.second % 2),
    ),
    "add_channel": lambda on: on.store.alliances.add_channel(
        PARIS, on.first, PURPOSES[on.second % 3]
    ),
    "remove_channel": lambda on: on.store.alliances.remove_channel(PARIS, on.first),
    "channels": lambda on: on.store.alliances.channels(PARIS),
    "claim": lambda on: on.store.alliances.claim(PARIS, on.first),
    "claim_question": lambda on: on.store.answers.claim_question(
        PARIS, on.first, channel=on.first, thread=None, person=on.second, received=BEGIN
    ),
    "drop_pending": lambda on: on.store.answers.drop_pending(PARIS, on.first),
    "add_exchange": lambda on: on.store.answers.add_exchange(
        PARIS,
        (asked if on.second % 2 else gap)(
            "Paris?", on.first, source=on.second, thread=on.first, previous=on.second
        ),
    ),
    "exchange": lambda on: on.store.answers.exchange(PARIS, on.first),
    "exchange_by_answer": lambda on: on.store.answers.exchange_by_answer(PARIS, on.first),
    "last_exchange_of": lambda on: on.store.answers.last_exchange_of(PARIS, on.first, on.second),
    "exchange_by_source": lambda on: on.store.answers.exchange_by_source(PARIS, on.first),
    "asked_in": lambda on: on.store.answers.asked_in(PARIS, on.first, on.second),
    "last_exchange_in_thread": lambda on: on.store.answers.last_exchange_in_thread(PARIS, on.first),
    "history": lambda on: on.store.answers.history(PARIS, on.first, on.second),
    "set_answer_message": lambda on: on.store.answers.set_answer_message(
        PARIS, on.first, on.second
    ),
    "revise_exchange": lambda on: on.store.answers.revise_exchange(
        PARIS, on.first, "Paris?", outcome(answered=bool(on.second % 2))
    ),
    "mark_shared": lambda on: on.store.answers.mark_shared(PARIS, on.first),
    "unmark_shared": lambda on: on.store.answers.unmark_shared(PARIS, on.first),
    "give_feedback": lambda on: on.store.answers.give_feedback(
        PARIS, on.first, on.second, helpful=bool(on.second % 2)
    ),
    "feedback_counts": lambda on: on.store.answers.feedback_counts(PARIS, on.first),
    "open_gaps": lambda on: on.store.answers.open_gaps(PARIS, on.first, on.second),
    "open_gap": lambda on: on.store.answers.open_gap(PARIS, on.first),
    "state_of_notes": lambda on: on.store.answers.state_of_notes(PARIS),
    "answer_gap": lambda on: on.store.answers.answer_gap(
        PARIS, on.first, text="Paris.", author=on.second, author_name="Paris", also=[on.second]
    ),
    "note": lambda on: on.store.answers.note(PARIS, on.first),
    "times_cited": lambda on: on.store.answers.times_cited(PARIS),
    "notes": lambda on: on.store.answers.notes(PARIS),
    "questions_of_notes": lambda on: on.store.answers.questions_of_notes(PARIS),
    "retract_note": lambda on: on.store.answers.retract_note(PARIS, on.first),
    "status": lambda on: on.store.answers.status(PARIS),
    "keep_back": lambda on: on.store.marks.keep_back(PARIS, on.first),
    "let_come": lambda on: on.store.marks.let_come(PARIS, on.first),
    "set_good": lambda on: on.store.marks.set_good(PARIS, on.first, good=bool(on.second % 2)),
    "marked_answers": lambda on: on.store.marks.marked_answers(PARIS),
    "mark_brief_shared": lambda on: on.store.checklists.mark_brief_shared(
        PARIS, on.first, on.second
    ),
    "unmark_brief_shared": lambda on: on.store.checklists.unmark_brief_shared(
        PARIS, on.first, on.second
    ),
    "start_run": lambda on: on.store.checklists.start_run(
        PARIS,
        start(CHECKLIST, PARIS, Actor(on.first, "Paris"), BEGIN, team=bool(on.second % 2)),
        CHECKLIST,
    ),
    "walk": lambda on: on.store.checklists.walk(PARIS, on.first),
    "change_run": lambda on: on.store.checklists.change_run(
        PARIS, on.first, EVENTS[on.second % len(EVENTS)], Actor(on.second, "Paris", steward=True)
    ),
    "set_thread": lambda on: on.store.checklists.set_thread(PARIS, on.first, on.second),
    "runs": lambda on: on.store.checklists.runs(PARIS, owner=on.first if on.second % 2 else None),
    "save_draft": lambda on: on.store.checklists.save_draft(
        PARIS, on.first, "who", on.second, {"a": "b"}
    ),
    "draft": lambda on: on.store.checklists.draft(PARIS, on.first, "who", on.second),
    "drop_draft": lambda on: on.store.checklists.drop_draft(PARIS, on.first, "who", on.second),
    "commitments": lambda on: on.store.checklists.commitments(PARIS, person=on.first),
    "commitment": lambda on: on.store.checklists.commitment(PARIS, on.first),
    "settle_commitment": lambda on: on.store.checklists.settle_commitment(
        PARIS, on.first, list(CommitmentStatus)[on.second % 3]
    ),
    "move_commitment": lambda on: on.store.checklists.move_commitment(PARIS, on.first, FRIDAY),
    "person_settings": lambda on: on.store.people.person_settings(PARIS, on.first),
    "set_person_settings": lambda on: on.store.people.set_person_settings(
        PARIS, on.first, PersonSettings(at=time(on.second))
    ),
    "organization_of": lambda on: on.store.people.organization_of(PARIS, on.first),
    "join_organization": lambda on: on.store.people.join_organization(
        PARIS, on.first, f"No. {on.second}"
    ),
    "organizations": lambda on: on.store.people.organizations(PARIS),
    "speakers": lambda on: on.store.people.speakers(PARIS),
    "mark_away": lambda on: on.store.people.mark_away(PARIS, on.first),
    "mark_back": lambda on: on.store.people.mark_back(PARIS, on.first),
    "join_or_ask": lambda on: on.store.partners.join_or_ask(
        PARIS, on.first, f"No. {on.second}", "Paris"
    ),
    "join_requests": lambda on: on.store.partners.join_requests(PARIS),
    "decide_request": lambda on: on.store.partners.decide_request(
        PARIS, on.first, accept=bool(on.second % 2)
    ),
    "speaks_for": lambda on: on.store.partners.speaks_for(PARIS, on.first, on.second),
    "take_out": lambda on: on.store.partners.take_out(PARIS, on.first, on.second),
    "remove_organization": lambda on: on.store.partners.remove_organization(PARIS, on.first),
    "rename_organization": lambda on: on.store.partners.rename_organization(
        PARIS, on.first, f"No. {on.second}"
    ),
    "keep_form": lambda on: on.store.opportunities.keep_form(
        PARIS, on.first, KeptForm(OfferForm("Paris"), Kind.OTHER, on.second)
    ),
    "kept_form": lambda on: on.store.opportunities.kept_form(PARIS, on.first, on.second),
    "drop_form": lambda on: on.store.opportunities.drop_form(PARIS, on.first, on.second),
    "add_draft": lambda on: on.store.opportunities.add_draft(
        PARIS, on.first, "Paris", f"Paris {on.second}", PARISIAN
    ),
    "change_draft": lambda on: on.store.opportunities.change_draft(PARIS, on.first, PARISIAN),
    "discard": lambda on: on.store.opportunities.discard(PARIS, on.first),
    "publish": lambda on: publish_to_all(on.store, on.first, on.second),
    "set_message": lambda on: on.store.opportunities.set_message(
        PARIS, on.first, channel=on.second, message=on.second
    ),
    "set_question_thread": lambda on: on.store.opportunities.set_question_thread(
        PARIS, on.first, on.second
    ),
    "opportunity": lambda on: on.store.opportunities.opportunity(PARIS, on.first),
    "opportunities": lambda on: on.store.opportunities.opportunities(PARIS, states=list(State)),
    "answers": lambda on: on.store.opportunities.answers(PARIS, on.first),
    "reply": lambda on: on.store.opportunities.reply(
        PARIS,
        on.first,
        Respondent(on.second, "Paris", "", list(Reply)[on.second % 3], "Paris", BEGIN),
    ),
    "ask_about": lambda on: on.store.opportunities.ask_about(
        PARIS, on.first, Inquiry(on.second, on.first, "Paris", "", "Paris?")
    ),
    "edit": lambda on: on.store.opportunities.edit(
        PARIS, on.first, replace(PARISIAN, capacity=on.second)
    ),
    "close_opportunity": lambda on: on.store.opportunities.close_opportunity(
        PARIS, on.first, list(Ending)[on.second % 4], "Paris"
    ),
    "close_by_deadline": lambda on: on.store.opportunities.close_by_deadline(PARIS, on.first),
    "posts_gone": lambda on: on.store.posts.posts_gone(PARIS, [on.first, on.second]),
    "channel_gone": lambda on: on.store.posts.channel_gone(PARIS, on.first),
    "thread_gone": lambda on: on.store.posts.thread_gone(PARIS, on.first),
    "choose_channel": lambda on: on.store.posts.choose_channel(PARIS, on.first),
    "post_again": lambda on: on.store.posts.post_again(PARIS, on.first, on.second),
    "told": lambda on: on.store.opportunities.told(PARIS),
    "listeners": lambda on: on.store.people.listeners(PARIS),
    "person": lambda on: on.store.people.person(PARIS, on.first),
    "set_notifications": lambda on: on.store.people.set_notifications(
        PARIS, on.first, Notifications(list(Mode)[on.second % 4], time(on.second))
    ),
    "set_shown": lambda on: on.store.people.set_shown(
        PARIS, on.first, shown=bool(on.second % 2), name="Paris", contact="Paris"
    ),
    "leave_organization": lambda on: on.store.people.leave_organization(
        PARIS, on.first, f"No. {on.second}"
    ),
    "set_profile": lambda on: on.store.people.set_profile(
        PARIS, f"Oslo {on.second}", interests=["Paris"], region="Paris"
    ),
    "partners": lambda on: on.store.people.partners(PARIS),
    "waiting_for_digest": lambda on: on.store.opportunities.waiting_for_digest(PARIS, on.first),
    "digest_shown": lambda on: on.store.opportunities.digest_shown(
        PARIS, on.first, [on.second], on.second
    ),
    "fall_back_to_channel": lambda on: on.store.opportunities.fall_back_to_channel(
        PARIS, on.first, [on.first, on.second]
    ),
    "export_person": lambda on: on.store.privacy.export_person(PARIS, on.first),
    "forget_person": lambda on: on.store.privacy.forget_person(PARIS, on.first),
    "forget_questions": lambda on: on.store.privacy.forget_questions(
        PARIS, [on.first], place=on.second if on.second % 2 else None
    ),
    "export_alliance": lambda on: on.store.privacy.export_alliance(PARIS),
    "delete_alliance": lambda on: on.store.privacy.delete_alliance(PARIS),
    "bot_left": lambda on: on.store.privacy.bot_left(PARIS),
    "bot_returned": lambda on: on.store.privacy.bot_returned(PARIS),
    "purge": lambda on: on.store.privacy.purge(PARIS, BEGIN.replace(hour=on.second)),
}


def public_methods() -> dict[str, Any]:
    """The methods of all rooms; no two have a name in common."""
    rooms = vars(Store(Database(database_url("nowhere.db"), 1), TurnedClock())).values()
    methods = [
        (name, method)
        for room in (Store, *map(type, rooms))
        if room is not Database
        for name, method in inspect.getmembers(room, inspect.iscoroutinefunction)
        if not name.startswith("_")
    ]
    assert len(methods) == len(dict(methods))
    return dict(methods)


def test_every_method_takes_the_alliance_first_or_says_in_its_name_that_it_does_not() -> None:
    without = set()
    for name, method in public_methods().items():
        parameters = list(inspect.signature(method).parameters.values())[1:]
        if not parameters or parameters[0].name != "alliance":
            without.add(name)
        else:
            assert parameters[0].default is inspect.Parameter.empty, name
            assert parameters[0].annotation == "int", name
    assert without == {
        "alliance_of_person_in_direct_messages",
        "alliances_everywhere",
        "close",
        "due_notices",
        "export_person_everywhere",
        "forget_person_everywhere",
        "forget_questions_everywhere",
        "give_up_notice",
        "next_due",
        "notice_sent",
        "pending_questions_everywhere",
        "purge_all_expired",
        "put_off_notice",
        "settle_departures",
        "try_notice",
    }


def test_every_method_with_an_alliance_is_tried_here() -> None:
    with_alliance = {
        name
        for name, method in public_methods().items()
        if "alliance" in inspect.signature(method).parameters
    }
    # The choice for direct messages is one a person makes over all alliances.
    assert with_alliance - set(OPERATIONS) == {"choose_alliance_for_person_in_direct_messages"}


async def fill_oslo(store: Store) -> None:
    await store.alliances.change_settings(OSLO, steward_role=3, notes="Oslo")
    for number in range(1, 6):
        await store.alliances.claim(OSLO, 10 + number)
        await store.answers.claim_question(
            OSLO, number, channel=number, thread=number, person=number, received=BEGIN
        )
        await store.alliances.add_channel(OSLO, number, ChannelPurpose.QUESTIONS)
        stored = await store.answers.add_exchange(
            OSLO, gap("Oslo?", number, source=number, thread=number, answer_message=number)
        )
        await store.answers.give_feedback(OSLO, stored.id, number, helpful=False, reason="Oslo")
        await store.alliances.choose_alliance_for_person_in_direct_messages(OSLO, number)
        if number <= 2:
            await fill_checklists_of_oslo(store, number)
        await store.people.join_organization(OSLO, number, f"Oslo {number}")
        await store.people.set_person_settings(OSLO, number, PersonSettings(at=time(number)))
        if number <= 3:
            await fill_opportunities_of_oslo(store, number)
    for question in ("Oslo!", "Oslo."):
        stored = await store.answers.add_exchange(OSLO, asked(question, 1))
        await store.marks.set_good(OSLO, stored.id, good=True)
    await store.marks.keep_back(OSLO, stored.id)
    await store.answers.answer_gap(OSLO, 1, text="Oslo.", author=2, author_name="Oslo")
    await store.people.mark_away(OSLO, 4)
    await store.alliances.change_settings(OSLO, joining_needs_yes=True)
    for number in (6, 7):
        await store.partners.join_or_ask(OSLO, number, "Oslo 1", "Oslo")


async def fill_opportunities_of_oslo(store: Store, number: int) -> None:
    await store.people.set_profile(OSLO, f"Oslo {number}", interests=["Oslo"], region="Oslo")
    await store.people.set_shown(OSLO, number, shown=True, name="Oslo", contact="Oslo")
    mode = Mode.DAILY if number % 2 else Mode.INSTANT
    await store.people.set_notifications(OSLO, number, Notifications(mode))
    await store.opportunities.keep_form(
        OSLO, number, KeptForm(OfferForm("Oslo"), Kind.EVENT, number)
    )
    made = await store.opportunities.add_draft(
        OSLO, number, "Oslo", "", Offer("Oslo", "Oslo", capacity=1)
    )
    if number == 3:
        return
    matches = [Match(listener, ()) for listener in await store.people.listeners(OSLO)]
    await store.opportunities.publish(OSLO, made.id, matches, number)
    await store.opportunities.set_message(OSLO, made.id, channel=number, message=number)
    for person in (8, 9):
        by = Respondent(person, "Oslo", f"Oslo {person}", Reply.INTERESTED, "Oslo", BEGIN)
        await store.opportunities.reply(OSLO, made.id, by)
    inquiry = Inquiry(number, number, "Oslo", "", "Oslo?")
    assert await store.opportunities.ask_about(OSLO, made.id, inquiry)


async def fill_checklists_of_oslo(store: Store, number: int) -> None:
    oslo = Actor(number, "Oslo")
    run = await begin(store, OSLO, oslo, team=True)
    await store.checklists.set_thread(OSLO, run, number)
    promise = answer("promise", "Oslo", what="Oslo", day=FRIDAY)
    for event in (promise, SkipStep("who", 0, "Oslo"), Pause(1)):
        await change(store, run, event, oslo, OSLO)
    await store.checklists.save_draft(OSLO, run, "who", number, {"text": "Oslo"})


def empty(file: Path) -> None:
    told(file, *(f"DELETE FROM {table}" for table in reversed(Base.metadata.sorted_tables)))


steps = st.lists(
    st.tuples(st.sampled_from(sorted(OPERATIONS)), st.integers(1, 9), st.integers(1, 9)),
    min_size=5,
    max_size=25,
)


async def play(file: Path, done: list[tuple[str, int, int]], *, with_oslo: bool) -> list[Any]:
    results = []
    async with await open_store(migrated(file), TurnedClock()) as store:
        await fill_oslo(store)
        if not with_oslo:
            empty(file)  # the ids are used up all the same
        before = rows(file, OSLO)
        for name, first, second in done:
            results.append(await OPERATIONS[name](Try(store, first, second)))
            assert "Oslo" not in repr(results[-1]), name
        assert rows(file, OSLO) == before
    return results


def assert_isolated(done: list[tuple[str, int, int]]) -> None:
    """Every call gives what it gives where the other alliance has nothing at all."""
    with tempfile.TemporaryDirectory() as folder:
        beside = asyncio.run(play(Path(folder) / "beside.db", done, with_oslo=True))
        alone = asyncio.run(play(Path(folder) / "alone.db", done, with_oslo=False))
    assert dict(zip(done, beside, strict=True)) == dict(zip(done, alone, strict=True))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_each_method_stays_in_its_alliance(number: int) -> None:
    assert_isolated([(name, number, 9) for name in sorted(OPERATIONS)])


@pytest.mark.parametrize("database_engine", ["postgresql"], indirect=True)
def test_each_method_stays_in_its_alliance_on_a_server() -> None:
    assert_isolated([(name, 2, 9) for name in sorted(OPERATIONS)])


@settings(max_examples=tries(2), deadline=None, derandomize=True, database=None)
@given(steps)
def test_whatever_happens_in_one_alliance_another_stays_as_it_is_and_unseen(
    done: list[tuple[str, int, int]],
) -> None:
    assert_isolated(done)
