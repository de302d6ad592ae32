"""Practice notes as passages, so that they are searched, quoted and cited like the library."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.answers.records import Note
from bot.core.models import Document, FilePlace, Passage, PassageKind
from bot.core.phrases import Phrases
from bot.core.sentences import split_sentences

if TYPE_CHECKING:
    from bot.store import Store

PRACTICE_NOTES = "practice-notes"
"""The id of the document that all notes are in."""

NOTE_LENGTH = 4000
"""Characters a note may have."""

_ALLIANCES_KEPT = 100
"""Alliances whose notes are kept ready."""
TITLE_LENGTH = 200
_MARKER = re.compile(r"\[(\d+)\]")
_BREAK = re.compile(r"[ \t]*\n[ \t]*")


def note_id(note: int) -> str:
    """The passage id of a note."""
    return f"note-{note}"


def note_number(id_: str) -> int:
    """The note that a passage is."""
    return int(id_.removeprefix("note-"))


def note_passage(note: Note, questions: Mapping[int, str], phrases: Phrases) -> Passage:
    """A note as a passage of the kind "note"; what it answers are its asks.

    Args:
        note: the note.
        questions: those of its gaps that are still kept, by gap.
        phrases: the words for title, document and section.
    """
    asks = [note.question, *(questions.get(gap, "") for gap in note.gaps)]
    asked = tuple(dict.fromkeys(" ".join(ask.split()) for ask in asks if ask.strip()))
    text = clean_note(note.text)
    title = asked[0] if asked else phrases.say("note_title", number=note.id)
    return Passage(
        id=note_id(note.id),
        title=title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1]}…",
        kind=PassageKind.NOTE,
        topics=(PRACTICE_NOTES,),
        document=Document(
            id=PRACTICE_NOTES,
            title=phrases.say("note_document"),
            authors=note.author_name,
            publisher="",
            year=note.created.year,
            note="",
        ),
        section=phrases.say("note_section", author=note.author_name, date=note.created.date()),
        place=FilePlace(PRACTICE_NOTES, note.id),
        text=text,
        sentences=split_sentences(text) or (text,),
        asks=asked,
    )


def clean_note(text: str) -> str:
    """A note as it is quoted: white space tidied, and nothing in it that looks like a marker."""
    lines = _BREAK.sub("\n", text.replace("\r", "\n").strip())
    return _MARKER.sub(r"(\1)", re.sub(r"\n{3,}", "\n\n", lines))


class StoredNotes:
    """Implements `bot.guide.service.ExtraPassages`: the practice notes of an alliance.

    Args:
        store: has the notes.
        phrases: the words for title, document and section.
    """

    def __init__(self, store: Store, phrases: Phrases) -> None:
        self._store = store
        self._phrases = phrases
        self._kept: OrderedDict[int, tuple[tuple[int, ...], tuple[Passage, ...]]] = OrderedDict()

    async def passages(self, alliance: int) -> Sequence[Passage]:
        """The current notes, oldest first; read anew when anything about them changed."""
        answers = self._store.answers
        state = await answers.state_of_notes(alliance)
        if not state[0]:
            self._kept.pop(alliance, None)
            return ()
        kept = self._kept.get(alliance)
        if kept is None or kept[0] != state:
            notes = await answers.notes(alliance)
            questions = await answers.questions_of_notes(alliance)
            kept = (state, await asyncio.to_thread(self._made, notes, questions))
        self._kept[alliance] = kept
        self._kept.move_to_end(alliance)
        if len(self._kept) > _ALLIANCES_KEPT:
            self._kept.popitem(last=False)
        return kept[1]

    def _made(self, notes: Sequence[Note], questions: Mapping[int, str]) -> tuple[Passage, ...]:
        return tuple(note_passage(note, questions, self._phrases) for note in notes)
