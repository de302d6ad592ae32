"""**Interested** and **Not for us**: the press counts at once, a note may follow."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import CUSTOM_ID, MODAL_TITLE
from bot.adapters.discord.send import Interaction, fill, take
from bot.core.markup import one_line
from bot.core.phrases import Phrases
from bot.core.text import words as words_of
from bot.discord_ui.checklists.quoting import NAME, clip
from bot.discord_ui.gate import refuse
from bot.discord_ui.items import belongs
from bot.discord_ui.opportunities.choosing import QUICK, kept_first
from bot.discord_ui.opportunities.items import (
    KEY,
    Action,
    AnswerButton,
    AsButton,
    Key,
    key_of,
)
from bot.discord_ui.opportunities.telling import on_card, show_answer, show_words
from bot.discord_ui.render import notice
from bot.discord_ui.views import view_of
from bot.opportunities.rules.models import Reply, Respondent, folded
from bot.opportunities.rules.replies import Replied, is_open, same_side
from bot.people.find_organization import LONGEST_NAME, nearest

if TYPE_CHECKING:
    from bot.chat.services import Services

ORGANIZATION_FORM = rf"o:organization:{KEY}"
NOTE_FORM = rf"o:noteform:(?P<yes>[01]):{KEY}"
_ORGANIZATION, _NOTE = "organization", "note"
_NOTE_LENGTH = 500


async def pressed(interaction: Interaction, action: Action, key: Key) -> None:
    """**Interested** or **Not for us** was pressed."""
    yes = action is Action.INTERESTED
    async with handling(interaction):
        looked = asyncio.ensure_future(_for_whom(interaction, key))
        # A form can only be opened at once; where looking takes long, it is asked for afterwards.
        await asyncio.wait({looked}, timeout=QUICK / 2)
        if looked.done() and yes and looked.result() is None:
            await _open_organization(interaction, key)
            return

        async def keep() -> tuple[Respondent, Replied | None] | None:
            organization = await looked
            if yes and organization is None:
                return None
            by = _by(interaction, organization or "", yes=yes)
            return by, await _reply(interaction, key, by)

        async with kept_first(
            interaction, key[0], keep(), update=on_card(interaction), seconds=QUICK / 2
        ) as done:
            if done is None:
                await _ask_organization(interaction, key)
            else:
                await show_answer(interaction, key, *done)


async def organization_given(
    interaction: Interaction, match: re.Match[str], values: Mapping[str, Any]
) -> None:
    """The form *Your organization* was sent: it is joined, and then the answer counts."""
    services: Services = interaction.client.services
    key, name = key_of(match), one_line(str(values.get(_ORGANIZATION) or ""))

    async def keep() -> tuple[Respondent, Replied | None] | str | None:
        if not words_of(name):
            return None
        near = await _near_to(services, key, name) if belongs(interaction, key[0]) else None
        return near or await _join_and_reply(interaction, key, name)

    async with kept_first(interaction, key[0], keep(), update=on_card(interaction)) as done:
        if done is None:
            await _ask_organization(interaction, key)
        elif isinstance(done, str):
            words = services.phrases.say(
                "organization_near", name=clip(name, NAME), near=clip(done, NAME)
            )
            await show_words(interaction, key, words, [AsButton(key, done), AsButton(key, name)])
        else:
            await show_answer(interaction, key, *done)


async def organization_picked(interaction: Interaction, key: Key, name: str) -> None:
    """One of two organizations of nearly the same name was picked."""
    async with (
        handling(interaction),
        kept_first(
            interaction, key[0], _join_and_reply(interaction, key, name), update=True
        ) as done,
    ):
        await show_answer(interaction, key, *done)


async def _ask_organization(interaction: Interaction, key: Key) -> None:
    """Tell that an organization is needed; a form can't be opened any more."""
    phrases: Phrases = interaction.client.services.phrases
    again = [] if on_card(interaction) else [AnswerButton.of(Action.INTERESTED, key, phrases)]
    await show_words(interaction, key, phrases.say("organization_needed"), again)


async def _near_to(services: Services, key: Key, name: str) -> str | None:
    """Another organization that may be meant, where it can be asked which."""
    known = [one for one, _ in await services.store.people.organizations(key[0])]
    near = nearest(name, known)
    if near is None or folded(near) == folded(name):
        return None
    return near if all(len(AsButton.id_of(key, one)) <= CUSTOM_ID for one in (near, name)) else None


