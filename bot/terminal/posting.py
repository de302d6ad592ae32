"""The form of an opportunity in the terminal: asked field by field, looked at, then posted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rich.console import Group, RenderableType
from rich.text import Text

from bot.core.opportunities.models import Form, Kind, Offer, Opportunity
from bot.core.opportunities.reading import Refused, read_form
from bot.core.opportunities.storage import KeptForm, PublishTrouble
from bot.terminal import opportunity_pages as pages
from bot.terminal.board import Board
from bot.terminal.opportunity_fields import (
    FIELD_OF,
    LABELS,
    ORDER,
    QUESTIONS,
    kind_of,
    typed_lines,
    why_not,
)

_FINE = Form(title="x", description="x")
"""A form without faults, to read one field at a time."""
_ON_DISCORD = (
    "On Discord this would be posted to the opportunities channel, with the buttons Interested, "
    "Not for us and Ask a question."
)


class Poster:
    """The form that is filled in right now, if any; each line is kept before the next is asked."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._kept: KeptForm | None = None
        self._field: str | None = None
        self._asking = False
        self.commands: dict[str, Callable[[str], RenderableType]] = {
            "/post": lambda _: self._done(),
            "/finish": lambda _: self._done(),
            "/skip": lambda _: self._skip(),
            "/back": lambda _: self._back(),
            "/pause": lambda _: self._pause(),
            "/discard": lambda _: self._discard(),
        }

    @property
    def active(self) -> bool:
        """Whether a line is for the form."""
        return self._field is not None or self._kept is not None

    @property
    def prompt(self) -> str:
        """What stands before the line that is typed next."""
        return f"{LABELS[self._field].lower()} › " if self._field else f"{self._verb}? › "

    @property
    def takes_nothing(self) -> bool:
        """Whether an empty line means something."""
        return self._field is not None

    @property
    def begun(self) -> str:
        """What stands on the line already: what the field has, to be kept or changed."""
        if self._kept is None or self._field is None or self._field == "kind":
            return ""
        return str(getattr(self._kept.form, self._field))

    def begin(self, kind: Kind | None) -> RenderableType:
        """Fill in a form, or go on with the one that was begun."""
        kept = self._board.kept_form()
        if kept is None:
            self._kept, self._asking = None, True
            if kind is None:
                return self._ask("kind")
            self._keep(KeptForm(Form(), kind))
            return self._ask(ORDER[0])
        if kind is not None:
            kept = replace(kept, kind=kind)
        self._keep(kept)
        told = "You had begun one; /discard drops it."
        return Group(
            Text(told, style="yellow"),
            Text("\n".join(typed_lines(kept)), style="dim"),
            self._go_on(),
        )

    def change(self, shown: Opportunity) -> RenderableType:
        """Change what is posted."""
        offer = shown.offer
        local = offer.deadline.astimezone(self._board.zone) if offer.deadline else None
        form = Form(
            title=offer.title,
            description=offer.description,
            audience=offer.audience,
            deadline=f"{local:%Y-%m-%d %H:%M}" if local else "",
            link=offer.link,
            capacity=str(offer.capacity or ""),
            region=offer.region,
            contact=offer.contact,
        )
        self._asking = False
        kept = self._board.kept_form(shown.id)
        self._keep(kept or KeptForm(form, offer.kind, shown.id))
        if kept is None:
            return self._preview()
        told = "You had begun to change it; /discard drops that."
        return Group(Text(told, style="yellow"), self._preview())

    def leave(self) -> None:
        """Put the form aside; what was typed is kept."""
        self._kept = self._field = None
        self._asking = False

    def take(self, line: str) -> RenderableType:
        """Take a line for the field that is asked for, or as what is to be done."""
        if self._field is None:
            return self._at_preview(line.strip())
        if self._field == "kind":
            return self._take_kind(line)
        assert self._kept is not None
        field = self._field
        self._keep(replace(self._kept, form=replace(self._kept.form, **{field: line.strip()})))
        trouble = self._trouble(field)
        if trouble is not None:
            return Group(Text(trouble, style="yellow"), self._ask(field))
        told: list[RenderableType] = []
        if field == "deadline":
            told.append(Text(self._settle_deadline(), style="yellow"))
        return Group(*told, self._go_on(field))

    # -- fields -----------------------------------------------------------------------------------

    @property
    def _about(self) -> int:
        return self._kept.about if self._kept else 0

    @property
    def _verb(self) -> str:
        return "save" if self._about else "post"

    def _keep(self, kept: KeptForm) -> None:
        self._kept = kept
        self._board.keep_form(kept)

    def _ask(self, field: str) -> RenderableType:
        self._field = field
        question = Text(QUESTIONS[field], style="bold")
        return Group(question, pages.kinds()) if field == "kind" else question

    def _take_kind(self, line: str) -> RenderableType:
        kind = kind_of(line)
        if kind is None:
            why = f"There are the kinds 1 to {len(Kind)}."
            return Group(Text(why, style="yellow"), self._ask("kind"))
        self._keep(replace(self._kept or KeptForm(Form(), kind), kind=kind))
        return self._go_on("kind")

    def _trouble(self, field: str) -> str | None:
        """Why a field can't be taken."""
        assert self._kept is not None
        form = self._kept.form
        alone = replace(_FINE, **{field: getattr(form, field)})
        read = read_form(alone, self._kept.kind, self._board.now, self._board.zone)
        return why_not(read.faults[0], form) if isinstance(read, Refused) else None

    def _settle_deadline(self) -> str:
        """Keep the deadline as a date, which "next Friday" isn't a week later; say which it is."""
        assert self._kept is not None
        board = self._board
        alone = replace(_FINE, deadline=self._kept.form.deadline)
        read = read_form(alone, self._kept.kind, board.now, board.zone)
        assert isinstance(read, Offer)
        if read.deadline is not None:
            day = f"{read.deadline.astimezone(board.zone):%Y-%m-%d %H:%M}"
            self._keep(replace(self._kept, form=replace(self._kept.form, deadline=day)))
        return pages.closes(read, board.zone, board.now)

    def _go_on(self, field: str | None = None) -> RenderableType:
        """Ask for the next field that has nothing yet or can't be taken, or show the preview."""
        assert self._kept is not None
        if not self._asking and field is not None:
            return self._preview()
        self._asking = True
        rest = ORDER[ORDER.index(field) + 1 :] if field in ORDER else ORDER
        for name in rest:
            trouble = self._trouble(name) if getattr(self._kept.form, name) else None
            if trouble is not None:
                return Group(Text(trouble, style="yellow"), self._ask(name))
            if not getattr(self._kept.form, name):
                return self._ask(name)
        return self._preview()

    def _skip(self) -> RenderableType:
        """Leave the field as it is."""
        if self._field is None:
            return self._at_preview("")
        chosen = self._field == "kind" and self._kept is not None
        return self._go_on("kind") if chosen else self.take(self.begun)

    def _back(self) -> RenderableType:
        """Go to the field before, or from one that is being changed to the preview."""
        fields = ("kind", *ORDER)
        if self._field is not None and not self._asking:
            return self._preview()
        at = fields.index(self._field) if self._field in fields else len(fields)
        self._asking = True
        return self._ask(fields[max(at - 1, 0)])

    # -- the preview ------------------------------------------------------------------------------

    def _preview(self) -> RenderableType:
        assert self._kept is not None
        offer = self._offer()
        if not isinstance(offer, Offer):
            return offer
        self._field, self._asking = None, False
        matches = () if self._about else self._board.matches(offer)
        return pages.preview(offer, matches, self._board.zone, self._board.now, self._about)

    def _offer(self) -> Offer | RenderableType:
        """The offer that was typed, or the first thing that is wrong with it, asked again."""
        assert self._kept is not None
        kept = self._kept
        read = read_form(kept.form, kept.kind, self._board.now, self._board.zone)
        if isinstance(read, Offer):
            return read
        why = why_not(read.faults[0], kept.form)
        return Group(Text(why, style="yellow"), self._ask(FIELD_OF[read.faults[0]]))

    def _at_preview(self, line: str) -> RenderableType:
        fields = [*LABELS]
        if line.isascii() and line.isdecimal() and 1 <= int(line[:3]) <= len(fields):
            return self._ask(fields[int(line[:3]) - 1])
        if line.casefold() == self._verb:
            return self._done()
        if line.casefold() == "discard":
            return self._discard()
        return Text(
            f"Type {self._verb}, discard, or the number of a field from 1 to {len(fields)}; "
            "/ask QUESTION asks something, /pause keeps this for later."
        )

    def _done(self) -> RenderableType:
        """Post it, or save what was changed."""
        if self._kept is None or self._field is not None:
            return Text("Not yet: first comes what is asked for; /pause keeps it for later.")
        offer = self._offer()
        if not isinstance(offer, Offer):
            return offer
        return self._save(offer) if self._about else self._post(offer)

    def _post(self, offer: Offer) -> RenderableType:
        done = self._board.post(offer)
        if done is PublishTrouble.CAP:
            return Text(
                f"{self._board.cap} were posted today, which is the most a day. This one is kept; "
                "/opportunity post goes on with it tomorrow.",
                style="yellow",
            )
        self.leave()
        if isinstance(done, PublishTrouble):
            return Text("Nothing was posted: it changed meanwhile. /opportunity list shows all.")
        posted = done.opportunity
        told = f"Posted: #{posted.id} {posted.offer.title}"
        closes = pages.closes(posted.offer, self._board.zone, self._board.now)
        asked = f"/opportunity close {posted.id} OUTCOME closes it before."
        return Group(Text(told, style="bold green"), Text(_ON_DISCORD), Text(f"{closes} {asked}"))

    def _save(self, offer: Offer) -> RenderableType:
        about = self._about
        fields = self._board.edit(about, offer)
        self.leave()
        if fields is None:
            self._board.drop_form(about)
            return Text(f"#{about} is closed; it can't be changed any more.")
        if not fields:
            return Text(f"Nothing of #{about} is different.")
        names = ", ".join(LABELS.get(name, name).lower() for name in fields)
        return Text(
            f"Changed in #{about}: {names}. On Discord its post would show it, and those "
            "interested would be told of another deadline, region or number of places."
        )

    def _discard(self) -> RenderableType:
        about = self._about
        self._board.drop_form(about)
        self.leave()
        return Text(f"#{about} stays as it is." if about else "Discarded; nothing was posted.")

    def _pause(self) -> RenderableType:
        about = self._about
        self.leave()
        go_on = f"/opportunity edit {about}" if about else "/opportunity post"
        return Text(f"Kept as it is; {go_on} goes on with it.")
