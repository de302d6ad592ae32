"""Buttons and menus under an answer.

Each is a `DynamicItem`: its custom id says which exchange of which alliance it belongs to, all else
is in the store, so that it works after a restart as before.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

import discord
import structlog
from discord import ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import MODAL_TITLE, TEXT_INPUT_PLACEHOLDER
from bot.adapters.discord.send import NOBODY, Interaction, acknowledge, fill, take, tell
from bot.answers.records import Exchange, FeedbackChange
from bot.core.errors import GuideError
from bot.core.phrases import Phrases
from bot.discord_ui.render import Page, passage_pages, rest_of_answer
from bot.discord_ui.views import Items, options_of, view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_log = structlog.get_logger()

Key = tuple[int, int]
"""Alliance and exchange; the exchange is 0 under what is no answer."""

REASON = "reason"
REASON_FORM = r"q:reason:(?P<alliance>\d+):(?P<exchange>\d+)(?::(?P<change>[a-z ]*))?"
REASON_LENGTH = 1000
_PRESS_SECONDS = 0.5
"""How long a form waits for the store before it opens."""


def answer_rows(phrases: Phrases, page: Page, key: Key, *, shareable: bool) -> list[Items]:
    """What stands under an answer."""
    from bot.discord_ui.checklists.start import StartChecklist

    buttons: list[ui.Item[Any]] = [Helpful.of(phrases, key), NotHelpful.of(phrases, key)]
    if page.goes_on:
        buttons.insert(0, ReadOn.of(phrases, key))
    if shareable:
        buttons.append(Share.of(phrases, key))
    if (button := StartChecklist.of(phrases, key[0], page.checklist)) is not None:
        buttons.append(button)
    return [*reading_rows(phrases, page, key), buttons]


def reading_rows(phrases: Phrases, page: Page, key: Key) -> list[Items]:
    """The menu of passages, where there are any."""
    return [[ReadPassage.of(phrases, key, page)]] if page.readings else []


class AnswerButton(
    ui.DynamicItem[ui.Button[Any]], template=r"q:none:(?P<alliance>\d+):(?P<exchange>\d+)"
):
    """A button of an exchange; subclasses say what it does."""

    action = "none"
    label = "label_helpful"
    style = discord.ButtonStyle.secondary

    def __init__(self, key: Key, label: str = "") -> None:
        self.key = key
        custom_id = f"q:{self.action}:{key[0]}:{key[1]}"
        super().__init__(ui.Button(label=label or None, style=self.style, custom_id=custom_id))
        if not label:
            self.item.label = self.action

    @classmethod
    def of(cls, phrases: Phrases, key: Key) -> Self:
        """The button with its label."""
        return cls(key, phrases.say(cls.label))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls((int(match["alliance"]), int(match["exchange"])))

    async def callback(self, interaction: Interaction) -> Any:
        """Do what it does, or tell what hinders."""
        async with handling(interaction):
            if belongs(interaction, self.key[0]):
                await self.pressed(interaction)

    async def pressed(self, interaction: Interaction) -> None:
        """What it does."""
        raise NotImplementedError


class Helpful(AnswerButton, template=r"q:helpful:(?P<alliance>\d+):(?P<exchange>\d+)"):
    """The answer helped."""

    action = "helpful"
    label = "label_helpful"

    async def pressed(self, interaction: Interaction) -> None:
        """Keep it and confirm."""
        await acknowledge(interaction, private=True)
        await _give_feedback(interaction, self.key, helpful=True)


class NotHelpful(AnswerButton, template=r"q:unhelpful:(?P<alliance>\d+):(?P<exchange>\d+)"):
    """The answer did not help; a form asks for a reason, the press counts anyhow."""

    action = "unhelpful"
    label = "label_not_helpful"

    async def pressed(self, interaction: Interaction) -> None:
        """Keep the press, then open the form, which knows what the press changed."""
        take(interaction)
        client: GuideClient = interaction.client
        phrases = client.services.phrases
        form = ui.Modal(
            title=phrases.say("reason_title")[:MODAL_TITLE],
            custom_id=f"q:reason:{self.key[0]}:{self.key[1]}:{await self._kept(interaction)}",
        )
        field: ui.TextInput[Any] = ui.TextInput(
            custom_id=REASON,
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=REASON_LENGTH,
            placeholder=phrases.say("reason_hint")[:TEXT_INPUT_PLACEHOLDER],
        )
        form.add_item(ui.Label(text=phrases.say("label_reason"), component=field))
        await interaction.response.send_modal(form)
        form.stop()

    async def _kept(self, interaction: Interaction) -> str:
        """Keep the press; what it changed, or nothing where the store takes too long."""
        store = interaction.client.services.store
        try:
            async with asyncio.timeout(_PRESS_SECONDS):
                change = await store.answers.give_feedback(
                    *self.key, interaction.user.id, helpful=False
                )
        except (GuideError, TimeoutError) as error:  # sending the form keeps the same
            _log.warning("press_not_kept", kind=type(error).__name__)
            return ""
        return str(change)


class ReadOn(AnswerButton, template=r"q:more:(?P<alliance>\d+):(?P<exchange>\d+)"):
    """Shows the rest of a long answer, privately."""

    action = "more"
    label = "label_read_on"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        """Show it."""
        from bot.discord_ui.exchanges import record_of

        await acknowledge(interaction, private=True)
        exchange = await find_exchange(interaction, self.key)
        if exchange is not None:
            services = interaction.client.services
            pages = rest_of_answer(record_of(exchange), services.library, services.phrases)
            await show_pages(interaction, pages)


class Share(AnswerButton, template=r"q:share:(?P<alliance>\d+):(?P<exchange>\d+)"):
    """Posts a private answer to the channel, once."""

    action = "share"
    label = "label_share"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: Interaction) -> None:
        """Post it."""
        from bot.discord_ui.sharing import share

        await acknowledge(interaction, private=True)
        exchange = await find_exchange(interaction, self.key)
        if exchange is not None:
            await share(interaction, exchange)


class ReadPassage(
    ui.DynamicItem[ui.Select[Any]], template=r"q:read:(?P<alliance>\d+):(?P<exchange>\d+)"
):
    """Shows a passage in full, privately."""

    def __init__(self, key: Key, menu: ui.Select[Any]) -> None:
        self.key = key
        menu.custom_id = f"q:read:{key[0]}:{key[1]}"
        super().__init__(menu)

    @classmethod
    def of(cls, phrases: Phrases, key: Key, page: Page) -> Self:
        """The menu over the passages of a page."""
        placeholder = phrases.say("label_read")
        return cls(key, ui.Select(placeholder=placeholder, options=options_of(page)))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The menu that was used."""
        assert isinstance(item, ui.Select)
        return cls((int(match["alliance"]), int(match["exchange"])), item)

    async def callback(self, interaction: Interaction) -> Any:
        """Show the passage."""
        async with handling(interaction):
            if not belongs(interaction, self.key[0]):
                return
            await acknowledge(interaction, private=True)
            services = interaction.client.services
            passage = await services.passage(self.key[0], self.item.values[0])
            if passage is None:
                await tell(interaction, services.phrases.say("passage_gone"))
            else:
                await show_pages(interaction, passage_pages(passage, services.phrases))


