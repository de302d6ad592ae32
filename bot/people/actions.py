"""The ids of buttons and forms about partners. They stand in messages for years: see `Action`."""

from __future__ import annotations

from bot.chat.action import Action, NoticeMark

MEANT = Action("o:meant", name=str)
NEW = Action("o:new", name=str)
"""Of two organizations of nearly the same name the known one is meant, or another."""
SHOW = Action("w:show", alliance=int)
HIDE = Action("w:hide", alliance=int)
CONTACT = Action("w:contact", alliance=int)
"""Opens the form for the contact, and is what that form is known by."""

ZONE_MEANT = Action("w:zone", alliance=int, zone=str)
HOUR_MEANT = Action("w:hour", alliance=int, hour=str)
"""Which of the zones, or hours of the day, that may be meant is."""

REMOVE = Action("w:remove", alliance=int, organization=int)
TAKE_OUT = Action("w:out", alliance=int, organization=int, person=int)
ACCEPT = Action("w:accept", alliance=int, request=int, notice=NoticeMark | None)
DECLINE = Action("w:decline", alliance=int, request=int, notice=NoticeMark | None)
"""What a steward decides about a request to speak for an organization."""
