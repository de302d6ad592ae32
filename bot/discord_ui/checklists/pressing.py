"""What the buttons and menus of a run do.

A press that opens a form is answered with the form itself, so the store is read first; every other
is acknowledged before anything else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import COMPONENTS_V2_TEXT
from bot.adapters.discord.send import Interaction, acknowledge, fill, tell
from bot.checklists.rules.events import (
    AnswerStep,
    Event,
    Finish,
    GoBack,
    GoOn,
    GoTo,
    Pause,
    Refusal,
    Resume,
    SkipStep,
    Why,
)
from bot.checklists.rules.records import Change, StoredRun
from bot.checklists.rules.run import AnswerValue, Run
from bot.checklists.rules.typed_answer import option_label
from bot.core.checklist import Step
from bot.core.models import PassageKind, Question
from bot.discord_ui.checklists import asking, forms, start, team
from bot.discord_ui.checklists.items import Key
from bot.discord_ui.checklists.moving import (
    actor_of,
    carry_out,
    find_walk,
    hindrance,
    show,
    step_at,
)
from bot.discord_ui.checklists.steps import Action, cases_of, picked_option, place_of_step
from bot.discord_ui.gate import refuse, updating
from bot.discord_ui.items import reading_rows, show_pages
from bot.discord_ui.render import cases_page, passage_pages, question_line
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.chat.services import Services

_MOST_CASES = 4


async def pressed(interaction: Interaction, action: Action, key: Key) -> None:
    """A button was pressed."""
    async with handling(interaction):
        match action:
            case Action.ANSWER | Action.EDIT:
                await _answer(interaction, action, key)
            case Action.SKIP:
                await _skip(interaction, key)
            case Action.ASK:
                await _ask(interaction, key)
            case Action.OTHERS:
                await _others(interaction, key)
            case Action.RESUME:
                await _resume(interaction, key)
            case Action.ANEW:
                await start.anew(interaction, key)
            case _:
                await _move(interaction, action, key)


async def picked(interaction: Interaction, key: Key, value: str) -> None:
    """An answer was picked from the menu of a step; what was promised before stays promised."""

    def event_of(walk: StoredRun) -> Event | Why:
        step = step_at(walk, key.place)
        option = picked_option(step, value) if step is not None else None
        if (why := _hinders_answer(walk, key)) is not None:
            return why
        if step is None or option is None:
            return Why.UNKNOWN_STEP
        person = interaction.user.id
        before = walk.run.answer_of(step.id, person)
        said = option_label(step, option, interaction.client.services.phrases)
        given = AnswerValue(said, option, before.given.promise if before else None)
        return AnswerStep(step.id, given, walk.run.revision_of(step.id, person))

    async with handling(interaction):
        await carry_out(interaction, key, event_of)


async def jumped(interaction: Interaction, key: Key, step: str) -> None:
    """A step to go to was picked."""
    async with handling(interaction):
        await carry_out(interaction, key, lambda _: GoTo(step, key.seen))


async def _move(interaction: Interaction, action: Action, key: Key) -> None:
    """A press that changes the run and nothing else."""
    events: dict[Action, Event] = {
        Action.BACK: GoBack(key.seen),
        Action.NEXT: GoOn(key.seen),
        Action.PAUSE: Pause(key.seen),
        Action.FINISH: Finish(key.seen),
    }
    await carry_out(interaction, key, lambda _: events[action])


async def _answer(interaction: Interaction, action: Action, key: Key) -> None:
    walk = await find_walk(interaction, key.alliance, key.run)
    if isinstance(walk, str):
        await refuse(interaction, walk)
        return
    why = _hinders_answer(walk, key)
    if action is Action.EDIT and not walk.run.status.over:
        why = None  # what was typed may belong to a step that was left
    if why is not None:
        refused = Change(walk, (Refusal(why),))
        async with updating(interaction):
            await show(interaction, refused, key.place)
    elif key.place is None or step_at(walk, key.place) is None:
        await refuse(interaction, interaction.client.services.phrases.say("stale_button"))
    else:
        await forms.open_answer(interaction, walk, key.place, key.message)


def _hinders_answer(walk: StoredRun, key: Key) -> Why | None:
    """Why a step can't be answered; what the owner did meanwhile hinders no member at that step."""
    why = hindrance(walk, key)
    at_step = walk.run.team and key.place == place_of_step(walk, walk.run.current)
    return None if why is Why.STALE and at_step and key.place is not None else why


async def _skip(interaction: Interaction, key: Key) -> None:
    walk = await find_walk(interaction, key.alliance, key.run)
    if isinstance(walk, str):
        await refuse(interaction, walk)
        return
    step = step_at(walk, key.place)
    owns = walk.run.owner == interaction.user.id
    if step is None:
        await refuse(interaction, interaction.client.services.phrases.say("stale_button"))
    elif owns and hindrance(walk, key) is None and _needs_reason(walk.run, step):
        await forms.open_skip(interaction, walk, step, key)
    else:
        event = SkipStep(step.id, key.seen)
        await carry_out(interaction, key, lambda _: event)


def _needs_reason(run: Run, step: Step) -> bool:
    return step.required and step.id not in run.answers


async def _ask(interaction: Interaction, key: Key) -> None:
    walk = await find_walk(interaction, key.alliance, key.run)
    if isinstance(walk, str):
        await refuse(interaction, walk)
    else:
        await asking.open_question(interaction, key)


async def _others(interaction: Interaction, key: Key) -> None:
    """Show what others did at this step, beyond the case that its page names.

    Where that is the only one, it is shown in full; where there is none, what comes near.
    """
    await acknowledge(interaction, private=True)
    services: Services = interaction.client.services
    say = services.phrases.say
    walk = await find_walk(interaction, key.alliance, key.run)
    step = None if isinstance(walk, str) else step_at(walk, key.place)
    if isinstance(walk, str) or step is None:
        words = walk if isinstance(walk, str) else say("stale_button")
        await tell(interaction, words)
        return
    known = cases_of(step, services.library)
    asked = question_line(step.question)
    if len(known) == 1:
        first, *rest = passage_pages(known[0], services.phrases)
        lead = say("others_lead", question=asked, near=False)
        if len(lead) + sum(map(len, first.texts)) <= COMPONENTS_V2_TEXT:
            first = replace(first, texts=(lead, *first.texts))
        await show_pages(interaction, (first, *rest))
        return
    cases = list(known[1 : _MOST_CASES + 1])
    near = not cases
    if near:
        question = Question(step.question)
        cases = await services.answers.search(key.alliance, question, PassageKind.CASE, 2)
    if not cases:
        await tell(interaction, say("others_none"))
        return
    lead = say("others_lead", question=asked, near=near)
    page = cases_page("", cases, services.phrases)
    page = replace(page, texts=(lead, *page.texts[1:]))
    await fill(interaction, view_of(page, *reading_rows(services.phrases, page, (key.alliance, 0))))


async def _resume(interaction: Interaction, key: Key) -> None:
    """Go on in this message; what a team walks through is shown in its thread."""
    walk = await find_walk(interaction, key.alliance, key.run)
    if isinstance(walk, str):
        await refuse(interaction, walk)
        return
    message = interaction.message
    private = message is not None and message.flags.ephemeral
    if not walk.run.team:
        async with updating(interaction):
            lead = start.newer_version(walk, interaction.client.services)
            await start.resume_private(interaction, walk, lead)
    elif private or walk.run.thread != interaction.channel_id:
        await acknowledge(interaction, private=True)
        await team.resume(interaction, walk, await actor_of(interaction, key.alliance))
    else:
        await carry_out(interaction, key, lambda _: Resume())
