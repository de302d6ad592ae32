"""Who sits at the terminal: somebody by name, or whoever gave none."""

from __future__ import annotations

import zlib

from bot.chat.options import PersonRef
from bot.core.alliance import AT_TERMINAL
from bot.core.errors import Refused
from bot.core.markup import NAME, one_line
from bot.core.phrases import Phrases


def person_named(typed: str, phrases: Phrases) -> PersonRef:
    """The person of a name, however it is written in capitals; the same one each time.

    Raises:
        Refused: it is too long for a name.
    """
    name, nameless = one_line(typed), phrases.say("terminal_name")
    if len(name) > NAME:
        raise Refused(phrases.say("field_too_long", long=len(name), most=NAME))
    if name.casefold() in {"", nameless.casefold()}:
        return PersonRef(AT_TERMINAL, nameless)
    return PersonRef(1 + zlib.crc32(name.casefold().encode()), name)
