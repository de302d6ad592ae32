"""Parts of request bodies, for the tests of what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.loopback.constants import Json

Path = tuple[str | int, ...]
Case = tuple[str, Json, Path, str]
V2 = 1 << 15
LONG = "BASE_TYPE_MAX_LENGTH"
BAD = "BASE_TYPE_BAD_LENGTH"
MISSING = "BASE_TYPE_REQUIRED"


def cases(listed: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Return parameters for a test, each with its first element as the name."""
    return [pytest.param(*values, id=name) for name, *values in listed]


def button(label: str = "Yes", custom_id: str = "yes", **more: Any) -> Json:
    return {"type": 2, "style": 1, "label": label, "custom_id": custom_id, **more}


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def text(content: str = "words") -> Json:
    return {"type": 10, "content": content}


def option(value: str = "a", **more: Any) -> Json:
    return {"label": value, "value": value, **more}


def select(*options: Json, **more: Any) -> Json:
    return {"type": 3, "custom_id": "menu", "options": list(options) or [option()], **more}


def embed(**parts: Any) -> Json:
    return {"embeds": [parts]}


def components(*rows: Json, v2: bool = False) -> Json:
    return {"components": list(rows), "flags": V2} if v2 else {"components": list(rows)}


def thumbnail(url: str = "https://example.org/a.png") -> Json:
    return {"type": 11, "media": {"url": url}}


def field(**more: Any) -> Json:
    return {"type": 4, "custom_id": "f", "style": 1, "label": "Your answer", **more}


def modal(*rows: Json, **more: Any) -> Json:
    return {"custom_id": "m", "title": "Step", "components": list(rows) or [row(field())], **more}


def labeled(component: Json, **more: Any) -> Json:
    return {"type": 18, "label": "Your answer", "component": component, **more}


def command(name: str = "ask", **more: Any) -> Json:
    return {"name": name, "description": "Ask", **more}


def parameter(name: str = "question", **more: Any) -> Json:
    return {"type": 3, "name": name, "description": "What to ask", **more}


def choice(name: str) -> Json:
    return {"name": name, "value": name}
