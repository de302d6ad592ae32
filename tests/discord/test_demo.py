"""The demo's scenes with the real guide, in this process and as a process; and their pictures."""

from __future__ import annotations

import asyncio
import contextlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from bot import resources
from bot.core.models import Library
from bot.guide.guide import Guide, Limits
from bot.guide.search_index import SearchIndex
from bot.index.alliance_guides import AllianceGuides
from bot.index.encoder import SentenceEncoder
from bot.index.index import open_index
from tests.demo.__main__ import perform
from tests.demo.markup import html_of, rich_of
from tests.demo.play import Scene, chosen, play, sum_up
from tests.demo.printer import Printer
from tests.demo.scenes import SCENES
from tests.demo.stage import Stage
from tests.discord.bench import Bench
from tests.docs.console import blocks, require_shown
from tests.loopback import DiscordServer, ScenarioError
from tests.pictures.drawing import html
from tests.pictures.records import NAMES, comparable, path_of, read, record_of

LARGEST_PICTURE = 150 * 1024
PNG = b"\x89PNG\r\n\x1a\n"


class BotHere:
    """The bot in this process, for as long as a block lasts."""

    ahead = timedelta()

    def __init__(self, bench: Bench, block: contextlib.AsyncExitStack) -> None:
        self._bench = bench
        self._block = block

    async def start(self) -> None:
        await self._block.enter_async_context(self._bench.started())

    async def kill(self) -> None:
        raise NotImplementedError("what runs in this process can't be killed")


class NoBot:
    """For scenes that need none."""

    ahead = timedelta()

    async def start(self) -> None:
        raise NotImplementedError

    async def kill(self) -> None:
        raise NotImplementedError


@pytest.fixture
def real(bench: Bench, guide: Guide, encoder: SentenceEncoder) -> Bench:
    """The bench with the real guide, which takes up practice notes."""
    settings, content = bench.settings, resources.read_content(bench.settings)
    fingerprint = resources.model_fingerprint(settings)
    index = open_index(resources.index_folder(settings), content.library, fingerprint)
    limits = Limits(settings.answer.question_characters, settings.answer.history_turns)

    def make(library: Library, searched: SearchIndex) -> Guide:
        return Guide(library, searched, encoder, content.calibration, content.phrases, limits)

    bench.load = lambda: AllianceGuides(content.library, index, encoder, make)
    return bench


def quiet(server: DiscordServer) -> Printer:
    return Printer(Console(file=io.StringIO(), width=100), server.world)


async def test_all_that_the_scenes_expect_holds_and_pictures_and_pages_show_what_the_bot_sends(
    real: Bench, guide: Guide
) -> None:
    loading = real.content.phrases.say("loading")
    transcript = io.StringIO()
    async with contextlib.AsyncExitStack() as block:
        printer = Printer(Console(file=transcript, width=100), real.server.world)
        stage = Stage(real.server, BotHere(real, block), printer, loading)
        await stage.starts()
        await play(stage, [scene for scene in SCENES if not scene.kills])
        assert sum_up(stage, 0.0), stage.failed
    for page in blocks():
        for run in page.runs:
            if run.command == "make demo":
                require_shown(run, transcript.getvalue(), page.place)
    for name in NAMES:
        shown = comparable(record_of(stage.kept[name]))
        assert shown == comparable(read(name)), f"{name} has changed: run `make pictures`"


@pytest.mark.slow
async def test_a_scene_is_played_with_the_bot_as_a_process(tmp_path: Path) -> None:
    transcript = io.StringIO()
    console = Console(file=transcript, width=100)
    scenes = chosen(SCENES, ["setup"])
    stage, good = await perform(scenes, tmp_path, console, "tests.discord.serve_child")
    assert good, transcript.getvalue()
    assert "only Sam sees this" in transcript.getvalue()
    assert "violations: 0" in transcript.getvalue()
    assert not stage.server.gateway.connections


async def test_an_expectation_that_fails_and_a_scene_that_stops_make_the_demo_fail(
    server: DiscordServer,
) -> None:
    async def disappoints(stage: Stage) -> None:
        stage.expect(False, "the moon is green")

    async def stops(stage: Stage) -> None:
        raise ScenarioError("nobody came")

    async def never(stage: Stage) -> None:
        pytest.fail("it needs a scene that stopped")

    stage = Stage(server, NoBot(), quiet(server), "")
    await play(stage, [Scene("a", "A", disappoints)])
    assert not sum_up(stage, 0.0)
    assert stage.failed == ["the moon is green"]
    await play(stage, [Scene("b", "B", stops), Scene("c", "C", never, needs=("b",))])
    assert stage.failed[1:] == ["b: nobody came", "c: needs b"]


async def test_a_bot_that_ends_at_once_is_reported_with_its_log(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="No module named"):
        await asyncio.wait_for(perform([], tmp_path, Console(file=io.StringIO()), "no_bot"), 30)


def test_a_scene_brings_along_what_it_needs() -> None:
    assert [scene.name for scene in chosen(SCENES, ["passage"])] == ["setup", "question", "passage"]
    assert chosen(SCENES, []) == list(SCENES)
    with pytest.raises(ScenarioError, match="no scene nonsense"):
        chosen(SCENES, ["nonsense"])


def test_markdown_is_shown_as_discord_shows_it() -> None:
    source = r"**bold** \*plain\* `code` [a](https://example.org) <b> __x__"
    assert "<strong>bold</strong> *plain* <code>code</code>" in html_of(source)
    assert "&lt;b&gt;" in html_of(source)
    assert rich_of("### Head\n-# small \\*\n> said\n- one").plain == "Head\nsmall *\n│ said\n• one"


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_is_drawn_from_its_record_and_not_too_large(name: str) -> None:
    picture = path_of(name, "png").read_bytes()
    assert picture.startswith(PNG)
    assert len(picture) < LARGEST_PICTURE
    record = read(name)
    page = html(record)
    assert ("Only you can see this" in page) == (record["only_for"] is not None)
    assert "<strong>" in page or 'class="heading"' in page
    assert "**" not in page
