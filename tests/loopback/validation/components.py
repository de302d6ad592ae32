"""Checking a message's components, of both kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.loopback.constants import SELECTS, ButtonStyle, Component, Json
from tests.loopback.limits import LIMITS

from .problems import Path, Problems

C = Component
_IN_ROW = frozenset({C.BUTTON, *SELECTS})
_IN_CONTAINER = frozenset(
    {C.ACTION_ROW, C.SECTION, C.TEXT_DISPLAY, C.MEDIA_GALLERY, C.FILE, C.SEPARATOR}
)
_AT_TOP = _IN_CONTAINER | {C.CONTAINER}


def walk(components: Any) -> Iterator[Json]:
    """Yield each component, with those inside it."""
    for component in components or []:
        yield component
        yield from walk(component.get("components"))
        for key in ("accessory", "component"):
            if (inner := component.get(key)) is not None:
                yield from walk([inner])


def check_components(
    problems: Problems, components: Any, *, v2: bool, path: Path = ("components",)
) -> None:
    """Check all components of a message."""
    most = LIMITS["COMPONENTS_V2_TOTAL"] if v2 else LIMITS["ACTION_ROWS"]
    listed = problems.count(path, components, most=most)
    allowed = _AT_TOP if v2 else frozenset({C.ACTION_ROW})
    for index, component in enumerate(listed):
        _check(problems, component, (*path, index), allowed)
    if problems.tree:
        return
    check_custom_ids(problems, listed, path)
    if v2:
        _check_totals(problems, listed, path)


def check_custom_ids(problems: Problems, components: list[Json], path: Path) -> None:
    """Check that no custom id stands twice."""
    seen: set[str] = set()

    def visit(component: Json, at: Path) -> None:
        custom_id = component.get("custom_id")
        if custom_id is not None:
            if custom_id in seen:
                text = "Component custom id cannot be duplicated"
                problems.add((*at, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", text)
            seen.add(custom_id)
        for index, inner in enumerate(component.get("components") or []):
            visit(inner, (*at, "components", index))
        for key in ("accessory", "component"):
            if (inner := component.get(key)) is not None:
                visit(inner, (*at, key))

    for index, component in enumerate(components):
        visit(component, (*path, index))


def _check_totals(problems: Problems, components: list[Json], path: Path) -> None:
    everything = list(walk(components))
    most = LIMITS["COMPONENTS_V2_TOTAL"]
    if len(everything) > most:
        text = f"The maximum number of components is {most}, found {len(everything)}"
        problems.add(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", text)
    texts = [c["content"] for c in everything if c.get("type") == C.TEXT_DISPLAY]
    most = LIMITS["COMPONENTS_V2_TEXT"]
    if sum(map(len, texts)) > most:
        text = f"The combined text of all components must be {most} or fewer in length"
        problems.add(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", text)


def _check(problems: Problems, component: Json, path: Path, allowed: frozenset[int]) -> None:
    if problems.one_of((*path, "type"), component.get("type"), map(int, allowed)):
        _CHECKS.get(C(component["type"]), check_select)(problems, component, path)


def _check_text(problems: Problems, component: Json, path: Path) -> None:
    at, most = (*path, "content"), LIMITS["TEXT_DISPLAY"]
    problems.text(at, component.get("content"), least=1, most=most, required=True)


def _check_gallery(problems: Problems, component: Json, path: Path) -> None:
    at, most = (*path, "items"), LIMITS["GALLERY_ITEMS"]
    items = problems.count(at, component.get("items"), least=1, most=most)
    for index, item in enumerate(items):
        _check_media(problems, item, (*at, index))


def _check_file(problems: Problems, component: Json, path: Path) -> None:
    url = (component.get("file") or {}).get("url") or ""
    if not url.startswith("attachment://"):
        at, text = (*path, "file", "url"), "Only attachment:// references are supported."
        problems.add(at, "UNFURLED_MEDIA_ITEM_ATTACHMENT_REFERENCE_REQUIRED", text)


def _check_separator(problems: Problems, component: Json, path: Path) -> None:
    if component.get("spacing") is not None:
        problems.one_of((*path, "spacing"), component["spacing"], (1, 2))


def _check_row(problems: Problems, row: Json, path: Path) -> None:
    at = (*path, "components")
    most = LIMITS["ACTION_ROW_BUTTONS"]
    inside = problems.count(at, row.get("components"), least=1, most=most)
    for index, component in enumerate(inside):
        _check(problems, component, (*at, index), _IN_ROW)
    selects = [index for index, c in enumerate(inside) if c.get("type") in SELECTS]
    if selects and len(inside) > LIMITS["ACTION_ROW_SELECTS"]:
        text = "The specified component exceeds the maximum width"
        problems.add((*at, selects[0]), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", text)


def _check_button(problems: Problems, button: Json, path: Path) -> None:
    style = button.get("style")
    if not problems.one_of((*path, "style"), style, range(1, 7)):
        return
    most = LIMITS["BUTTON_LABEL"]
    problems.text((*path, "label"), button.get("label"), most=most)
    if style == ButtonStyle.LINK:
        most = LIMITS["BUTTON_URL"]
        problems.text((*path, "url"), button.get("url"), most=most, least=1, required=True)
        if button.get("custom_id") is not None:
            text = "A custom id and url cannot both be specified"
            problems.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", text)
    elif style != ButtonStyle.PREMIUM:
        check_custom_id(problems, button, path)
    if style != ButtonStyle.PREMIUM and not button.get("label") and not button.get("emoji"):
        text = "A button must have a label or emoji."
        problems.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", text)


def check_custom_id(problems: Problems, component: Json, path: Path) -> None:
    """Check one custom id."""
    least, most = LIMITS["CUSTOM_ID_MIN"], LIMITS["CUSTOM_ID"]
    value = component.get("custom_id")
    problems.text((*path, "custom_id"), value, least=least, most=most, required=True)


def check_select(problems: Problems, select: Json, path: Path) -> None:
    """Check a select menu of any kind."""
    check_custom_id(problems, select, path)
    most = LIMITS["SELECT_PLACEHOLDER"]
    problems.text((*path, "placeholder"), select.get("placeholder"), most=most)
    most = LIMITS["SELECT_VALUES"]
    lowest, highest = select.get("min_values"), select.get("max_values")
    problems.number((*path, "min_values"), lowest, least=0, most=most)
    problems.number((*path, "max_values"), highest, least=1, most=most)
    lowest, highest = 1 if lowest is None else lowest, 1 if highest is None else highest
    if lowest > highest:
        text = "The minimum number of values may not exceed the maximum"
        problems.add((*path, "min_values"), "SELECT_COMPONENT_MIN_VALUES_EXCEEDED", text)
    if select.get("type") == C.STRING_SELECT:
        _check_options(problems, select, path, highest)


def _check_options(problems: Problems, select: Json, path: Path, highest: int) -> None:
    at = (*path, "options")
    least, most = LIMITS["SELECT_OPTIONS_MIN"], LIMITS["SELECT_OPTIONS"]
    options = problems.count(at, select.get("options"), least=least, most=most)
    check_options(problems, options, at)
    if highest > max(len(options), 1):
        text = "The maximum number of values may not exceed the number of options"
        problems.add((*path, "max_values"), "SELECT_COMPONENT_MAX_VALUES_EXCEEDED", text)
    if sum(bool(option.get("default")) for option in options) > highest:
        text = "Too many default values"
        problems.add(at, "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", text)


def check_options(problems: Problems, options: list[Json], at: Path) -> None:
    """Check the options of a select, radio or checkbox group."""
    seen: set[str] = set()
    for index, option in enumerate(options):
        for key, least in (("label", 1), ("value", 1), ("description", 0)):
            most = LIMITS[f"SELECT_OPTION_{key.upper()}"]
            where = (*at, index, key)
            problems.text(where, option.get(key), least=least, most=most, required=bool(least))
        if (value := str(option.get("value"))) in seen:
            text = "The specified option value is already used"
            where = (*at, index, "value")
            problems.add(where, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", text)
        seen.add(value)


def _check_section(problems: Problems, section: Json, path: Path) -> None:
    at, most = (*path, "components"), LIMITS["SECTION_TEXTS"]
    texts = problems.count(at, section.get("components"), least=1, most=most)
    for index, component in enumerate(texts):
        _check(problems, component, (*at, index), frozenset({C.TEXT_DISPLAY}))
    if (accessory := section.get("accessory")) is None:
        problems.required((*path, "accessory"))
    else:
        allowed = frozenset({C.BUTTON, C.THUMBNAIL})
        _check(problems, accessory, (*path, "accessory"), allowed)


def _check_container(problems: Problems, container: Json, path: Path) -> None:
    at, most = (*path, "components"), LIMITS["COMPONENTS_V2_TOTAL"]
    inside = problems.count(at, container.get("components"), least=1, most=most)
    color, highest = container.get("accent_color"), LIMITS["COLOR"]
    problems.number((*path, "accent_color"), color, least=0, most=highest)
    for index, component in enumerate(inside):
        _check(problems, component, (*at, index), _IN_CONTAINER)


def _check_media(problems: Problems, item: Json, path: Path) -> None:
    url = (item.get("media") or {}).get("url")
    if not url:
        problems.required((*path, "media", "url"))
    elif not url.startswith(("http://", "https://", "attachment://")):
        text = "Scheme must be one of ('http', 'https', 'attachment')."
        problems.add((*path, "media", "url"), "URL_TYPE_INVALID_SCHEME", text)
    most = LIMITS["MEDIA_DESCRIPTION"]
    problems.text((*path, "description"), item.get("description"), most=most)


_CHECKS: dict[Component, Callable[[Problems, Json, Path], None]] = {
    C.ACTION_ROW: _check_row,
    C.BUTTON: _check_button,
    C.SECTION: _check_section,
    C.TEXT_DISPLAY: _check_text,
    C.CONTAINER: _check_container,
    C.MEDIA_GALLERY: _check_gallery,
    C.THUMBNAIL: _check_media,
    C.FILE: _check_file,
    C.SEPARATOR: _check_separator,
}
