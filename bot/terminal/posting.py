"""The form of an opportunity in the terminal: asked field by field, looked at, then posted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rich.console import Group, RenderableType
from rich.text import Text

from bot.core.phrases import Phrases
from bot.opportunities.rules.models import Kind, Offer, OfferForm, Opportunity
from bot.opportunities.rules.offer_form import OfferFaults, read_form
from bot.opportunities.rules.records import KeptForm, PublishTrouble
from bot.terminal.board import Board
from bot.terminal.opportunity_fields import (
    FIELD_OF,
    FIELDS,
    ORDER,
    kind_of,
    label,
    question,
    typed_lines,
    why_not,
)
from bot.terminal.opportunity_pages import Pages, kinds

_FINE = OfferForm(title="x", description="x")
"""A form without faults, to read one field at a time."""


class Poster:
    """The form that is filled in right now, if any; each line is kept before the next is asked."""

    def __init__(self, board: Board, phrases: Phrases) -> None:
        self._board = board
        self._phrases = phrases
        self._say = phrases.say
        self._pages = Pages(phrases, board.zone)
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
        field = label(self._field, self._phrases) if self._field else ""
        return self._say("board_prompt", field=field, verb=self._verb)

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
            self._keep(KeptForm(OfferForm(), kind))
            return self._ask(ORDER[0])
        if kind is not None:
            kept = replace(kept, kind=kind)
        self._keep(kept)
        typed = "\n".join(typed_lines(kept, self._phrases))
        told = Text(self._say("form_begun", id=0), style="yellow")
        return Group(told, Text(typed, style="dim"), self._go_on())

    def change(self, shown: Opportunity) -> RenderableType:
        """Change what is posted."""
        offer = shown.offer
        local = offer.deadline.astimezone(self._board.zone) if offer.deadline else None
        form = OfferForm(
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
        told = self._say("form_begun", id=shown.id)
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
        asked = Text(question(field, self._phrases), style="bold")
        return Group(asked, kinds()) if field == "kind" else asked

    def _take_kind(self, line: str) -> RenderableType:
        kind = kind_of(line)
        if kind is None:
            why = self._say("kinds_are", count=len(Kind))
            return Group(Text(why, style="yellow"), self._ask("kind"))
        self._keep(replace(self._kept or KeptForm(OfferForm(), kind), kind=kind))
        return self._go_on("kind")

    def _trouble(self, field: str) -> str | None:
        """Why a field can't be taken."""
        assert self._kept is not None
        form = self._kept.form
        alone = replace(_FINE, **{field: getattr(form, field)})
        read = read_form(alone, self._kept.kind, self._board.now, self._board.zone)
        if not isinstance(read, OfferFaults):
            return None
        return why_not(read.faults[0], form, self._phrases)

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
        return self._pages.closes(read, board.now)

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
        return self._pages.preview(offer, matches, self._board.now, self._about)

    def _offer(self) -> Offer | RenderableType:
        """The offer that was typed, or the first thing that is wrong with it, asked again."""
        assert self._kept is not None
        kept = self._kept
        read = read_form(kept.form, kept.kind, self._board.now, self._board.zone)
        if isinstance(read, Offer):
            return read
        why = why_not(read.faults[0], kept.form, self._phrases)
        return Group(Text(why, style="yellow"), self._ask(FIELD_OF[read.faults[0]]))

    def _at_preview(self, line: str) -> RenderableType:
        fields = [*FIELDS]
        if line.isascii() and line.isdecimal() and 1 <= int(line[:3]) <= len(fields):
            return self._ask(fields[int(line[:3]) - 1])
        if line.casefold() == self._verb:
            return self._done()
        if line.casefold() == "discard":
            return self._discard()
        return Text(self._say("board_preview_unclear", verb=self._verb, count=len(fields)))

    def _done(self) -> RenderableType:
        """Post it, or save what was changed."""
        if self._kept is None or self._field is not None:
            return Text(self._say("form_unfinished"))
        offer = self._offer()
        if not isinstance(offer, Offer):
            return offer
        return self._save(offer) if self._about else self._post(offer)

    def _post(self, offer: Offer) -> RenderableType:
        done = self._board.post(offer)
        if done is PublishTrouble.CAP:
            return Text(self._say("board_cap", cap=self._board.cap), style="yellow")
        self.leave()
        if isinstance(done, PublishTrouble):
            return Text(self._say("board_not_posted"))
        posted = done.opportunity
        closes = self._pages.closes(posted.offer, self._board.now)
        return Group(
            Text(
                self._say("board_posted", id=posted.id, title=posted.offer.title),
                style="bold green",
            ),
            Text(self._say("board_posted_elsewhere")),
            Text(self._say("board_posted_until", id=posted.id, closes=closes)),
        )

    def _save(self, offer: Offer) -> RenderableType:
        about = self._about
        fields = self._board.edit(about, offer)
        self.leave()
        if fields is None:
            self._board.drop_form(about)
            return Text(self._say("opportunity_closed", id=about))
        names = [label(name, self._phrases) for name in fields]
        return Text(self._say("board_changed", id=about, fields=names))

    def _discard(self) -> RenderableType:
        about = self._about
        self._board.drop_form(about)
        self.leave()
        if about:
            return Text(self._say("edit_discarded", id=about))
        return Text(self._say("draft_discarded"))

    def _pause(self) -> RenderableType:
        about = self._about
        self.leave()
        return Text(self._say("form_kept", id=about))
