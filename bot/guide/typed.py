"""What a person typed, as the question in it: without greetings, thanks, courtesies and "um".

Nothing is taken away where nothing that asks would be left. The wordings are content, see
`knowledge/as-people-type.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from bot.core.models import Library, Question
from bot.core.text import content_words, words
from bot.core.typed_words import TypedWords, Wording, Wordings, by_first
from bot.guide.language import is_mixed, language_of
from bot.guide.slips import Slips

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BETWEEN = re.compile(r"((?<=[.!?…])\s+|\s*[;\n]\s*|(?<=\w):\s+|\s[-–—]+\s)")
_CLAUSE_END = re.compile(r"[,.!?:;…()]|\s[-–—]+\s")
_NAME_CALLED = re.compile(r"\s*,?\s*[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?\s*(?=[,.!:–—-]|$)")
_ASKING = frozenset(
    words(
        "how what who whom whose when where why which should can could would do does did is are if"
    )
)
_JOINS = frozenset(words("but and so just then however"))
"""What may stand between a courtesy and the question."""
_TRAILING = re.compile(r"(?:[ ,.!(–—-]|\s(?:and|but)\b)+$")
_GOES_ON = frozenset(words("on about of for with to from regarding as"))
"""Words with which what seemed a courtesy goes on: "any advice on …"."""
_LEADS_ON = frozenset(
    words("say says saying said are is be been a the our their your of with give")
)
"""Words behind which a courtesy is what is spoken of: "how do we say thanks"."""
_MOST_WORDS = 10
"""So many words of a clause may go with a wording that takes the rest along."""
_AT_END = 14
"""Among so many of the last words what stands behind a question begins."""
_ENOUGH = 3
"""Content words with which a text counts as a question though it has no word that asks."""
_PAUSE = "\0"


class TypedReader:
    """Reads what people type to one library. The first slip takes a second: lists are read for it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._unwrapper = Unwrapper(library.typed)
        self._slips = Slips(library)

    def read(self, question: Question) -> Question:
        """The question in what was typed, in normal form, and what was typed beside it."""
        typed = question.typed or question.text
        if self._library.about_bot.exactly(typed):
            return question
        others = self._library.typed.languages
        if language := language_of(typed, self._slips.is_english, others):
            return replace(question, typed=typed, language=language)
        corrected = self._slips.correct(self._unwrapper.unwrap(typed))
        return replace(
            question,
            text=corrected.text,
            history=tuple(
                self._slips.correct(self._unwrapper.unwrap(turn)).text for turn in question.history
            ),
            typed=typed,
            read_as=corrected.text if corrected.told else "",
            mixed=is_mixed(typed, self._slips.is_only_english, self._slips.knows),
            negated=self._unwrapper.negated(corrected.text),
        )


