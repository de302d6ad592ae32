"""Opportunities as text for a terminal, and the sentences about what is wrong with a form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.core.opportunities.answering import counts, is_open
from bot.core.opportunities.matching import Ground, Match
from bot.core.opportunities.models import (
    OPEN_WITHOUT_DEADLINE,
    Answered,
    Kind,
    Mode,
    Offer,
    Opportunity,
    Reply,
)
from bot.core.opportunities.reading import (
    host_of,
    masked_hosts,
)
from bot.terminal import run_pages
from bot.terminal.opportunity_fields import LABELS


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment in words, by a clock."""
    local = at.astimezone(zone)
    hour = local.hour % 12 or 12
    return f"{run_pages.day(local.date())}, {hour}:{local:%M %p} ({zone.key})"


def kinds() -> Text:
    """The kinds to choose from."""
    lines = [f"  {number}  {kind.value}" for number, kind in enumerate(Kind, 1)]
    return Text("\n".join(lines), style="cyan")


def preview(
    offer: Offer, matches: Sequence[Match], zone: ZoneInfo, now: datetime, about: int
) -> RenderableType:
    """What is about to be posted or changed, whom it fits and what can be done."""
    head = f"#{about} as it will be; nothing is changed yet." if about else "Not posted yet."
    table = Table.grid(padding=(0, 2))
    for number, (field, label) in enumerate(LABELS.items(), 1):
        value = _value(offer, field, zone, now)
        table.add_row(Text(str(number), style="cyan"), Text(label, style="dim"), Text(value))
    lines: list[RenderableType] = [
        Text(head, style="bold"),
        Padding(table, (1, 0, 1, 0)),
        *_masked(offer),
    ]
    if not about:
        lines.append(_reach(matches, offer))
    verb = "save" if about else "post"
    keys = f"{verb} · discard · the number of a field changes it · /pause keeps it for later"
    return Group(*lines, Padding(Text(keys, style="dim"), (1, 0, 0, 0)))


def card(
    shown: Opportunity, answers: Sequence[Answered], zone: ZoneInfo, now: datetime
) -> RenderableType:
    """An opportunity as it stands, and who answered what."""
    offer, answered = shown.offer, counts(answers)
    by = f"{shown.poster_name}, {shown.organization}" if shown.organization else shown.poster_name
    facts = {
        "Who it is for": offer.audience,
        "State": _state(shown, zone, now),
        "What came of it": " · ".join(filter(None, (shown.outcome or "", shown.note))),
        "Link": _linked(offer),
        "Region": offer.region,
        "Places": str(offer.capacity or ""),
        "Contact": offer.contact,
        "Posted by": by,
        "Answers": f"{answered.interested} interested, {answered.waiting} waiting, "
        f"{answered.not_for_us} not for them",
    }
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        if value:
            table.add_row(Text(name, style="dim"), Text(value))
    edited = " · edited" if shown.edited else ""
    head = f"#{shown.id} {offer.title} · {offer.kind.value}{edited}"
    who = [
        Text(f"  {one.organization or one.name}: {one.reply.value}{_note(one)}")
        for reply in Reply
        for one in answers
        if one.reply is reply
    ]
    blocks = (Text(offer.description), Padding(table, (1, 0, 0, 0)))
    return Group(Text(head, style="bold"), *blocks, *_masked(offer), *who)


def opportunities(shown: Sequence[Opportunity], zone: ZoneInfo, now: datetime) -> RenderableType:
    """A line for each."""
    table = Table.grid(padding=(0, 2))
    for one in shown:
        table.add_row(
            Text(f"#{one.id}", style="cyan"),
            Text(one.offer.title),
            Text(one.offer.kind.value),
            Text(_state(one, zone, now), style="dim"),
        )
    return table


def reasons(fits: Match, kind: Kind) -> str:
    """Why an opportunity fits an organization."""
    told = {
        Ground.WORDS: "“{}” stands in it",
        Ground.KIND: f"“{{}}” is what it is, {kind.value}",
        Ground.MEANING: "“{}” means much the same",
    }
    return "; ".join(told[one.ground].format(one.interest) for one in fits.reasons)


def closes(offer: Offer, zone: ZoneInfo, now: datetime) -> str:
    """When it closes by itself, in a sentence."""
    if offer.deadline is not None:
        return f"It closes by itself on {moment(offer.deadline, zone)}."
    last = (now + OPEN_WITHOUT_DEADLINE).astimezone(zone).date()
    return f"Without a deadline it closes by itself on {run_pages.day(last)}."


def _reach(matches: Sequence[Match], offer: Offer) -> Text:
    here = "Nobody but you is here, so nobody is told; on Discord "
    if not matches:
        return Text(
            "It fits no organization of yours (/partner join and /partner interests add one). "
            f"{here}this page names the partners it would reach, and why."
        )
    text = Text("It fits:\n")
    for one in matches:
        mode = one.listener.notifications.mode
        how = "wants to hear nothing" if mode is Mode.OFF else f"hears {_HEARS[mode]}"
        text.append(f"  {one.listener.organization} ({how}): ", style="green")
        text.append(f"{reasons(one, offer.kind)}\n")
    return text.append(f"{here}other partners whom it fits like this would be.")


_HEARS = {Mode.INSTANT: "at once", Mode.DAILY: "daily", Mode.WEEKLY: "weekly"}


def _value(offer: Offer, field: str, zone: ZoneInfo, now: datetime) -> str:
    match field:
        case "kind":
            return offer.kind.value
        case "deadline":
            none = f"none. {closes(offer, zone, now)}"
            return moment(offer.deadline, zone) if offer.deadline else none
        case "link":
            return _linked(offer) or "none"
        case "capacity":
            return str(offer.capacity or "any number")
        case "region":
            return offer.region or "anywhere"
    return str(getattr(offer, field)) or "not said"


def _state(shown: Opportunity, zone: ZoneInfo, now: datetime) -> str:
    if not is_open(shown, now):
        outcome = f", {shown.outcome.value}" if shown.outcome else ""
        return f"closed{outcome}"
    return f"open, closes {moment(shown.closes, zone)}" if shown.closes else "open"


def _linked(offer: Offer) -> str:
    return f"{offer.link} (leads to {host_of(offer.link)})" if offer.link else ""


def _masked(offer: Offer) -> list[Text]:
    """Where links lead that show other words."""
    texts = (offer.title, offer.description, offer.audience, offer.region, offer.contact)
    hosts = dict.fromkeys(host for text in texts for host in masked_hosts(text))
    return [Text(f"Links in it lead to {', '.join(hosts)}.", style="yellow")] if hosts else []


def _note(one: Answered) -> str:
    return f" · {one.note}" if one.note else ""
