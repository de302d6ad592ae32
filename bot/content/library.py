"""Reads `knowledge/` into a `Library`, or tells every problem in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from bot.content.checklists import check_references, definition_of, read_checklists
from bot.content.files import name_of, read_text, read_whole
from bot.content.models import (
    WORDS,
    ChecklistFile,
    DocumentsFile,
    PassageHead,
    UncoveredFile,
    ZonesFile,
)
from bot.content.problems import ProblemList, parse_yaml, validate
from bot.content.questions import read_hands
from bot.content.wordings import (
    read_about_bot,
    read_question_kinds,
    read_spoken_words,
    read_typed_words,
)
from bot.core.about_bot import AboutBot
from bot.core.checklist import Checklist
from bot.core.errors import ContentInvalid, Problem
from bot.core.models import (
    Circumstance,
    Document,
    FilePlace,
    HandQuestion,
    Library,
    Passage,
    PassageKind,
)
from bot.core.sentences import doubtful_sentences, split_sentences
from bot.core.zones import Zones

_markdown = MarkdownIt("commonmark").use(front_matter_plugin)
_FOLDER_KINDS = {"guidance": "guidance", "cases": "case"}


@dataclass(frozen=True, slots=True)
class _Written:
    """A passage as it stands in a file, before its references are looked up."""

    head: PassageHead
    head_line: int
    text: str
    place: FilePlace


def read_library(knowledge: Path) -> Library:
    """Read all content below the folder `knowledge`.

    Raises:
        ContentInvalid: with every problem found.
    """
    library, problems = examine_library(knowledge)
    if library is None:
        raise ContentInvalid(problems)
    return library


def examine_library(knowledge: Path) -> tuple[Library | None, list[Problem]]:
    """Read all content; the library is None when there is any problem."""
    problems = ProblemList()
    documents = _read_documents(knowledge, problems)
    written = list(_read_passages(knowledge, problems))
    checklists = list(read_checklists(knowledge, problems))
    uncovered = _read_uncovered(knowledge, problems)
    zones = _read_zones(knowledge, problems)
    about_bot = read_about_bot(knowledge, problems)
    spoken = read_spoken_words(knowledge, problems)
    typed = read_typed_words(knowledge, problems)
    kinds = read_question_kinds(knowledge, problems)
    questions = tuple(read_hands(knowledge, {one.head.id for one in written}, problems))
    passages = _resolve(written, documents, problems)
    if not written:
        problems.add(knowledge.name, 0, "there are no passages")
    _check_references(written, checklists, problems)
    if problems.problems:
        return None, sorted(problems.problems)
    definitions = tuple(definition_of(checklist) for checklist, _ in checklists)
    return (
        Library(
            documents=tuple(documents.values()),
            passages=passages,
            checklists=definitions,
            uncovered=uncovered,
            fingerprint=_fingerprint(passages, definitions, uncovered, about_bot, questions),
            zones=zones,
            about_bot=about_bot,
            spoken=spoken,
            typed=typed,
            questions=questions,
            kinds=kinds,
        ),
        [],
    )


def read_zones(knowledge: Path) -> Zones:
    """The time zones alone, which takes no time.

    Raises:
        ContentInvalid: with every problem found.
    """
    problems = ProblemList()
    zones = _read_zones(knowledge, problems)
    if problems.problems:
        raise ContentInvalid(problems.problems)
    return zones


def _read_documents(knowledge: Path, problems: ProblemList) -> dict[str, Document]:
    file = knowledge / "documents.yaml"
    content = read_whole(DocumentsFile, file, knowledge, problems)
    found: dict[str, Document] = {}
    for entry in content.documents if content else ():
        if entry.id in found:
            problems.add(name_of(file, knowledge), 1, f"two documents have the id {entry.id!r}")
        found[entry.id] = Document(
            entry.id,
            entry.title,
            entry.authors,
            entry.publisher,
            entry.year,
            entry.note,
            entry.series or "",
            entry.url or "",
        )
    return found


def _read_passages(knowledge: Path, problems: ProblemList) -> Iterator[_Written]:
    for folder, kind in _FOLDER_KINDS.items():
        for file in sorted((knowledge / folder).glob("*.md")):
            name = name_of(file, knowledge)
            text = read_text(file, knowledge, problems)
            written = _read_passage_file(text, name, problems) if text is not None else None
            if written is None:
                continue
            if written.head.kind != kind:
                problems.add(name, 1, f"kind {written.head.kind!r} does not belong in {folder}/")
            if written.head.id != file.stem:
                problems.add(name, 1, f"the id {written.head.id!r} is not the file's name")
            yield written
    glossary = knowledge / "glossary.md"
    text = read_text(glossary, knowledge, problems)
    if text is not None:
        yield from _read_glossary(text, name_of(glossary, knowledge), problems)


def _read_passage_file(text: str, name: str, problems: ProblemList) -> _Written | None:
    tokens = _markdown.parse(text)
    if not tokens or tokens[0].type != "front_matter":
        problems.add(name, 1, "does not begin with front matter between two lines of ---")
        return None
    return _written(tokens[0], tokens[1:], text, name, problems)


def _read_glossary(text: str, name: str, problems: ProblemList) -> Iterator[_Written]:
    """Entries of a glossary: a `##` heading, a fenced block of YAML, and the text."""
    tokens = _markdown.parse(text)
    starts = [i for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h2"]
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        entry = tokens[start + 3 : end]
        line = (tokens[start].map or [0])[0] + 1
        if not entry or entry[0].type != "fence" or entry[0].info.strip() != "yaml":
            problems.add(name, line, "the heading is not followed by a fenced block of yaml")
            continue
        written = _written(entry[0], entry[1:], text, name, problems)
        if written is not None:
            if written.head.kind != "glossary":
                problems.add(
                    name, line, f"kind {written.head.kind!r} does not belong in a glossary"
                )
            yield written


def _written(
    head: Token, body: list[Token], text: str, name: str, problems: ProblemList
) -> _Written | None:
    first_line = (head.map or [0])[0] + 2
    parsed = parse_yaml(head.content, name, first_line, problems)
    if parsed is None:
        return None
    blocks = [token for token in body if token.map is not None and token.level == 0]
    for token in blocks:
        if token.type != "paragraph_open":
            line = (token.map or [0])[0] + 1
            problems.add(
                name, line, f"the text has a {token.type.removesuffix('_open')}; write prose"
            )
    maps = [token.map for token in blocks if token.map is not None]
    lines = text.splitlines()
    paragraphs = [" ".join(lines[start:end]) for start, end in maps]
    prose = "\n\n".join(re.sub(r"\s+", " ", paragraph).strip() for paragraph in paragraphs)
    body_line = maps[0][0] + 1 if maps else first_line
    count = len(prose.split())
    if not WORDS[0] <= count <= WORDS[1]:
        problems.add(name, body_line, f"the text has {count} words, not {WORDS[0]} to {WORDS[1]}")
    for sentence in doubtful_sentences(prose):
        line = next(
            (at for at in range(body_line, len(lines) + 1) if sentence[:20] in lines[at - 1]),
            body_line,
        )
        problems.add(name, line, f"may be no sentence, or two: {sentence!r}")
    model = validate(PassageHead, parsed, name, first_line, problems)
    if model is None:
        return None
    return _Written(model, first_line, prose, FilePlace(name, body_line))


def _read_uncovered(knowledge: Path, problems: ProblemList) -> tuple[str, ...]:
    content = read_whole(UncoveredFile, knowledge / "uncovered.yaml", knowledge, problems)
    return tuple(content.questions) if content else ()


def _read_zones(knowledge: Path, problems: ProblemList) -> Zones:
    content = read_whole(ZonesFile, knowledge / "zones.yaml", knowledge, problems)
    if content is None:
        return Zones()
    more = {said: name for name, names in content.zones.items() for said in names}
    return Zones(more, content.several, content.short)


def _resolve(
    written: list[_Written], documents: dict[str, Document], problems: ProblemList
) -> tuple[Passage, ...]:
    passages: dict[str, Passage] = {}
    for entry in written:
        head = entry.head
        file = entry.place.file
        if head.id in passages:
            other = passages[head.id].place.file
            problems.add(file, entry.head_line, f"the id {head.id!r} stands in {other} too")
        document = documents.get(head.source.document)
        if document is None:
            problems.add(
                file, entry.head_line, f"no document {head.source.document!r} in documents.yaml"
            )
            continue
        passages[head.id] = Passage(
            id=head.id,
            title=head.title,
            kind=PassageKind(head.kind),
            topics=tuple(head.topics),
            document=document,
            section=head.source.section,
            place=entry.place,
            text=entry.text,
            sentences=split_sentences(entry.text),
            asks=tuple(head.asks),
            beyond=tuple(head.beyond),
            stage=head.stage or "",
            circumstance=Circumstance(
                tuple(head.illustrates or ()),
                head.sector or "",
                head.place or "",
                head.outcome or "",
            ),
        )
    return tuple(passages[key] for key in sorted(passages))


def _check_references(
    written: list[_Written], checklists: list[tuple[ChecklistFile, str]], problems: ProblemList
) -> None:
    known = {entry.head.id for entry in written}
    for entry in written:
        for reference in entry.head.illustrates or ():
            if reference not in known:
                problems.add(
                    entry.place.file, entry.head_line, f"illustrates {reference!r}: no such passage"
                )
    check_references(checklists, known, problems)


def _fingerprint(
    passages: tuple[Passage, ...],
    checklists: tuple[Checklist, ...],
    uncovered: tuple[str, ...],
    about_bot: AboutBot,
    questions: tuple[HandQuestion, ...],
) -> str:
    digest = hashlib.sha256()
    for passage in passages:
        fields = (passage.id, passage.title, passage.text, *passage.asks, "", *passage.beyond)
        digest.update(json.dumps(fields).encode())
    for checklist in checklists:
        digest.update(json.dumps([checklist.id, *checklist.texts]).encode())
    digest.update(json.dumps(uncovered).encode())
    digest.update(json.dumps([text for text, _ in about_bot.examples]).encode())
    digest.update(json.dumps([(one.text, one.passage, one.hand) for one in questions]).encode())
    return digest.hexdigest()
