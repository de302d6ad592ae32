from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.outbox import NoticeKind, Schedule
from bot.opportunities.rules import notices
from bot.opportunities.rules.matching import Ground, Match, Reason
from bot.opportunities.rules.models import Inquiry, Mode, Outcome, Reply, State
from tests.opportunities.rules.samples import NOW, SEATS, listener, opportunity, says

WORDS = Reason(Ground.WORDS, "welding")


def found(person: int, organization: str, mode: Mode, *reasons: Reason) -> Match:
    return Match(listener("welding", person=person, organization=organization, mode=mode), reasons)


def test_an_audience_is_told_once_each_as_they_wish_and_never_of_their_own() -> None:
    matches = [
        found(1, "A", Mode.INSTANT, WORDS),
        found(1, "B", Mode.INSTANT, WORDS, Reason(Ground.KIND, "training")),
        found(2, "B", Mode.DAILY, WORDS),
        found(3, "C", Mode.WEEKLY, WORDS),
        found(4, "D", Mode.OFF, WORDS),
        found(50, "E", Mode.INSTANT, WORDS),  # the poster
        found(6, "college", Mode.INSTANT, WORDS),
        found(7, "F", Mode.DAILY, WORDS),  # also speaks for the poster's organization
    ]
    told = notices.audience(opportunity(), matches, {7})
    assert told.at_once == {1: (WORDS, Reason(Ground.KIND, "training"))}
    assert set(told.by_digest) == {2, 3}
    assert told.organizations == 3


def test_the_post_comes_first_and_all_who_are_told_at_once_are_so_at_one_moment() -> None:
    told = notices.Audience({1: (WORDS,), 2: (WORDS,)}, {3: (WORDS,)}, 3)
    post, first, second, close = notices.published(opportunity(), told, 7).add
    assert (post.kind, post.channel, post.due) == (NoticeKind.OPPORTUNITY_POST, 7, NOW)
    assert [(one.key, one.person, one.due) for one in (first, second)] == [
        ("opportunity:1:new:1", 1, NOW),
        ("opportunity:1:new:2", 2, NOW),
    ]
    assert (close.key, close.due) == ("opportunity:1:close", SEATS.deadline)
    kinds = [one.kind for one in notices.published(opportunity(), told, None).add]
    assert NoticeKind.OPPORTUNITY_POST not in kinds


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("left", "reminded"),
    [
        (timedelta(days=10), True),
        (DAY + notices.REMINDED_AHEAD, True),
        (DAY + notices.REMINDED_AHEAD - timedelta(seconds=1), False),
        (timedelta(hours=3), False),
        (None, False),
    ],
)
def test_the_interested_are_reminded_a_day_before_if_that_is_not_at_once(
    left: timedelta | None, reminded: bool
) -> None:
    deadline = None if left is None else NOW + left
    offered = opportunity(offer=replace(SEATS, deadline=deadline))
    after = [says(1, Reply.INTERESTED, "A"), says(2, Reply.WAITING, "B")]
    schedule = notices.answered(offered, [], after, (), NOW)
    assert [(one.key, one.due) for one in schedule.add] == (
        [("opportunity:1:reminder:1", deadline - DAY)] if reminded and deadline else []
    )


def test_who_changes_their_mind_is_not_told_of_it_any_more() -> None:
    before = [says(1, Reply.INTERESTED, "A")]
    schedule = notices.answered(opportunity(), before, [says(1, Reply.NOT_FOR_US, "A")], (), NOW)
    assert schedule == Schedule(remove=("opportunity:1:reminder:1", "opportunity:1:up:1"))


def test_who_is_interested_for_two_organizations_keeps_the_reminder_of_one() -> None:
    before = [says(1, Reply.INTERESTED, "A"), says(1, Reply.INTERESTED, "B")]
    after = [before[1], says(1, Reply.NOT_FOR_US, "A")]
    assert notices.answered(opportunity(), before, after, (), NOW) == Schedule()


def test_who_moved_up_and_gave_up_again_is_not_told() -> None:
    up = [says(1, Reply.INTERESTED, "A"), says(2, Reply.INTERESTED, "B")]
    after = [says(1, Reply.NOT_FOR_US, "A"), up[1]]
    added = notices.answered(opportunity(), [], after, up, NOW).add
    assert [one.key for one in added] == ["opportunity:1:up:2", "opportunity:1:reminder:2"]


def test_those_concerned_are_told_what_changed() -> None:
    edited = opportunity(edited=NOW)
    answers = [
        says(1, Reply.INTERESTED, "A"),
        says(2, Reply.WAITING, "B"),
        says(3, Reply.NOT_FOR_US, "C"),
    ]
    assert notices.edited(edited, [], answers, NOW) == Schedule()
    told = notices.edited(edited, ["region", "link", "title"], answers, NOW).add
    at = int(NOW.timestamp())
    assert [(one.key, one.details) for one in told] == [
        (f"opportunity:1:changed:{person}:{at}", {"fields": ["title", "link", "region"]})
        for person in (1, 2)
    ]


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, True),
        ({"outcome": Outcome.NONE}, False),
        ({"poster": 0}, False),
    ],
)
def test_the_poster_is_asked_two_weeks_after_closing_unless_they_said(
    changes: dict[str, object], asked: bool
) -> None:
    closed = opportunity(state=State.CLOSED, closed=NOW, **changes)
    schedule = notices.closed(closed, [says(1, Reply.INTERESTED, "A")])
    assert set(schedule.remove) == {
        "opportunity:1:close",
        "opportunity:1:outcome",
        "opportunity:1:reminder:1",
    }
    assert [(one.person, one.due) for one in schedule.add] == (
        [(50, NOW + timedelta(days=14))] if asked else []
    )


def test_each_revision_of_a_post_makes_a_notice_of_its_own() -> None:
    first, second = (notices.refreshed(opportunity(revision=n), NOW).add[0] for n in (2, 3))
    assert first.key == second.key
    assert first.details != second.details
    assert notices.refreshed(opportunity(message=None), NOW) == Schedule()


@pytest.mark.parametrize(
    ("now", "at"),
    [((2, 8, 59), (2, 9)), ((2, 9, 0), (3, 9)), ((2, 23, 0), (3, 9))],
)
def test_what_is_said_in_a_channel_is_said_once_a_day(
    now: tuple[int, int, int], at: tuple[int, int]
) -> None:
    day, hour, minute = now
    moment = notices.gathered_at(datetime(2026, 3, day, hour, minute, tzinfo=UTC))
    assert moment == datetime(2026, 3, *at, tzinfo=UTC)


@pytest.mark.parametrize(("asker", "told"), [(9, [50]), (50, [])])
def test_a_question_goes_into_the_thread_and_to_the_poster_unless_they_ask(
    asker: int, told: list[int]
) -> None:
    inquiry = Inquiry(77, asker, "Ana", "Harbor", "Where?")
    question, *others = notices.asked(opportunity(), inquiry, NOW).add
    assert (question.key, question.person) == ("opportunity:1:question:77", None)
    assert [one.person for one in others] == told
    assert {one.key for one in others} <= {"opportunity:1:asked:77"}
    assert all(one.details["asker"] == str(asker) for one in (question, *others))
