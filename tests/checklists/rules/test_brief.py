"""What a run came to, and how it differs from another."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.checklists.rules import engine
from bot.checklists.rules.brief import compare, file_name, make_brief
from bot.checklists.rules.changes import ChangeKind
from bot.checklists.rules.events import AnswerStep, Finish, GoOn, SkipStep
from bot.checklists.rules.history import history
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import Actor, AnswerValue, Promise, Run, Status
from bot.checklists.rules.weakness import WhyOpen
from bot.core.checklist import AnswerType, Checklist, Condition, Step
from tests.conftest import make_library, make_passage

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
ROSA = Actor(1, "Rosa", "Lakeshore College")
PRIYA = Actor(2, "Priya")
LIBRARY = make_library(
    [
        make_passage("roots", "Start at home. It pays."),
        make_passage("case-a", "Once.", document="casebook"),
    ]
)

CHECKLIST = Checklist(
    id="small",
    version=3,
    title="A small one",
    purpose="To see.",
    audience="Leaders",
    overview="roots",
    minutes=5,
    steps=(
        Step("who", "Who answers for it?", "why", ("roots", "gone"), required=True, case="case-a"),
        Step("gain", "Tell what your organization gains.", "why", ("roots",), required=True),
        Step("trust", "How is trust?", "why", ("roots",), True, AnswerType.RATING),
        Step(
            "repair",
            "What would repair it?",
            "why",
            ("roots",),
            required=False,
            when=Condition("trust", ("1", "2")),
        ),
        Step("promise", "What comes next?", "why", ("roots",), required=True, commitment=True),
    ),
)


def walked(
    answers: dict[str, str | None], promise: Promise | None = None, *, finish: bool = True
) -> Run:
    """A private run with answers by step; None skips the step with a reason."""
    run = engine.start(CHECKLIST, 7, ROSA, NOW)
    while run.current is not None and run.current in answers:
        text = answers[run.current]
        if text is None:
            event = SkipStep(run.current, run.revision, "No time")
        else:
            given = AnswerValue(text, text, promise if run.current == "promise" else None)
            event = AnswerStep(run.current, given, 0)
        run, _ = engine.apply(CHECKLIST, run, event, ROSA, NOW)
    if finish:
        run, _ = engine.apply(CHECKLIST, run, Finish(run.revision), ROSA, NOW)
    return run


GOOD = {
    "who": "Dean Lind",
    "gain": "Forty placements a year",
    "trust": "4",
    "promise": "We meet soon again",
}
PROMISE = Promise("Meet the board", "Rosa", date(2027, 1, 15))


def gaps_of(run: Run) -> list[tuple[str, WhyOpen, str]]:
    brief = make_brief(CHECKLIST, run, LIBRARY)
    return [(gap.step.id, gap.reason, gap.detail) for gap in brief.gaps]


def test_a_good_run_has_answers_commitments_and_sources_and_no_gaps():
    brief = make_brief(CHECKLIST, walked(GOOD, PROMISE), LIBRARY)
    assert [step.answers[0].given.text for step in brief.steps] == list(GOOD.values())
    assert [one.promise for one in brief.commitments] == [PROMISE]
    assert brief.gaps == ()
    assert (brief.status, brief.answered, brief.owner) == (Status.FINISHED, 4, "Rosa")
    assert [document.id for document in brief.sources] == ["handbook", "casebook"]
    assert [reading.id for reading in brief.steps[0].readings] == ["roots"]
    assert brief.steps[0].case is not None
    assert brief.people == (("Rosa", "Lakeshore College"),)


def test_a_skipped_required_step_is_a_gap_with_its_reason():
    run = walked({**GOOD, "gain": None}, PROMISE)
    assert gaps_of(run) == [("gain", WhyOpen.SKIPPED, "No time")]


def test_a_skipped_optional_step_is_no_gap():
    run = walked({**GOOD, "trust": "2", "repair": None}, PROMISE)
    assert [gap[0] for gap in gaps_of(run)] == ["trust"]


@pytest.mark.parametrize(
    ("step", "text", "reason"),
    [
        ("trust", "1", WhyOpen.LOW),
        ("trust", "2", WhyOpen.LOW),
        ("gain", "I don't know yet", WhyOpen.UNSURE),
        ("gain", "TBD", WhyOpen.UNSURE),
        ("gain", "?", WhyOpen.UNSURE),
        ("gain", "🤔", WhyOpen.UNSURE),
        ("gain", "Money", WhyOpen.SHORT),
        ("gain", "Not sure", WhyOpen.UNSURE),
    ],
)
def test_weak_answers_are_worth_another_look(step, text, reason):
    assert gaps_of(walked({**GOOD, step: text, "repair": "x"}, PROMISE)) == [(step, reason, text)]


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ("trust", "3"),
        ("who", "Lind"),
        ("gain", "A new wing"),
        (
            "gain",
            "We are not sure about the numbers of year two, but year one brought forty placements",
        ),
        ("gain", "Unclear roles, staff time, reputation"),
        ("gain", "The dean leads it; her deputy is unknown"),
    ],
)
def test_other_answers_are_not(step, text):
    assert gaps_of(walked({**GOOD, step: text}, PROMISE)) == []


@pytest.mark.parametrize(
    ("promise", "reason"),
    [(None, WhyOpen.NO_PROMISE), (replace(PROMISE, day=None), WhyOpen.NO_DAY)],
)
def test_a_commitment_needs_a_day(promise, reason):
    assert gaps_of(walked(GOOD, promise)) == [("promise", reason, GOOD["promise"])]


def test_an_unfinished_run_has_what_is_missing():
    run = walked({"who": "Lind"}, finish=False)
    assert [gap[1] for gap in gaps_of(run)] == [WhyOpen.MISSING] * 3


def test_answers_that_are_no_longer_asked_are_set_aside_and_kept():
    run = walked({**GOOD, "trust": "1", "repair": "A long talk"}, PROMISE, finish=False)
    run, _ = engine.apply(CHECKLIST, run, AnswerStep("trust", AnswerValue("5", "5"), 1), ROSA, NOW)
    brief = make_brief(CHECKLIST, run, LIBRARY)
    assert "repair" not in {step.id for step in brief.steps}
    assert [step.answers[0].given.text for step in brief.set_aside] == ["A long talk"]


def test_a_team_keeps_differing_answers_side_by_side():
    run = engine.start(CHECKLIST, 7, ROSA, NOW, team=True)
    for actor, text in ((PRIYA, "Nobody so far, sadly"), (ROSA, "The dean")):
        event = AnswerStep("who", AnswerValue(text, text), 0)
        run, _ = engine.apply(CHECKLIST, run, event, actor, NOW)
    run, _ = engine.apply(CHECKLIST, run, GoOn(run.revision), ROSA, NOW)
    brief = make_brief(CHECKLIST, run, LIBRARY)
    assert [answer.given.text for answer in brief.steps[0].answers] == [
        "Nobody so far, sadly",
        "The dean",
    ]
    assert brief.people == (("Priya", ""), ("Rosa", "Lakeshore College"))


def test_one_good_commitment_is_enough_for_a_team_but_a_doubt_counts():
    run = replace(engine.start(CHECKLIST, 7, ROSA, NOW, team=True), current="promise")
    said = (
        (ROSA, AnswerValue("We go on", "We go on", PROMISE)),
        (PRIYA, AnswerValue("I agree with that", "x")),
    )
    for actor, given in said:
        run, _ = engine.apply(CHECKLIST, run, AnswerStep("promise", given, 0), actor, NOW)
    assert "promise" not in {gap[0] for gap in gaps_of(run)}
    doubt = AnswerStep("promise", AnswerValue("not sure", "not sure"), 1)
    run, _ = engine.apply(CHECKLIST, run, doubt, PRIYA, NOW)
    assert ("promise", WhyOpen.UNSURE, "not sure") in gaps_of(run)


def test_runs_are_compared_step_by_step():
    old = walked({**GOOD, "gain": None, "trust": "1", "repair": "Talk"}, PROMISE)
    new = walked({**GOOD, "trust": "2", "repair": None, "who": "The new dean"}, PROMISE)
    changes = compare(StoredRun(old, CHECKLIST), StoredRun(new, CHECKLIST), LIBRARY)
    assert {step.question: step.kind for step in changes.steps} == {
        "Who answers for it?": ChangeKind.CHANGED,
        "Tell what your organization gains.": ChangeKind.NEW,
        "How is trust?": ChangeKind.CHANGED,
        "What would repair it?": ChangeKind.GONE,
        "What comes next?": ChangeKind.SAME,
    }
    assert changes.still_open == ("How is trust?",)
    assert changes.closed == ("Tell what your organization gains.",)
    assert len(changes.different) == 4


def test_a_changed_commitment_alone_is_a_change():
    old = walked(GOOD, PROMISE)
    new = walked(GOOD, replace(PROMISE, day=date(2027, 3, 1)))
    changes = compare(StoredRun(old, CHECKLIST), StoredRun(new, CHECKLIST), LIBRARY)
    assert [step.question for step in changes.different] == ["What comes next?"]


def test_the_same_words_for_another_day_are_a_change():
    old, new = walked(GOOD, PROMISE), walked(GOOD, PROMISE)
    for run, day in ((old, "2026-11-06"), (new, "2026-12-04")):
        said = replace(run.answers["gain"][0], given=AnswerValue("next Friday", day))
        run.answers["gain"] = (said,)
    changes = compare(StoredRun(old, CHECKLIST), StoredRun(new, CHECKLIST), LIBRARY)
    assert [step.kind for step in changes.different] == [ChangeKind.CHANGED]


def test_a_low_rating_is_told_as_a_number_however_it_was_typed():
    run = walked(GOOD, PROMISE)
    run.answers["trust"] = (
        replace(run.answers["trust"][0], given=AnswerValue("two out of 5", "2")),
    )
    assert gaps_of(run) == [("trust", WhyOpen.LOW, "2")]


def test_the_same_answers_are_no_change():
    run = walked(GOOD, PROMISE)
    assert compare(StoredRun(run, CHECKLIST), StoredRun(run, CHECKLIST), LIBRARY).different == ()


def test_a_history_compares_each_run_with_the_one_before():
    first = walked({**GOOD, "trust": "2", "repair": "Talk"}, PROMISE)
    second = replace(walked(GOOD, PROMISE), id=2, started=NOW + timedelta(days=30))
    third = replace(second, id=3, started=NOW + timedelta(days=60))
    chapters = history([StoredRun(run, CHECKLIST) for run in (third, first, second)], LIBRARY)
    assert [chapter.walk.run.id for chapter in chapters] == [0, 2, 3]
    assert chapters[0].changes is None
    assert [len(chapter.changes.different) for chapter in chapters[1:]] == [2, 0]
    assert history([], LIBRARY) == ()


def test_a_file_is_named_after_checklist_and_run():
    brief = make_brief(CHECKLIST, replace(walked(GOOD, PROMISE), id=42), LIBRARY)
    assert file_name(brief, "pdf") == "brief-small-42.pdf"
