"""The line about open opportunities, for those who are no flows yet."""

from __future__ import annotations

from bot.chat.services import Services
from bot.chat.turn import Context
from bot.opportunities import mention as new


async def mention(services: Services, alliance: int, text: str) -> str:
    """See `bot.opportunities.mention`."""
    return await new.mention(Context(services, alliance, "", 0), text)
