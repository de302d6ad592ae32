"""From what was typed into the form to an offer, or to everything that is wrong with it, pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.dates import Day, Past, TooFar, Unclear, read_date
from bot.core.links import is_link
from bot.core.markup import one_line
from bot.core.quiet_hours import due_moment
from bot.core.zones import BUILT_IN, UNSAID, Zones
from bot.opportunities.rules.models import OPEN_WITHOUT_DEADLINE, Kind, Offer, OfferForm

TITLE_LENGTH = 100
TEXT_LENGTH = 2000
AUDIENCE_LENGTH = 300
REGION_LENGTH = 100
CONTACT_LENGTH = 200
MOST_CAPACITY = 100_000

_LAST_MINUTE = time(23, 59)
_WESTMOST = ZoneInfo("Etc/GMT+12")
_ANY = frozenset({"", "any", "none", "no limit", "unlimited", "-", "n/a"})
_NONE = frozenset({"", "none", "no", "no deadline", "-", "n/a", "open", "ongoing"})


class Fault(StrEnum):
    """What is wrong with a form."""

    TITLE_MISSING = "title missing"
    TITLE_LONG = "title long"
    DESCRIPTION_MISSING = "description missing"
    DESCRIPTION_LONG = "description long"
    AUDIENCE_LONG = "audience long"
    DEADLINE_UNCLEAR = "deadline unclear"
    DEADLINE_SEVERAL = "deadline several"
    DEADLINE_PAST = "deadline past"
    DEADLINE_FAR = "deadline far"
    LINK = "link"
    CAPACITY = "capacity"
    REGION_LONG = "region long"
    CONTACT_LONG = "contact long"


@dataclass(frozen=True, slots=True)
class OfferFaults:
    """A form that can't be posted; `faults` in the order of its fields.

    `deadlines` are what the deadline may mean where that is one of them.
    """

    faults: tuple[Fault, ...]
    deadlines: tuple[Day, ...] = ()


def read_form(
    form: OfferForm, kind: Kind, now: datetime, zone: ZoneInfo | None, zones: Zones = BUILT_IN
) -> Offer | OfferFaults:
    """The offer of a form; a deadline without a time lasts to the end of its day in `zone`."""
    faults = [*_lengths(form)]
    read = read_deadline(form.deadline, now, zone, zones)
    meant = read.readings if isinstance(read, Unclear) else ()
    deadline = Fault.DEADLINE_SEVERAL if isinstance(read, Unclear) else read
    if isinstance(deadline, Fault):
        faults.append(deadline)
    link = form.link.strip()
    if link and not is_link(link):
        faults.append(Fault.LINK)
    capacity = read_capacity(form.capacity)
    if isinstance(capacity, Fault):
        faults.append(capacity)
    region, contact = one_line(form.region), one_line(form.contact)
    faults += [Fault.REGION_LONG] * (len(region) > REGION_LENGTH)
    faults += [Fault.CONTACT_LONG] * (len(contact) > CONTACT_LENGTH)
    if faults or isinstance(deadline, Fault) or isinstance(capacity, Fault):
        return OfferFaults(tuple(faults), meant)
    return Offer(
        title=one_line(form.title),
        description=form.description.strip(),
        kind=kind,
        audience=form.audience.strip(),
        deadline=deadline,
        link=link,
        capacity=capacity,
        region=region,
        contact=contact,
    )


def read_deadline(
    text: str, now: datetime, zone: ZoneInfo | None, zones: Zones = BUILT_IN
) -> datetime | Fault | Unclear | None:
    """The last moment to answer, in UTC; None where there is no deadline.

    Unclear where it may mean a few. Where no zone is known, a day that is over in UTC lasts as long
    as it is anywhere.
    """
    if text.strip().casefold() in _NONE:
        return None
    read = read_date(text, now, zone, zones)
    if isinstance(read, Past):
        return Fault.DEADLINE_PAST
    if isinstance(read, TooFar):
        return Fault.DEADLINE_FAR
    if not isinstance(read, Day):
        return read if read.readings else Fault.DEADLINE_UNCLEAR
    clocks = [read.clock or zone or UNSAID, *([] if zone or read.time else [_WESTMOST])]
    moments = (due_moment(read.date, clock, read.time or _LAST_MINUTE) for clock in clocks)
    return next((moment for moment in moments if moment > now), Fault.DEADLINE_PAST)


def read_capacity(text: str) -> int | Fault | None:
    """How many organizations can have it; None for any number."""
    plain = text.strip().casefold()
    if plain in _ANY:
        return None
    if plain.isascii() and plain.isdigit() and len(plain) <= 9 and 1 <= int(plain) <= MOST_CAPACITY:
        return int(plain)
    return Fault.CAPACITY


def closes_at(deadline: datetime | None, posted: datetime) -> datetime:
    """When an opportunity closes by itself."""
    return deadline if deadline is not None else posted + OPEN_WITHOUT_DEADLINE


def _lengths(form: OfferForm) -> list[Fault]:
    title, description = one_line(form.title), form.description.strip()
    checks = (
        (not title, Fault.TITLE_MISSING),
        (len(title) > TITLE_LENGTH, Fault.TITLE_LONG),
        (not description, Fault.DESCRIPTION_MISSING),
        (len(description) > TEXT_LENGTH, Fault.DESCRIPTION_LONG),
        (len(form.audience.strip()) > AUDIENCE_LENGTH, Fault.AUDIENCE_LONG),
    )
    return [fault for holds, fault in checks if holds]
