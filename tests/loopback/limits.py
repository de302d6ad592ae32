"""The numbers the server refuses by.

They come from `documented_limits.json`, an extract of Discord's OpenAPI description, and from the
table below for what that description leaves out and Discord's developer documentation states.
Nothing here is taken from the bot, so that the two can be compared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

DOCUMENTED = Path(__file__).with_name("documented_limits.json")

# In words of the developer documentation, not in the OpenAPI description.
_ELSEWHERE: dict[str, int] = {
    # "The combined sum of characters ... across all embeds attached to a message must not
    # exceed 6000 characters" (Embed Limits)
    "EMBED_TOTAL": 6000,
    # "You can have up to 5 Action Rows per message" without the Components V2 flag
    "ACTION_ROWS": 5,
    # an Action Row holds one select menu, alone
    "ACTION_ROW_SELECTS": 1,
    # "The total amount of text across a message's components is 4000" (Components V2)
    "COMPONENTS_V2_TEXT": 4000,
    # a modal is made of "between 1 and 5 (inclusive) components"
    "MODAL_COMPONENTS": 5,
    # the value of a choice, for options and completions, has "up to 100 characters if string"
    "CHOICE_VALUE": 100,
    # "100 global CHAT_INPUT commands"; the bulk route's 130 adds context menu commands
    "COMMANDS": 100,
    # "combined name, description, and value properties ... 8000 characters" for a command
    "COMMAND_TOTAL": 8000,
    # default upload limit for a file, 10 MiB
    "ATTACHMENT_BYTES": 10 * 1024 * 1024,
    # "Interaction tokens are valid for 15 minutes"; the first answer "within 3 seconds"
    "INTERACTION_ACK_SECONDS": 3,
    "INTERACTION_TOKEN_SECONDS": 15 * 60,
    # enforce_nonce: unique "in the past few minutes", taken as five
    "NONCE_SECONDS": 5 * 60,
}


def _load() -> dict[str, int]:
    documented = json.loads(DOCUMENTED.read_text(encoding="utf-8"))["limits"]
    return {name: int(entry["value"]) for name, entry in documented.items()}


LIMITS: Mapping[str, int] = MappingProxyType(_load() | _ELSEWHERE)