async def _join_and_reply(
    interaction: Interaction, key: Key, name: str
) -> tuple[Respondent, Replied | None]:
    services: Services = interaction.client.services
    by = _by(interaction, "", yes=True)
    if not belongs(interaction, key[0]):
        return by, None
    kept = await services.store.people.join_organization(key[0], interaction.user.id, name)
    by = replace(by, organization=kept)
    return by, await _reply(interaction, key, by)


async def open_note(interaction: Interaction, key: Key, *, yes: bool) -> None:
    """Open the form for a note, or for the reason."""
    services: Services = interaction.client.services
    say = services.phrases.say
    async with handling(interaction):
        given = await _given(interaction, key)
        if given is None or (given.reply is not Reply.NOT_FOR_US) != yes:
            await refuse(interaction, say("answer_changed"))
            return
        style = discord.TextStyle.paragraph
        field: ui.TextInput[Any] = ui.TextInput(
            custom_id=_NOTE,
            style=style,
            required=False,
            max_length=_NOTE_LENGTH,
            default=given.note[:_NOTE_LENGTH] or None,
        )
        label = say("field_note" if yes else "field_reason")
        custom_id = f"o:noteform:{int(yes)}:{key[0]}:{key[1]}"
        await _send(interaction, say("note_form_title", agreed=yes), custom_id, label, field)


async def note_given(
    interaction: Interaction, match: re.Match[str], values: Mapping[str, Any]
) -> None:
    """A note was sent: it goes with the answer, unless that is another by now."""
    services: Services = interaction.client.services
    say = services.phrases.say
    key, yes = key_of(match), match["yes"] == "1"
    note = str(values.get(_NOTE) or "").strip()[:_NOTE_LENGTH]

    async def keep() -> tuple[Respondent, Replied | None] | None:
        given = await _given(interaction, key)
        if given is None or (given.reply is not Reply.NOT_FOR_US) != yes:
            return None
        by = replace(given, person=interaction.user.id, name=interaction.user.display_name)
        return by, await _reply(interaction, key, replace(by, note=note))

    async with kept_first(interaction, key[0], keep(), update=True) as done:
        if done is None:
            await show_words(interaction, key, say("answer_changed"))
        elif done[1] is None or done[1].given is None:
            await show_words(interaction, key, say("opportunity_closed", id=key[1]))
        else:
            kept = say("note_kept", agreed=yes, given=bool(note))
            if on_card(interaction):
                await show_answer(interaction, key, *done, also=kept)
            else:
                await fill(interaction, view_of(notice(kept)))


async def _for_whom(interaction: Interaction, key: Key) -> str | None:
    """The organization somebody answers for; None if it has to be asked for, and can be."""
    services: Services = interaction.client.services
    if not belongs(interaction, key[0]):
        return ""
    organization = await services.store.people.organization_of(key[0], interaction.user.id)
    if organization:
        return organization
    found = await services.store.opportunities.opportunity(*key)
    return None if found is not None and is_open(found, services.now()) else ""


async def _open_organization(interaction: Interaction, key: Key) -> None:
    say = interaction.client.services.phrases.say
    field: ui.TextInput[Any] = ui.TextInput(custom_id=_ORGANIZATION, max_length=LONGEST_NAME)
    title, label = say("organization_form_title"), say("field_organization")
    await _send(interaction, title, f"o:organization:{key[0]}:{key[1]}", label, field)


async def _send(
    interaction: Interaction, title: str, custom_id: str, label: str, field: ui.TextInput[Any]
) -> None:
    form = ui.Modal(title=title[:MODAL_TITLE], custom_id=custom_id)
    form.add_item(ui.Label(text=label, component=field))
    take(interaction)
    await interaction.response.send_modal(form)
    form.stop()


def _by(interaction: Interaction, organization: str, *, yes: bool) -> Respondent:
    """An answer of whoever pressed."""
    person = interaction.user
    reply = Reply.INTERESTED if yes else Reply.NOT_FOR_US
    now = interaction.client.services.now()
    return Respondent(person.id, person.display_name, organization, reply, "", now)


async def _reply(interaction: Interaction, key: Key, by: Respondent) -> Replied | None:
    services: Services = interaction.client.services
    if not belongs(interaction, key[0]):
        return None
    replied = await services.store.opportunities.reply(*key, by)
    if replied is not None and replied.changed:
        interaction.client.dispatch("notices")
    return replied


async def _given(interaction: Interaction, key: Key) -> Respondent | None:
    """What somebody's side answered."""
    services: Services = interaction.client.services
    if not belongs(interaction, key[0]):
        return None
    organization = await services.store.people.organization_of(key[0], interaction.user.id)
    by = _by(interaction, organization, yes=True)
    answers = await services.store.opportunities.answers(*key)
    return next((one for one in answers if same_side(one, by)), None)
