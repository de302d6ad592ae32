"""/help: what the guide can do, from the commands there are."""

from __future__ import annotations

from bot.chat.flow import Scope, command
from bot.chat.screen import Screen
from bot.chat.turn import Turn
from bot.core.markup import split_text
from bot.core.phrases import phrase_of_command


@command("help", scope=Scope.ALL)
async def show_help(turn: Turn) -> None:
    """Show the help, on as many screens as it takes."""
    lines = [f"`/{name}` · {turn.say(phrase_of_command(name))}" for name in turn.surface.commands]
    parts = [turn.surface.introduction, "\n".join(sorted(lines)), turn.say("help_privacy")]
    await turn.show_all([Screen(text) for text in split_text("\n\n".join(parts), turn.room)])