def belongs(interaction: Interaction, alliance: int) -> bool:
    """Whether a custom id may be used here: in a server only those of its own alliance."""
    return interaction.guild_id is None or interaction.guild_id == alliance


async def find_exchange(interaction: Interaction, key: Key) -> Exchange | None:
    """The exchange, or None after telling the person that it is no longer kept."""
    services = interaction.client.services
    exchange: Exchange | None = await services.store.answers.exchange(*key)
    if exchange is None:
        await tell(interaction, services.phrases.say("answer_gone"))
    return exchange


async def show_pages(interaction: Interaction, pages: tuple[Page, ...], *rows: Items) -> None:
    """Show pages in one message after the other where the acknowledgement stands."""
    for number, page in enumerate(pages):
        view = view_of(page, *(rows if page is pages[-1] else ()))
        if number == 0:
            await fill(interaction, view)
        else:
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)


async def reason_given(
    interaction: Interaction, match: re.Match[str], values: Mapping[str, Any]
) -> None:
    """The form behind Not helpful was sent."""
    key = (int(match["alliance"]), int(match["exchange"]))
    await acknowledge(interaction, private=True)
    if belongs(interaction, key[0]):
        reason = str(values.get(REASON) or "").strip()
        pressed = match["change"] or ""
        await _give_feedback(interaction, key, helpful=False, reason=reason, pressed=pressed)


async def _give_feedback(
    interaction: Interaction, key: Key, *, helpful: bool, reason: str = "", pressed: str = ""
) -> None:
    """Keep feedback and confirm it; `pressed` is what the button before the form changed."""
    services = interaction.client.services
    say = services.phrases.say
    change = await services.store.answers.give_feedback(
        *key, interaction.user.id, helpful=helpful, reason=reason[:REASON_LENGTH]
    )
    if change is FeedbackChange.NOT_KEPT:
        words = say("answer_gone")
    elif helpful:
        words = say("feedback_helpful", change=str(change))
    else:
        given = pressed or str(change)
        words = say("feedback_not_helpful", change=given, reason=bool(reason))
    await tell(interaction, words)
