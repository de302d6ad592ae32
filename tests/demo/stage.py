"""The stage on which scenes are played: people act, the bot answers, and everything is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Protocol

from tests.loopback.people.response import Response
from tests.loopback.server import DiscordServer
from tests.loopback.validation.components import walk
from tests.loopback.world.channels import Channel
from tests.loopback.world.guilds import Guild, Member
from tests.loopback.world.model import Choice, Message, User

from .printer import Printer, option_text

ALLIANCE = "Valley Workforce Alliance"
CAST = ("Rosa", "Omar", "Priya", "Jonas", "Mei")
STEWARD = "Sam"
_PATIENCE = 300.0
"""Seconds that an answer may take: the model loads and the index is built meanwhile."""


class Bot(Protocol):
    """The bot that is played with; `ahead` is how far its clock is ahead when it starts next."""

    ahead: timedelta

    async def start(self) -> None:
        """Start it and wait until it is connected."""

    async def kill(self) -> None:
        """End it at once."""


class Stage:
    """An alliance with its people, one bot, and what was expected of it.

    Attributes:
        guide, general: the channel for questions, and another one.
        sam: the steward; `rosa`, `omar`, `priya`, `jonas`, `mei` are leaders.
        kept: messages by a name, for later scenes and for pictures.
        held, failed: what was expected, and did or did not hold.

    Args:
        server: the loopback Discord.
        bot: what is started and killed.
        printer: where all goes.
        loading: what the bot says while its model is loading; it becomes the answer.
    """

    def __init__(self, server: DiscordServer, bot: Bot, printer: Printer, loading: str) -> None:
        self.server = server
        self.bot = bot
        self.printer = printer
        self.guild: Guild = server.guild(ALLIANCE, owner="Dana")
        self.general = self.guild.channel("general")
        self.guide = self.guild.channel("ask-the-guide")
        self.sam = self.guild.member(STEWARD, permissions=["manage_guild"])
        self.rosa, self.omar, self.priya, self.jonas, self.mei = map(self.guild.member, CAST)
        self.kept: dict[str, Message] = {}
        self.held: list[str] = []
        self.failed: list[str] = []
        self._loading = loading
        self._printed: dict[int, Any] = {}

    # -- the bot ---------------------------------------------------------------------------------

    async def starts(self) -> None:
        """Start the bot and wait until its commands are known."""
        await self.bot.start()
        await self.server.registered("ask", "guide", "privacy", within=_PATIENCE)

    async def killed_and_started(self) -> None:
        """Kill the bot and start it again."""
        await self.bot.kill()
        self.remark("SIGKILL: the bot is gone, with whatever it had in memory")
        await self.bot.start()
        self.remark("a new process has connected")

    async def lets_pass(self, time: timedelta, what: str) -> None:
        """Stop the bot and start it again so much later."""
        await self.bot.kill()
        self.bot.ahead += time
        self.remark(what)
        await self.bot.start()

    # -- acting ----------------------------------------------------------------------------------

    async def says(
        self,
        who: Member,
        text: str,
        *,
        in_: Channel | None = None,
        reply_to: Message | None = None,
        mentions: Iterable[User | Member] = (),
    ) -> Message:
        """Someone writes a message, in the guide channel unless told otherwise."""
        said = await who.says(in_ or self.guide, text, reply_to=reply_to, mentions=mentions)
        self._news()
        return said

    async def answer(self, asked: Message) -> Message:
        """Wait for the answer to a message, also where it first says that the bot is starting."""
        place = asked.channel
        shown = await place.next_message(after=asked, by=self.server.bot, within=_PATIENCE)
        self._news()
        await self.server.until(
            lambda: self._settled(shown), what="answer in place of a notice", within=_PATIENCE
        )
        self._news()
        return shown

    async def uses(
        self, who: Member, command: str, /, *, in_: Channel | None = None, **options: Any
    ) -> Response:
        """Someone uses a slash command."""
        place = who.place(in_)
        typed = "".join(f" {name}: {option_text(value)}" for name, value in options.items())
        self.printer.did(who.name, place.label, f"uses {command}{typed}")
        return await self._shown(await who.uses(command, in_=place, **options))

    async def types_into(self, who: Member, command: str, /, **options: Any) -> list[Choice]:
        """Someone types into the last option given; what is offered is printed."""
        choices = await who.types_into(command, **options)
        typed = " ".join(f"{name}: {option_text(value)}" for name, value in options.items())
        offers = " | ".join(choice.name for choice in choices) or "nothing"
        what = f"types {command} {typed}… and is offered: {offers}"
        self.printer.did(who.name, who.place(None).label, what)
        return choices

    async def clicks(self, who: Member, label: str, on: Message | Response) -> Response:
        """Someone clicks a button."""
        self.printer.did(who.name, _place(on), f"clicks [{label}]")
        return await self._shown(await who.clicks(label, on=on))

    async def selects(
        self, who: Member, menu: str, *picks: Any, on: Message | Response
    ) -> Response:
        """Someone picks from a menu."""
        names = ", ".join(map(option_text, picks))
        self.printer.did(who.name, _place(on), f"picks from “{menu}”: {names}")
        return await self._shown(await who.selects(menu, *picks, on=on))

    async def submits(self, who: Member, form: Response, answers: Mapping[str, Any]) -> Response:
        """Someone fills in a form and sends it."""
        filled = ", ".join(f"{label}: “{value}”" for label, value in answers.items())
        self.printer.did(who.name, form.channel.label, f"fills in and sends {filled}")
        return await self._shown(await who.submits(form, answers))

    async def followup(self, response: Response) -> Message:
        """Wait for what the bot sends after its first answer."""
        shown = await response.followup()
        self._news()
        return shown

    # -- looking ---------------------------------------------------------------------------------

    def expect(self, condition: object, what: str) -> None:
        """Note whether something holds that a person would expect."""
        (self.held if condition else self.failed).append(what)
        self.printer.checked(what, holds=bool(condition))

    def remark(self, text: str) -> None:
        """Print what happens around Discord."""
        self.printer.remark(text)

    def keep(self, name: str, shown: Message | Response) -> None:
        """Keep a message for a later scene, or for a picture."""
        self.kept[name] = shown if isinstance(shown, Message) else shown.message

    def _settled(self, message: Message) -> bool:
        return not message.loading and message.text != self._loading

    async def _shown(self, response: Response) -> Response:
        self._news()
        await response.until(
            lambda r: all(map(self._settled, r.messages)), what="answer", within=_PATIENCE
        )
        self._news()
        if response.kind == "modal":
            self.printer.form(response.interaction.user.name, response.modal)
        return response

    def _news(self) -> None:
        """Print every message that is new or changed, wherever it is."""
        channels = self.server.world.channels.values()
        everything = [m for channel in channels for m in channel.messages.values()]
        for message in sorted(everything, key=lambda message: message.id):
            looks = (message.content, str(message.components), len(message.attachments))
            before = self._printed.get(message.id)
            if message.loading or message.deleted or message.system or before == looks:
                continue
            self._printed[message.id] = looks
            self.printer.message(message, changed=before is not None)


def _place(on: Message | Response) -> str:
    return on.channel.label


def buttons(message: Message) -> list[str]:
    """The labels of a message's buttons, in order."""
    return [part["label"] for part in walk(message.components) if part.get("label")]


def readings(message: Message) -> list[str]:
    """The passages that the menu under an answer offers."""
    options = [part.get("options") or [] for part in walk(message.components)]
    return [option["label"] for row in options for option in row]
