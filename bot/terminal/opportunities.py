"""The commands about opportunities in the terminal: `/opportunity …`, and `/partner …`."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils
from rich.console import Group, RenderableType
from rich.text import Text

from bot.core.phrases import Phrases
from bot.core.zones import Zones
from bot.opportunities.rules.models import Kind, Opportunity, Outcome, State
from bot.opportunities.rules.replies import is_open
from bot.terminal.board import Board
from bot.terminal.opportunity_fields import kind_of
from bot.terminal.opportunity_pages import Pages
from bot.terminal.partners import Partners
from bot.terminal.posting import Poster
from bot.terminal.run_pages import plain
from bot.terminal.subcommands import Command, number_of, subcommand

_NEAR = 55
_NOTE = 600


class Opportunities:
    """Takes commands and gives what to show."""

    def __init__(self, board: Board, phrases: Phrases, zones: Zones) -> None:
        self._board = board
        self._say = phrases.say
        self._pages = Pages(phrases, board.zone)
        self.poster = Poster(board, phrases)
        self._partners = Partners(board, phrases, zones)
        self._opportunity_commands: dict[str, Command] = {
            "list": self._list,
            "show": self._show,
            "post": self._post,
            "edit": self._edit,
            "close": self._close,
        }
        self.commands: dict[str, Command] = {
            "/opportunity": lambda rest: subcommand(
                "/opportunity", self._opportunity_commands, rest, phrases
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
        return Text(self._say("form_waiting", title=kept.form.title))

    def reminders(self) -> RenderableType | None:
        """What closed by itself meanwhile, each once; None for nothing."""
        closed = self._board.close_overdue()
        lines = [
            Text(
                self._say("board_closed_by_deadline", id=one.id, title=one.offer.title),
                style="yellow",
            )
            for one in closed
        ]
        return Group(*lines) if lines else None

    def _list(self, topic: str) -> RenderableType:
        topic = topic.removeprefix("topic:").strip()
        every = self._board.opportunities()
        shown = self._board.fitting(topic) if topic else every
        if shown:
            return self._pages.opportunities(shown, self._board.now)
        return Text(plain(self._say("list_lead", count=0, total=len(every), topic=topic)))

    def _post(self, typed: str) -> RenderableType:
        name = typed.removeprefix("kind:").strip()
        kind = kind_of(name)
        if name and kind is None:
            known = [one.value for one in Kind]
            return Text(self._say("kind_unknown", name=name, kinds=known))
        return self.poster.begin(kind)

    def _show(self, typed: str) -> RenderableType:
        found = self._named(typed)
        if isinstance(found, Text):
            return found
        answers = self._board.answers(found.id)
        return self._pages.card(found, answers, self._board.now)

    def _edit(self, typed: str) -> RenderableType:
        found = self._named(typed)
        if isinstance(found, Text):
            return found
        if not is_open(found, self._board.now):
            return Text(self._say("opportunity_closed", id=found.id))
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
            meant = near[0] if near else ""
            return Text(self._say("outcome_asked", id=found.id, outcomes=known, near=meant))
        title = found.offer.title
        if found.state is State.CLOSED and found.outcome is not None:
            closed = self._say(
                "closed_already", id=found.id, title=title, outcome=found.outcome.value
            )
            return Text(plain(closed))
        was_open = is_open(found, self._board.now)
        outcome = Outcome(said.casefold())
        note = note.strip().removeprefix("note:").strip()[:_NOTE]
        self._board.close(found.id, outcome, note)
        did = self._say(
            "opportunity_closed_now",
            id=found.id,
            title=title,
            outcome=outcome.value,
            was_open=was_open,
            note=note,
        )
        discord = f" {self._say('board_closed_elsewhere')}" if was_open else ""
        return Text(f"{plain(did)}{discord}")

    def _named(self, typed: str) -> Opportunity | Text:
        """The opportunity that is meant, by its number or title."""
        typed = typed.removeprefix("id:").strip()
        number = number_of(typed)
        if number is not None:
            found = self._board.opportunity(number)
            return found or self._unknown(f"#{number}" if number >= 0 else typed)
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
            return Text(self._say("board_which"))
        return self._unknown(typed, [f"#{key} {title}" for title, _, key in near])

    def _unknown(self, wanted: str, near: Sequence[str] = ()) -> Text:
        return Text(plain(self._say("opportunity_unknown", wanted=wanted, near=near)))
