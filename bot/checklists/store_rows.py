"""A run and its rows: reading it with its checklist, and writing what an event changed."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, fields, replace
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, select

from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import AnswerValue, Promise, Run, Skipped, Status, StepAnswer
from bot.checklists.tables import AnswerRow, DefinitionRow, RunRow, SkipRow
from bot.core.checklist import Checklist
from bot.database.part import value_of
from bot.database.session import StoreSession

_CHECKLIST = TypeAdapter(Checklist)


async def add_run(session: StoreSession, run: Run, checklist: Checklist) -> int:
    """Store a new run, and its checklist unless another run began with the same."""
    definition = _CHECKLIST.dump_json(checklist).decode()
    digest = hashlib.sha256(definition.encode()).hexdigest()
    values = {"digest": digest, "title": checklist.title, "definition": definition}
    await session.upsert(DefinitionRow, values, replace=False)
    row = RunRow(digest=digest, **_columns(run))
    session.add(row)
    await session.flush()
    number = row.id
    bare = replace(run, answers={}, skipped={})
    await _write_steps(session, bare, replace(run, id=number))
    return number


async def read_walk(session: StoreSession, run: int) -> StoredRun | None:
    """A run with its checklist, within a transaction."""
    query = (
        select(RunRow, DefinitionRow.definition)
        .join(DefinitionRow, DefinitionRow.digest == RunRow.digest)
        .where(RunRow.id == run)
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return None
    row, definition = found
    answers: dict[str, tuple[StepAnswer, ...]] = {}
    given = select(AnswerRow).where(AnswerRow.run == run)
    for answer in await session.scalars(given.order_by(AnswerRow.step, AnswerRow.position)):
        answers[answer.step] = (*answers.get(answer.step, ()), _to_answer(answer))
    skips = select(SkipRow).where(SkipRow.run == run)
    skipped = {skip.step: value_of(Skipped, skip) for skip in await session.scalars(skips)}
    stored = value_of(Run, row, status=Status(row.status), answers=answers, skipped=skipped)
    return StoredRun(stored, _read_checklist(definition))


async def write_changes(session: StoreSession, before: Run, after: Run) -> None:
    """Write what differs between two states of a stored run."""
    if after is before:
        return
    row = await session.get_one(RunRow, after.id)
    for name, value in _columns(after).items():
        setattr(row, name, value)
    await _write_steps(session, before, after)


async def _write_steps(session: StoreSession, before: Run, after: Run) -> None:
    """Replace all answers of a step where one changed: their order stands as it is in the run."""
    for step in before.answers.keys() | after.answers.keys():
        answers = after.answers.get(step, ())
        if answers != before.answers.get(step, ()):
            key = {"run": after.id, "step": step}
            await session.affected(delete(AnswerRow).filter_by(**key))
            rows = [
                {**key, "position": position, **_answer_columns(answer)}
                for position, answer in enumerate(answers)
            ]
            await session.insert(AnswerRow, rows)
    for step in before.skipped.keys() | after.skipped.keys():
        skip = after.skipped.get(step)
        if skip != before.skipped.get(step):
            key = {"run": after.id, "step": step}
            await session.affected(delete(SkipRow).filter_by(**key))
            if skip is not None:
                await session.insert(SkipRow, [{**key, **asdict(skip)}])


@lru_cache(maxsize=64)
def _read_checklist(definition: str) -> Checklist:
    return _CHECKLIST.validate_json(definition)


def _columns(run: Run) -> dict[str, Any]:
    names = [field.name for field in fields(run) if field.name not in {"id", "answers", "skipped"}]
    return {name: getattr(run, name) for name in names} | {"status": run.status.value}


def _answer_columns(answer: StepAnswer) -> dict[str, Any]:
    given, promise = answer.given, answer.given.promise
    return {
        "person": answer.person,
        "text": given.text,
        "value": given.value,
        "what": promise.what if promise else None,
        "who": promise.who if promise else None,
        "day": promise.day if promise else None,
        "name": answer.name,
        "organization": answer.organization,
        "revision": answer.revision,
        "at": answer.at,
    }


def _to_answer(row: AnswerRow) -> StepAnswer:
    promise = None if row.what is None else Promise(row.what, row.who or "", row.day)
    return value_of(StepAnswer, row, given=AnswerValue(row.text, row.value, promise))
