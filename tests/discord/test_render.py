"""What answers look like, within Discord's limits whatever they are made of."""

from __future__ import annotations

import re
from dataclasses import replace

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord import limits
from bot.adapters.discord.draw import ROOM, view_of
from bot.answers.answer_screen import answer_screen, rest_of_answer
from bot.answers.passage_screen import cases_screen, passage_screens
from bot.chat.action import LONGEST_ID
from bot.chat.screen import Menu, Option, Screen
from bot.core.markup import by_source, escape, marked_once, shorten, split_text
from bot.core.models import Answered, Citation, Library, NotCovered, Passage, PassageKind
from bot.core.phrases import Phrases
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


def shown(answer: AnswerRecord, library: Library, phrases: Phrases, heading: str = "") -> Screen:
    exchange = (2**63, 2**40)
    return answer_screen(
        answer, library, phrases.say, ROOM, exchange=exchange, heading=heading, shareable=True
    )


def guidance(library: Library) -> Passage:
    return next(p for p in library.passages if p.kind is PassageKind.GUIDANCE)


def texts_of(screen: Screen) -> list[str]:
    texts = [block for block in screen.blocks if isinstance(block, str)]
    assert len(texts) == len(screen.blocks)
    return [text for text in texts if text]


def readings_of(screen: Screen) -> list[Option]:
    menus = [control for control in screen.controls if isinstance(control, Menu)]
    return [option for menu in menus for option in menu.options]


def assert_within_limits(screen: Screen) -> None:
    view = view_of(screen)
    assert view.total_children_count <= limits.COMPONENTS_V2_TOTAL
    assert view.content_length() <= limits.COMPONENTS_V2_TEXT
    for item in view.walk_children():
        if isinstance(item, discord.ui.TextDisplay):
            assert item.content.strip()
        if (custom_id := getattr(item, "custom_id", None)) is not None:
            assert len(custom_id) <= LONGEST_ID
        for option in getattr(item, "options", []):
            assert 1 <= len(option.value) <= limits.SELECT_OPTION_VALUE
            assert 1 <= len(option.label) <= limits.SELECT_OPTION_LABEL
            assert len(option.description or "") <= limits.SELECT_OPTION_DESCRIPTION


def test_an_answer_shows_text_sources_and_a_checklist(library: Library, phrases: Phrases) -> None:
    screen = shown(answered(library, "One thing [1]. Another [2]."), library, phrases)
    texts = texts_of(screen)
    text = "\n".join(texts)
    first = library.passages[0]
    assert texts[0] == "One thing [1].\n\nAnother [2]."
    assert f"[1] **{escape(first.title)}**" in text
    assert first.document.title in text
    assert library.checklists[0].id in text
    assert [one.value for one in readings_of(screen)][:2] == [p.id for p in library.passages[:2]]
    assert_within_limits(screen)


def test_a_case_in_point_stands_beside_guidance(library: Library, phrases: Phrases) -> None:
    case = next(p for p in library.passages if p.circumstance.illustrates)
    cited = library.by_id[case.circumstance.illustrates[0]]
    screen = shown(answered(library, "So it is [1].", cited), library, phrases)
    texts = [text for text in texts_of(screen) if "case in point" in text]
    assert len(texts) == 1
    named = [p for p in library.passages if cited.id in p.circumstance.illustrates]
    assert escape(named[0].title) in texts[0]
    assert named[0].id in [one.value for one in readings_of(screen)]


def test_what_is_not_covered_offers_reading_without_markers(
    library: Library, phrases: Phrases
) -> None:
    passage = guidance(library)
    words = f"Not covered. What lies nearby: {passage.title}."
    near = NotCovered("q", 0.1, words, (Citation(1, passage, passage.sentences[0]),))
    screen = shown(record(near, "1", 1.0), library, phrases)
    texts = texts_of(screen)
    assert texts[0] == "Not covered."
    assert "[1]" not in "".join(texts)
    assert "not as an answer" in texts[1]
    assert readings_of(screen)[0].value == passage.id


def test_a_long_answer_keeps_to_one_message_and_can_be_read_on(
    library: Library, phrases: Phrases
) -> None:
    text = " ".join(f"Sentence number {n} says that much and no more [1]." for n in range(300))
    full = answered(library, text)
    screen = shown(full, library, phrases, "h" * 2000)
    assert "Read on" in [control.label for control in screen.controls]
    assert_within_limits(screen)
    first = texts_of(screen)[1].rsplit("\n", 1)[0]
    screens = rest_of_answer(full, library, phrases.say, ROOM)
    rest = [text for part in screens for text in texts_of(part)]
    assert all(len(part) <= limits.COMPONENTS_V2_TEXT for part in rest)
    for part in [first, *rest]:
        assert part.rstrip().endswith("[1].")
        assert part.count("[1]") == 1
    words = " ".join([first, *rest]).replace(" [1]", "").split()
    assert words == escape(text).replace(" [1]", "").split()


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
    screens = [
        shown(answered(library, f"{HOSTILE} [1]. " * 100, hostile), library, phrases),
        cases_screen(HOSTILE * 20, [hostile] * 4, phrases.say, 7),
        *passage_screens(hostile, phrases.say, ROOM),
    ]
    for screen in screens:
        assert_within_limits(screen)
        text = "\n".join(texts_of(screen))
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A [1]. B [1]. C [2].", "A. B [1]. C [2]."),
        ("A [1]. B [2]. C [1].", "A [1]. B [2]. C [1]."),
        ("A [1]? As Dr. B says [1].\n\nC [2].", "A? As Dr. B says [1].\n\nC [2]."),
        ("A [1]. B [1][2]. C [1][2].", "A [1]. B. C [1][2]."),
        ("No marker. At all.", "No marker. At all."),
        ("A [1].", "A [1]."),
    ],
)
def test_sentences_of_one_passage_share_the_last_marker(text: str, expected: str) -> None:
    assert marked_once(text) == expected


def test_every_passage_of_the_library_can_be_shown(library: Library, phrases: Phrases) -> None:
    for passage in library.passages:
        screens = passage_screens(passage, phrases.say, ROOM)
        assert len(screens) == 1
        assert_within_limits(screens[0])
