"""What people write, a line each in a file, played over the loopback Discord with the real guide.

The file isn't kept here: `MESSAGE_CASES=file.jsonl pytest -s tests/discord/test_message_cases.py`
counts what holds of each kind. A line has `kind`, `text` and `want`, a pattern that the reply has.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.guide.guide import Guide
from tests.discord.bench import Alliance, Bench
from tests.discord.commitments import promise
from tests.discord.days import move_to, set_clock
from tests.discord.offers import board_of, listens, publish, settled
from tests.discord.test_beside import WORRY, mentioned
from tests.discord.test_real_guide import RealShelf
from tests.loopback import Member, Message

FILE = os.environ.get("MESSAGE_CASES")
LINES = Path(FILE).read_text("utf-8").splitlines() if FILE else []
_COMMAND = re.compile(r"</([^:>]+):\d+>")
_NOT_THAT = re.compile(r"\[1\]|Glad to be of use|does not cover", re.IGNORECASE)

Case = dict[str, Any]
Play = Callable[[Bench, Alliance, Member, Case], Awaitable[bool]]


def _wanted(case: Case, reply: Message) -> bool:
    text = case["said"] = _COMMAND.sub(r"/\1", reply.text)
    return bool(re.search(case["want"], text, re.IGNORECASE)) and not _NOT_THAT.search(text)


async def _directly(bench: Bench, _: Alliance, who: Member, case: Case) -> bool:
    return _wanted(case, await bench.answer(await who.dms(case["text"]), within=30))


async def _below(bench: Bench, _: Alliance, who: Member, case: Case) -> bool:
    """In reply to the notice or reminder that waits there."""
    (above,) = [one for one in who.dm.history if one.author is bench.server.bot]
    said = await who.says(who.dm, case["text"], reply_to=above)
    return _wanted(case, await bench.answer(said, within=30))


async def _beside(bench: Bench, valley: Alliance, who: Member, case: Case) -> bool:
    worry = await valley.rosa.says(valley.lounge, WORRY)
    own = await bench.answer(
        await who.says(valley.lounge, WORRY, mentions=[bench.server.bot]), within=30
    )
    answer = await mentioned(bench, valley, case["text"], reply_to=worry)
    kept = [await bench.kept(valley.guild.id, one) for one in (own, answer)]
    first, second = (one.outcome.passages[:1] for one in kept)
    return bool(first) and first == second


async def _halves(bench: Bench, valley: Alliance, who: Member, case: Case) -> bool:
    bench.pauses.hold()
    first, *more = [await who.says(valley.questions, text) for text in case["text"]]
    bench.pauses.end()
    answer = await bench.answer(more[-1], within=30)
    await bench.idle()
    replies = [one for one in valley.questions.history if one.author is bench.server.bot]
    kept = await bench.kept(valley.guild.id, answer)
    whole = " ".join(case["text"])
    return len(replies) == 1 and replies[0].reference is first and kept.question == whole


_PLAYS: dict[str, Play] = {
    "beside": _beside,
    "halves": _halves,
    "notice": _below,
    "reminder": _below,
}


@pytest.mark.skipif(not LINES, reason="MESSAGE_CASES names no file")
@pytest.mark.days_pass
@pytest.mark.timeout(300)
async def test_what_people_write_is_met_as_wanted(
    bench: Bench, valley: Alliance, guide: Guide
) -> None:
    bench.load = lambda: RealShelf(guide)
    cases: list[Case] = [json.loads(line) for line in LINES if line.strip()]
    today = set_clock(bench, 8)
    people = [valley.guild.member(f"Person {number}") for number, _ in enumerate(cases)]
    board = await board_of(bench.store, valley.guild)
    for who, case in zip(people, cases, strict=True):
        if case["kind"] == "notice":
            await listens(bench.store, who, f"{who.name} Company")
        elif case["kind"] == "reminder":
            await promise(bench, Alliance(valley.guild, board, board, who, who), today)
    held, missed = Counter[str](), []
    async with bench.started():
        await publish(bench.store, valley.guild, board)
        move_to(bench, datetime.combine(today, time(9), UTC))
        await settled(bench)
        for who, case in zip(people, cases, strict=True):
            if await _PLAYS.get(case["kind"], _directly)(bench, valley, who, case):
                held[case["kind"]] += 1
            else:
                missed.append(case)
    for kind, count in Counter(case["kind"] for case in cases).items():
        print(f"{kind}: {held[kind]} of {count}")
    for case in missed:
        print(case)
    assert missed == []
