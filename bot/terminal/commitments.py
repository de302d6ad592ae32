"""The commands about commitments in the terminal, and what is said when one is due."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from bot.checklists.rules.records import Commitment, CommitmentStatus
from bot.checklists.rules.typed_answer import Trouble
from bot.core.dates import Day, Past, TooFar, read_date
from bot.core.phrases import Phrases
from bot.terminal import run_pages
from bot.terminal.ledger import Ledger
from bot.terminal.subcommands import Command, number_of, subcommand


class Commitments:
    """What was promised in checklists."""

    def __init__(self, ledger: Ledger, phrases: Phrases) -> None:
        self._ledger = ledger
        self._phrases = phrases
        self._recalled: set[int] = set()
        self._commands: dict[str, Command] = {
            "list": self._list,
            "done": self._done,
            "move": self._move,
        }

    @property
    def words(self) -> list[str]:
        """What can be completed."""
        return [f"/commitments {name}" for name in self._commands]

    def command(self, rest: str) -> RenderableType:
        """`/commitments` and what stands behind it."""
        return subcommand("/commitments", self._commands, rest, self._phrases)

    def due(self) -> list[RenderableType]:
        """A line for each commitment whose day has come."""
        today = self._ledger.today
        found = [one for one in self._ledger.commitments() if one.day and one.day <= today]
        return [self._recall(one) for one in found]

    def recalled(self, number: int) -> Text | None:
        """The line for a commitment that has become due; None if it was shown, or is gone."""
        one = self._ledger.commitment(number)
        if one is None or one.day is None or one.id in self._recalled:
            return None
        return self._recall(one)

    def _recall(self, one: Commitment) -> Text:
        self._recalled.add(one.id)
        return run_pages.due(one, self._ledger.today, self._phrases)

    def _list(self, _: str) -> RenderableType:
        found = self._ledger.commitments()
        if not found:
            return Text(self._phrases.say("commitments_none"))
        return run_pages.commitments(found, self._ledger.today, self._phrases)

    def _done(self, wanted: str) -> RenderableType:
        one = self._commitment(wanted)
        if not isinstance(one, Commitment):
            return one
        again = not self._ledger.commitment_done(one.id)
        return Text(self._phrases.say("commitment_done", what=one.what, again=again))

    def _move(self, wanted: str) -> RenderableType:
        number, _, when = wanted.partition(" ")
        one = self._commitment(number)
        if not isinstance(one, Commitment):
            return one
        read = read_date(when, self._ledger.now, self._ledger.zone)
        if not isinstance(read, Day):
            trouble = Trouble.DATE_PAST if isinstance(read, Past) else Trouble.DATE_UNCLEAR
            trouble = Trouble.DATE_FAR if isinstance(read, TooFar) else trouble
            why = self._phrases.say("answer_trouble", trouble=trouble.value, near=[], options=[])
            return Text(run_pages.plain(why), style="yellow")
        if not self._ledger.move_commitment(one.id, read.date):
            status = one.status if one.status is not CommitmentStatus.OPEN else "open"
            return Text(self._phrases.say("commitment_settled", what=one.what, status=status))
        self._recalled.discard(one.id)
        return Text(self._phrases.say("commitment_moved", what=one.what, day=read.date))

    def _commitment(self, wanted: str) -> Commitment | Text:
        number = number_of(wanted)
        one = self._ledger.commitment(number) if number else None
        unknown = self._phrases.say("commitment_unknown", commitment=wanted)
        return one or Text(run_pages.plain(unknown))
