"""Serving Discord: connect, load the model meanwhile, answer, and stop in order.

The order of a stop, at SIGTERM or SIGINT: no new messages are taken; what is in flight is answered
and sent, for as long as the grace lasts; the worker refuses the rest, whose people are told so;
then connection and store close.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

import discord
import structlog

from bot import resources, wiring
from bot.core.errors import ConfigurationError
from bot.core.files import made_for_owner
from bot.core.phrases import Phrases
from bot.data_folder import database_file, prepare, served
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient
    from bot.index.worker import AnswerWorker

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_LAST_WORDS_SECONDS = 3.0
_log = structlog.get_logger()


async def serve(settings: Settings, options: wiring.ServeOptions) -> int:
    """Serve until a signal comes, and return the exit code.

    Raises:
        ConfigurationError: token or intent are missing or wrong, or another process serves from
            the folder, with what to do.
        GuideError: content or store can't be used.
    """
    configure_logging()
    content = resources.read_content(settings)
    if not options.token:
        raise ConfigurationError(content.phrases.say("login_missing"))
    prepare(settings)
    with made_for_owner(), served(settings, database_file(settings, options.database)):
        async with (
            await wiring.open_storage(settings, options) as store,
            store.database.serving(),
        ):
            worker = wiring.make_worker(settings, content.phrases, options)
            services = wiring.make_services(settings, options, content, store, worker)
            client = wiring.make_client(services, options, worker.start)
            stop = asyncio.Event()
            with _signals_set(stop):
                return await serve_client(client, worker, options, content.phrases, stop)


async def serve_client(
    client: GuideClient,
    worker: AnswerWorker,
    options: wiring.ServeOptions,
    phrases: Phrases,
    stop: asyncio.Event,
) -> int:
    """Run a client until `stop` is set or the connection ends for good.

    Raises:
        GuideError: nothing can be answered any more; whoever watches over it should start it anew.
    """
    connection = asyncio.create_task(client.start(options.token or ""), name="connection")
    stopped = asyncio.create_task(stop.wait(), name="stop")
    broken = asyncio.create_task(worker.broken(), name="broken")
    try:
        ends = {connection, stopped, broken}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if broken.done() and not stop.is_set():
            raise broken.result()
        if not stop.is_set():
            await _outcome(connection, phrases)
        _log.info("stopping", waiting=worker.waiting)
        return 0
    finally:
        stopped.cancel()
        broken.cancel()
        await _wind_down(client, worker, options.grace)
        connection.cancel()
        await asyncio.gather(connection, stopped, broken, return_exceptions=True)
        _log.info("stopped")


async def _wind_down(client: GuideClient, worker: AnswerWorker, grace: float) -> None:
    landed = await client.land(grace)
    await worker.stop(_LAST_WORDS_SECONDS if landed else 0)
    await client.land(_LAST_WORDS_SECONDS)
    await client.close()


async def _outcome(connection: asyncio.Task[None], phrases: Phrases) -> None:
    """Turn what ended a connection into a sentence."""
    try:
        await connection
    except discord.LoginFailure as error:
        raise ConfigurationError(phrases.say("login_refused")) from error
    except discord.PrivilegedIntentsRequired as error:
        raise ConfigurationError(phrases.say("intent_missing")) from error


@contextlib.contextmanager
def _signals_set(stop: asyncio.Event) -> Iterator[None]:
    """Let signals set an event, where the platform knows them."""
    loop = asyncio.get_running_loop()
    handled = []
    for number in _SIGNALS:
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, stop.set)
            handled.append(number)
    try:
        yield
    finally:
        for number in handled:
            loop.remove_signal_handler(number)


def configure_logging(file: TextIO | None = None, level: int = logging.INFO) -> None:
    """Log JSON lines to a file or standard error; messages of libraries from warnings on."""
    target = file or sys.stderr
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(target),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    handler.setLevel(logging.WARNING)  # some libraries ask for their debug messages themselves
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
