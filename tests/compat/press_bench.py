"""How long a press takes, from the moment Discord sends it: to its acknowledgement, and to the end.

    python press_bench.py --root FOLDER [--root ANOTHER] [--presses 200] [--rounds 1]

Each folder is a checkout; they take turns, each in a process of its own, with the bot and the
loopback Discord in that one process. Printed is JSON, by folder and kind of press, in milliseconds:
`acknowledged` until the first answer reached the server, `shown` until the last one did, `cpu` what
the process worked meanwhile, the server and its person included. A form that nothing handles takes
what any press takes at least.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any

FIXTURES = ("tests.conftest", "tests.discord.conftest")
"""Where a checkout has the fixtures `bench` and `valley`; the only names of it that are used here."""

CHECKLIST = "sponsor-accountability"
QUESTION = "How do we keep momentum after the kickoff?"
WARM_UP = 10
_RESULT, _PRESSES = "PRESS_BENCH_RESULT", "PRESS_BENCH_PRESSES"
_OPTIONS = ("-q", "-p", "no:randomly", "-n", "0", "-o", "timeout=0", "-o", "addopts=")

Press = Callable[[], Awaitable[Any]]
"""Presses something and returns the response, once all of it is there."""


# -- in a checkout ---------------------------------------------------------------------------------


@dataclass
class Stopwatch:
    """Takes the times of presses, by kind."""

    server: Any
    presses: int
    taken: dict[str, list[tuple[float, float, float]]] = field(default_factory=dict)

    async def times(self, kind: str, press: Press) -> Any:
        """Press once, and note how long that took."""
        worked = time.process_time()
        response = await press()
        worked = time.process_time() - worked
        interaction = response.interaction
        told = [one.time for one in self.server.requests if interaction.token in one.path]
        self.server.requests.clear()
        if kind:
            spent = (told[0] - interaction.created, told[-1] - interaction.created, worked)
            self.taken.setdefault(kind, []).append(spent)
        return response

    def rounds(self, kind: str) -> Sequence[str]:
        """The kind once for each press that counts, after some that don't."""
        return [""] * WARM_UP + [kind] * self.presses


async def test_presses(bench: Any, valley: Any) -> None:
    """Measure one checkout; the name makes pytest give it what it needs."""
    watch = Stopwatch(bench.server, int(os.environ[_PRESSES]))
    async with bench.started():
        for measure in (unknown, helpful, form, answers, interested, listed):
            await measure(bench, valley, watch)
    keep(watch.taken)


def keep(taken: dict[str, list[tuple[float, float, float]]]) -> None:
    """Tell what was taken to whoever started this process."""
    Path(os.environ[_RESULT]).write_text(json.dumps(taken), "utf-8")


async def unknown(bench: Any, valley: Any, watch: Stopwatch) -> None:
    """A form that nothing handles: it is acknowledged, and told to be no longer in use."""
    step = await valley.rosa.uses("/checklist start", in_=valley.lounge, name=CHECKLIST)
    opened = await valley.rosa.clicks("Answer", on=step)
    nobodys = replace(opened.modal, custom_id="z:nobody")

    async def press() -> Any:
        sent = await valley.rosa.submits(nobodys, {"Your answer": "For nobody"})
        return await sent.until(lambda r: "no longer in use" in r.text)

    for kind in watch.rounds("a form nothing handles"):
        await watch.times(kind, press)
    await valley.rosa.clicks("Pause", on=step)


async def helpful(bench: Any, valley: Any, watch: Stopwatch) -> None:
    """**Helpful**, each time by somebody else."""
    asked = await valley.rosa.says(valley.questions, QUESTION)
    answer = await bench.answer(asked)
    for number, kind in enumerate(watch.rounds("Helpful")):
        reader = valley.guild.member(f"Reader {number}")

        async def press(reader: Any = reader) -> Any:
            pressed = await reader.clicks("Helpful", on=answer)
            return await pressed.until(lambda r: "Noted as helpful" in r.text)

        await watch.times(kind, press)


async def form(bench: Any, valley: Any, watch: Stopwatch) -> None:
    """**Answer**, which opens a form."""
    step = await valley.rosa.uses("/checklist resume", in_=valley.lounge)
    for kind in watch.rounds("Answer opens its form"):
        assert (await watch.times(kind, lambda: valley.rosa.clicks("Answer", on=step))).modal
    await valley.rosa.clicks("Pause", on=step)


