"""The commands about checklists in the terminal: `/checklist …` and `/commitments …`."""

from __future__ import annotations

from rapidfuzz import fuzz, process, utils
from rich.console import Group, RenderableType
from rich.text import Text

from bot.checklists.rules.events import Cancel, Refusal, Reopen, Resume
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import Status
from bot.core.checklist import Checklist
from bot.core.models import Library
from bot.core.outbox import Notice, NoticeKind
from bot.core.phrases import Phrases
from bot.terminal import run_pages
from bot.terminal.briefs import Briefs
from bot.terminal.commitments import Commitments
from bot.terminal.ledger import OPEN, Ledger
from bot.terminal.subcommands import Command, number_of, subcommand
from bot.terminal.walking import Walker

_NEAR = 55


class Checklists:
    """Takes commands and gives what to show."""

    def __init__(self, ledger: Ledger, library: Library, phrases: Phrases) -> None:
        self._ledger = ledger
        self._library = library
        self._phrases = phrases
        self._briefs = Briefs(ledger, library, phrases)
        self.walker = Walker(ledger, library, phrases, self._finished)
        self._commitments = Commitments(ledger, phrases)
        self._checklist_commands: dict[str, Command] = {
            "list": self._list,
            "start": self._start,
            "resume": self._resume,
            "show": self._show,
            "export": self._export,
            "cancel": self._cancel,
            "reopen": self._reopen,
            "history": self._history,
        }
        self.commands: dict[str, Command] = {
            "/checklist": lambda rest: subcommand(
                "/checklist", self._checklist_commands, rest, phrases
            ),
            "/commitments": self._commitments.command,
            "/skip": self.walker.skip,
            "/back": self.walker.back,
            "/pause": self.walker.pause,
            "/finish": self.walker.finish,
        }

    @property
    def words(self) -> list[str]:
        """What can be completed."""
        named = ("start", "history")
        return [
            *(f"/checklist {name}" for name in self._checklist_commands),
            *(f"/checklist {name} {one.id}" for name in named for one in self._library.checklists),
            *self._commitments.words,
        ]

    def greeting(self) -> RenderableType | None:
        """What is due or under way when the conversation begins; None for nothing."""
        lines = self._commitments.due()
        under_way = self._ledger.runs(statuses=(Status.OPEN,), limit=3)
        lines += [
            Text(self._phrases.say("run_under_way", title=run.title, id=run.id))
            for run in under_way
        ]
        return Group(*lines) if lines else None

    def reminders(self) -> RenderableType | None:
        """What has become due meanwhile, each once; None for nothing."""
        found = [self._reminder(notice) for notice in self._ledger.take_notices()]
        lines = [line for line in found if line is not None]
        return Group(*lines) if lines else None

    def _reminder(self, notice: Notice) -> Text | None:
        if notice.kind is NoticeKind.COMMITMENT_DUE:
            return self._commitments.recalled(notice.about)
        walk = self._ledger.walk(notice.about) if notice.kind is NoticeKind.RUN_OFFERED else None
        if walk is None:
            return None
        title, since = walk.checklist.title, run_pages.day(walk.run.changed.date())
        told = self._phrases.say("run_paused_since", title=title, id=walk.run.id, since=since)
        return Text(told, style="yellow")

    # -- checklists -------------------------------------------------------------------------------

    def _list(self, _: str) -> RenderableType:
        return run_pages.checklists(self._library.checklists, self._phrases)

    def _start(self, name: str) -> RenderableType:
        checklist = self._named(name)
        if not isinstance(checklist, Checklist):
            return checklist
        earlier = self._ledger.runs(checklist.id, OPEN, limit=1)
        page = self.walker.enter(self._ledger.start(checklist))
        if not earlier:
            return page
        told = self._phrases.say("run_earlier", id=earlier[0].id, status=earlier[0].status.value)
        return Group(Text(told, style="yellow"), page)

    def _resume(self, wanted: str) -> RenderableType:
        walk = self._run(wanted, OPEN)
        if not isinstance(walk, StoredRun):
            return walk
        if walk.run.status.over:
            over = self._phrases.say("run_is_over", status=walk.run.status.value, id=walk.run.id)
            return Text(run_pages.plain(over))
        change = self._ledger.change(walk.run.id, Resume())
        page = self.walker.enter(change.walk if change else walk)
        newest = self._library.checklists_by_id.get(walk.checklist.id)
        if newest is None or newest.version <= walk.run.version:
            return page
        told = self._phrases.say("newer_version", version=walk.run.version, newer=newest.version)
        return Group(Text(run_pages.plain(told), style="yellow"), page)

    def _show(self, wanted: str) -> RenderableType:
        walk = self._run(wanted, tuple(Status))
        return self._briefs.shown(walk) if isinstance(walk, StoredRun) else walk

    def _export(self, wanted: str) -> RenderableType:
        first, _, rest = wanted.partition(" ")
        if not number_of(first) and not self._is_named(first):
            first, rest = "", wanted
        walk = self._run(first, tuple(Status))
        if not isinstance(walk, StoredRun):
            return walk
        return self._briefs.written(walk, rest.strip())

    def _cancel(self, wanted: str) -> RenderableType:
        walk = self._run(wanted, OPEN)
        if not isinstance(walk, StoredRun):
            return walk
        change = self._ledger.change(walk.run.id, Cancel())
        number, title = walk.run.id, walk.checklist.title
        if change is None or isinstance(change.effects[0], Refusal):
            status = (change.walk if change else walk).run.status.value
            over = self._phrases.say("run_is_over", status=status, id=number)
            return Text(run_pages.plain(over))
        self.walker.leave(number)
        told = self._phrases.say("run_cancelled", title=title, id=number)
        return Text(run_pages.plain(told))

    def _reopen(self, wanted: str) -> RenderableType:
        walk = self._run(wanted, (Status.FINISHED, Status.CANCELLED))
        if not isinstance(walk, StoredRun):
            return walk
        change = self._ledger.change(walk.run.id, Reopen())
        if change is None or isinstance(change.effects[0], Refusal):
            told = self._phrases.say("run_not_over", title=walk.checklist.title, id=walk.run.id)
            return Text(run_pages.plain(told))
        return self.walker.enter(change.walk)

    def _history(self, name: str) -> RenderableType:
        if not name:
            runs = self._ledger.runs()
            none = self._phrases.say("history_none", title="")
            return run_pages.runs(runs) if runs else Text(run_pages.plain(none))
        checklist = self._named(name)
        if not isinstance(checklist, Checklist):
            return checklist
        return self._briefs.history(checklist, self._ledger.runs(checklist.id))

    def _finished(self, walk: StoredRun) -> RenderableType:
        told = self._phrases.say("run_finished", id=walk.run.id)
        return Group(self._briefs.shown(walk), Text(told, style="bold"))

    # -- what is meant ----------------------------------------------------------------------------

    def _is_named(self, name: str) -> bool:
        return bool(name) and isinstance(self._named(name), Checklist)

    def _named(self, name: str) -> Checklist | Text:
        """The checklist of a name: its id or title."""
        titles = {one.id: one.title for one in self._library.checklists}
        for id_, title in titles.items():
            if name.casefold() in {id_, title.casefold()}:
                return self._library.checklists_by_id[id_]
        if not name:
            return Text(self._phrases.say("checklist_which"))
        known = [*titles, *titles.values()]
        found = process.extract(
            name, known, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=_NEAR
        )
        ids = [*titles, *titles]
        near = list(dict.fromkeys(ids[place] for _, _, place in found))[:3]
        return Text(self._phrases.say("checklist_unknown", name=name, near=near))

    def _run(self, wanted: str, statuses: tuple[Status, ...]) -> StoredRun | Text:
        """The run that is meant: by number, by checklist, or the one at hand."""
        number = number_of(wanted)
        if wanted and number is None:
            checklist = self._named(wanted)
            if not isinstance(checklist, Checklist):
                return checklist
            runs = self._ledger.runs(checklist.id, statuses, limit=1)
        else:
            at_hand = set(OPEN) <= set(statuses)
            number = number or (self.walker.run if at_hand else None)
            runs = () if number or not at_hand else self._ledger.runs(statuses=OPEN, limit=1)
            runs = runs or (() if number else self._ledger.runs(statuses=statuses, limit=1))
        number = number or (runs[0].id if runs else None)
        walk = self._ledger.walk(number) if number else None
        if walk is not None:
            return walk
        if wanted:
            return Text(self._phrases.say("run_not_here", run=wanted))
        return Text(run_pages.plain(self._phrases.say("runs_none")))
