"""The commands about opportunities in the terminal: `/opportunity …`, and `/partner …`."""

from __future__ import annotations

from rapidfuzz import fuzz, process, utils
from rich.console import Group, RenderableType
from rich.text import Text

from bot.core.opportunities.answering import is_open
from bot.core.opportunities.models import Kind, Opportunity, Outcome, State
from bot.terminal import opportunity_pages as pages
from bot.terminal.board import Board
from bot.terminal.opportunity_fields import kind_of
from bot.terminal.partners import Partners
from bot.terminal.posting import Poster
from bot.terminal.subcommands import Command, number_of, subcommand

HELP = """\
  /opportunity list [TOPIC]  what is open, or what of it fits a topic
  /opportunity post [KIND]   asks for one field after another, shows it, then posts it
  /opportunity show ID       one in full, with its answers
  /opportunity edit ID       change one that is open
  /opportunity close ID OUTCOME [NOTE]   filled, partly, none or withdrawn
  /partner join NAME         speak for an organization; leave NAME, list, profile
  /partner interests TOPICS [region: PLACE]   what it looks for, separated by commas
  /partner notifications MODE [HOUR] [ZONE]   instant, daily, weekly or off
While one is typed, a plain line is the field that is asked for. Besides:
  /skip · /back · /pause (keeps it for later) · /discard · /ask QUESTION"""
_NEAR = 55
_NOTE = 600


class Opportunities:
    """Takes commands and gives what to show."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self.poster = Poster(board)
        self._partners = Partners(board)
        self._opportunity_commands: dict[str, Command] = {
            "list": self._list,
            "show": self._show,
            "post": self._post,
            "edit": self._edit,
            "close": self._close,
        }
        self.commands: dict[str, Command] = {
            "/opportunity": lambda rest: subcommand(
                "/opportunity", self._opportunity_commands, rest
            ),
            "/partner": self._partners.command,
        }

    @property
    def words(self) -> list[str]:
        """What can be completed."""
        own = [f"/opportunity {name}" for name in self._opportunity_commands]
        return [*own, *self._partners.words]

    def greeting(self) -> RenderableType | None:
        """What was begun, when the conversation begins; None for nothing."""
        kept = self._board.kept_form()
        if kept is None:
            return None
        title = f": {kept.form.title}" if kept.form.title else ""
        return Text(f"An opportunity was begun{title} · /opportunity post goes on")

    def reminders(self) -> RenderableType | None:
        """What closed by itself meanwhile, each once; None for nothing."""
        closed = self._board.close_overdue()
        lines = [
            Text(
                f"Closed by its deadline: #{one.id} {one.offer.title} · "
                f"/opportunity close {one.id} OUTCOME notes what came of it",
                style="yellow",
            )
            for one in closed
        ]
        return Group(*lines) if lines else None

    def _list(self, topic: str) -> RenderableType:
        topic = topic.removeprefix("topic:").strip()
        shown = self._board.fitting(topic) if topic else self._board.opportunities()
        if shown:
            return pages.opportunities(shown, self._board.zone, self._board.now)
        if topic and self._board.opportunities():
            return Text(f"Nothing open fits “{topic}”; /opportunity list shows all that is open.")
        return Text("No opportunity is open here; /opportunity post makes one.")

    def _post(self, typed: str) -> RenderableType:
        name = typed.removeprefix("kind:").strip()
        kind = kind_of(name)
        if name and kind is None:
            known = ", ".join(one.value for one in Kind)
            return Text(f"There is no kind “{name}”; there is {known}.")
        return self.poster.begin(kind)

    def _show(self, typed: str) -> RenderableType:
        found = self._named(typed)
        if isinstance(found, Text):
            return found
        answers = self._board.answers(found.id)
        return pages.card(found, answers, self._board.zone, self._board.now)

    def _edit(self, typed: str) -> RenderableType:
        found = self._named(typed)
        if isinstance(found, Text):
            return found
        if not is_open(found, self._board.now):
            return Text(f"#{found.id} is closed; it can't be changed any more.")
        return self.poster.change(found)

    def _close(self, typed: str) -> RenderableType:
        named, _, rest = typed.partition(" ")
        said, _, note = rest.strip().removeprefix("outcome:").partition(" ")
        found = self._named(named)
        if isinstance(found, Text):
            return found
        known = [one.value for one in Outcome]
        if said.casefold() not in known:
            near = process.extractOne(said.casefold(), known, score_cutoff=_NEAR) if said else None
            hint = f" Did you mean {near[0]}?" if near else ""
            return Text(
                f"What came of it? /opportunity close {found.id} and {', '.join(known)}.{hint}"
            )
        if found.state is State.CLOSED and found.outcome is not None:
            return Text(f"#{found.id} is closed already: {found.outcome.value}.")
        was_open = is_open(found, self._board.now)
        outcome = Outcome(said.casefold())
        self._board.close(found.id, outcome, note.strip().removeprefix("note:").strip()[:_NOTE])
        did = "Closed" if was_open else "Noted"
        discord = " On Discord its post would show that." if was_open else ""
        return Text(f"{did}: #{found.id} {found.offer.title} · {outcome.value}.{discord}")

    def _named(self, typed: str) -> Opportunity | Text:
        """The opportunity that is meant, by its number or title."""
        typed = typed.removeprefix("id:").strip()
        number = number_of(typed)
        if number is not None:
            found = self._board.opportunity(number)
            return found or Text(f"There is no #{number} here; /opportunity list shows all.")
        known = {
            str(one.id): one.offer.title
            for one in self._board.opportunities(State.OPEN, State.CLOSED)
        }
        near = process.extract(
            typed,
            known,
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            score_cutoff=_NEAR,
            limit=3,
        )
        same = [key for title, _, key in near if title.casefold() == typed.casefold()]
        if len(same) == 1 and (one := self._board.opportunity(int(same[0]))) is not None:
            return one
        if not typed:
            return Text("Which one? Type its number; /opportunity list shows all.")
        meant = ", ".join(f"#{key} {title}" for title, _, key in near)
        return Text(
            f"No opportunity is called “{typed}”." + (f" Did you mean {meant}?" if meant else "")
        )