class Unwrapper:
    """Takes off what stands around and between the words of a question."""

    def __init__(self, typed: TypedWords) -> None:
        self._typed = typed
        self._around = typed.around
        self._openers = by_first(typed.openers)
        self._requests = by_first(typed.requests)
        self._addressed = by_first(typed.addressed)
        self._greetings = frozenset(typed.greetings)
        self._thanks = frozenset(typed.thanks)
        self._signs = _pattern(Wording.of(said) for said in typed.said_signs)
        self._hesitations = _pattern(typed.hesitations)
        self._fillers = _pattern(typed.fillers)
        self._anywhere = _pattern(typed.anywhere)
        self._negations = _pattern(typed.negations)

    def unwrap(self, text: str) -> str:
        """The question in a text; the text itself where nothing that asks would be left."""
        spoken = self._without_fillers(self._signs.sub(self._sign, text)) if text else text
        sentences = _BETWEEN.split(spoken)
        rest = ""
        for at in range(0, len(sentences), 2):
            if part := self._without_request(self._peel(sentences[at])):
                rest += (sentences[at - 1] if rest else "") + part
        rest = _tidy(rest)
        return rest if rest != text and _asks(rest) else text

    def negated(self, text: str) -> bool:
        """Whether the other side is asked for."""
        parts = _BETWEEN.split(text)[::2]
        asking = [part for part in parts if "?" in part or not _ASKING.isdisjoint(words(part))]
        asked = " ".join(asking or parts)
        return bool(self._negations.search(asked)) or "n't" in asked

    def _sign(self, said: re.Match[str]) -> str:
        return self._typed.said_signs[" ".join(words(said[0]))]

    def _without_fillers(self, text: str) -> str:
        text = self._hesitations.sub(_PAUSE, text)
        text = re.sub(rf"\s*,?\s*{_PAUSE}[\s,{_PAUSE}]*", f" {_PAUSE} ", text)
        fillers = self._fillers.pattern
        text = re.sub(rf"(?i),\s*{fillers}\s*,", " ", text)
        text = re.sub(rf"(?i){_PAUSE}\s*{fillers},?(?=\s)|{fillers}\s*,?\s*{_PAUSE}", _PAUSE, text)
        text = self._anywhere.sub(self._unless_meant, text)
        text = _repeated(text.replace(_PAUSE, " "))
        return _tidy(text)

    def _unless_meant(self, said: re.Match[str]) -> str:
        before = words(said.string[: said.start()])
        meant = not before or before[-1] in self._typed.meant_after
        return said[0] if meant or not said.string[said.end() :].strip(" ?.!") else " "

    def _peel(self, part: str) -> str:
        """A sentence without what stands before and after the question in it; maybe nothing."""
        return self._peel_end(self._peel_start(part))

    def _peel_start(self, part: str) -> str:
        rest = part
        taken = True
        while taken and (found := _WORD.search(rest)):
            taken = False
            here = rest[found.start() :]
            for wording in self._around.get(_plain(found), ()):
                end = self._end_of(wording, here)
                if end is None or not self._is_apart(wording, here[end:]):
                    continue
                rest, taken = here[end:], True
                if wording in self._greetings:
                    rest = self._after_name(rest)
                rest = _after_join(rest)
                break
            else:
                if (shorter := self._without(self._openers, here)) is not None:
                    rest, taken = shorter, True
        return rest.strip(" ,-–—") if _WORD.search(rest) else ""

    def _end_of(self, wording: Wording, text: str) -> int | None:
        """Where a wording at the start of a text ends; None where it isn't there, or means more."""
        count = len(wording.words)
        most = count + (_MOST_WORDS + 1) * wording.open
        spans = [(_plain(found), found.end()) for found in islice(_WORD.finditer(text), most)]
        if tuple(word for word, _ in spans[:count]) != wording.words:
            return None
        end = spans[count - 1][1]
        if not wording.open:
            return end
        until = stop.start() if (stop := _CLAUSE_END.search(text, end)) else len(text)
        rest = 0
        for word, ended in spans[count:]:
            if ended > until:
                break
            if word in _ASKING or word == "but":
                return end if rest else None
            rest, end = rest + 1, ended
        return end if rest <= _MOST_WORDS else None

    def _is_apart(self, wording: Wording, following: str) -> bool:
        """Whether a wording before a question surely does not belong to what follows it.

        A single word may: "thanks to the union"; others do where "about" or the like follows.
        """
        found = _WORD.search(following)
        word = _plain(found) if found else ""
        if word in _GOES_ON and not wording.open and following[:1].isspace():
            return False
        if len(wording.words) > 1 or wording in self._greetings:
            return True
        return not following[:1].isspace() or word in _ASKING | _JOINS or word in self._around

    def _after_name(self, text: str) -> str:
        """What follows who is greeted."""
        if (shorter := self._without(self._addressed, text.lstrip(" ,"))) is not None:
            return shorter
        return text[name.end() :] if (name := _NAME_CALLED.match(text)) else text

    def _without(self, wordings: Mapping[str, Wordings], text: str) -> str | None:
        """What follows one of some wordings at the start; None where none is there."""
        found = _WORD.match(text)
        for wording in wordings.get(_plain(found), ()) if found else ():
            if (end := self._end_of(wording, text)) is not None:
                return text[end:]
        return None

    def _peel_end(self, part: str) -> str:
        rest, taken = part, True
        while taken:
            taken = False
            spans = list(_WORD.finditer(rest))
            for at, found in list(enumerate(spans))[-_AT_END:]:
                for wording in self._around.get(_plain(found), ()):
                    if not self._may_end(wording, rest[: found.start()]):
                        continue
                    end = self._end_of(wording, rest[found.start() :])
                    if end is None or (left := rest[found.start() + end :]).strip(" .!,:)(-–—?"):
                        continue
                    question = "?" if "?" in left and at else ""
                    rest = _TRAILING.sub("", rest[: found.start()])
                    rest, taken = (rest + question if rest else ""), True
                    break
                if taken:
                    break
        return rest.strip()

    def _may_end(self, wording: Wording, before: str) -> bool:
        """Whether a wording at the end surely does not belong to what stands before it."""
        if not before.strip() or before.rstrip()[-1:] in ",.!?-–—(":
            return True
        if words(before)[-1:] and words(before)[-1] in _LEADS_ON:
            return False
        if wording in self._thanks:
            return not wording.open or wording.words[0].startswith("thank")
        return not wording.open and len(wording.words) >= 3

    def _without_request(self, part: str) -> str:
        """A sentence without "can you tell me" before a word that asks."""
        shorter = self._without(self._requests, part)
        if shorter is None:
            return part
        following = words(shorter)[:1]
        return part if following and following[0] not in _ASKING else shorter.strip(" ,:")


def _plain(found: re.Match[str]) -> str:
    """A word in lower case, with a plain apostrophe."""
    return found[0].lower().replace("’", "'")


def _pattern(wordings: object) -> re.Pattern[str]:
    """Some wordings as a pattern; it matches nothing where there are none."""
    rows = sorted((one.words for one in wordings), key=lambda row: -len(row))  # type: ignore[attr-defined]
    every = "|".join(r"\s+".join(map(re.escape, row)) for row in rows)
    return re.compile(rf"(?i:(?<![\w'])(?:{every or '(?!)'})(?![\w']))")


def _after_join(text: str) -> str:
    """A text without "but" or "so" at its start, where something follows."""
    found = _WORD.search(text)
    if found and found[0].lower() in _JOINS and _WORD.search(text, found.end()):
        return text[found.end() :]
    return text


def _repeated(text: str) -> str:
    """A text without what somebody said twice in a row: "what does a what does a champion do"."""
    return re.sub(r"\b(\w+(?:[ ,]+[\w']+){1,4})[ ,]+\1\b", r"\1", text, flags=re.IGNORECASE)


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([,.!?;:])", r"\1", " ".join(text.split()))
    return re.sub(r",(?=[?!.])|(?<!\.)\.(?=[?!])", "", text).strip(" ,;:")


def _asks(text: str) -> bool:
    content = content_words(text)
    asks = "?" in text or not _ASKING.isdisjoint(words(text))
    return len(content) >= (1 if asks else _ENOUGH)
