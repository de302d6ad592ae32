"""/guide retention: how long an alliance keeps questions and answers."""

from __future__ import annotations

from typing import Annotated

from bot.alliances.records import LONGEST_RETENTION_DAYS
from bot.chat.flow import Scope, command
from bot.chat.options import Range
from bot.chat.screen import Screen
from bot.chat.turn import Turn

Days = Annotated[int, Range(1, LONGEST_RETENTION_DAYS)]


@command("guide retention", scope=Scope.SERVER, steward=True)
async def retention(turn: Turn, days: Days | None = None) -> Screen:
    """Change how long, or show it."""
    alliances = turn.store.alliances
    before = (await alliances.settings(turn.alliance)).retention_days
    kept = before if days is None else days
    if kept != before:
        await alliances.change_settings(turn.alliance, retention_days=kept)
    return Screen(turn.say("retention_is", days=kept, before=before if kept != before else 0))
