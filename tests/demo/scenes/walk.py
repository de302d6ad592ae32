"""What the scenes about checklists have in common."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from tests.demo.stage import Stage
from tests.loopback.people.response import Response
from tests.loopback.world.guilds import Member
from tests.loopback.world.model import Message

ANSWER = "Your answer"


def prefilled(form: Response) -> dict[str, str]:
    """What stands in the fields of a form, by label."""
    rows = form.modal.components
    return {row["label"]: row["component"].get("value", "") for row in rows}


def keep_as_it_is(stage: Stage, name: str, shown: Message | Response) -> None:
    """Keep a message for a picture, whatever becomes of it later."""
    message = shown if isinstance(shown, Message) else shown.message
    stage.keep(name, copy.copy(message))


async def answers(
    stage: Stage, person: Member, on: Message | Response, text: str, **fields: str
) -> Response:
    """Fill in the form behind **Answer** and send it; `what`, `who`, `by_when` are fields too."""
    form = await stage.clicks(person, "Answer", on)
    return await sends(stage, person, form, text, **fields)


async def sends(stage: Stage, person: Member, form: Response, text: str, **fields: str) -> Response:
    """Send the form for an answer."""
    named = {name.replace("_", " ").capitalize(): value for name, value in fields.items()}
    return await stage.submits(person, form, filled({ANSWER: text, **named}))


async def skips(stage: Stage, who: Member, on: Message | Response, reason: str) -> Response:
    """Skip a required step."""
    form = await stage.clicks(who, "Skip", on)
    return await stage.submits(who, form, {"Reason": reason})


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that somebody writes into; an empty one is left as it is."""
    return {label: value for label, value in values.items() if value}
