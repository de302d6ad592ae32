"""Who may post an opportunity, change it, and see who answered."""

from __future__ import annotations

from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.opportunities.rules.models import Opportunity


async def may_manage(turn: Turn, opportunity: Opportunity) -> bool:
    """Whether somebody sees who answered, and may close it: the poster, and stewards."""
    return opportunity.poster == turn.person or await turn.is_steward()


async def require_right_to_post(turn: Turn) -> None:
    """Make sure that somebody may post.

    Whoever has the intermediary role may; stewards, where there is none.

    Raises:
        Refused: they may not.
    """
    role = (await turn.store.alliances.settings(turn.alliance)).intermediary_role
    has = await turn.surface.has_role(role) if role is not None else None
    allowed = await turn.is_steward() if has is None else has
    if allowed:
        return
    if turn.place.direct:
        raise Refused(turn.say("post_in_server"))
    gone = role is not None and has is None
    shown = f"<@&{role}>" if role is not None and not gone else ""
    raise Refused(turn.say("post_not_allowed", role=shown, gone=gone))


async def require_right_to_edit(turn: Turn, opportunity: Opportunity) -> None:
    """Make sure that somebody may edit it: stewards, and its poster for as long as they may post.

    Raises:
        Refused: they may not.
    """
    if await turn.is_steward():
        return
    if opportunity.poster != turn.person:
        raise Refused(turn.say("opportunity_not_yours", id=opportunity.id))
    await require_right_to_post(turn)
