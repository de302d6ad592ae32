"""/guide partner: what stewards do about organizations, and who speaks for them."""

from __future__ import annotations

from bot.chat.action import NoticeMark
from bot.chat.flow import Scope, command, handles
from bot.chat.options import PersonRef
from bot.chat.screen import Button, Screen, Style
from bot.chat.turn import Context, Turn
from bot.core.errors import Refused
from bot.core.markup import NAME, clip, one_line, stamp
from bot.core.text import words as words_of
from bot.people.actions import ACCEPT, DECLINE, REMOVE, TAKE_OUT
from bot.people.find_organization import Organization
from bot.people.records import JoinRequest
from bot.people.rules import LONGEST_NAME

# -- organizations -------------------------------------------------------------------------------


@command("guide partner remove", scope=Scope.SERVER, steward=True)
async def remove(turn: Turn, organization: Organization) -> Screen:
    """Ask whether to remove an organization."""
    people = len(organization.people) + organization.hidden
    asked = turn.say("partner_remove_asked", name=clip(organization.name), people=people)
    id_ = REMOVE(turn.alliance, organization.id)
    return Screen(asked, rows=[[Button(turn.say("label_partner_remove"), id_, Style.DANGER)]])


@handles(REMOVE, steward=True)
async def removed(turn: Turn, organization: int) -> Screen:
    """Remove it, and say so."""
    name = await turn.store.partners.remove_organization(turn.alliance, organization)
    if name is None:
        raise Refused(turn.say("partner_gone"))
    return Screen(turn.say("partner_removed", name=clip(name)))


@command("guide partner rename", scope=Scope.SERVER, steward=True)
async def rename(turn: Turn, organization: Organization, name: str) -> Screen:
    """Call an organization something else."""
    new = one_line(name)
    if not words_of(new) or len(new) > LONGEST_NAME:
        raise Refused(turn.say("partner_name_bad", most=LONGEST_NAME))
    if not await turn.store.partners.rename_organization(turn.alliance, organization.id, new):
        raise Refused(turn.say("partner_name_taken", name=clip(new)))
    return Screen(turn.say("partner_renamed", before=clip(organization.name), name=clip(new)))


# -- people --------------------------------------------------------------------------------------


@command("guide partner remove-person", scope=Scope.SERVER, steward=True)
async def take_out(turn: Turn, organization: Organization, person: PersonRef) -> Screen:
    """Ask whether to take somebody out of an organization."""
    about = {"person": clip(person.name, NAME), "name": clip(organization.name)}
    if not await turn.store.partners.speaks_for(turn.alliance, organization.id, person.id):
        raise Refused(turn.say("partner_person_unknown", **about))
    id_ = TAKE_OUT(turn.alliance, organization.id, person.id)
    button = Button(turn.say("label_partner_take_out"), id_, Style.DANGER)
    return Screen(turn.say("partner_take_out_asked", **about), rows=[[button]])


@handles(TAKE_OUT, steward=True)
async def taken_out(turn: Turn, organization: int, person: int) -> Screen:
    """Take them out, and say so."""
    name = await turn.store.partners.take_out(turn.alliance, organization, person)
    if name is None:
        raise Refused(turn.say("partner_gone"))
    return Screen(turn.say("partner_taken_out", name=clip(name)))


# -- requests ------------------------------------------------------------------------------------


@command("guide partner requests", scope=Scope.SERVER, steward=True)
async def requests(turn: Turn) -> Screen:
    """Show who waits longest for a steward's yes."""
    return await _next_request(turn)


@handles(ACCEPT, steward=True)
async def accepted(turn: Turn, request: int) -> Screen:
    """Let somebody speak for an organization."""
    return await _decided(turn, request, accept=True)


@handles(DECLINE, steward=True)
async def declined(turn: Turn, request: int) -> Screen:
    """The opposite."""
    return await _decided(turn, request, accept=False)


async def _decided(turn: Turn, request: int, *, accept: bool) -> Screen:
    """Say what was decided: in the stewards' channel that alone, else with who is next."""
    found = await turn.store.partners.decide_request(turn.alliance, request, accept=accept)
    words = turn.say("join_request_gone")
    if found is not None:
        words = turn.say(
            "join_request_decided",
            person=clip(found.name, NAME),
            name=clip(found.organization),
            accepted=accept,
            by=clip(turn.name, NAME),
        )
    return Screen(words) if turn.place.notice else await _next_request(turn, words)


async def _next_request(turn: Turn, before: str = "") -> Screen:
    waiting = await turn.store.partners.join_requests(turn.alliance)
    if not waiting:
        return Screen(before or turn.say("join_requests_none"))
    first, *more = waiting
    rest = turn.say("join_requests_more", count=len(more)) if more else ""
    asked = request_screen(turn, first)
    return Screen(before, *asked.blocks, rest, rows=asked.rows)


def request_screen(
    context: Context, request: JoinRequest, notice: NoticeMark | None = None
) -> Screen:
    """Somebody's wish to speak for an organization, with **Accept** and **Decline**."""
    key = (context.alliance, request.id, notice)
    buttons = [
        Button(context.say("label_join_accept"), ACCEPT(*key), Style.SUCCESS),
        Button(context.say("label_join_decline"), DECLINE(*key)),
    ]
    words = context.say(
        "join_request",
        person=clip(request.name, NAME),
        id=request.person,
        name=clip(request.organization),
        asked=stamp(request.asked),
    )
    return Screen(words, rows=[buttons])
