"""From what is pressed and typed to flows, and from flows to what is shown or asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.adapters.terminal.desk import Desk, Shown
from bot.adapters.terminal.draw import Key
from bot.adapters.terminal.forms import Filling, Send
from bot.adapters.terminal.surface import TerminalSurface
from bot.answers.spoken_press import speakable, spoken_press, stop_id
from bot.chat.flow import Call, Flows, Where
from bot.chat.flow import Shown as Result
from bot.chat.options import PersonRef
from bot.chat.screen import Form, Menu, Screen
from bot.chat.turn import Place, Turn
from bot.core.about_bot import ABOUT_BOT
from bot.core.alliance import TERMINAL
from bot.core.errors import Refused
from bot.services import Services


class TerminalRouter:
    """Calls flows for the person at the terminal.

    Args:
        services: what flows work with.
        flows: what can be done.
        desk: where screens are shown.
        commands: the full names of those there are.
        seated: who that is.
    """

    def __init__(
        self,
        services: Services,
        flows: Flows,
        desk: Desk,
        commands: Sequence[str],
        seated: PersonRef,
    ) -> None:
        self._services = services
        self._say = services.phrases.say
        self._flows = flows
        self._desk = desk
        self._commands = commands
        self._seated = seated
        self._thread = desk.number()
        self._forms: list[Filling] = []

    @property
    def filling(self) -> Filling | None:
        """The form that a plain line is for: the last, unless a screen that takes it came later."""
        waiting = self._desk.waiting
        last = self._forms[-1] if self._forms else None
        return last if last is not None and (waiting is None or last.at > waiting.at) else None

    def forget(self) -> None:
        """Follow up on nothing that was asked so far."""
        self._thread = self._desk.number()

    def turn(self, message: int = 0, pressed: int = 0) -> Turn:
        """What a flow gets; `message` stands for the screen that is the answer."""
        surface = TerminalSurface(self._desk, self._services.phrases, message, self._commands)
        return Turn(
            services=self._services,
            alliance=TERMINAL,
            alliance_name="",
            room=surface.room,
            person=self._seated.id,
            name=self._seated.name,
            place=Place(
                channel=TERMINAL,
                thread=self._thread,
                direct=True,
                message=pressed,
                own=True,
                source=self._desk.number(),
            ),
            surface=surface,
        )

    async def begin(self, flow: Call, values: Mapping[str, Any]) -> None:
        """Call the flow of a command."""
        turn = self.turn(self._desk.number())
        await self._show(turn, await flow(turn, **values), None, None)

    async def press(
        self, shown: Shown, id_: str, picked: Sequence[str] = (), typed: str | None = None
    ) -> None:
        """Press a control; what is typed goes into the first field of the form it opens."""
        await self._handle(id_, {"picked": picked}, shown, typed, form=False)

    async def use(self, shown: Shown, key: Key, typed: str) -> None:
        """Press a button, or pick from a menu what is typed: numbers, or one of its lines."""
        menu = key.control
        if not isinstance(menu, Menu):
            await self.press(shown, menu.id, typed=typed or None)
            return
        texts = typed.replace(",", " ").split() if menu.most > 1 else [typed]
        picked = [value for text in texts if (value := _picked(menu, text))]
        if not 0 < len(picked) == len(texts) <= menu.most:
            raise Refused(self._say("pick_unclear", name=key.name, count=len(menu.options)))
        await self.press(shown, menu.id, picked)

    async def speak(self, shown: Shown, line: str) -> bool:
        """Press what a line means in words on a screen; False if it means nothing there."""
        press = spoken_press(
            shown.screen.controls,
            self._flows,
            line,
            self._services.library.spoken,
            self._services.now(),
        )
        if press is None or press.answers:
            return False
        turn = self.turn(self._desk.number())
        if press.stop and (id_ := stop_id(shown.screen.controls, self._flows)):
            await self._handle(id_, {}, None, stop=True)
        elif press.stop:
            await turn.show(Screen(turn.say(f"{ABOUT_BOT}stop_messages")))
        elif press.control is None:
            meant = [*speakable(shown.screen.controls, self._flows).values()]
            labels = [control.label for control in meant]
            words = turn.say("words_unclear", labels=labels, count=1)
            await turn.show(Screen(words, rows=[[control] for control in meant]))
        else:
            await self.press(shown, press.control.id, press.picked, press.typed or None)
        return True

    # -- forms ------------------------------------------------------------------------------------

    def open(self, form: Form, send: Send) -> Filling:
        """Begin to fill in a form."""
        filling = Filling(form, send, self._desk.number(), self._services.phrases)
        self._forms.append(filling)
        return filling

    async def fill(self, filling: Filling, line: str) -> None:
        """Take a line for a field, and send the form after the last."""
        filling.take(line)
        if filling.done:
            self.leave(filling)
            await filling.send(filling.values)

    def leave(self, filling: Filling) -> None:
        """Fill in a form no further."""
        self._forms.remove(filling)

    # -- calling ----------------------------------------------------------------------------------

    async def _handle(
        self,
        id_: str,
        values: Mapping[str, Any],
        shown: Shown | None,
        typed: str | None = None,
        *,
        form: bool = False,
        stop: bool = False,
    ) -> None:
        """Call the flow of a press, of a form that was sent, or of no more of these."""
        known = self._flows.press(id_, form=form, stop=stop)
        if known is None:
            raise Refused(self._say("stale_button"))
        spec, arguments = known
        in_place = shown is not None and spec.where is not Where.BESIDE
        pressed = shown.id if shown is not None else 0
        turn = self.turn(pressed if in_place else self._desk.number(), pressed)
        # A form need not have every field that its flow knows.
        every = {**dict.fromkeys(spec.parameters if form else (), ""), **values, **arguments}
        wanted = {name: value for name, value in every.items() if name in spec.parameters}
        await self._show(turn, await spec.call(turn, **wanted), shown, typed)

    async def _show(
        self, turn: Turn, result: Result, shown: Shown | None, typed: str | None
    ) -> None:
        """Show what a flow returned; a form is filled in, first with what was typed."""
        if result is None:
            return
        if not isinstance(result, Form):
            await turn.show(result)
            return
        form = result

        async def send(values: Mapping[str, str]) -> None:
            await self._handle(form.id, values, shown, form=True)

        if typed is None:
            self.open(form, send)
        elif line := typed or form.fields[0].value:
            await self.fill(self.open(form, send), line)


def _picked(menu: Menu, typed: str) -> str:
    """The value of a menu's line, by its number or its words; empty if there is none."""
    if typed.isascii() and typed.isdecimal() and 1 <= int(typed[:4]) <= len(menu.options):
        return menu.options[int(typed[:4]) - 1].value
    wanted = typed.casefold()
    for option in menu.options:
        if wanted in {option.value.casefold(), option.label.casefold()}:
            return option.value
    return ""
