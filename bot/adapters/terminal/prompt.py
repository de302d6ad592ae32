"""Where lines come from: a prompt with completion and history, or a pipe."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory

from bot.adapters.terminal.chat import Conversation
from bot.core.files import make_for_owner

Read = Callable[[bool], Awaitable[str | None]]
"""Gives the next line, which may go on with the one before; None at the end."""


async def talk(conversation: Conversation, history_file: Path) -> None:
    """Talk until the person leaves; a line that ends in a backslash goes on in the next."""
    read = _prompt(conversation, history_file) if sys.stdin.isatty() else _pipe(conversation)
    begun: list[str] = []
    while not conversation.ended:
        await conversation.deliver()
        try:
            line = await read(bool(begun))
        except KeyboardInterrupt:
            begun.clear()
            continue
        if line is not None and line.endswith("\\"):
            begun.append(line[:-1])
            continue
        if begun or line is not None:
            await conversation.take("\n".join([*begun, line or ""]))
            begun.clear()
        if line is None:
            return


def _pipe(conversation: Conversation) -> Read:
    """Lines of standard input; an empty one keeps what stands there, as Enter does."""

    async def read(goes_on: bool) -> str | None:  # noqa: FBT001  (a protocol)
        raw = await asyncio.to_thread(sys.stdin.buffer.readline)
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        if not raw:
            return None
        return line if line or goes_on else conversation.begun

    return read


def _prompt(conversation: Conversation, history_file: Path) -> Read:
    """Lines that are typed."""
    make_for_owner(history_file)
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(history_file)),
        auto_suggest=AutoSuggestFromHistory(),
        completer=_Completer(conversation),
        complete_while_typing=False,
    )

    async def read(goes_on: bool) -> str | None:  # noqa: FBT001  (a protocol)
        try:
            if goes_on:
                return await session.prompt_async("… ", default="")
            return await session.prompt_async(conversation.prompt, default=conversation.begun)
        except EOFError:
            return None

    return read


class _Completer(Completer):
    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def get_completions(self, *_: object) -> list[Completion]:
        """None: they are looked for in the store."""
        return []

    async def get_completions_async(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002  (a protocol)
    ) -> AsyncGenerator[Completion, None]:
        """What fits what stands before the cursor."""
        count, choices = await self._conversation.complete(document.text_before_cursor)
        for choice in choices:
            yield Completion(choice.value, -count, display=choice.label)
