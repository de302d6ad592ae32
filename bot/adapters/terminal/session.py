"""A conversation from its beginning to its end: store, model and flows put together."""

from __future__ import annotations

from rich.console import Console

from bot import resources, wiring
from bot.adapters.terminal.chat import Conversation
from bot.adapters.terminal.prompt import talk
from bot.answers.ask import take_line
from bot.privacy.expiry import delete_expired
from bot.settings import Settings


async def chat(settings: Settings, console: Console, name: str = "") -> None:
    """Talk with whoever sits at the terminal, somebody of a name or nobody in particular.

    The model is loaded meanwhile.

    Raises:
        GuideError: content or store can't be used, or that is no name.
    """
    options = wiring.ServeOptions()
    content = resources.read_content(settings)
    async with await wiring.open_storage(settings, options) as store:
        await delete_expired(store)
        worker = wiring.make_worker(settings, content.phrases, options)
        services = wiring.make_services(settings, options, content, store, worker)
        zone = wiring.local_zone()
        conversation = Conversation(services, wiring.flows(), take_line, console, zone, name)
        worker.start()
        try:
            console.print(content.phrases.say("terminal_welcome"), style="dim")
            await conversation.greet()
            await talk(conversation, settings.data_dir / "chat-history")
        finally:
            await worker.stop(0)
