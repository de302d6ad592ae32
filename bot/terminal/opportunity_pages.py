"""Opportunities as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.core.phrases import Phrases
from bot.opportunities.rules.matching import Match
from bot.opportunities.rules.models import (
    OPEN_WITHOUT_DEADLINE,
    Kind,
    Offer,
    Opportunity,
    Reply,
    Respondent,
)
from bot.opportunities.rules.offer_form import host_of, masked_hosts
from bot.opportunities.rules.replies import counts, is_open
from bot.terminal import run_pages
from bot.terminal.opportunity_fields import FIELDS


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment in words, by a clock."""
    local = at.astimezone(zone)
    hour = local.hour % 12 or 12
    return f"{run_pages.day(local.date())}, {hour}:{local:%M %p} ({zone.key})"


def kinds() -> Text:
    """The kinds to choose from."""
    lines = [f"  {number}  {kind.value}" for number, kind in enumerate(Kind, 1)]
    return Text("\n".join(lines), style="cyan")


class Pages:
    """Shows opportunities by the clock of whoever sits here."""

    def __init__(self, phrases: Phrases, zone: ZoneInfo) -> None:
        self._say = phrases.say
        self._zone = zone

    def preview(
        self, offer: Offer, matches: Sequence[Match], now: datetime, about: int
    ) -> RenderableType:
        """What is about to be posted or changed, whom it fits and what can be done."""
        say = self._say
        table = Table.grid(padding=(0, 2))
        for number, (field, (label, _)) in enumerate(FIELDS.items(), 1):
            value = self._value(offer, field, now)
            table.add_row(Text(str(number), style="cyan"), Text(say(label), style="dim"), value)
        lines: list[RenderableType] = [
            Text(say("board_preview", id=about), style="bold"),
            Padding(table, (1, 0, 1, 0)),
            *self._masked(offer),
        ]
        if not about:
            lines.append(self._reach(matches, offer))
        keys = say("board_preview_keys", verb="save" if about else "post")
        return Group(*lines, Padding(Text(keys, style="dim"), (1, 0, 0, 0)))

    def card(
        self, shown: Opportunity, answers: Sequence[Respondent], now: datetime
    ) -> RenderableType:
        """An opportunity as it stands, and who answered what."""
        say, offer, answered = self._say, shown.offer, counts(answers)
        poster = say("board_poster", name=shown.poster_name, organization=shown.organization)
        facts: dict[str, str] = {
            "field_audience": offer.audience,
            "board_state_label": self._state(shown, now),
            "board_outcome_label": " · ".join(filter(None, (shown.outcome or "", shown.note))),
            "field_link": self._linked(offer),
            "board_region": offer.region,
            "board_places": str(offer.capacity or ""),
            "board_contact": offer.contact,
            "board_poster_label": poster,
            "board_answers_label": say(
                "board_answers",
                interested=answered.interested,
                waiting=answered.waiting,
                not_for_us=answered.not_for_us,
            ),
        }
        table = Table.grid(padding=(0, 2))
        for label, value in facts.items():
            if value:
                table.add_row(Text(say(label), style="dim"), Text(value))
        head = say(
            "board_head",
            id=shown.id,
            title=offer.title,
            kind=offer.kind.value,
            edited=shown.edited,
        )
        who = [self._answer(one) for reply in Reply for one in answers if one.reply is reply]
        blocks = (Text(offer.description), Padding(table, (1, 0, 0, 0)))
        return Group(Text(head, style="bold"), *blocks, *self._masked(offer), *who)

    def opportunities(self, shown: Sequence[Opportunity], now: datetime) -> RenderableType:
        """A line for each."""
        table = Table.grid(padding=(0, 2))
        for one in shown:
            table.add_row(
                Text(f"#{one.id}", style="cyan"),
                Text(one.offer.title),
                Text(one.offer.kind.value),
                Text(self._state(one, now), style="dim"),
            )
        return table

    def closes(self, offer: Offer, now: datetime) -> str:
        """When it closes by itself, in a sentence."""
        if offer.deadline is not None:
            at = moment(offer.deadline, self._zone)
        else:
            last = (now + OPEN_WITHOUT_DEADLINE).astimezone(self._zone)
            at = run_pages.day(last.date())
        return self._say("board_closes", at=at, deadline=offer.deadline is not None)

    def _reach(self, matches: Sequence[Match], offer: Offer) -> RenderableType:
        lines = [Text(self._say("board_fits"))] if matches else []
        for one in matches:
            name, mode = one.listener.organization, one.listener.notifications.mode
            fit = self._say("board_fit", name=name, mode=mode.value)
            lines.append(Text.assemble((f"  {fit} ", "green"), self._reasons(one, offer.kind)))
        return Group(*lines, Text(self._say("board_reach", fits=bool(matches))))

    def _reasons(self, fits: Match, kind: Kind) -> str:
        """Why an opportunity fits an organization."""
        told = (
            self._say(
                "match_reason",
                ground=one.ground.value,
                interest=one.interest,
                kind=kind.value,
            )
            for one in fits.reasons
        )
        return run_pages.plain("; ".join(told))

    def _value(self, offer: Offer, field: str, now: datetime) -> Text:
        match field:
            case "kind":
                value = offer.kind.value
            case "deadline":
                value = moment(offer.deadline, self._zone) if offer.deadline else ""
            case "link":
                value = self._linked(offer)
            case _:
                value = str(getattr(offer, field) or "")
        closes = self.closes(offer, now)
        return Text(value or self._say("board_empty_field", field=field, closes=closes))

    def _state(self, shown: Opportunity, now: datetime) -> str:
        return self._say(
            "board_state",
            open=is_open(shown, now),
            closes=moment(shown.closes, self._zone) if shown.closes else "",
            outcome=shown.outcome.value if shown.outcome else "",
        )

    def _linked(self, offer: Offer) -> str:
        if not offer.link:
            return ""
        return self._say("board_link", link=offer.link, host=host_of(offer.link))

    def _masked(self, offer: Offer) -> list[Text]:
        """Where links lead that show other words."""
        texts = (offer.title, offer.description, offer.audience, offer.region, offer.contact)
        hosts = list(dict.fromkeys(host for text in texts for host in masked_hosts(text)))
        told = self._say("board_masked_links", hosts=hosts)
        return [Text(told, style="yellow")] if hosts else []

    def _answer(self, one: Respondent) -> Text:
        name = one.organization or one.name
        said = self._say("board_answer", name=name, reply=one.reply.value, note=one.note)
        return Text(f"  {said}")
