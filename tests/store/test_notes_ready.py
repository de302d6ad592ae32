"""Practice notes are read and made ready once, and anew after any change to them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answers.notes import StoredNotes
from bot.core.phrases import Phrases
from bot.store import Store
from tests.store.samples import ANA, BEN, OSLO, PARIS, gap


@pytest.fixture
def reads(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The alliances whose notes were read, noted from now on."""
    alliances: list[int] = []
    really = store.answers.notes

    async def note(alliance: int) -> Any:
        alliances.append(alliance)
        return await really(alliance)

    monkeypatch.setattr(store.answers, "notes", note)
    return alliances


async def test_notes_are_read_once_until_something_about_them_changes(
    store: Store, phrases: Phrases, reads: list[int]
) -> None:
    notes = StoredNotes(store, phrases)
    asked = await store.answers.add_exchange(PARIS, gap(person=ANA))
    assert await notes.passages(PARIS) == ()
    kept = await store.answers.answer_gap(
        PARIS, asked.id, text="Firms pay.", author=BEN, author_name="Ben B."
    )
    assert kept is not None
    (first,) = await notes.passages(PARIS)
    (same,) = await notes.passages(PARIS)
    assert first is same
    assert await notes.passages(OSLO) == ()
    assert reads == [PARIS]
    await store.privacy.forget_person(PARIS, ANA)
    (without_words,) = await notes.passages(PARIS)
    assert asked.question not in without_words.asks
    await store.privacy.forget_person(PARIS, BEN)
    (unsigned,) = await notes.passages(PARIS)
    assert "Ben" not in unsigned.document.authors
    assert await store.answers.retract_note(PARIS, kept.id)
    assert await notes.passages(PARIS) == ()
    assert reads == [PARIS] * 3
