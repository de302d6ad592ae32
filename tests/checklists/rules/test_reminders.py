"""Which reminders follow from what happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.checklists.rules import engine
from bot.checklists.rules.events import AnswerStep, Cancel, Event, HandOver, Pause, Resume, SkipStep
from bot.checklists.rules.records import Commitment, CommitmentStatus, PersonSettings
from bot.checklists.rules.reminders import offers, promises, reminder
from bot.checklists.rules.run import AnswerValue, Promise, Run
from bot.core.outbox import NoticeKind, Schedule

from .samples import BRANCHING, HEIR, NOW, OWNER, given

FRIDAY = date(2026, 11, 27)
PROMISED = Commitment(
    9, 7, 4, "promise", OWNER.person, "call Ann", "", FRIDAY, CommitmentStatus.OPEN, None, NOW, None
)
KEYS = ("run:4:1", "run:4:2")


def new_run() -> Run:
    return replace(engine.start(BRANCHING, 7, OWNER, NOW), id=4)


def after(run: Run, event: Event) -> tuple[Run, Schedule]:
    changed, effects = engine.apply(BRANCHING, run, event, OWNER, NOW)
    return changed, offers(changed, effects, NOW)


# -- runs that were put aside ---------------------------------------------------------------------


def test_a_paused_run_is_offered_after_a_week_and_after_two() -> None:
    _, schedule = after(new_run(), Pause(0))

    assert [notice.due for notice in schedule.add] == [NOW + timedelta(7), NOW + timedelta(14)]
    assert tuple(notice.key for notice in schedule.add) == KEYS
    assert {(n.kind, n.about, n.person, n.channel) for n in schedule.add} == {
        (NoticeKind.RUN_OFFERED, 4, OWNER.person, None)
    }


@pytest.mark.parametrize("event", [Resume(), Cancel(), AnswerStep("name", given("Ann"), 0)])
def test_a_run_that_goes_on_or_ends_is_not_offered_any_more(event: Event) -> None:
    paused, _ = after(new_run(), Pause(0))

    _, schedule = after(paused, event)

    assert schedule == Schedule(remove=KEYS)


def test_a_paused_run_that_is_handed_over_is_offered_to_the_new_owner() -> None:
    paused, _ = after(new_run(), Pause(0))

    _, schedule = after(paused, HandOver(HEIR.person, HEIR.name))

    assert {notice.person for notice in schedule.add} == {HEIR.person}
    assert tuple(notice.key for notice in schedule.add) == KEYS


@pytest.mark.parametrize(
    "event", [AnswerStep("name", given("Ann"), 0), SkipStep("name", 0, "later"), Pause(5)]
)
def test_walking_on_says_nothing_about_offers(event: Event) -> None:
    _, schedule = after(new_run(), event)

    assert schedule == Schedule()


# -- commitments ----------------------------------------------------------------------------------


def test_a_commitment_is_recalled_on_its_day_at_the_persons_hour() -> None:
    settings = PersonSettings(ZoneInfo("America/New_York"), time(8, 30))

    schedule = reminder(PROMISED, settings, NOW)

    (notice,) = schedule.add
    assert notice.due == datetime(2026, 11, 27, 13, 30, tzinfo=UTC)
    assert (notice.kind, notice.about) == (NoticeKind.COMMITMENT_DUE, 9)
    assert (notice.key, notice.person) == ("commitment:9", OWNER.person)


def test_what_was_promised_in_a_thread_is_recalled_there() -> None:
    (notice,) = reminder(replace(PROMISED, thread=55), PersonSettings(), NOW).add

    assert (notice.person, notice.channel) == (None, 55)


def test_what_is_due_today_is_recalled_even_when_the_hour_has_gone_by() -> None:
    (notice,) = reminder(replace(PROMISED, day=NOW.date()), PersonSettings(), NOW).add

    assert notice.due < NOW


@pytest.mark.parametrize(
    "commitment",
    [
        replace(PROMISED, day=None),
        replace(PROMISED, day=NOW.date() - timedelta(1)),
        replace(PROMISED, status=CommitmentStatus.DONE),
        replace(PROMISED, status=CommitmentStatus.DROPPED),
    ],
)
def test_nothing_is_recalled_that_has_no_day_is_over_or_is_settled(commitment: Commitment) -> None:
    assert reminder(commitment, PersonSettings(), NOW) == Schedule(remove=("commitment:9",))


def test_a_day_is_over_when_it_is_where_the_person_is() -> None:
    commitment = replace(PROMISED, day=date(2026, 11, 23))
    late = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)

    assert reminder(commitment, PersonSettings(ZoneInfo("America/Chicago")), late).add
    assert not reminder(commitment, PersonSettings(ZoneInfo("UTC")), late).add


def test_answers_that_make_change_or_take_back_a_promise_are_found() -> None:
    run = engine.start(BRANCHING, 7, OWNER, NOW)
    with_promise = AnswerValue("x", "x", Promise("call Ann"))
    found = []
    for seen, said in enumerate((given("x"), with_promise, with_promise, given("y"), given("z"))):
        run, effects = engine.apply(BRANCHING, run, AnswerStep("promise", said, seen), OWNER, NOW)
        found.append(len(promises(effects)))

    assert found == [0, 1, 1, 1, 0]
