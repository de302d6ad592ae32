"""The ids of buttons and forms about partners. They stand in messages for years: see `Action`."""

from __future__ import annotations

from bot.chat.action import Action

MEANT = Action("o:meant", name=str)
NEW = Action("o:new", name=str)
"""Of two organizations of nearly the same name the known one is meant, or another."""
SHOW = Action("w:show", alliance=int)
HIDE = Action("w:hide", alliance=int)
CONTACT = Action("w:contact", alliance=int)
"""Opens the form for the contact, and is what that form is known by."""
