"""Answers the conversations of `tests/eval/conversations.yaml` into a page to read.

Run `python -m tests.conversations` after a new fit, and read what it wrote as a leader would.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from bot import resources
from bot.core.models import Answer, Answered
from bot.guide.guide import Guide
from bot.settings import Settings

HERE = Path(__file__).parent / "eval"
QUESTIONS, PAGE = HERE / "conversations.yaml", HERE / "conversations.md"


def written(guide: Guide, conversations: list[list[str]]) -> str:
    """The page: each question with its answer and what it cites."""
    lines = ["# Conversations", "", "Written by `python -m tests.conversations`.", ""]
    for number, questions in enumerate(conversations, start=1):
        lines += [f"## {number}", ""]
        history: list[str] = []
        for question in questions:
            answer = guide.answer(guide.read(question, history))
            lines += [f"**{question}**", "", *_shown(answer), ""]
            history.append(question)
    return "\n".join(lines)


def _shown(answer: Answer) -> list[str]:
    cited = answer.citations if isinstance(answer, Answered) else ()
    titles = "; ".join(f"[{one.marker}] {one.passage.title}" for one in cited)
    return [f"> {answer.text.replace(chr(10), ' ')}", *([">", f"> *{titles}*"] if titles else [])]


def main() -> None:
    """Write the page."""
    guide = resources.make_guide(Settings())
    conversations = yaml.safe_load(QUESTIONS.read_text("utf-8"))
    PAGE.write_text(written(guide, conversations), "utf-8")


if __name__ == "__main__":
    main()
