"""The form of an opportunity: opened, sent, and given back filled where it can't be taken.

It is known by its custom id, so that one opened before a restart is taken after it. What was typed
is kept before anything is said of it, until it is posted or discarded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import MODAL_TITLE, TEXT_INPUT_PLACEHOLDER, TEXT_INPUT_VALUE
from bot.adapters.discord.send import Interaction, fill, take
from bot.core.markup import shorten
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.gate import refuse
from bot.discord_ui.items import belongs
from bot.discord_ui.opportunities import preview
from bot.discord_ui.opportunities.choosing import (
    find_by_id,
    kept_first,
    why_not_edit,
    why_not_post,
)
from bot.discord_ui.opportunities.items import KEY, Key, Step, StepButton, key_of
from bot.discord_ui.render import notice
from bot.discord_ui.views import view_of
from bot.opportunities.rules.models import Kind, Offer, OfferForm, Opportunity, State
from bot.opportunities.rules.offer_form import (
    AUDIENCE_LENGTH,
    CONTACT_LENGTH,
    LINK_LENGTH,
    MOST_CAPACITY,
    REGION_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Fault,
    OfferFaults,
    read_form,
)
from bot.opportunities.rules.records import KeptForm
from bot.opportunities.rules.replies import is_open

if TYPE_CHECKING:
    from bot.chat.services import Services

OFFER_FORM = rf"o:offer:{KEY}"
_FIELDS = (
    ("title", "field_title", None),
    ("description", "field_description", None),
    ("audience", "field_audience", "hint_audience"),
    ("deadline", "field_deadline", "hint_deadline"),
    ("link", "field_link", "hint_link"),
)
_REQUIRED = {"title", "description"}
_MOST = {
    Fault.TITLE_LONG: TITLE_LENGTH,
    Fault.DESCRIPTION_LONG: TEXT_LENGTH,
    Fault.AUDIENCE_LONG: AUDIENCE_LENGTH,
    Fault.REGION_LONG: REGION_LENGTH,
    Fault.CONTACT_LONG: CONTACT_LENGTH,
    Fault.LINK: LINK_LENGTH,
    Fault.CAPACITY: MOST_CAPACITY,
}


# -- opening ---------------------------------------------------------------------------------------


async def open_form(interaction: Interaction, key: Key, form: OfferForm) -> None:
    """Open the form with what it is filled with; nothing else may come first."""
    phrases: Phrases = interaction.client.services.phrases
    title = phrases.say("offer_form_title", id=key[1])
    modal = ui.Modal(title=title[:MODAL_TITLE], custom_id=f"o:offer:{key[0]}:{key[1]}")
    for name, label, hint in _FIELDS:
        long = name == "description"
        placeholder = shorten(phrases.say(hint), TEXT_INPUT_PLACEHOLDER) if hint else None
        # Nothing is too long for the form itself: what is, is said to be, and can be shortened.
        text: ui.TextInput[Any] = ui.TextInput(
            custom_id=name,
            style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
            required=name in _REQUIRED,
            max_length=TEXT_INPUT_VALUE,
            default=getattr(form, name)[:TEXT_INPUT_VALUE] or None,
            placeholder=placeholder,
        )
        modal.add_item(ui.Label(text=phrases.say(label), component=text))
    take(interaction)
    await interaction.response.send_modal(modal)
    modal.stop()


async def open_again(interaction: Interaction, key: Key) -> None:
    """**Edit**: open the form with what was typed, or with the draft as it is."""
    services: Services = interaction.client.services
    async with handling(interaction):
        alliance, about = key
        person = interaction.user.id
        found = await find_by_id(interaction, alliance, about) if about else None
        kept = None
        if belongs(interaction, alliance):
            kept = await services.store.opportunities.kept_form(alliance, person, about)
        if about and (found is None or (found.state is not State.DRAFT and kept is None)):
            await refuse(interaction, services.phrases.say("draft_gone"))
            return
        if kept is not None:
            form = kept.form
        elif found is not None:
            zone = (await services.store.people.person_settings(alliance, person)).zone
            form = form_of(found.offer, zone)
        else:
            form = OfferForm()
        await open_form(interaction, key, form)


def form_of(offer: Offer, zone: ZoneInfo) -> OfferForm:
    """An offer as somebody in a time zone would type it."""
    deadline = offer.deadline.astimezone(zone) if offer.deadline else None
    return OfferForm(
        title=offer.title,
        description=offer.description,
        audience=offer.audience,
        deadline=f"{deadline:%Y-%m-%d %H:%M}" if deadline else "",
        link=offer.link,
        capacity=str(offer.capacity) if offer.capacity else "",
        region=offer.region,
        contact=offer.contact,
    )


# -- sent ------------------------------------------------------------------------------------------


async def offer_given(
    interaction: Interaction, match: re.Match[str], values: Mapping[str, Any]
) -> None:
    """The form was sent: a preview, an edit of what is posted, or why it can't be taken."""
    typed = {name: str(values.get(name) or "") for name, _, _ in _FIELDS}
    key = key_of(match)
    update = interaction.message is not None
    if not belongs(interaction, key[0]):
        await refuse(interaction, interaction.client.services.phrases.say("draft_gone"))
        return
    async with kept_first(
        interaction, key[0], _keep(interaction, key, typed), update=update
    ) as kept:
        await _take(interaction, key, kept)


