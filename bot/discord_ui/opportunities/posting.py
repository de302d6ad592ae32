"""/opportunity post and edit. `register` is a feature, see `bot.adapters.discord.client`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import COMMAND_OPTION_LENGTH
from bot.adapters.discord.send import Interaction
from bot.core.alliance import NO_ALLIANCE
from bot.discord_ui.checklists.choosing import alliance_to_complete
from bot.discord_ui.gate import is_steward, refuse
from bot.discord_ui.opportunities import answering, asking, forms, items, listing
from bot.discord_ui.opportunities.choosing import (
    OpportunityName,
    choices_of,
    find_named,
    seen,
    why_not_edit,
    why_not_post,
)
from bot.discord_ui.opportunities.group import opportunity_group
from bot.opportunities.rules.models import Kind, OfferForm, State
from bot.opportunities.rules.offer_form import MOST_CAPACITY
from bot.opportunities.rules.records import KeptForm
from bot.opportunities.rules.replies import is_open

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

Typed = app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
Capacity = app_commands.Range[int, 0, MOST_CAPACITY]
KINDS = [app_commands.Choice(name=kind.value, value=kind.value) for kind in Kind]


def register(client: GuideClient) -> None:
    """Add the commands, the buttons and the forms of opportunities."""
    client.add_dynamic_items(items.AnswerButton, items.NoteButton, items.AsButton, items.StepButton)
    client.add_form(forms.OFFER_FORM, forms.offer_given)
    client.add_form(answering.ORGANIZATION_FORM, answering.organization_given)
    client.add_form(answering.NOTE_FORM, answering.note_given)
    client.add_form(asking.QUESTION_FORM, asking.question_given)
    group = opportunity_group(client)
    _add_post(client, group)
    _add_edit(client, group)
    listing.register(client, group)


def _add_post(client: GuideClient, group: app_commands.Group) -> None:
    say, store = client.services.phrases.say, client.services.store

    @group.command(name="post", description=say("opportunity_post_command"))
    @app_commands.describe(
        kind=say("kind_option"),
        capacity=say("capacity_option"),
        region=say("region_option"),
        contact=say("contact_option"),
    )
    @app_commands.choices(kind=KINDS)
    async def post(
        interaction: Interaction,
        kind: str | None = None,
        capacity: Capacity | None = None,
        region: Typed | None = None,
        contact: Typed | None = None,
    ) -> None:
        async with handling(interaction):
            if why := await why_not_post(interaction):
                await refuse(interaction, why)
                return
            alliance, person = interaction.guild_id or NO_ALLIANCE, interaction.user.id
            kept = await store.opportunities.kept_form(alliance, person) or KeptForm(
                OfferForm(), Kind.OTHER
            )
            if not kept.form.title.strip():  # it was opened and left, for something else
                kept = KeptForm(OfferForm(), Kind.OTHER)
            kept = _with_options(kept, kind, capacity, region, contact)
            await store.opportunities.keep_form(alliance, person, kept)
            await forms.open_form(interaction, (alliance, 0), kept.form)


def _add_edit(client: GuideClient, group: app_commands.Group) -> None:
    services = client.services
    say, store = services.phrases.say, services.store

    @group.command(name="edit", description=say("opportunity_edit_command"))
    @app_commands.rename(name="id")
    @app_commands.describe(
        name=say("opportunity_id_option"),
        kind=say("kind_option"),
        capacity=say("capacity_option"),
        region=say("region_option"),
        contact=say("contact_option"),
    )
    @app_commands.choices(kind=KINDS)
    async def edit(
        interaction: Interaction,
        name: OpportunityName,
        kind: str | None = None,
        capacity: Capacity | None = None,
        region: Typed | None = None,
        contact: Typed | None = None,
    ) -> None:
        async with handling(interaction):
            alliance = await alliance_to_complete(interaction)
            found = await find_named(interaction, alliance, name)
            if isinstance(found, str):
                await refuse(interaction, found)
                return
            if found.state is State.DRAFT:
                why = await why_not_post(interaction)
            else:
                why = await why_not_edit(interaction, found)
                if not why and not is_open(found, services.now()):
                    why = say("opportunity_closed", id=found.id)
            if why:
                await refuse(interaction, why)
                return
            person = interaction.user.id
            zone = (await store.people.person_settings(alliance, person)).zone
            kept = KeptForm(forms.form_of(found.offer, zone), found.offer.kind, found.id)
            kept = _with_options(kept, kind, capacity, region, contact)
            await store.opportunities.keep_form(alliance, person, kept)
            await forms.open_form(interaction, (alliance, found.id), kept.form)

    @edit.autocomplete("name")
    async def names(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        alliance = await alliance_to_complete(interaction)
        known = await seen(interaction, alliance, (State.OPEN,))
        if not await is_steward(interaction):
            known = [one for one in known if one.poster == interaction.user.id]
        return choices_of(services, known, typed)


def _with_options(
    kept: KeptForm, kind: str | None, capacity: int | None, region: str | None, contact: str | None
) -> KeptForm:
    """What is kept with the options that were given; a capacity of 0 stands for any number."""
    form = kept.form
    if capacity is not None:
        form = replace(form, capacity=str(capacity) if capacity else "")
    if region is not None:
        form = replace(form, region=region)
    if contact is not None:
        form = replace(form, contact=contact)
    return replace(kept, form=form, kind=Kind(kind) if kind else kept.kind)
