"""Whether words stand by themselves, are a whole thought, or go on with another; pure.

The words that a question leans on stand beside it: in the message it replies to, in a thread's
title, in what the same person wrote right before. Which of them is decided by what is left of it
without the words that only point, ask for help, or hold a sentence together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.answers.respond import (
    QUESTION_MARKS,
    asks_in_words,
    is_command,
    is_courtesy,
    is_question,
    plain_text,
    resumes,
)
from bot.core.text import content_words, words

SHORT_PAUSE, LONG_PAUSE = 2.0, 4.0
"""Seconds that what is no whole question waits for more: a question without its mark, and others."""
_FEW = 3
"""Content words of what is read with something else, where it points at it or asks nothing."""
_LEAST_ADDED = 2
"""Content words of what changes a whole question."""

_ASKING = frozenset(
    words(
        "help helping helps advice advise thought thoughts idea ideas opinion opinions view views "
        "take input suggestion suggestions suggest comment comments feedback guidance tips tip "
        "recommend recommendation recommendations anything please pls plz question questions answer "
        "answers answering ask asked asking asks respond reply know think thinking look looking see "
        "saw read reading check weigh chime title titles above below earlier post posted posts "
        "message messages msg thread topic subject wrote write written writing mentioned mention "
        "brought raised discussed discussing talking talked explain need needs want wants wanted "
        "wondering curious give show situation problem problems issue issues point same agree true "
        "1 hi hey hello thanks thank thx bot guide friend friends guy guys folks team everyone "
        "everybody experience experiences"
    )
)
"""What asks somebody to say something, without saying about what."""
_VAGUE = frozenset(
    words(
        "first next now instead differently best better way ways start starting begin beginning "
        "happen happens work works handle approach deal tackle solve fix different case exactly"
    )
)
"""What says something only of what was spoken of."""
_STILL = re.compile(
    r"\b(?:is|are|was|were|isn't|aren't|will|can|could) there\b|\bthere(?:'s| is| are| was| were)\b"
    r"|\bthis (?:year|month|week|quarter|fall|autumn|spring|summer|winter|morning|afternoon|evening"
    r"|time|kind|sort|type|library|bot|guide|channel|server)\b",
    re.IGNORECASE,
)
"""What looks as if it pointed at something."""
_POINTS = re.compile(
    r"\^|[👆☝⬆↑]|\b(?:this|these|those|above)\b"
    r"|\bthat\b(?=\W*$|\W*[?.!,;]|\s+(?:with|for|from|in|on|at|to|and|or|if|too|one|please|pls|work"
    r"|works|happen|happens|case|question|problem|issue|situation|message|post|way|kind|would|should"
    r"|could|can|will)\b)"
    r"|^.{0,45}\b(?:it|its|they|them|theirs?|he|she|him|his|hers?|same|others?)\b.{0,25}$",
    re.IGNORECASE | re.DOTALL,
)
_TOPIC = re.compile(
    r"^\W*(?:any |some |your )?(?:thoughts?|ideas?|tips?|advice|guidance|inputs?|views?|opinions?|"
    r"suggestions?|help) (?:on|about|for|with|regarding|around)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;] )(?<! in )(?<! at )[A-Z][a-z'’]+\b")
_LOOSE = frozenset(
    words(
        "and or but so because that which who whose whom with without for to of in on at by from as "
        "than if when while where how what why the a an our my your their his her its this these "
        "those is are was were am be been can could should would will shall may might must do does "
        "did have has had not no we i they he she about into onto over under between among through "
        "during before after since until unless although though whether like such very more most "
        "less least some any every each both either neither also then just only even"
    )
)
"""Words with which nothing ends that was typed to the end; prepositions that end questions too."""
_DANGLING = _LOOSE - frozenset(
    words(
        "to of in on at by from for with about into over under through before after not no "
        "was is are were be been do does did have has had can could should would will shall may "
        "might must so more most less least some any each both either neither then just only even "
        "that this these those what why how who where when we i they he she like since"
    )
)
"""Words with which no whole question ends."""
_ENDED = re.compile(r"[.!。]\W*$")
_OPEN_END = re.compile(r"(?:\.{2,}|…|[,:;&/+(–—-])[\s\"'*_]*$")


# -- by themselves ---------------------------------------------------------------------------------


def says_nothing(text: str, names: Collection[str] = ()) -> bool:
    """Whether nothing is left of a text without what points, asks for help, or names people."""
    return not _left(text, names)


def stands_alone(text: str, names: Collection[str] = ()) -> bool:
    """Whether a text can be answered as it is.

    Args:
        text: what somebody wrote.
        names: of those who wrote what it may point at.
    """
    left = _left(text, names)
    if _VAGUE.issuperset(left):
        return False
    if len(left) > _FEW:
        return True
    asks = asks_in_words(text) or bool(_TOPIC.match(text))
    return asks and not points(text)


def points(text: str) -> bool:
    """Whether a text points at what stands somewhere else."""
    return bool(_POINTS.search(_STILL.sub(" ", plain_text(text))))


def _left(text: str, names: Collection[str]) -> list[str]:
    known = {_bare(word) for name in [*names, *_NAME.findall(text)] for word in words(name)}
    bare = [_bare(word) for word in content_words(plain_text(text))]
    return [word for word in bare if word not in _ASKING and word not in known]


def _bare(word: str) -> str:
    return word.removesuffix("'s")


def read_together(own: str, beside: str, limit: int, names: Collection[str] = ()) -> str:
    """What is asked by words that lean on others: those others, with what it adds to them.

    What stands beside is cut where both are longer than `limit`.
    """
    if says_nothing(own, names):
        return beside[:limit]
    return as_one_text([beside[: max(limit - len(own) - 2, 0)], own])


# -- whole, or in pieces ---------------------------------------------------------------------------


def is_whole(text: str) -> bool:
    """Whether a text is a question that was typed to its end."""
    if _OPEN_END.search(text) or not is_question(text):
        return False
    ends = max(text.rfind(mark) for mark in QUESTION_MARKS)
    if ends >= 0:
        return len(content_words(text[ends + 1 :])) < _LEAST_ADDED or _is_ended(text)
    return _is_ended(text)


def breaks_off(text: str) -> bool:
    """Whether a text surely has no end."""
    if _OPEN_END.search(text):
        return True
    said = words(text)
    return bool(said) and not _is_ended(text) and said[-1] in _DANGLING


def patience(text: str) -> float:
    """Seconds to wait for what may still come before a text is answered."""
    if is_whole(text):
        return 0.0
    loose = (said := words(text)) and said[-1] in _LOOSE
    return LONG_PAUSE if loose or breaks_off(text) or not asks_in_words(text) else SHORT_PAUSE


def goes_on(earlier: str, later: str, *, addressed: bool) -> bool:
    """Whether what somebody wrote within seconds belongs to what they wrote before.

    Args:
        earlier: what was taken as a question.
        later: what came next.
        addressed: the bot has to say something to it anyhow.
    """
    if is_courtesy(later) or is_command(later):
        return False
    if not is_whole(earlier):
        two = asks_in_words(earlier) and asks_in_words(later)
        return not two or breaks_off(earlier) or not content_words(earlier)
    if is_question(later) and asks_in_words(later):
        return False
    if resumes(later) or len(content_words(later)) < _LEAST_ADDED:
        return False
    return addressed or not stands_alone(earlier)


def as_one_text(parts: Sequence[str]) -> str:
    """What was written in pieces, as one text; a new sentence begins where one surely does."""
    text = ""
    for part in filter(None, (part.strip() for part in parts)):
        fresh = text and not _is_closed(text) and (part[:1].isupper() or asks_in_words(part))
        text = f"{text}{'.' if fresh and not breaks_off(text) else ''} {part}".strip()
    return text


def _is_ended(text: str) -> bool:
    return bool(_ENDED.search(text))


def _is_closed(text: str) -> bool:
    return text.rstrip("\"'”’)*_~ ")[-1:] in {*QUESTION_MARKS, *".!。…,:;–—-"}
