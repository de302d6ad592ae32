"""One line below an answer or a brief: how many open opportunities fit."""

from __future__ import annotations

import structlog

from bot.chat.turn import Context
from bot.core.errors import GuideError
from bot.opportunities.reach import likeness

FITS = 0.37
"""The cosine from which an opportunity is worth mentioning beside a question.

Of 55 pairs looked at, those that fit had 0.39 and more, all others 0.35 and less.
"""
_MOST = 50
"""How many opportunities are looked at, those that close first."""
_log = structlog.get_logger()


async def mention(context: Context, text: str) -> str:
    """The line about what is open and fits a text; empty where nothing does.

    It is never a reason for an answer not to come.
    """
    try:
        known = await context.store.opportunities.opportunities(context.alliance, limit=_MOST)
        if not known:
            return ""
        near = await likeness(context, [one.offer.text for one in known], text)
    except GuideError as error:
        _log.info("mentioned_nothing", kind=type(error).__name__)
        return ""
    fitting = [one for one in known if near.get(one.offer.text, 0.0) >= FITS]
    if not fitting:
        return ""
    kinds = {one.offer.kind.value for one in fitting}
    kind = kinds.pop() if len(kinds) == 1 else ""
    return context.say("opportunities_fit", count=len(fitting), kind=kind)
