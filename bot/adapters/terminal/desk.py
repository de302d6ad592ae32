"""The screens that were shown last: what can be pressed, and what a plain line is for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.adapters.terminal.draw import Key, keys_of
from bot.chat.screen import Button, Screen

_KEPT = 10


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A screen that was shown.

    Attributes:
        id: what stands for it; a screen that takes its place has the same.
        at: when; greater than that of everything before.
    """

    id: int
    screen: Screen
    at: int


class Desk:
    """Keeps the last screens.

    Args:
        draw: brings one before the person's eyes.
    """

    def __init__(self, draw: Callable[[Screen], None]) -> None:
        self._draw = draw
        self._shown: list[Shown] = []
        self._waiting = 0
        self._last = 0

    def number(self) -> int:
        """A number that is greater than all before, also of earlier days."""
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return self._last

    def show(self, screen: Screen, id_: int) -> None:
        """Show a screen, in the place of the one with its id."""
        self._shown = [shown for shown in self._shown if shown.id != id_]
        self._shown.append(Shown(id_, screen, self.number()))
        if screen.typed:
            self._waiting = id_
        waiting, kept = self.waiting, self._shown[-_KEPT:]
        self._shown = kept if waiting is None or waiting in kept else [waiting, *kept]
        self._draw(screen)

    @property
    def newest(self) -> Shown | None:
        """The screen at hand."""
        return self._shown[-1] if self._shown else None

    @property
    def waiting(self) -> Shown | None:
        """The screen that a plain line is for."""
        return next(
            (shown for shown in self._shown if shown.id == self._waiting and shown.screen.typed),
            None,
        )

    @property
    def waiting_for(self) -> str:
        """The label of the button whose form takes a plain line; empty for none."""
        screen = self.waiting.screen if self.waiting is not None else Screen()
        buttons = [control for control in screen.controls if isinstance(control, Button)]
        return next((button.label for button in buttons if button.id == screen.typed), "")

    def wait_no_more(self) -> None:
        """A plain line is for no screen."""
        self._waiting = 0

    def pressable(self) -> Iterator[tuple[Shown, Key]]:
        """What can be pressed, first on the screen at hand, then on the one that waits."""
        near = [shown for shown in (self.newest, self.waiting) if shown is not None]
        for shown in dict.fromkeys([*near, *reversed(self._shown)]):
            for key in keys_of(shown.screen):
                yield shown, key

    def at_hand(self) -> Iterator[tuple[Shown, Key]]:
        """The same, of the screen at hand and the one that waits alone."""
        for shown, key in self.pressable():
            if shown in {self.newest, self.waiting}:
                yield shown, key
