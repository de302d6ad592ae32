"""How long the program takes to start.

    python startup_bench.py --root FOLDER [--root ANOTHER] [--runs 5]

Each folder is a checkout; they take turns. Printed is JSON, by folder, in seconds: `help` is
`python -m bot --help`; `first` is from the start of the process until the bot (without a model) is
on the gateway of a loopback Discord, with an empty data folder; `again` is the same in the folder of
a run before. `time` is what passed, `cpu` what the program's process worked, which a busy machine
changes less.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

_INSIDE = "--inside"


def worked() -> float:
    """Seconds that the processes worked that this one started, and that are over."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def connecting(folder: Path) -> tuple[float, float]:
    """How long it takes until a bot that is started in a folder is on the gateway; in a checkout."""
    # The only names of a checkout that are used here.
    from tests.discord.processes import program
    from tests.loopback import DiscordServer

    before = worked()
    async with DiscordServer() as server:
        begun = time.perf_counter()
        async with program(server, folder):
            await server.connected(within=120)
            passed = time.perf_counter() - begun
    return passed, worked() - before


def run(root: Path, *command: str) -> tuple[float, float, str]:
    """Run Python with a checkout; how many seconds passed, it worked, and what it printed."""
    before, begun = worked(), time.perf_counter()
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=tempfile.gettempdir(),
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        sys.exit(f"{root}:\n{ended.stdout}{ended.stderr}")
    return time.perf_counter() - begun, worked() - before, ended.stdout


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, action="append", required=True)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    taken: dict[Path, dict[str, list[tuple[float, float]]]] = {
        root.resolve(): {"help": [], "first": [], "again": []} for root in asked.root
    }
    for _ in range(asked.runs):
        for root, found in taken.items():
            found["help"].append(run(root, "-m", "bot", "--help")[:2])
            with tempfile.TemporaryDirectory() as folder:
                for kind in ("first", "again"):
                    printed = run(root, __file__, _INSIDE, folder)[2]
                    passed, cpu = json.loads(printed.splitlines()[-1])
                    found[kind].append((passed, cpu))
    print(
        json.dumps(
            {
                str(root): {
                    kind: {
                        name: round(median(one), 3)
                        for name, one in zip(("time", "cpu"), zip(*times, strict=True), strict=True)
                    }
                    for kind, times in found.items()
                }
                for root, found in taken.items()
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    if sys.argv[1:2] == [_INSIDE]:
        print(json.dumps(asyncio.run(connecting(Path(sys.argv[2])))))
    else:
        main()
