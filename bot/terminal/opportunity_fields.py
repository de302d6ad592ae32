"""The fields of an opportunity in the terminal: how they are asked for, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.phrases import Phrases
from bot.opportunities.rules.models import Kind, OfferForm
from bot.opportunities.rules.offer_form import (
    AUDIENCE_LENGTH,
    CONTACT_LENGTH,
    LINK_LENGTH,
    MOST_CAPACITY,
    REGION_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Fault,
)
from bot.opportunities.rules.records import KeptForm

FIELDS: Mapping[str, tuple[str, str]] = {
    "kind": ("board_kind", "ask_kind"),
    "title": ("field_title", "ask_title"),
    "description": ("field_description", "ask_description"),
    "audience": ("field_audience", "ask_audience"),
    "deadline": ("field_deadline", "ask_deadline"),
    "link": ("field_link", "ask_link"),
    "region": ("board_region", "ask_region"),
    "capacity": ("board_places", "ask_places"),
    "contact": ("board_contact", "ask_contact"),
}
"""The label and the question of each field; at the preview each has the number of its place here."""
ORDER = ("title", "description", "audience", "deadline", "link")
"""What is asked for one after another; the rest can be added at the preview."""
FIELD_OF = {
    Fault.TITLE_MISSING: "title",
    Fault.TITLE_LONG: "title",
    Fault.DESCRIPTION_MISSING: "description",
    Fault.DESCRIPTION_LONG: "description",
    Fault.AUDIENCE_LONG: "audience",
    Fault.DEADLINE_UNCLEAR: "deadline",
    Fault.DEADLINE_PAST: "deadline",
    Fault.DEADLINE_FAR: "deadline",
    Fault.LINK: "link",
    Fault.CAPACITY: "capacity",
    Fault.REGION_LONG: "region",
    Fault.CONTACT_LONG: "contact",
}
"""Which field is to be asked for again."""
_NO_OPTIONS = frozenset({Fault.REGION_LONG, Fault.CONTACT_LONG})
"""What is an option on Discord and a field like the others here."""
_MOST = {
    Fault.TITLE_LONG: TITLE_LENGTH,
    Fault.DESCRIPTION_LONG: TEXT_LENGTH,
    Fault.AUDIENCE_LONG: AUDIENCE_LENGTH,
    Fault.REGION_LONG: REGION_LENGTH,
    Fault.CONTACT_LONG: CONTACT_LENGTH,
    Fault.LINK: LINK_LENGTH,
    Fault.CAPACITY: MOST_CAPACITY,
}
_QUOTED = 60


def label(field: str, phrases: Phrases) -> str:
    """What a field is called."""
    return phrases.say(FIELDS[field][0])


def question(field: str, phrases: Phrases) -> str:
    """Asks for a field."""
    return phrases.say(FIELDS[field][1])


def why_not(fault: Fault, form: OfferForm, phrases: Phrases) -> str:
    """Why something can't be taken, in one sentence."""
    most = _MOST.get(fault, 0)
    if fault in _NO_OPTIONS:
        typed = str(getattr(form, FIELD_OF[fault]))
        return phrases.say("board_too_long", long=len(typed.strip()), most=most)
    return phrases.say(
        "offer_fault",
        fault=fault.value,
        most=most,
        count=len(" ".join(form.title.split())),
        deadline=_short(form.deadline),
        link=_short(form.link),
        capacity=_short(form.capacity),
    )


def _short(typed: str) -> str:
    plain = typed.strip()
    return plain if len(plain) <= _QUOTED else f"{plain[:_QUOTED]}…"


def kind_of(text: str) -> Kind | None:
    """The kind of a number or name; None if there is no such."""
    plain = " ".join(text.casefold().split())
    kinds = [*Kind]
    if plain.isascii() and plain.isdecimal():
        number = int(plain[:3])
        return kinds[number - 1] if 1 <= number <= len(kinds) else None
    found = [kind for kind in kinds if plain and kind.value.startswith(plain)]
    return found[0] if len(found) == 1 else None


def typed_lines(kept: KeptForm, phrases: Phrases) -> list[str]:
    """What a form has already."""
    typed = {"kind": kept.kind.value} | {name: getattr(kept.form, name) for name in ORDER}
    return [f"  {label(name, phrases)}: {value}" for name, value in typed.items() if value]
