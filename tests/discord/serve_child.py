"""The bot as a process of its own, as `python -m bot run` serves, with a guide without a model."""

from __future__ import annotations

import asyncio
import functools
import os
import sys
import time
from collections.abc import Sequence

import discord
import yarl

from bot import resources, wiring
from bot.content.library import read_library
from bot.content.phrases import read_phrases
from bot.core.errors import GuideError, ModelUnusable
from bot.core.models import Answer, Question
from bot.guide.calibration import Calibration
from bot.guide.service import GuideShelf
from bot.serve import serve
from bot.settings import Settings, read_settings
from tests.discord.fakes import FakeGuide, FakeShelf


class SlowGuide(FakeGuide):
    """Takes its time."""

    def answer_many(self, questions: Sequence[Question]) -> Sequence[Answer]:
        time.sleep(float(os.environ.get("FAKE_SECONDS", "0")))
        if "BREAKS" in os.environ:
            raise SystemExit(1)
        return super().answer_many(questions)


def main() -> int:
    discord.http.Route.BASE = os.environ["TEST_API_URL"]
    gateway = yarl.URL(os.environ["TEST_GATEWAY_URL"])
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
    if "REAL_GUIDE" not in os.environ:
        without_model()
    options = wiring.ServeOptions(
        token=os.environ.get("DISCORD_TOKEN"),
        grace=float(os.environ.get("GRACE", "10")),
        client={"guild_ready_timeout": 0.01},
    )
    try:
        return asyncio.run(serve(read_settings(), options))
    except GuideError as error:
        print(error)
        return error.exit_code


@functools.cache
def shipped_content() -> resources.Content:
    """What is shipped; with the fitted weights: neutral ones would load the libraries that fit."""
    settings = read_settings()
    fitted = Calibration.model_validate_json(resources.CALIBRATION.read_text("utf-8"))
    library = read_library(settings.knowledge_dir)
    return resources.Content(library, read_phrases(settings.prompts_dir), fitted)


def without_model() -> None:
    def load_shelf(_: Settings) -> GuideShelf:
        time.sleep(float(os.environ.get("LOAD_SECONDS", "0")))
        if "NO_MODEL" in os.environ:
            raise ModelUnusable("The model is damaged; install it again.")
        return FakeShelf(SlowGuide(shipped_content().library))

    wiring.load_shelf = load_shelf
    resources.read_content = lambda _: shipped_content()


if __name__ == "__main__":
    sys.exit(main())
