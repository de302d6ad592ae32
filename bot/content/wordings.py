"""Reads what people say to the bot beside questions: about itself, and instead of pressing a button."""

from __future__ import annotations

from pathlib import Path

from bot.content.files import read_whole
from bot.content.models import AboutBotFile, SpokenFile
from bot.content.problems import ProblemList
from bot.core.about_bot import AboutBot, AboutBotKind
from bot.core.spoken import SpokenKind, SpokenWords, Tokens, tokens


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


def _wordings(written: list[str]) -> tuple[Tokens, ...]:
    return tuple(filter(None, map(tokens, written)))
