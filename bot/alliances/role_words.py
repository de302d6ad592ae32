"""The roles in use, in words; one that was deleted is shown as such."""

from __future__ import annotations

from bot.alliances.records import AllianceSettings
from bot.chat.turn import Turn


async def roles_line(turn: Turn, settings: AllianceSettings) -> str:
    """Which roles are in use, and who stands in where one was deleted."""
    roles = {"steward": settings.steward_role, "intermediary": settings.intermediary_role}
    shown: dict[str, object] = {}
    for name, role in roles.items():
        gone = role is not None and await turn.surface.has_role(role) is None
        shown |= {name: "" if role is None or gone else f"<@&{role}>", f"{name}_gone": gone}
    return turn.say("setup_roles", **shown)
