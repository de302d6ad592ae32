"""/partner profile: one's own, with what the directory shows of it, or that of an organization."""

from __future__ import annotations

from bot.chat.fit import Elastic
from bot.chat.flow import Scope, command, handles, submits
from bot.chat.screen import Button, Field, Form, Screen
from bot.chat.turn import Turn
from bot.core.markup import NAME, clip, one_line
from bot.opportunities.rules.models import PartnerProfile
from bot.opportunities.rules.offer_form import CONTACT_LENGTH
from bot.people.actions import CONTACT, HIDE, SHOW
from bot.people.find_organization import Organization
from bot.people.notifications import facts_of

_MOST_PEOPLE = 8
_INTERESTS = 400
"""Characters of what an organization looks for."""


@command("partner profile", scope=Scope.OWN)
async def profile(turn: Turn, name: Organization | None = None) -> Screen:
    """One's own profile, or that of the organization that is named."""
    if name is None:
        return await own_screen(turn)
    return Screen(turn.say("profile_organization", **shown_of(name)))


@handles(SHOW)
async def show_me(turn: Turn) -> Screen:
    """Let the directory name whoever pressed."""
    return await _changed(turn, shown=True)


@handles(HIDE)
async def hide_me(turn: Turn) -> Screen:
    """The opposite."""
    return await _changed(turn, shown=False)


@handles(CONTACT)
async def contact_form(turn: Turn) -> Form:
    """The form for whom to write to."""
    person = await turn.store.people.person(turn.alliance, turn.person)
    field = Field(
        "contact",
        turn.say("field_profile_contact"),
        person.contact,
        help=turn.say("hint_profile_contact"),
        most=CONTACT_LENGTH,
    )
    return Form(turn.say("contact_form_title"), CONTACT(turn.alliance), (field,))


@submits(CONTACT)
async def contact_given(turn: Turn, *, contact: str) -> Screen:
    """The profile shows the new contact."""
    return await _changed(turn, contact=one_line(contact)[:CONTACT_LENGTH])


async def _changed(turn: Turn, *, shown: bool | None = None, contact: str | None = None) -> Screen:
    """Keep what is given; the profile as it is then."""
    person = await turn.store.people.person(turn.alliance, turn.person)
    await turn.store.people.set_shown(
        turn.alliance,
        turn.person,
        shown=person.shown if shown is None else shown,
        name=turn.name,
        contact=person.contact if contact is None else contact,
    )
    return await own_screen(turn)


async def own_screen(turn: Turn) -> Screen:
    """The organizations somebody speaks for, and what is kept of themselves."""
    person = await turn.store.people.person(turn.alliance, turn.person)
    facts = turn.say(
        "profile_person",
        **facts_of(person.notifications),
        shown=person.shown,
        name=clip(person.name, NAME),
        contact=clip(person.contact),
    )
    profiles = await turn.store.people.partners(turn.alliance)
    own = [shown_of(one) for one in profiles if one.name in person.organizations]
    if not own:
        return Screen(turn.say("profile_none"), facts)
    listed = "\n\n".join(turn.say("profile_organization", **shown) for shown in own)
    if person.shown:
        button = Button(turn.say("label_hide_me"), HIDE(turn.alliance))
    else:
        button = Button(turn.say("label_show_me"), SHOW(turn.alliance))
    contact = Button(turn.say("label_profile_contact"), CONTACT(turn.alliance))
    return Screen(Elastic(listed), facts, rows=[[button, contact]])


def shown_of(profile: PartnerProfile) -> dict[str, object]:
    """What the directory shows of an organization, as variables of phrases."""
    people = [clip(name, NAME) for name in profile.people[:_MOST_PEOPLE]]
    return {
        "name": clip(profile.name),
        "people": people,
        "hidden": profile.hidden + len(profile.people) - len(people),
        "interests": clip(", ".join(profile.interests), _INTERESTS),
        "region": clip(profile.region, NAME),
    }
