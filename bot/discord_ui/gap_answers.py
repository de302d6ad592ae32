"""/guide answer: a practice note for a gap, and for those that ask the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import (
    CHOICE_NAME,
    CHOICES,
    COMMAND_OPTION_LENGTH,
    COMPONENTS_V2_TEXT,
    MODAL_TITLE,
    TEXT_INPUT_PLACEHOLDER,
)
from bot.adapters.discord.send import Interaction, acknowledge, fill, take, tell
from bot.answers.gap_groups import group_by_meaning
from bot.answers.notes import NOTE_LENGTH, clean_note, note_id
from bot.answers.records import Gap
from bot.chat.services import Services
from bot.core.errors import GuideError
from bot.core.markup import escape, one_line, shorten
from bot.core.text import words
from bot.discord_ui.gate import is_steward, refuse
from bot.discord_ui.render import Page, question_line
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

Group = tuple[Gap, ...]
"""Gaps that ask the same, the newest first."""

ANSWER = "answer"
ANSWER_FORM = r"g:answer:(?P<alliance>\d+):(?P<gap>\d+):(?P<alike>[01])"
LARGEST_ID = 2**63 - 1
_MOST_GAPS = 200
_NUMBER = re.compile(r"(?:.*\()?#?(\d{1,18})\)?", re.DOTALL)


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the command and its form."""
    say = client.services.phrases.say
    client.add_form(ANSWER_FORM, answer_given)

    @group.command(name="answer", description=say("guide_answer_command"))
    @app_commands.describe(gap=say("guide_gap_option"), alike=say("guide_alike_option"))
    async def answer(
        interaction: Interaction,
        gap: app_commands.Range[str, 1, COMMAND_OPTION_LENGTH],
        alike: bool = False,  # noqa: FBT001  (an option of the command)
    ) -> None:
        async with handling(interaction):
            await open_form(interaction, interaction.guild_id or 0, gap, alike=alike)

    @answer.autocomplete("gap")
    async def open_gaps(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        if interaction.guild_id is None or not await is_steward(interaction):
            return []
        found = await client.services.store.answers.open_gaps(interaction.guild_id, _MOST_GAPS)
        return [_choice(gap) for gap in found if _fits(gap, typed)][:CHOICES]


async def grouped_gaps(services: Services, alliance: int, newest: int) -> list[Group]:
    """The open gaps up to one of them, in groups that ask the same, the newest first.

    Raises:
        GuideError: the model or the store can't be used.
    """
    gaps = await services.store.answers.open_gaps(
        alliance, _MOST_GAPS, before=min(newest, LARGEST_ID - 1) + 1
    )
    vectors = await services.meanings.vectors([gap.question for gap in gaps])
    return [tuple(gaps[place] for place in group) for group in group_by_meaning(vectors)]


async def open_form(interaction: Interaction, alliance: int, wanted: str, *, alike: bool) -> None:
    """Open the form for a gap; nothing else may come first, so it isn't deferred."""
    services: Services = interaction.client.services
    say = services.phrases.say
    if not await is_steward(interaction):
        await refuse(interaction, say("stewards_only"))
        return
    gap = await _find(services, alliance, wanted)
    if gap is None:
        await refuse(interaction, say("gap_unknown", gap=question_line(wanted)))
        return
    take(interaction)
    form = ui.Modal(
        title=say("answer_title")[:MODAL_TITLE],
        custom_id=f"g:answer:{alliance}:{gap.exchange}:{int(alike)}",
    )
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=ANSWER,
        style=discord.TextStyle.paragraph,
        max_length=NOTE_LENGTH,
        placeholder=shorten(one_line(gap.question), TEXT_INPUT_PLACEHOLDER) or None,
    )
    form.add_item(ui.Label(text=say("label_answer"), component=field))
    await interaction.response.send_modal(form)
    form.stop()


async def answer_given(
    interaction: Interaction, match: re.Match[str], values: Mapping[str, Any]
) -> None:
    """The form was sent: write the note."""
    services: Services = interaction.client.services
    say = services.phrases.say
    alliance, number = int(match["alliance"]), int(match["gap"])
    await acknowledge(interaction, private=True)
    if interaction.guild_id != alliance or not await is_steward(interaction):
        await tell(interaction, say("stewards_only"))
        return
    text = clean_note(str(values.get(ANSWER) or ""))
    if not words(text):
        await tell(interaction, say("answer_empty"))
        return
    note = await services.store.answers.answer_gap(
        alliance,
        number,
        text=text,
        author=interaction.user.id,
        author_name=one_line(interaction.user.display_name),
        also=await _alike(services, alliance, number) if match["alike"] == "1" else (),
    )
    if note is None:
        lead = say("gap_closed")
        page = Page((lead, shorten(escape(text), COMPONENTS_V2_TEXT - len(lead))))
        await fill(interaction, view_of(page))
        return
    question = question_line(note.question)
    done = say("note_written", question=question, note=note_id(note.id), others=len(note.gaps) - 1)
    await tell(interaction, done)


async def _alike(services: Services, alliance: int, number: int) -> tuple[int, ...]:
    """The gaps that ask the same; none when that can't be told now, so that the note is kept."""
    try:
        groups = await grouped_gaps(services, alliance, LARGEST_ID)
    except GuideError:
        return ()
    for group in groups:
        ids = tuple(gap.exchange for gap in group)
        if number in ids:
            return ids
    return ()


async def _find(services: Services, alliance: int, wanted: str) -> Gap | None:
    """The open gap of a number, or of exactly this wording."""
    wanted = wanted.strip()
    if (number := _NUMBER.fullmatch(wanted)) is not None:
        return await services.store.answers.open_gap(alliance, int(number[1]))
    for gap in await services.store.answers.open_gaps(alliance, _MOST_GAPS):
        if one_line(gap.question).casefold() == one_line(wanted).casefold():
            return gap
    return None


def _fits(gap: Gap, typed: str) -> bool:
    text = f"{one_line(gap.question)} #{gap.exchange}".casefold()
    return all(word in text for word in typed.casefold().split())


def _choice(gap: Gap) -> app_commands.Choice[str]:
    number = f" (#{gap.exchange})"
    question = shorten(one_line(gap.question), CHOICE_NAME - len(number))
    return app_commands.Choice(name=f"{question}{number}", value=str(gap.exchange))
