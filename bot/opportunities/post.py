"""/opportunity post and edit, and their form: opened, sent, given back where it can't be taken.

What was typed is kept before anything is said of it, until it is posted or discarded.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.chat.ask import AskedBack, day_buttons, said
from bot.chat.flow import Scope, command, handles, submits
from bot.chat.options import Range
from bot.chat.screen import Button, Field, Form, Screen, Style
from bot.chat.turn import Context, Turn
from bot.core.errors import Refused
from bot.core.links import LINK_LENGTH
from bot.core.markup import clip, one_line
from bot.opportunities.actions import DEADLINE, EDIT, OFFER
from bot.opportunities.find_opportunity import EditableOpportunity, seen_opportunity
from bot.opportunities.preview import deadline_note, preview_screen
from bot.opportunities.rights import require_right_to_edit, require_right_to_post
from bot.opportunities.rules.models import Kind, Offer, OfferForm, Opportunity, State
from bot.opportunities.rules.offer_form import (
    AUDIENCE_LENGTH,
    CONTACT_LENGTH,
    MOST_CAPACITY,
    REGION_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Fault,
    OfferFaults,
    read_form,
)
from bot.opportunities.rules.records import KeptForm
from bot.opportunities.rules.replies import is_open
from bot.people.times import clock_note

Capacity = Annotated[int, Range(0, MOST_CAPACITY)]
"""How many organizations can have it; 0 stands for any number."""
_MOST = {
    Fault.TITLE_LONG: TITLE_LENGTH,
    Fault.DESCRIPTION_LONG: TEXT_LENGTH,
    Fault.AUDIENCE_LONG: AUDIENCE_LENGTH,
    Fault.REGION_LONG: REGION_LENGTH,
    Fault.CONTACT_LONG: CONTACT_LENGTH,
    Fault.LINK: LINK_LENGTH,
    Fault.CAPACITY: MOST_CAPACITY,
}


# -- opening ---------------------------------------------------------------------------------------


@command("opportunity post", scope=Scope.ALL)
async def post(
    turn: Turn,
    kind: Kind | None = None,
    capacity: Capacity | None = None,
    region: str | None = None,
    contact: str | None = None,
) -> Form:
    """The form, with what was typed into it and not posted."""
    await require_right_to_post(turn)
    kept = await turn.store.opportunities.kept_form(turn.alliance, turn.person)
    if kept is None or not kept.form.title.strip():  # it was opened and left, for something else
        kept = KeptForm(OfferForm(), Kind.OTHER)
    return await _form_with(turn, kept, kind, capacity, region, contact)


@command("opportunity edit", rename={"opportunity": "id"})
async def edit(
    turn: Turn,
    opportunity: EditableOpportunity,
    kind: Kind | None = None,
    capacity: Capacity | None = None,
    region: str | None = None,
    contact: str | None = None,
) -> Form:
    """The form, with a draft or with what is posted."""
    await _require_editable(turn, opportunity)
    form = await _form_of(turn, opportunity.offer)
    kept = KeptForm(form, opportunity.offer.kind, opportunity.id)
    return await _form_with(turn, kept, kind, capacity, region, contact)


@handles(EDIT)
async def open_again(turn: Turn, opportunity: int) -> Form:
    """The form with what was typed, or with the draft as it is."""
    found = await seen_opportunity(turn, opportunity) if opportunity else None
    kept = await turn.store.opportunities.kept_form(turn.alliance, turn.person, opportunity)
    if opportunity and (found is None or (found.state is not State.DRAFT and kept is None)):
        raise Refused(turn.say("draft_gone"))
    if kept is not None:
        return offer_form(turn, opportunity, kept.form)
    form = await _form_of(turn, found.offer) if found is not None else OfferForm()
    return offer_form(turn, opportunity, form)


def offer_form(context: Context, opportunity: int, form: OfferForm) -> Form:
    """The form with what it is filled with; `opportunity` is 0 for a new one.

    Nothing is too long for the form itself: what is, is said to be, and can be shortened.
    """
    say = context.say
    fields = (
        Field("title", say("field_title"), form.title, required=True),
        Field("description", say("field_description"), form.description, required=True, long=True),
        Field("audience", say("field_audience"), form.audience, say("hint_audience")),
        Field("deadline", say("field_deadline"), form.deadline, say("hint_deadline")),
        Field("link", say("field_link"), form.link, say("hint_link")),
    )
    title = say("offer_form_title", id=opportunity)
    return Form(title, OFFER(context.alliance, opportunity), fields)


async def _form_with(
    turn: Turn,
    kept: KeptForm,
    kind: Kind | None,
    capacity: int | None,
    region: str | None,
    contact: str | None,
) -> Form:
    """The form with the options that were given, which are kept."""
    form = kept.form
    if capacity is not None:
        form = replace(form, capacity=str(capacity) if capacity else "")
    if region is not None:
        form = replace(form, region=region)
    if contact is not None:
        form = replace(form, contact=contact)
    kept = replace(kept, form=form, kind=kind or kept.kind)
    await turn.store.opportunities.keep_form(turn.alliance, turn.person, kept)
    return offer_form(turn, kept.about, form)


async def _form_of(turn: Turn, offer: Offer) -> OfferForm:
    """An offer as whoever asks would type it, by their own clock."""
    return _typed(offer, await _zone(turn))


async def _zone(turn: Turn) -> ZoneInfo:
    return (await turn.store.people.person_settings(turn.alliance, turn.person)).zone


def _typed(offer: Offer, zone: ZoneInfo) -> OfferForm:
    deadline = offer.deadline.astimezone(zone) if offer.deadline else None
    return OfferForm(
        title=offer.title,
        description=offer.description,
        audience=offer.audience,
        deadline=f"{deadline:%Y-%m-%d %H:%M}" if deadline else "",
        link=offer.link,
        capacity=str(offer.capacity) if offer.capacity else "",
        region=offer.region,
        contact=offer.contact,
    )


# -- sent ------------------------------------------------------------------------------------------


@submits(OFFER)
async def offer_given(
    turn: Turn,
    opportunity: int,
    *,
    title: str,
    description: str,
    audience: str,
    deadline: str,
    link: str,
) -> Screen:
    """A preview, an edit of what is posted, or why it can't be taken, with **Edit** below."""
    found = await seen_opportunity(turn, opportunity) if opportunity else None
    kept = await turn.store.opportunities.kept_form(turn.alliance, turn.person, opportunity)
    if kept is None and found is not None:
        kept = KeptForm(await _form_of(turn, found.offer), found.offer.kind, opportunity)
    kept = kept or KeptForm(OfferForm(), Kind.OTHER, opportunity)
    form = replace(
        kept.form,
        title=title,
        description=description,
        audience=audience,
        deadline=deadline,
        link=link,
    )
    return await _kept_and_taken(turn, found, replace(kept, form=form))


