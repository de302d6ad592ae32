"""Checking forms."""

from __future__ import annotations

from tests.loopback.constants import SELECTS, Component, Json
from tests.loopback.limits import LIMITS

from .components import (
    check_custom_id,
    check_custom_ids,
    check_options,
    check_select,
)
from .problems import Path, Problems

C = Component
_AT_TOP = frozenset({C.ACTION_ROW, C.TEXT_DISPLAY, C.LABEL})
_IN_LABEL = frozenset(
    {C.TEXT_INPUT, C.FILE_UPLOAD, C.RADIO_GROUP, C.CHECKBOX_GROUP, C.CHECKBOX, *SELECTS}
)


def check_modal(problems: Problems, modal: Json, path: Path = ()) -> None:
    """Check a form before it opens."""
    check_custom_id(problems, modal, path)
    most = LIMITS["MODAL_TITLE"]
    problems.text((*path, "title"), modal.get("title"), least=1, most=most, required=True)
    at, most = (*path, "components"), LIMITS["MODAL_COMPONENTS"]
    rows = problems.count(at, modal.get("components"), least=1, most=most)
    for index, row in enumerate(rows):
        _check_row(problems, row, (*at, index))
    if not problems.tree:
        check_custom_ids(problems, rows, at)


def _check_row(problems: Problems, row: Json, path: Path) -> None:
    if not problems.one_of((*path, "type"), row.get("type"), map(int, _AT_TOP)):
        return
    if row["type"] == C.TEXT_DISPLAY:
        at, most = (*path, "content"), LIMITS["TEXT_DISPLAY"]
        problems.text(at, row.get("content"), least=1, most=most, required=True)
    elif row["type"] == C.LABEL:
        _check_label(problems, row, path)
    else:
        at = (*path, "components")
        inputs = problems.count(at, row.get("components"), least=1, most=1)
        for index, inner in enumerate(inputs):
            if problems.one_of((*at, index, "type"), inner.get("type"), (C.TEXT_INPUT,)):
                _check_input(problems, inner, (*at, index), labeled=False)


def _check_label(problems: Problems, row: Json, path: Path) -> None:
    most = LIMITS["LABEL"]
    problems.text((*path, "label"), row.get("label"), least=1, most=most, required=True)
    at, most = (*path, "description"), LIMITS["LABEL_DESCRIPTION"]
    problems.text(at, row.get("description"), most=most)
    inner = row.get("component")
    at = (*path, "component")
    if inner is None:
        problems.required(at)
    elif problems.one_of((*at, "type"), inner.get("type"), map(int, _IN_LABEL)):
        match inner["type"]:
            case C.TEXT_INPUT:
                _check_input(problems, inner, at, labeled=True)
            case C.FILE_UPLOAD:
                _check_upload(problems, inner, at)
            case C.RADIO_GROUP:
                _check_group(problems, inner, at, "RADIO_OPTIONS", LIMITS["RADIO_OPTIONS_MIN"])
            case C.CHECKBOX_GROUP:
                _check_group(problems, inner, at, "CHECKBOX_OPTIONS", 1)
            case C.CHECKBOX:
                check_custom_id(problems, inner, at)
            case _:
                check_select(problems, inner, at)


def _check_input(problems: Problems, field: Json, path: Path, *, labeled: bool) -> None:
    check_custom_id(problems, field, path)
    problems.one_of((*path, "style"), field.get("style"), (1, 2))
    if labeled:
        if field.get("label"):
            text = "A text input inside a label has no label of its own"
            problems.add((*path, "label"), "TEXT_INPUT_LABEL_NOT_ALLOWED", text)
    else:
        most = LIMITS["TEXT_INPUT_LABEL"]
        problems.text((*path, "label"), field.get("label"), least=1, most=most, required=True)
    most = LIMITS["TEXT_INPUT_PLACEHOLDER"]
    problems.text((*path, "placeholder"), field.get("placeholder"), most=most)
    most = LIMITS["TEXT_INPUT_VALUE"]
    lowest, highest = field.get("min_length"), field.get("max_length")
    problems.number((*path, "min_length"), lowest, least=0, most=most)
    problems.number((*path, "max_length"), highest, least=1, most=most)
    if lowest is not None and highest is not None and lowest > highest:
        text = "The minimum length may not exceed the maximum"
        problems.add((*path, "min_length"), "TEXT_INPUT_MIN_LENGTH_EXCEEDED", text)
    value = field.get("value")
    if value:
        least = lowest or 0
        problems.text((*path, "value"), value, least=least, most=min(most, highest or most))


def _check_upload(problems: Problems, field: Json, path: Path) -> None:
    check_custom_id(problems, field, path)
    most = LIMITS["FILE_UPLOAD_VALUES"]
    problems.number((*path, "min_values"), field.get("min_values"), least=0, most=most)
    problems.number((*path, "max_values"), field.get("max_values"), least=1, most=most)


def _check_group(problems: Problems, field: Json, path: Path, limit: str, least: int) -> None:
    check_custom_id(problems, field, path)
    at = (*path, "options")
    options = problems.count(at, field.get("options"), least=least, most=LIMITS[limit])
    check_options(problems, options, at)
