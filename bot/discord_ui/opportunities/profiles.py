"""/partner profile: one's own, with what the directory shows of it, or that of an organization."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from discord import app_commands, ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import COMMAND_OPTION_LENGTH, COMPONENTS_V2_TEXT, MODAL_TITLE
from bot.adapters.discord.send import Interaction, acknowledge, fill, take
from bot.chat.services import Services
from bot.core.markup import one_line, shorten
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.choosing import alliance_to_complete
from bot.discord_ui.checklists.quoting import NAME, clip
from bot.discord_ui.gate import updating
from bot.discord_ui.items import belongs
from bot.discord_ui.opportunities.notifying import facts_of
from bot.discord_ui.questions import own_alliance
from bot.discord_ui.render import Page
from bot.discord_ui.views import Items, view_of
from bot.opportunities.rules.models import PartnerProfile, folded
from bot.opportunities.rules.offer_form import CONTACT_LENGTH
from bot.opportunities.rules.records import Person

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

CONTACT_FORM = r"w:contact:(?P<alliance>\d+)"
_CONTACT = "contact"
_SHOW, _HIDE = "show", "hide"
_LABELS = {
    _SHOW: "label_show_me",
    _HIDE: "label_hide_me",
    _CONTACT: "label_profile_contact",
}
_MOST_NEAR, _MOST_PEOPLE = 3, 8
_INTERESTS = 400
"""Characters of what an organization looks for."""


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the command, its buttons and its form."""
    services = client.services
    say, store = services.phrases.say, services.store
    client.add_dynamic_items(ProfileButton)
    client.add_form(CONTACT_FORM, contact_given)

    @group.command(name="profile", description=say("partner_profile_command"))
    @app_commands.describe(name=say("partner_profile_option"))
    async def profile(
        interaction: Interaction,
        name: app_commands.Range[str, 1, COMMAND_OPTION_LENGTH] | None = None,
    ) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await own_alliance(client, interaction)
            if alliance is None:
                return
            if name is None:
                await show_own(interaction, alliance)
                return
            known = await store.people.partners(alliance)
            await fill(interaction, view_of(_named(known, name, services.phrases)))

    @profile.autocomplete("name")
    async def names(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        from bot.discord_ui.opportunities.partners import complete_names

        alliance = await alliance_to_complete(interaction)
        return complete_names(
            [name for name, _ in await store.people.organizations(alliance)], typed
        )


async def show_own(interaction: Interaction, alliance: int) -> None:
    """Show somebody their own profile where the acknowledgement stands."""
    services: Services = interaction.client.services
    person = await services.store.people.person(alliance, interaction.user.id)
    known = await services.store.people.partners(alliance)
    own = [one for one in known if one.name in person.organizations]
    page = own_page(person, own, services.phrases)
    actions = (_HIDE if person.shown else _SHOW, _CONTACT) if own else ()
    row: Items = [ProfileButton.of(action, alliance, services.phrases) for action in actions]
    await fill(interaction, view_of(page, row))


def own_page(person: Person, own: list[PartnerProfile], phrases: Phrases) -> Page:
    """One's own profile: the organizations, and what is kept of oneself."""
    facts = phrases.say(
        "profile_person",
        **facts_of(person.notifications),
        shown=person.shown,
        name=clip(person.name, NAME),
        contact=clip(person.contact),
    )
    if not own:
        return Page((phrases.say("profile_none"), facts))
    shown = [phrases.say("profile_organization", **shown_of(one)) for one in own]
    room = COMPONENTS_V2_TEXT - len(facts)
    return Page((shorten("\n\n".join(shown), room), facts))


def shown_of(one: PartnerProfile) -> dict[str, object]:
    """What the directory shows of an organization, as variables of phrases."""
    people = [clip(name, NAME) for name in one.people[:_MOST_PEOPLE]]
    return {
        "name": clip(one.name),
        "people": people,
        "hidden": one.hidden + len(one.people) - len(people),
        "interests": clip(", ".join(one.interests), _INTERESTS),
        "region": clip(one.region, NAME),
    }


def _named(known: tuple[PartnerProfile, ...], name: str, phrases: Phrases) -> Page:
    """The organization of a name, or which there are that come close."""
    from bot.discord_ui.opportunities.partners import complete_names

    found = next((one for one in known if folded(one.name) == folded(name)), None)
    if found is not None:
        return Page((phrases.say("profile_organization", **shown_of(found)),))
    near = complete_names([one.name for one in known], name)[:_MOST_NEAR]
    names = [clip(one.value, NAME) for one in near]
    return Page((phrases.say("profile_unknown", name=clip(one_line(name)), near=names),))


class ProfileButton(
    ui.DynamicItem[ui.Button[Any]],
    template=rf"w:(?P<action>{_SHOW}|{_HIDE}|{_CONTACT}):(?P<alliance>\d+)",
):
    """Changes what the directory shows of whoever presses it."""

    def __init__(self, action: str, alliance: int, label: str = "") -> None:
        self.action, self.alliance = action, alliance
        super().__init__(ui.Button(label=label or action, custom_id=f"w:{action}:{alliance}"))

    @classmethod
    def of(cls, action: str, alliance: int, phrases: Phrases) -> Self:
        """The button with its label."""
        return cls(action, alliance, phrases.say(_LABELS[action]))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(match["action"], int(match["alliance"]))

    async def callback(self, interaction: Interaction) -> Any:
        """Change it, or open the form."""
        if self.action == _CONTACT:
            await _open_contact(interaction, self.alliance)
            return
        async with handling(interaction), updating(interaction):
            await _set(interaction, self.alliance, shown=self.action == _SHOW)


async def _open_contact(interaction: Interaction, alliance: int) -> None:
    services: Services = interaction.client.services
    say = services.phrases.say
    async with handling(interaction):
        person = await services.store.people.person(alliance, interaction.user.id)
        take(interaction)
        form = ui.Modal(
            title=say("contact_form_title")[:MODAL_TITLE], custom_id=f"w:contact:{alliance}"
        )
        field: ui.TextInput[Any] = ui.TextInput(
            custom_id=_CONTACT,
            required=False,
            max_length=CONTACT_LENGTH,
            default=person.contact[:CONTACT_LENGTH] or None,
        )
        hint = say("hint_profile_contact")
        form.add_item(
            ui.Label(text=say("field_profile_contact"), description=hint, component=field)
        )
        await interaction.response.send_modal(form)
        form.stop()


async def contact_given(
    interaction: Interaction, match: re.Match[str], values: Mapping[str, Any]
) -> None:
    """The form was sent: the profile shows the new contact."""
    contact = one_line(str(values.get(_CONTACT) or ""))[:CONTACT_LENGTH]
    async with handling(interaction), updating(interaction):
        await _set(interaction, int(match["alliance"]), contact=contact)


async def _set(
    interaction: Interaction,
    alliance: int,
    *,
    shown: bool | None = None,
    contact: str | None = None,
) -> None:
    """Keep what is given, and show the profile as it is then."""
    services: Services = interaction.client.services
    if not belongs(interaction, alliance):
        return
    person = await services.store.people.person(alliance, interaction.user.id)
    await services.store.people.set_shown(
        alliance,
        person.person,
        shown=person.shown if shown is None else shown,
        name=interaction.user.display_name,
        contact=person.contact if contact is None else contact,
    )
    await show_own(interaction, alliance)
