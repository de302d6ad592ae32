"""What the terminal does for a flow that is under way: shows, and says what needs others."""

from __future__ import annotations

from collections.abc import Sequence

from bot.adapters.terminal.desk import Desk
from bot.adapters.terminal.draw import ROOM
from bot.chat.screen import Screen
from bot.core.errors import Refused
from bot.core.phrases import Phrases


class TerminalSurface:
    """Implements `bot.chat.turn.Surface`; one person is here at a time.

    Args:
        desk: where screens are shown.
        phrases: the words.
        message: what stands for the screen that is the answer.
        commands: the full names of those there are.
    """

    def __init__(self, desk: Desk, phrases: Phrases, message: int, commands: Sequence[str]) -> None:
        self.commands = commands
        self._desk = desk
        self._say = phrases.say
        self._message = message

    @property
    def _alone(self) -> Refused:
        return Refused(self._say("needs_others"))

    @property
    def room(self) -> int:
        """Characters of one screen."""
        return ROOM

    @property
    def introduction(self) -> str:
        """What can be typed."""
        return self._say("terminal_help")

    async def acknowledge(self) -> None:
        """Do nothing: nobody waits for it."""

    async def show(self, screen: Screen) -> int:
        """Show a screen where the answer stands."""
        self._desk.show(screen, self._message)
        return self._message

    async def beside(self, screen: Screen) -> None:
        """Show a screen of its own."""
        self._desk.show(screen, self._desk.number())

    async def post(
        self, screen: Screen, place: int | None, once: str, *, asked: bool = True
    ) -> int:
        """Refuse: there is nobody else to read it."""
        raise self._alone

    async def require_post(
        self, place: int | None, *, files: bool = False, asked: bool = True
    ) -> None:
        """Refuse as `post` does."""
        raise self._alone

    async def lacking(self, channel: int) -> str | None:
        """There are no channels."""

    async def may_write_in_threads(self, channel: int) -> bool:
        """There are none."""
        return True

    async def replace(self, screen: Screen, thread: int, message: int) -> None:
        """Do nothing: what is shown in threads isn't shown here."""

    async def require_thread(self) -> None:
        """Refuse: there are no threads."""
        raise Refused(self._say("team_needs_channel"))

    async def open_thread(self, name: str) -> int:
        """Refuse as `require_thread` does."""
        raise Refused(self._say("team_needs_channel"))

    async def has_thread(self, thread: int) -> bool:
        """There are no threads."""
        return False

    async def have_same_readers(self, threads: tuple[int, int]) -> bool:
        """One person reads here at a time."""
        return True

    async def is_steward(self) -> bool:
        """Whoever sits here may do everything."""
        return True

    async def is_member(self, person: int) -> bool:
        """Whoever has a name here may sit down."""
        return True

    async def tell(self, person: int, screen: Screen, once: str) -> bool:
        """Whoever sits down next sees what is theirs."""
        return True

    async def has_role(self, role: int) -> None:
        """There are no roles."""
