"""The figures the product is judged by, on answers written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ir_measures
import numpy as np
import pytest
from ir_measures import Success

from bot.core.errors import ContentInvalid
from bot.guide.contract import AnswerRecord, CitationRecord, SourceRecord
from bot.measure.evaluate import EXPLAINED, GOALS, EvalReport, Scored, evaluate
from bot.measure.labels import LabelledQuestion, read_questions

SOURCE = SourceRecord(document="handbook", title="T", authors="A", section="S", file="f.md", line=1)


def label(gold: Sequence[str] = (), type_: str = "paraphrase", **more: object) -> LabelledQuestion:
    return LabelledQuestion.model_validate(
        {"id": "q1", "question": "how?", "type": type_, "gold": list(gold), **more}
    )


def answer(
    cited: Sequence[str] = (),
    text: str = "So it is [1].",
    quote: str = "So it is.",
    *,
    answered: bool = True,
    ms: float = 1.0,
) -> AnswerRecord:
    """An answer that cites some passages; `answered` false makes them related instead."""
    citations = [
        CitationRecord(
            marker=i,
            passage=name,
            title=name,
            kind="guidance",
            topics=[f"topic-{name}"],
            quote=quote,
            source=SOURCE,
        )
        for i, name in enumerate(cited, start=1)
    ]
    return AnswerRecord(
        id="q1",
        question="how?",
        answered=answered,
        confidence=0.5,
        answer=text,
        citations=citations if answered else [],
        related=[] if answered else citations,
        checklists=[],
        elapsed_ms=ms,
    )


def figures(*scored: Scored, verbatim: Sequence[bool] = (True,)) -> dict[str, tuple[object, int]]:
    report = evaluate(scored, verbatim)
    return {figure.name: (figure.value, figure.over) for figure in report.figures}


REFUSED = answer(answered=False)


def test_every_figure_has_a_goal_and_an_explanation() -> None:
    names = set(figures(Scored(label(["a"]), answer(["a"]))))

    assert names == set(GOALS) == set(EXPLAINED)


def test_answerable_questions_are_counted_when_answered() -> None:
    found = figures(
        Scored(label(["a"]), answer(["a"])),
        Scored(label(["a"]), REFUSED),
        Scored(label([], "offdomain"), REFUSED),
    )

    assert found["answered"] == (0.5, 2)


def test_hits_count_the_first_citation_and_the_first_three() -> None:
    found = figures(
        Scored(label(["a"]), answer(["a", "b"])),
        Scored(label(["a", "c"]), answer(["b", "c"])),
        Scored(label(["a"]), answer(["b", "c", "d", "a"])),
        Scored(label(["a"]), REFUSED),
    )

    assert found["hit1"] == (0.25, 4)
    assert found["hit3"] == (0.5, 4)


def test_a_topic_of_a_passage_counts_like_its_id() -> None:
    found = figures(Scored(label(["topic-a"]), answer(["a"])))

    assert found["hit1"] == (1.0, 1)


def test_related_passages_of_a_refusal_are_no_hit() -> None:
    found = figures(Scored(label(["a"]), answer(["a"], answered=False)))

    assert found["hit3"] == (0.0, 1)


def test_all_parts_of_a_question_with_several_must_be_cited() -> None:
    found = figures(
        Scored(label(["a", "b"], "multi"), answer(["b", "c", "a"])),
        Scored(label(["a", "b"], "multi"), answer(["a", "c"])),
        Scored(label(["a", "b"]), answer(["a"])),
    )

    assert found["parts_cited"] == (0.5, 2)


def test_a_required_fact_may_stand_in_the_answer_or_in_a_quote() -> None:
    must = ["levy", "one|1 percent", "zebra"]
    found = figures(
        Scored(label(["a"], must=must), answer(["a"], "A LEVY [1].", "It is 1 percent.")),
        Scored(label(["a"], must=["levy"]), answer(["a"], answered=False, quote="A levy.")),
    )

    assert found["facts"] == (0.5, 4)


def test_citations_are_relevant_when_gold_or_also_right() -> None:
    found = figures(
        Scored(label(["a"], also=["b"]), answer(["a", "b", "c", "d"])),
        Scored(label(["a"]), REFUSED),
    )

    assert found["relevant"] == (0.5, 4)


def test_sentences_without_a_marker_are_counted() -> None:
    found = figures(Scored(label(["a"]), answer(["a"], "This is so [1]. That is not. Why [1]?")))

    assert found["marked"] == (pytest.approx(2 / 3, abs=1e-4), 3)


def test_quotes_are_verbatim_or_not() -> None:
    found = figures(Scored(label(["a"]), answer(["a"])), verbatim=[True, True, False, True])

    assert found["verbatim"] == (0.75, 4)


def test_refusals_are_counted_apart_for_far_and_near_questions() -> None:
    found = figures(
        Scored(label([], "offdomain"), REFUSED),
        Scored(label([], "neardomain"), REFUSED),
        Scored(label([], "neardomain"), answer(["a"])),
    )

    assert found["refused_offdomain"] == (1.0, 1)
    assert found["refused_neardomain"] == (0.5, 2)


def test_what_was_not_measured_has_no_value_and_fails_no_goal() -> None:
    report = evaluate([Scored(label(["a"]), answer(["a"]))], [])

    by_name = {figure.name: figure for figure in report.figures}
    assert by_name["refused_offdomain"].value is None
    assert by_name["refused_offdomain"].reached


def test_a_figure_below_its_goal_is_not_reached() -> None:
    report = evaluate([Scored(label(["a"]), answer(["b"]))], [True])

    by_name = {figure.name: figure for figure in report.figures}
    assert not by_name["hit1"].reached
    assert by_name["answered"].reached


@pytest.mark.parametrize(
    ("scored", "fault"),
    [
        (Scored(label(["a"]), REFUSED), "refused"),
        (Scored(label(["a"]), answer(["b", "a"])), "first citation wrong"),
        (Scored(label(["a"]), answer(["b"])), "no citation right"),
        (Scored(label(["a", "b"], "multi"), answer(["a"])), "a part is missing"),
        (Scored(label(["a"], must=["levy"]), answer(["a"])), "fact missing: levy"),
        (Scored(label([], "neardomain"), answer(["a"])), "answered, though not covered"),
        (Scored(label(["a"], must_not=["so it"]), answer(["a"])), "says what it must not"),
    ],
)
def test_a_miss_says_what_went_wrong(scored: Scored, fault: str) -> None:
    [miss] = evaluate([scored], [True]).misses

    assert miss.fault == fault
    assert miss.wanted == scored.label.gold


def test_a_good_answer_and_a_due_refusal_are_no_misses() -> None:
    report = evaluate(
        [Scored(label(["a"]), answer(["a"])), Scored(label([], "offdomain"), REFUSED)], [True]
    )

    assert report.misses == []


def test_the_time_in_the_middle_is_told() -> None:
    scored = [Scored(label(["a"]), answer(["a"], ms=ms)) for ms in (1.0, 2.0, 50.0)]

    assert evaluate(scored, [True]).median_ms == 2.0


def test_a_report_survives_being_written_and_read() -> None:
    report = evaluate([Scored(label(["a"]), answer(["b"]))], [True])

    assert EvalReport.model_validate_json(report.model_dump_json()) == report


def test_hits_agree_with_an_independent_measure_on_random_answers() -> None:
    random = np.random.default_rng(5)
    names = [f"p{n}" for n in range(8)]
    scored, wanted, ranked = [], [], []
    for number in range(200):
        gold = random.choice(names, random.integers(1, 4), replace=False).tolist()
        cited = random.choice(names, random.integers(0, 6), replace=False).tolist()
        scored.append(Scored(label(gold), answer(cited)))
        wanted += [ir_measures.Qrel(str(number), name, 1) for name in gold]
        ranked += [
            ir_measures.ScoredDoc(str(number), name, -float(i)) for i, name in enumerate(cited)
        ]
    measured = ir_measures.calc_aggregate([Success @ 1, Success @ 3], wanted, ranked)

    found = figures(*scored)

    assert found["hit1"] == (pytest.approx(measured[Success @ 1], abs=1e-4), 200)
    assert found["hit3"] == (pytest.approx(measured[Success @ 3], abs=1e-4), 200)


GOOD = '{"id": "q1", "question": "how?", "type": "paraphrase", "gold": ["a"]}'


def test_questions_are_read_and_blank_lines_are_not(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(f"{GOOD}\n\n{GOOD}\n")

    assert [question.gold for question in read_questions(file)] == [["a"], ["a"]]


def test_every_line_that_can_t_be_used_is_told(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    lines = [
        GOOD,
        "{",
        "",
        GOOD.replace('"paraphrase"', '"riddle"'),
        GOOD.replace('"gold"', '"glod"'),
        GOOD.replace('"how?"', "7"),
    ]
    file.write_text("\n".join(lines))

    with pytest.raises(ContentInvalid) as caught:
        read_questions(file)

    told = [str(problem) for problem in caught.value.problems]
    assert [line.split(" ", 1)[0] for line in told] == [
        "questions.jsonl:2:",
        "questions.jsonl:4:",
        "questions.jsonl:5:",
        "questions.jsonl:6:",
    ]
    assert "not JSON" in told[0]
    assert "type: Input should be" in told[1]
    assert "gold: Field required" in told[2]
    assert "question: Input should be a valid string" in told[3]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe"])
def test_a_file_without_questions_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(content)

    with pytest.raises(ContentInvalid, match=r"questions\.jsonl:0: "):
        read_questions(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentInvalid, match="can't be read"):
        read_questions(tmp_path / "questions.jsonl")
