"""The ids of buttons, menus and forms of runs. They stand in messages for years: see `Action`."""

from __future__ import annotations

from bot.chat.action import Action

CANCEL = Action("c:cancel", alliance=int, run=int)
START = Action("q:start", alliance=int, checklist=str)
"""Under an answer: starts a checklist, privately, for whoever presses."""
