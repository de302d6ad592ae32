"""The ids of buttons, menus and forms of runs. They stand in messages for years: see `Action`."""

from __future__ import annotations

from bot.chat.action import Action, NoticeMark, Place


def _at_step(verb: str) -> Action:
    """An id of what is shown of a step.

    `seen` is the revision of the run that was shown, `message` what shows the step where that isn't
    the message that the button is on.
    """
    return Action(f"c:{verb}", alliance=int, run=int, place=Place, seen=int, message=int | None)


START = Action("q:start", alliance=int, checklist=str)
"""Under an answer: starts a checklist, privately, for whoever presses."""

TURN_LIST = Action("c:list", page=int)
BEGIN = Action("c:begin")
"""A menu of checklists to start."""

ANSWER = _at_step("answer")
EDIT = _at_step("edit")
SKIP = _at_step("skip")
BACK = _at_step("back")
NEXT = _at_step("next")
PAUSE = _at_step("pause")
FINISH = _at_step("finish")
OTHERS = _at_step("others")
ASK = _at_step("ask")
RESUME = _at_step("resume")
ANEW = _at_step("anew")
PICK = _at_step("pick")
"""A menu of answers to a step."""
JUMP = _at_step("jump")
"""A menu of steps to go to."""

ANSWER_FORM = Action("c:form", alliance=int, run=int, place=int, seen=int, message=int | None)
"""`seen` counts how often the person had answered the step."""
DAY_MEANT = Action("c:day", alliance=int, run=int, place=Place, day=str, message=int | None)
"""One of the days that what was typed at a step may mean; `message` as above."""
SKIP_FORM = _at_step("skipform")
ASK_FORM = _at_step("askform")

CANCEL = Action("c:cancel", alliance=int, run=int)
SHARE_BRIEF = Action("c:share", alliance=int, run=int)

RESUME_OFFERED = Action("n:resume", alliance=int, run=int, notice=NoticeMark)
CANCEL_OFFERED = Action("n:cancel", alliance=int, run=int, notice=NoticeMark)

DONE = Action("n:done", alliance=int, commitment=int, notice=NoticeMark)
MOVE = Action("n:move", alliance=int, commitment=int, notice=NoticeMark)
MOVE_TO = Action("n:to", alliance=int, commitment=int, day=str)
"""One of the days that may be meant."""
DAY_FORM = Action("n:day", alliance=int, commitment=int, notice=NoticeMark)
