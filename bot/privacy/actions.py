"""The id of the button that deletes. It stands in messages for years: see `Action`."""

from __future__ import annotations

from bot.chat.action import Action

FORGET = Action("p:forget", alliance=int, person=int)
"""Alliance 0 stands for all of them."""
