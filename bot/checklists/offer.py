"""A paused run is offered again, with the buttons **Resume** and **Cancel**."""

from __future__ import annotations

from datetime import datetime

from bot.chat.flow import Where, handles, stops
from bot.chat.letters import Letter, letter_of
from bot.chat.screen import Button, Screen, Style
from bot.chat.turn import Context, Turn
from bot.checklists.actions import CANCEL_OFFERED, RESUME_OFFERED
from bot.checklists.find_run import run_of
from bot.checklists.give_up import cancel_screen
from bot.checklists.rules import engine
from bot.checklists.rules.reminders import OFFERED_AFTER
from bot.checklists.walk import resume_here
from bot.core.markup import clip
from bot.core.outbox import Notice, NoticeKind


@letter_of(NoticeKind.RUN_OFFERED)
async def run_offer(context: Context, notice: Notice) -> Letter | None:
    """Offer a run that was paused a while ago."""
    stored = await context.store.checklists.walk(notice.alliance, notice.about)
    if stored is None:
        return None
    paused = datetime.fromisoformat(str(notice.details["paused"]))
    last = bool(notice.details["last"])
    if not last and context.now >= paused + OFFERED_AFTER[-1]:
        return None  # delivered late: the last one is due as well, and is enough
    owner = stored.run.owner
    settings = await context.store.people.person_settings(notice.alliance, owner)
    number, total = engine.progress(stored.checklist, stored.run)
    words = context.say(
        "run_offer",
        title=clip(stored.checklist.title),
        number=number,
        total=total,
        changed=paused.astimezone(settings.zone).date(),
        alliance=clip(context.alliance_name),
        last=last,
    )
    key = (notice.alliance, stored.run.id, notice.id)
    row = [
        Button(context.say("label_resume"), RESUME_OFFERED(*key), Style.PRIMARY),
        Button(context.say("label_cancel"), CANCEL_OFFERED(*key)),
    ]
    return Letter(owner, Screen(words, rows=[row]))


@handles(RESUME_OFFERED, said="resume")
async def offer_resumed(turn: Turn, run: int) -> None:
    """Show a private run in the place of the offer; one of a team goes on in its thread."""
    await resume_here(turn, await run_of(turn, run))


@stops(RESUME_OFFERED)
async def offered_no_more(turn: Turn, run: int) -> Screen:
    """Leave it paused, and offer it no more."""
    stored = await run_of(turn, run)
    await turn.store.checklists.drop_offers(turn.alliance, run)
    title = clip(stored.checklist.title)
    return Screen(turn.say("run_offered_no_more", title=title))


@handles(CANCEL_OFFERED, where=Where.BESIDE, said="cancel")
async def offer_declined(turn: Turn, run: int) -> Screen:
    """Ask whether to give the run up."""
    return await cancel_screen(turn, await run_of(turn, run))
