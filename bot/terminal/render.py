"""Answers, passages and sources as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.core.models import Answer, Answered, Citation, Document, Passage


def answer(given: Answer, *, commands: bool = False) -> RenderableType:
    """An answer with its numbered sources, or what lies nearby where there is none.

    Args:
        given: the answer.
        commands: name the command that starts a checklist worth running.
    """
    blocks: list[RenderableType] = [Text(given.text)]
    if isinstance(given, Answered):
        blocks.append(Padding(_sources(given.citations), (1, 0, 0, 0)))
    elif given.related:
        blocks.append(Padding(_sources(given.related), (1, 0, 0, 0)))
    for checklist in given.checklists:
        start = f"\n  /checklist start {checklist.id}" if commands else f" ({checklist.id})"
        blocks.append(Text(f"Worth running: {checklist.title}{start}", style="green"))
    return Group(*blocks)


def passage(shown: Passage) -> RenderableType:
    """A passage in full, with where it comes from and what it illustrates."""
    lines = [Text(shown.title, style="bold"), Text(shown.text)]
    facts = {
        "Where": shown.circumstance.place,
        "Sector": shown.circumstance.sector,
        "What came of it": shown.circumstance.outcome,
        "Shows": ", ".join(shown.circumstance.illustrates),
        "Source": f"{shown.document.title} ({shown.document.authors}), {shown.section}",
        "File": f"{shown.place.file}:{shown.place.line}",
    }
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        if value:
            table.add_row(Text(name, style="dim"), Text(value))
    return Group(*lines, Padding(table, (1, 0, 0, 0)))


def passages(shown: Sequence[Passage]) -> RenderableType:
    """Titles with ids and first sentences."""
    table = Table.grid(padding=(0, 2))
    for one in shown:
        place = f" ({one.circumstance.place})" if one.circumstance.place else ""
        table.add_row(Text(one.id, style="cyan"), Text(f"{one.title}{place}\n{one.sentences[0]}"))
    return table


def documents(known: Iterable[Document], counts: dict[str, int]) -> RenderableType:
    """The source documents, with what is not known about them."""
    table = Table.grid(padding=(0, 2, 1, 0))
    for document in known:
        year = str(document.year) if document.year else "year not known"
        head = f"{document.title}\n{document.authors} · {document.publisher} · {year}"
        table.add_row(
            Text(document.id, style="cyan"),
            Text(f"{head}\n{counts.get(document.id, 0)} passages. {document.note}"),
        )
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
