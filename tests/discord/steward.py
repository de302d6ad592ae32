"""An alliance with a steward, and a guide that answers only what it has an ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot import resources
from bot.answers.records import AnswerOutcome, NewExchange
from bot.core.models import Library
from bot.core.phrases import Phrases
from bot.guide.calibration import Calibration, LogisticModel
from bot.guide.guide import Guide, Limits
from bot.guide.search_index import SearchIndex
from bot.index.alliance_guides import AllianceGuides
from tests.conftest import BagOfWordsEncoder, OpenIndex
from tests.discord.bench import Bench
from tests.loopback import Channel, Guild, Member, Response

LAYOUT = "# **big** `x` <@&1> @everyone <:flag:123> [a](https://example.org) ||s||"
"""Markdown, mentions and emoji, as a mean person would put them into a name or a question."""

DRONES = "who signs up for the drone licence"
NOTE = "Maria signs people up for the drone licence on Mondays. Bring a passport."


@dataclass(repr=False)
class Stewarded:
    """A server with a channel; sam may manage it, lea may not."""

    guild: Guild
    channel: Channel
    sam: Member
    lea: Member


def stewarded(bench: Bench, name: str) -> Stewarded:
    guild = bench.server.guild(name)
    channel = guild.channel("room")
    sam = guild.member(f"Sam of {name}", permissions=["manage_guild", "view_channel"])
    return Stewarded(guild, channel, sam, guild.member(f"Lea of {name}"))


def asks_only(calibration: Calibration) -> Calibration:
    """Covered is what comes near an ask, and nothing else."""
    by_ask = LogisticModel(features=("ask",), center=(0.75,), scale=(0.05,), weights=(1,), bias=0)
    return calibration.model_copy(update={"coverage": by_ask, "threshold": 0.5})


def shelf_loader(
    library: Library, opened: OpenIndex, calibration: Calibration, phrases: Phrases
) -> Callable[[], AllianceGuides]:
    """Loads guides over a small library, with a bag of words for a model."""
    index, bag = opened(library), BagOfWordsEncoder()

    def make(known: Library, searched: SearchIndex) -> Guide:
        return Guide(known, searched, bag, asks_only(calibration), phrases, Limits(400, 4))

    return lambda: AllianceGuides(library, index, bag, make)


def use_small_library(bench: Bench, load: Callable[[], AllianceGuides], library: Library) -> None:
    bench.load = load
    bench.content = resources.Content(library, bench.content.phrases, bench.content.calibration)


async def gap_in(bench: Bench, guild: Guild, question: str, person: int = 7) -> int:
    """Keep a question that was not answered, and return the id of the gap."""
    record = {
        "id": "1",
        "question": question,
        "answered": False,
        "confidence": 0.1,
        "answer": "The library does not cover this.",
        "citations": [],
        "related": [],
        "checklists": [],
        "elapsed_ms": 1.0,
    }
    outcome = AnswerOutcome(False, 0.1, 12.0, (), record)
    new = NewExchange(channel=1, person=person, source=1, question=question, outcome=outcome)
    return (await bench.store.answers.add_exchange(guild.id, new)).id


async def answered(where: Stewarded, gap: int, text: str = NOTE, **options: object) -> Response:
    form = await where.sam.uses("/guide answer", in_=where.channel, gap=str(gap), **options)
    return await where.sam.submits(form, {"Answer": text})


async def ask(where: Stewarded, question: str) -> Response:
    response = await where.lea.uses("/ask", in_=where.channel, question=question)
    return await response.until(lambda r: bool(r.message.text), what="an answer")
