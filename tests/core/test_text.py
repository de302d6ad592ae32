"""Reading what a person typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.errors import EmptyQuestion, OverlongQuestion, QuestionRefused, WordlessQuestion
from bot.core.text import content_words, normalize, visible, words

LIMIT = 200
ANYTHING = st.text(max_size=LIMIT + 20)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("how do we start?", "how do we start?"),
        ("  how \t do\r\n we   start?  ", "how do we start?"),
        ("how\u00a0do\u2003we\u2028start", "how do we start"),
        ("**how** do `we` ~~start~~ __now__ ||here||", "how do we start now here"),
        ("<@123> how do we start <#45> <@&6> <@!7>", "how do we start"),
        ("</ask me:99> how <:wave:12> <a:wave:12>", "how"),
        ("it\u2019s \u201cours\u201d \u2013 or \u2014 theirs", 'it\'s "ours" - or - theirs'),
        ("ﬁrst ｆｕｌｌ ①", "first full 1"),
        ("e\u0301quipe", "équipe"),
        ("a\x00b\u200bc\u202ed\ufeffe", "a b c d e"),
        ("broken \ud800 half \udfff", "broken half"),
        ("2 < 3 and 3 > 2", "2 < 3 and 3 > 2"),
        ("'; DROP TABLE passages; --", "'; DROP TABLE passages; --"),
        ("../../etc/passwd", "../../etc/passwd"),
    ],
)
def test_a_question_is_read_in_normal_form(typed: str, read: str) -> None:
    assert normalize(typed, LIMIT) == read


@pytest.mark.parametrize(
    "typed", ["", " ", "\n\t\u3000", "\x00\x07", "\u200b\u2060", "``", "<@12>"]
)
def test_nothing_visible_is_an_empty_question(typed: str) -> None:
    with pytest.raises(EmptyQuestion, match="no question"):
        normalize(typed, LIMIT)


@pytest.mark.parametrize("typed", ["👍", "🎉 🎉 🎉", "???", "...", "-- !!", "_", "👩‍👩‍👧"])
def test_signs_without_a_word_are_a_wordless_question(typed: str) -> None:
    with pytest.raises(WordlessQuestion, match="no words"):
        normalize(typed, LIMIT)


def test_one_character_too_many_is_overlong_and_says_both_numbers() -> None:
    assert normalize("a" * 1_000, 1_000) == "a" * 1_000

    with pytest.raises(OverlongQuestion, match=r"1,001 .* 1,000 or less") as caught:
        normalize("a" * 1_001, 1_000)

    assert (caught.value.length, caught.value.limit) == (1_001, 1_000)


@pytest.mark.parametrize(
    ("error", "code"),
    [(EmptyQuestion, "empty"), (WordlessQuestion, "wordless"), (OverlongQuestion, "overlong")],
)
def test_each_refusal_has_a_stable_name(error: type[QuestionRefused], code: str) -> None:
    assert error.code == code
    assert error.exit_code == 2


@given(ANYTHING)
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    try:
        read = normalize(typed, LIMIT)
    except QuestionRefused:
        return
    assert read == read.strip()
    assert "  " not in read
    assert words(read)
    assert not any(unicodedata.category(sign)[0] == "C" for sign in read)


@given(ANYTHING)
def test_reading_twice_reads_the_same(typed: str) -> None:
    try:
        read = normalize(typed, LIMIT)
    except QuestionRefused:
        return
    assert normalize(read, len(read)) == read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Who's accountable?", ["who's", "accountable"]),
        ("the firms\u2019 money", ["the", "firms", "money"]),
        ("snake_case, x-ray & 3rd", ["snake", "case", "x", "ray", "3rd"]),
        ("", []),
    ],
)
def test_words_are_found_in_lower_case_with_their_apostrophes(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_content_words_leave_out_the_small_ones() -> None:
    assert content_words("How do we share the credit with our partners?") == [
        "share",
        "credit",
        "partners",
    ]


@given(st.text(max_size=LIMIT))
@example("\ufdfa" * LIMIT)
@example("\u00bd" * LIMIT)
def test_what_was_read_is_no_longer_than_the_limit(typed: str) -> None:
    try:
        read = normalize(typed, LIMIT)
    except QuestionRefused:
        return
    assert len(read) <= LIMIT


@pytest.mark.parametrize("typed", ["</foo`bar:1> hi", "</a\u2028b:1> hi"])
def test_a_command_that_is_cut_out_leaves_none(typed: str) -> None:
    read = normalize(typed, LIMIT)

    assert normalize(read, LIMIT) == read


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Pat's  Plant\n", "Pat's  Plant\n"),
        ("P\u200ba\u2060t\ufeff", "Pat"),
        ("\u202etnalP\u202c \u2066x\u2069", "tnalP x"),
        ("a\u00ad\u034f\u3164\u115fb\x07", "ab"),
        ("Zo\u00eb \u7126\u63a5 \u0645", "Zo\u00eb \u7126\u63a5 \u0645"),
        ("\U0001f469\u200d\U0001f4bb \U0001f469\U0001f3fd\u200d\U0001f4bb", None),
        ("\u2764\ufe0f\u200d\U0001f525", None),
        ("a\u200db \u200d\U0001f4bb\u200d", "ab \U0001f4bb"),
        ("", ""),
    ],
)
def test_what_shows_nothing_is_left_out_and_emoji_stay_whole(text: str, seen: str | None) -> None:
    assert visible(text) == (text if seen is None else seen)
