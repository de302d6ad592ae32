"""Which language a question is in, where it surely isn't English.

A question is looked at only where few of its words are English; then a naive Bayes model of short
stretches of letters tells the language (Lui and Baldwin, 2012), and words that are common in it the
languages that the model doesn't know.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Protocol

import numpy as np

from bot.core.text import words

LANGUAGES = {
    "ar": "other_language_ar",
    "de": "other_language_de",
    "es": "other_language_es",
    "fr": "other_language_fr",
    "ht": "other_language_ht",
    "it": "other_language_it",
    "ko": "other_language_ko",
    "pl": "other_language_pl",
    "pt": "other_language_pt",
    "ru": "other_language_ru",
    "so": "other_language_so",
    "tl": "other_language_tl",
    "vi": "other_language_vi",
    "zh": "other_language_zh",
}
"""The phrase that says it in that language."""
_OTHERS = ("am", "bn", "cs", "da", "el", "en", "fa", "fi", "he", "hi", "hr", "hu", "id", "ja", "km",
           "lo", "nb", "ne", "nl", "pa", "ro", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur")  # fmt: skip
UNKNOWN = "und"
"""The code of a language that isn't English, and not one of these."""
_MOST_ENGLISH = 0.5
"""The share of English words from which a question is taken for an English one."""
_MIXED = 0.4
"""The share of other words from which a question may be in two languages."""
_FEWEST_WORDS = 3
"""So many words tell a language; two, where they have letters that English hasn't."""
_COMMON = 0.4
"""The share of common words from which a language that the model doesn't know is taken for it."""
_SURE, _LIKELY = 0.9, 0.5


class _Model(Protocol):
    nb_classes: list[str]

    def set_languages(self, langs: list[str]) -> None: ...

    def rank(self, text: str) -> list[tuple[str, float]]: ...


@cache
def _model() -> _Model:
    from py3langid.langid import LanguageIdentifier

    model: _Model = LanguageIdentifier.from_pickled_model("data/model.plzma")
    known = sorted({*LANGUAGES, *_OTHERS} & set(model.nb_classes))
    model.set_languages(known)
    return model


def language_of(
    text: str, is_english: Callable[[str], bool], others: Mapping[str, frozenset[str]]
) -> str:
    """The code of the language of a text; empty for English, and where it isn't certain.

    Args:
        text: the text.
        is_english: whether a word, in lower case, is an English one.
        others: common words of languages that the model doesn't know.
    """
    said = words(text)
    plain = " ".join(said)
    if not _is_latin(text):
        return _likely(plain)[0]
    english = sum(map(is_english, said))
    fewest = _FEWEST_WORDS - (not plain.isascii())
    if len(said) < fewest or english > _MOST_ENGLISH * len(said):
        return ""
    for code, common in others.items():
        if sum(word in common for word in said) >= _COMMON * len(said):
            return code
    language, chance = _likely(plain)
    return language if language != "en" and chance >= _SURE else ""


def is_mixed(text: str, is_english: Callable[[str], bool], knows: Callable[[str], bool]) -> bool:
    """Whether a question in English may have so much of another language that it can't be read.

    One word at least has to be unknown; the others need only be rare in English.
    """
    said = [word for word in words(text) if word.isalpha()]
    strange = [word for word in said if not is_english(word)]
    if len(strange) < max(_FEWEST_WORDS, _MIXED * len(said)) or all(
        len(word) <= _FEWEST_WORDS or knows(word) for word in strange
    ):
        return False
    language, chance = _likely(" ".join(strange))
    return language in LANGUAGES and chance >= _LIKELY


def _likely(text: str) -> tuple[str, float]:
    """The most likely language, and how likely it is; of another script never English."""
    ranked = [(code, float(score)) for code, score in _model().rank(text)]
    scores = np.array([score for _, score in ranked])
    chances = np.exp(scores - scores.max())
    code = ranked[0][0]
    if code == "en" and not _is_latin(text):
        return UNKNOWN, 1.0
    return code, float(chances[0] / chances.sum())


def _is_latin(text: str) -> bool:
    """Whether most letters are of the Latin script."""
    letters = [sign for sign in text if sign.isalpha()]
    latin = sum("LATIN" in unicodedata.name(sign, "") for sign in letters)
    return not letters or latin * 2 >= len(letters)
