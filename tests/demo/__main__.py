"""`python -m tests.demo`: play the morning and print it; 0 if all held, else 1."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from bot.content.phrases import read_phrases
from tests.loopback.errors import ScenarioError
from tests.loopback.server import DiscordServer

from .play import Scene, chosen, play, sum_up
from .printer import Printer
from .process import ROOT, SHIPPED, BotProcess
from .scenes import SCENES
from .stage import Stage

_REUSED = ("index", "cache")


async def perform(
    scenes: list[Scene], folder: Path, console: Console, module: str = SHIPPED
) -> tuple[Stage, bool]:
    """Play scenes with the bot in a process of its own.

    Args:
        scenes: in order, see `chosen`.
        folder: the bot's data folder.
        console: where it is printed.
        module: what is started as the bot.

    Returns:
        The stage as it was left, and whether all that was expected held.
    """
    begun = time.monotonic()
    loading = read_phrases(ROOT / "prompts").say("loading")
    async with DiscordServer(within=30) as server:
        bot = BotProcess(server, folder, module)
        stage = Stage(server, bot, Printer(console, server.world), loading)
        try:
            stage.remark("the bot starts in a process of its own and connects")
            await stage.starts()
            await play(stage, scenes)
            good = sum_up(stage, begun)
            if not good:
                stage.remark(f"the end of the bot's log:\n{bot.log_end()}")
            return stage, good
        finally:
            await bot.kill()


def reuse(kept: Path, folder: Path) -> None:
    """Let a data folder use the index of another one; database and all else are its own."""
    for name in _REUSED:
        (kept / name).mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to((kept / name).resolve(), target_is_directory=True)


def main() -> int:
    """Read the options, play, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.demo")
    parser.add_argument(
        "--scene",
        action="append",
        default=[],
        metavar="NAME",
        help=f"play only this one, and what it needs (repeatable): {', '.join(s.name for s in SCENES)}",
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="keep the search index in this folder"
    )
    options = parser.parse_args()
    console = Console()
    try:
        scenes = chosen(SCENES, options.scene)
        with tempfile.TemporaryDirectory() as name:
            if options.data is not None:
                reuse(options.data, Path(name))
            _, good = asyncio.run(perform(scenes, Path(name), console))
    except ScenarioError as problem:
        console.print(str(problem), markup=False)
        return 1
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
