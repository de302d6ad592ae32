"""/guide export: what an alliance has in the guide, as a file."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.answers.records import Gap, Note
from bot.chat.flow import Scope, command
from bot.chat.screen import File, Screen
from bot.chat.turn import Turn
from bot.core.pace import Cost

_AT_ONCE = 500


@command("guide export", scope=Scope.SERVER, steward=True, cost=Cost.QUESTION)
async def export(turn: Turn) -> Screen:
    """Hand out the file."""
    content = await alliance_export(turn)
    words = turn.say("export_done", notes=len(content["notes"]), gaps=len(content["gaps"]))
    return Screen(words, files=[File.of_json("alliance-guide-export.json", content)])


async def alliance_export(turn: Turn) -> dict[str, Any]:
    """What an alliance has: settings, channels, practice notes, open gaps; ready for JSON."""
    store, alliance = turn.store, turn.alliance
    settings = await store.alliances.settings(alliance)
    gaps: list[Gap] = []
    while len(gaps) % _AT_ONCE == 0:
        before = gaps[-1].exchange if gaps else None
        if not (more := await store.answers.open_gaps(alliance, _AT_ONCE, before=before)):
            break
        gaps += more
    return {
        "alliance": str(alliance),
        "exported": turn.now.isoformat(),
        "settings": {
            name: str(value) if name.endswith("_role") and value is not None else value
            for name, value in asdict(settings).items()
        },
        "channels": [
            {"channel": str(used.channel), "purpose": used.purpose.value}
            for used in await store.alliances.channels(alliance)
        ],
        "notes": [_note(note) for note in await store.answers.notes(alliance)],
        "gaps": [_gap(gap) for gap in gaps],
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "question": note.question,
        "text": note.text,
        "author": None if note.author is None else str(note.author),
        "author_name": note.author_name,
        "created": note.created.isoformat(),
        "gaps": list(note.gaps),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "id": gap.exchange,
        "question": gap.question,
        "reason": gap.reason.value,
        "private": gap.private,
        "asked": gap.created.isoformat(),
    }
