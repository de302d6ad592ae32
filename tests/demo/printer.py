"""The transcript in a terminal: people's lines, and what the bot shows as cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.box import ROUNDED
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from tests.loopback.constants import SELECTS, Component, Json
from tests.loopback.people.parts import field_names
from tests.loopback.world.model import Message, Modal
from tests.loopback.world.world import World

from .markup import named, rich_of

C = Component
_PRIMARY, _DANGER = 1, 4
_WIDTH = 96


class Printer:
    """Writes what happens to a console.

    Args:
        console: where to.
        world: knows what mentions are called.
    """

    def __init__(self, console: Console, world: World) -> None:
        self._console = console
        self._world = world

    def scene(self, number: int, title: str) -> None:
        """A scene begins."""
        self.print("")
        self.print(Rule(f"{number}. {title}", align="left", style="magenta"))

    def remark(self, text: str) -> None:
        """Something that nobody on Discord says."""
        self.print(Text(f"({text})", "dim italic"))

    def checked(self, what: str, *, holds: bool) -> None:
        """An expectation was looked at."""
        mark = ("  ✓ ", "green") if holds else ("  ✗ ", "bold red")
        self.print(Text.assemble(mark, (what, "dim" if holds else "bold red")))

    def did(self, who: str, place: str, what: str) -> None:
        """A person used a command, a button, a menu or a form."""
        self.print(Text.assemble((f"{place}  ", "blue"), (who, "bold"), f" {what}"))

    def form(self, who: str, modal: Modal) -> None:
        """A form opened on someone's screen."""
        fields = ", ".join(field_names(modal))
        self.print(Text(f"  a form opens for {who}: {modal.title} [{fields}]", "cyan"))

    def message(self, message: Message, *, changed: bool) -> None:
        """A message came, or changed."""
        if message.author is self._world.bot:
            self.print(self._card(message, changed=changed))
        else:
            head = (f"{message.channel.label}  ", "blue")
            said = rich_of(self.names(message.content))
            reply = f" (to {message.reference.author.name})" if message.reference else ""
            self.print(Text.assemble(head, (message.author.name, "bold"), f"{reply}: ", said))

    def summary(self, lines: Mapping[str, str], *, good: bool) -> None:
        """What it all came to."""
        self.print("")
        self.print(Rule("Summary", align="left", style="green" if good else "red"))
        for name, value in lines.items():
            self.print(Text.assemble((f"  {name}: ", "bold"), value))

    def print(self, what: RenderableType) -> None:
        """Print something no wider than is pleasant to read."""
        self._console.print(what, width=min(self._console.width, _WIDTH))

    # -- cards -----------------------------------------------------------------------------------

    def _card(self, message: Message, *, changed: bool) -> Panel:
        marks = [message.author.name, message.channel.label]
        if message.reference is not None:
            marks.append(f"replies to {message.reference.author.name}")
        if message.visible_to is not None:
            marks.append(f"only {message.visible_to.name} sees this")
        if changed:
            marks.append("edited")
        parts: list[RenderableType] = []
        if message.content:
            parts.append(rich_of(self.names(message.content)))
        parts += self._components(message.components)
        parts += [
            Text(f"📎 {file.name} ({len(file.data):,} bytes)", "cyan")
            for file in message.attachments
        ]
        return Panel(
            Group(*parts),
            box=ROUNDED,
            title=Text(" · ".join(marks)),
            title_align="left",
            border_style="yellow" if message.ephemeral else "green",
        )

    def _components(self, components: list[Json]) -> Iterator[RenderableType]:
        for component in components:
            kind = component["type"]
            if kind == C.TEXT_DISPLAY:
                yield rich_of(self.names(component["content"]))
            elif kind == C.SEPARATOR:
                yield Rule(style="dim") if component.get("divider", True) else Text("")
            elif kind == C.ACTION_ROW:
                yield from self._row(component["components"])
            else:
                yield from self._components(component.get("components") or [])

    def _row(self, row: list[Json]) -> Iterator[RenderableType]:
        buttons = Text()
        for item in row:
            if item["type"] == C.BUTTON:
                style = {_PRIMARY: "bold blue", _DANGER: "bold red"}.get(item["style"], "bold")
                buttons.append(f"[ {item['label']} ]", style).append("  ")
            elif item["type"] in SELECTS:
                yield self._menu(item)
        if buttons:
            yield buttons

    def _menu(self, item: Json) -> Text:
        menu = Text.assemble((f"▾ {item['placeholder']}", "bold cyan"))
        for option in item.get("options") or []:
            where = f" · {option['description']}" if option.get("description") else ""
            menu.append("\n    " + option["label"]).append(where, "dim")
        for chosen in item.get("default_values") or []:
            sign = {"channel": "#", "role": "@&"}.get(chosen["type"], "@")
            menu.append("\n    " + self.name(f"<{sign}{chosen['id']}>"))
        return menu

    # -- names -----------------------------------------------------------------------------------

    def names(self, text: str) -> str:
        """A text with mentions as people read them."""
        return named(text, self.name)

    def name(self, mention: str) -> str:
        """What a mention is called."""
        identity = int("".join(sign for sign in mention if sign.isdigit()))
        if channel := self._world.channels.get(identity):
            return channel.label
        if user := self._world.users.get(identity):
            return f"@{user.name}"
        for guild in self._world.guilds.values():
            if role := guild.roles.get(identity):
                return f"@{role.name.removeprefix('@')}"
        return mention


def option_text(value: Any) -> str:
    """An option of a command as people type it."""
    label = getattr(value, "label", None) or getattr(value, "name", None)
    return str(label or value)
