"""Words where a button or a command was meant: a reply to a notice, `/help` as a message.

Which message somebody answers is the one they reply to; directly also what the bot wrote last,
where nothing stands between. What it is about, and what can be done there, stands in the ids of its
buttons: nothing else is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import discord

from bot.adapters.discord.draw import controls_of, view_of
from bot.adapters.discord.message_surface import MessageSurface
from bot.adapters.discord.send import reply
from bot.answers.discord_incoming import typed_command
from bot.answers.discord_questions import Questions, Work
from bot.answers.respond import (
    Incoming,
    MessagePlace,
    RepliesTo,
    is_addressed,
    is_aside,
    is_courtesy,
    is_question,
)
from bot.answers.spoken_press import DONE, STOP, SpokenPress, speakable, spoken_press, stop_id
from bot.answers.typed_command import TypedCommand
from bot.chat.flow import Where
from bot.chat.screen import Button, Menu, Row, Screen
from bot.core.about_bot import ABOUT_BOT
from bot.core.alliance import NO_ALLIANCE
from bot.core.markup import escape, one_line, shorten
from bot.core.models import AboutBotAnswer, Question
from bot.core.pace import Cost
from bot.core.spoken import read_spoken
from bot.core.text import words as words_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_MOST_NAMED, _MOST_REST = 8, 80
_LOOKED_BACK, _MOST_MEANT = 6, 5
_LABEL = 60
_GREETINGS = frozenset(words_of("hi hello hey hiya howdy morning afternoon evening"))
_THANKS = frozenset(
    words_of(
        "thanks thank thx ty tysm cheers appreciated helpful great perfect awesome brilliant excellent"
    )
)
_OPTION = re.compile(r"[a-z]+:.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Target:
    """A message of the bot that somebody may answer, with what can be pressed there."""

    message: discord.Message
    controls: Sequence[Button | Menu]


class WordDesk:
    """Takes what was written where something was to be pressed or picked.

    Args:
        client: the connection.
        questions: know who asks too much, and where the bot may not answer.
    """

    def __init__(self, client: GuideClient, questions: Questions) -> None:
        self._client = client
        self._services = client.services
        self._flows = client.router.flows
        self._say = client.services.phrases.say
        self._questions = questions

    def command(self, message: discord.Message, incoming: Incoming) -> Work | None:
        """What says how a command is run that came as text; None for another text, or a question."""
        typed = typed_command(message, self._client)
        if typed is None or typed.question:
            return None
        if not is_addressed(incoming):
            ours = bool(typed.names) and (typed.slash or typed.exact)
            place = incoming.where is not MessagePlace.ELSEWHERE
            if not (ours and place and not is_aside(incoming)):
                return None
        elif not typed.names and not typed.slash:
            return None
        return partial(self._tell_how, message, typed)

    def read(self, message: discord.Message, incoming: Incoming) -> Incoming:
        """A message as it is meant: whoever types `/ask` asks the bot."""
        typed = typed_command(message, self._client)
        if typed is None or not typed.question or is_aside(incoming):
            return incoming
        return replace(incoming, mentions_bot=True)

    async def press(self, message: discord.Message, incoming: Incoming) -> Work | None:
        """What does what a button does, for a message that means one; None for another."""
        text = incoming.text
        answers = incoming.replies_to is RepliesTo.ANSWER
        if not is_addressed(incoming) or not text or answers or self._merely_asks(text):
            return None
        replied = incoming.replies_to is RepliesTo.BOT
        targets = await self._targets(message, replied=replied)
        if not targets:
            return self._astray(message, text)
        wants = self._wants(targets, text, replied=replied)
        if not wants or (wants[0][1].answers and not replied and await self._is_aside(text)):
            return None
        return partial(self._carry_out, message, wants)

    async def _tell_how(self, message: discord.Message, typed: TypedCommand) -> None:
        """Say how a command is run."""
        rest = one_line(typed.rest.replace("`", ""))
        words = self._say(
            "command_typed",
            commands=list(typed.names[:_MOST_NAMED]),
            options=shorten(rest, _MOST_REST) if _OPTION.fullmatch(rest) else "",
            typed=escape(shorten(one_line(typed.rest), _MOST_REST)),
        )
        await self._reply(message, Screen(words))

    # -- buttons ---------------------------------------------------------------------------------

    def _wants(
        self, targets: Sequence[_Target], text: str, *, replied: bool
    ) -> list[tuple[_Target, SpokenPress]]:
        """What is wanted of which message; nothing certain of all where that can't be told."""
        now, spoken = self._services.now(), self._services.library.spoken
        wants = [
            (target, press)
            for target in targets
            if (press := spoken_press(target.controls, self._flows, text, spoken, now)) is not None
        ]
        unclear = replied or (is_courtesy(text) and not greets(text))
        if not wants and unclear and not is_question(text):
            return [(target, SpokenPress()) for target in targets]
        return wants

    async def _carry_out(
        self, message: discord.Message, wants: Sequence[tuple[_Target, SpokenPress]]
    ) -> None:
        (target, press), *others = wants
        if press.stop:
            await self._stop(message, [target for target, _ in wants])
        elif others or press.control is None or not self._may_press(message, press):
            await self._ask_back(message, [target for target, _ in wants])
        elif await self._claim(message):
            lead = self._say("taken_as_answer") if press.answers else ""
            surface = MessageSurface(self._client, message, target.message, lead)
            done = await self._client.router.speak(
                surface, press.control.id, picked=press.picked, typed=press.typed
            )
            if not done:
                words = self._say("form_needed", label=press.control.label)
                rows = [[press.control]] if message.guild is None else []
                await self._show(message, Screen(words, rows=rows))

    async def _stop(self, message: discord.Message, targets: Sequence[_Target]) -> None:
        """Send no more of what somebody answers, or say which command does that."""
        controls = [control for target in targets for control in target.controls]
        id_ = stop_id(controls, self._flows, here=message.guild is not None)
        if not id_:
            await self._reply(message, Screen(self._say(f"{ABOUT_BOT}stop_messages")))
        elif await self._claim(message):
            await self._client.router.speak(MessageSurface(self._client, message), id_, stop=True)

    def _astray(self, message: discord.Message, text: str) -> Work | None:
        """What says that nothing is noted by words that would do something elsewhere."""
        spoken = self._services.library.spoken
        meant = read_spoken(text, spoken, spoken.ids - {STOP}, self._services.now())
        if not (meant.sure and meant.only) or (is_courtesy(text) and meant.kind != DONE):
            return None
        return partial(self._reply, message, Screen(self._say("words_astray", kind=meant.kind)))

    async def _targets(self, message: discord.Message, *, replied: bool) -> list[_Target]:
        """The messages of the bot that somebody may answer, the newest first."""
        candidates: list[discord.Message] = []
        if replied:
            found = message.reference.resolved if message.reference else None
            candidates = [found] if isinstance(found, discord.Message) else []
        elif message.guild is None:
            async for earlier in message.channel.history(limit=_LOOKED_BACK, before=message):
                if earlier.author != self._client.user:
                    break
                candidates.append(earlier)
        targets = [_Target(one, controls_of(one)) for one in candidates]
        return [one for one in targets if speakable(one.controls, self._flows)]

    def _merely_asks(self, text: str) -> bool:
        """Whether a text is a question, whatever it stands below."""
        if not is_question(text):
            return False
        spoken = self._services.library.spoken
        meant = read_spoken(text, spoken, spoken.ids, self._services.now())
        return meant.asks or not (meant.kind or meant.day)

    def _may_press(self, message: discord.Message, press: SpokenPress) -> bool:
        """Whether a press can be answered here: in a channel what is told to one alone can't."""
        if message.guild is None:
            return True
        found = self._flows.press(press.control.id if press.control else "", form=False)
        return found is not None and found[0].where is Where.HERE and not press.answers

    async def _ask_back(self, message: discord.Message, targets: Sequence[_Target]) -> None:
        """Say what can be done by which button, and that nothing is noted."""
        buttons = [list(speakable(target.controls, self._flows).values()) for target in targets]
        labels = list(dict.fromkeys(button.label for row in buttons for button in row))
        words = self._say("words_unclear", labels=labels, count=len(targets))
        rows: list[Row] = []
        if message.guild is None:
            for target, row in zip(targets[:_MOST_MEANT], buttons, strict=False):
                rows += _rows(row, _begin_of(target.message) if len(targets) > 1 else "")
        await self._reply(message, Screen(words, rows=rows))

    async def _is_aside(self, text: str) -> bool:
        """Whether what could be an answer to a step is thanks, or about the bot itself."""
        if is_courtesy(text) and greets(text):
            return True
        answer = await self._services.answers.answer(NO_ALLIANCE, Question(text))
        return isinstance(answer, AboutBotAnswer)

    # -- replying --------------------------------------------------------------------------------

    async def _claim(self, message: discord.Message) -> bool:
        """Take a message once, if it can be answered and isn't one of too many."""
        alliance = message.guild.id if message.guild else NO_ALLIANCE
        if not await self._services.store.alliances.claim(alliance, message.id):
            return False
        if await self._questions.hindered(message):
            return False
        return await self._questions.pace.admit(message, Cost.LOOKUP)

    async def _reply(self, message: discord.Message, screen: Screen) -> None:
        if await self._claim(message):
            await self._show(message, screen)

    async def _show(self, message: discord.Message, screen: Screen) -> None:
        shown = await self._client.command_mentions.pressable(screen)
        await reply(message, view_of(shown), f"a{message.id}")


def greets(text: str) -> bool:
    """Whether a courtesy begins a conversation."""
    return not _GREETINGS.isdisjoint(words_of(text))


def thanks(text: str) -> bool:
    """Whether a courtesy is thanks or praise, and not mere assent."""
    return not _THANKS.isdisjoint(words_of(text))


def _begin_of(message: discord.Message) -> str:
    """The first words of a message of the bot."""
    rest: list[Any] = list(message.components)
    while rest:
        part = rest.pop(0)
        rest[:0] = getattr(part, "children", [])
        if isinstance(part, discord.TextDisplay):
            return one_line(part.content.replace("*", ""))
    return ""


def _rows(controls: Sequence[Button | Menu], about: str) -> list[Row]:
    """Buttons in a row, named by what they are about; each menu in a row of its own."""
    buttons = [
        replace(one, label=shorten(f"{one.label}: {about}", _LABEL) if about else one.label)
        for one in controls
        if isinstance(one, Button)
    ]
    menus = [one for one in controls if isinstance(one, Menu)]
    rows: list[Row] = [buttons, *([menu] for menu in menus)]
    return [row for row in rows if row]
