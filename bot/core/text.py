"""Reading what a person typed: normal form, words, and what can't be a question."""

from __future__ import annotations

import re
import unicodedata

from bot.core.errors import EmptyQuestion, OverlongQuestion, WordlessQuestion

_SHOWS_NOTHING = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
)
"""Letters and marks that take no room, or show an empty one; see `visible` for the others."""
_JOINER = "\u200d"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARKUP = re.compile(
    r"<(?:a?:\w+:|@[!&]?|#|/[\w -]+:)\d+>|@(?:everyone|here)\b|\|\||```|`|\*\*|__|~~"
)
_QUOTE_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})

STOPWORDS = frozenset(
    """
    a about after all also am an and any are as at be because been before being between both but
    by can can't cannot cant could did didn't do does doesn't doesnt doing don't done dont down
    each either else ever few for from further get gets getting go goes going got had has have
    haven't having he her here hers him his how i i'd i'll i'm i've if im in into is isn't it
    it's its itself just let's lets like made make makes many may me mean means might more most
    much must my neither no nor not of off on once one only or other others our ours out over
    own please pls really said same say says she should shouldn't so some someone something
    stuff such tell than that that's thats the their them then there there's these they thing
    things this those through to too under until up us very was wasn't way we we're we've were
    what what's whats when where whether which while who who's whom whose why will with without
    won't wont would yet you you're your yours
    """.split()  # noqa: SIM905  (a list of one word a line is not read by anyone)
)


def visible(text: str) -> str:
    """Text without signs that show nothing and may deceive: zero-width, bidirectional, controls.

    What joins the parts of an emoji stays, and white space.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        sign for at, sign in enumerate(text) if not _shows_nothing(sign) or _joins(text, at)
    )


def normalize(text: str, limit: int) -> str:
    """The question as it is searched: composed Unicode, single spaces, no markup or controls.

    Args:
        text: what the person typed, anything.
        limit: characters a question may have.

    Raises:
        OverlongQuestion, EmptyQuestion, WordlessQuestion: it can't be read as a question.
    """
    if len(text) > limit:
        raise OverlongQuestion(
            f"That is {len(text):,} characters long; please put your question in {limit:,} or less.",
            len(text),
            limit,
        )
    composed = unicodedata.normalize("NFKC", text).translate(_QUOTE_MARKS)
    visible = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in composed)
    plain = " ".join(visible.split())
    while (bare := " ".join(_MARKUP.sub(" ", plain).split())) != plain:
        plain = bare
    plain = plain[:limit].rstrip()
    if not plain:
        raise EmptyQuestion("There is no question here: please type one in a few words.")
    if not _WORD.search(plain):
        raise WordlessQuestion("There are no words in this: please type your question in words.")
    return plain


def words(text: str) -> list[str]:
    """The words of a text in lower case, apostrophes kept."""
    return _WORD.findall(text.translate(_QUOTE_MARKS).lower())


def content_words(text: str) -> list[str]:
    """The words that carry meaning: without articles, pronouns, auxiliaries and the like."""
    return [word for word in words(text) if word not in STOPWORDS]


def _shows_nothing(sign: str) -> bool:
    unseen = unicodedata.category(sign) in {"Cc", "Cf"} and not sign.isspace()
    return unseen or sign in _SHOWS_NOTHING


def _joins(text: str, at: int) -> bool:
    """Whether a sign joins two pictures, such as those of a woman and a laptop."""
    around = text[at - 1 : at], text[at + 1 : at + 2]
    pictures = {"So", "Sk", "Mn"}  # with a color of skin, or a mark that asks for the picture
    return text[at] == _JOINER and all(
        one and unicodedata.category(one) in pictures for one in around
    )
