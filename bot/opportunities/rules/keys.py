"""The keys by which notices about an opportunity are told from each other."""

from __future__ import annotations

from bot.opportunities.rules.models import Opportunity


def notice_key(opportunity: Opportunity, *parts: object) -> str:
    """The key of what is said about an opportunity, such as "opportunity:7:reminder:42"."""
    return ":".join(("opportunity", str(opportunity.id), *map(str, parts)))
