"""Refusing request bodies as Discord does: code 50035 and a tree of errors down to the field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.loopback.constants import Json
from tests.loopback.errors import ApiError
from tests.loopback.limits import LIMITS

Path = tuple[str | int, ...]


class Problems:
    """Collects what is wrong with a body, by the path of the field."""

    def __init__(self, *prefix: str) -> None:
        self.prefix = prefix
        self.tree: Json = {}

    def add(self, path: Path, code: str, message: str) -> None:
        """Note one problem."""
        node = self.tree
        for step in (*self.prefix, *path):
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def refuse_if_any(self) -> None:
        """Raise what was collected as one answer.

        Raises:
            ApiError: 50035, if there is any problem.
        """
        if self.tree:
            raise ApiError(50035, self.tree)

    def required(self, path: Path) -> None:
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required")

    def text(
        self,
        path: Path,
        value: Any,
        *,
        most: int,
        least: int = 0,
        required: bool = False,
    ) -> None:
        """Check a string's length; an absent one only if it is required."""
        if value is None or (value == "" and least == 0 and required):
            if required:
                self.required(path)
            return
        if not isinstance(value, str):
            self.add(path, "BASE_TYPE_STRING", "Could not be interpreted as a string.")
        elif least and not least <= len(value) <= most:
            if not value and required:
                self.required(path)
            else:
                text = f"Must be between {least} and {most} in length."
                self.add(path, "BASE_TYPE_BAD_LENGTH", text)
        elif len(value) > most:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def count(self, path: Path, value: Any, *, most: int, least: int = 0) -> list[Any]:
        """Check a list's length and return it, or nothing if it is no list."""
        if value is None:
            value = []
        if not isinstance(value, list):
            self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        if least and not least <= len(value) <= most:
            text = f"Must be between {least} and {most} in length."
            self.add(path, "BASE_TYPE_BAD_LENGTH", text)
        elif len(value) > most:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        return value

    def number(self, path: Path, value: Any, *, least: int, most: int) -> None:
        """Check an integer's range; an absent one is fine."""
        if value is None:
            return
        if not isinstance(value, int) or isinstance(value, bool):
            self.add(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif value < least:
            text = f"int value should be greater than or equal to {least}."
            self.add(path, "NUMBER_TYPE_MIN", text)
        elif value > most:
            self.add(path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")

    def one_of(self, path: Path, value: Any, allowed: Iterable[int]) -> bool:
        """Check that a value is one of a closed set."""
        choices = sorted(allowed)
        if value in choices:
            return True
        listed = ", ".join(map(str, choices))
        self.add(path, "BASE_TYPE_CHOICES", f"Value must be one of ({listed}).")
        return False


def check_embeds(problems: Problems, embeds: Any, path: Path = ("embeds",)) -> None:
    """Check a message's embeds, each by itself and all together."""
    listed = problems.count(path, embeds, most=LIMITS["MESSAGE_EMBEDS"])
    for index, embed in enumerate(listed):
        _check_embed(problems, embed, (*path, index))
    if sum(map(embed_size, listed)) > LIMITS["EMBED_TOTAL"]:
        text = f"Embed size exceeds maximum size of {LIMITS['EMBED_TOTAL']}"
        problems.add(path, "MAX_EMBED_SIZE_EXCEEDED", text)


def embed_size(embed: Json) -> int:
    """Return how many characters of an embed count toward the sum over a message."""
    texts = [embed.get("title"), embed.get("description")]
    texts.append((embed.get("footer") or {}).get("text"))
    texts.append((embed.get("author") or {}).get("name"))
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")]
    return sum(len(text or "") for text in texts)


def _check_embed(problems: Problems, embed: Json, path: Path) -> None:
    problems.text((*path, "title"), embed.get("title"), most=LIMITS["EMBED_TITLE"])
    most = LIMITS["EMBED_DESCRIPTION"]
    problems.text((*path, "description"), embed.get("description"), most=most)
    problems.text((*path, "url"), embed.get("url"), most=LIMITS["EMBED_URL"])
    problems.number((*path, "color"), embed.get("color"), least=0, most=LIMITS["COLOR"])
    if footer := embed.get("footer"):
        most = LIMITS["EMBED_FOOTER"]
        problems.text((*path, "footer", "text"), footer.get("text"), most=most, required=True)
    if author := embed.get("author"):
        most = LIMITS["EMBED_AUTHOR"]
        problems.text((*path, "author", "name"), author.get("name"), most=most, required=True)
    fields = problems.count((*path, "fields"), embed.get("fields"), most=LIMITS["EMBED_FIELDS"])
    for index, field in enumerate(fields):
        at = (*path, "fields", index)
        name, value = (str(field.get(key) or "").strip() for key in ("name", "value"))
        problems.text((*at, "name"), name, most=LIMITS["EMBED_FIELD_NAME"], required=True)
        problems.text((*at, "value"), value, most=LIMITS["EMBED_FIELD_VALUE"], required=True)


def check_allowed_mentions(problems: Problems, allowed: Any) -> None:
    """Check that allowed mentions are not both general and listed for the same kind."""
    if not allowed:
        return
    path: Path = ("allowed_mentions",)
    parse = allowed.get("parse") or []
    for index, kind in enumerate(parse):
        if kind not in ("users", "roles", "everyone"):
            text = "Value must be one of ('roles', 'users', 'everyone')."
            problems.add((*path, "parse", index), "BASE_TYPE_CHOICES", text)
    for kind in ("users", "roles"):
        ids = allowed.get(kind)
        problems.count((*path, kind), ids, most=LIMITS["ALLOWED_MENTIONS_IDS"])
        if ids and kind in parse:
            text = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            problems.add(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)


def check_thread(problems: Problems, body: Json) -> None:
    """Check the settings of a thread that is about to be opened or changed."""
    least, most = LIMITS["THREAD_NAME_MIN"], LIMITS["THREAD_NAME"]
    problems.text(("name",), body.get("name"), least=least, most=most, required=True)
    if (duration := body.get("auto_archive_duration")) is not None:
        problems.one_of(("auto_archive_duration",), duration, (60, 1440, 4320, 10080))
    slow = body.get("rate_limit_per_user")
    problems.number(("rate_limit_per_user",), slow, least=0, most=LIMITS["THREAD_SLOWMODE"])
