"""The conversation in a terminal: everything the bot can do, without Discord."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory
from rapidfuzz import fuzz, process, utils
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.core.checklist import Step
from bot.core.errors import GuideError
from bot.core.models import PassageKind
from bot.guide.guide import Guide
from bot.guide.query import leans_on_earlier
from bot.terminal import render
from bot.terminal.checklists import Checklists
from bot.terminal.opportunities import Opportunities
from bot.terminal.posting import Poster
from bot.terminal.subcommands import unknown_command

_ENTERING = ("start", "resume", "reopen")
_MOST_CASES = 4
_NEAR = 55


class Conversation:
    """Takes one line after another and gives what to show; None ends it."""

    def __init__(
        self,
        guide: Guide,
        checklists: Checklists | None = None,
        opportunities: Opportunities | None = None,
    ) -> None:
        self._guide = guide
        self._phrases = guide.phrases
        self._say = guide.phrases.say
        self._checklists = checklists
        self._opportunities = opportunities
        self._history: list[str] = []
        self._passages = guide.library.by_id
        self._commands: dict[str, Callable[[str], RenderableType | None]] = {
            "/passage": self._passage,
            "/cases": self._cases,
            "/ask": self._ask,
            "/why": self._why,
            "/sources": self._sources,
            "/new": self._new,
            "/help": lambda _: self._help(),
            "/quit": lambda _: None,
            "/exit": lambda _: None,
        }
        if checklists is not None:
            self._commands.update(checklists.commands)
        if opportunities is not None:
            self._commands.update(opportunities.commands)

    @property
    def words(self) -> list[str]:
        """What can be completed: commands, and the ids of passages."""
        parts = (self._checklists, self._opportunities)
        more = [word for part in parts if part is not None for word in part.words]
        return [*self._commands, *more, *self._passages]

    @property
    def prompt(self) -> str:
        """What stands before the line that is typed next."""
        if self._poster is not None:
            return self._poster.prompt
        if self._checklists is not None:
            return self._checklists.walker.prompt
        return self._say("terminal_prompt", at_step=False, field="")

    @property
    def begun(self) -> str:
        """What stands on the line that is typed next, to be kept or changed."""
        return self._poster.begun if self._poster is not None else ""

    @property
    def takes_nothing(self) -> bool:
        """Whether an empty line means something."""
        if self._poster is not None:
            return self._poster.takes_nothing
        return self._checklists is not None and self._checklists.walker.takes_nothing

    @property
    def welcome(self) -> str:
        """The first line."""
        return self._say("terminal_welcome")

    def greeting(self) -> RenderableType | None:
        """What to show first; None for nothing."""
        parts = (self._checklists, self._opportunities)
        return _together(part.greeting() for part in parts if part is not None)

    def reminders(self) -> RenderableType | None:
        """What is to be said before the next line is typed; None for nothing."""
        parts = (self._checklists, self._opportunities)
        return _together(part.reminders() for part in parts if part is not None)

    def respond(self, line: str) -> RenderableType | None:
        """What to show for a line: an answer, the result of a command, or what is wrong."""
        try:
            return self._respond(line)
        except GuideError as error:  # the store is locked or gone: the conversation goes on
            return Text(str(error))

    def _respond(self, line: str) -> RenderableType | None:
        poster = self._poster
        if not line.lstrip().startswith("/"):
            if poster is not None:
                return poster.take(line)
            if self._checklists is not None and self._step is not None:
                return self._checklists.walker.answer(line)
            return self._answer(line)
        name, _, rest = line.strip().partition(" ")
        own = poster.commands if poster is not None else {}
        command = own.get(name.lower()) or self._commands.get(name.lower())
        if command is None:
            near = process.extractOne(name, list(self._commands), score_cutoff=_NEAR)
            return unknown_command(name, near[0] if near else "", self._phrases)
        shown = command(rest.strip())
        if name.lower() == "/checklist" and rest.split()[:1] in [[one] for one in _ENTERING]:
            self._set_aside()
        return shown

    @property
    def _poster(self) -> Poster | None:
        """The form that lines are for."""
        poster = self._opportunities.poster if self._opportunities else None
        return poster if poster is not None and poster.active else None

    def _set_aside(self) -> None:
        """Lines are for the checklist that was entered; what was typed into a form is kept."""
        if self._poster is not None and self._step is not None:
            self._poster.leave()

    def _answer(self, line: str, before: Sequence[str] = ()) -> RenderableType:
        text = self._guide.read(line).text
        history = (before or self._history) if leans_on_earlier(text) else []
        answer = self._guide.answer(self._guide.read(text, history))
        if not history:
            self._history.clear()
        self._history.append(text)
        return render.answer(answer, self._phrases, commands=self._checklists is not None)

    def _ask(self, question: str) -> RenderableType:
        """Answer a question; at a step, "what does this mean?" is about the step."""
        step = self._step
        if not question:
            return Text(self._say("question_missing"))
        return self._answer(question, [step.question] if step else [])

    @property
    def _step(self) -> Step | None:
        return self._checklists.walker.step if self._checklists else None

    def _why(self, _: str) -> RenderableType:
        step = self._step
        if step is None:
            return Text(self._say("why_at_no_step"))
        shown = [self._passages[id_] for id_ in step.passages if id_ in self._passages]
        first = [render.passage(one, self._phrases) for one in shown[:1]]
        more = [self._say("passage_further", id=one.id) for one in shown[1:]]
        return Group(Text(step.why), *first, *(Text(line, style="dim") for line in more))

    def _passage(self, wanted: str) -> RenderableType:
        if not wanted:
            return Text(self._say("passage_which"))
        if wanted in self._passages:
            return render.passage(self._passages[wanted], self._phrases)
        wished = wanted.casefold()
        for passage in self._passages.values():
            if passage.title.casefold() == wished:
                return render.passage(passage, self._phrases)
        titles = {key: f"{key} {passage.title}" for key, passage in self._passages.items()}
        near = process.extract(
            wanted, titles, scorer=fuzz.WRatio, processor=utils.default_process, limit=3
        )
        names = [str(key) for _, score, key in near if score >= _NEAR]
        return Text(self._say("passage_unknown", title=wanted, near=names))

    def _cases(self, query: str) -> RenderableType:
        cases = [p for p in self._passages.values() if p.kind is PassageKind.CASE]
        if not query and self._checklists is not None and self._step is not None:
            return self._checklists.walker.others(self._step)
        if not query:
            return render.passages(cases)
        found = self._guide.search(self._guide.read(query), PassageKind.CASE, _MOST_CASES)
        return render.passages(found)

    def _sources(self, _: str) -> RenderableType:
        counts = Counter(passage.document.id for passage in self._passages.values())
        return render.documents(self._guide.library.documents, counts, self._phrases)

    def _new(self, _: str) -> RenderableType:
        self._history.clear()
        return Text(self._say("history_forgotten"))

    def _help(self) -> RenderableType:
        parts = ("terminal_help", "terminal_checklist_help", "board_help")
        return Text("\n\n".join(map(self._say, parts)))


def run_chat(conversation: Conversation, console: Console, history_file: Path) -> None:
    """Talk until the person leaves; lines come from the terminal, or from a pipe."""
    console.print(conversation.welcome, style="dim")
    _show(console, conversation.greeting())
    begun: list[str] = []
    for line in _whole(_lines(conversation, console, history_file, begun), begun):
        if not line.strip() and not conversation.takes_nothing:
            continue
        shown = conversation.respond(line)
        if shown is None:
            break
        _show(console, shown)


def _together(shown: Iterable[RenderableType | None]) -> RenderableType | None:
    found = [one for one in shown if one is not None]
    return Group(*found) if found else None


def _show(console: Console, shown: RenderableType | None) -> None:
    if shown is not None:
        console.print(Padding(shown, (0, 0, 1, 0)))


def _whole(lines: Iterable[str], begun: list[str]) -> Iterator[str]:
    """Join each line that ends in a backslash with the one below; `begun` has what waits for it."""
    for line in lines:
        if line.endswith("\\"):
            begun.append(line[:-1])
            continue
        whole = "\n".join([*begun, line])
        begun.clear()
        yield whole
    if begun:
        yield "\n".join(begun)


def _lines(
    conversation: Conversation, console: Console, history_file: Path, begun: Sequence[str]
) -> Iterator[str]:
    if not sys.stdin.isatty():
        for raw in sys.stdin.buffer:
            _show(console, conversation.reminders())
            yield raw.decode("utf-8", "replace").rstrip("\r\n")
        return
    history_file.parent.mkdir(parents=True, exist_ok=True)
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(history_file)),
        auto_suggest=AutoSuggestFromHistory(),
        completer=WordCompleter(conversation.words, sentence=True),
        complete_while_typing=False,
    )
    while True:
        _show(console, conversation.reminders())
        try:
            if begun:
                yield session.prompt("… ")
            else:
                yield session.prompt(conversation.prompt, default=conversation.begun)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
