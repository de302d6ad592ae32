"""README and the pages under docs/: what they show is what is printed, and where they lead exists.

A block marked `console` has commands behind `$` and lines typed at a prompt; below each stands what
is printed, in order, where … stands for anything.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.guide.guide import Guide
from bot.resources import RISK_COVERAGE
from bot.settings import PREFIX, Settings
from tests.conftest import KNOWLEDGE, ROOT
from tests.docs.console import PAGES, Block, Run, blocks, require_shown

LONGEST_README = 180
_LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]*))?\)|src=\"([^\"]*)\"")
_MADE = {"make chat": "chat", "make check": "check"}


def command_of(words: str) -> list[str]:
    """What a person types, as this Python runs it."""
    if words in _MADE:
        return [sys.executable, "-m", "bot", _MADE[words]]
    if (asked := re.fullmatch(r'make ask Q="(.*)"', words)) is not None:
        return [sys.executable, "-m", "bot", "ask", asked[1]]
    first, *rest = shlex.split(words)
    return [sys.executable if first == "python" else first, *rest]


def printed(run: Run, settings: Settings, folder: Path) -> str:
    environment = {
        **os.environ,
        f"{PREFIX}DATA_DIR": str(settings.data_dir),
        f"{PREFIX}KNOWLEDGE_DIR": str(folder / "knowledge"),
        "DATABASE_URL": f"sqlite:///{folder / 'guide.db'}",
        "COLUMNS": "100",
        "PYTHONPATH": str(ROOT),
        "TZ": "UTC",
    }
    outcome = subprocess.run(
        command_of(run.command),
        check=False,
        input="\n".join(run.typed),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=folder,
        timeout=100,
    )
    return outcome.stdout + outcome.stderr


@pytest.mark.parametrize("block", list(blocks()), ids=lambda block: block.place)
def test_a_command_prints_what_is_shown(
    block: Block, guide: Guide, settings: Settings, tmp_path: Path
) -> None:
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    for run in block.runs:
        if run.command != "make demo":  # it is played and compared where the demo is tested
            require_shown(run, printed(run, settings, tmp_path), block.place)


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


def test_the_curve_that_is_shown_is_that_of_the_last_fit() -> None:
    page = (ROOT / "docs" / "answers.md").read_text("utf-8")

    assert RISK_COVERAGE.read_text("utf-8").strip() in page
