"""Questions as commands: /ask, /cases, /passage; and everything else that has to do with answers.

`register` is a feature, see `bot.adapters.discord.client`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from discord import app_commands

from bot.adapters.discord import draw
from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import CHOICE_NAME, CHOICES, COMMAND_OPTION_LENGTH
from bot.adapters.discord.memberships import Several, alliance_choice
from bot.adapters.discord.send import Interaction, acknowledge, fill, tell
from bot.chat.pace import Pace
from bot.chat.services import Services
from bot.core.alliance import NO_ALLIANCE
from bot.core.errors import GuideError
from bot.core.markup import one_line, shorten
from bot.core.models import Passage, PassageKind
from bot.discord_ui import items
from bot.discord_ui.exchanges import Asked, answer_view, place_of, store_answer
from bot.discord_ui.finding import choices_of, find_titled
from bot.discord_ui.messages import MessageDesk
from bot.discord_ui.render import cases_page, notice, passage_pages, question_line
from bot.discord_ui.views import view_of
from bot.guide.guide import read_question

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

Choice = app_commands.Choice
_MOST_CASES = 4


def register(client: GuideClient) -> None:
    """Hang everything about questions into the client."""
    cooldown = client.services.pace
    desk = MessageDesk(client, cooldown)
    client.listen("message", desk.heard)
    client.listen("raw_message_edit", desk.edited)
    client.listen("raw_message_delete", desk.deleted)
    client.listen("alliance_chosen", desk.chosen)
    client.listen("ready", desk.pick_up)
    client.add_dynamic_items(
        items.Helpful,
        items.NotHelpful,
        items.ReadOn,
        items.Share,
        items.ReadPassage,
    )
    client.add_form(items.REASON_FORM, items.reason_given)
    _add_ask(client, cooldown)
    _add_cases(client)
    _add_passage(client)


def _add_ask(client: GuideClient, cooldown: Pace) -> None:
    say = client.services.phrases.say
    services = client.services

    @client.tree.command(name="ask", description=say("ask_command"))
    @app_commands.describe(
        question=say("ask_question_option"),
        private=say("ask_private_option"),
        alliance=say("ask_alliance_option"),
    )
    async def ask(
        interaction: Interaction,
        question: app_commands.Range[str, 1, COMMAND_OPTION_LENGTH],
        private: bool = False,  # noqa: FBT001  (an option of the command)
        alliance: str | None = None,
    ) -> None:
        received = services.now()
        async with handling(interaction):
            await acknowledge(interaction, private=private)
            whom = await alliance_for(client, interaction, alliance)
            if whom is None or not await services.store.alliances.claim(whom, interaction.id):
                return
            verdict = cooldown.take(interaction.user.id, services.now())
            if not verdict.allowed:
                await tell(interaction, say("cooldown", seconds=verdict.seconds))
                return
            asked = replace(_asked(interaction, whom, question, received), private=private)
            with client.services.postings.posting(interaction.channel_id or 0):
                await _answer(interaction, services, asked)

    @ask.autocomplete("alliance")
    async def alliances(interaction: Interaction, typed: str) -> list[Choice[str]]:
        if interaction.guild is not None:
            return []
        guilds = await client.memberships.of(interaction.user.id)
        fitting = [guild for guild in guilds if typed.lower() in guild.name.lower()]
        return [
            Choice(name=shorten(one_line(guild.name), CHOICE_NAME), value=str(guild.id))
            for guild in fitting[:CHOICES]
        ]


async def _answer(interaction: Interaction, services: Services, asked: Asked) -> None:
    """Put the answer where the acknowledgement stands, and note that it is there."""
    say = services.phrases.say
    if not services.answers.ready:
        await fill(interaction, view_of(notice(say("loading"))))
    try:
        exchange = await store_answer(services, asked)
    except GuideError as error:
        await fill(interaction, view_of(notice(str(error))))
        return
    heading = say("asked", question=question_line(asked.text))
    shareable = asked.private and interaction.guild is not None
    view = await answer_view(services, exchange, heading, shareable=shareable)
    shown = await fill(interaction, view)
    await services.store.answers.set_answer_message(asked.alliance, exchange.id, shown.id)


def _asked(interaction: Interaction, alliance: int, text: str, received: datetime) -> Asked:
    here = interaction.channel_id or 0
    channel, thread = place_of(interaction.channel, here, direct=interaction.guild is None)
    return Asked(
        alliance=alliance,
        channel=channel,
        person=interaction.user.id,
        source=interaction.id,
        text=text,
        received=received,
        thread=thread,
    )


def _add_cases(client: GuideClient) -> None:
    say = client.services.phrases.say
    services = client.services

    @client.tree.command(name="cases", description=say("cases_command"))
    @app_commands.describe(query=say("cases_query_option"))
    async def cases(
        interaction: Interaction, query: app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
    ) -> None:
        async def show(whom: int) -> None:
            question = read_question(query, (), services.limits)
            found = await services.answers.search(whom, question, PassageKind.CASE, _MOST_CASES)
            page = cases_page(question.text, found, services.phrases)
            rows = items.reading_rows(services.phrases, page, (whom, 0))
            await fill(interaction, view_of(page, *rows))

        await _privately(interaction, show)


def _add_passage(client: GuideClient) -> None:
    say = client.services.phrases.say
    services = client.services

    @client.tree.command(name="passage", description=say("passage_command"))
    @app_commands.describe(title=say("passage_title_option"))
    async def passage(
        interaction: Interaction, title: app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
    ) -> None:
        async def show(whom: int) -> None:
            found = find_titled(await services.passages(whom), title)
            if isinstance(found, Passage):
                await items.show_pages(interaction, passage_pages(found, services.phrases))
            else:
                near = [question_line(one.title) for one in found]
                wanted = question_line(title)
                await tell(interaction, say("passage_unknown", title=wanted, near=near))

        await _privately(interaction, show)

    @passage.autocomplete("title")
    async def titles(interaction: Interaction, typed: str) -> list[Choice[str]]:
        whom = interaction.guild_id
        if whom is None:
            found = await client.memberships.alliance(interaction.user.id)
            whom = NO_ALLIANCE if isinstance(found, Several) else found
        return choices_of(await services.passages(whom), typed)


async def _privately(interaction: Interaction, show: Callable[[int], Awaitable[None]]) -> None:
    """Show a person something of the alliance that the command is about."""
    async with handling(interaction):
        await acknowledge(interaction, private=True)
        whom = await alliance_for(interaction.client, interaction, None)
        if whom is not None:
            await show(whom)


async def alliance_for(
    client: GuideClient, interaction: Interaction, named: str | None
) -> int | None:
    """Whom a command is about; None after telling the person what is wrong."""
    say = client.services.phrases.say
    if interaction.guild_id is not None:
        if named is not None:
            await tell(interaction, say("only_here_alliance"))
            return None
        return interaction.guild_id
    person = interaction.user.id
    if named is not None:
        guilds = await client.memberships.of(person)
        for guild in guilds:
            if named.strip().casefold() in {str(guild.id), guild.name.casefold()}:
                return guild.id
        await tell(interaction, say("only_here_alliance"))
        return None
    found = await client.memberships.alliance(person)
    if not isinstance(found, Several):
        return found
    await fill(interaction, draw.view_of(alliance_choice(client.services.phrases, found, 0)))
    return None


async def own_alliance(client: GuideClient, interaction: Interaction) -> int | None:
    """As `alliance_for`, for what only an alliance has: someone who is in none is told so."""
    alliance = await alliance_for(client, interaction, None)
    if alliance == NO_ALLIANCE:
        await tell(interaction, client.services.phrases.say("in_no_alliance"))
        return None
    return alliance
