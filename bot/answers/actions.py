"""The ids of what stands under answers and gaps. They stand in messages for years: see `Action`."""

from __future__ import annotations

from bot.chat.action import Action

HELPFUL = Action("q:helpful", alliance=int, exchange=int)
NOT_HELPFUL = Action("q:unhelpful", alliance=int, exchange=int)
REASON = Action("q:reason", alliance=int, exchange=int, change=str | None)
"""The form behind Not helpful; `change` is what the press did, empty where that is not known."""
KEEP_BACK = Action("q:wrong", alliance=int, exchange=int)
"""A steward keeps an answer from coming again."""
LET_COME = Action("q:right", alliance=int, exchange=int)
DIRECTION = Action("q:meant", alliance=int, exchange=int, number=int)
"""One of the things that a question could mean, counted from 1."""
READ_ON = Action("q:more", alliance=int, exchange=int)
SHARE_ANSWER = Action("q:share", alliance=int, exchange=int)
BROWSE = Action("q:topics", alliance=int)
"""A menu of themes of the library."""
READ_PASSAGE = Action("q:read", alliance=int, exchange=int)
"""A menu of passages; the exchange is 0 under what is no answer."""

TURN_GAPS = Action("g:gaps", alliance=int, newest=int, page=int)
"""Another page of gaps: gaps that came since the first page don't move the pages."""
PICK_GAP = Action("g:pick", alliance=int)
OPEN_GAP = Action("g:open", alliance=int, gap=int, alike=bool)
ANSWER_GAP = Action("g:answer", alliance=int, gap=int, alike=bool)
"""The form for a practice note; `alike` closes the gaps that ask the same as well."""
