"""A paper as a PDF."""

import io
import logging
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.checklists.pdf import readable, to_pdf
from bot.checklists.rules.paper import Bullets, Heading, PaperQuestion, Paragraph, Quote, Table
from tests.examples import ALL, tries

MADE = datetime(2026, 11, 2, 10, tzinfo=UTC)
PAPER = (
    Heading(1, "Settle accountability"),
    Paragraph("For the board.", small=True),
    Heading(2, "Answers"),
    PaperQuestion("1. Who?"),
    Quote("The dean of programs", "Rosa, Lakeshore College"),
    Bullets(("One gap", "Another gap")),
    Table(("What", "Who"), (("Meet the board", "Rosa"),)),
)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_paper_reads_back_in_its_order():
    text = text_of(to_pdf(PAPER, "Settle accountability", MADE))
    wanted = ["Settle accountability", "For the board.", "1. Who?", "The dean of programs"]
    wanted += ["Rosa, Lakeshore College", "One gap", "Another gap", "Meet the board"]
    places = [text.index(one) for one in wanted]
    assert places == sorted(places)


def test_the_same_paper_gives_the_same_bytes():
    assert to_pdf(PAPER, "A", MADE) == to_pdf(PAPER, "A", MADE)


def test_a_long_answer_flows_over_pages_and_none_of_it_is_lost():
    words = [f"word{number}" for number in range(1500)]
    pdf = to_pdf([Quote(" ".join(words), "Rosa")], "Long", MADE)
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 1
    text = text_of(pdf)
    assert [word for word in words if word not in text] == []


def test_what_people_write_is_not_taken_for_the_number_of_pages():
    blocks = [Quote("Fill in {nb} of {nb}."), Quote("word " * 1500), Paragraph("\ue000 {nb}")]
    text = text_of(to_pdf(blocks, "Plan {nb}", MADE))
    assert "Fill in {nb} of {nb}." in text
    assert "Plan {nb}" in text
    assert "1 / 3" in text
    assert "3 / 3" in text
    assert text.count("{nb}") == 6  # the title stands at the foot of each page


def test_pages_are_counted_beyond_nine():
    text = text_of(to_pdf([Quote("word " * 9000)], "Long", MADE))
    pages = text.count("Long")
    assert pages > 10
    assert f"{pages} / {pages}" in text


def test_one_endless_word_is_broken_and_not_lost():
    text = text_of(to_pdf([Quote("x" * 4000)], "Long", MADE)).replace(" ", "")
    assert text.count("x") == 4000


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("plain, “quoted” – naïve €", "plain, “quoted” – naïve €"),
        ("fine \U0001f914", "fine [thinking face]"),
        ("日本", "□□"),
        ("नमस्ते", "□□□□"),
        ("one\rtwo\x85three", "one\ntwo\nthree"),
        ("a\x07b", "ab"),
        ("one\r\ntwo", "one\ntwo"),
    ],
)
def test_signs_without_a_glyph_are_named_or_boxed(typed, read):
    assert readable(typed) == read


@pytest.mark.parametrize("cell", ["word " * 800, "W" * 4000, "\U0001f602" * 4000])
def test_a_row_that_would_not_fit_on_a_page_is_cut(cell):
    text = text_of(to_pdf([Table(("What", "Who"), ((cell, cell),)), Quote("after")], "A", MADE))
    assert "…" in text
    assert "after" in text


def test_no_heading_and_no_question_ends_a_page():
    for lines in range(30, 45) if ALL else range(35, 41):
        filling = Quote("\n".join("line" for _ in range(lines)))
        paper = (filling, Heading(2, "Section"), PaperQuestion("Part " * 20), Quote("text"))
        pages = PdfReader(io.BytesIO(to_pdf(paper, "A", MADE))).pages
        last = pages[-1].extract_text()
        assert ("Section" in last) == ("text" in last)


@settings(max_examples=tries(6), deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_printed_without_a_complaint(text):
    heard = []
    handler = logging.Handler()
    handler.emit = heard.append
    logger = logging.getLogger("fpdf")
    logger.addHandler(handler)
    try:
        to_pdf([Quote(text, text), Bullets((text,)), Table(("A",), ((text,),))], text, MADE)
    finally:
        logger.removeHandler(handler)
    assert [record.getMessage() for record in heard if record.levelno >= logging.WARNING] == []
