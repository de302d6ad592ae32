"""Which language a question is in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.core.models import Library, NotCovered, Question
from bot.guide.language import LANGUAGES
from bot.guide.typed import TypedReader
from tests.conftest import MakeGuide

EVAL = Path(__file__).parent.parent / "eval"


@pytest.fixture(scope="module")
def reader(library: Library) -> TypedReader:
    """Reads what is typed to the shipped library."""
    return TypedReader(library)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("¿Cómo mantenemos el impulso después del lanzamiento?", "es"),
        ("Qui doit payer la formation commune ?", "fr"),
        ("wie halten wir den Schwung nach dem Auftakt", "de"),
        ("quem deve pagar pela formação conjunta", "pt"),
        ("chi deve pagare la formazione comune", "it"),
        ("kto powinien płacić za wspólne szkolenia", "pl"),
        ("ai nên trả tiền cho đào tạo chung", "vi"),
        ("sino ang dapat magbayad para sa pagsasanay", "tl"),
        ("kiyès ki dwe peye pou fòmasyon ansanm", "ht"),
        ("谁应该为联合培训付费", "zh"),
        ("من يجب أن يدفع مقابل التدريب المشترك", "ar"),
        ("кто должен платить за совместное обучение", "ru"),
        ("누가 공동 교육비를 내야 하나요", "ko"),
        ("yaa bixinaya tababarka wadajirka ah", "so"),
        ("eğitim için kim ödemeli", "tr"),
    ],
)
def test_another_language_is_told(typed: str, language: str, reader: TypedReader) -> None:
    assert reader.read(Question(typed)).language == language


@pytest.mark.parametrize(
    "typed",
    [
        "hola",
        "❤️ u bot",
        "12345 ???",
        "levy grant program",
        "what does 合作 mean for partners",
        "Louisiana FastStart",
        "how do we say bienvenidos to new partners",
        "El Paso chamber",
    ],
)
def test_english_and_what_is_too_short_to_tell_is_read(typed: str, reader: TypedReader) -> None:
    assert reader.read(Question(typed)).language == ""


def test_no_english_question_is_taken_for_another_language(
    library: Library, reader: TypedReader
) -> None:
    asked = [one.text for one in library.questions if one.passage]
    for file in EVAL.glob("*questions.jsonl"):
        labels = map(json.loads, file.read_text("utf-8").splitlines())
        asked += [label["question"] for label in labels if label["gold"]]

    assert [text for text in asked if reader.read(Question(text)).language] == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("¿Cómo mantenemos el impulso después del lanzamiento?", "inglés"),
        ("谁应该为联合培训付费", "英文"),
        ("eğitim için kim ödemeli", "The library is in English"),
    ],
)
def test_who_writes_another_language_is_told_so_in_it(
    typed: str, says: str, make_guide: MakeGuide
) -> None:
    guide = make_guide()

    answer = guide.answer(guide.read(typed))

    assert isinstance(answer, NotCovered)
    assert answer.question == typed
    assert says in answer.text
    assert "English" in answer.text
    assert not answer.related


def test_a_question_in_two_languages_is_known(reader: TypedReader) -> None:
    assert reader.read(Question("como mantenemos el momentum after the kickoff")).mixed
    assert not reader.read(Question("how do we keep the momentum after the kickoff")).mixed


def test_each_language_has_its_phrase(make_guide: MakeGuide) -> None:
    phrases = make_guide().phrases

    assert all(phrase in phrases for phrase in LANGUAGES.values())
