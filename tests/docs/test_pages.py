"""README and the pages under docs/: what they show is what is printed, and where they lead exists.

A block marked `console` has commands behind `$` and lines typed at a prompt behind `you ›`; below
each stands what is printed, in order, where … stands for anything.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.guide.guide import Guide
from bot.settings import PREFIX, Settings
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LONGEST_README = 180
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]*))?\)|src=\"([^\"]*)\"")
_PROMPT = "you › "


def blocks() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for number, block in enumerate(_BLOCK.findall(page.read_text("utf-8")), 1):
            yield f"{page.name} {number}", block


def command_of(line: str) -> list[str]:
    """What stands behind `$`, as this Python runs it."""
    words = line.removeprefix("$ ").strip()
    if words == "make chat":
        return ["chat"]
    if (asked := re.fullmatch(r'make ask Q="(.*)"', words)) is not None:
        return ["ask", asked[1]]
    program = "python -m bot "
    assert words.startswith(program), line
    return [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', words.removeprefix(program))]


def printed(command: list[str], typed: list[str], settings: Settings, folder: Path) -> str:
    environment = {
        **os.environ,
        f"{PREFIX}DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": f"sqlite:///{folder / 'guide.db'}",
        "COLUMNS": "100",
        "PYTHONPATH": str(ROOT),
        "TZ": "UTC",
    }
    outcome = subprocess.run(
        [sys.executable, "-m", "bot", *command],
        check=False,
        input="\n".join(typed),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=folder,
        timeout=100,
    )
    return outcome.stdout + outcome.stderr


def runs_of(block: str) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Each command of a block, with what is typed into it and what is to be printed."""
    command: list[str] = []
    typed: list[str] = []
    shown: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, typed, shown
            command, typed, shown = command_of(line), [], []
        elif line.startswith(_PROMPT):
            typed.append(line.removeprefix(_PROMPT))
        else:
            shown.append(line)
    yield command, typed, shown


@pytest.mark.parametrize(("place", "block"), list(blocks()), ids=[place for place, _ in blocks()])
def test_a_command_prints_what_is_shown(
    place: str, block: str, guide: Guide, settings: Settings, tmp_path: Path
) -> None:
    for command, typed, shown in runs_of(block):
        pieces = [piece.strip() for piece in " ".join(" ".join(shown).split()).split("…")]
        text = " ".join(printed(command, typed, settings, tmp_path).split())
        at = 0
        for piece in filter(None, pieces):
            found = text.find(piece, at)
            assert found >= 0, (
                f"{place}: {piece!r} is not printed after {text[:at][-80:]!r}: {text}"
            )
            at = found + len(piece)


def headings_of(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_somewhere(page: Path) -> None:
    for target, heading, picture in _LINK.findall(page.read_text("utf-8")):
        wanted = target or picture
        if wanted.startswith("http"):
            continue
        file = (page.parent / wanted) if wanted else page
        assert file.exists(), f"{page.name}: {wanted}"
        assert not heading or heading in headings_of(file), f"{page.name}: {heading}"


def test_readme_is_short_enough_to_be_read() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= LONGEST_README


def test_files_that_the_developers_page_names_are_there() -> None:
    text = (ROOT / "docs" / "developers.md").read_text("utf-8")

    for name in re.findall(r"`((?:\w+/)+\w+\.py)`", text):
        assert (ROOT / "bot" / name).is_file() or (ROOT / name).is_file(), name
