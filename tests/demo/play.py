"""Playing scenes one after the other, and what they came to."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.loopback.errors import ScenarioError
from tests.loopback.world.model import Message

from .stage import Stage, buttons

_TOO_SLOW = 1.0
"""Seconds in which the bot acknowledges; Discord itself waits for three."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A piece of the morning.

    Attributes:
        name: how `--scene` calls it.
        title: what is printed above it.
        play: plays it.
        needs: the scenes it takes up from.
        kills: it kills the bot's process, so there has to be one.
    """

    name: str
    title: str
    play: Callable[[Stage], Awaitable[None]]
    needs: tuple[str, ...] = ()
    kills: bool = False


def chosen(scenes: Sequence[Scene], names: Iterable[str]) -> list[Scene]:
    """The scenes of these names with those they need, in order; all of them without a name.

    Raises:
        ScenarioError: for a name that no scene has.
    """
    by_name = {scene.name: scene for scene in scenes}
    wanted = set(names) or set(by_name)
    if unknown := wanted - set(by_name):
        known = ", ".join(by_name)
        raise ScenarioError(f"no scene {', '.join(sorted(unknown))}; there are {known}")
    waiting = list(wanted)
    while waiting:
        needed = set(by_name[waiting.pop()].needs) - wanted
        wanted |= needed
        waiting += needed
    return [scene for scene in scenes if scene.name in wanted]


async def play(stage: Stage, scenes: Sequence[Scene]) -> None:
    """Play scenes; one that can't be played to its end fails, and so do those that need it."""
    missed: set[str] = set()
    for number, scene in enumerate(scenes, 1):
        stage.printer.scene(number, scene.title)
        if lacking := missed & set(scene.needs):
            missed.add(scene.name)
            stage.expect(False, f"{scene.name}: needs {', '.join(sorted(lacking))}")
            continue
        try:
            await scene.play(stage)
        except ScenarioError as problem:
            missed.add(scene.name)
            stage.expect(False, f"{scene.name}: {problem}")


def sum_up(stage: Stage, begun: float) -> bool:
    """Print what it all came to, and return whether every expectation held.

    Args:
        stage: where it was played.
        begun: when it began, by `time.monotonic`.
    """
    server = stage.server
    shown = server.bot_messages
    answers = [m for m in shown if "Helpful" in buttons(m)]
    covered = [m for m in answers if "[1]" in m.text]
    beyond = [m for m in shown if _pings_beyond_reply(m)]
    slowest = server.slowest_acknowledgement()
    stage.expect(slowest < _TOO_SLOW, f"everything was acknowledged within {_TOO_SLOW:g} s")
    stage.expect(not beyond, "nobody was pinged but whom the bot replied to")
    stage.expect(not server.violations, "Discord had nothing to refuse")
    for violation in server.violations:
        stage.remark(str(violation))
    good = not stage.failed
    people = sum(len(c.history) for c in server.world.channels.values())
    public = sum(1 for m in shown if not m.ephemeral)
    lines = {
        "messages": f"{people - public} of people, {len(shown)} of the bot "
        f"({len(shown) - public} of them seen by one person only)",
        "answers": f"{len(answers)} ({len(covered)} with sources, "
        f"{len(answers) - len(covered)} not covered)",
        "interactions": f"{len(server.interactions)}, the slowest acknowledged after "
        f"{slowest * 1000:.0f} ms",
        "pings": f"{sum(1 for m in shown if m.pings)} of the person replied to, {len(beyond)} other",
        "violations": str(len(server.violations)),
        "expectations": f"{len(stage.held)} held, {len(stage.failed)} failed",
        "time": f"{time.monotonic() - begun:.0f} s",
    }
    stage.printer.summary(lines, good=good)
    for what in stage.failed:
        stage.printer.checked(what, holds=False)
    return good


def _pings_beyond_reply(message: Message) -> bool:
    """Whether a message alerts anyone but the person it replies to."""
    pings = message.pings
    reference = message.reference
    replied = frozenset({reference.author.id}) if reference is not None else frozenset()
    return bool(pings.everyone or pings.roles or pings.users - replied)
