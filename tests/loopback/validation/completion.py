"""Filling in what Discord adds to the components and embeds a bot sends."""

from __future__ import annotations

from typing import Any

from tests.loopback.constants import SELECTS, Component, Json
from tests.loopback.world.model import Attachment

from .components import walk
from .problems import Problems

C = Component
_HIDABLE = {"description": None, "spoiler": False}
_DEFAULTS: dict[int, Json] = {
    C.CONTAINER: {"accent_color": None, "spoiler": False},
    C.SEPARATOR: {"spacing": 1, "divider": True},
    C.THUMBNAIL: _HIDABLE,
    C.FILE: {"spoiler": False},
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
}


def _given(value: Any) -> Any:
    """Return a value without the keys that are null, all the way down."""
    if isinstance(value, dict):
        return {key: _given(inner) for key, inner in value.items() if inner is not None}
    return [_given(inner) for inner in value] if isinstance(value, list) else value


def completed(components: list[Json]) -> list[Json]:
    """Return components with ids and with the defaults of what the bot left out."""
    result: list[Json] = _given(components)
    for component in walk(result):
        for key, value in _DEFAULTS.get(component["type"], {}).items():
            component.setdefault(key, value)
        for item in component.get("items") or []:
            for key, value in _HIDABLE.items():
                item.setdefault(key, value)
    number_components(result)
    return result


def completed_embed(embed: Json) -> Json:
    """Return an embed with the defaults of what the bot left out."""
    result: Json = _given(embed)
    for field in result.get("fields") or []:
        field.setdefault("inline", False)
    return result


def number_components(components: list[Json]) -> None:
    """Give each component an id, as Discord does where the bot left it out."""
    taken = {c["id"] for c in walk(components) if c.get("id")}
    number = 0
    for component in walk(components):
        if not component.get("id"):
            number += 1
            while number in taken:
                number += 1
            component["id"] = number


def resolve_media(
    problems: Problems, components: list[Json], embeds: list[Json], attachments: list[Attachment]
) -> None:
    """Put addresses in the place of `attachment://` references.

    Components have to refer to a file there is; in embeds a picture that is missing stays out.
    """
    by_name = {one.name: one for one in attachments}
    everything = [*walk(components)]
    items: list[Any] = [c.get(key) for c in everything for key in ("media", "file")]
    items += [item.get("media") for c in everything for item in c.get("items") or []]
    if not all(_resolve(item, by_name) for item in items):
        text = "The referenced attachment was not found"
        code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
        problems.add(("components",), code, text)
    for embed in embeds:
        for key in ("image", "thumbnail"):
            if not _resolve(embed.get(key), by_name):
                del embed[key]
    for component in everything:
        if component["type"] == C.FILE and "id" in component["file"]:
            file = next(a for a in attachments if str(a.id) == component["file"]["id"])
            component |= {"name": file.name, "size": len(file.data)}


def _resolve(item: Any, by_name: dict[str, Attachment]) -> bool:
    """Resolve one reference; false if it refers to nothing."""
    url = (item or {}).get("url") or ""
    if not url.startswith("attachment://"):
        return True
    found = by_name.get(url.removeprefix("attachment://"))
    if found is None:
        return False
    item |= {"url": found.url, "proxy_url": found.url, "id": str(found.id)}
    return True
