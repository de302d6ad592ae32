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
from bot.core.phrases import Phrases
from bot.core.text import words
from bot.core.zones import Zones
from bot.opportunities.rules.digest import digest_due
from bot.opportunities.rules.interests import INTEREST_LENGTH, MOST_INTERESTS, seems_foreign
from bot.opportunities.rules.matching import interests_of
from bot.opportunities.rules.models import Mode, Notifications, PartnerProfile, folded
from bot.opportunities.rules.offer_form import REGION_LENGTH
from bot.terminal.board import Board
from bot.terminal.opportunity_pages import moment
from bot.terminal.run_pages import plain
from bot.terminal.subcommands import Command, subcommand

_LONGEST_NAME = 80
_NEAR = 85


class Partners:
    """Which organizations the person at the terminal speaks for, and what these look for."""

    def __init__(self, board: Board, phrases: Phrases, zones: Zones) -> None:
        self._board = board
        self._zones = zones
        self._phrases = phrases
        self._say = phrases.say
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
        return subcommand("/partner", self._commands, rest, self._phrases)

    def _list(self, _: str) -> RenderableType:
        known = self._board.partners()
        if not known:
            return self._of_none()
        table = Table.grid(padding=(0, 2))
        for one in known:
            looks = self._say("board_looks_for", interests=one.interests, hint=False)
            table.add_row(Text(one.name, style="cyan"), Text(looks), Text(one.region))
        return table

    def _join(self, typed: str) -> RenderableType:
        new = typed.casefold().startswith("new:")
        name = " ".join((typed[4:] if new else typed).split())
        if not words(name) or len(name) > _LONGEST_NAME:
            return Text(self._say("partner_name_bad", most=_LONGEST_NAME))
        known = [one.name for one in self._board.partners()]
        near = None if new else _nearest(name, known)
        if near is not None and folded(near) != folded(name):
            asked = plain(self._say("partner_near", name=name, near=near))
            return Text(f"{asked}\n{self._say('board_name_near', name=name, near=near)}")
        kept = self._board.join(name)
        looks = next((one.interests for one in self._board.partners() if one.name == kept), ())
        return Text(self._say("board_joined", name=kept, looks=bool(looks)))

    def _leave(self, name: str) -> RenderableType:
        if self._board.leave(name):
            return Text(self._say("board_left", name=name))
        own = self._board.person().organizations
        if not own:
            return self._of_none()
        return Text(plain(self._say("partner_not_yours", name=name, own=own)))

    def _interests(self, typed: str) -> RenderableType:
        profile = self._own()
        if profile is None:
            return self._of_none()
        # "region:" may stand behind the topics, or alone
        topics, found, place = typed.removeprefix("topics:").partition("region:")
        region = " ".join(place.split()) if found else None
        interests = interests_of(topics) if topics.strip() else None
        if interests is not None and [one.casefold() for one in interests] == ["none"]:
            interests = ()
        long = any(len(one) > INTEREST_LENGTH for one in interests or ())
        if long or len(interests or ()) > MOST_INTERESTS:
            why = self._say("interests_too_long", most=MOST_INTERESTS, length=INTEREST_LENGTH)
            return Text(why, style="yellow")
        if len(region or "") > REGION_LENGTH:
            return Text(self._say("region_too_long", most=REGION_LENGTH), style="yellow")
        if interests is not None or region is not None:
            self._board.set_profile(profile.name, interests, region)
            profile = self._own() or profile
        lines = [self._shown(profile)]
        foreign = ", ".join(f"“{one}”" for one in interests or () if seems_foreign(one))
        if foreign:
            told = self._say("interests_foreign", interests=foreign)
            lines.append(Text(told, style="yellow"))
        return Group(*lines)

    def _notifications(self, typed: str) -> RenderableType:
        wanted = self._board.person().notifications
        said, _, rest = typed.removeprefix("mode:").strip().partition(" ")
        if said:
            modes = [mode.value for mode in Mode]
            if said.casefold() not in modes:
                unknown = self._say("mode_unknown", mode=said, modes=modes)
                return Text(unknown, style="yellow")
            changed = self._with_times(replace(wanted, mode=Mode(said.casefold())), rest)
            if isinstance(changed, str):
                near = self._zones.suggest(changed, 3)
                unclear = self._say("board_time_unclear", typed=changed, near=near)
                return Text(unclear, style="yellow")
            wanted = changed
            self._board.set_notifications(wanted)
        elsewhere = self._say("board_notices_elsewhere")
        return Group(Text(self._when(wanted)), Text(elsewhere, style="dim"))

    def _profile(self, name: str) -> RenderableType:
        if name:
            known = {one.name: one for one in self._board.partners()}
            near = _nearest(name, [*known])
            if near is None:
                return Text(plain(self._say("profile_unknown", name=name, near=[])))
            return self._shown(known[near])
        profile, person = self._own(), self._board.person()
        lines = [self._shown(profile) if profile else self._of_none()]
        if more := person.organizations[1:]:
            lines.append(Text(self._say("board_speaks_for_more", names=more)))
        return Group(*lines, Text(self._when(person.notifications)))

    def _with_times(self, wanted: Notifications, typed: str) -> Notifications | str:
        """With the hour and the time zone that were typed, in this order; either may be left out.

        What is neither is given back.
        """
        plain = typed.replace("hour:", "").replace("timezone:", "").split()
        for size in (2, 1):  # "8 am" are two words
            at = _hour(" ".join(plain[:size])) if len(plain) >= size else None
            if at is not None:
                wanted, plain = replace(wanted, hour=at), plain[size:]
                break
        if not plain:
            return wanted
        name = " ".join(plain)
        zone = self._zones.read(name)
        return replace(wanted, zone=zone) if zone is not None else name

    def _of_none(self) -> RenderableType:
        return Text(self._say("board_of_none"))

    def _own(self) -> PartnerProfile | None:
        """The organization joined last."""
        names = self._board.person().organizations
        return next((one for one in self._board.partners() if one.name in names[:1]), None)

    def _when(self, wanted: Notifications) -> str:
        due = digest_due(wanted, self._board.now)
        soonest = moment(due, wanted.zone) if due is not None else ""
        return self._say("board_notices", mode=wanted.mode.value, next=soonest)

    def _shown(self, profile: PartnerProfile) -> RenderableType:
        facts = {
            "board_looks_for_label": self._say(
                "board_looks_for", interests=profile.interests, hint=True
            ),
            "board_where_label": profile.region or self._say("board_anywhere"),
        }
        table = Table.grid(padding=(0, 2))
        for label, value in facts.items():
            table.add_row(Text(self._say(label), style="dim"), Text(value))
        return Group(Text(profile.name, style="bold"), Padding(table, (0, 0, 0, 2)))


def _hour(typed: str) -> time | None:
    if typed.isascii() and typed.isdecimal():
        return time(int(typed[:3])) if int(typed[:3]) < 24 else None
    return read_clock(typed)


def _nearest(name: str, known: list[str]) -> str | None:
    """The organization that may be meant."""
    found = process.extractOne(
        name, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_NEAR
    )
    return found[0] if found else None