@handles(DEADLINE)
async def deadline_meant(turn: Turn, opportunity: int, deadline: str) -> Screen:
    """Take the form with the deadline that was meant."""
    found = await seen_opportunity(turn, opportunity) if opportunity else None
    kept = await turn.store.opportunities.kept_form(turn.alliance, turn.person, opportunity)
    if kept is None:
        raise Refused(turn.say("draft_gone"))
    form = replace(kept.form, deadline=deadline)
    return await _kept_and_taken(turn, found, replace(kept, form=form))


async def _kept_and_taken(turn: Turn, found: Opportunity | None, kept: KeptForm) -> Screen:
    """What comes of a form; where it can't be taken, why, and what its deadline may mean."""
    await turn.store.opportunities.keep_form(turn.alliance, turn.person, kept)
    try:
        return await _take(turn, found, kept)
    except Refused as no:
        words = turn.say("offer_refused", lines=[str(no)])
        label, again = turn.say("label_edit_offer"), EDIT(turn.alliance, kept.about)
        asked = said(no, words)
        return Screen(words, rows=[*asked.rows, [Button(label, again, Style.PRIMARY)]])


async def _take(turn: Turn, found: Opportunity | None, kept: KeptForm) -> Screen:
    if not kept.about:
        await require_right_to_post(turn)
    elif found is None:
        raise Refused(turn.say("draft_gone"))
    else:
        await _require_editable(turn, found)
    settings = await turn.store.people.person_settings(turn.alliance, turn.person)
    read = read_form(kept.form, kept.kind, turn.now, settings.known_zone, turn.library.zones)
    if isinstance(read, OfferFaults):
        key = (turn.alliance, kept.about)
        meant = day_buttons(turn, read.deadlines, lambda deadline: DEADLINE(*key, deadline))
        lines = [*_fault_lines(turn, read, kept.form)]
        if Fault.DEADLINE_PAST in read.faults and (note := clock_note(turn, settings)):
            lines.append(f"\n{note}\n")
        raise AskedBack(" ".join(lines), meant)
    if found is not None and found.state is not State.DRAFT:
        return await _edited(turn, found, read)
    return await preview_screen(turn, await _kept_draft(turn, found, read))


async def _require_editable(turn: Turn, opportunity: Opportunity) -> None:
    """Make sure that somebody may change it as it is now.

    Raises:
        Refused: they may not, or it is closed.
    """
    if opportunity.state is State.DRAFT:
        await require_right_to_post(turn)
        return
    await require_right_to_edit(turn, opportunity)
    if not is_open(opportunity, turn.now):
        raise Refused(turn.say("opportunity_closed", id=opportunity.id))


async def _kept_draft(turn: Turn, found: Opportunity | None, offer: Offer) -> Opportunity:
    """Store a draft, or change one."""
    store, alliance, person = turn.store.opportunities, turn.alliance, turn.person
    if found is None:
        organization = await turn.store.people.organization_of(alliance, person)
        draft = await store.add_draft(alliance, person, turn.name, organization, offer)
        await store.drop_form(alliance, person)
        return draft
    if not await store.change_draft(alliance, found.id, offer):
        raise Refused(turn.say("draft_gone"))
    await store.drop_form(alliance, person, found.id)
    return replace(found, offer=offer)


async def _edited(turn: Turn, found: Opportunity, offer: Offer) -> Screen:
    """Change what is posted, and say what changed."""
    changed = await turn.store.opportunities.edit(turn.alliance, found.id, offer)
    if changed is None:
        raise Refused(turn.say("opportunity_closed", id=found.id))
    now, fields = changed
    words = turn.say("opportunity_edited", id=now.id, title=clip(now.offer.title), fields=fields)
    return Screen("\n".join(filter(None, (words, await deadline_note(turn, offer)))))


def _fault_lines(context: Context, refused: OfferFaults, form: OfferForm) -> list[str]:
    """A sentence for each thing that is wrong with a form."""
    return [
        context.say(
            "offer_fault",
            fault=fault.value,
            most=_MOST.get(fault, 0),
            count=len(one_line(form.title)),
            deadline=clip(form.deadline),
            link=clip(form.link),
            capacity=clip(form.capacity),
        )
        for fault in refused.faults
    ]
