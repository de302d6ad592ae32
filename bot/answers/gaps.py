"""/guide gaps and /guide answer: what could not be answered, and a practice note for it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.actions import ANSWER_GAP, LET_COME, OPEN_GAP, PICK_GAP, TURN_GAPS
from bot.answers.find_gap import (
    NEWEST_EVER,
    Group,
    OpenGap,
    alike_gaps,
    find_gap,
    group_gaps,
)
from bot.answers.notes import NOTE_LENGTH, TITLE_LENGTH, clean_note, note_id
from bot.answers.records import Gap, GapReason
from bot.chat.fit import Elastic
from bot.chat.flow import Scope, Where, command, handles, submits
from bot.chat.screen import Button, Field, Form, Menu, Option, Screen
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import clip, escape, one_line, question_line
from bot.core.text import words

_ON_PAGE = 5
_REMARKS = 2
_WORDINGS = 2
_WORDING = 80

# -- looking -------------------------------------------------------------------------------------


@command("guide gaps", scope=Scope.SERVER, steward=True)
async def gaps(turn: Turn) -> Screen:
    """Show the newest gaps."""
    if not turn.services.answers.ready:
        await turn.show(Screen(turn.say("loading")))
    return await turned(turn, NEWEST_EVER, 0)


@handles(TURN_GAPS, steward=True)
async def turned(turn: Turn, newest: int, page: int) -> Screen:
    """Show a page of gaps, by its number from 0, of those up to `newest`."""
    groups = await group_gaps(turn, newest)
    if not groups:
        return Screen(turn.say("gaps_none"))
    newest = min(newest, groups[0][0].exchange)
    pages = -(-len(groups) // _ON_PAGE)
    page = min(page, pages - 1)
    shown = groups[page * _ON_PAGE : (page + 1) * _ON_PAGE]
    lead = turn.say(
        "gaps_lead", gaps=sum(map(len, groups)), groups=len(groups), page=page + 1, pages=pages
    )
    options = [Option(group[0].question, str(group[0].exchange)) for group in shown]
    menu = Menu(turn.say("label_pick_gap"), PICK_GAP(turn.alliance), tuple(options))
    turns = []
    if page > 0:
        newer = TURN_GAPS(turn.alliance, newest, page - 1)
        turns.append(Button(turn.say("label_newer"), newer))
    if page + 1 < pages:
        older = TURN_GAPS(turn.alliance, newest, page + 1)
        turns.append(Button(turn.say("label_older"), older))
    lines = "\n\n".join(_group_line(turn, group) for group in shown)
    return Screen(lead, lines, rows=[[menu], turns, _let_come(turn, shown)])


def _let_come(turn: Turn, groups: Sequence[Group]) -> list[Button]:
    """A button for each answer that is kept back; with its number where there are several."""
    wrong = [gap.exchange for group in groups for gap in group if _is_wrong(gap)][:_ON_PAGE]
    return [
        Button(
            turn.say("label_let_come", number=number if len(wrong) > 1 else None),
            LET_COME(turn.alliance, number),
        )
        for number in wrong
    ]


def _is_wrong(gap: Gap) -> bool:
    return gap.reason is GapReason.MARKED_WRONG


def _group_line(turn: Turn, group: Group) -> str:
    newest = group[0]
    wordings = {one_line(gap.question).casefold(): gap.question for gap in group}
    wordings.pop(one_line(newest.question).casefold(), None)
    remarks = [remark for gap in group for remark in gap.remarks]
    return turn.say(
        "gap_group",
        number=newest.exchange,
        question=question_line(newest.question),
        count=len(group),
        others=[clip(text, _WORDING) for text in list(wordings.values())[:_WORDINGS]],
        date=newest.created.date(),
        unhelpful=newest.reason is GapReason.NOT_HELPFUL,
        wrong=[gap.exchange for gap in group if _is_wrong(gap)],
        private=newest.private,
        remarks=[clip(text, _WORDING) for text in remarks[:_REMARKS]],
    )


# -- answering -----------------------------------------------------------------------------------


@command("guide answer", scope=Scope.SERVER, steward=True)
async def answer(turn: Turn, gap: OpenGap, alike: bool = False) -> Form:  # noqa: FBT001
    """Open the form for a gap."""
    return _form(turn, gap, alike=alike)


@handles(PICK_GAP, steward=True)
async def gap_picked(turn: Turn, picked: Sequence[str]) -> Form:
    """Open the form for a group of gaps."""
    return _form(turn, await find_gap(turn, picked[0]), alike=True)


@handles(OPEN_GAP, steward=True)
async def gap_opened(turn: Turn, gap: int, alike: bool) -> Form:  # noqa: FBT001
    """Open the form that could not be opened in time."""
    return _form(turn, await find_gap(turn, str(gap)), alike=alike)


def _form(turn: Turn, gap: Gap, *, alike: bool) -> Form:
    label = turn.say("label_answer")
    # What somebody asked privately is in the steward's own words where others will read it.
    title = "" if gap.private else one_line(gap.question)[:TITLE_LENGTH]
    fields = (
        Field("title", turn.say("label_note_title"), title, most=TITLE_LENGTH, required=True),
        Field("answer", label, hint=gap.question, most=NOTE_LENGTH, required=True, long=True),
    )
    return Form(
        turn.say("answer_title"),
        ANSWER_GAP(turn.alliance, gap.exchange, alike),
        fields,
        again=Button(label, OPEN_GAP(turn.alliance, gap.exchange, alike)),
    )


@submits(ANSWER_GAP, steward=True, where=Where.BESIDE)
async def gap_answered(
    turn: Turn,
    gap: int,
    alike: bool,  # noqa: FBT001
    *,
    title: str,
    answer: str,
) -> Screen:
    """Write the note; a form sent earlier has no title, so that the question is it."""
    text = clean_note(answer)
    if not words(text):
        raise Refused(turn.say("answer_empty"))
    note = await turn.store.answers.answer_gap(
        turn.alliance,
        gap,
        text=text,
        author=turn.person,
        author_name=one_line(turn.name),
        question=one_line(title) or None,
        also=await alike_gaps(turn, gap) if alike else (),
    )
    if note is None:
        return Screen(turn.say("gap_closed"), Elastic(escape(text)))
    return Screen(
        turn.say(
            "note_written",
            question=question_line(note.question),
            note=note_id(note.id),
            others=len(note.gaps) - 1,
        )
    )
