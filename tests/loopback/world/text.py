"""Messages as text: what a person reads, and transcripts of a channel."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.loopback.constants import SELECTS, ButtonStyle, Component, Json

if TYPE_CHECKING:
    from .channels import Channel
    from .guilds import Member
    from .model import Message, User

C = Component


def readable(message: Message) -> str:
    """Return a message's content, embeds and text components, one part a line."""
    forwarded = [one["message"]["content"] for one in message.snapshots]
    parts = [*forwarded, message.content]
    for embed in message.embeds:
        parts += _embed(embed)
    parts += _texts(message.components)
    return "\n".join(part for part in parts if part)


def _embed(embed: Json) -> Iterator[str]:
    yield (embed.get("author") or {}).get("name") or ""
    yield embed.get("title") or ""
    yield embed.get("description") or ""
    for field in embed.get("fields") or []:
        yield f"{field['name']}: {field['value']}"
    yield (embed.get("footer") or {}).get("text") or ""


def _texts(components: list[Json]) -> Iterator[str]:
    for component in components:
        if component["type"] == C.TEXT_DISPLAY:
            yield component["content"]
        yield from _texts(component.get("components") or [])


def controls(components: list[Json]) -> Iterator[str]:
    """Yield a message's rows of buttons and menus as a person sees them."""
    for component in components:
        kind = component["type"]
        if kind == C.ACTION_ROW:
            yield " ".join(control(inner) for inner in component["components"])
        elif kind in (C.MEDIA_GALLERY, C.FILE):
            items = component.get("items") or [component]
            yield " ".join(f"({C(kind).name.lower()} {_address(item)})" for item in items)
        elif (accessory := component.get("accessory")) is not None:
            yield control(accessory)
        else:
            yield from controls(component.get("components") or [])


def _address(item: Json) -> str:
    return str((item.get("media") or item.get("file") or {}).get("url"))


def control(component: Json) -> str:
    """Return one button or menu as text."""
    off = " (disabled)" if component.get("disabled") else ""
    if component["type"] == C.BUTTON:
        emoji = (component.get("emoji") or {}).get("name") or ""
        label = " ".join(filter(None, (emoji, component.get("label"))))
        link = f" -> {component['url']}" if component["style"] == ButtonStyle.LINK else ""
        return f"[{label}{off}{link}]"
    if component["type"] in SELECTS:
        options = " | ".join(option["label"] for option in component.get("options") or [])
        name = component.get("placeholder") or component.get("custom_id")
        return f"<{name}{off}{': ' + options if options else ''}>"
    return f"({C(component['type']).name.lower()})"


def render(message: Message) -> str:
    """Return a message as it stands in a transcript."""
    marks = []
    if message.visible_to is not None:
        marks.append(f"only {message.visible_to.name} sees this")
    if message.loading:
        marks.append("thinking")
    if message.edited is not None:
        marks.append("edited")
    if message.deleted:
        marks.append("deleted")
    if message.reference is not None:
        marks.append(f"replies to {message.reference.author.name}")
    note = f" ({', '.join(marks)})" if marks else ""
    lines = [f"{message.author.name}{note}:"]
    body = readable(message).splitlines()
    body += controls(message.components)
    body += [f"(file {a.name}, {len(a.data)} bytes)" for a in message.attachments]
    body += [f"{emoji} {len(people)}" for emoji, people in message.reactions.items()]
    if message.thread is not None:
        body.append(f"(thread {message.thread.name})")
    return "\n".join(lines + [f"    {line}" for line in body])


def transcript(channel: Channel, viewer: User | Member | None = None) -> str:
    """Return what was said in a channel; to one viewer, or everything there was."""
    identity = None if viewer is None else viewer.id
    lines = [f"-- {channel.label} --"]
    for message in sorted(channel.messages.values(), key=lambda message: message.id):
        hidden = message.visible_to is not None and message.visible_to.id != identity
        if identity is not None and (hidden or message.deleted):
            continue
        lines.append(render(message))
    return "\n".join(lines)
