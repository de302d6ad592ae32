"""What a ranking looks like in a terminal, and whose it is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from rich.console import Group
from rich.text import Text

from bot import resources, wiring
from bot.answers.notes import StoredNotes
from bot.core.models import Passage
from bot.data_folder import database_file
from bot.guide.contract import Explanation, ResultRecord
from bot.guide.guide import Guide
from bot.settings import Settings

_SHOWN = ("close_known", "close_asks", "close_text", "known", "ask", "text", "words")


def guide_for(settings: Settings, alliance: int | None) -> Guide:
    """The guide over the library, with the practice notes of an alliance where one is named."""
    file = database_file(settings)
    if alliance is None or (file is not None and not file.exists()):
        return resources.make_guide(settings)
    phrases = resources.read_content(settings).phrases

    async def noted() -> tuple[Passage, ...]:
        async with await wiring.open_storage(settings, wiring.ServeOptions()) as store:
            return tuple(await StoredNotes(store, phrases).passages(alliance))

    return resources.make_guide(settings, asyncio.run(noted()))


def ranking_page(ranked: Sequence[ResultRecord]) -> Group:
    """Passages with what their scores are made of."""
    lines: list[Text] = []
    for one in ranked:
        signals = ", ".join(
            f"{name.replace('_', ' ')} {one.signals.get(name, 0.0):.2f}" for name in _SHOWN
        )
        lines += [
            Text(f"{one.score:6.2f}  {one.passage}: {one.title}"),
            Text(f"        {signals}", style="dim"),
        ]
    return Group(*lines)


def explanation_page(why: Explanation) -> Group:
    """Why an answer came out so."""
    kinds = ", ".join(f"{name} {chance:.2f}" for name, chance in why.kinds.items())
    lines = [
        f"Decided by: {why.decided}",
        f"Covered: {why.confidence:.2f}, refused below {why.threshold:.2f}",
        f"Asks for: {kinds or 'nothing in particular'}",
        f"In no passage: {', '.join(why.unknown) or 'no word'}",
        *(f"Searched too: {part}" for part in why.parts),
    ]
    return Group(*map(Text, lines), ranking_page(why.ranking))
