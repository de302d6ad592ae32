"""What people wrote in a run, pure: quoted as it was typed, cut to the room there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.chat.action import Place
from bot.chat.fit import Block, Listing
from bot.chat.turn import Context
from bot.checklists.rules.brief import says_promise
from bot.checklists.rules.paper import understood_as
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import StepAnswer
from bot.core.checklist import AnswerType, Step
from bot.core.markup import NAME, clip, quoted, shorten

_REASON, _WHY_NOT, _PROMISE, _LEAST = 300, 240, 160, 180
"""Characters of a skip's reason, of why something could not be taken, of a promise, and of an
answer beside others at least."""


@dataclass(frozen=True, slots=True)
class Unkept:
    """Something typed that could not be taken.

    Attributes:
        place: of the step.
        why: why not.
        text: what was typed.
        days: the days that it may mean.
    """

    place: Place
    why: str
    text: str
    days: tuple[date, ...] = ()


def unkept_text(context: Context, unkept: Unkept, room: int) -> str:
    """What could not be taken, and why."""
    why = shorten(unkept.why, _WHY_NOT)
    around = len(context.say("step_not_taken", why=why, quote=""))
    return context.say("step_not_taken", why=why, quote=quoted(unkept.text, room - around))


def answers_block(
    context: Context, stored: StoredRun, step: Step, room: int, *, live: bool
) -> Block:
    """What was answered to a step, or why it was not."""
    run = stored.run
    given = run.answers.get(step.id, ())
    if not given:
        if (skipped := run.skipped.get(step.id)) is not None:
            return context.say("step_skipped", reason=clip(skipped.reason, _REASON))
        return context.say("step_unanswered", closed=not live) if run.team else ""
    if not run.team:
        around = len(context.say("step_yours", quote=""))
        quote = _quote(context, given[-1], step, room - around)
        return context.say("step_yours", quote=quote) if live else quote
    share = max(room // len(given) - len("\n\n"), _LEAST)
    return Listing(
        [_answer_of(context, answer, step, share) for answer in given],
        lambda count: "\n" + context.say("step_more_answers", count=count),
        between="\n\n",
    )


def _answer_of(context: Context, answer: StepAnswer, step: Step, room: int) -> str:
    who = {"name": clip(answer.name, NAME), "organization": clip(answer.organization, NAME)}
    around = len(context.say("step_answer_of", **who, quote=""))
    quote = _quote(context, answer, step, max(room - around, _LEAST // 2))
    return context.say("step_answer_of", **who, quote=quote)


def _quote(context: Context, answer: StepAnswer, step: Step, room: int) -> str:
    """An answer with how it was understood and what was promised with it."""
    given, promise, text = answer.given, "", answer.given.text
    meant = understood_as(answer)
    if meant and step.type not in {AnswerType.TEXT, AnswerType.YES_NO}:
        text = f"{text} → {meant}"
    if given.promise is not None:
        promised = context.say(
            "step_promise",
            what="" if says_promise(given) else clip(given.promise.what, _PROMISE),
            who=clip(given.promise.who, NAME),
            day=given.promise.day,
        )
        promise = f"\n> {promised}"
    return shorten(f"{quoted(text, room - len(promise))}{promise}", room)
