"""The conversation in a terminal: what each line means."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from rich.console import Console, RenderableType

from bot.adapters.terminal import page
from bot.adapters.terminal.commands import Commands
from bot.adapters.terminal.desk import Desk, Shown
from bot.adapters.terminal.draw import Key, draw, lone_menu, meanings_of, numbered
from bot.adapters.terminal.files import save
from bot.adapters.terminal.forms import Filling
from bot.adapters.terminal.markup import Reader
from bot.adapters.terminal.notices import deliver_due
from bot.adapters.terminal.router import TerminalRouter
from bot.adapters.terminal.seat import person_named
from bot.chat.ask import AskedBack, said
from bot.chat.find import Choice
from bot.chat.flow import Call, CommandSpec, Flows
from bot.chat.screen import Screen
from bot.core.alliance import TERMINAL
from bot.core.errors import GuideError, Refused
from bot.services import Services

_AT_STEP = {
    "why": ("label_read", "1"),
    "cases": ("label_others", ""),
    "ask": ("label_ask_step", ""),
}
"""What else a control of a screen that waits is called, and what is picked from it."""
_IN_FORM = frozenset({"back", "cancel", "skip"})
_log = structlog.get_logger()


class Conversation:
    """Takes one line after another; `ended` once somebody leaves.

    Args:
        services: what flows work with.
        flows: what can be done.
        ask: the flow of a line that is a question.
        console: where it is shown.
        zone: of this computer; it counts for whoever named none.
        name: whoever sits here; empty for nobody in particular.

    Raises:
        Refused: that is no name.
    """

    def __init__(
        self,
        services: Services,
        flows: Flows,
        ask: Call,
        console: Console,
        zone: ZoneInfo,
        name: str = "",
    ) -> None:
        self.ended = False
        self._services = services
        self._flows = flows
        self._phrases = services.phrases
        self._say = services.phrases.say
        self._console = console
        self._zone = zone
        self._desk = Desk(self._draw)
        self._commands = Commands(flows, services.phrases)
        self._seated = person_named(name, services.phrases)
        self._router = TerminalRouter(
            services, flows, self._desk, self._commands.names, self._seated
        )
        self._ask = ask
        self._own = {
            "new": self._forget,
            "sources": self._sources,
            "exit": self._leave,
            "quit": self._leave,
        }

    # -- what the prompt shows --------------------------------------------------------------------

    @property
    def prompt(self) -> str:
        """What stands before the line that is typed next."""
        filling = self._router.filling
        label = filling.field.label if filling is not None else self._desk.waiting_for
        return self._say("terminal_prompt", label=label)

    @property
    def begun(self) -> str:
        """What stands on the line that is typed next, to be kept or changed."""
        return self._router.filling.begun if self._router.filling is not None else ""

    async def complete(self, line: str) -> tuple[int, Sequence[Choice]]:
        """What fits what was typed so far, and how many characters of it that replaces."""
        if not line.startswith("/"):
            return 0, ()
        keys = [key.typed for _, key in self._desk.at_hand()]
        names = dict.fromkeys([*keys, *(f"/{name}" for name in self._own)])
        known = [Choice(name, name) for name in names if name.startswith(line.casefold())]
        try:
            count, choices = await self._commands.complete(self._router.turn(), line)
        except GuideError:
            return len(line), known
        return (len(line), [*known, *choices]) if known else (count, choices)

    # -- lines ------------------------------------------------------------------------------------

    async def greet(self) -> None:
        """Say how things stand."""
        people = self._services.store.people
        settings = await people.person_settings(TERMINAL, self._seated.id)
        if settings.zone.key == "UTC" != self._zone.key:  # nothing was said
            changed = replace(settings, zone=self._zone)
            await people.set_person_settings(TERMINAL, self._seated.id, changed)
        if lines := [line async for line in page.greeting(self._router.turn())]:
            self._tell("\n".join(lines))

    async def deliver(self) -> None:
        """Show and do what is due."""
        try:
            await deliver_due(self._router.turn(), self._flows)
        except GuideError as error:  # it is due the next time as well
            _log.error("not_delivered", reason=str(error))

    async def take(self, line: str) -> None:
        """Do what a line says; whatever goes wrong is told."""
        people = self._services.store.people
        try:
            self._zone = (await people.person_settings(TERMINAL, self._seated.id)).zone
            await self._take(line)
        except AskedBack as error:
            self._desk.show(said(error, str(error)), self._desk.number())
        except GuideError as error:
            self._tell(str(error))
        except Exception as error:  # noqa: BLE001  (the conversation goes on)
            number = uuid.uuid4().hex[:8]
            _log.error("unexpected", error_id=number, kind=type(error).__name__, exc_info=error)
            self._tell(self._say("unexpected", id=number))
        if self._router.filling is not None:
            self._tell(self._router.filling.question())

    async def _take(self, line: str) -> None:
        filling, waiting, newest = self._router.filling, self._desk.waiting, self._desk.newest
        if line.lstrip().startswith("/"):
            await self._obey(line.strip())
        elif filling is not None:
            await self._router.fill(filling, line)
        elif newest and (meant := numbered(meanings_of(newest.screen), line)) is not None:
            await self._router.use(newest, meant, "")
        elif waiting is not None:
            try:
                await self._router.press(waiting, waiting.screen.typed, typed=line)
            except Refused:
                if self._router.filling is None:  # it leads nowhere: the next line is no answer
                    self._desk.wait_no_more()
                raise
        elif newest and line.strip().isdecimal() and (menu := lone_menu(newest.screen)):
            await self._router.use(newest, menu, line.strip())
        elif newest and await self._router.speak(newest, line):
            return
        elif line.strip():
            await self._router.begin(self._ask, {"text": line})

    async def _obey(self, line: str) -> None:
        """Do what stands behind a slash."""
        first, *rest = line[1:].split(maxsplit=1) or [""]
        name, typed = first.casefold(), " ".join(rest)
        filling = self._router.filling
        if filling is not None and name in _IN_FORM:
            await self._move(filling, name)
            return
        if filling is not None and not filling.form.id:  # only a command waits for it
            self._router.leave(filling)
        if (pressed := self._at_hand(name, typed)) is not None:
            await self._router.use(*pressed)
        elif name in self._own:
            self._own[name]()
        elif (command := self._commands.find(line)) is not None:
            await self._command(command[0], self._commands.split(*command))
        elif (earlier := self._earlier(name)) is not None:
            await self._router.use(*earlier, typed)
        else:
            keys = [key.typed for _, key in self._desk.at_hand()]
            own = [f"/{name}" for name in self._own]
            raise Refused(self._commands.unknown(line, [*keys, *own]))

    def _at_hand(self, name: str, typed: str) -> tuple[Shown, Key, str] | None:
        """What a name presses on the newest screen or the one that waits, and what is typed."""
        label, picked = _AT_STEP.get(name, ("", ""))
        for shown, key in self._desk.at_hand():
            if key.name == name:
                return shown, key, typed
            asked = label and shown is self._desk.waiting and not (typed and name == "cases")
            if asked and key.control.label == self._say(label):
                return shown, key, picked or typed
        return None

    def _earlier(self, name: str) -> tuple[Shown, Key] | None:
        """What a name presses on an earlier screen, or what of those at hand begins with it."""
        same = [(shown, key) for shown, key in self._desk.pressable() if key.name == name]
        begun = [pair for pair in self._desk.at_hand() if pair[1].name.startswith(name)]
        return same[0] if same else begun[0] if name and len(begun) == 1 else None

    async def _command(self, spec: CommandSpec, typed: Mapping[str, str]) -> None:
        """Call the flow of a command; what it can't do without is asked for first."""
        form = self._commands.missing(spec, typed)
        if form is not None:

            async def send(values: Mapping[str, str]) -> None:
                await self._command(spec, {**typed, **values})

            self._router.open(form, send)
            return
        values = await self._commands.values(self._router.turn(), spec, typed)
        await self._router.begin(spec.call, values)

    async def _move(self, filling: Filling, how: str) -> None:
        """Go back in a form, leave a field as it is, or leave the form."""
        if how == "back":
            filling.back()
        elif how == "skip":
            await self._router.fill(filling, filling.begun)
        else:
            self._router.leave(filling)
            self._tell(self._say("form_left"))

    # -- showing ----------------------------------------------------------------------------------

    def _draw(self, screen: Screen) -> None:
        lines = [save(file, Path(), self._phrases) for file in screen.files]
        free = self._desk.waiting is None and self._router.filling is None
        self._print(draw(screen, self._reader, lines, free=free))

    def _tell(self, words: str) -> None:
        """Say something that can't be pressed."""
        self._print(draw(Screen(words), self._reader))

    def _print(self, shown: RenderableType) -> None:
        self._console.print(shown)
        self._console.print()

    @property
    def _reader(self) -> Reader:
        return Reader(self._phrases, self._zone, self._services.now(), self._seated.id)

    def _sources(self) -> None:
        self._print(page.sources_page(self._services.library, self._phrases))

    def _forget(self) -> None:
        self._router.forget()
        self._tell(self._say("history_forgotten"))

    def _leave(self) -> None:
        self.ended = True
