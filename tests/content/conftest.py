"""A small, valid knowledge folder for tests to break."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content import schemas

DOCUMENTS = """\
documents:
  - id: handbook
    title: "A Handbook"
    authors: "Ann Author"
    publisher: "A Press"
    year: null
    note: "No year is printed."
"""
_ASKS = "".join(f'  - "what about {{topic}} number {n}"\n' for n in range(6))
_HEAD = f"""\
id: {{topic}}
title: About {{topic}}
kind: {{kind}}
topics: [{{topic}}]
source:
  document: handbook
  section: "One"
{{more}}asks:
{_ASKS}beyond:
  - "what does {{topic}} cost"
  - "who invented {{topic}}"
"""
PROSE = (
    "Partners stay as long as the work pays off for them. Ask each of them early what a good year "
    "would bring. Write the answers down where everyone can read them. Come back to the list every "
    "few months and cross out what was reached, in front of the whole group.\n"
)
ABOUT = """\
kinds:
  greeting:
    overheard: false
    says: [hi, hello, hey there]
"""
WORDS_FOR_BUTTONS = """\
kinds:
  done: {says: [done], alone: [], unless: [half]}
other: []
every: [all]
doubts: [not]
fillers: [it]
requests: [can you]
"""
AS_PEOPLE_TYPE = """\
greetings: [hi]
addressed: [all]
thanks: [thanks, "thanks for …"]
courtesies: [quick question]
requests: [tell me]
openers: [so]
hesitations: [um]
fillers: [like]
anywhere: [you know]
meant_after: [do]
said_signs: {question mark: "?"}
short: {ppl: people}
short_in_doubt: []
beside: [the]
known: [tanf]
negations: [not]
languages: {so: [waa]}
"""
CHECKLIST = """\
id: start-well
version: 1
title: Start well
purpose: To begin with open eyes.
audience: Leaders
overview: shared-purpose
minutes: 10
steps:
  - id: first
    question: "Is there a purpose?"
    why: "Nothing starts without."
    passages: [shared-purpose]
    type: yes-no
    required: true
  - id: second
    question: "Which one?"
    why: "Words bind."
    passages: [shared-purpose, glue]
    case: stage
    required: false
    when: {step: first, is: ["yes"]}
"""


def head(topic: str, kind: str = "guidance", more: str = "") -> str:
    """Front matter of a passage: `id` on its first line, `asks` on the eighth."""
    return _HEAD.format(topic=topic, kind=kind, more=more)


KINDS = "kinds:\n  figure:\n" + "".join(
    f"    {role}:\n" + "".join(f'      - "{role} number {n}"\n' for n in range(20))
    for role in ("wants", "unlike")
)


class KnowledgeFolder:
    """Content on disk that a test changes line by line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        case = head("stage", "case", "illustrates: [shared-purpose]\nsector: Hotels\n")
        self.files = {
            "documents.yaml": DOCUMENTS,
            "guidance/shared-purpose.md": f"---\n{head('shared-purpose')}---\n\n{PROSE}",
            "cases/stage.md": f"---\n{case}---\n\n{PROSE}",
            "glossary.md": f"# Words\n\n## Glue\n```yaml\n{head('glue', 'glossary')}```\n{PROSE}",
            "checklists/start-well.yaml": CHECKLIST,
            "zones.yaml": "zones:\n  America/New_York: [Boston, NYC]\n  America/Chicago: [Dallas]\n",
            "about-the-bot.yaml": ABOUT,
            "words-for-buttons.yaml": WORDS_FOR_BUTTONS,
            "as-people-type.yaml": AS_PEOPLE_TYPE,
            "question-kinds.yaml": KINDS,
            "uncovered.yaml": 'questions:\n  - "how do volcanoes erupt"\n',
        }
        for name, text in self.files.items():
            self.write(name, text)
        schemas.write(path)

    def write(self, name: str, content: str | bytes) -> None:
        """Write one file."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def change(self, name: str, old: str, new: str) -> None:
        """Replace the first place where some text stands."""
        text = (self.path / name).read_text("utf-8")
        assert old in text, f"{old!r} does not stand in {name}"
        self.write(name, text.replace(old, new, 1))


@pytest.fixture
def knowledge(tmp_path: Path) -> KnowledgeFolder:
    return KnowledgeFolder(tmp_path / "knowledge")
