"""The conversation in a terminal: everything the bot can do, without Discord."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory
from rapidfuzz import fuzz, process, utils
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.core.answering import Guide
from bot.core.errors import QuestionRefused
from bot.core.models import PassageKind
from bot.core.understanding import leans_on_earlier
from bot.terminal import render

WELCOME = (
    "Ask about leading an alliance, in your own words. "
    "/help shows what else there is, /quit or Ctrl-D ends."
)
HELP = """\
Type a question, for example: who in my organization has to answer for what this alliance brings us?
A short question such as "and who pays for it?" is read together with the one before.

  /passage ID or TITLE   read a passage in full
  /cases WHAT            case examples by circumstance
  /sources               the documents behind the library
  /new                   forget what was asked before
  /help                  this page
  /quit                  leave"""
_MOST_CASES = 4
_NEAR = 55


class Conversation:
    """Takes one line after another and gives what to show; None ends it."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._history: list[str] = []
        self._passages = guide.library.by_id
        self._commands: dict[str, Callable[[str], RenderableType | None]] = {
            "/passage": self._passage,
            "/cases": self._cases,
            "/sources": self._sources,
            "/new": self._new,
            "/help": lambda _: Text(HELP),
            "/quit": lambda _: None,
            "/exit": lambda _: None,
        }

    @property
    def words(self) -> list[str]:
        """What can be completed: commands, and the ids of passages."""
        return [*self._commands, *self._passages]

    def respond(self, line: str) -> RenderableType | None:
        """What to show for a line: an answer, the result of a command, or what is wrong."""
        if not line.startswith("/"):
            return self._answer(line)
        name, _, rest = line.partition(" ")
        command = self._commands.get(name.lower())
        if command is None:
            near = process.extractOne(name, list(self._commands), score_cutoff=_NEAR)
            hint = f"; did you mean {near[0]}?" if near else "; /help shows what there is."
            return Text(f"There is no command {name}{hint}")
        return command(rest.strip())

    def _answer(self, line: str) -> RenderableType:
        try:
            text = self._guide.read(line).text
            history = self._history if leans_on_earlier(text) else []
            answer = self._guide.answer(self._guide.read(text, history))
        except QuestionRefused as error:
            return Text(str(error))
        if not history:
            self._history.clear()
        self._history.append(text)
        return render.answer(answer)

    def _passage(self, wanted: str) -> RenderableType:
        if not wanted:
            return Text("Which one? Type /passage and its id or title.")
        if wanted in self._passages:
            return render.passage(self._passages[wanted])
        wished = wanted.casefold()
        for passage in self._passages.values():
            if passage.title.casefold() == wished:
                return render.passage(passage)
        titles = {key: f"{key} {passage.title}" for key, passage in self._passages.items()}
        near = process.extract(
            wanted, titles, scorer=fuzz.WRatio, processor=utils.default_process, limit=3
        )
        names = ", ".join(str(key) for _, score, key in near if score >= _NEAR)
        return Text(
            f"No passage is called {wanted!r}." + (f" Did you mean {names}?" if names else "")
        )

    def _cases(self, query: str) -> RenderableType:
        cases = [p for p in self._passages.values() if p.kind is PassageKind.CASE]
        if not query:
            return render.passages(cases)
        try:
            found = self._guide.search(self._guide.read(query), PassageKind.CASE, _MOST_CASES)
        except QuestionRefused as error:
            return Text(str(error))
        return render.passages(found)

    def _sources(self, _: str) -> RenderableType:
        counts = Counter(passage.document.id for passage in self._passages.values())
        return render.documents(self._guide.library.documents, counts)

    def _new(self, _: str) -> RenderableType:
        self._history.clear()
        return Text("What was asked before is forgotten.")


def run_chat(conversation: Conversation, console: Console, history_file: Path) -> None:
    """Talk until the person leaves; lines come from the terminal, or from a pipe."""
    console.print(WELCOME, style="dim")
    for line in _lines(conversation, history_file):
        if not line.strip():
            continue
        shown = conversation.respond(line.strip())
        if shown is None:
            break
        console.print(Padding(shown, (0, 0, 1, 0)))


def _lines(conversation: Conversation, history_file: Path) -> Iterable[str]:
    if not sys.stdin.isatty():
        yield from (line.decode("utf-8", "replace") for line in sys.stdin.buffer)
        return
    history_file.parent.mkdir(parents=True, exist_ok=True)
    session: PromptSession[str] = PromptSession(
        "you › ",
        history=FileHistory(str(history_file)),
        auto_suggest=AutoSuggestFromHistory(),
        completer=WordCompleter(conversation.words, sentence=True),
        complete_while_typing=False,
    )
    while True:
        try:
            yield session.prompt()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
