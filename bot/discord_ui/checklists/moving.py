"""What people do to a run: looked up, applied, and what came of it shown where they did it.

The message of a private run is edited from step to step; how a team sees it stands in `team`.
A run is shown as it is by then, one after the other, so that of two who answer at once the one
shown last has both.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from bot.adapters.discord.send import Interaction, fill, take
from bot.checklists.rules import engine
from bot.checklists.rules.events import Became, Effect, Event, Kept, Missing, Refusal, Why
from bot.checklists.rules.records import Change, StoredRun
from bot.checklists.rules.run import Actor, Run, Status
from bot.checklists.rules.typed_answer import NotTaken, Typed, read_answer
from bot.core.checklist import AnswerType, Step
from bot.core.phrases import Phrases
from bot.discord_ui.checklists import team
from bot.discord_ui.checklists.items import Key, run_view
from bot.discord_ui.checklists.quoting import Unkept, clip
from bot.discord_ui.checklists.steps import place_of_step, run_page
from bot.discord_ui.gate import acknowledge_update, explain_beside, whisper_beside
from bot.discord_ui.items import belongs

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient
    from bot.chat.services import Services

T = TypeVar("T")
EventOf = Callable[[StoredRun], Event | Why]
"""From a run to what happens to it, or to why nothing does."""

_QUICK = 0.8
"""Seconds in which something is kept before it is acknowledged; people wait for that."""
_REFUSALS = {
    Why.ALREADY_ANSWERED: "answered_meanwhile",
    Why.UNKNOWN_STEP: "step_no_longer_asked",
    Why.REASON_NEEDED: "reason_needed",
    Why.ANSWER_NEEDED: "answer_needed",
    Why.AT_FIRST: "at_first_step",
    Why.PAUSED: "run_is_paused",
}


async def actor_of(interaction: Interaction, alliance: int) -> Actor:
    """Who does something, with the organization they speak for now."""
    services: Services = interaction.client.services
    person = interaction.user
    organization = await services.store.people.organization_of(alliance, person.id)
    return Actor(person.id, person.display_name, organization)


async def find_walk(interaction: Interaction, alliance: int, number: int) -> StoredRun | str:
    """A run that somebody may see here, or the words why not."""
    services: Services = interaction.client.services
    walk = (
        await services.store.checklists.walk(alliance, number)
        if belongs(interaction, alliance)
        else None
    )
    if walk is None:
        return services.phrases.say("run_unknown", run=f"#{number}")
    if may_see(interaction, walk.run):
        return walk
    return services.phrases.say("run_not_yours")


def may_see(interaction: Interaction, run: Run) -> bool:
    """Whether somebody may see a run: its owner, and whoever is in the thread of a team."""
    in_thread = run.team and run.thread is not None and run.thread == interaction.channel_id
    return run.owner == interaction.user.id or in_thread


def step_at(walk: StoredRun, place: int | None) -> Step | None:
    """The step that a custom id names."""
    steps = walk.checklist.steps
    return steps[place] if place is not None and place < len(steps) else None


def hindrance(walk: StoredRun, key: Key) -> Why | None:
    """Why a button that was shown for a revision of a run is of no use any more."""
    run = walk.run
    if run.status is Status.FINISHED:
        return Why.FINISHED
    if run.status is Status.CANCELLED:
        return Why.CANCELLED
    if run.status is Status.PAUSED:
        return Why.PAUSED
    return Why.STALE if run.revision != key.seen else None


@asynccontextmanager
async def kept_first(
    interaction: Interaction, keep: Callable[[], Coroutine[Any, Any, T]]
) -> AsyncIterator[T]:
    """Keep something, then acknowledge, so that what was acknowledged is never lost.

    Where keeping takes long, it is acknowledged meanwhile. What goes wrong is told beside the
    message, as by `updating`.
    """
    client: GuideClient = interaction.client
    with client.in_flight():
        take(interaction)
        try:
            task = asyncio.ensure_future(keep())
            await asyncio.wait({task}, timeout=_QUICK)
            await acknowledge_update(interaction)
            yield await task
        except Exception as error:  # noqa: BLE001  (the ladder of bot.adapters.discord.errors)
            await explain_beside(interaction, error)


async def change_run(interaction: Interaction, key: Key, event_of: EventOf) -> Change | str:
    """Apply an event to a run as it is now; the words where somebody may not see it."""
    services: Services = interaction.client.services
    walk = await find_walk(interaction, key.alliance, key.run)
    if isinstance(walk, str):
        return walk
    event = event_of(walk)
    if isinstance(event, Why):
        return Change(walk, (Refusal(event),))
    by = await actor_of(interaction, key.alliance)
    change = await services.store.checklists.change_run(key.alliance, key.run, event, by)
    return change or services.phrases.say("run_unknown", run=f"#{key.run}")


async def carry_out(interaction: Interaction, key: Key, event_of: EventOf) -> None:
    """Apply an event and show what came of it in the message that a key was on."""
    async with kept_first(interaction, lambda: change_run(interaction, key, event_of)) as result:
        await show(interaction, result, key.place)


async def show(
    interaction: Interaction,
    result: Change | str,
    place: int | None,
    *,
    notice: str = "",
    unkept: Unkept | None = None,
) -> None:
    """Show what came of an event; `place` is of the step that the message shows."""
    if isinstance(result, str):
        await whisper_beside(interaction, result)
        return
    client: GuideClient = interaction.client
    run = result.walk.run
    async with client.turns.at(run.id):
        walk = await client.services.store.checklists.walk(run.alliance, run.id) or result.walk
        change = Change(walk, result.effects)
        words = notice or words_for_change(change, place, client.services.phrases)
        if run.team:
            await team.show(interaction, change, place, words)
        else:
            await show_private(interaction, walk, words, unkept)
    if any(isinstance(one, Became) and one.status is Status.FINISHED for one in result.effects):
        from bot.discord_ui.checklists.showing import show_brief

        await show_brief(interaction, result.walk)


async def show_private(
    interaction: Interaction, walk: StoredRun, notice: str = "", unkept: Unkept | None = None
) -> None:
    """Show a private run as it stands where the acknowledgement stands."""
    services: Services = interaction.client.services
    if unkept is None and walk.run.current is not None and walk.run.status is Status.OPEN:
        step = walk.checklist.by_id[walk.run.current]
        unkept = await waiting_draft(interaction, walk, step)
    shown = run_page(walk, services.library, services.phrases, notice, unkept)
    await fill(interaction, run_view(shown, walk, services.phrases))


async def waiting_draft(interaction: Interaction, walk: StoredRun, step: Step) -> Unkept | None:
    """What somebody typed at a step that could not be taken, if anything is kept."""
    services: Services = interaction.client.services
    person = interaction.user.id
    fields = await services.store.checklists.draft(walk.run.alliance, walk.run.id, step.id, person)
    place = place_of_step(walk, step.id)
    if fields is None or place is None:
        return None
    typed = Typed(**fields)
    settings = await services.store.people.person_settings(walk.run.alliance, person)
    read = read_answer(step, typed, services.now(), settings.zone)
    say = services.phrases.say
    why = (
        trouble_words(step, read, services.phrases)
        if isinstance(read, NotTaken)
        else say("answered_meanwhile")
    )
    return Unkept(place, why, text_of(typed, services.phrases))


def text_of(typed: Typed, phrases: Phrases) -> str:
    """All that was typed into a form; of several fields each with its label."""
    if not (typed.what or typed.who or typed.by_when):
        return typed.text
    fields = (
        ("field_your_answer", typed.text),
        ("field_what", typed.what),
        ("field_who", typed.who),
        ("field_by_when", typed.by_when),
    )
    return "\n".join(f"{phrases.say(label)}: {text}" for label, text in fields if text)


def trouble_words(step: Step, read: NotTaken, phrases: Phrases) -> str:
    """Why something typed is no answer."""
    return phrases.say(
        "answer_trouble",
        trouble=read.trouble.value,
        near=[clip(choice) for choice in read.near],
        options=[clip(choice) for choice in step.choices],
    )


def refusal_of(change: Change) -> Why | None:
    """Why an event changed nothing; None where it did."""
    return next((one.why for one in change.effects if isinstance(one, Refusal)), None)


def words_for_change(change: Change, place: int | None, phrases: Phrases) -> str:
    """What to say beside the page that shows what came of an event; empty for nothing."""
    if (why := refusal_of(change)) is not None:
        return words_for_refusal(why, change.walk, place, phrases)
    for effect in change.effects:
        if isinstance(effect, Missing):
            return phrases.say("missing_steps", count=len(effect.steps))
    return _noted(change.walk, change.effects, phrases)


def words_for_refusal(why: Why, walk: StoredRun, place: int | None, phrases: Phrases) -> str:
    """Why an event changed nothing."""
    run = walk.run
    if why is Why.NOT_YOURS and run.team:
        return phrases.say("only_owner_moves", name=clip(run.owner_name))
    if why in {Why.FINISHED, Why.CANCELLED}:
        return phrases.say("run_is_over", status=run.status.value, id=run.id)
    if why in _REFUSALS:
        return phrases.say(_REFUSALS[why])
    if why is Why.STALE:
        number, total = engine.progress(walk.checklist, run)
        return phrases.say(
            "step_left",
            number=0 if run.current is None else number,
            total=total,
            same=place is not None and place == place_of_step(walk, run.current),
            team=run.team,
        )
    return phrases.say("run_not_yours")


def _noted(walk: StoredRun, effects: tuple[Effect, ...], phrases: Phrases) -> str:
    """How a day was understood that somebody gave in words."""
    for effect in effects:
        if isinstance(effect, Kept):
            given = effect.answer.given
            if given.promise is not None and given.promise.day is not None:
                return phrases.say("day_noted", day=given.promise.day)
            if walk.checklist.by_id[effect.step].type is AnswerType.DATE:
                return phrases.say("day_noted", day=date.fromisoformat(given.value))
    return ""
