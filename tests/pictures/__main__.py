"""`python -m tests.pictures`: play, keep what was shown, and draw it."""

from __future__ import annotations

import argparse
import asyncio
import io
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from tests.demo.__main__ import perform, reuse
from tests.demo.play import chosen
from tests.demo.scenes import SCENES

from .drawing import draw
from .records import NAMES, path_of, read, record_of, write

_SCENES = ("passage", "gaps", "checklist-brief", "team", "opportunity")


def record(data: Path | None) -> bool:
    """Play what the pictures show, and keep it; false if the bot did not do as the script says."""
    transcript = io.StringIO()
    with tempfile.TemporaryDirectory() as name:
        if data is not None:
            reuse(data, Path(name))
        console = Console(file=transcript, width=100)
        stage, good = asyncio.run(perform(chosen(SCENES, _SCENES), Path(name), console))
    if not good:
        sys.stderr.write(transcript.getvalue())
        return False
    for name in NAMES:
        write(name, record_of(stage.kept[name]))
    return True


def main() -> int:
    """Read the options, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures")
    parser.add_argument("--draw", action="store_true", help="only draw what is kept")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="keep the search index in this folder"
    )
    options = parser.parse_args()
    console = Console(stderr=True)
    if not options.draw and not record(options.data):
        return 1
    for name in NAMES:
        try:
            draw(read(name), path_of(name, "png"))
        except RuntimeError as problem:
            console.print(str(problem), markup=False)
            return 1
        size = path_of(name, "png").stat().st_size
        console.print(f"{path_of(name, 'png').name}: {size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
