"""Reads what people say to the bot beside questions, and what they type around them."""

from __future__ import annotations

from pathlib import Path

from bot.content.files import read_whole
from bot.content.kinds_file import KindsFile
from bot.content.models import AboutBotFile, SpokenFile
from bot.content.problems import ProblemList
from bot.content.typed_file import TypedFile
from bot.core.about_bot import AboutBot, AboutBotKind
from bot.core.models import KindExamples
from bot.core.spoken import SpokenKind, SpokenWords, Tokens, tokens
from bot.core.typed_words import TypedWords, Wording, Wordings


def read_about_bot(knowledge: Path, problems: ProblemList) -> AboutBot:
    """What people say to the bot about itself."""
    content = read_whole(AboutBotFile, knowledge / "about-the-bot.yaml", knowledge, problems)
    if content is None:
        return AboutBot()
    kinds = (
        AboutBotKind(name, tuple(entry.says), entry.overheard)
        for name, entry in content.kinds.items()
    )
    return AboutBot(tuple(kinds), tuple(content.unlike))


def read_spoken_words(knowledge: Path, problems: ProblemList) -> SpokenWords:
    """What people write where a button was meant."""
    content = read_whole(SpokenFile, knowledge / "words-for-buttons.yaml", knowledge, problems)
    if content is None:
        return SpokenWords()
    kinds = (
        SpokenKind(
            name,
            _wordings(entry.says),
            _wordings(entry.alone),
            frozenset(entry.unless),
            entry.day,
        )
        for name, entry in content.kinds.items()
    )
    return SpokenWords(
        tuple(kinds),
        _wordings(content.other),
        _wordings(content.every),
        frozenset(content.doubts),
        frozenset(content.fillers),
        _wordings(content.requests),
    )


def read_question_kinds(knowledge: Path, problems: ProblemList) -> tuple[KindExamples, ...]:
    """What questions can want, by examples."""
    content = read_whole(KindsFile, knowledge / "question-kinds.yaml", knowledge, problems)
    if content is None:
        return ()
    return tuple(
        KindExamples(name, tuple(entry.wants), tuple(entry.unlike))
        for name, entry in content.kinds.items()
    )


def read_typed_words(knowledge: Path, problems: ProblemList) -> TypedWords:
    """What people type around questions, and how they shorten words."""
    content = read_whole(TypedFile, knowledge / "as-people-type.yaml", knowledge, problems)
    if content is None:
        return TypedWords()
    return TypedWords(
        greetings=_rows(content.greetings),
        addressed=_rows(content.addressed),
        thanks=_rows(content.thanks),
        courtesies=_rows(content.courtesies),
        requests=_rows(content.requests),
        openers=_rows(content.openers),
        hesitations=_rows(content.hesitations),
        fillers=_rows(content.fillers),
        anywhere=_rows(content.anywhere),
        meant_after=frozenset(content.meant_after),
        said_signs=content.said_signs,
        short=content.short,
        short_in_doubt=frozenset(content.short_in_doubt),
        beside=frozenset(content.beside),
        known=frozenset(content.known),
        negations=_rows(content.negations),
        languages={code: frozenset(some) for code, some in content.languages.items()},
    )


def _rows(written: list[str]) -> Wordings:
    return tuple(filter(lambda one: one.words, map(Wording.of, written)))


def _wordings(written: list[str]) -> tuple[Tokens, ...]:
    return tuple(filter(None, map(tokens, written)))
