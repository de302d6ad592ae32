"""/checklist start and /checklist resume, and the button under an answer that starts a run.

`register` is a feature, see `bot.adapters.discord.client`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

from discord import app_commands, ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import COMMAND_OPTION_LENGTH, CUSTOM_ID
from bot.adapters.discord.send import Interaction, acknowledge, fill, tell
from bot.checklists.rules import engine
from bot.checklists.rules.events import Resume
from bot.checklists.rules.records import StoredRun
from bot.checklists.rules.run import Status
from bot.core.checklist import Checklist
from bot.core.markup import one_line
from bot.core.phrases import Phrases
from bot.discord_ui.checklists import asking, forms, team
from bot.discord_ui.checklists.choosing import (
    UNDER_WAY,
    alliance_to_complete,
    number_of,
    run_choices,
    seen_runs,
)
from bot.discord_ui.checklists.group import checklist_group
from bot.discord_ui.checklists.items import Key, RunButton, RunMenu, run_view
from bot.discord_ui.checklists.moving import actor_of, find_walk, show_private
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.checklists.steps import Action, Shown
from bot.discord_ui.finding import choices_of, find_titled
from bot.discord_ui.gate import updating, whisper_beside
from bot.discord_ui.items import belongs
from bot.discord_ui.questions import alliance_for
from bot.discord_ui.render import Page, question_line

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient
    from bot.chat.services import Services

_START = "q:start:"


def register(client: GuideClient) -> None:
    """Add the commands, the buttons and menus of a run, and its forms."""
    from bot.discord_ui.checklists import offering
    from bot.discord_ui.checklists.listing import PickChecklist

    offering.register(client)
    client.add_dynamic_items(RunButton, RunMenu, StartChecklist, PickChecklist)
    client.add_form(forms.ANSWER_FORM, forms.answer_given)
    client.add_form(forms.SKIP_FORM, forms.skip_given)
    client.add_form(asking.ASK_FORM, asking.question_handler(client))
    group = checklist_group(client)
    _add_start(client, group)
    _add_resume(client, group)


def _add_start(client: GuideClient, group: app_commands.Group) -> None:
    say = client.services.phrases.say
    services = client.services

    @group.command(name="start", description=say("checklist_start_command"))
    @app_commands.describe(name=say("checklist_name_option"), team=say("checklist_team_option"))
    async def start(
        interaction: Interaction,
        name: app_commands.Range[str, 1, COMMAND_OPTION_LENGTH],
        team: bool = False,  # noqa: FBT001  (an option of the command)
    ) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            found = find_titled(services.library.checklists, name)
            if isinstance(found, list):
                near = [question_line(one.title) for one in found]
                wanted = question_line(name)
                await tell(interaction, say("checklist_unknown", name=wanted, near=near))
                return
            alliance = await alliance_for(client, interaction, None)
            if alliance is not None and await services.store.alliances.claim(
                alliance, interaction.id
            ):
                await propose(interaction, alliance, found, in_team=team)

    @start.autocomplete("name")
    async def names(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return choices_of(services.library.checklists, typed)


def _add_resume(client: GuideClient, group: app_commands.Group) -> None:
    say = client.services.phrases.say
    services = client.services

    @group.command(name="resume", description=say("checklist_resume_command"))
    @app_commands.describe(run=say("checklist_resume_option"))
    async def resume(
        interaction: Interaction,
        run: app_commands.Range[str, 1, COMMAND_OPTION_LENGTH] | None = None,
    ) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await alliance_for(client, interaction, None)
            if alliance is None:
                return
            number = await _wanted(interaction, alliance, run)
            walk = await find_walk(interaction, alliance, number) if number else None
            if isinstance(walk, StoredRun):
                await _resume(interaction, walk)
            elif walk is not None:
                await tell(interaction, walk)
            elif run is not None:
                await tell(interaction, say("run_unknown", run=question_line(run)))
            else:
                await tell(interaction, say("run_none_open"))

    @resume.autocomplete("run")
    async def runs(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        alliance = await alliance_to_complete(interaction)
        found = await seen_runs(interaction, alliance, UNDER_WAY)
        return run_choices(services, found, typed, interaction.user.id)


async def propose(
    interaction: Interaction, alliance: int, checklist: Checklist, *, in_team: bool = False
) -> None:
    """Start a checklist, or offer a run of it that is under way; acknowledged privately."""
    client: GuideClient = interaction.client
    services, person = client.services, interaction.user.id
    async with client.turns.at((alliance, person, checklist.id)):
        heads = await services.store.checklists.runs(
            alliance, owner=person, checklist=checklist.id, statuses=UNDER_WAY
        )
        head = next((one for one in heads if one.team == in_team), None)
        walk = await services.store.checklists.walk(alliance, head.id) if head is not None else None
        if walk is None:
            await _begin(interaction, alliance, checklist, in_team=in_team)
            return
    number, total = engine.progress(walk.checklist, walk.run)
    words = services.phrases.say(
        "run_open_already",
        title=clip(checklist.title),
        id=walk.run.id,
        number=number,
        total=total,
        paused=walk.run.status is Status.PAUSED,
    )
    newer = newer_version(walk, services)
    page = Page(tuple(filter(None, [words, newer])))
    shown = Shown(page, buttons=(Action.RESUME, Action.ANEW))
    await fill(interaction, run_view(shown, walk, services.phrases))


async def anew(interaction: Interaction, key: Key) -> None:
    """Start the checklist of a run once more, in place of the page that offered it."""
    client: GuideClient = interaction.client
    services = client.services
    say = services.phrases.say
    async with handling(interaction), updating(interaction):
        walk = await find_walk(interaction, key.alliance, key.run)
        if isinstance(walk, str):
            await whisper_beside(interaction, walk)
            return
        checklist = services.library.checklists_by_id.get(walk.checklist.id)
        if checklist is None:
            await whisper_beside(interaction, say("checklist_gone"))
            return
        message = interaction.message.id if interaction.message else interaction.id
        if not await services.store.alliances.claim(key.alliance, f"anew{message}"):
            await whisper_beside(interaction, say("stale_button"))
            return
        await _begin(interaction, key.alliance, checklist, in_team=walk.run.team)


async def resume_private(interaction: Interaction, walk: StoredRun, lead: str = "") -> None:
    """Take a private run up again and show where it stands."""
    client: GuideClient = interaction.client
    by = await actor_of(interaction, walk.run.alliance)
    async with client.turns.at(walk.run.id):
        change = await client.services.store.checklists.change_run(
            walk.run.alliance, walk.run.id, Resume(), by
        )
        await show_private(interaction, change.walk if change else walk, lead)


def newer_version(walk: StoredRun, services: Services) -> str:
    """Says that a checklist has changed since a run of it began; empty if not."""
    current = services.library.checklists_by_id.get(walk.checklist.id)
    if current is None or current.version <= walk.checklist.version:
        return ""
    return services.phrases.say(
        "newer_version", version=walk.checklist.version, newer=current.version
    )


async def _begin(
    interaction: Interaction, alliance: int, checklist: Checklist, *, in_team: bool
) -> None:
    services: Services = interaction.client.services
    by = await actor_of(interaction, alliance)
    if in_team:
        await team.begin(interaction, checklist, by)
        return
    run = engine.start(checklist, alliance, by, services.now())
    walk = await services.store.checklists.start_run(alliance, run, checklist)
    await show_private(interaction, walk)


async def _resume(interaction: Interaction, walk: StoredRun) -> None:
    services: Services = interaction.client.services
    run = walk.run
    if run.status.over:
        words = services.phrases.say("run_is_over", status=run.status.value, id=run.id)
        await tell(interaction, words)
        return
    lead = newer_version(walk, services)
    if run.team:
        by = await actor_of(interaction, run.alliance)
        await team.resume(interaction, walk, by, lead)
    else:
        await resume_private(interaction, walk, lead)


async def _wanted(interaction: Interaction, alliance: int, typed: str | None) -> int | None:
    """The number of the run that is meant; that of the newest one when nothing was typed."""
    if typed is not None and (number := number_of(typed)) is not None:
        return number
    found = await seen_runs(interaction, alliance, UNDER_WAY)
    if typed is None:
        return found[0].id if found else None
    wanted = one_line(typed).casefold()
    fitting = (one for one in found if wanted in {one.title.casefold(), one.checklist.casefold()})
    return next((one.id for one in fitting), None)


class StartChecklist(
    ui.DynamicItem[ui.Button[Any]],
    template=rf"{_START}(?P<alliance>\d+):(?P<checklist>[a-z0-9-]+)",
):
    """Under an answer: starts the checklist it names, privately, for whoever presses."""

    def __init__(self, alliance: int, checklist: str, label: str = "start") -> None:
        self.alliance, self.checklist = alliance, checklist
        custom_id = f"{_START}{alliance}:{checklist}"
        super().__init__(ui.Button(label=label, custom_id=custom_id))

    @classmethod
    def of(cls, phrases: Phrases, alliance: int, checklist: str) -> Self | None:
        """The button; None where its id would be too long."""
        if not checklist or len(f"{_START}{alliance}:{checklist}") > CUSTOM_ID:
            return None
        return cls(alliance, checklist, phrases.say("label_start_checklist"))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(int(match["alliance"]), match["checklist"])

    async def callback(self, interaction: Interaction) -> Any:
        """Start it."""
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            services: Services = interaction.client.services
            checklist = services.library.checklists_by_id.get(self.checklist)
            if checklist is None or not belongs(interaction, self.alliance):
                await tell(interaction, services.phrases.say("checklist_gone"))
            elif await services.store.alliances.claim(self.alliance, interaction.id):
                await propose(interaction, self.alliance, checklist)
