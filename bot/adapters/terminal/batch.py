"""Answering a file of questions: one JSON object a line in, one a line out."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.core.errors import QuestionRefused
from bot.core.models import Question
from bot.guide.contract import AnswerRecord, SearchRecord, record, refused
from bot.guide.guide import Guide

SIZE = 64
"""Questions that are answered, and embedded, together."""


class BatchLine(BaseModel):
    """One line of input; further keys are allowed, so that labelled questions can be used."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    id: Annotated[str, Field(min_length=1)]
    question: str
    history: list[str] = []


def answer_batch(
    guide: Guide, lines: Iterable[bytes], *, explain: bool = False
) -> Iterator[AnswerRecord]:
    """One record for each line that isn't blank, in order; a bad line gives its error and no more.

    Args:
        guide: answers the questions.
        lines: raw lines, so that broken UTF-8 costs its own line only.
        explain: each says why it came out so.
    """
    numbered = enumerate(lines, start=1)
    while chunk := list(islice(numbered, SIZE)):
        yield from _answer_chunk(guide, chunk, explain=explain)


def search_batch(guide: Guide, lines: Iterable[bytes], limit: int) -> Iterator[SearchRecord]:
    """The ranking for each line that isn't blank, in order; see `answer_batch`."""
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        read = _read(guide, number, raw)
        if isinstance(read, AnswerRecord):
            yield SearchRecord(id=read.id, results=[], error=read.answer)
        else:
            yield SearchRecord(id=read[0], results=guide.results(read[1], limit))


def _answer_chunk(
    guide: Guide, chunk: list[tuple[int, bytes]], *, explain: bool
) -> Iterator[AnswerRecord]:
    start = time.perf_counter()
    outcomes: list[AnswerRecord | tuple[str, Question]] = []
    for number, raw in chunk:
        if raw.strip():
            outcomes.append(_read(guide, number, raw))
    asked = [outcome for outcome in outcomes if not isinstance(outcome, AnswerRecord)]
    answers = iter(guide.answer_many([question for _, question in asked]) if asked else [])
    each = (time.perf_counter() - start) * 1000 / max(len(asked), 1)
    for outcome in outcomes:
        if isinstance(outcome, AnswerRecord):
            yield outcome
        else:
            why = guide.explain(outcome[1]) if explain else None
            yield record(next(answers), outcome[0], each).model_copy(update={"explain": why})


def _read(guide: Guide, number: int, raw: bytes) -> AnswerRecord | tuple[str, Question]:
    try:
        data = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return refused("line", f"Line {number} is not valid UTF-8.", None, "")
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deeply, or a number too long")
        return refused("line", f"Line {number} is not valid JSON: {reason}.", None, "")
    try:
        line = BatchLine.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "the line"
        known = data if isinstance(data, dict) else {}
        id_ = known.get("id")
        question = known.get("question")
        return refused(
            "line",
            f"Line {number}: {place}: {first['msg']}.",
            id_ if isinstance(id_, str) else None,
            question if isinstance(question, str) else "",
        )
    try:
        return line.id, guide.read(line.question, line.history)
    except QuestionRefused as error:
        return refused(error.code, str(error), line.id, line.question[:200])
