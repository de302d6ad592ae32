"""What the bot does in ten lively minutes is what the page says; see `tests.discord.lively_channel`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.guide.guide import Guide
from tests.discord.bench import Alliance, Bench
from tests.discord.lively_channel import COMMAND, play
from tests.discord.test_real_guide import RealShelf

PAGE = Path(__file__).with_name("lively-channel.md")


@pytest.mark.days_pass
async def test_a_lively_channel_goes_as_written(
    bench: Bench, valley: Alliance, guide: Guide
) -> None:
    bench.load = lambda: RealShelf(guide)
    played = await play(bench, valley)
    if os.environ.get("LIVELY_CHANNEL") == "write":
        PAGE.write_text(played, "utf-8")
    assert played == PAGE.read_text("utf-8"), f"if it is meant so: {COMMAND}"
