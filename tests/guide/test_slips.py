"""Slips of the keyboard, and what is none."""

from __future__ import annotations

import pytest

from bot.core.models import Library
from bot.guide.english import edit_cost
from bot.guide.slips import Slips


@pytest.fixture(scope="module")
def slips(library: Library) -> Slips:
    """Puts right what is typed to the shipped library."""
    return Slips(library)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how do we kep momentm aftr the kickof", "how do we keep momentum after the kickoff"),
        ("HOW DO WE KEEP MOMENTM??", "HOW DO WE KEEP MOMENTUM??"),
        ("joint trianing for emplyees", "joint training for employees"),
        ("how do teh unoins help", "how do the unions help"),
        ("Parteners leave", "Partners leave"),
        ("how do firms work to gether", "how do firms work together"),
        ("accross ofthe region", "across of the region"),
    ],
)
def test_slips_are_put_right_and_told(typed: str, meant: str, slips: Slips) -> None:
    assert slips.correct(typed).text == meant
    assert slips.correct(typed).told


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wat can ppl do b4 the kickoff", "what can people do before the kickoff"),
        ("who pays 4 training if firms r rivals", "who pays for training if firms are rivals"),
        ("who pays 4 the training", "who pays for the training"),
        ("how often do partners meet n what shud they do", "how often do partners meet and what should they do"),
        ("they poach eachothers workers", "they poach each others workers"),
        ("orgs w/o a sponsor", "organizations without a sponsor"),
    ],
)  # fmt: skip
def test_what_is_short_or_without_weight_is_put_right_and_not_told(
    typed: str, meant: str, slips: Slips
) -> None:
    assert slips.correct(typed).text == meant
    assert not slips.correct(typed).told


@pytest.mark.parametrize(
    "typed",
    [
        "how many calories in a bagel",
        "tanf and wioa rules for cna classes",
        "the 4 steps, phase 4, 2 partners",
        "what did Kuykendall and Ninang say",
        "Kania says that partners need a backbone",
        "ask at someone@exmaple.org or www.exmaple.org/trianing",
        "a favorite neighborhood center for labor and enrollment",
        "mailroom clerks, cofounders and upskilling",
        "plan b for the c suite",
        "COVID19 rules for the H2B visa",
        "x-ray techs at wagner-peyser offices",
        "what is the organization's sponsors' role",
        "",
    ],
)
def test_what_is_known_or_a_name_never_changes(typed: str, slips: Slips) -> None:
    assert slips.correct(typed).text == typed


def test_every_text_of_the_library_is_read_as_it_stands(library: Library, slips: Slips) -> None:
    texts = [text for one in library.passages for text in (one.title, *one.sentences)]

    assert [text for text in texts if slips.correct(text).text != text] == []


def test_an_edit_that_fingers_make_is_nearer_than_another() -> None:
    assert edit_cost("training", "training") == 0
    assert edit_cost("trianing", "training") == 1
    assert edit_cost("traning", "training") == 1
    assert edit_cost("traininng", "training") == 1
    assert edit_cost("trainimg", "training") == 1
    assert edit_cost("tanf", "tank") > 1
    assert edit_cost("calories", "carries") > 2
