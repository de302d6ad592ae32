"""Walking through checklists over the loopback Discord."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot import resources
from bot.checklists.rules.records import StoredRun
from bot.core.checklist import Checklist
from bot.core.models import Library
from tests.discord.bench import Alliance, Bench
from tests.loopback import Channel, Member, Message, Response

SPONSOR = "sponsor-accountability"
MEAN = "# **big** `x` <@&1> @everyone <@7> <:flag:123> [a](https://example.org) ||s|| 🌍"
"""Markdown, mentions and emoji, as somebody might put them into an answer."""


def prefilled(form: Response) -> dict[str, str]:
    """What stands in the fields of a form, by label."""
    rows = form.modal.components
    return {row["label"]: row["component"].get("value", "") for row in rows}


def buttons(message: Message | Response) -> list[str]:
    """The labels of the buttons on a message, in order."""
    shown = message if isinstance(message, Message) else message.message
    found: list[str] = []
    rest: list[dict[str, Any]] = list(shown.components)
    while rest:
        part = rest.pop(0)
        rest = [*part.get("components", []), *rest]
        if part.get("type") == 2:
            found.append(part["label"])
    return found


async def begin(who: Member, where: Channel, name: str = SPONSOR, **options: object) -> Response:
    return await who.uses("/checklist start", in_=where, name=name, **options)


async def answers(
    person: Member, on: Message | Response, text: str, button: str = "Answer", **fields: str
) -> Response:
    """Fill in the form behind **Answer** (or **Edit**) and send it."""
    form = await person.clicks(button, on=on)
    labels = {"what": "What", "who": "Who", "by_when": "By when"}
    more = {labels[name]: value for name, value in fields.items()}
    return await person.submits(form, {"Your answer": text, **more})


async def skips(who: Member, on: Message | Response, reason: str = "") -> Response:
    """Skip a step, with a reason where one is asked for."""
    pressed = await who.clicks("Skip", on=on)
    if pressed.kind == "modal":
        return await who.submits(pressed, {"Reason": reason})
    return pressed


async def opened(valley: Alliance, **options: object) -> tuple[Channel, Message]:
    """A team run that Rosa started: its thread, and the message of its first step."""
    started = await begin(valley.rosa, valley.lounge, team=True, **options)
    assert started.ephemeral
    (thread,) = valley.lounge.threads
    assert thread.mention in started.text
    return thread, thread.history[-1]


async def walked_through(person: Member, where: Channel) -> Response:
    """The page after the last step of the shortest way through the first checklist."""
    step = await begin(person, where)
    while "every step" not in step.text:
        step = await skips(person, step, "later")
    return step


async def only_run(bench: Bench, alliance: int) -> StoredRun:
    """The one run that an alliance has."""
    (head,) = await bench.store.checklists.runs(alliance)
    walk = await bench.store.checklists.walk(alliance, head.id)
    assert walk is not None
    return walk


async def texts_of(bench: Bench, alliance: int) -> dict[str, list[str]]:
    """The answers of the one run, by step."""
    walk = await only_run(bench, alliance)
    return {
        step: [answer.given.text for answer in given] for step, given in walk.run.answers.items()
    }


def use_library(bench: Bench, library: Library) -> None:
    """Let the bot start with other content."""
    bench.content = resources.Content(library, bench.content.phrases, bench.content.calibration)


def with_checklist(library: Library, checklist: Checklist) -> Library:
    """A library in which one checklist is replaced, or added."""
    others = tuple(one for one in library.checklists if one.id != checklist.id)
    return replace(library, checklists=(*others, checklist))


def pings(response: Response) -> bool:
    """Whether any message of a response alerts anybody."""
    return any(bool(message.pings) for message in response.messages)
