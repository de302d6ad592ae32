"""What passages look like, pure: one in full, a menu of several, cases by circumstance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answers.actions import READ_PASSAGE
from bot.chat.screen import Menu, Option, Screen
from bot.core.markup import (
    SENTENCE,
    SOURCE,
    TITLE,
    clip,
    escape,
    question_line,
    split_text,
)
from bot.core.models import Passage
from bot.core.phrases import Say


def passage_screens(passage: Passage, say: Say, room: int) -> list[Screen]:
    """A passage in full, with where it comes from; on several screens when it is long."""
    head = f"### {clip(passage.title, TITLE * 2)}"
    facts = say(
        "passage_facts",
        place=clip(passage.circumstance.place),
        sector=clip(passage.circumstance.sector),
        outcome=clip(passage.circumstance.outcome, SENTENCE),
    ).strip()
    source = say(
        "passage_source",
        document=clip(passage.document.title, SOURCE),
        authors=clip(passage.document.authors, SOURCE),
        section=clip(passage.section, SOURCE),
    )
    foot = f"-# {' '.join(source.split())}"
    left = room - len(head) - len(facts) - len(foot)
    screens = [[piece] for piece in split_text(escape(passage.text), left) or [""]]
    screens[0].insert(0, head)
    screens[-1] += [facts, foot]
    return [Screen(*texts) for texts in screens]


def cases_screen(query: str, cases: Sequence[Passage], say: Say, alliance: int) -> Screen:
    """Case examples that fit a circumstance, each with its first sentence."""
    asked = question_line(query)
    if not cases:
        return Screen(say("cases_none", query=asked))
    lines = []
    for case in cases:
        place = f" ({clip(case.circumstance.place)})" if case.circumstance.place else ""
        lines.append(f"**{clip(case.title)}**{place}\n{clip(first_sentence(case), SENTENCE)}")
    menu = reading_menu(say, alliance, map(passage_option, cases))
    return Screen(say("cases_found", query=asked), "\n\n".join(lines), rows=[menu])


def reading_menu(
    say: Say, alliance: int, options: Iterable[Option], exchange: int = 0
) -> list[Menu]:
    """A row with the menu *Read a passage*, each passage once; empty where there is none."""
    distinct = {option.value: option for option in options}
    if not distinct:
        return []
    id_ = READ_PASSAGE(alliance, exchange)
    return [Menu(say("label_read"), id_, tuple(distinct.values()))]


def passage_option(passage: Passage) -> Option:
    """A passage as something to pick."""
    return reading_option(passage.id, passage.title, passage.document.title, passage.section)


def reading_option(passage: str, title: str, document: str, section: str) -> Option:
    """The same for what is known of a passage."""
    return Option(title.strip() or passage, passage, ", ".join(filter(None, [document, section])))


def first_sentence(passage: Passage) -> str:
    """How a passage begins."""
    return passage.sentences[0] if passage.sentences else passage.text
