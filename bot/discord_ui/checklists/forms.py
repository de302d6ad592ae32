"""The forms of a run: for an answer, and for why a required step is left out.

A form is known by its custom id, so that one opened before a restart is taken after it. What is
typed is never lost: what can't be taken is kept as a draft, and **Edit** opens the form with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.adapters.discord.limits import (
    COMPONENTS_V2_TEXT,
    MODAL_TITLE,
    TEXT_INPUT_PLACEHOLDER,
    TEXT_INPUT_VALUE,
)
from bot.adapters.discord.send import NOBODY, Interaction, fill, take
from bot.checklists.rules import engine
from bot.checklists.rules.events import AnswerStep, Event, SkipStep, Why
from bot.checklists.rules.records import Change, StoredRun
from bot.checklists.rules.run import StepAnswer
from bot.checklists.rules.typed_answer import NotTaken, Typed, read_answer
from bot.core.checklist import AnswerType, Step
from bot.core.markup import one_line, shorten
from bot.core.phrases import Phrases
from bot.discord_ui.checklists import team
from bot.discord_ui.checklists.items import KEY, Key, run_view
from bot.discord_ui.checklists.moving import (
    actor_of,
    change_run,
    find_walk,
    kept_first,
    refusal_of,
    show,
    step_at,
    text_of,
    trouble_words,
    words_for_change,
    words_for_refusal,
)
from bot.discord_ui.checklists.quoting import Unkept, quoted
from bot.discord_ui.checklists.steps import unkept_page
from bot.discord_ui.gate import whisper_beside
from bot.discord_ui.render import Page, notice
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.chat.services import Services

ANSWER_FORM = (
    r"c:form:(?P<alliance>\d+):(?P<run>\d+):(?P<place>\d+):(?P<seen>\d+)(?::(?P<message>\d+))?"
)
"""`seen` counts how often the person had answered the step; `message` shows it to a team."""
SKIP_FORM = rf"c:skipform:{KEY}"
TEXT, WHAT, WHO, BY_WHEN, REASON = "text", "what", "who", "by_when", "reason"
_WHAT, _SHORT, _REASON = 500, 100, 1000
_PIECE = 1000
"""Characters that fit on a page with certainty, however much of them has to be escaped."""

_HINTS = {
    AnswerType.RATING: "hint_rating",
    AnswerType.YES_NO: "hint_yes_no",
    AnswerType.CHOICE: "hint_choice",
    AnswerType.DATE: "hint_day",
}


# -- opening ---------------------------------------------------------------------------------------


async def open_answer(
    interaction: Interaction, walk: StoredRun, place: int, message: int | None = None
) -> None:
    """Open the form for an answer, with what was typed or answered before."""
    services: Services = interaction.client.services
    run, step, person = walk.run, walk.checklist.steps[place], interaction.user.id
    draft = await services.store.checklists.draft(run.alliance, run.id, step.id, person)
    before = run.answer_of(step.id, person)
    typed = Typed(**draft) if draft is not None else _typed_before(step, before)
    seen = run.revision_of(step.id, person)
    shown_in = "" if message is None else f":{message}"
    say = services.phrases.say
    number, _ = engine.progress(walk.checklist, replace(run, current=step.id))
    form = ui.Modal(
        title=say("step_form_title", number=number)[:MODAL_TITLE],
        custom_id=f"c:form:{run.alliance}:{run.id}:{place}:{seen}{shown_in}",
    )
    long = step.type in {AnswerType.TEXT, AnswerType.CHOICE, AnswerType.YES_NO}
    hint = say(_HINTS[step.type]) if step.type in _HINTS else one_line(step.question)
    _field(
        form,
        TEXT,
        say("field_your_answer"),
        typed.text,
        hint=hint,
        required=not step.commitment,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
    )
    if step.commitment:
        _field(form, WHAT, say("field_what"), typed.what, most=_WHAT)
        _field(form, WHO, say("field_who"), typed.who, most=_SHORT)
        day = say("hint_day")
        _field(form, BY_WHEN, say("field_by_when"), typed.by_when, hint=day, most=_SHORT)
    await _send(interaction, form)


async def open_skip(interaction: Interaction, walk: StoredRun, step: Step, key: Key) -> None:
    """Open the form for why a required step is left out, with the reason given before."""
    say = interaction.client.services.phrases.say
    skipped = walk.run.skipped.get(step.id)
    before = skipped.reason if skipped else ""
    form = ui.Modal(title=say("skip_form_title")[:MODAL_TITLE], custom_id=f"c:skipform:{key}")
    style = discord.TextStyle.paragraph
    _field(form, REASON, say("label_reason"), before, most=_REASON, required=True, style=style)
    await _send(interaction, form)


def _field(
    form: ui.Modal,
    name: str,
    label: str,
    filled: str,
    *,
    hint: str = "",
    most: int = TEXT_INPUT_VALUE,
    required: bool = False,
    style: discord.TextStyle = discord.TextStyle.short,
) -> None:
    text: ui.TextInput[Any] = ui.TextInput(
        custom_id=name,
        style=style,
        required=required,
        max_length=most,
        default=filled[:most] or None,
        placeholder=shorten(hint, TEXT_INPUT_PLACEHOLDER) or None,
    )
    form.add_item(ui.Label(text=label, component=text))


async def _send(interaction: Interaction, form: ui.Modal) -> None:
    take(interaction)
    await interaction.response.send_modal(form)
    form.stop()


def _typed_before(step: Step, before: StepAnswer | None) -> Typed:
    if before is None:
        return Typed("")
    given, promise = before.given, before.given.promise
    # "Next Friday" would be another day now.
    text = given.value if step.type is AnswerType.DATE else given.text
    if promise is None:
        return Typed(text)
    return Typed(text, promise.what, promise.who, promise.day.isoformat() if promise.day else "")


# -- sent ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sent:
    """What came of a form: a change (or why there is none), and what could not be taken."""

    result: Change | str
    unkept: Unkept | None = None
    notice: str = ""


async def answer_given(
    interaction: Interaction, match: re.Match[str], values: Mapping[str, Any]
) -> None:
    """The form for an answer was sent."""
    typed = Typed(*(str(values.get(name) or "") for name in (TEXT, WHAT, WHO, BY_WHEN)))
    place, public = int(match["place"]), match["message"]
    async with kept_first(interaction, lambda: _keep(interaction, match, typed)) as sent:
        if isinstance(sent.result, str):
            await _give_back(interaction, sent.result, typed)
            return
        walk, refused = sent.result.walk, refusal_of(sent.result)
        if walk.run.team and sent.unkept is not None:
            await _offer_edit(interaction, walk, sent.unkept, public)
        elif public is not None:
            phrases: Phrases = interaction.client.services.phrases
            words = words_for_change(sent.result, place, phrases) if refused else ""
            kept = sent.notice or words or phrases.say("answer_kept")
            await team.refresh(interaction, walk.run, int(public), place)
            await fill(interaction, view_of(notice(kept)))
        else:
            await show(interaction, sent.result, place, notice=sent.notice, unkept=sent.unkept)
        if refused is not None:
            words = words_for_refusal(refused, walk, place, interaction.client.services.phrases)
            await _give_back(interaction, words, typed)


async def _keep(interaction: Interaction, match: re.Match[str], typed: Typed) -> _Sent:
    """Keep an answer, or what was typed where it can't be taken."""
    services: Services = interaction.client.services
    say, person = services.phrases.say, interaction.user.id
    alliance, number, place = (int(match[name]) for name in ("alliance", "run", "place"))
    walk = await find_walk(interaction, alliance, number)
    step = None if isinstance(walk, str) else step_at(walk, place)
    if isinstance(walk, str) or step is None:
        return _Sent(walk if isinstance(walk, str) else say("stale_button"))
    settings = await services.store.people.person_settings(alliance, person)
    read = read_answer(step, typed, services.now(), settings.zone)
    if isinstance(read, NotTaken):
        change = Change(walk, ())
        why = trouble_words(step, read, services.phrases)
    else:
        event = AnswerStep(step.id, read, int(match["seen"]))
        by = await actor_of(interaction, alliance)
        changed = await services.store.checklists.change_run(alliance, number, event, by)
        if changed is None or refusal_of(changed) is not Why.ALREADY_ANSWERED:
            return _Sent(changed or say("run_unknown", run=f"#{number}"))
        change = Change(changed.walk, ())
        before = change.walk.run.answer_of(step.id, person)
        if before is not None and before.given == read:
            return _Sent(change, notice=say("answered_twice"))
        why = say("answered_meanwhile")
    await services.store.checklists.save_draft(alliance, number, step.id, person, asdict(typed))
    return _Sent(change, Unkept(place, why, text_of(typed, services.phrases)))


