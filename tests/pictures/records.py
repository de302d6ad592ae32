"""A message as it is kept beside its picture: what was sent, without what differs each time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.loopback.constants import Json
from tests.loopback.world.model import Interaction, Message

FOLDER = Path(__file__).parent
NAMES = ("answer", "not-covered", "passage", "gaps", "step", "team-step", "brief", "post")
"""The pictures, by the name under which the demo keeps their messages."""

_NUMBER = re.compile(r"\d+")
_DATE = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_LONG_DATE = re.compile(r"[A-Z][a-z]+ \d{1,2}, \d{4}")
_NUMBERED = re.compile(r"#\d+|-\d+(?=\.(?:md|pdf))")
_STAMP = re.compile(r"<t:\d+")
_SUBCOMMAND_GROUP = 2


def record_of(message: Message) -> Json:
    """What a picture of a message needs; ids and numbers in what the bot gets back are zero."""
    used, replied = message.interaction, message.reference
    if used is not None and used.message is not None:
        replied = used.message
    return {
        "author": message.author.name,
        "used": _line(used) if used is not None and used.message is None else None,
        "person": used.user.name if used is not None else None,
        "replies_to": replied and {"author": replied.author.name, "text": replied.text},
        "only_for": message.visible_to.name if message.visible_to is not None else None,
        "components": _without_ids(message.components),
    }


def comparable(record: Json) -> Json:
    """A record without dates, numbers and sizes of files, which differ from time to time."""
    text = json.dumps(_without_sizes(record), ensure_ascii=False)
    text = _LONG_DATE.sub("May 1, 2000", _DATE.sub("1 May 2000", text))
    text = _STAMP.sub("<t:0", text)
    same: Json = json.loads(_NUMBERED.sub("#0", text))
    return same


def path_of(name: str, ending: str) -> Path:
    """Where a record (`json`) or a picture (`png`) is kept."""
    return FOLDER / f"{name}.{ending}"


def write(name: str, record: Json) -> None:
    """Keep a record."""
    text = json.dumps(record, indent=1, ensure_ascii=False)
    path_of(name, "json").write_text(text + "\n", "utf-8")


def read(name: str) -> Json:
    """The record that is kept."""
    record: Json = json.loads(path_of(name, "json").read_text("utf-8"))
    return record


def _line(interaction: Interaction) -> str:
    """The command as it was typed, without its options."""
    words = [interaction.name]
    options = interaction.data.get("options") or []
    while options and options[0]["type"] <= _SUBCOMMAND_GROUP:
        words.append(options[0]["name"])
        options = options[0].get("options") or []
    return "/" + " ".join(words)


def _without_ids(part: Any) -> Any:
    if isinstance(part, list):
        return [_without_ids(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {name: _without_ids(value) for name, value in part.items() if name != "id"}
    if "custom_id" in kept:
        kept["custom_id"] = _NUMBER.sub("0", kept["custom_id"])
    if "file" in kept:
        kept["file"] = {}  # its address
    if _NUMBER.fullmatch(str(kept.get("value"))):
        kept["value"] = "0"
    return kept


def _without_sizes(part: Any) -> Any:
    if isinstance(part, list):
        return [_without_sizes(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {name: _without_sizes(value) for name, value in part.items() if name != "size"}
