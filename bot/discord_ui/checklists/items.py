"""Buttons and menus under a step.

Each is a `DynamicItem`: its custom id says which run, which step and which revision it was shown
for, all else is in the store. What a press does stands in `pressing`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import discord
from discord import ui

from bot.adapters.discord.send import Interaction
from bot.checklists.rules.records import StoredRun
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.steps import Action, Option, Shown
from bot.discord_ui.items import reading_rows
from bot.discord_ui.views import Items, view_of

KEY = r"(?P<alliance>\d+):(?P<run>\d+):(?P<place>\d+|x):(?P<seen>\d+)(?::(?P<message>\d+))?"
PICK, JUMP = "pick", "jump"

_LABELS = {
    Action.ANSWER: "label_step_answer",
    Action.SKIP: "label_skip",
    Action.BACK: "label_back",
    Action.PAUSE: "label_pause",
    Action.FINISH: "label_finish",
    Action.NEXT: "label_next",
    Action.OTHERS: "label_others",
    Action.ASK: "label_ask_step",
    Action.EDIT: "label_edit",
    Action.RESUME: "label_resume",
    Action.ANEW: "label_start_anew",
}
_STYLES = {
    Action.ANSWER: discord.ButtonStyle.primary,
    Action.EDIT: discord.ButtonStyle.primary,
    Action.RESUME: discord.ButtonStyle.primary,
    Action.NEXT: discord.ButtonStyle.success,
    Action.FINISH: discord.ButtonStyle.success,
}


@dataclass(frozen=True, slots=True)
class Key:
    """What a custom id says.

    Attributes:
        place: of the step in its checklist; None for a page that shows none.
        seen: the revision of the run that was shown.
        message: the one that shows the step, where it isn't the one with the button.
    """

    alliance: int
    run: int
    place: int | None
    seen: int
    message: int | None = None

    @classmethod
    def of(cls, walk: StoredRun, place: int | None) -> Self:
        """The key of a step, or page, of a run as it stands."""
        return cls(walk.run.alliance, walk.run.id, place, walk.run.revision)

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """The key that a custom id was made of."""
        place = None if match["place"] == "x" else int(match["place"])
        message = int(match["message"]) if match["message"] else None
        return cls(int(match["alliance"]), int(match["run"]), place, int(match["seen"]), message)

    def __str__(self) -> str:
        place = "x" if self.place is None else self.place
        message = "" if self.message is None else f":{self.message}"
        return f"{self.alliance}:{self.run}:{place}:{self.seen}{message}"


class RunButton(
    ui.DynamicItem[ui.Button[Any]], template=rf"c:(?P<action>{'|'.join(Action)}):{KEY}"
):
    """A button of a run."""

    def __init__(self, action: Action, key: Key, label: str = "") -> None:
        self.action, self.key = action, key
        super().__init__(
            ui.Button(
                label=label or action.value,
                style=_STYLES.get(action, discord.ButtonStyle.secondary),
                custom_id=f"c:{action}:{key}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(Action(match["action"]), Key.read(match))

    async def callback(self, interaction: Interaction) -> Any:
        """Do what it does."""
        from bot.discord_ui.checklists.pressing import pressed

        await pressed(interaction, self.action, self.key)


class RunMenu(ui.DynamicItem[ui.Select[Any]], template=rf"c:(?P<action>{PICK}|{JUMP}):{KEY}"):
    """A menu of a run: answers to pick from, or steps to go to."""

    def __init__(self, action: str, key: Key, menu: ui.Select[Any]) -> None:
        self.action, self.key = action, key
        menu.custom_id = f"c:{action}:{key}"
        super().__init__(menu)

    @classmethod
    def of(cls, action: str, key: Key, placeholder: str, options: Sequence[Option]) -> Self:
        """The menu over some options."""
        lines = [discord.SelectOption(label=one.label, value=one.value) for one in options]
        return cls(action, key, ui.Select(placeholder=placeholder, options=lines))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The menu that was used."""
        assert isinstance(item, ui.Select)
        return cls(match["action"], Key.read(match), item)

    async def callback(self, interaction: Interaction) -> Any:
        """Take what was picked."""
        from bot.discord_ui.checklists.pressing import jumped, picked

        handle = picked if self.action == PICK else jumped
        await handle(interaction, self.key, self.item.values[0])


def run_view(
    shown: Shown, walk: StoredRun, phrases: Phrases, message: int | None = None
) -> ui.LayoutView:
    """The message that shows a run, or a step of it; `message` is the one **Edit** is about."""
    key = Key.of(walk, shown.place)
    rows: list[Items] = []
    if shown.options:
        rows.append([RunMenu.of(PICK, key, phrases.say("label_choose_answer"), shown.options)])
    if shown.jumps:
        rows.append([RunMenu.of(JUMP, key, phrases.say("label_go_to"), shown.jumps)])
    rows.append([_button(action, key, phrases) for action in shown.buttons])
    rows += reading_rows(phrases, shown.page, (walk.run.alliance, 0))
    edit = replace(Key.of(walk, shown.edit), message=message)
    extras = [
        _button(action, edit if action is Action.EDIT else key, phrases) for action in shown.extras
    ]
    return view_of(shown.page, *rows, extras)


def _button(action: Action, key: Key, phrases: Phrases) -> RunButton:
    return RunButton(action, key, phrases.say(_LABELS[action]))
