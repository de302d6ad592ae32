"""/guide setup: where the bot answers, who may do what, what it lacks, what people will see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import app_commands, ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import SELECT_VALUES
from bot.adapters.discord.send import Interaction, fill
from bot.alliances.records import ChannelPurpose
from bot.core.markup import escape, one_line
from bot.core.phrases import Phrases
from bot.discord_ui.gate import is_steward, steward_here, updating, whisper_beside
from bot.discord_ui.items import belongs
from bot.discord_ui.places import channel_lines, roles_line
from bot.discord_ui.render import Page
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_KINDS = [discord.ChannelType.text, discord.ChannelType.news]


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the commands and the menus of /guide setup."""
    say = client.services.phrases.say
    client.add_dynamic_items(ChooseChannels, ChooseRole, CheckAgain)

    @group.command(name="setup", description=say("guide_setup_command"))
    async def setup(interaction: Interaction) -> None:
        async with handling(interaction):
            if await steward_here(interaction):
                await fill(interaction, await setup_view(interaction))


async def setup_view(interaction: Interaction) -> ui.LayoutView:
    """The page of /guide setup as things stand, with its menus."""
    services = interaction.client.services
    phrases: Phrases = services.phrases
    guild = interaction.guild
    assert guild is not None
    settings = await services.store.alliances.settings(guild.id)
    used = await services.store.alliances.channels(guild.id)
    me = interaction.client.user
    name = escape(one_line(me.display_name)) if me else ""
    page = Page(
        (
            phrases.say("setup_lead", name=name, alliance=escape(one_line(guild.name))),
            phrases.say("setup_channels", lines=channel_lines(guild, used, phrases)),
            roles_line(settings, phrases),
            phrases.say("setup_seen", name=name, days=settings.retention_days),
        )
    )
    guides = [
        one.channel
        for one in used
        if one.purpose is ChannelPurpose.QUESTIONS and guild.get_channel(one.channel)
    ]
    steward, intermediary = (
        role if role and guild.get_role(role) else None
        for role in (settings.steward_role, settings.intermediary_role)
    )
    return view_of(
        page,
        [ChooseChannels.of(phrases, guild.id, guides)],
        [ChooseRole.of(phrases, guild.id, "steward", steward)],
        [ChooseRole.of(phrases, guild.id, "intermediary", intermediary)],
        [CheckAgain.of(phrases, guild.id)],
    )


class ChooseChannels(
    ui.DynamicItem[ui.ChannelSelect[Any]], template=r"g:channels:(?P<alliance>\d+)"
):
    """The menu of the channels where every question is answered."""

    def __init__(self, alliance: int, menu: ui.ChannelSelect[Any]) -> None:
        self.alliance = alliance
        menu.custom_id = f"g:channels:{alliance}"
        super().__init__(menu)

    @classmethod
    def of(cls, phrases: Phrases, alliance: int, chosen: Sequence[int]) -> Self:
        """The menu with the channels in use chosen."""
        menu: ui.ChannelSelect[Any] = ui.ChannelSelect(
            channel_types=_KINDS,
            placeholder=phrases.say("label_setup_channels"),
            min_values=0,
            max_values=SELECT_VALUES,
            default_values=[
                discord.SelectDefaultValue(id=channel, type=discord.SelectDefaultValueType.channel)
                for channel in chosen[:SELECT_VALUES]
            ],
        )
        return cls(alliance, menu)

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The menu that was used."""
        assert isinstance(item, ui.ChannelSelect)
        return cls(int(match["alliance"]), item)

    async def callback(self, interaction: Interaction) -> Any:
        """Keep what was chosen; channels beyond those the menu can show stay as they are."""
        store = interaction.client.services.store
        async with handling(interaction), updating(interaction):
            if not await _may(interaction, self.alliance):
                return
            purpose = ChannelPurpose.QUESTIONS
            used = await store.alliances.channels(self.alliance, purpose)
            shown = {one.channel for one in used[:SELECT_VALUES]}
            picked = {channel.id for channel in self.item.values}
            for channel in sorted(picked - shown):
                await store.alliances.add_channel(self.alliance, channel, purpose)
            for channel in sorted(shown - picked):
                await store.alliances.remove_channel(self.alliance, channel, purpose)
            await fill(interaction, await setup_view(interaction))


class ChooseRole(
    ui.DynamicItem[ui.RoleSelect[Any]],
    template=r"g:role:(?P<which>steward|intermediary):(?P<alliance>\d+)",
):
    """The menu of the steward role, or of the intermediary role."""

    def __init__(self, alliance: int, which: str, menu: ui.RoleSelect[Any]) -> None:
        self.alliance = alliance
        self.which = which
        menu.custom_id = f"g:role:{which}:{alliance}"
        super().__init__(menu)

    @classmethod
    def of(cls, phrases: Phrases, alliance: int, which: str, role: int | None) -> Self:
        """The menu with the role in use chosen."""
        steward = which == "steward"
        label = "label_setup_steward" if steward else "label_setup_intermediary"
        kind = discord.SelectDefaultValueType.role
        menu: ui.RoleSelect[Any] = ui.RoleSelect(
            placeholder=phrases.say(label),
            min_values=0,
            max_values=1,
            default_values=[discord.SelectDefaultValue(id=role, type=kind)] if role else [],
        )
        return cls(alliance, which, menu)

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The menu that was used."""
        assert isinstance(item, ui.RoleSelect)
        return cls(int(match["alliance"]), match["which"], item)

    async def callback(self, interaction: Interaction) -> Any:
        """Keep what was chosen, or that nothing is."""
        services = interaction.client.services
        async with handling(interaction), updating(interaction):
            if not await _may(interaction, self.alliance):
                return
            role = self.item.values[0].id if self.item.values else None
            if role == self.alliance:  # the role @everyone has the id of its server
                await whisper_beside(interaction, services.phrases.say("role_of_everyone"))
            elif self.which == "steward":
                await services.store.alliances.change_settings(self.alliance, steward_role=role)
            else:
                await services.store.alliances.change_settings(
                    self.alliance, intermediary_role=role
                )
            await fill(interaction, await setup_view(interaction))


class CheckAgain(ui.DynamicItem[ui.Button[Any]], template=r"g:check:(?P<alliance>\d+)"):
    """Looks at the permissions again."""

    def __init__(self, alliance: int, label: str | None = None) -> None:
        self.alliance = alliance
        super().__init__(ui.Button(label=label or "check", custom_id=f"g:check:{alliance}"))

    @classmethod
    def of(cls, phrases: Phrases, alliance: int) -> Self:
        """The button with its label."""
        return cls(alliance, phrases.say("label_setup_check"))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(int(match["alliance"]))

    async def callback(self, interaction: Interaction) -> Any:
        """Show the page as things stand."""
        async with handling(interaction), updating(interaction):
            if await _may(interaction, self.alliance):
                await fill(interaction, await setup_view(interaction))


async def _may(interaction: Interaction, alliance: int) -> bool:
    if interaction.guild is not None and belongs(interaction, alliance):
        if await is_steward(interaction):
            return True
        words = interaction.client.services.phrases.say("stewards_only")
        await whisper_beside(interaction, words)
    return False