async def _keep(interaction: Interaction, key: Key, typed: Mapping[str, str]) -> KeptForm:
    """Keep what was typed, with what was asked apart from the form."""
    services: Services = interaction.client.services
    store, person = services.store, interaction.user.id
    alliance, about = key
    kept = await store.opportunities.kept_form(alliance, person, about)
    if kept is None:
        kept = KeptForm(OfferForm(), Kind.OTHER, about)
        found = await find_by_id(interaction, alliance, about) if about else None
        if found is not None:
            kept = KeptForm(form_of(found.offer, ZoneInfo("UTC")), found.offer.kind, about)
    kept = replace(kept, form=replace(kept.form, **typed))
    await store.opportunities.keep_form(alliance, person, kept)
    return kept


async def _take(interaction: Interaction, key: Key, kept: KeptForm) -> None:
    services: Services = interaction.client.services
    store, phrases, now = services.store, services.phrases, services.now()
    alliance, about = key
    person = interaction.user.id
    found = await find_by_id(interaction, alliance, about) if about else None
    is_draft = not about or (found is not None and found.state is State.DRAFT)
    if is_draft:
        why = await why_not_post(interaction)
    elif found is None:
        why = phrases.say("draft_gone")
    elif not is_open(found, now):
        why = phrases.say("opportunity_closed", id=found.id)
    else:
        why = await why_not_edit(interaction, found)
    if why:
        await _give_back(interaction, key, [why])
        return
    zone = (await store.people.person_settings(alliance, person)).zone
    read = read_form(kept.form, kept.kind, now, zone)
    if isinstance(read, OfferFaults):
        await _give_back(interaction, key, fault_lines(read, kept.form, phrases))
    elif found is not None and not is_draft:
        await _edit(interaction, found, read)
    else:
        await _draft(interaction, found, read)


async def _draft(interaction: Interaction, found: Opportunity | None, offer: Offer) -> None:
    """Store a draft, or change one, and show it."""
    services: Services = interaction.client.services
    store, person = services.store, interaction.user
    alliance = interaction.guild_id or 0
    if found is None:
        organization = await store.people.organization_of(alliance, person.id)
        name = person.display_name
        draft = await store.opportunities.add_draft(alliance, person.id, name, organization, offer)
        await store.opportunities.drop_form(alliance, person.id)
    else:
        if not await store.opportunities.change_draft(alliance, found.id, offer):
            key = (alliance, found.id)
            await _give_back(interaction, key, [services.phrases.say("draft_gone")])
            return
        draft = replace(found, offer=offer)
        await store.opportunities.drop_form(alliance, person.id, found.id)
    await preview.show(interaction, draft)


async def _edit(interaction: Interaction, found: Opportunity, offer: Offer) -> None:
    """Change what is posted."""
    services: Services = interaction.client.services
    say = services.phrases.say
    changed = await services.store.opportunities.edit(found.alliance, found.id, offer)
    if changed is None:
        words = say("opportunity_closed", id=found.id)
        await _give_back(interaction, (found.alliance, found.id), [words])
        return
    interaction.client.dispatch("notices")
    about, fields = changed
    words = say("opportunity_edited", id=about.id, title=clip(about.offer.title), fields=fields)
    await fill(interaction, view_of(notice(words)))


async def _give_back(interaction: Interaction, key: Key, lines: Sequence[str]) -> None:
    """Say why a form can't be taken; **Edit** opens it filled."""
    phrases: Phrases = interaction.client.services.phrases
    words = phrases.say("offer_refused", lines=lines)
    await fill(interaction, view_of(notice(words), [StepButton.of(Step.EDIT, key, phrases)]))


def fault_lines(refused: OfferFaults, form: OfferForm, phrases: Phrases) -> list[str]:
    """A sentence for each thing that is wrong with a form."""
    return [
        phrases.say(
            "offer_fault",
            fault=fault.value,
            most=_MOST.get(fault, 0),
            count=len(" ".join(form.title.split())),
            deadline=clip(form.deadline),
            link=clip(form.link),
            capacity=clip(form.capacity),
        )
        for fault in refused.faults
    ]
