"""Who speaks for which organization: /partner join, leave and list."""

from __future__ import annotations

from bot.chat.fit import Listing
from bot.chat.flow import Scope, command, handles
from bot.chat.screen import Button, Screen
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import clip
from bot.core.text import words as words_of
from bot.people.actions import MEANT, NEW
from bot.people.find_organization import (
    OrganizationName,
    OwnOrganization,
    known_names,
    own_names,
)
from bot.people.profile import shown_of
from bot.people.rules import LONGEST_NAME, nearest


@command("partner join", scope=Scope.OWN)
async def join(turn: Turn, name: OrganizationName) -> Screen:
    """Speak for an organization; asked first where one of nearly that name is there."""
    if not words_of(name) or len(name) > LONGEST_NAME:
        raise Refused(turn.say("partner_name_bad", most=LONGEST_NAME))
    near = nearest(name, await known_names(turn))
    if near is None or near.casefold() == name.casefold():
        return await joined(turn, name)
    buttons = [Button(turn.say("label_partner_new"), NEW(name))]
    if len(near) <= LONGEST_NAME:
        buttons.insert(0, Button(turn.say("label_partner_meant", name=near), MEANT(near)))
    return Screen(turn.say("partner_near", name=clip(name), near=clip(near)), rows=[buttons])


@handles(MEANT, NEW, scope=Scope.OWN)
async def joined(turn: Turn, name: str) -> Screen:
    """Join an organization, or ask a steward, and say so."""
    before = await own_names(turn)
    joined = await turn.store.partners.join_or_ask(
        turn.alliance, turn.person, name, turn.name, steward=await turn.is_steward()
    )
    kept = joined.organization
    if joined.asked:
        return Screen(turn.say("partner_asked", name=clip(kept), answering=False))
    others = [clip(other) for other in before if other != kept]
    words = turn.say(
        "partner_joined",
        name=clip(kept),
        others=others,
        again=kept in before,
        told=joined.told,
    )
    return Screen(words)


@command("partner leave", scope=Scope.OWN)
async def leave(turn: Turn, name: OwnOrganization) -> Screen:
    """No longer speak for an organization."""
    others = [clip(other) for other in await own_names(turn) if other != name]
    await turn.store.people.leave_organization(turn.alliance, turn.person, name)
    people = dict(await turn.store.people.organizations(turn.alliance)).get(name, 0)
    return Screen(turn.say("partner_left", name=clip(name), others=others, people=people))


@command("partner list", scope=Scope.OWN)
async def list_partners(turn: Turn) -> Screen:
    """The directory: who speaks for whom, with what each agreed to show."""
    profiles = await turn.store.people.partners(turn.alliance)
    if not profiles:
        return Screen(turn.say("partners_none"))
    lines = [turn.say("partner_line", **shown_of(profile)) for profile in profiles]
    listing = Listing(lines, lambda count: turn.say("partners_more", count=count))
    return Screen(turn.say("partners_lead", count=len(profiles)), listing)
