"""From screens and forms to Discord's components. Nothing here is kept: all is in the ids."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.adapters.discord.limits import (
    ACTION_ROW_BUTTONS,
    BUTTON_LABEL,
    COMPONENTS_V2_TEXT,
    LABEL,
    LABEL_DESCRIPTION,
    MODAL_TITLE,
    SELECT_OPTION_DESCRIPTION,
    SELECT_OPTION_LABEL,
    SELECT_OPTION_VALUE,
    SELECT_OPTIONS,
    SELECT_PLACEHOLDER,
    SELECT_VALUES,
    TEXT_INPUT_PLACEHOLDER,
    TEXT_INPUT_VALUE,
)
from bot.chat.fit import fit
from bot.chat.screen import Button, Control, Field, File, Form, Menu, Option, Picker, Screen, Style
from bot.core.markup import one_line, shorten

ROOM = COMPONENTS_V2_TEXT
"""Characters of all texts of a message."""

_STYLES = {
    Style.PLAIN: discord.ButtonStyle.secondary,
    Style.PRIMARY: discord.ButtonStyle.primary,
    Style.SUCCESS: discord.ButtonStyle.success,
    Style.DANGER: discord.ButtonStyle.danger,
    Style.CHOICE: discord.ButtonStyle.primary,
}
_CHANNELS = [discord.ChannelType.text, discord.ChannelType.news]


def view_of(screen: Screen) -> ui.LayoutView:
    """A message: texts with lines between them, pictures, rows of buttons or menus, files."""
    view = ui.LayoutView(timeout=None)
    for place, text in enumerate(fit(screen.blocks, ROOM)):
        if place:
            view.add_item(ui.Separator(visible=place > 1))
        view.add_item(ui.TextDisplay(text))
    for file in screen.files:
        if file.picture:
            picture = discord.MediaGalleryItem(f"attachment://{file.name}")
            view.add_item(ui.MediaGallery(picture))
    for row in screen.rows:
        for start in range(0, len(row), ACTION_ROW_BUTTONS):
            part = row[start : start + ACTION_ROW_BUTTONS]
            view.add_item(ui.ActionRow(*map(_control, part)))
    for file in screen.files:
        if not file.picture:
            view.add_item(ui.File(f"attachment://{file.name}"))
    view.stop()  # presses are routed by their ids: the client is to store none of this
    return view


def attachments_of(screen: Screen) -> list[discord.File]:
    """The files of a screen for one request; Discord's library closes them with that."""
    return [_attachment(file) for file in screen.files]


def modal_of(form: Form) -> ui.Modal:
    """A form."""
    modal = ui.Modal(title=shorten(form.title, MODAL_TITLE), custom_id=form.id)
    for field in form.fields:
        modal.add_item(
            ui.Label(
                text=shorten(field.label, LABEL),
                description=shorten(field.help, LABEL_DESCRIPTION) or None,
                component=_input(field),
            )
        )
    modal.stop()
    return modal


def custom_ids_of(message: discord.Message | None) -> set[str]:
    """The custom ids of all buttons and menus on a message."""
    if message is None:
        return set()
    found: set[str] = set()
    rest: list[Any] = list(message.components)
    while rest:
        part = rest.pop()
        rest += getattr(part, "children", [])
        if (accessory := getattr(part, "accessory", None)) is not None:
            rest.append(accessory)
        if (custom_id := getattr(part, "custom_id", None)) is not None:
            found.add(custom_id)
    return found


def controls_of(message: discord.Message) -> list[Button | Menu]:
    """The buttons and menus on a message, in order, as they were drawn."""
    found: list[Button | Menu] = []
    rest: list[Any] = list(message.components)
    while rest:
        part = rest.pop(0)
        rest[:0] = getattr(part, "children", [])
        if isinstance(part, discord.Button) and part.custom_id is not None:
            styles = {drawn: style for style, drawn in _STYLES.items()}
            style = styles.get(part.style, Style.PLAIN)
            found.append(Button(part.label or "", part.custom_id, style))
        elif isinstance(part, discord.SelectMenu) and part.options:
            options = tuple(Option(one.label, one.value) for one in part.options)
            found.append(Menu(part.placeholder or "", part.custom_id, options, part.max_values))
    return found


def _control(control: Control) -> ui.Item[Any]:
    match control:
        case Button(label, id_, style):
            text = shorten(label, BUTTON_LABEL)
            return ui.Button(label=text or "…", style=_STYLES[style], custom_id=id_)
        case Menu():
            return _menu(control)
        case Picker():
            return _picker(control)


def _menu(menu: Menu) -> ui.Select[Any]:
    options = [
        discord.SelectOption(
            label=shorten(one_line(option.label), SELECT_OPTION_LABEL) or "…",
            value=option.value,
            description=shorten(one_line(option.description), SELECT_OPTION_DESCRIPTION) or None,
        )
        for option in menu.options
        if 0 < len(option.value) <= SELECT_OPTION_VALUE
    ][:SELECT_OPTIONS]
    return ui.Select(
        custom_id=menu.id,
        placeholder=shorten(menu.label, SELECT_PLACEHOLDER),
        options=options,
        max_values=min(menu.most, len(options)),
    )


def _picker(picker: Picker) -> ui.Item[Any]:
    most = min(picker.most, SELECT_VALUES)
    kind = discord.SelectDefaultValueType[picker.kind]
    chosen = [discord.SelectDefaultValue(id=one, type=kind) for one in picker.chosen[:most]]
    shared: dict[str, Any] = {
        "custom_id": picker.id,
        "placeholder": shorten(picker.label, SELECT_PLACEHOLDER),
        "min_values": 0,
        "max_values": most,
        "default_values": chosen,
    }
    if picker.kind == "role":
        return ui.RoleSelect(**shared)
    forums = [discord.ChannelType.forum] if picker.forums else []
    return ui.ChannelSelect(channel_types=[*_CHANNELS, *forums], **shared)


def _input(field: Field) -> ui.TextInput[Any]:
    most = min(field.most, TEXT_INPUT_VALUE)
    return ui.TextInput(
        custom_id=field.id,
        style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
        required=field.required,
        max_length=most,
        default=field.value[:most] or None,
        placeholder=shorten(one_line(field.hint), TEXT_INPUT_PLACEHOLDER) or None,
    )


def _attachment(file: File) -> discord.File:
    return discord.File(io.BytesIO(file.data), filename=file.name)


def values_of(data: dict[str, Any]) -> dict[str, str]:
    """What was filled into a form, by the ids of its fields."""
    values: dict[str, str] = {}
    rows: list[Any] = list(data.get("components", []))
    while rows:
        part = rows.pop()
        rows += part.get("components", [])
        rows += [part["component"]] if "component" in part else []
        if "custom_id" in part:
            values[part["custom_id"]] = str(part.get("value") or "")
    return values


def picked_of(data: dict[str, Any]) -> Sequence[str]:
    """What was picked from a menu."""
    return tuple(map(str, data.get("values", ())))
