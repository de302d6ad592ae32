"""What answers look like, within Discord's limits whatever they are made of."""

from __future__ import annotations

import re
from dataclasses import replace

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord import limits
from bot.core.markup import by_source, escape, shorten, split_text
from bot.core.models import Answered, Citation, Library, NotCovered, Passage, PassageKind
from bot.core.phrases import Phrases
from bot.discord_ui.items import answer_rows
from bot.discord_ui.render import (
    Page,
    answer_page,
    cases_page,
    notice,
    passage_pages,
    rest_of_answer,
)
from bot.discord_ui.views import view_of
from bot.guide.contract import AnswerRecord, record

HOSTILE = (
    "@everyone <@1> <@&2> <#3> <:x:123> </ask:1> **b** [a](https://evil.example) `c` # h ||s||"
)


def answered(library: Library, text: str, *passages: Passage) -> AnswerRecord:
    chosen = passages or library.passages[:2]
    citations = tuple(
        Citation(n, passage, passage.sentences[0]) for n, passage in enumerate(chosen, 1)
    )
    return record(Answered("q", 0.9, text, citations, library.checklists[:1]), "1", 1.0)


def guidance(library: Library) -> Passage:
    return next(p for p in library.passages if p.kind is PassageKind.GUIDANCE)


def assert_within_limits(page: Page, phrases: Phrases) -> None:
    view = view_of(page, *answer_rows(phrases, page, (2**63, 2**40), shareable=True))
    assert view.total_children_count <= limits.COMPONENTS_V2_TOTAL
    assert view.content_length() <= limits.COMPONENTS_V2_TEXT
    for item in view.walk_children():
        if isinstance(item, discord.ui.TextDisplay):
            assert item.content.strip()
        if (custom_id := getattr(item, "custom_id", None)) is not None:
            assert len(custom_id) <= limits.CUSTOM_ID
    for one in page.readings:
        assert 1 <= len(one.passage) <= limits.SELECT_OPTION_VALUE
        assert 1 <= len(one.label) <= limits.SELECT_OPTION_LABEL
        assert len(one.description) <= limits.SELECT_OPTION_DESCRIPTION


def test_an_answer_shows_text_sources_and_a_checklist(library: Library, phrases: Phrases) -> None:
    page = answer_page(answered(library, "One thing [1]. Another [2]."), library, phrases)
    text = "\n".join(page.texts)
    first = library.passages[0]
    assert page.texts[0] == "One thing [1].\n\nAnother [2]."
    assert f"[1] **{escape(first.title)}**" in text
    assert first.document.title in text
    assert library.checklists[0].id in text
    assert [one.passage for one in page.readings][:2] == [p.id for p in library.passages[:2]]
    assert_within_limits(page, phrases)


def test_a_case_in_point_stands_beside_guidance(library: Library, phrases: Phrases) -> None:
    case = next(p for p in library.passages if p.circumstance.illustrates)
    shown = library.by_id[case.circumstance.illustrates[0]]
    page = answer_page(answered(library, "So it is [1].", shown), library, phrases)
    texts = [text for text in page.texts if "case in point" in text]
    assert len(texts) == 1
    named = [p for p in library.passages if shown.id in p.circumstance.illustrates]
    assert escape(named[0].title) in texts[0]
    assert named[0].id in [one.passage for one in page.readings]


def test_what_is_not_covered_offers_reading_without_markers(
    library: Library, phrases: Phrases
) -> None:
    passage = guidance(library)
    words = f"Not covered. What lies nearby: {passage.title}."
    near = NotCovered("q", 0.1, words, (Citation(1, passage, passage.sentences[0]),))
    page = answer_page(record(near, "1", 1.0), library, phrases)
    assert page.texts[0] == "Not covered."
    assert "[1]" not in "".join(page.texts)
    assert "not as an answer" in page.texts[1]
    assert page.readings[0].passage == passage.id


def test_a_long_answer_keeps_to_one_message_and_can_be_read_on(
    library: Library, phrases: Phrases
) -> None:
    text = " ".join(f"Sentence number {n} says that much and no more [1]." for n in range(300))
    full = answered(library, text)
    page = answer_page(full, library, phrases, "h" * 2000)
    assert page.goes_on
    assert_within_limits(page, phrases)
    shown = page.texts[1].rsplit("\n", 1)[0]
    rest = [text for part in rest_of_answer(full, library, phrases) for text in part.texts]
    assert " ".join([shown, *rest]).split() == escape(text).split()
    assert all(len(part) <= limits.COMPONENTS_V2_TEXT for part in rest)
    assert all(part.rstrip().endswith("[1].") for part in [shown, *rest])


def test_hostile_titles_are_shown_as_typed(library: Library, phrases: Phrases) -> None:
    passage = guidance(library)
    hostile = replace(
        passage,
        title=HOSTILE * 5,
        section=HOSTILE * 5,
        document=replace(passage.document, title=HOSTILE * 5, authors=HOSTILE),
        text=f"{HOSTILE}. " * 200,
        sentences=(HOSTILE,) * 200,
    )
    pages = [
        answer_page(answered(library, f"{HOSTILE} [1]. " * 100, hostile), library, phrases),
        cases_page(HOSTILE * 20, [hostile] * 4, phrases),
        notice(HOSTILE * 100),
        *passage_pages(hostile, phrases),
    ]
    for page in pages:
        assert_within_limits(page, phrases)
    for page in pages[:2] + pages[3:]:
        text = "\n".join(page.texts)
        assert "@everyone" not in text
        assert not re.search(r"<(?:@|#|:|/)", text)
        assert "](https" not in text
        assert not re.search(r"(?<!\\)\|\|", text)


@given(st.text(max_size=400), st.integers(20, 200))
def test_pieces_fit_and_lose_no_word(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(st.lists(st.text("abc de.", min_size=1, max_size=60), min_size=1, max_size=12))
def test_a_marker_is_never_cut(parts: list[str]) -> None:
    text = " ".join(f"{part} [{n}]." for n, part in enumerate(parts, 10))
    for limit in (12, 25, 60):
        joined = " ".join(split_text(text, limit))
        assert re.findall(r"\[\d+\]", joined) == re.findall(r"\[\d+\]", text)


@given(st.text(max_size=200))
def test_escaped_text_mentions_nobody(text: str) -> None:
    shown = escape(text)
    assert not re.search(r"@(everyone|here)|<@|<#|<a?:\w", shown, re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("one two three", 8, "one two…"),
        ("abcdefghij", 5, "abcd…"),
    ],
)
def test_shortened_text_ends_at_a_word(text: str, limit: int, expected: str) -> None:
    assert shorten(text, limit) == expected


def test_paragraphs_follow_the_sources() -> None:
    assert by_source("A [1]. B [1]. C [2].") == "A [1]. B [1].\n\nC [2]."


def test_every_passage_of_the_library_can_be_shown(library: Library, phrases: Phrases) -> None:
    for passage in library.passages:
        pages = passage_pages(passage, phrases)
        assert len(pages) == 1
        assert_within_limits(pages[0], phrases)
