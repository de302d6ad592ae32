"""The composition root: from settings to working services. Only here classes are picked.

What only some commands need is imported where it is used: the others start faster without it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import __version__
from bot.chat.flow import Flows
from bot.core.phrases import Phrases
from bot.resources import Content, index_facts, limits_of, load_shelf
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.adapters.discord.client import Feature, GuideClient
    from bot.checklists.rules.paper import Block
    from bot.guide.service import AnswerService
    from bot.index.worker import AnswerWorker
    from bot.opportunities.rules.report import Report
    from bot.services import Services
    from bot.store import Store

Modules = tuple[ModuleType, ...]


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What serving needs beside the settings.

    Attributes:
        token: of the Discord application's bot.
        database: a file or URL; by default as configured.
        queue: how many questions may wait.
        questions: how many questions one person may ask in `seconds`.
        grace: seconds that a stop waits for what is in flight.
        client: passed on to `discord.Client`.
    """

    token: str | None = None
    database: str | None = None
    queue: int = 200
    questions: int = 5
    seconds: float = 30.0
    grace: float = 10.0
    client: Mapping[str, Any] = field(default_factory=dict)


async def open_storage(settings: Settings, options: ServeOptions) -> Store:
    """The store, with its tables brought to this program's state."""
    from bot.data_folder import database_location
    from bot.store import open_store

    return await open_store(database_location(settings, options.database), utc_now)


def local_zone() -> ZoneInfo:
    """The time zone of this computer; UTC where it can't be told."""
    import tzlocal

    try:
        return ZoneInfo(tzlocal.get_localzone_name() or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def utc_now() -> datetime:
    """The time, aware and in UTC."""
    return datetime.now(UTC)


def features() -> tuple[Feature, ...]:
    """What the bot can do on Discord; a new group of commands is one more `register` here."""
    from bot.alliances import discord_places
    from bot.answers import discord_deletions, discord_messages
    from bot.opportunities import discord_post
    from bot.outbox import discord_delivery
    from bot.people import discord_presence
    from bot.privacy import discord_departures

    return (
        discord_deletions.mind_deletions,
        discord_messages.hear_messages,
        discord_places.mind_channels,
        discord_post.mind_posts,
        discord_presence.mind_presence,
        discord_delivery.deliver_notices,
        discord_departures.mind_departures,
    )


@cache
def flows(*, discord: bool = False) -> Flows:
    """What the bot can do, wherever it is used, or also what it can do on Discord alone."""
    from bot.adapters.discord import alliance_choice
    from bot.alliances import discord_places, export, retention, status
    from bot.answers import ask, direction, feedback, gaps, passages, share, take_back_note, topics
    from bot.answers import help as help_
    from bot.checklists import (
        answer_form,
        checklist_list,
        commitments,
        give_up,
        hand_over,
        offer,
        runs,
        step_help,
        walk,
    )
    from bot.opportunities import (
        board,
        close,
        digest,
        discord_post,
        discord_question_thread,
        letters,
        post,
        post_again,
        preview,
        question,
        reply,
        report,
        stop,
    )
    from bot.people import interests, notifications, partners, profile, stewarding
    from bot.people import letters as partner_letters
    from bot.privacy import privacy

    answers: Modules = (
        ask,
        direction,
        passages,
        feedback,
        share,
        gaps,
        topics,
        take_back_note,
        help_,
    )
    checklists: Modules = (checklist_list, walk, answer_form, step_help, runs, give_up, hand_over)
    opportunities: Modules = (
        *(post, preview, post_again, board, close, reply, question, digest, report, stop),
    )
    notices: Modules = (commitments, offer, letters, discord_post, discord_question_thread)
    people: Modules = (
        partners,
        profile,
        interests,
        notifications,
        stewarding,
        partner_letters,
        privacy,
    )
    alliances: Modules = (alliance_choice, discord_places, status, retention, export)
    every = (*answers, *checklists, *opportunities, *notices, *people, *alliances)
    return Flows.of(module for module in every if discord or ".discord" not in module.__name__)


def make_worker(settings: Settings, phrases: Phrases, options: ServeOptions) -> AnswerWorker:
    """The thread that owns the model; it loads nothing before `start`."""
    from bot.index.worker import AnswerWorker, WorkerWords

    words = WorkerWords(phrases.say("busy"), phrases.say("stopping"), phrases.say("model_broken"))
    return AnswerWorker(lambda: load_shelf(settings), words, options.queue)


def make_services(
    settings: Settings,
    options: ServeOptions,
    content: Content,
    store: Store,
    answers: AnswerService,
) -> Services:
    """What flows work with."""
    from bot.answers.notes import StoredNotes
    from bot.core.pace import Pace
    from bot.index.alliance_guides import NotedAnswers
    from bot.index.stems import stems
    from bot.services import Services

    extras = StoredNotes(store, content.phrases)
    noted = NotedAnswers(answers, extras)
    return Services(
        store=store,
        answers=noted,
        meanings=noted,
        extras=extras,
        index=lambda: index_facts(settings),
        phrases=content.phrases,
        library=content.library,
        clock=utc_now,
        due=store.database.written.setdefault("outbox", asyncio.Event()),
        limits=limits_of(settings),
        data_dir=settings.data_dir,
        version=__version__,
        pace=Pace(options.questions, options.seconds),
        brief_pdf=brief_pdf,
        report_chart=report_chart,
        stems=stems,
        opportunity_cap=settings.opportunities.cap,
        kept_after_removal=timedelta(days=settings.privacy.days_after_removal),
    )


def make_client(
    services: Services, options: ServeOptions, on_connected: Callable[[], None]
) -> GuideClient:
    """The connection to Discord, with all features."""
    from bot.adapters.discord.client import GuideClient
    from bot.privacy import expiry

    client = GuideClient(services, features(), flows(discord=True), on_connected, **options.client)
    client.every(
        expiry.RETENTION_SECONDS, lambda: expiry.delete_expired(services.store), name="retention"
    )
    return client


def brief_pdf(blocks: Sequence[Block], title: str, made: datetime) -> bytes:
    """A paper as a PDF; what it takes is loaded with the first one."""
    from bot.checklists.pdf import to_pdf

    return to_pdf(blocks, title, made)


def report_chart(report: Report, words: Mapping[str, str]) -> bytes:
    """The report on opportunities as a picture; what it takes is loaded with the first one."""
    from bot.opportunities.chart import draw_report

    return draw_report(report, words)
