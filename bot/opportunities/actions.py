"""The ids of buttons, menus and forms of opportunities. They stand in messages for years."""

from __future__ import annotations

from bot.chat.action import Action, NoticeMark

INTERESTED = Action("o:interested", alliance=int, opportunity=int, notice=NoticeMark | None)
NOT_FOR_US = Action("o:decline", alliance=int, opportunity=int, notice=NoticeMark | None)
ASK = Action("o:ask", alliance=int, opportunity=int, notice=NoticeMark | None)
QUESTION = Action("o:question", alliance=int, opportunity=int, form=int | None)
"""A question's form; `form` tells it from others, so that it is taken once."""
ORGANIZATION = Action("o:organization", alliance=int, opportunity=int)
AS = Action("o:as", alliance=int, opportunity=int, name=str)
"""Says which of two organizations of nearly the same name is interested."""
NOTE = Action("o:note", yes=bool, alliance=int, opportunity=int)
NOTE_GIVEN = Action("o:noteform", yes=bool, alliance=int, opportunity=int)

POST = Action("o:post", alliance=int, opportunity=int)
EDIT = Action("o:edit", alliance=int, opportunity=int)
"""Opens the form with what was typed; the opportunity is 0 for one that isn't kept yet."""
DISCARD = Action("o:discard", alliance=int, opportunity=int)
DEADLINE = Action("o:deadline", alliance=int, opportunity=int, deadline=str)
"""What the deadline that was typed may mean."""
OFFER = Action("o:offer", alliance=int, opportunity=int)

POST_AGAIN = Action("o:again", alliance=int, opportunity=int, notice=NoticeMark | None)
"""Posts what has no post any more."""
ASK_OUTCOME = Action("o:end", alliance=int, opportunity=int, notice=NoticeMark | None)
"""Closes it, once it is said what came of it."""

DIGEST_INTERESTED = Action("d:yes", alliance=int, notice=NoticeMark)
DIGEST_NOT_FOR_US = Action("d:no", alliance=int, notice=NoticeMark)
OUTCOME = Action("d:outcome", alliance=int, opportunity=int, notice=NoticeMark | None)
