"""Runs: each event is applied to the run as it is stored, in one writing transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, delete, select, update

from bot.alliances.store import claim_event
from bot.alliances.tables import EventRow
from bot.checklists.rules.engine import apply
from bot.checklists.rules.events import Event, Kept
from bot.checklists.rules.records import Change, Commitment, CommitmentStatus, RunHead, StoredRun
from bot.checklists.rules.reminders import offer_keys, offers, reminder_key
from bot.checklists.rules.run import Actor, Run, Status
from bot.checklists.store_commitments import follow, settle
from bot.checklists.store_reminders import remind
from bot.checklists.store_rows import add_run, read_walk, write_changes
from bot.checklists.tables import CommitmentRow, DefinitionRow, DraftRow, RunRow
from bot.core.checklist import Checklist
from bot.core.outbox import NoticeKind, Schedule
from bot.database.part import StorePart, value_of
from bot.outbox.store_notices import carry_out, waiting, waiting_under
from bot.outbox.tables import NoticeRow


class ChecklistStore(StorePart):
    """Walks through checklists, what was typed on them and not taken yet, and commitments.

    Reminders are written in the transaction of their cause: see `bot.checklists.rules.reminders`.
    """

    async def start_run(self, alliance: int, run: Run, checklist: Checklist) -> StoredRun:
        """Store a new run, with the checklist it keeps."""
        async with self._database.writing(alliance) as session:
            number = await add_run(session, replace(run, alliance=alliance), checklist)
            return StoredRun(replace(run, alliance=alliance, id=number), checklist)

    async def walk(self, alliance: int, run: int) -> StoredRun | None:
        """A run by its id."""
        async with self._database.reading(alliance) as session:
            return await read_walk(session, run)

    async def change_run(self, alliance: int, run: int, event: Event, by: Actor) -> Change | None:
        """Apply an event to a run as it is now; None if there is no such run.

        Commitments and notices that follow from it are stored with it, and the draft of an answer
        that was kept goes.
        """
        async with self._database.writing(alliance) as session:
            walk = await read_walk(session, run)
            if walk is None:
                return None
            now = self._clock()
            after, effects = apply(walk.checklist, walk.run, event, by, now)
            await write_changes(session, walk.run, after)
            await follow(session, run, effects, now)
            await carry_out(session, offers(after, effects, now))
            for effect in effects:
                if isinstance(effect, Kept):
                    draft = delete(DraftRow).where(*_draft(run, effect.step, by.person))
                    await session.affected(draft)
            return Change(StoredRun(after, walk.checklist), effects)

    async def set_thread(self, alliance: int, run: int, thread: int) -> bool:
        """Note the thread that a team walks in; False if there is no such run.

        Reminders that wait go there.
        """
        promised = select(CommitmentRow.id).where(CommitmentRow.run == run)
        reminders = update(NoticeRow).where(
            NoticeRow.kind == NoticeKind.COMMITMENT_DUE.value,
            NoticeRow.about.in_(promised),
            *waiting(),
        )
        walk = update(RunRow).where(RunRow.id == run).values(thread=thread)
        async with self._database.writing(alliance) as session:
            if not await session.affected(walk):
                return False
            await session.affected(reminders.values(person=None, channel=thread))
            return True

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
            .join(DefinitionRow, DefinitionRow.digest == RunRow.digest)
            .where(RunRow.status.in_([status.value for status in statuses]))
            .order_by(RunRow.changed.desc(), RunRow.id.desc())
            .limit(limit)
        )
        wanted = {"owner": owner, "thread": thread, "checklist": checklist}
        query = query.filter_by(
            **{key: value for key, value in wanted.items() if value is not None}
        )
        async with self._database.reading(alliance) as session:
            return tuple(
                value_of(RunHead, row, title=title, status=Status(row.status))
                for row, title in (await session.execute(query)).all()
            )

    async def mark_brief_shared(self, alliance: int, run: int, revision: int) -> bool:
        """Note that a brief is shared as the run is now; False if it was before."""
        async with self._database.writing(alliance) as session:
            return await claim_event(session, _shared(run, revision), self._clock())

    async def unmark_brief_shared(self, alliance: int, run: int, revision: int) -> None:
        """Take that back: it was not shared after all."""
        event = delete(EventRow).where(EventRow.event == _shared(run, revision))
        await self._change(alliance, event)

    async def save_draft(
        self, alliance: int, run: int, step: str, person: int, fields: Mapping[str, str]
    ) -> bool:
        """Keep what a person typed that could not be taken; False if there is no such run."""
        key = {"run": run, "step": step, "person": person}
        values = {**key, "fields": dict(fields), "saved": self._clock()}
        async with self._database.writing(alliance) as session:
            if await session.get(RunRow, run) is None:
                return False
            await session.upsert(DraftRow, values, replace=True)
            return True

    async def draft(
        self, alliance: int, run: int, step: str, person: int
    ) -> Mapping[str, str] | None:
        """What a person typed on a step that could not be taken; None if nothing is kept."""
        async with self._database.reading(alliance) as session:
            return await session.scalar(select(DraftRow.fields).where(*_draft(run, step, person)))

    async def drop_draft(self, alliance: int, run: int, step: str, person: int) -> bool:
        """Delete a draft; False if none is kept."""
        return await self._change(alliance, delete(DraftRow).where(*_draft(run, step, person)))

    async def commitments(
        self,
        alliance: int,
        *,
        person: int | None = None,
        run: int | None = None,
        statuses: Sequence[CommitmentStatus] = (CommitmentStatus.OPEN,),
    ) -> tuple[Commitment, ...]:
        """Commitments, those due first before those without a day."""
        wanted = [status.value for status in statuses]
        conditions: list[ColumnElement[bool]] = [CommitmentRow.status.in_(wanted)]
        if person is not None:
            conditions.append(CommitmentRow.person == person)
        if run is not None:
            conditions.append(CommitmentRow.run == run)
        return await self._read(alliance, *conditions)

    async def commitment(self, alliance: int, commitment: int) -> Commitment | None:
        """A commitment by its id."""
        found = await self._read(alliance, CommitmentRow.id == commitment)
        return found[0] if found else None

    async def settle_commitment(
        self, alliance: int, commitment: int, status: CommitmentStatus
    ) -> bool:
        """Note what became of a commitment; False if it is so already, or isn't kept."""
        now = self._clock()
        async with self._database.writing(alliance) as session:
            row = await session.get(CommitmentRow, commitment)
            if row is None or row.status == status:
                return False
            settle(row, status, now)
            await remind(session, row, now)
            return True

    async def move_commitment(self, alliance: int, commitment: int, day: date) -> bool:
        """Give an open commitment another day; False if it isn't open, or isn't kept."""
        async with self._database.writing(alliance) as session:
            row = await session.get(CommitmentRow, commitment)
            if row is None or row.status != CommitmentStatus.OPEN:
                return False
            row.day = day
            await remind(session, row, self._clock())
            return True

    async def drop_reminder(self, alliance: int, commitment: int) -> bool:
        """Take back the reminder of a commitment until it has another day; False if none waits."""
        key = reminder_key(commitment)
        async with self._database.writing(alliance) as session:
            waits = bool(await waiting_under(session, key))
            await carry_out(session, Schedule(remove=(key,)))
            return waits

    async def drop_offers(self, alliance: int, run: int) -> None:
        """Offer a paused run no more, until it is paused anew."""
        async with self._database.writing(alliance) as session:
            await carry_out(session, Schedule(remove=offer_keys(run)))

    async def _read(
        self, alliance: int, *conditions: ColumnElement[bool]
    ) -> tuple[Commitment, ...]:
        query = (
            select(CommitmentRow, RunRow.thread)
            .join(
                RunRow,
                RunRow.id == CommitmentRow.run,
            )
            .where(*conditions)
            .order_by(CommitmentRow.day.is_(None), CommitmentRow.day, CommitmentRow.id)
        )
        async with self._database.reading(alliance) as session:
            return tuple(
                value_of(Commitment, row, status=CommitmentStatus(row.status), thread=thread)
                for row, thread in (await session.execute(query)).all()
            )


def _shared(run: int, revision: int) -> str:
    return f"share-run:{run}:{revision}"


def _draft(run: int, step: str, person: int) -> tuple[ColumnElement[bool], ...]:
    return (
        DraftRow.run == run,
        DraftRow.step == step,
        DraftRow.person == person,
    )
