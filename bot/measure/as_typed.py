"""Whether slips and courtesies change an answer: the same questions asked clean and as people type.

The slips are made with a seed, by fingers and not by the corrector's own idea of them: a letter is
dropped, doubled, swapped with the next, or missed by a key, in one or two words of a question.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.models import Answered
from bot.guide.guide import Guide
from bot.measure.labels import read_questions

_BATCH = 64
_LETTERS = re.compile(r"[A-Za-z]{4,}")
_NEXT_TO = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy",
    "i": "uok", "j": "hku", "k": "jli", "l": "kop", "m": "nj", "n": "bmh", "o": "ipl", "p": "ol",
    "q": "wa", "r": "etf", "s": "adw", "t": "ryg", "u": "yij", "v": "cb", "w": "qes", "x": "zc",
    "y": "tuh", "z": "xa",
}  # fmt: skip
_AROUND = (
    ("Hi there! ", " Thank you!"),
    ("Good morning everyone, ", ""),
    ("hey, quick question for the group: ", ""),
    ("Sorry to bug you again, but ", ""),
    ("ok so um ", ""),
    ("uh yeah so ", " thanks so much"),
    ("Hello Alliance Guide. ", " I appreciate your help."),
    ("", " Thanks in advance for any pointers!"),
    ("", " tia"),
    ("asking for a friend, ", ""),
    ("This is probably a silly question, but ", ""),
    ("I have been wondering: ", " Cheers"),
    ("Happy Friday! ", " Have a great weekend."),
    ("hey siri ", ""),
    ("okay google ", " question mark"),
    ("I hope this finds you well. ", " Kind regards"),
    ("Hi team, new here. ", " Much obliged!"),
    ("My director wants an answer by noon. ", ""),
    ("Hello, I hope you are having a good week. ", " Any help is appreciated."),
    ("quick one - ", " ty!"),
    ("Not sure this is the right channel. ", ""),
    ("pardon the interruption, ", ""),
    ("One more thing. ", " Thanks again, you are a lifesaver."),
    ("Morning! Coffee in hand, and a question: ", ""),
    ("well, you know, um, ", " please"),
)


@dataclass(frozen=True, slots=True)
class AsTyped:
    """Shares of the questions with the same first passage as the clean one."""

    questions: int
    slips: float
    wrapped: float
    changed: tuple[tuple[str, str, str], ...]
    """What was typed, and the first passage of the clean question and of that."""


def slipped(text: str, chance: random.Random) -> str:
    """A question with a slip in one or two of its longer words."""
    places = list(_LETTERS.finditer(text))
    for found in sorted(
        chance.sample(places, min(len(places), chance.choice((1, 2)))), key=lambda one: -one.start()
    ):
        text = f"{text[: found.start()]}{_slip(found[0], chance)}{text[found.end() :]}"
    return text


def wrapped(text: str, chance: random.Random) -> str:
    """A question with what people say before and after one."""
    before, behind = chance.choice(_AROUND)
    return f"{before}{text}{behind}"


def typed_alike(guide: Guide, files: Sequence[Path], most: int = 200, seed: int = 1) -> AsTyped:
    """Ask the answerable questions of some files clean, with slips, and with courtesies.

    Raises:
        ContentInvalid: with each line of the files that can't be used.
    """
    labels = [one for file in files for one in read_questions(file) if one.gold and not one.history]
    clean = [one.question for one in labels]
    answered = [
        (text, first) for text, first in zip(clean, _firsts(guide, clean), strict=True) if first
    ]
    chance = random.Random(seed)  # noqa: S311  (nothing secret)
    picked = chance.sample(answered, min(most, len(answered)))
    changed: list[tuple[str, str, str]] = []
    shares = []
    ways: tuple[Callable[[str, random.Random], str], ...] = (slipped, wrapped)
    for way in ways:
        typed = [way(text, chance) for text, _ in picked]
        pairs = zip(typed, picked, _firsts(guide, typed), strict=True)
        wrong = [(text, first, got) for text, (_, first), got in pairs if first != got]
        changed += wrong
        shares.append(1 - len(wrong) / max(len(picked), 1))
    return AsTyped(len(picked), shares[0], shares[1], tuple(changed))


def _firsts(guide: Guide, texts: Sequence[str]) -> list[str]:
    """The first passage of the answer to each; empty where there is none."""
    return [
        answer.citations[0].passage.id if isinstance(answer, Answered) else ""
        for start in range(0, len(texts), _BATCH)
        for answer in guide.answer_many(
            [guide.read(text) for text in texts[start : start + _BATCH]]
        )
    ]


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at] + word[at:]
        case 2:
            at = min(at, len(word) - 2)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case _:
            return word[:at] + chance.choice(_NEXT_TO[word[at].lower()]) + word[at + 1 :]
