"""The errors this program raises on purpose.

    GuideError                       everything below; carries a sentence for the user
    ├── QuestionRefused              a question that can't be read as one (exit code 2)
    │   ├── EmptyQuestion
    │   ├── WordlessQuestion
    │   └── OverlongQuestion
    ├── ConfigurationError           a setting that can't work, with its name (exit code 2)
    ├── ContentInvalid               knowledge or prompts with problems, each as file:line (exit code 1)
    ├── IndexUnusable                no index to search (exit code 3)
    │   ├── IndexMissing
    │   ├── IndexTorn                a file of it is cut off or altered
    │   └── IndexStale               built from other content, model or format
    ├── ModelUnusable                the embedding model can't be used (exit code 3)
    ├── StoreUnavailable             the database is locked or gone (bot.database, exit code 3)
    ├── Refused                      no, to whoever asked for something (bot.chat)
    ├── Busy, Stopping               no question is taken right now (bot.guide.service)
    └── LeftAlliance                 a button of an alliance somebody left (bot.adapters.discord.memberships)

Whoever shows one to a person prints `str(error)`: one sentence, with what to do about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


class GuideError(Exception):
    """Base of all errors raised on purpose; `exit_code` is what the command line returns."""

    exit_code: ClassVar[int] = 1


class Refused(GuideError):
    """The only way in which a flow says no: the words are for whoever asked."""


class QuestionRefused(GuideError):
    """A question that can't be read as one; `code` is its stable name in JSON."""

    exit_code = 2
    code: ClassVar[str] = "refused"


class EmptyQuestion(QuestionRefused):
    """Nothing but white space or invisible characters."""

    code = "empty"


class WordlessQuestion(QuestionRefused):
    """Signs, emoji or control characters without a single word."""

    code = "wordless"


class OverlongQuestion(QuestionRefused):
    """More characters than a question may have."""

    code = "overlong"

    def __init__(self, message: str, length: int, limit: int) -> None:
        super().__init__(message)
        self.length = length
        self.limit = limit


class ConfigurationError(GuideError):
    """A setting that can't work."""

    exit_code = 2


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong at a place of a file; lines count from 1, 0 stands for the whole file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ContentInvalid(GuideError):
    """Content that can't be used; `problems` has every one of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        super().__init__(
            f"The content has {count} problem{'s' if count != 1 else ''}, the first is "
            f"{self.problems[0]}. Run `python -m bot check` to see all."
        )


class IndexUnusable(GuideError):
    """There is no search index that can be used."""

    exit_code = 3


class IndexMissing(IndexUnusable):
    """No index was built yet."""


class IndexTorn(IndexUnusable):
    """A file of the index is missing, cut off or altered."""


class IndexStale(IndexUnusable):
    """The index was built from other content, by another model or in another format."""


class ModelUnusable(GuideError):
    """The embedding model is missing or not the one it should be."""

    exit_code = 3
