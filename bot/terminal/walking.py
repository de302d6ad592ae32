"""At a step of a checklist: a plain line is the answer, commands move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from bot.checklists.rules import engine
from bot.checklists.rules.events import (
    AnswerStep,
    Became,
    Effect,
    Event,
    Finish,
    GoBack,
    Kept,
    Missing,
    Pause,
    Refusal,
    SkipStep,
    Why,
)
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import AnswerValue, Status
from bot.checklists.rules.typed_answer import NotTaken, Trouble, Typed, option_label, read_answer
from bot.core.checklist import AnswerType, Step
from bot.core.models import Library
from bot.core.phrases import Phrases
from bot.terminal import render, run_pages
from bot.terminal.ledger import Ledger

_MOST_CASES = 4
_FIELDS = {
    "what": ("field_what", "ask_what"),
    "who": ("field_who", "ask_who"),
    "by_when": ("field_by_when", "ask_by_when"),
}
"""The label and the question of each field of a commitment, in the order they are asked for."""
_STAYING = frozenset({Why.REASON_NEEDED, Why.AT_FIRST})
"""Refusals that leave everything as it is shown."""
_REFUSALS: Mapping[Why, str] = {
    Why.ALREADY_ANSWERED: "answered_meanwhile",
    Why.UNKNOWN_STEP: "step_no_longer_asked",
    Why.AT_FIRST: "at_first_step",
}
_ABOUT_DATES = frozenset({Trouble.DATE_UNCLEAR, Trouble.DATE_PAST, Trouble.DATE_FAR})


class Walker:
    """The run that is walked through right now, if any.

    Nothing but which run it is lives here: what was typed of a commitment is kept as a draft.
    """

    def __init__(
        self,
        ledger: Ledger,
        library: Library,
        phrases: Phrases,
        brief: Callable[[StoredRun], RenderableType],
    ) -> None:
        self._ledger = ledger
        self._library = library
        self._phrases = phrases
        self._brief = brief
        self._walk: StoredRun | None = None
        self._typed: dict[str, str] | None = None

    @property
    def run(self) -> int | None:
        """The run that is walked through."""
        return self._walk.run.id if self._walk else None

    @property
    def step(self) -> Step | None:
        """The step that waits for an answer."""
        if self._walk is None or self._walk.run.current is None:
            return None
        return self._walk.checklist.by_id[self._walk.run.current]

    @property
    def prompt(self) -> str:
        """What stands before the line that is typed next."""
        say, field = self._phrases.say, self._field
        label = say(_FIELDS[field][0]) if field and self.step else ""
        return say("terminal_prompt", at_step=self.step is not None, field=label)

    @property
    def takes_nothing(self) -> bool:
        """Whether an empty line means something."""
        return self._field is not None or self._answered

    def others(self, step: Step) -> RenderableType:
        """What others did: the case that shows the step in full, and the titles of further ones."""
        cases = run_pages.cases_of(step, self._library)
        if not cases:
            return Text(self._phrases.say("others_none"))
        first = render.passage(cases[0], self._phrases)
        return Group(first, render.passages(cases[1:_MOST_CASES]))

    def enter(self, walk: StoredRun) -> RenderableType:
        """Walk through a run from where it is."""
        self._walk = walk
        self._typed = None
        if self.step is not None and self.step.commitment:
            draft = self._ledger.draft(walk.run.id, self.step.id)
            self._typed = dict(draft) if draft else None
        if self._typed is None:
            return self._page()
        begun = self._phrases.say("commitment_begun", text=self._typed["text"])
        return Group(self._page(), Text(begun, style="yellow"), self._ask())

    def leave(self, run: int) -> None:
        """Walk no further, if it is this run."""
        if self.run == run:
            self._walk = self._typed = None

    def answer(self, line: str) -> RenderableType:
        """Take a line as the answer to the step, or as one field of its commitment."""
        walk, step = self._walk, self.step
        assert walk is not None
        assert step is not None
        if self._typed is not None:
            return self._take_field(walk, step, self._typed, line)
        if not line.strip() and self._answered:
            return self._happens(SkipStep(step.id, walk.run.revision))
        if not step.commitment:
            return self._send(walk, step, Typed(line))
        taken = self._read(step, Typed(line))
        if isinstance(taken, NotTaken):
            return self._not_taken(step, taken)
        return self._keep(walk, step, {"text": line})

    def skip(self, reason: str) -> RenderableType:
        """Leave the step out."""
        if self._walk is None or self.step is None:
            return self._nowhere()
        return self._happens(SkipStep(self.step.id, self._walk.run.revision, reason))

    def back(self, _: str) -> RenderableType:
        """Go to the step before, or to the answer where the commitment is being asked for."""
        if self._walk is None:
            return self._nowhere()
        if self._typed is not None and self.step is not None:
            self._ledger.drop_draft(self._walk.run.id, self.step.id)
            return self.enter(self._walk)
        return self._happens(GoBack(self._walk.run.revision))

    def pause(self, _: str) -> RenderableType:
        """Put the run aside."""
        return self._happens(Pause(self._walk.run.revision)) if self._walk else self._nowhere()

    def finish(self, _: str) -> RenderableType:
        """End the run and show its brief."""
        return self._happens(Finish(self._walk.run.revision)) if self._walk else self._nowhere()

    def _nowhere(self) -> Text:
        return Text(self._phrases.say("not_walking"))

    # -- answers ----------------------------------------------------------------------------------

    @property
    def _answered(self) -> bool:
        return bool(self._walk and self.step and self.step.id in self._walk.run.answers)

    @property
    def _field(self) -> str | None:
        if self._typed is None:
            return None
        return next((name for name in _FIELDS if name not in (self._typed or ())), None)

    def _take_field(
        self, walk: StoredRun, step: Step, typed: dict[str, str], line: str
    ) -> RenderableType:
        typed = {**typed, self._field or "by_when": line.strip()}
        if set(typed) >= set(_FIELDS):
            return self._send(walk, step, Typed(**typed))
        return self._keep(walk, step, typed)

    def _keep(self, walk: StoredRun, step: Step, typed: dict[str, str]) -> RenderableType:
        self._ledger.save_draft(walk.run.id, step.id, typed)
        self._typed = typed
        return self._ask()

    def _ask(self) -> Text:
        if self._field is None:
            return Text("")
        return Text(self._phrases.say(_FIELDS[self._field][1]), style="bold")

    def _send(self, walk: StoredRun, step: Step, typed: Typed) -> RenderableType:
        taken = self._read(step, typed)
        if isinstance(taken, NotTaken):
            refused = self._not_taken(step, taken)
            if self._typed is None:
                return refused
            self._typed = asdict(typed)
            del self._typed["by_when" if taken.trouble in _ABOUT_DATES else "what"]
            return Group(refused, self._ask())
        if step.options and len(typed.text.split()) == 1:  # "3" says nothing in a brief
            taken = replace(taken, text=option_label(step, taken.value, self._phrases))
        seen = walk.run.revision_of(step.id, walk.run.owner)
        return self._happens(AnswerStep(step.id, taken, seen))

    def _read(self, step: Step, typed: Typed) -> AnswerValue | NotTaken:
        return read_answer(step, typed, self._ledger.now, self._ledger.zone)

    def _not_taken(self, step: Step, refused: NotTaken) -> Text:
        why = self._phrases.say(
            "answer_trouble",
            trouble=refused.trouble.value,
            near=list(refused.near),
            options=list(step.options),
        )
        return Text(run_pages.plain(why), style="yellow")

    # -- what comes of it -------------------------------------------------------------------------

    def _happens(self, event: Event) -> RenderableType:
        assert self._walk is not None
        change = self._ledger.change(self._walk.run.id, event)
        if change is None:
            self.leave(self._walk.run.id)
            return Text(self._phrases.say("run_gone"))
        said = [
            Text(line, style="yellow")
            for e in change.effects
            if (line := self._said(e, change.walk))
        ]
        if any(isinstance(e, Refusal) and e.why in _STAYING for e in change.effects):
            return Group(*said)
        self._walk = change.walk
        if not change.walk.run.status.over and change.walk.run.status is not Status.PAUSED:
            return Group(*said, self.enter(change.walk))
        self.leave(change.walk.run.id)
        if Became(Status.FINISHED, Status.OPEN) in change.effects:
            return Group(*said, self._brief(change.walk))
        return Group(*said)

    def _said(self, effect: Effect, walk: StoredRun) -> str:
        match effect:
            case Kept(step=id_, answer=answer):
                promise = answer.given.promise
                dated = walk.checklist.by_id[id_].type is AnswerType.DATE
                day = date.fromisoformat(answer.given.value) if dated else None
                day = promise.day if promise else day
                return self._phrases.say("day_noted", day=day) if day else ""
            case Missing(steps=steps):
                return self._phrases.say("missing_steps", count=len(steps))
            case Became(status=Status.PAUSED):
                return self._phrases.say("run_put_aside", id=walk.run.id)
            case Refusal(why=why):
                return self._refusal(why, walk)
        return ""

    def _refusal(self, why: Why, walk: StoredRun) -> str:
        say, number = self._phrases.say, walk.run.id
        at, total = engine.progress(walk.checklist, walk.run)
        if why is Why.STALE:
            at = at if walk.run.current else 0
            return say("step_left", number=at, total=total, same=False, team=False)
        if why is Why.REASON_NEEDED:
            return f"{say('reason_needed')} {say('step_skip_how')}"
        if why in {Why.FINISHED, Why.CANCELLED}:
            over = say("run_is_over", status=walk.run.status.value, id=number)
            return run_pages.plain(over)
        if why is Why.PAUSED:
            return say("run_paused_meanwhile", id=number)
        return say(_REFUSALS.get(why, "nothing_changed"))

    def _page(self) -> RenderableType:
        assert self._walk is not None
        if self.step is None:
            return run_pages.review(self._walk, self._phrases)
        return run_pages.step(self._walk, self.step, self._library, self._phrases)
