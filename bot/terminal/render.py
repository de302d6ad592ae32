"""Answers, passages and sources as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.core.models import Answer, Answered, Citation, Document, Passage
from bot.core.phrases import Phrases


def answer(given: Answer, phrases: Phrases, *, commands: bool = False) -> RenderableType:
    """An answer with its numbered sources, or what lies nearby where there is none.

    Args:
        given: the answer.
        phrases: the words around it.
        commands: name the command that starts a checklist worth running.
    """
    blocks: list[RenderableType] = [Text(given.text)]
    if isinstance(given, Answered):
        blocks.append(Padding(_sources(given.citations), (1, 0, 0, 0)))
    elif given.related:
        blocks.append(Padding(_sources(given.related), (1, 0, 0, 0)))
    for checklist in given.checklists:
        worth = phrases.say(
            "checklist_worth", title=checklist.title, id=checklist.id, command=commands
        )
        blocks.append(Text(worth, style="green"))
    return Group(*blocks)


def passage(shown: Passage, phrases: Phrases) -> RenderableType:
    """A passage in full, with where it comes from and what it illustrates."""
    lines = [Text(shown.title, style="bold"), Text(shown.text)]
    source = phrases.say(
        "source_line",
        document=shown.document.title,
        authors=shown.document.authors,
        section=shown.section,
    )
    facts = {
        "fact_where": shown.circumstance.place,
        "fact_sector": shown.circumstance.sector,
        "fact_outcome": shown.circumstance.outcome,
        "fact_shows": ", ".join(shown.circumstance.illustrates),
        "fact_source": source,
        "fact_file": f"{shown.place.file}:{shown.place.line}",
    }
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        if value:
            table.add_row(Text(phrases.say(name), style="dim"), Text(value))
    return Group(*lines, Padding(table, (1, 0, 0, 0)))


def passages(shown: Sequence[Passage]) -> RenderableType:
    """Titles with ids and first sentences."""
    table = Table.grid(padding=(0, 2))
    for one in shown:
        place = f" ({one.circumstance.place})" if one.circumstance.place else ""
        table.add_row(Text(one.id, style="cyan"), Text(f"{one.title}{place}\n{one.sentences[0]}"))
    return table


def documents(
    known: Iterable[Document], counts: Mapping[str, int], phrases: Phrases
) -> RenderableType:
    """The source documents, with what is not known about them."""
    table = Table.grid(padding=(0, 2, 1, 0))
    for document in known:
        line = phrases.say(
            "document_line",
            title=document.title,
            authors=document.authors,
            publisher=document.publisher,
            year=document.year,
            passages=counts.get(document.id, 0),
            note=document.note,
        )
        table.add_row(Text(document.id, style="cyan"), Text(line))
    return table


def _sources(citations: Sequence[Citation]) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    for citation in citations:
        one = citation.passage
        source = Text(f"{one.title} ")
        source.append(f"({one.id}, {one.kind.value})", style="cyan")
        source.append(f"\n{one.document.title}, {one.section}", style="dim")
        table.add_row(Text(f"[{citation.marker}]", style="bold"), source)
    return table
