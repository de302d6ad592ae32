"""/partner join, leave and list: who speaks for which organization."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from discord import app_commands, ui
from rapidfuzz import fuzz, process, utils

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import (
    BUTTON_LABEL,
    CHOICE_NAME,
    CHOICE_VALUE,
    CHOICES,
    COMMAND_OPTION_LENGTH,
    COMPONENTS_V2_TEXT,
    CUSTOM_ID,
)
from bot.adapters.discord.send import Interaction, acknowledge, fill, tell
from bot.chat.services import Services
from bot.core.markup import one_line, shorten
from bot.core.phrases import Phrases
from bot.core.text import words as words_of
from bot.discord_ui.checklists.choosing import alliance_to_complete
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.gate import updating
from bot.discord_ui.opportunities import interests, notifying, profiles
from bot.discord_ui.questions import own_alliance
from bot.discord_ui.render import Page, notice
from bot.discord_ui.views import view_of
from bot.opportunities.rules.models import PartnerProfile, folded

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_NEW, _MEANT = "new", "meant"
_BUTTON = rf"o:(?P<kind>{_NEW}|{_MEANT}):(?P<name>.+)"
_LABELS = {_NEW: "label_partner_new", _MEANT: "label_partner_meant"}

LONGEST_NAME = CUSTOM_ID - len(f"o:{_MEANT}:")
"""Characters of an organization's name: it stands in custom ids."""

_NEAR = 85  # of 100, where rapidfuzz takes one name for another way to write the other
_FITS = 60
_ROOM_BELOW = 100


def register(client: GuideClient) -> None:
    """Add the group with its commands, and those of `interests`, `notifying` and `profiles`."""
    say = client.services.phrases.say
    client.add_dynamic_items(JoinButton)
    group = app_commands.Group(name="partner", description=say("partner_command"))
    client.tree.add_command(group)
    _add_join(client, group)
    _add_leave(client, group)
    interests.register(client, group)
    notifying.register(client, group)
    profiles.register(client, group)

    @group.command(name="list", description=say("partner_list_command"))
    async def show_list(interaction: Interaction) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await own_alliance(client, interaction)
            if alliance is not None:
                known = await client.services.store.people.partners(alliance)
                await fill(interaction, view_of(partners_page(known, client.services.phrases)))


