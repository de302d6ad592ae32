from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.index.stems import stems
from bot.opportunities.rules.matching import (
    NEAR,
    Ground,
    Reason,
    interests_of,
    match,
    same_region,
)
from bot.opportunities.rules.models import Kind, Offer
from tests.opportunities.rules.samples import SEATS, listener

FITS: list[tuple[tuple[str, ...], list[Reason]]] = [
    (("welding",), [Reason(Ground.WORDS, "welding")]),
    (("Weld",), [Reason(Ground.WORDS, "Weld")]),
    (("evening courses",), [Reason(Ground.WORDS, "evening courses")]),
    (("training",), [Reason(Ground.KIND, "training")]),
    (("metalwork",), [Reason(Ground.MEANING, "metalwork")]),
    (("nursing",), []),
    (("welding robots",), []),
    (("the", ""), []),
    (("funding", "jobs"), []),
    (
        ("metalwork", "nursing", "training", "tools"),
        [
            Reason(Ground.WORDS, "tools"),
            Reason(Ground.KIND, "training"),
            Reason(Ground.MEANING, "metalwork"),
        ],
    ),
]
MEANT = {"metalwork": NEAR, "nursing": NEAR - 0.01}


@pytest.mark.parametrize(("interests", "reasons"), FITS)
def test_an_opportunity_fits_by_words_by_kind_or_by_meaning(
    interests: tuple[str, ...], reasons: list[Reason]
) -> None:
    found = match(SEATS, [listener(*interests)], MEANT, stems)
    assert [[*one.reasons] for one in found] == ([reasons] if reasons else [])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dayton, Ohio", "Ohio", True),
        ("Dayton", "Toledo", False),
        ("", "Toledo", True),
        ("Online", "Toledo", True),
        ("Dayton", "anywhere in the US", True),
    ],
)
def test_regions_are_the_same_if_they_share_a_word_or_one_is_anywhere(
    one: str, other: str, same: bool
) -> None:
    assert same_region(one, other, stems) is same is same_region(other, one, stems)


def test_in_another_region_meaning_does_not_count_but_words_do() -> None:
    far = listener("metalwork", "welding", region="Toledo")
    (found,) = match(SEATS, [far], MEANT, stems)
    assert found.reasons == (Reason(Ground.WORDS, "welding"),)
    near = listener("metalwork", region="Ohio")
    assert len(match(SEATS, [near, replace(far, interests=("metalwork",))], MEANT, stems)) == 1


@pytest.mark.parametrize("kind", Kind)
def test_an_interest_may_name_the_kind_except_where_it_has_none(kind: Kind) -> None:
    words = {
        Kind.TRAINING: "training",
        Kind.FUNDING: "grants",
        Kind.EVENT: "events",
        Kind.HIRING: "jobs",
        Kind.HELP: "volunteers",
    }
    offer = Offer("Title", "Description", kind)
    found = match(offer, [listener(word) for word in words.values()], {}, stems)
    assert [one.reasons[0].interest for one in found] == ([words[kind]] if kind in words else [])


WORDS = st.sampled_from(["welding", "nursing", "the", "", "Shops", "jobs", "焊接", "soudage", "  "])


@given(st.lists(st.lists(WORDS, max_size=4), max_size=4), st.dictionaries(WORDS, st.floats(-1, 1)))
def test_a_reason_names_a_given_interest_and_who_has_none_never_fits(
    given_interests: list[list[str]], near: dict[str, float]
) -> None:
    people = [listener(*words, person=n) for n, words in enumerate(given_interests)]
    for found in match(SEATS, people, near, stems):
        assert found.reasons
        assert {reason.interest for reason in found.reasons} <= {*found.listener.interests}
        assert [*map(list(Ground).index, (one.ground for one in found.reasons))] == sorted(
            list(Ground).index(one.ground) for one in found.reasons
        )
        assert found.listener in people


@pytest.mark.parametrize(
    ("text", "interests"),
    [
        ("", ()),
        (" , ;\n", ()),
        ("Welding, CNC  machining;grants\nwelding", ("Welding", "CNC machining", "grants")),
        ("C++, 焊接, soudage", ("C++", "焊接", "soudage")),
    ],
)
def test_interests_are_comma_separated_and_kept_as_given(
    text: str, interests: tuple[str, ...]
) -> None:
    assert interests_of(text) == interests
