"""What an answer looks like, pure: from a record to a page of texts and things to read.

Texts are shown one below the other without a frame (Components V2): as wide as a phone allows, and
selectable. Everything that isn't a phrase of `prompts/` is escaped, and the page keeps within
Discord's limits whatever it is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.adapters.discord.limits import (
    COMPONENTS_V2_TEXT,
    SELECT_OPTION_DESCRIPTION,
    SELECT_OPTION_LABEL,
    SELECT_OPTION_VALUE,
    SELECT_OPTIONS,
)
from bot.core.markup import escape, one_line, shorten, split_text
from bot.core.models import Passage
from bot.core.phrases import Phrases

TITLE, SOURCE, QUESTION, SENTENCE = 120, 140, 300, 320
"""Characters of a title, a source line, an echoed question and a sentence on a page."""
HEADING = 450
"""Characters kept for a heading, so that a text is cut at the same place with any."""
FOOT = 160
"""The same for a line at the foot."""
_SHARE_OF_SOURCES = 1800


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage that can be picked to be read in full."""

    passage: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Page:
    """One message: texts below each other, passages to pick, and whether the text goes on.

    `checklist` is the id of the one that is proposed; empty for none.
    """

    texts: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    goes_on: bool = False
    checklist: str = ""


def passage_pages(passage: Passage, phrases: Phrases) -> tuple[Page, ...]:
    """A passage in full, with where it comes from; on several pages when it is long."""
    head = f"### {shorten(escape(one_line(passage.title)), TITLE * 2)}"
    facts = phrases.say(
        "passage_facts",
        place=_clip(passage.circumstance.place),
        sector=_clip(passage.circumstance.sector),
        outcome=_clip(passage.circumstance.outcome, SENTENCE),
    ).strip()
    source = phrases.say(
        "passage_source",
        document=_clip(passage.document.title, SOURCE),
        authors=_clip(passage.document.authors, SOURCE),
        section=_clip(passage.section, SOURCE),
    )
    foot = f"-# {one_line(source)}"
    room = COMPONENTS_V2_TEXT - len(head) - len(facts) - len(foot)
    pieces = split_text(escape(passage.text), room) or [""]
    pages = [[piece] for piece in pieces]
    pages[0].insert(0, head)
    pages[-1] += [facts, foot]
    return tuple(Page(_filled(texts)) for texts in pages)


def cases_page(query: str, cases: Sequence[Passage], phrases: Phrases) -> Page:
    """Case examples that fit a circumstance, each with its first sentence."""
    asked = shorten(escape(one_line(query)), QUESTION)
    if not cases:
        return Page((phrases.say("cases_none", query=asked),))
    lines = []
    for case in cases:
        place = f" ({_clip(case.circumstance.place)})" if case.circumstance.place else ""
        lines.append(f"**{_clip(case.title)}**{place}\n{_clip(_first(case), SENTENCE)}")
    found = phrases.say("cases_found", query=asked)
    return Page((found, "\n\n".join(lines)), _distinct(map(reading, cases)))


def notice(text: str) -> Page:
    """A page that is one sentence."""
    return Page((shorten(text, COMPONENTS_V2_TEXT),))


def question_line(question: str) -> str:
    """A question as it is echoed: on one line, escaped, not too long."""
    return shorten(escape(one_line(question)), QUESTION)


def reading(passage: Passage) -> Reading:
    """A passage as something to pick."""
    return _reading(passage.id, passage.title, passage.document.title, passage.section)


def _reading(id_: str, title: str, document: str, section: str) -> Reading:
    where = ", ".join(filter(None, [one_line(document), one_line(section)]))
    label = shorten(one_line(title), SELECT_OPTION_LABEL) or id_[:SELECT_OPTION_LABEL]
    return Reading(id_, label, shorten(where, SELECT_OPTION_DESCRIPTION))


def _distinct(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Each passage once; those whose id can't be a value of a menu are left out."""
    by_id = {one.passage: one for one in readings if 0 < len(one.passage) <= SELECT_OPTION_VALUE}
    return tuple(by_id.values())[:SELECT_OPTIONS]


def _first(passage: Passage) -> str:
    return passage.sentences[0] if passage.sentences else passage.text


def _clip(text: str, limit: int = TITLE) -> str:
    return shorten(escape(one_line(text)), limit)


def _filled(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip())
