"""Help at a step: what others did, and asking about it."""

from __future__ import annotations

from bot.answers.give_answer import give_answer
from bot.answers.passage_screen import cases_screen, passage_screens
from bot.chat.action import Place
from bot.chat.flow import Where, handles, submits
from bot.chat.screen import LONGEST_TEXT, Field, Form, Screen
from bot.chat.turn import Turn
from bot.checklists.actions import ASK, ASK_FORM, OTHERS
from bot.checklists.find_run import run_of
from bot.checklists.show_change import step_at
from bot.checklists.step_screen import cases_of
from bot.core.errors import Refused
from bot.core.markup import question_line
from bot.core.models import PassageKind, Question
from bot.core.pace import Cost

_MOST_CASES = 4


@handles(OTHERS, where=Where.BESIDE, cost=Cost.QUESTION)
async def others_pressed(turn: Turn, run: int, place: Place) -> None:
    """Show what others did at a step, beyond the case that its page names.

    Where that is the only one, it is shown in full; where there is none, what comes near.
    """
    step = step_at(await run_of(turn, run), place)
    if step is None:
        raise Refused(turn.say("stale_button"))
    cases, asked = cases_of(step, turn.library), question_line(step.question)
    if len(cases) == 1:
        lead = turn.say("others_lead", question=asked, near=False)
        first, *rest = passage_screens(cases[0], turn.say, turn.room - len(lead))
        await turn.show_all([Screen(lead, *first.blocks), *rest])
        return
    further = list(cases[1 : _MOST_CASES + 1])
    near = not further
    if near:
        further = [
            *await turn.services.answers.search(
                turn.alliance, Question(step.question), PassageKind.CASE, 2
            )
        ]
    if not further:
        raise Refused(turn.say("others_none"))
    lead = turn.say("others_lead", question=asked, near=near)
    screen = cases_screen("", further, turn.say, turn.alliance)
    await turn.show(Screen(lead, *screen.blocks[1:], rows=screen.rows))


@handles(ASK)
async def ask_pressed(turn: Turn, run: int, place: Place, seen: int) -> Form:
    """Open the form for a question about a step."""
    await run_of(turn, run)
    question = Field(
        "question",
        turn.say("field_question"),
        most=min(turn.services.limits.question_characters, LONGEST_TEXT),
        required=True,
        long=True,
    )
    id_ = ASK_FORM(turn.alliance, run, place, seen)
    return Form(turn.say("ask_form_title"), id_, (question,))


@submits(ASK_FORM, where=Where.BESIDE, cost=Cost.QUESTION)
async def step_question_given(turn: Turn, run: int, place: Place, *, question: str) -> None:
    """Answer a question, read with what the step asks."""
    stored = await run_of(turn, run)
    step = step_at(stored, place)
    about = step.question if step is not None else stored.checklist.title
    asked = question_line(question)
    heading = turn.say("asked_about_step", step=question_line(about), question=asked)
    await give_answer(turn, question, heading=heading, private=True, context=(about,))
