"""What a question asks for: its parts, the kind of thing it wants, and what came before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.core.models import Question
from bot.core.text import content_words


class Asked(StrEnum):
    """The kind of thing a question wants, where its wording says so."""

    FIGURE = "figure"
    DATE = "date"
    PERSON = "person"
    RULE = "rule"
    CURRENT = "current"
    SERVICE = "service"


_ASKED = {
    Asked.FIGURE: r"""how (many|much|big|large|often)\b|percent|%|\bper ?cent|\bratio\b|\brate\b
        |number of|head ?count|\bbudget|\bcosts?\b|\bprices?\b|\bsalar|\bfees? (for|of|to)\b|ballpark
        |\baverage\b|\bwages?\b|\bpaid\b|\bdollars?\b|\$|\bstatistic|\bnumbers?\b""",
    Asked.DATE: r"""\bwhen (was|were|did|is|does|will)\b|what (year|day|date|time|month)\b|how (long|old)\b
        |\bdeadline|\bdates?\b|\bsince when\b|\bwhat years?\b""",
    Asked.PERSON: r"""\bwho('s| is| was| runs| ran| heads| headed| founded| started| chairs| directs)\b
        |\bnames? of\b|e-?mail( address)?\b|\bphone\b|\bcontact\b|\bdirector of|\bpresident of|\bceo of
        |\bfounder|\baddress\b|which (professor|person|official)""",
    Asked.RULE: r"""\blaws?\b|\blegal|\bregulat|\bcomplian|\btax|\birs\b|\bwioa\b|\beligib|\ballowable\b
        |\bstatut|\bliab|\bantitrust|\bosha\b|\bflsa\b|\bnlr[ab]\b|\beeoc\b|\bsection \d|\blicens
        |\bprocurement|\bperkins\b|\btanf\b|\bfederal (match|rules?|act)|\brequired by\b|\bgrants?\b""",
    Asked.CURRENT: r"""\btoday\b|\bnow(adays)?\b|\bcurrent|\bstill (exist|around|alive|open|runn|going)
        |\blatest\b|\bnewest\b|\bthis (year|month|week)|\brecent|\b20[12]\d\b|\bat the moment\b|\batm\b
        |\bnews\b|\bupcoming\b|\bnext (year|month|week)""",
    Asked.SERVICE: r"""\b(send|draft|book|schedule|translate|summari[sz]e|remind|e-?mail|call|print|forward
        |generate|design|proofread|rewrite|compose|order|invite) (me|us|my|our|a|an|the|this|it|them)\b
        |\btemplates?\b|\bsample\b|\bslides?\b|\bpdf\b|\blink to\b|\bdownload|\bspreadsheet|\bsoftware\b
        |\bapps?\b|\bcrm\b|\bwrite (me|us|a|an|the|up)\b|\bmake (me|us) (a|an)\b""",
}
_PATTERNS = {
    kind: re.compile(pattern, re.IGNORECASE | re.VERBOSE) for kind, pattern in _ASKED.items()
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
_PART = re.compile(
    r"\?\s+|[.;!]\s+|,\s*(?:and|but|plus|also|or)\s+|\s+(?:and|plus|also|as well as)\s+(?:also\s+)?"
    r"(?=(?:how|what|who|when|where|why|which|should|can|could|do|does|is|are|if|whether|any)\b)"
    r"|,\s*(?=(?:how|what|who|when|where|why|which|should|can|could|do|does|is|are)\b)"
    r"|\s+and\s+",
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
_MOST_PARTS = 3


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for search.

    Attributes:
        text: the question itself.
        search: what is searched: the question with what came before it, if anything did.
        parts: the pieces of a question that asks for several things, else nothing.
        asked: the kinds of thing it wants.
        wants_case: an example is asked for.
        wants_checklist: being led through something is asked for.
    """

    text: str
    search: str
    parts: tuple[str, ...]
    asked: frozenset[Asked]
    wants_case: bool
    wants_checklist: bool

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
        asked=frozenset(kind for kind, pattern in _PATTERNS.items() if pattern.search(text)),
        wants_case=bool(_CASE.search(text)),
        wants_checklist=bool(_CHECKLIST.search(text)),
    )


def leans_on_earlier(text: str) -> bool:
    """Whether a question can only be understood with what was asked before it."""
    return bool(_LEANING.search(text)) or _weight(text) <= 1


def split_parts(text: str) -> tuple[str, ...]:
    """The pieces of a question that could each be asked alone; nothing when it is one piece."""
    pieces: list[str] = []
    start = 0
    for cut in _PART.finditer(text):
        if min(_weight(text[start : cut.start()]), _weight(text[cut.end() :])) >= _LEAST_WORDS:
            pieces.append(text[start : cut.start()])
            start = cut.end()
    pieces.append(text[start:])
    return tuple(p.strip(" ,.;?!") for p in pieces) if 2 <= len(pieces) <= _MOST_PARTS else ()


def _weight(text: str) -> int:
    return len(content_words(text))
