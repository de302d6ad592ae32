"""README and the pages under docs/: what they show is what is printed, and where they lead exists.

A block marked `console` has commands behind `$` and lines typed at a prompt; below each stands what
is printed, in order, where … stands for anything.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.guide.guide import Guide
from bot.resources import RISK_COVERAGE
from bot.settings import PREFIX, Settings
from tests.adapters.terminal.conftest import Run, _own_logging, ready, run
from tests.conftest import KNOWLEDGE, ROOT
from tests.docs.console import PAGES, Block, Shown, blocks, require_shown

__all__ = ["_own_logging", "ready", "run"]

LONGEST_README = 180
_LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]*))?\)|src=\"([^\"]*)\"")
_MADE = {"make chat": "chat", "make check": "check"}


def command_of(words: str) -> list[str]:
    """What a person types, as the program's name and arguments or another command."""
    if words in _MADE:
        return ["bot", _MADE[words]]
    if (asked := re.fullmatch(r'make ask Q="(.*)"', words)) is not None:
        return ["bot", "ask", asked[1]]
    parts = shlex.split(words)
    return parts[2:] if parts[:2] == ["python", "-m"] else parts


def printed(shown: Shown, run: Run) -> str:
    """What a command prints; the program runs in this process."""
    name, *arguments = command_of(shown.command)
    if name == "bot":
        outcome = run(*arguments, stdin="\n".join(shown.typed).encode())
        return outcome.out + outcome.err
    return subprocess.run([name, *arguments], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("block", list(blocks()), ids=lambda block: block.place)
def test_a_command_prints_what_is_shown(
    block: Block,
    ready: Guide,
    run: Run,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    monkeypatch.chdir(tmp_path)
    for name, value in {
        f"{PREFIX}DATA_DIR": settings.data_dir,
        f"{PREFIX}KNOWLEDGE_DIR": tmp_path / "knowledge",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'guide.db'}",
        "COLUMNS": 100,
        "TZ": "UTC",
    }.items():
        monkeypatch.setenv(name, str(value))
    for shown in block.runs:
        if shown.command != "make demo":  # it is played and compared where the demo is tested
            require_shown(shown, printed(shown, run), block.place)


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
