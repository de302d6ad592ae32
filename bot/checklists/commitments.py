"""/commitments: what was promised in checklists, and the reminder of it with its buttons."""

from __future__ import annotations

from bot.chat.action import NoticeMark
from bot.chat.ask import AskedBack, day_buttons
from bot.chat.fit import Listing
from bot.chat.flow import command, handles, stops, submits
from bot.chat.letters import Letter, letter_of
from bot.chat.screen import Button, Field, Form, Screen, Style
from bot.chat.turn import Context, Turn
from bot.checklists.actions import DAY_FORM, DONE, MOVE, MOVE_TO
from bot.checklists.find_commitment import OwnCommitment, open_commitments, own_commitment
from bot.checklists.rules.records import Commitment, CommitmentStatus
from bot.checklists.rules.typed_answer import NotTaken, read_day
from bot.core.errors import Refused
from bot.core.markup import QUESTION, SENTENCE, TITLE, clip, question_line
from bot.core.outbox import Notice, NoticeKind
from bot.people.times import TypedTimes, Zones, asking_times, clock_note, reminder_words, with_times

_LONGEST_DAY = 100
"""Characters; no way to name a day has more."""


# -- commands --------------------------------------------------------------------------------------


@command("commitments list")
async def list_commitments(turn: Turn) -> Screen:
    """Show what is open here."""
    commitments = await open_commitments(turn)
    if not commitments:
        return Screen(turn.say("commitments_none"))
    settings = await turn.store.people.person_settings(turn.alliance, turn.person)
    today = turn.now.astimezone(settings.zone).date()
    titles = {one.run: await _title(turn, one.run) for one in commitments}
    lines = [
        turn.say(
            "commitment_line",
            id=one.id,
            what=clip(one.what, TITLE * 2),
            who=clip(one.who),
            day=one.day,
            overdue=one.day is not None and one.day < today,
            title=titles[one.run],
            name="" if one.person == turn.person else f"<@{one.person}>",
        )
        for one in commitments
    ]
    lead = turn.say("commitments_lead", count=len(lines))
    return Screen(lead, Listing(lines, lambda count: turn.say("commitments_more", count=count)))


@command("commitments done")
async def commitment_done(turn: Turn, commitment: OwnCommitment) -> Screen:
    """Note that a commitment is kept."""
    return await _settle(turn, commitment)


@command("commitments move")
async def move_commitment(turn: Turn, commitment: OwnCommitment, date: str) -> Screen:
    """Give a commitment another day."""
    return await _move(turn, commitment, date)


@command("commitments settings")
async def reminder_settings(
    turn: Turn, timezone: Zones | None = None, quiet: str | None = None, at: str | None = None
) -> Screen:
    """Change when somebody is written to, and say how it is now."""
    before = await turn.store.people.person_settings(turn.alliance, turn.person)
    typed = TypedTimes(timezone, quiet, at)
    wanted = with_times(turn, before, typed)
    if wanted != before:
        await turn.store.people.set_person_settings(turn.alliance, turn.person, wanted)
    return asking_times(turn, typed, reminder_words(turn, wanted, changed=wanted != before))


# -- reminders -------------------------------------------------------------------------------------


@letter_of(NoticeKind.COMMITMENT_DUE)
async def commitment_reminder(context: Context, notice: Notice) -> Letter | None:
    """Remind of a commitment, in the thread of a team or directly."""
    commitment = await context.store.checklists.commitment(notice.alliance, notice.about)
    if commitment is None or commitment.day is None:
        return None
    settings = await context.store.people.person_settings(notice.alliance, commitment.person)
    about: dict[str, object] = {
        "what": clip(commitment.what, QUESTION),
        "who": clip(commitment.who, SENTENCE),
        "day": commitment.day,
        "title": await _title(context, commitment.run),
        "late": commitment.day < context.now.astimezone(settings.zone).date(),
    }
    alliance, name = clip(context.alliance_name), f"<@{commitment.person}>"
    direct = context.say("commitment_reminder", name="", alliance=alliance, **about)
    in_thread = context.say("commitment_reminder", name=name, alliance="", **about)
    key = (notice.alliance, commitment.id, notice.id)
    row = [
        Button(context.say("label_done"), DONE(*key), Style.SUCCESS),
        Button(context.say("label_move"), MOVE(*key)),
    ]
    return Letter(commitment.person, Screen(direct, rows=[row]), Screen(in_thread, rows=[row]))


@handles(DONE, said="done")
async def done_pressed(turn: Turn, commitment: int) -> Screen:
    """Settle the commitment in the place of its reminder."""
    return await _settle(turn, await own_commitment(turn, commitment))


@handles(MOVE, said="move")
async def move_pressed(turn: Turn, commitment: int, notice: NoticeMark) -> Form:
    """Ask for another day."""
    await own_commitment(turn, commitment)
    day = Field(
        "day",
        turn.say("field_by_when"),
        help=turn.say("hint_day"),
        most=_LONGEST_DAY,
        required=True,
    )
    id_ = DAY_FORM(turn.alliance, commitment, notice)
    return Form(turn.say("move_form_title"), id_, (day,))


@submits(DAY_FORM)
async def day_given(turn: Turn, commitment: int, *, day: str) -> Screen:
    """Say the new day in the place of the reminder, or beside it why it isn't moved."""
    return await _move(turn, await own_commitment(turn, commitment), day)


@stops(DONE, MOVE)
async def recalled_no_more(turn: Turn, commitment: int) -> Screen:
    """Take back the reminder that is still to come, if there is one."""
    found = await own_commitment(turn, commitment)
    waited = await turn.store.checklists.drop_reminder(turn.alliance, found.id)
    words = turn.say(
        "commitment_recalled_no_more",
        what=clip(found.what, QUESTION),
        day=found.day if waited else None,
        status=found.status.value,
    )
    return Screen(words)


@handles(MOVE_TO)
async def other_day_meant(turn: Turn, commitment: int, day: str) -> Screen:
    """Move it to the day that was meant, in place of the question."""
    return await _move(turn, await own_commitment(turn, commitment), day)


async def _settle(turn: Turn, commitment: Commitment) -> Screen:
    fresh = await turn.store.checklists.settle_commitment(
        turn.alliance, commitment.id, CommitmentStatus.DONE
    )
    what = clip(commitment.what, QUESTION)
    return Screen(turn.say("commitment_done", what=what, again=not fresh))


async def _move(turn: Turn, commitment: Commitment, typed: str) -> Screen:
    settings = await turn.store.people.person_settings(turn.alliance, turn.person)
    day = read_day(typed, turn.now, settings.known_zone, turn.library.zones)
    if isinstance(day, NotTaken):
        why = turn.say("answer_trouble", trouble=day.trouble.value, near=[], options=[])
        words = turn.say("date_not_taken", why=why, text=question_line(typed))
        key = (turn.alliance, commitment.id)
        raise AskedBack(words, day_buttons(turn, day.days, lambda day: MOVE_TO(*key, day)))
    what = clip(commitment.what, QUESTION)
    if await turn.store.checklists.move_commitment(turn.alliance, commitment.id, day):
        moved = turn.say("commitment_moved", what=what, day=day)
        return Screen("\n".join(filter(None, (moved, clock_note(turn, settings)))))
    now = await turn.store.checklists.commitment(turn.alliance, commitment.id)
    if now is None:
        raise Refused(turn.say("commitment_gone"))
    raise Refused(turn.say("commitment_settled", what=what, status=now.status.value))


async def _title(context: Context, run: int) -> str:
    stored = await context.store.checklists.walk(context.alliance, run)
    return clip(stored.checklist.title) if stored else ""
