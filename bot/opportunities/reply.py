"""**Interested** and **Not for us**: the press counts at once, a note may follow.

What it did is told privately; on a direct message in its place, above what it is about and without
what nothing would keep up to date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.action import LONGEST_ID
from bot.chat.flow import Shown, Where, handles, submits
from bot.chat.screen import Button, Field, Form, Screen
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import NAME, clip, one_line
from bot.core.text import words as words_of
from bot.opportunities.actions import AS, INTERESTED, NOT_FOR_US, NOTE, NOTE_GIVEN, ORGANIZATION
from bot.opportunities.card_screen import answer_buttons, link_of, post_blocks
from bot.opportunities.find_opportunity import SHOWN, shown_opportunity, unknown
from bot.opportunities.rules.models import Opportunity, Reply, Respondent, folded
from bot.opportunities.rules.replies import Replied, is_open, same_side
from bot.people.rules import LONGEST_NAME, nearest

_NOTE_LENGTH = 500


@handles(INTERESTED, where=Where.CARD, said="interested")
async def interested(turn: Turn, opportunity: int) -> Shown:
    """Take the interest of somebody's organization; without one a form asks for it first.

    As hundreds may press at once, it is acknowledged as soon as what opens no form.
    """
    organization = await _organization(turn)
    if organization or not is_open(await shown_opportunity(turn, opportunity), turn.now):
        return await _answered(turn, opportunity, _by(turn, organization, Reply.INTERESTED))
    label = turn.say("field_organization")
    field = Field("organization", label, most=LONGEST_NAME, required=True)
    title, id_ = turn.say("organization_form_title"), ORGANIZATION(turn.alliance, opportunity)
    return Form(title, id_, (field,))


@handles(NOT_FOR_US, where=Where.CARD, said="declined")
async def not_for_us(turn: Turn, opportunity: int) -> Screen:
    """Take that it is not for somebody, or their organization."""
    by = _by(turn, await _organization(turn), Reply.NOT_FOR_US)
    return await _answered(turn, opportunity, by)


@submits(ORGANIZATION, where=Where.CARD)
async def organization_given(turn: Turn, opportunity: int, *, organization: str) -> Screen:
    """The organization is joined, and then the answer counts."""
    name = one_line(organization)
    if not words_of(name):
        raise Refused(turn.say("organization_needed"))
    found = await shown_opportunity(turn, opportunity)
    known = await turn.store.people.organizations(turn.alliance)
    near = nearest(name, [other for other, _ in known])
    longest = LONGEST_ID - len(AS(turn.alliance, opportunity, ""))
    if near is None or folded(near) == folded(name) or max(len(near), len(name)) > longest:
        return await organization_picked(turn, opportunity, name)
    words = turn.say("organization_near", name=clip(name, NAME), near=clip(near, NAME))
    buttons = [Button(which, AS(turn.alliance, opportunity, which)) for which in (near, name)]
    return _told(turn, found, words, buttons)


@handles(AS)
async def organization_picked(turn: Turn, opportunity: int, name: str) -> Screen:
    """Join an organization, and answer for it; or ask a steward whether that may be."""
    joined = await turn.store.partners.join_or_ask(
        turn.alliance, turn.person, name, turn.name, steward=await turn.is_steward()
    )
    kept = joined.organization
    if joined.asked:
        found = await shown_opportunity(turn, opportunity)
        return _told(turn, found, turn.say("partner_asked", name=clip(kept), answering=True))
    return await _answered(turn, opportunity, _by(turn, kept, Reply.INTERESTED))


# -- notes -----------------------------------------------------------------------------------------


@handles(NOTE)
async def note_form(turn: Turn, opportunity: int, *, yes: bool) -> Form:
    """The form for a note, or for the reason."""
    given = await _own_answer(turn, opportunity, yes=yes)
    label = turn.say("field_note" if yes else "field_reason")
    field = Field("note", label, given.note, most=_NOTE_LENGTH, long=True)
    title = turn.say("note_form_title", agreed=yes)
    return Form(title, NOTE_GIVEN(yes, turn.alliance, opportunity), (field,))


@submits(NOTE_GIVEN)
async def note_given(turn: Turn, opportunity: int, *, yes: bool, note: str) -> Screen:
    """The note goes with the answer, unless that is another by now."""
    given = await _own_answer(turn, opportunity, yes=yes)
    note = note.strip()[:_NOTE_LENGTH]
    by = replace(given, person=turn.person, name=turn.name, note=note)
    return await _answered(
        turn, opportunity, by, turn.say("note_kept", agreed=yes, given=bool(note))
    )


async def _own_answer(turn: Turn, opportunity: int, *, yes: bool) -> Respondent:
    """What somebody's side answered.

    Raises:
        Refused: it isn't interested, or with not `yes` not for them.
    """
    by = _by(turn, await _organization(turn), Reply.INTERESTED)
    for given in await turn.store.opportunities.answers(turn.alliance, opportunity):
        if same_side(given, by) and yes is (given.reply is not Reply.NOT_FOR_US):
            return given
    raise Refused(turn.say("answer_changed"))


# -- what an answer did ----------------------------------------------------------------------------


async def _organization(turn: Turn) -> str:
    """The organization somebody answers for; empty for none."""
    return await turn.store.people.organization_of(turn.alliance, turn.person)


def _by(turn: Turn, organization: str, reply: Reply) -> Respondent:
    return Respondent(turn.person, turn.name, organization, reply, "", turn.now)


async def _answered(turn: Turn, opportunity: int, by: Respondent, also: str = "") -> Screen:
    """Take an answer and tell what it did; `also` is told beside that, or alone on no card."""
    store = turn.store.opportunities
    replied = await store.reply(turn.alliance, opportunity, by)
    found = await store.opportunity(turn.alliance, opportunity)
    if replied is None or found is None or found.state not in SHOWN:
        raise unknown(turn, f"#{opportunity}")
    given = replied.given
    if given is None:
        return _told(turn, found, turn.say("opportunity_closed", id=found.id))
    if also and not turn.place.direct:
        return Screen(also)
    words = _answer_words(turn, found, by, replied, given)
    yes = given.reply is not Reply.NOT_FOR_US
    button = Button(turn.say("label_add_note"), NOTE(yes, turn.alliance, opportunity))
    return _told(turn, found, "\n".join(filter(None, (words, also))), [button])


def _answer_words(
    turn: Turn, found: Opportunity, by: Respondent, replied: Replied, given: Respondent
) -> str:
    before = replied.before
    waiting = [one for one in replied.answers if one.reply is Reply.WAITING]
    place = next((n for n, one in enumerate(waiting, 1) if same_side(one, given)), 0)
    other = before.name if before is not None and before.person != by.person else ""
    return turn.say(
        "answer_taken",
        reply=given.reply.value,
        before=before.reply.value if before else "",
        other=clip(other, NAME),
        organization=clip(by.organization, NAME),
        title=clip(found.offer.title),
        place=0 if turn.place.direct else place,
    )


def _told(turn: Turn, found: Opportunity, words: str, buttons: Sequence[Button] = ()) -> Screen:
    """Tells something privately, with buttons; on a direct message above what that is about."""
    if not turn.place.direct or not turn.place.message:  # said in words: nothing was pressed
        return Screen(words, rows=[buttons])
    alliance, link = clip(turn.alliance_name), link_of(found)
    lead = turn.say("answered_card", words=words, alliance=alliance, link=link)
    row: list[Button] = []
    if is_open(found, turn.now):
        row = [*answer_buttons(turn, found, turn.place.notice), *buttons]
    return Screen(lead, *post_blocks(turn, found, None), rows=[row])
