"""What people wrote in a run, pure: quoted as it was typed, cut to the room there is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.checklists.rules.brief import says_promise
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import Run, StepAnswer
from bot.core.checklist import AnswerType, Step
from bot.core.markup import escape, one_line, shorten
from bot.core.phrases import Phrases

TITLE, NAME, REASON, WHY_NOT = 120, 80, 300, 240
"""Characters of a title, a name, a skip's reason, and why something could not be taken."""
_PROMISE, _LEAST_ANSWER, _MORE = 160, 90, 60


@dataclass(frozen=True, slots=True)
class Unkept:
    """Something typed that could not be taken: at which step, why, and the text itself."""

    place: int
    why: str
    text: str


def clip(text: str, limit: int = TITLE) -> str:
    """Text on one line, escaped, of at most `limit` characters."""
    return shorten(escape(one_line(text)), limit)


def quoted(text: str, limit: int) -> str:
    """Text as it was typed, as a quotation of at most `limit` characters."""
    plain = escape(text.replace("\r\n", "\n")).strip("\n")
    lines = "\n".join(f"> {line}" for line in plain.split("\n"))
    return shorten(lines, max(limit, 0))


def unkept_text(unkept: Unkept, phrases: Phrases, room: int) -> str:
    """What could not be taken, and why."""
    why = shorten(unkept.why, WHY_NOT)
    around = len(phrases.say("step_not_taken", why=why, quote=""))
    quote = quoted(unkept.text, room - around)
    return phrases.say("step_not_taken", why=why, quote=quote)


def answers_text(walk: StoredRun, step: Step, phrases: Phrases, room: int, *, live: bool) -> str:
    """What was answered to a step, or why it was not."""
    run = walk.run
    given = run.answers.get(step.id, ())
    if not given:
        if (skipped := run.skipped.get(step.id)) is not None:
            return phrases.say("step_skipped", reason=clip(skipped.reason, REASON))
        return phrases.say("step_unanswered", closed=not live) if run.team else ""
    if not run.team:
        around = len(phrases.say("step_yours", quote=""))
        quote = _quote(given[-1], step, phrases, room - around)
        return phrases.say("step_yours", quote=quote) if live else quote
    return _side_by_side(run, step, phrases, room)


def _side_by_side(run: Run, step: Step, phrases: Phrases, room: int) -> str:
    given = run.answers[step.id]
    share = max(room // len(given), _LEAST_ANSWER * 2)
    blocks: list[str] = []
    for place, answer in enumerate(given):
        who = {
            "name": clip(answer.name, NAME),
            "organization": clip(answer.organization, NAME),
        }
        left = room - sum(len(block) + 2 for block in blocks)
        if place + 1 < len(given):
            left = min(left - _MORE, share)
        around = len(phrases.say("step_answer_of", **who, quote=""))
        if left - around < min(_LEAST_ANSWER, len(answer.given.text) + 2):
            more = phrases.say("step_more_answers", count=len(given) - place)
            return "\n\n".join([*blocks, more])
        quote = _quote(answer, step, phrases, left - around)
        blocks.append(phrases.say("step_answer_of", **who, quote=quote))
    return "\n\n".join(blocks)


def _quote(answer: StepAnswer, step: Step, phrases: Phrases, room: int) -> str:
    """An answer with how it was understood and what was promised with it."""
    given, promise = answer.given, ""
    text = given.text
    if step.type not in {AnswerType.TEXT, AnswerType.YES_NO} and (
        given.value.casefold() != text.strip().casefold()
    ):
        text = f"{text} → {given.value}"
    if given.promise is not None:
        promised = phrases.say(
            "step_promise",
            what="" if says_promise(given) else clip(given.promise.what, _PROMISE),
            who=clip(given.promise.who, NAME),
            day=given.promise.day,
        )
        promise = f"\n> {promised}"
    return shorten(f"{quoted(text, room - len(promise))}{promise}", room)