async def answers(bench: Any, valley: Any, watch: Stopwatch) -> None:
    """The form of an answer in a private run is sent, then **Back**, again and again."""
    step = await valley.omar.uses("/checklist start", in_=valley.lounge, name=CHECKLIST)
    for number, kind in enumerate(watch.rounds("an answer is sent")):
        filled = await valley.omar.clicks("Answer", on=step)

        async def send(filled: Any = filled, number: int = number) -> Any:
            sent = await valley.omar.submits(filled, {"Your answer": f"Number {number}"})
            return await sent.until(lambda r: "2 of" in r.text)

        async def back() -> Any:
            pressed = await valley.omar.clicks("Back", on=step)
            return await pressed.until(lambda r: "1 of" in r.text)

        await watch.times(kind, send)
        await watch.times(kind and "Back", back)


async def interested(bench: Any, valley: Any, watch: Stopwatch) -> None:
    """**Interested** under a post, by somebody who had said **Not for us**."""
    sam = valley.guild.member("Sam", permissions=["manage_guild", "view_channel", "send_messages"])
    board = valley.guild.channel("opportunities")
    await sam.uses("/guide channel add", in_=valley.lounge, channel=board, purpose="opportunities")
    offer = await sam.uses("/opportunity post", in_=valley.lounge)
    preview = await sam.submits(offer, {"Title": "Welding seats", "Description": "Twelve."})
    posted = await sam.clicks("Post", on=preview)
    await posted.until(lambda r: "It stands here" in r.text)
    post = board.history[-1]
    await valley.rosa.uses("/partner join", in_=valley.lounge, name="River College")

    async def press() -> Any:
        pressed = await valley.rosa.clicks("Interested", on=post)
        return await pressed.until(lambda r: "River College is interested" in r.text)

    for kind in watch.rounds("Interested"):
        declined = await valley.rosa.clicks("Not for us", on=post)
        await declined.until(lambda r: "is not for River College" in r.text)
        await bench.idle()
        await watch.times(kind, press)
        await bench.idle()


async def listed(bench: Any, valley: Any, watch: Stopwatch) -> None:
    """/checklist list."""

    async def press() -> Any:
        page = await valley.rosa.uses("/checklist list", in_=valley.lounge)
        return await page.until(lambda r: "checklists" in r.text)

    for kind in watch.rounds("/checklist list"):
        await watch.times(kind, press)


# -- from outside ----------------------------------------------------------------------------------


def measured(root: Path, presses: int) -> dict[str, list[list[float]]]:
    """Measure a checkout in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        # Elsewhere, so that no checkout adds what it has around this file.
        script = shutil.copy(__file__, folder)
        plugins = [part for name in FIXTURES for part in ("-p", name)]
        where = ("-c", str(root / "pyproject.toml"), "--rootdir", str(root))
        imports = ("-o", "pythonpath=", "--import-mode=importlib")
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", *where, *imports, *_OPTIONS, *plugins, script],
            cwd=folder,
            env=os.environ
            | {"PYTHONPATH": str(root), _RESULT: str(result), _PRESSES: str(presses)},
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode:
            sys.exit(f"{root}:\n{ended.stdout}{ended.stderr}")
        found: dict[str, list[list[float]]] = json.loads(result.read_text("utf-8"))
        return found


def summary(taken: Sequence[Sequence[float]]) -> dict[str, dict[str, float]]:
    """The middle and the slowest hundredth, in milliseconds; and what a tenth stays below.

    On a machine that is busy otherwise the last changes least.
    """
    columns = zip(("acknowledged", "shown", "cpu"), zip(*taken, strict=True), strict=True)
    return {
        name: {
            "median": round(median(times) * 1000, 2),
            "p10": round(quantiles(times, n=10, method="inclusive")[0] * 1000, 2),
            "p99": round(quantiles(times, n=100, method="inclusive")[98] * 1000, 2),
        }
        for name, times in columns
    }


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, action="append", required=True)
    parser.add_argument("--presses", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    taken: dict[Path, dict[str, list[list[float]]]] = {root.resolve(): {} for root in asked.root}
    for _ in range(asked.rounds):
        for root, known in taken.items():
            for kind, times in measured(root, asked.presses).items():
                known.setdefault(kind, []).extend(times)
    print(
        json.dumps(
            {
                str(root): {
                    **{kind: summary(times) for kind, times in known.items()},
                    "all": summary([one for times in known.values() for one in times]),
                }
                for root, known in taken.items()
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
