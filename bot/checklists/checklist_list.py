"""/checklist list: all checklists, page by page, with a menu that starts one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.flow import Scope, command, handles
from bot.chat.screen import Button, Menu, Option, Row, Screen
from bot.chat.turn import Context, Turn
from bot.checklists.actions import BEGIN, TURN_LIST
from bot.core.checklist import Checklist
from bot.core.markup import SENTENCE, clip, one_line
from bot.core.sentences import split_sentences

_ROOM_ABOVE = 300
"""Characters kept for the lead of a page."""
_MOST = 25
"""Checklists on a page."""


@command("checklist list", scope=Scope.ALL)
async def list_checklists(turn: Turn) -> Screen:
    """Show the first page."""
    return list_screen(turn, 0)


@handles(TURN_LIST, scope=Scope.ALL)
async def list_turned(turn: Turn, page: int) -> Screen:
    """Show another page in place of this one."""
    return list_screen(turn, page)


def list_screen(turn: Turn, number: int) -> Screen:
    """A page of the list; the last one where there are fewer."""
    say, checklists = turn.say, turn.library.checklists
    pages = _pages(turn, checklists)
    number = min(number, len(pages) - 1)
    shown = pages[number]
    lead = say(
        "checklists_lead",
        count=len(checklists),
        page=number + 1,
        pages=len(pages),
        team=not turn.place.direct,
    )
    turns = ((number - 1, "label_earlier_page"), (number + 1, "label_later_page"))
    rows: list[Row] = []
    if shown:
        options = tuple(Option(one_line(one.title), one.id, _purpose(one)) for one in shown)
        rows.append([Menu(say("label_start_one"), BEGIN(), options)])
    rows.append(
        [Button(say(label), TURN_LIST(page)) for page, label in turns if 0 <= page < len(pages)]
    )
    return Screen(lead, "\n".join(_line(turn, one) for one in shown), rows=rows)


def _pages(context: Context, checklists: Sequence[Checklist]) -> list[list[Checklist]]:
    """The checklists as many to a page as fit, at least one page."""
    pages: list[list[Checklist]] = [[]]
    room = context.room - _ROOM_ABOVE
    used = 0
    for checklist in checklists:
        length = len(_line(context, checklist)) + 1
        if pages[-1] and (used + length > room or len(pages[-1]) == _MOST):
            pages.append([])
            used = 0
        pages[-1].append(checklist)
        used += length
    return pages


def _line(context: Context, checklist: Checklist) -> str:
    return context.say(
        "checklist_line",
        title=clip(checklist.title),
        purpose=clip(checklist.purpose, SENTENCE),
        minutes=checklist.minutes,
        steps=len(checklist.steps) - checklist.called_for,
        more=checklist.called_for,
    )


def _purpose(checklist: Checklist) -> str:
    """How the purpose begins."""
    sentences = split_sentences(checklist.purpose)
    return one_line(sentences[0] if sentences else checklist.purpose)
