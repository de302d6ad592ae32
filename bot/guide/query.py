"""What a question asks for: its parts, the kind of thing it wants, and what came before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.core.models import Question
from bot.core.text import content_words


class AskedKind(StrEnum):
    """The kind of thing a question wants, where its wording says so."""

    FIGURE = "figure"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    RULE = "rule"
    CURRENT = "current"
    SERVICE = "service"
    ASIDE = "aside"
    CASE = "case"
    CHECKLIST = "checklist"
    DISTRESS = "distress"
    SMALLTALK = "smalltalk"
    NEGATED = "negated"


_ASKED = {
    AskedKind.SERVICE: r"""\b(send|draft|book|schedule|translate|summari[sz]e|remind|e-?mail|call|print|forward
        |generate|design|proofread|rewrite|compose|order|invite) (me|us|my|our|a|an|the|this|it|them)\b
        |\btemplates?\b|\bsample\b|\bslides?\b|\bpdf\b|\blink to\b|\bdownload|\bspreadsheet|\bsoftware\b
        |\bapps?\b|\bcrm\b|\bwrite (me|us|a|an|the|up)\b|\bmake (me|us) (a|an)\b""",
}
_ASKED[
    AskedKind.ASIDE
] = r"""\b(ignore|forget|disregard|override|bypass|skip)\b.{0,40}\b(rules?|instructions?|prompts?
    |above|previous|guidelines|guardrails)\b|\b(system|hidden|secret|initial) (prompt|instruction|message|token)
    |\bpretend\b|\bact as\b|\brole ?-?play|\byou(\'re| are) now\b|\bopposite day\b|\bjailbreak|\b(debug|developer|dan) mode\b
    |\b(reply|answer|respond|type|print|output|repeat)\b.{0,30}\b(only|exactly|back to|word for word|verbatim)\b
    |\[/?inst|<\|?\w+\|?>|^(assistant|system|user|human|ai) ?:|\bapi keys?\b|\b(linux )?terminal\b|@everyone|@here
    |\byour (rules|instructions|prompt|config|training data)\b|\bwhat (model|ai) are you\b|\bare you (a )?(bot|real|human|ai)\b
    |^(hi|hello|hey|yo|good (morning|evening|night|afternoon)|thanks|thank you|lol|you there)\b[^?]*$"""
_DISTRESS = re.compile(
    r"\b(kill|hurt|harm) (myself|my ?self)|\bsuicid|\bend (it all|my life)|\bnobody would miss me"
    r"|\b(want|wanna) to die\b|\bno reason to live",
    re.IGNORECASE,
)
_PATTERNS = {
    kind: re.compile(re.sub(r"\n\s*", "", pattern), re.IGNORECASE)
    for kind, pattern in _ASKED.items()
}
_CASE = re.compile(
    r"\bexamples?\b|\bcases?\b|\bcase stud|has any|\banyone (done|tried|else)|\bdid (others|other)"
    r"|\bwho has (done|tried)|\breal[- ]life|\bin practice\b|\bsuccess stor|\belsewhere\b|\bstory\b",
    re.IGNORECASE,
)
_CHECKLIST = re.compile(
    r"check ?-?list|walk (me|us)|step[- ]by[- ]step|guide me|take (me|us) through|self[- ]?(check|assess)"
    r"|to-? ?do list|work ?(me|us)? thr(ough|u)|go (through|thru|over)|run (me|us) through"
    r"|questions to (ask|go)|health check|(review|assess|audit|diagnos\w+) (our|my|the|how)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:else|more|further|another|besides|go on|continue|elaborate|expand)\b|\bother (?:ones?|ways?)\b",
    re.IGNORECASE,
)
_ASKING = (
    r"(?:how|what|who|whom|whose|when|where|why|which|should|can|could|would|do|does|did|is|are|was"
    r"|if|whether|any|tell|explain|name|list|give|describe)\b"
)
_CUT = re.compile(
    rf"[.?!;:…]+\s+|\s+[-–—]+\s+|\.{{2,}}\s*|\n+"
    rf"|,\s*(?=(?:and|but|plus|also|or|besides|then)\b|{_ASKING})"
    r"|\s+(?=(?:and|plus|also|as well as|but|besides|versus|vs\.?|compared (?:with|to)|unlike)\s)",
    re.IGNORECASE,
)
_STRONG_CUT = re.compile(
    rf"\?\s+|[.;!]\s+|,\s*(?:and|but|plus|also|or)?\s*(?:also\s+)?(?={_ASKING})"
    rf"|\s+(?:and|plus|also|as well as|but)\s+(?:also\s+|then\s+)?(?={_ASKING})"
    r"|\s+(?:versus|vs\.?|compared (?:with|to)|as opposed to|unlike)\s+",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(two|three) (things|questions|worries|headaches|parts|lists)|\bboth\b|\beach\b|\bthe two\b"
    r"|\bversus\b|\bvs\b|\bdiffer(s|ence|ences)?\b|\bcompare[ds]?\b|\bunlike\b|\bone where\b|\bplus\b"
    r"|\bas well as\b|\balso\b",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"(?:(?:and|but|so|also|plus|in|on|at|for|of) )*{_ASKING}", re.IGNORECASE)
_STORY = re.compile(
    r"^(?:and |but |so |also )?(?:i|i'm|i've|we|we're|we've|our|my|he|she|they|nobody|somebody|someone"
    r"|everyone|everybody|one|two|the|a|an|it|it's|there|last|this)\b(?!.*\?)",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"^(and|but|so|or|also|then|what about|how about|what if|why( not)?|who else|which ones?"
    r"|any (others?|more)|more|else|like what|such as|for example)\b"
    r"|^.{0,45}\b(it|its|they|them|their|that one|those|these|the others?|this|he|she|him|her"
    r"|there|the (first|second|third|last) one|same)\b.{0,25}$",
    re.IGNORECASE,
)
_LEAST_WORDS = 2
_MOST_PARTS = 5


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for search.

    Attributes:
        text: the question itself.
        search: what is searched: the question with what came before it, if anything did.
        parts: the pieces of a question that asks for several things, else nothing.
        several: its wording leaves no doubt that it asks for several things.
        asked: the kinds of thing it wants, as far as wording tells; heads tell the others, see
            `bot.guide.kinds`.
        wants_case: an example is asked for.
        wants_checklist: being led through something is asked for.
        wants_more: what goes beyond something said is asked for.
        distress: a person speaks of harming themselves, which no library answers.
        typed: what the person typed; `text` is that without slips and courtesies.
        read_as: what to show as what was read; empty where no word that matters was put right.
        language: the code of the language it is in; empty for English.
        mixed: it may be in two languages.
        negated: it asks for the other side: what does not work, or should not be done.
        pointed: it named its thing by its place in a list; `text` has the thing itself.
        overheard: what came before was not answered.
        direction: the id of the passage that is meant, where the bot had asked back.
    """

    text: str
    search: str
    parts: tuple[str, ...]
    several: bool
    asked: frozenset[AskedKind]
    wants_case: bool
    wants_checklist: bool
    wants_more: bool
    distress: bool
    typed: str
    read_as: str = ""
    language: str = ""
    mixed: bool = False
    negated: bool = False
    pointed: bool = False
    overheard: bool = False
    direction: str = ""

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every text that has to be embedded for it; the first is `search`."""
        return (self.search, *self.parts)


def understand(question: Question) -> Query:
    """Take a normalized question apart."""
    text = question.text
    search = " ".join([*question.history[-2:], text]) if question.history else text
    return Query(
        text=text,
        search=search,
        parts=split_parts(text),
        several=asks_for_several(text),
        asked=frozenset(kind for kind, pattern in _PATTERNS.items() if pattern.search(text)),
        wants_case=bool(_CASE.search(text)),
        wants_checklist=bool(_CHECKLIST.search(text)),
        wants_more=bool(_MORE.search(text)),
        distress=bool(_DISTRESS.search(text)),
        typed=question.typed or text,
        read_as=question.read_as,
        language=question.language,
        mixed=question.mixed,
        negated=question.negated,
        overheard=question.overheard,
        direction=question.direction,
    )


def leans_on_earlier(text: str) -> bool:
    """Whether a question can only be understood with what was asked before it."""
    return bool(_LEANING.search(text)) or _weight(text) <= 1


def split_parts(text: str) -> tuple[str, ...]:
    """The pieces of a question, each of which might ask for something; nothing when there is one.

    They are cut small on purpose, and what asks by itself is one as well: which of them bring a
    passage of their own is decided by what they find (see `bot.guide.choice`).
    """
    pieces = [piece.strip(" ,.;?!") for piece in _cut(text, _CUT, _LEAST_WORDS)]
    while len(pieces) > _MOST_PARTS:
        weights = [_weight(a) + _weight(b) for a, b in pairwise(pieces)]
        at = weights.index(min(weights))
        pieces[at : at + 2] = [f"{pieces[at]}, {pieces[at + 1]}"]
    pieces = pieces if len(pieces) > 1 else []
    asking = [
        part
        for part in asking_parts(text)
        if not any(piece.endswith(part) and _weight(piece) == _weight(part) for piece in pieces)
    ]
    return (*pieces, *asking[:_MOST_PARTS])


def asking_parts(text: str) -> tuple[str, ...]:
    """The pieces of a question that ask by themselves; nothing where it is one piece."""
    pieces = [piece.strip(" ,.;?!-") for piece in _cut(text, _STRONG_CUT, 1)]
    return tuple(piece for piece in pieces if does_ask(piece)) if len(pieces) > 1 else ()


def does_ask(piece: str) -> bool:
    """Whether a piece of a question begins with a word that asks."""
    return bool(_ASKS.match(piece))


def asks_for_several(text: str) -> bool:
    """Whether a question says that it asks for several things, or asks twice."""
    pieces = [piece for piece in _cut(text, _STRONG_CUT, 1) if not _STORY.search(piece)]
    return bool(_SEVERAL.search(text)) or sum(bool(_ASKS.match(p.strip())) for p in pieces) > 1


def _cut(text: str, pattern: re.Pattern[str], least: int) -> list[str]:
    """Cut where both sides keep at least so many content words."""
    pieces: list[str] = []
    start = 0
    for cut in pattern.finditer(text):
        end = cut.start() + (text[cut.start()] == "?")
        if min(_weight(text[start:end]), _weight(text[cut.end() :])) >= least:
            pieces.append(text[start:end])
            start = cut.end()
    return [*pieces, text[start:]]


def _weight(text: str) -> int:
    return len(content_words(text))
