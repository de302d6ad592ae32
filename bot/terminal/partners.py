"""The commands about partner organizations in the terminal: `/partner …`."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from rapidfuzz import fuzz, process, utils
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.core.dates import read_clock
from bot.core.opportunities.digest import digest_due
from bot.core.opportunities.interests import INTEREST_LENGTH, MOST_INTERESTS, seems_foreign
from bot.core.opportunities.matching import interests_of
from bot.core.opportunities.models import Mode, Notifications, PartnerProfile, folded
from bot.core.opportunities.reading import REGION_LENGTH
from bot.core.quiet import read_zone, suggest_zones
from bot.core.text import words
from bot.terminal import opportunity_pages as pages
from bot.terminal.board import Board
from bot.terminal.subcommands import Command, subcommand

_LONGEST_NAME = 80
_NEAR = 85
_NOBODY = "You speak for no organization yet; /partner join NAME changes that."
_NOTICES = "Nobody sends notices to a terminal; on Discord they would come as direct messages."


class Partners:
    """Which organizations the person at the terminal speaks for, and what these look for."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._commands: dict[str, Command] = {
            "list": self._list,
            "join": self._join,
            "leave": self._leave,
            "interests": self._interests,
            "notifications": self._notifications,
            "profile": self._profile,
        }

    @property
    def words(self) -> list[str]:
        """What can be completed."""
        return [f"/partner {name}" for name in self._commands]

    def command(self, rest: str) -> RenderableType:
        """`/partner` and what stands behind it."""
        return subcommand("/partner", self._commands, rest)

    def _list(self, _: str) -> RenderableType:
        known = self._board.partners()
        if not known:
            return Text(_NOBODY)
        table = Table.grid(padding=(0, 2))
        for one in known:
            looks = ", ".join(one.interests) or "nothing said yet"
            table.add_row(Text(one.name, style="cyan"), Text(looks), Text(one.region))
        return table

    def _join(self, typed: str) -> RenderableType:
        new = typed.casefold().startswith("new:")
        name = " ".join((typed[4:] if new else typed).split())
        if not words(name) or len(name) > _LONGEST_NAME:
            return Text(
                f"Type /partner join and a name in words, of at most {_LONGEST_NAME} signs."
            )
        known = [one.name for one in self._board.partners()]
        near = None if new else _nearest(name, known)
        if near is not None and folded(near) != folded(name):
            return Text(
                f"There is {near} already. /partner join {near} is that one; "
                f"/partner join new: {name} makes another."
            )
        kept = self._board.join(name)
        looks = next((one.interests for one in self._board.partners() if one.name == kept), ())
        told = Text(f"You speak for {kept}; what you post is posted for it.")
        if looks:
            return told
        return told.append(" /partner interests TOPICS says what it looks for.")

    def _leave(self, name: str) -> RenderableType:
        if self._board.leave(name):
            return Text(f"You no longer speak for {name}.")
        own = ", ".join(self._board.person().organizations)
        return Text(f"You don't speak for “{name}”; it is {own}." if own else _NOBODY)

    def _interests(self, typed: str) -> RenderableType:
        profile = self._own()
        if profile is None:
            return Text(_NOBODY)
        # "region:" may stand behind the topics, or alone
        topics, found, place = typed.removeprefix("topics:").partition("region:")
        region = " ".join(place.split()) if found else None
        interests = interests_of(topics) if topics.strip() else None
        if interests is not None and [one.casefold() for one in interests] == ["none"]:
            interests = ()
        long = any(len(one) > INTEREST_LENGTH for one in interests or ())
        if long or len(interests or ()) > MOST_INTERESTS:
            return Text(
                f"There is room for {MOST_INTERESTS} topics of {INTEREST_LENGTH} characters; "
                "nothing was changed.",
                style="yellow",
            )
        if len(region or "") > REGION_LENGTH:
            why = f"A region has at most {REGION_LENGTH} characters; nothing was changed."
            return Text(why, style="yellow")
        if interests is not None or region is not None:
            self._board.set_profile(profile.name, interests, region)
            profile = self._own() or profile
        lines = [_profile(profile)]
        foreign = [one for one in interests or () if seems_foreign(one)]
        if foreign:
            lines.append(
                Text(
                    f"Matching works best in English: {', '.join(foreign)} may find little.",
                    style="yellow",
                )
            )
        return Group(*lines)

    def _notifications(self, typed: str) -> RenderableType:
        wanted = self._board.person().notifications
        said, _, rest = typed.removeprefix("mode:").strip().partition(" ")
        if said:
            modes = [mode.value for mode in Mode]
            if said.casefold() not in modes:
                return Text(f"There is no “{said}”; there is {', '.join(modes)}.", style="yellow")
            changed = _with_times(replace(wanted, mode=Mode(said.casefold())), rest)
            if isinstance(changed, Text):
                return changed
            wanted = changed
            self._board.set_notifications(wanted)
        return Group(Text(self._when(wanted)), Text(_NOTICES, style="dim"))

    def _profile(self, name: str) -> RenderableType:
        if name:
            known = {one.name: one for one in self._board.partners()}
            near = _nearest(name, [*known])
            if near is None:
                return Text(f"There is no partner “{name}” here; /partner list shows all.")
            return _profile(known[near])
        profile, person = self._own(), self._board.person()
        lines = [_profile(profile)] if profile else [Text(_NOBODY)]
        if len(person.organizations) > 1:
            lines.append(Text(f"You speak for {', '.join(person.organizations[1:])} too."))
        return Group(*lines, Text(self._when(person.notifications)))

    def _own(self) -> PartnerProfile | None:
        """The organization joined last."""
        names = self._board.person().organizations
        return next((one for one in self._board.partners() if one.name in names[:1]), None)

    def _when(self, wanted: Notifications) -> str:
        if wanted.mode is Mode.OFF:
            return "Notices are off."
        due = digest_due(wanted, self._board.now)
        if due is None:
            return "Notices come at once."
        return f"Notices come {wanted.mode.value}; the next moment is {pages.moment(due, wanted.zone)}."


def _with_times(wanted: Notifications, typed: str) -> Notifications | Text:
    """With the hour and the time zone that were typed, in this order; either may be left out."""
    plain = typed.replace("hour:", "").replace("timezone:", "").split()
    for size in (2, 1):  # "8 am" are two words
        at = _hour(" ".join(plain[:size])) if len(plain) >= size else None
        if at is not None:
            wanted, plain = replace(wanted, hour=at), plain[size:]
            break
    if not plain:
        return wanted
    name = " ".join(plain)
    zone = read_zone(name)
    if zone is not None:
        return replace(wanted, zone=zone)
    near = ", ".join(suggest_zones(name, 3))
    meant = f"did you mean {near}?" if near else "such as 8, 5pm, Eastern or America/Chicago."
    return Text(f"“{name}” is no hour or time zone; {meant}", style="yellow")


def _hour(typed: str) -> time | None:
    if typed.isascii() and typed.isdecimal():
        return time(int(typed[:3])) if int(typed[:3]) < 24 else None
    return read_clock(typed)


def _profile(shown: PartnerProfile) -> RenderableType:
    facts = {
        "Looks for": ", ".join(shown.interests) or "nothing said yet; /partner interests TOPICS",
        "Where": shown.region or "anywhere",
    }
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        table.add_row(Text(name, style="dim"), Text(value))
    return Group(Text(shown.name, style="bold"), Padding(table, (0, 0, 0, 2)))


def _nearest(name: str, known: list[str]) -> str | None:
    """The organization that may be meant."""
    found = process.extractOne(
        name, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_NEAR
    )
    return found[0] if found else None
