"""Asking what somebody means by what they typed: a button for each thing it may be.

    raise AskedBack(turn.say("day_asked", …), day_buttons(turn, days, lambda day: MOVE_TO(…, day)))

The buttons' ids say what is meant, so that pressing one does what typing it would have done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from bot.chat.screen import Button, Screen, Style
from bot.chat.turn import Context
from bot.core.dates import Day
from bot.core.errors import Refused


class AskedBack(Refused):
    """What was typed may mean several things, and nothing was done yet."""

    def __init__(self, words: str, buttons: Sequence[Button]) -> None:
        super().__init__(words)
        self.buttons = tuple(buttons)


def said(no: Exception, words: str) -> Screen:
    """What to show of an error that has these words."""
    return Screen(words, rows=[no.buttons] if isinstance(no, AskedBack) else [])


def day_buttons(
    context: Context, days: Iterable[date | Day], id_of: Callable[[str], str]
) -> list[Button]:
    """A button for each day that may be meant; `id_of` gets it as it can be read again."""
    return [_day_button(context, one, id_of) for one in days]


def _day_button(context: Context, one: date | Day, id_of: Callable[[str], str]) -> Button:
    day, time, clock = (
        (one.date, one.time, one.clock) if isinstance(one, Day) else (one, None, None)
    )
    label = context.say("label_day", day=day, time=time, zone=clock.key if clock else "")
    typed = day.isoformat() if time is None else f"{day.isoformat()}T{time:%H:%M}"
    return Button(label, id_of(f"{typed} {clock.key}" if clock else typed), Style.CHOICE)
