"""Runs: each event is applied to the run as it is stored, in one writing transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from bot.checklists.rules.engine import apply
from bot.checklists.rules.events import Event, Kept
from bot.checklists.rules.records import Change, RunHead, StoredRun
from bot.checklists.rules.reminders import offers
from bot.checklists.rules.run import Actor, Run, Status
from bot.core.checklist import Checklist
from bot.core.outbox import NoticeKind
from bot.infra.store.checklist_schema import (
    CommitmentRow,
    DefinitionRow,
    DraftRow,
    NoticeRow,
    RunRow,
)
from bot.infra.store.commitments import follow
from bot.infra.store.database import upsert
from bot.infra.store.notice_rows import carry_out, waiting
from bot.infra.store.part import StorePart, affected, value_of, whole
from bot.infra.store.run_rows import add_run, read_walk, write_changes


class RunMethods(StorePart):
    """Walks through checklists, and what was typed on them and not taken yet."""

    @whole
    async def start_run(self, alliance: int, run: Run, checklist: Checklist) -> StoredRun:
        """Store a new run, with the checklist it keeps."""
        async with self._database.writing() as session:
            number = await add_run(session, replace(run, alliance=alliance), checklist)
            return StoredRun(replace(run, alliance=alliance, id=number), checklist)

    @whole
    async def walk(self, alliance: int, run: int) -> StoredRun | None:
        """A run by its id."""
        async with self._database.reading() as session:
            return await read_walk(session, alliance, run)

    @whole
    async def change_run(self, alliance: int, run: int, event: Event, by: Actor) -> Change | None:
        """Apply an event to a run as it is now; None if there is no such run.

        Commitments and notices that follow from it are stored with it, and the draft of an answer
        that was kept goes.
        """
        async with self._database.writing() as session:
            walk = await read_walk(session, alliance, run)
            if walk is None:
                return None
            now = self._clock()
            after, effects = apply(walk.checklist, walk.run, event, by, now)
            await write_changes(session, walk.run, after)
            await follow(session, alliance, run, effects, now)
            await carry_out(session, alliance, offers(after, effects, now))
            for effect in effects:
                if isinstance(effect, Kept):
                    await session.execute(
                        delete(DraftRow).where(*_draft(alliance, run, effect.step, by.person))
                    )
            return Change(StoredRun(after, walk.checklist), effects)

    @whole
    async def set_thread(self, alliance: int, run: int, thread: int) -> bool:
        """Note the thread that a team walks in; False if there is no such run.

        Reminders that wait go there.
        """
        promised = select(CommitmentRow.id).where(
            CommitmentRow.alliance == alliance, CommitmentRow.run == run
        )
        reminders = update(NoticeRow).where(
            NoticeRow.alliance == alliance,
            NoticeRow.kind == NoticeKind.COMMITMENT_DUE.value,
            NoticeRow.about.in_(promised),
            *waiting(),
        )
        found = update(RunRow).where(RunRow.alliance == alliance, RunRow.id == run)
        async with self._database.writing() as session:
            if not await affected(session, found.values(thread=thread)):
                return False
            await session.execute(
                reminders.values(person=None, channel=thread),
                execution_options={"synchronize_session": False},
            )
            return True

    @whole
    async def runs(
        self,
        alliance: int,
        *,
        owner: int | None = None,
        thread: int | None = None,
        checklist: str | None = None,
        statuses: Sequence[Status] = tuple(Status),
        limit: int = 25,
    ) -> tuple[RunHead, ...]:
        """Runs that fit all of what is given, the one changed last first."""
        query = (
            select(RunRow, DefinitionRow.title)
            .join(
                DefinitionRow,
                (DefinitionRow.alliance == RunRow.alliance)
                & (DefinitionRow.digest == RunRow.digest),
            )
            .where(
                RunRow.alliance == alliance,
                RunRow.status.in_([status.value for status in statuses]),
            )
            .order_by(RunRow.changed.desc(), RunRow.id.desc())
            .limit(limit)
        )
        given = {"owner": owner, "thread": thread, "checklist": checklist}
        query = query.filter_by(**{name: one for name, one in given.items() if one is not None})
        async with self._database.reading() as session:
            return tuple(
                value_of(RunHead, row, title=title, status=Status(row.status))
                for row, title in (await session.execute(query)).all()
            )

    @whole
    async def save_draft(
        self, alliance: int, run: int, step: str, person: int, fields: Mapping[str, str]
    ) -> bool:
        """Keep what a person typed that could not be taken; False if there is no such run."""
        key = {"alliance": alliance, "run": run, "step": step, "person": person}
        values: dict[str, Any] = {**key, "fields": dict(fields), "saved": self._clock()}
        async with self._database.writing() as session:
            found = select(RunRow.id).where(RunRow.alliance == alliance, RunRow.id == run)
            if await session.scalar(found) is None:
                return False
            await session.execute(
                upsert(self._database.dialect, DraftRow, values, key=list(key), replace=True)
            )
            return True

    @whole
    async def draft(
        self, alliance: int, run: int, step: str, person: int
    ) -> Mapping[str, str] | None:
        """What a person typed on a step that could not be taken; None if nothing is kept."""
        async with self._database.reading() as session:
            return await session.scalar(
                select(DraftRow.fields).where(*_draft(alliance, run, step, person))
            )

    @whole
    async def drop_draft(self, alliance: int, run: int, step: str, person: int) -> bool:
        """Delete a draft; False if none is kept."""
        return await self._change(delete(DraftRow).where(*_draft(alliance, run, step, person)))


def _draft(alliance: int, run: int, step: str, person: int) -> tuple[ColumnElement[bool], ...]:
    return (
        DraftRow.alliance == alliance,
        DraftRow.run == run,
        DraftRow.step == step,
        DraftRow.person == person,
    )
