"""/guide status: how the guide is doing."""

from __future__ import annotations

from importlib.metadata import version

from bot.alliances.records import ChannelPurpose
from bot.alliances.role_words import roles_line
from bot.chat.flow import Scope, command
from bot.chat.screen import Screen
from bot.chat.turn import Turn

_BOARD = ChannelPurpose.OPPORTUNITIES.value


@command("guide status", scope=Scope.SERVER, steward=True)
async def status(turn: Turn) -> Screen:
    """Show the model, the index, the numbers of this week, and what channels lack."""
    services, answers = turn.services, turn.store.answers
    numbers = await answers.status(turn.alliance)
    channels = await _channels(turn)
    known = await turn.store.opportunities.opportunities(turn.alliance)
    median, share = numbers.median_latency_ms, numbers.answered_share
    return Screen(
        turn.say(
            "status_page",
            version=services.version,
            discord_py=version("discord.py"),
            index=services.index(),
            ready=services.answers.ready,
            waiting=services.answers.waiting,
            status=numbers,
            median=None if median is None else round(median),
            share=None if share is None else round(share * 100),
            notes=len(await answers.notes(turn.alliance)),
            channels=channels,
            roles=await roles_line(turn, await turn.store.alliances.settings(turn.alliance)),
            board=any(purpose == _BOARD and lacks is not None for _, purpose, lacks in channels),
            open=len(known),
            homeless=sum(one.homeless for one in known),
        )
    )


async def _channels(turn: Turn) -> list[tuple[str, str, str | None]]:
    """Each channel with a purpose, that purpose, and what the bot lacks there; None if it is gone."""
    return [
        (f"<#{place.channel}>", place.purpose.value, await turn.surface.lacking(place.channel))
        for place in await turn.store.alliances.channels(turn.alliance)
    ]
