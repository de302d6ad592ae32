"""/checklist history: somebody's runs, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import COMMAND_OPTION_LENGTH, COMPONENTS_V2_TEXT
from bot.adapters.discord.send import Interaction, acknowledge, fill, tell
from bot.chat.services import Services
from bot.checklists.rules.history import history
from bot.checklists.rules.records import RunHead, StoredRun
from bot.checklists.rules.run import Status
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.brief_page import changes_text
from bot.discord_ui.checklists.choosing import alliance_to_complete
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.finding import Titled, choices_of, find_titled
from bot.discord_ui.questions import alliance_for
from bot.discord_ui.render import Page, question_line
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_MOST, _COMPARED = 100, 8
_CHANGES, _LEAST = 1500, 250
"""Characters for what changed between two runs, and what that needs at least."""


class _Known:
    """A checklist that somebody has runs of; it may be gone from the library."""

    def __init__(self, head: RunHead) -> None:
        self.id, self.title = head.checklist, head.title


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the command."""
    services = client.services
    say = services.phrases.say

    @group.command(name="history", description=say("checklist_history_command"))
    @app_commands.describe(name=say("checklist_history_option"))
    async def show_history(
        interaction: Interaction,
        name: app_commands.Range[str, 1, COMMAND_OPTION_LENGTH] | None = None,
    ) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await alliance_for(client, interaction, None)
            if alliance is None:
                return
            heads = await services.store.checklists.runs(
                alliance, owner=interaction.user.id, limit=_MOST
            )
            if name is None:
                await fill(interaction, view_of(runs_page(heads, services.phrases)))
                return
            known: list[Titled] = [*services.library.checklists, *(_Known(head) for head in heads)]
            found = find_titled(known, name)
            if isinstance(found, list):
                near = list(dict.fromkeys(question_line(one.title) for one in found))
                wanted = question_line(name)
                await tell(interaction, say("checklist_unknown", name=wanted, near=near))
                return
            mine = [head for head in heads if head.checklist == found.id]
            page = await _compared(services, mine, found.title)
            await fill(interaction, view_of(page))

    @show_history.autocomplete("name")
    async def names(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        alliance = await alliance_to_complete(interaction)
        heads = await services.store.checklists.runs(
            alliance, owner=interaction.user.id, limit=_MOST
        )
        mine = {head.checklist: _Known(head) for head in reversed(heads)}
        return choices_of(list(mine.values()), typed)


def runs_page(heads: Sequence[RunHead], phrases: Phrases, title: str = "") -> Page:
    """Somebody's runs, the one changed last first."""
    if not heads:
        return Page((phrases.say("history_none", title=clip(title)),))
    lines = [phrases.say("history_lead", title=clip(title), count=len(heads))]
    for head in heads:
        line = _line(head, phrases)
        if sum(len(one) + 1 for one in (*lines, line)) > COMPONENTS_V2_TEXT:
            break
        lines.append(line)
    return Page(("\n".join(lines),))


async def _compared(services: Services, heads: Sequence[RunHead], title: str) -> Page:
    """The runs of one checklist, each finished one with what changed since the one before."""
    phrases = services.phrases
    finished = [head for head in heads if head.status is Status.FINISHED][: _COMPARED + 1]
    if len(finished) < 2:
        return runs_page(heads, phrases, title)
    walks: list[StoredRun] = []
    for head in finished:
        walk = await services.store.checklists.walk(head.alliance, head.id)
        walks += [walk] if walk is not None else []
    since = {one.walk.run.id: one.changes for one in history(walks, services.library)}
    texts = [phrases.say("history_lead", title=clip(title), count=len(heads))]
    for head in heads:
        line = _line(head, phrases)
        left = COMPONENTS_V2_TEXT - sum(len(text) + 2 for text in texts) - len(line)
        if left < _LEAST:
            break
        changes = since.get(head.id)
        if changes is not None:
            line = f"{line}\n{changes_text(changes, phrases, min(left - _LEAST // 2, _CHANGES))}"
        texts.append(line)
    return Page(("\n\n".join(texts),))


def _line(head: RunHead, phrases: Phrases) -> str:
    return phrases.say(
        "history_line",
        id=head.id,
        title=clip(head.title),
        status=head.status.value,
        team=head.team,
        started=head.started,
        changed=head.finished or head.changed,
    )
