"""/guide note: taking a practice note back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import COMMAND_OPTION_LENGTH
from bot.adapters.discord.send import Interaction, tell
from bot.answers.notes import note_id
from bot.chat.services import Services
from bot.core.models import Passage, PassageKind
from bot.discord_ui.finding import choices_of, named
from bot.discord_ui.gate import is_steward, steward_here
from bot.discord_ui.render import question_line

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_NUMBER = re.compile(r"#?(\d{1,18})")


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the group with its command."""
    services = client.services
    say = services.phrases.say
    notes = app_commands.Group(name="note", description=say("guide_note_command"), parent=group)

    @notes.command(name="remove", description=say("guide_note_remove_command"))
    @app_commands.describe(note=say("guide_note_option"))
    async def remove(
        interaction: Interaction, note: app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
    ) -> None:
        async with handling(interaction):
            if await steward_here(interaction):
                await tell(interaction, await _remove(services, interaction.guild_id or 0, note))

    @remove.autocomplete("note")
    async def current(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        if interaction.guild_id is None or not await is_steward(interaction):
            return []
        return choices_of(await _notes(services, interaction.guild_id), typed)


async def _remove(services: Services, alliance: int, wanted: str) -> str:
    """Take a note back, and say so; or say that there is none."""
    say, store = services.phrases.say, services.store
    if (number := _NUMBER.fullmatch(wanted.strip())) is not None:
        wanted = note_id(int(number[1]))
    found = named(await _notes(services, alliance), wanted)
    current = {note_id(one.id): one for one in await store.answers.notes(alliance)}
    note = current.get(found.id) if found else None
    if found is None or note is None or not await store.answers.retract_note(alliance, note.id):
        return say("note_unknown", note=question_line(wanted))
    gaps = [await store.answers.open_gap(alliance, gap) for gap in note.gaps]
    return say(
        "note_removed",
        note=found.id,
        title=question_line(found.title),
        gaps=sum(gap is not None for gap in gaps),
    )


async def _notes(services: Services, alliance: int) -> list[Passage]:
    """The current notes as the passages they are cited as."""
    own = await services.extras.passages(alliance)
    return [one for one in own if one.kind is PassageKind.NOTE]
