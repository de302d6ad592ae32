"""Which button of a message is meant by words, if one surely is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.flow import ANYTHING, Flows, Where
from bot.chat.screen import Button, Control, Menu
from bot.core.spoken import Meant, SpokenWords, read_spoken, tokens

DONE, STOP = "done", "stop"
"""What is meant by who kept a commitment, and by who wants no more of these: no button does that."""
_CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class SpokenPress:
    """What is to be done.

    Attributes:
        control: the button or menu that is meant; None where it isn't certain which.
        picked: what is picked from a menu.
        typed: goes into the form that the button opens.
        stop: no more of these are wanted.
        answers: the words are an answer to what the message asks.
    """

    control: Button | Menu | None = None
    picked: tuple[str, ...] = ()
    typed: str = ""
    stop: bool = False
    answers: bool = False


def speakable(controls: Sequence[Control], flows: Flows) -> dict[str, Button | Menu]:
    """The buttons and menus that can be meant by words, by what is meant; the first of each."""
    found: dict[str, Button | Menu] = {}
    for control in controls:
        known = flows.press(control.id, form=False)
        if isinstance(control, Button | Menu) and known is not None and known[0].said:
            found.setdefault(known[0].said, control)
    return found


def spoken_press(
    controls: Sequence[Control], flows: Flows, text: str, spoken: SpokenWords, now: datetime
) -> SpokenPress | None:
    """What somebody wants who writes below a message; None where it has nothing to do with that.

    Args:
        controls: what can be pressed on the message.
        flows: know what each means.
        text: what was written.
        spoken: the words.
        now: counts for days.
    """
    by_kind = speakable(controls, flows)
    said = tokens(text)
    for control in controls:
        if by_kind and isinstance(control, Button) and said and tokens(control.label) == said:
            return SpokenPress(control)
    if _CANCEL not in by_kind:
        meant = read_spoken(text, spoken, {*by_kind, STOP}, now)
    else:  # "no" and "stop" by themselves are about what is offered, "no more of these" is not
        meant = read_spoken(text, spoken, {STOP}, now)
        if not meant.sure or said == (STOP,):
            meant = read_spoken(text, spoken, by_kind, now)
    if meant.asks or not by_kind:
        return None
    return _press_of(meant, by_kind, text)


def stop_id(controls: Sequence[Control], flows: Flows, *, here: bool = False) -> str:
    """The control below which "no more of these" does something; empty where none, or several, are.

    Args:
        controls: what can be pressed on what was answered.
        flows: know what each is about.
        here: others read along, so it must not be told to one alone.
    """
    found: dict[tuple[object, ...], str] = {}
    for control in controls:
        known = flows.press(control.id, stop=True)
        if known is not None and not (here and known[0].where is not Where.HERE):
            spec, arguments = known
            about = sorted(spec.parameters | {"alliance"})
            found[(spec.call, *map(arguments.get, about))] = control.id
    return next(iter(found.values())) if len(found) == 1 else ""


def _press_of(meant: Meant, by_kind: Mapping[str, Button | Menu], text: str) -> SpokenPress | None:
    if meant.sure and meant.kind == STOP:
        return SpokenPress(stop=True)
    if (anything := by_kind.get(ANYTHING)) is not None:
        return SpokenPress(anything, typed=text, answers=True)
    wanted = by_kind.get(meant.kind)
    if wanted is None:
        return SpokenPress() if meant.kind else None
    picked = _picked(wanted, meant)
    if not meant.sure or (isinstance(wanted, Menu) and not picked):
        return SpokenPress()
    return SpokenPress(wanted, picked, meant.day)


def _picked(control: Button | Menu, meant: Meant) -> tuple[str, ...]:
    """The lines of a menu that are meant: by their numbers, all, or the only one."""
    if not isinstance(control, Menu):
        return ()
    values = tuple(option.value for option in control.options)
    if meant.numbers:
        named = tuple(number for number in dict.fromkeys(meant.numbers) if number in values)
        return named if len(named) == len(set(meant.numbers)) else ()
    return values if meant.every or len(values) == 1 else ()