def _add_join(client: GuideClient, group: app_commands.Group) -> None:
    services = client.services
    say, store = services.phrases.say, services.store

    @group.command(name="join", description=say("partner_join_command"))
    @app_commands.describe(name=say("partner_name_option"))
    async def join(
        interaction: Interaction, name: app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
    ) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await own_alliance(client, interaction)
            if alliance is None:
                return
            wanted = one_line(name)
            if not words_of(wanted) or len(wanted) > LONGEST_NAME:
                await tell(interaction, say("partner_name_bad", most=LONGEST_NAME))
                return
            near = nearest(
                wanted, [known for known, _ in await store.people.organizations(alliance)]
            )
            if near is None or near.casefold() == wanted.casefold():
                await tell(interaction, await _join(interaction, alliance, wanted))
                return
            asked = say("partner_near", name=clip(wanted), near=clip(near))
            row = [
                JoinButton.of(kind, which, services.phrases)
                for kind, which in ((_MEANT, near), (_NEW, wanted))
                if len(which) <= LONGEST_NAME
            ]
            await fill(interaction, view_of(notice(asked), row))

    @join.autocomplete("name")
    async def names(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        alliance = await alliance_to_complete(interaction)
        return complete_names(
            [name for name, _ in await store.people.organizations(alliance)], typed
        )


def _add_leave(client: GuideClient, group: app_commands.Group) -> None:
    services = client.services
    say, store = services.phrases.say, services.store

    @group.command(name="leave", description=say("partner_leave_command"))
    @app_commands.describe(name=say("partner_leave_option"))
    async def leave(
        interaction: Interaction, name: app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
    ) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await own_alliance(client, interaction)
            if alliance is not None:
                await tell(interaction, await _leave(services, alliance, interaction.user.id, name))

    @leave.autocomplete("name")
    async def own(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        alliance = await alliance_to_complete(interaction)
        person = await store.people.person(alliance, interaction.user.id)
        return complete_names(person.organizations, typed)


async def _leave(services: Services, alliance: int, person: int, name: str) -> str:
    """Let somebody no longer speak for an organization, and say so."""
    store, say = services.store, services.phrases.say
    own = (await store.people.person(alliance, person)).organizations
    left = next((one for one in own if folded(one) == folded(name)), one_line(name))
    if not await store.people.leave_organization(alliance, person, left):
        known = [clip(one) for one in own]
        return say("partner_not_yours", name=clip(left), own=known)
    people = dict(await store.people.organizations(alliance)).get(left, 0)
    others = [clip(one) for one in own if one != left]
    return say("partner_left", name=clip(left), others=others, people=people)


class JoinButton(ui.DynamicItem[ui.Button[Any]], template=_BUTTON):
    """Says which of two organizations of nearly the same name is meant."""

    def __init__(self, kind: str, name: str, label: str = "join") -> None:
        self.name = name
        super().__init__(ui.Button(label=label, custom_id=f"o:{kind}:{name}"))

    @classmethod
    def of(cls, kind: str, name: str, phrases: Phrases) -> JoinButton:
        """The button with its label."""
        variables = {"name": name} if kind == _MEANT else {}
        return cls(kind, name, shorten(phrases.say(_LABELS[kind], **variables), BUTTON_LABEL))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> JoinButton:
        """The button that was pressed."""
        return cls(match["kind"], match["name"])

    async def callback(self, interaction: Interaction) -> Any:
        """Join it, and say so in this place."""
        async with handling(interaction), updating(interaction):
            alliance = await own_alliance(interaction.client, interaction)
            if alliance is not None:
                words = await _join(interaction, alliance, self.name)
                await fill(interaction, view_of(notice(words)))


async def _join(interaction: Interaction, alliance: int, name: str) -> str:
    services: Services = interaction.client.services
    person = interaction.user.id
    before = (await services.store.people.person(alliance, person)).organizations
    kept = await services.store.people.join_organization(alliance, person, name)
    others = [clip(one) for one in before if one != kept]
    return services.phrases.say(
        "partner_joined", name=clip(kept), others=others, again=kept in before
    )


def complete_names(known: Sequence[str], typed: str) -> list[app_commands.Choice[str]]:
    """The organizations whose name fits what was typed, as completions."""
    fitting = [name for name in known if len(name) <= CHOICE_VALUE]
    if typed.strip():
        found = process.extract(
            typed,
            fitting,
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            score_cutoff=_FITS,
            limit=CHOICES,
        )
        fitting = [name for name, _, _ in found]
    return [
        app_commands.Choice(name=shorten(name, CHOICE_NAME), value=name)
        for name in fitting[:CHOICES]
    ]


def nearest(wanted: str, known: Sequence[str]) -> str | None:
    """The organization whose name comes so near that it may be the one that is meant."""
    plain = utils.default_process(wanted)
    for name in known:  # the same in other letters or signs is meant for sure
        if utils.default_process(name) == plain:
            return name

    def likeness(name: str) -> float:
        other = utils.default_process(name)
        return max(fuzz.ratio(plain, other), fuzz.token_set_ratio(plain, other))

    best = max(known, key=likeness, default=None)
    return best if best is not None and likeness(best) >= _NEAR else None


def partners_page(known: Sequence[PartnerProfile], phrases: Phrases) -> Page:
    """The directory: who speaks for whom, with what each agreed to show."""
    if not known:
        return Page((phrases.say("partners_none"),))
    lead = phrases.say("partners_lead", count=len(known))
    room = COMPONENTS_V2_TEXT - len(lead) - _ROOM_BELOW
    lines: list[str] = []
    for one in known:
        line = phrases.say("partner_line", **profiles.shown_of(one))
        if sum(len(before) + 1 for before in lines) + len(line) > room:
            more = phrases.say("partners_more", count=len(known) - len(lines))
            return Page((lead, "\n".join(lines), more))
        lines.append(line)
    return Page((lead, "\n".join(lines)))
