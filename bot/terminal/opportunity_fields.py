"""The fields of an opportunity in the terminal: how they are asked for, and what is wrong with one."""

from __future__ import annotations

from bot.core.opportunities.models import Form, Kind
from bot.core.opportunities.reading import (
    AUDIENCE_LENGTH,
    CONTACT_LENGTH,
    LINK_LENGTH,
    MOST_CAPACITY,
    REGION_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Fault,
)
from bot.core.opportunities.storage import KeptForm

LABELS = {
    "kind": "Kind",
    "title": "Title",
    "description": "Description",
    "audience": "Who it is for",
    "deadline": "Deadline",
    "link": "Link",
    "region": "Region",
    "capacity": "Places",
    "contact": "Contact",
}
"""The fields of a form; at the preview each has the number of its place here."""
ORDER = ("title", "description", "audience", "deadline", "link")
"""What is asked for one after another; the rest can be added at the preview."""
QUESTIONS = {
    "kind": "What kind is it? Type its number.",
    "title": "Title?",
    "description": "Description? A line that ends in \\ goes on in the next.",
    "audience": "Who is it for? Enter: not said.",
    "deadline": "Deadline? Such as next Friday 5pm; Enter: none.",
    "link": "Link? Enter: none.",
    "region": "Region? Enter: anywhere.",
    "capacity": "For how many organizations are there places? Enter: any number.",
    "contact": "Whom to write to? Enter: not said.",
}
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
_SENTENCES = {
    Fault.TITLE_MISSING: "It needs a title.",
    Fault.DESCRIPTION_MISSING: "It needs a description: a sentence or two are enough.",
    Fault.DEADLINE_PAST: "“{typed}” has gone by; the deadline has to be still to come.",
    Fault.DEADLINE_FAR: "“{typed}” is too far ahead; is the year right?",
    Fault.DEADLINE_UNCLEAR: "“{typed}” can't be read as a day; type it such as next Friday, "
    "December 11 or 12/11/2026, or nothing for no deadline.",
    Fault.LINK: "“{typed}” is no web address that can be opened: that begins with https:// or "
    "http://, has no spaces and at most {most:,} characters.",
    Fault.CAPACITY: "“{typed}” is no whole number from 1 to {most:,}; type nothing for any number.",
}
_LONG = "That is {long:,} characters long; there is room for {most:,}."
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


def why_not(fault: Fault, form: Form) -> str:
    """Why something can't be taken, in one sentence."""
    typed = str(getattr(form, FIELD_OF[fault])).strip()
    short = typed if len(typed) <= _QUOTED else f"{typed[:_QUOTED]}…"
    sentence = _SENTENCES.get(fault, _LONG)
    return sentence.format(typed=short, long=len(typed), most=_MOST.get(fault, 0))


def kind_of(text: str) -> Kind | None:
    """The kind of a number or name; None if there is no such."""
    plain = " ".join(text.casefold().split())
    kinds = [*Kind]
    if plain.isascii() and plain.isdecimal():
        number = int(plain[:3])
        return kinds[number - 1] if 1 <= number <= len(kinds) else None
    found = [kind for kind in kinds if plain and kind.value.startswith(plain)]
    return found[0] if len(found) == 1 else None


def typed_lines(kept: KeptForm) -> list[str]:
    """What a form has already."""
    typed = [(LABELS["kind"], kept.kind.value)]
    typed += [(LABELS[name], getattr(kept.form, name)) for name in ORDER]
    return [f"  {label}: {value}" for label, value in typed if value]
