"""A few flows that need no store, under the names of real commands."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from bot.chat.action import Action
from bot.chat.find import Choice, Noun
from bot.chat.flow import Where, command, handles, submits
from bot.chat.options import PersonRef, Range
from bot.chat.screen import Button, Field, File, Form, Menu, Option, Screen, Style
from bot.chat.turn import Turn
from bot.core.errors import Refused

ANSWER = Action("t:answer", step=int)
ANSWERED = Action("t:answered", step=int)
SKIP = Action("t:skip", step=int)
SKIPPED = Action("t:skipped", step=int)
BACK = Action("t:back", step=int)
ASIDE = Action("t:aside", step=int)
READ = Action("t:read", step=int)
TAGS = Action("t:tags")
CARD = Action("t:card")
KNOWN = {"first": "The first one", "second": "The second one"}


async def find(turn: Turn, typed: str) -> str:
    if typed not in KNOWN:
        raise Refused(turn.say("checklist_unknown", name=typed, near=[*KNOWN]))
    return typed


async def complete(turn: Turn, typed: str) -> Sequence[Choice]:
    return [Choice(title, id_) for id_, title in KNOWN.items() if typed in id_]


Thing = Annotated[str, Noun(find, complete)]


class Outcome(StrEnum):
    FILLED = "filled"
    PARTLY = "partly"
    SET_ASIDE = "set aside"


def step(number: int, lead: str = "", before: str = "") -> Screen:
    menu = Menu("Read a passage", READ(number), (Option("Credit", "c"), Option("Money", "m")))
    buttons = [
        Button("Answer", ANSWER(number)),
        Button("Skip", SKIP(number)),
        Button("Back", BACK(number)),
        Button("Put aside", ASIDE(number), Style.DANGER),
    ]
    text = f"### Step {number}\n-# **Skip** leaves it out."
    return Screen(lead, text, rows=[[menu], buttons], typed=ANSWER(number))


@command("checklist start")
async def start(turn: Turn, name: Thing, team: bool = False) -> Screen:
    if team:
        await turn.surface.require_thread()
    return step(1, f"Started {name}.")


@handles(ANSWER)
async def answer(turn: Turn, step: int) -> Form:
    given = "Ann" if step == 1 and turn.place.message < 0 else ""
    fields = [Field("text", "Your answer", given, most=20, required=True)]
    if step == 2:
        fields += [Field("who", "Who", "you", hint="A name"), Field("day", "By when?")]
    return Form(f"Step {step}", ANSWERED(step), tuple(fields))


@submits(ANSWERED)
async def answered(turn: Turn, step: int, *, text: str, who: str, day: str) -> Screen:
    if text == "over":
        raise Refused("It is over.")
    if step == 2:
        return Screen(f"Done by {who or 'nobody'}, {day or 'no day'}.")
    return globals()["step"](step + 1, f"Kept {text}.")


@handles(SKIP)
async def skip(turn: Turn, step: int) -> Form:
    return Form("Why?", SKIPPED(step), (Field("reason", "Reason", required=True),))


@submits(SKIPPED)
async def skipped(turn: Turn, step: int, *, reason: str) -> Screen:
    return globals()["step"](step + 1, f"Skipped: {reason}.")


@handles(BACK)
async def back(turn: Turn, step: int) -> Screen:
    if step == 1:
        raise Refused("This is the first step.")
    return globals()["step"](step - 1)


@handles(ASIDE)
async def put_aside(turn: Turn) -> Screen:
    return Screen("Put aside.")


@handles(READ, where=Where.BESIDE)
async def read(turn: Turn, step: int, *, picked: Sequence[str]) -> Screen:
    return Screen(f"Passage {picked[0]}.")


@command("checklist list")
async def tags(turn: Turn) -> Screen:
    menu = Menu("Tags", TAGS(), tuple(Option(one, f"v{one}") for one in "abc"), most=2)
    return Screen("All.", rows=[[menu]])


@handles(TAGS)
async def tagged(turn: Turn, *, picked: Sequence[str]) -> Screen:
    return Screen(f"Picked {' and '.join(picked)}.")


@command("opportunity close")
async def close(turn: Turn, id: int, outcome: Outcome, note: str = "") -> Screen:  # noqa: A002
    return Screen(f"Closed {id} {outcome.value} “{note}”.", rows=[[Button("Interested", CARD())]])


@handles(CARD, where=Where.CARD)
async def interested(turn: Turn) -> Screen:
    return Screen("Noted.")


@command("guide retention")
async def keep(turn: Turn, days: Annotated[int, Range(1, 3650)]) -> Screen:
    return Screen(f"Kept for {days} days.")


@command("checklist hand-over")
async def hand_over(turn: Turn, run: int, to: PersonRef) -> Screen:
    return Screen(f"{run} goes to {to.name}.")


@command("privacy export")
async def export(turn: Turn) -> Screen:
    return Screen("Here it is.", files=[File("data.json", b"{}")])


@command("checklist show")
async def burst(turn: Turn) -> Screen:
    raise RuntimeError("the sky fell")


async def ask(turn: Turn, text: str) -> Screen:
    return Screen(f"About {text}, in {turn.place.thread}.")
