"""The ids of the menus of /guide setup. They stand in messages for years: see `Action`."""

from __future__ import annotations

from enum import StrEnum

from bot.chat.action import Action


class RoleKind(StrEnum):
    """A role that an alliance chooses."""

    STEWARD = "steward"
    INTERMEDIARY = "intermediary"


CHOOSE_CHANNELS = Action("g:channels", alliance=int)
CHOOSE_BOARD = Action("g:board", alliance=int)
"""The channel for opportunities."""
CHOOSE_ROLE = Action("g:role", which=RoleKind, alliance=int)
JOINING = Action("g:joining", asked=bool, alliance=int)
"""Whether a steward is asked before somebody speaks for an organization."""
CHECK_AGAIN = Action("g:check", alliance=int)
