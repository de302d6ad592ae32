"""What an answer looks like, pure: from a record to a screen.

Everything that isn't a phrase of `prompts/` is escaped. A text that is too long is cut at a sentence,
at the same place with any heading; **Read on** shows the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.actions import DIRECTION, HELPFUL, NOT_HELPFUL, READ_ON, SHARE_ANSWER
from bot.answers.passage_screen import (
    first_sentence,
    passage_option,
    reading_menu,
    reading_option,
)
from bot.answers.records import Exchange
from bot.chat.action import LONGEST_ID
from bot.chat.screen import Button, Option, Row, Screen, Style
from bot.checklists.actions import START
from bot.core.checklist import Checklist
from bot.core.markup import (
    SENTENCE,
    SOURCE,
    by_source,
    clip,
    escape,
    marked_once,
    shorten,
    split_text,
)
from bot.core.models import Library, Passage, PassageKind
from bot.core.phrases import Say
from bot.guide.contract import AnswerRecord, CitationRecord

HEADING, FOOT = 450, 160
"""Characters kept for the lines above and below an answer."""
_MOST_SOURCES = 6
LABEL = 80
"""Characters that the label of a button has at most."""


def record_of(exchange: Exchange) -> AnswerRecord:
    """The stored answer."""
    return AnswerRecord.model_validate(dict(exchange.outcome.record))


def answer_screen(
    record: AnswerRecord,
    library: Library,
    say: Say,
    room: int,
    *,
    exchange: tuple[int, int] | None = None,
    heading: str = "",
    foot: str = "",
    shareable: bool = False,
    found_helpful: bool = False,
) -> Screen:
    """An answer with its sources, a case in point and a checklist.

    Args:
        record: the answer.
        library: has the cases and checklists.
        say: has the words.
        room: characters of one screen.
        exchange: the alliance and the stored exchange that its buttons are about; None for none.
        heading: stands above, ready to show.
        foot: stands below, ready to show.
        shareable: only whoever asked sees it, and may share it.
        found_helpful: a steward marked the same answer as good.
    """
    if record.about_bot is not None:
        return Screen(f"-# {shorten(heading, HEADING)}" if heading else "", record.answer)
    if record.ask_back:
        return _directions(record, say, exchange, heading)
    text, rest = _cut(record, library, say, room)
    if rest:
        text = f"{text}\n{say('answer_continues')}"
    head = f"-# {shorten(heading, HEADING)}" if heading else ""
    rows: list[Row] = []
    if exchange is not None:
        readings = _readings(record, library)
        rows.append(reading_menu(say, exchange[0], readings, exchange[1]))
        buttons = [
            Button(say("label_read_on"), READ_ON(*exchange), Style.PRIMARY) if rest else None,
            Button(say("label_helpful"), HELPFUL(*exchange)),
            Button(say("label_not_helpful"), NOT_HELPFUL(*exchange)),
            Button(say("label_share"), SHARE_ANSWER(*exchange), Style.PRIMARY)
            if shareable
            else None,
            _start(_proposed(record, library), say, exchange[0]),
        ]
        rows.append([button for button in buttons if button is not None])
    good = say("found_helpful") if found_helpful and record.answered else ""
    below = (*_below(record, library, say), good, shorten(foot, FOOT))
    return Screen(head, _read_as(record, say), marked_once(text), *below, rows=rows)


def _directions(
    record: AnswerRecord, say: Say, exchange: tuple[int, int] | None, heading: str
) -> Screen:
    """A question back: a button for each of the things that may be meant."""
    buttons: list[Row] = [
        [Button(shorten(one.label, LABEL), DIRECTION(*exchange, number), Style.PRIMARY)]
        for number, one in enumerate(record.ask_back, start=1)
        if exchange is not None
    ]
    head = f"-# {shorten(heading, HEADING)}" if heading else ""
    return Screen(head, _read_as(record, say), escape(record.answer), rows=buttons)


def rest_of_answer(record: AnswerRecord, library: Library, say: Say, room: int) -> list[Screen]:
    """What did not fit on the screen of a long answer; all of it where the library changed so."""
    first, rest = _cut(record, library, say, room)
    return [Screen(marked_once(part)) for part in split_text(rest or first, room)]


def case_in_point(record: AnswerRecord, library: Library) -> Passage | None:
    """A case that illustrates the first guidance cited, unless a case is cited anyhow."""
    if not record.answered or any(c.kind == PassageKind.CASE.value for c in record.citations):
        return None
    for citation in record.citations:
        for passage in library.passages:
            if citation.passage in passage.circumstance.illustrates:
                return passage
    return None


def _cut(record: AnswerRecord, library: Library, say: Say, room: int) -> tuple[str, str]:
    """The text that stands on the first screen, and the rest; each sentence with its marker."""
    text = by_source(escape(_own_words(record, say)))
    left = room - HEADING - FOOT - len("-# ") - sum(map(len, _below(record, library, say)))
    left -= len(_read_as(record, say)) + len(say("found_helpful"))
    if len(text) <= left:
        return text, ""
    first = split_text(text, left - len(say("answer_continues")) - 1)[0]
    return first, text[len(first) :].strip()


def _own_words(record: AnswerRecord, say: Say) -> str:
    """The text of an answer without the list of what is near, which stands below by itself."""
    if record.answered or not record.related:
        return record.answer
    titles = [citation.title for citation in record.related]
    return record.answer.removesuffix(say("nearby", titles=titles)).strip()


def _read_as(record: AnswerRecord, say: Say) -> str:
    """The line that says what was read, where slips were put right."""
    return f"-# {say('read_as', question=clip(record.read_as))}" if record.read_as else ""


def _below(record: AnswerRecord, library: Library, say: Say) -> tuple[str, str, str, str]:
    """What stands below the text: what is not covered, sources, a case, a checklist."""
    case, checklist = case_in_point(record, library), _proposed(record, library)
    parts = [clip(part) for part in record.uncovered or ()]
    return (
        say("part_not_covered", parts=parts) if parts else "",
        _sources(record, say),
        _case(case, say) if case else "",
        _checklist(checklist, say) if checklist else "",
    )


def _cited(record: AnswerRecord) -> list[CitationRecord]:
    return record.citations if record.answered else record.related


def _readings(record: AnswerRecord, library: Library) -> Iterator[Option]:
    for citation in _cited(record):
        source = citation.source
        yield reading_option(citation.passage, citation.title, source.title, source.section)
    if (case := case_in_point(record, library)) is not None:
        yield passage_option(case)


def _sources(record: AnswerRecord, say: Say) -> str:
    cited = _cited(record)
    if not cited:
        return ""
    lines = [f"**{say('sources_head')}**" if record.answered else f"{say('nearby_head')}:"]
    for citation in cited[:_MOST_SOURCES]:
        mark = f"[{citation.marker}]" if record.answered else "•"
        where = ", ".join(filter(None, [citation.source.title, citation.source.section]))
        lines.append(f"{mark} **{clip(citation.title)}**\n-# {clip(where, SOURCE)}")
    return "\n".join(lines)


def _case(case: Passage, say: Say) -> str:
    return say(
        "case_in_point",
        title=clip(case.title),
        place=clip(case.circumstance.place),
        sentence=clip(first_sentence(case), SENTENCE),
    )


def _proposed(record: AnswerRecord, library: Library) -> Checklist | None:
    return next(map(library.checklists_by_id.get, record.checklists), None)


def _checklist(checklist: Checklist, say: Say) -> str:
    return say(
        "checklist_hint",
        title=clip(checklist.title),
        purpose=clip(checklist.purpose, SENTENCE),
        id=checklist.id,
    )


def _start(checklist: Checklist | None, say: Say, alliance: int) -> Button | None:
    """Starts the checklist; None where there is none, or its id is too long for a button."""
    if checklist is None or len(START(alliance, "")) + len(checklist.id) > LONGEST_ID:
        return None
    return Button(say("label_start_checklist"), START(alliance, checklist.id))
