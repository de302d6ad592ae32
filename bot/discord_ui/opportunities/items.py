"""Buttons of opportunities: each is known by its custom id, all else is in the store.

What a press does stands in `answering`, `asking` and `preview`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, Self

import discord
from discord import ui

from bot.adapters.discord.limits import BUTTON_LABEL
from bot.adapters.discord.send import Interaction
from bot.core.markup import shorten
from bot.core.phrases import Phrases
from bot.discord_ui.letters import mark_of

Key = tuple[int, int]
"""An alliance and an opportunity; 0 for one that isn't kept yet."""
KEY = r"(?P<alliance>\d+):(?P<opportunity>\d+)"


class Action(StrEnum):
    """What the buttons under a post do."""

    INTERESTED = "interested"
    NOT_FOR_US = "decline"
    ASK = "ask"


class Step(StrEnum):
    """What the buttons of a preview do; **Edit** also stands under a form that was refused."""

    POST = "post"
    EDIT = "edit"
    DISCARD = "discard"


_LABELS = {
    Action.INTERESTED: "label_interested",
    Action.NOT_FOR_US: "label_not_for_us",
    Action.ASK: "label_ask",
    Step.POST: "label_post",
    Step.EDIT: "label_edit_offer",
    Step.DISCARD: "label_discard",
}
_STYLES = {
    Action.INTERESTED: discord.ButtonStyle.success,
    Step.POST: discord.ButtonStyle.success,
    Step.EDIT: discord.ButtonStyle.primary,
    Step.DISCARD: discord.ButtonStyle.danger,
}


def key_of(match: re.Match[str]) -> Key:
    """The key that a custom id was made of."""
    return int(match["alliance"]), int(match["opportunity"])


class AnswerButton(
    ui.DynamicItem[ui.Button[Any]],
    template=rf"o:(?P<action>{'|'.join(Action)}):{KEY}(?::n(?P<notice>\d+))?",
):
    """A button under a post, or under a message that tells of one."""

    def __init__(self, action: Action, key: Key, label: str = "", notice: int = 0) -> None:
        self.action, self.key, self.notice = action, key, notice
        mark = mark_of(notice) if notice else ""
        super().__init__(
            ui.Button(
                label=label or action.value,
                style=_STYLES.get(action, discord.ButtonStyle.secondary),
                custom_id=f"o:{action}:{key[0]}:{key[1]}{mark}",
            )
        )

    @classmethod
    def of(cls, action: Action, key: Key, phrases: Phrases, notice: int = 0) -> Self:
        """The button with its label; `notice` is the one it is delivered for, 0 for none."""
        return cls(action, key, phrases.say(_LABELS[action]), notice)

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(Action(match["action"]), key_of(match))

    async def callback(self, interaction: Interaction) -> Any:
        """Do what it does."""
        from bot.discord_ui.opportunities import answering, asking

        if self.action is Action.ASK:
            await asking.open_question(interaction, self.key)
        else:
            await answering.pressed(interaction, self.action, self.key)


def answer_row(key: Key, phrases: Phrases, notice: int) -> list[ui.Item[Any]]:
    """The buttons under a direct message that tells of an opportunity."""
    actions = (Action.INTERESTED, Action.NOT_FOR_US)
    return [AnswerButton.of(action, key, phrases, notice) for action in actions]


class NoteButton(ui.DynamicItem[ui.Button[Any]], template=rf"o:note:(?P<yes>[01]):{KEY}"):
    """**Add a note**, or a reason, to an answer that counts already."""

    def __init__(self, key: Key, label: str = "note", *, yes: bool) -> None:
        self.key, self.yes = key, yes
        super().__init__(ui.Button(label=label, custom_id=f"o:note:{int(yes)}:{key[0]}:{key[1]}"))

    @classmethod
    def of(cls, key: Key, phrases: Phrases, *, yes: bool) -> Self:
        """The button with its label; `yes` for one under **Interested**."""
        return cls(key, phrases.say("label_add_note"), yes=yes)

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(key_of(match), yes=match["yes"] == "1")

    async def callback(self, interaction: Interaction) -> Any:
        """Open the form for it."""
        from bot.discord_ui.opportunities.answering import open_note

        await open_note(interaction, self.key, yes=self.yes)


class AsButton(ui.DynamicItem[ui.Button[Any]], template=rf"o:as:{KEY}:(?P<name>.+)"):
    """Says which of two organizations of nearly the same name is interested."""

    def __init__(self, key: Key, name: str) -> None:
        self.key, self.name = key, name
        label = shorten(name, BUTTON_LABEL)
        super().__init__(ui.Button(label=label, custom_id=self.id_of(key, name)))

    @staticmethod
    def id_of(key: Key, name: str) -> str:
        """The custom id; that of a very long name is longer than it may be."""
        return f"o:as:{key[0]}:{key[1]}:{name}"

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(key_of(match), match["name"])

    async def callback(self, interaction: Interaction) -> Any:
        """Join it, and answer for it."""
        from bot.discord_ui.opportunities.answering import organization_picked

        await organization_picked(interaction, self.key, self.name)


class StepButton(ui.DynamicItem[ui.Button[Any]], template=rf"o:(?P<step>{'|'.join(Step)}):{KEY}"):
    """A button of a preview, or of a form that was refused."""

    def __init__(self, step: Step, key: Key, label: str = "") -> None:
        self.step, self.key = step, key
        super().__init__(
            ui.Button(
                label=label or step.value,
                style=_STYLES[step],
                custom_id=f"o:{step}:{key[0]}:{key[1]}",
            )
        )

    @classmethod
    def of(cls, step: Step, key: Key, phrases: Phrases) -> Self:
        """The button with its label."""
        return cls(step, key, phrases.say(_LABELS[step]))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(Step(match["step"]), key_of(match))

    async def callback(self, interaction: Interaction) -> Any:
        """Do what it does."""
        from bot.discord_ui.opportunities import forms, preview

        if self.step is Step.EDIT:
            await forms.open_again(interaction, self.key)
        elif self.step is Step.POST:
            await preview.post_pressed(interaction, self.key)
        else:
            await preview.discard_pressed(interaction, self.key)