async def skip_given(
    interaction: Interaction, match: re.Match[str], values: Mapping[str, Any]
) -> None:
    """The form for why a required step is left out was sent."""
    key, reason = Key.read(match), str(values.get(REASON) or "")
    phrases: Phrases = interaction.client.services.phrases

    def event_of(walk: StoredRun) -> Event | Why:
        step = step_at(walk, key.place)
        return Why.STALE if step is None else SkipStep(step.id, key.seen, reason.strip())

    async with kept_first(interaction, lambda: change_run(interaction, key, event_of)) as result:
        if isinstance(result, str):
            await _give_back(interaction, result, Typed(reason))
            return
        await show(interaction, result, key.place)
        if reason.strip() and (why := refusal_of(result)) is not None:
            words = words_for_refusal(why, result.walk, key.place, phrases)
            await _give_back(interaction, words, Typed(reason))


async def _offer_edit(
    interaction: Interaction, walk: StoredRun, unkept: Unkept, public: str | None
) -> None:
    """Show a member of a team, privately, what could not be taken."""
    phrases: Phrases = interaction.client.services.phrases
    message = interaction.message.id if interaction.message else None
    step_message = int(public) if public is not None else message
    view = run_view(unkept_page(unkept, phrases), walk, phrases, step_message)
    if public is not None:
        await fill(interaction, view)
    else:
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY)


async def _give_back(interaction: Interaction, why: str, typed: Typed) -> None:
    """Say why what was typed could not be kept, and show it in full."""
    phrases: Phrases = interaction.client.services.phrases
    text = text_of(typed, phrases)
    if not text.strip():
        await whisper_beside(interaction, why)
        return
    lead = phrases.say("typed_follows", why=why)
    for start in range(0, len(text), _PIECE):
        quote = quoted(text[start : start + _PIECE], COMPONENTS_V2_TEXT - len(lead))
        page = Page((lead, quote) if start == 0 else (quote,))
        await interaction.followup.send(view=view_of(page), ephemeral=True, allowed_mentions=NOBODY)
