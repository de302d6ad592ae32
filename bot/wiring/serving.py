"""What serves Discord: the thread that answers, what handlers work with, the connection.

Discord's modules are imported where they are used: the other commands start faster without them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING

from bot import __version__
from bot.chat.flow import Flows
from bot.core.errors import IndexUnusable
from bot.core.models import Library
from bot.core.phrases import Phrases
from bot.guide.guide import Guide
from bot.index.index import open_index, read_manifest
from bot.settings import Settings
from bot.wiring.guide import refresh_index
from bot.wiring.parts import (
    Content,
    ServeOptions,
    index_folder,
    limits_of,
    load_model,
    model_fingerprint,
    read_content,
    utc_now,
)

if TYPE_CHECKING:
    from bot.adapters.discord.client import Feature, GuideClient
    from bot.answers.status import IndexFacts
    from bot.chat.services import Services
    from bot.checklists.rules.paper import Block
    from bot.guide.retrieval import SearchIndex
    from bot.guide.service import AnswerService, GuideShelf
    from bot.index.worker import AnswerWorker
    from bot.opportunities.rules.report import Report
    from bot.store import Store

Modules = tuple[ModuleType, ...]


def features() -> tuple[Feature, ...]:
    """What the bot can do on Discord; a new group of commands is one more `register` here."""
    from bot.alliances import discord_places
    from bot.answers import discord_messages
    from bot.outbox import discord_delivery

    return (
        discord_messages.register,
        discord_places.register,
        discord_delivery.register,
    )


def flows(*, discord: bool = False) -> Flows:
    """What the bot can do, wherever it is used, or also what it can do on Discord alone."""
    from bot.adapters.discord import alliance_choice
    from bot.alliances import discord_places, export, retention, status
    from bot.answers import ask, feedback, gaps, passages, share, take_back_note
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
        preview,
        question,
        reply,
        report,
    )
    from bot.people import interests, notifications, partners, profile
    from bot.privacy import privacy

    answers: Modules = (ask, passages, feedback, share, gaps, take_back_note, help_)
    checklists: Modules = (checklist_list, walk, answer_form, step_help, runs, give_up, hand_over)
    opportunities: Modules = (post, preview, board, close, reply, question, digest, report)
    notices: Modules = (commitments, offer, letters, discord_post, discord_question_thread)
    people: Modules = (partners, profile, interests, notifications, privacy)
    alliances: Modules = (alliance_choice, discord_places, status, retention, export)
    every = (*answers, *checklists, *opportunities, *notices, *people, *alliances)
    return Flows.of(module for module in every if discord or ".discord" not in module.__name__)


def load_shelf(settings: Settings) -> GuideShelf:
    """Load the model and open the index, building it first where there is none that fits; slow."""
    from bot.index.alliance_guides import AllianceGuides

    content = read_content(settings)
    fingerprint = model_fingerprint(settings)
    limits = limits_of(settings)
    try:
        index = open_index(index_folder(settings), content.library, fingerprint)
        encoder = load_model(settings)
    except IndexUnusable:
        encoder = load_model(settings)
        refresh_index(settings, lambda *_: None, encoder)
        index = open_index(index_folder(settings), content.library, fingerprint)

    def make(library: Library, searched: SearchIndex) -> Guide:
        return Guide(library, searched, encoder, content.calibration, content.phrases, limits)

    return AllianceGuides(content.library, index, encoder, make)


def index_facts(settings: Settings) -> IndexFacts | None:
    """Which index is searched; None while there is none that can be read."""
    from bot.answers.status import IndexFacts

    try:
        manifest = read_manifest(index_folder(settings))
    except IndexUnusable:
        return None
    return IndexFacts(manifest.model, manifest.passages, manifest.library_fingerprint[:8])


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
    *,
    alone: bool = False,
) -> Services:
    """What flows work with; `alone` where one person at a terminal is the only one."""
    from bot.answers.notes import StoredNotes
    from bot.chat.pace import Pace
    from bot.chat.services import Services
    from bot.index.alliance_guides import NotedAnswers
    from bot.index.stems import stems

    extras = StoredNotes(store, content.phrases, alone=alone)
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
        limits=limits_of(settings),
        data_dir=settings.data_dir,
        version=__version__,
        pace=Pace(options.questions, options.seconds),
        brief_pdf=brief_pdf,
        report_chart=report_chart,
        stems=stems,
        opportunity_cap=settings.opportunities.cap,
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
