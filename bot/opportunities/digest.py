"""Digests: /opportunity digest now, those that are delivered, and answering one with its menus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bot.chat.flow import Scope, Where, command, handles
from bot.chat.letters import NOBODY_IN_PERSON, Letter, letter_of
from bot.chat.screen import File, Screen
from bot.chat.turn import Context, Turn
from bot.core.errors import Refused
from bot.core.markup import NAME, clip
from bot.core.outbox import Notice, NoticeKind
from bot.opportunities.actions import DIGEST_INTERESTED, DIGEST_NOT_FOR_US
from bot.opportunities.digest_paper import digest_paper
from bot.opportunities.digest_screen import digest_screen
from bot.opportunities.reach import nearness
from bot.opportunities.rules.digest import make_digest
from bot.opportunities.rules.matching import match
from bot.opportunities.rules.models import Opportunity, Reply, Respondent, folded
from bot.opportunities.rules.records import CHANNEL
from bot.opportunities.rules.replies import side

_FILE = "opportunities.md"


@command("opportunity digest now", scope=Scope.OWN, rename={"shape": "format"})
async def digest_now(turn: Turn, shape: Literal["file"] | None = None) -> Screen | None:
    """What is open, fits and isn't answered; or for stewards all that is open as a file."""
    if shape is not None:
        return await _file_screen(turn)
    fitting = await _fitting(turn)
    if not fitting:
        listeners = await turn.store.people.listeners(turn.alliance)
        interests = any(one.person == turn.person and one.interests for one in listeners)
        return Screen(turn.say("digest_nothing", interests=interests))
    screen, shown = digest_screen(turn, make_digest(fitting, (), turn.now), "now")
    await turn.show(screen)
    # A digest that waits for them leaves that out then.
    ids = [one.id for one in shown]
    await turn.store.opportunities.digest_shown(turn.alliance, turn.person, ids)
    return None


async def _fitting(turn: Turn) -> tuple[Opportunity, ...]:
    """What is open, fits a person, isn't of their own organization, and has no answer of theirs."""
    store, person = turn.store.opportunities, turn.person
    own = [one for one in await turn.store.people.listeners(turn.alliance) if one.person == person]
    known = await store.opportunities(turn.alliance) if own else ()
    names = {folded(one.organization) for one in own}
    sides = {side(person, name) for name in ("", *(one.organization for one in own))}
    interests = list(dict.fromkeys(interest for one in own for interest in one.interests))
    fitting = []
    for one in known:
        if one.poster == person or (one.organization and folded(one.organization) in names):
            continue
        answers = await store.answers(turn.alliance, one.id)
        if any(side(given.person, given.organization) in sides for given in answers):
            continue
        (near,) = await nearness(turn, interests, [one.offer])
        if match(one.offer, own, near, turn.services.stems):
            fitting.append(one)
    return tuple(fitting)


async def _file_screen(turn: Turn) -> Screen:
    """Everything that is open as a file, for stewards."""
    if not await turn.is_steward():
        raise Refused(turn.say("stewards_only"))
    known = await turn.store.opportunities.opportunities(turn.alliance)
    words = turn.say("digest_file", count=len(known))
    if not known:
        return Screen(words)
    data = digest_paper(turn, known).encode("utf-8", "replace")
    return Screen(words, files=[File(_FILE, data)])


# -- answering -------------------------------------------------------------------------------------


@handles(DIGEST_INTERESTED, where=Where.BESIDE, said="interested")
async def interested_in(turn: Turn, *, picked: Sequence[str]) -> Screen:
    """Interested in all that were picked."""
    return await _answered(turn, picked, Reply.INTERESTED)


@handles(DIGEST_NOT_FOR_US, where=Where.BESIDE, said="declined")
async def none_for_us(turn: Turn, *, picked: Sequence[str]) -> Screen:
    """None of those that were picked is for them."""
    return await _answered(turn, picked, Reply.NOT_FOR_US)


async def _answered(turn: Turn, picked: Sequence[str], reply: Reply) -> Screen:
    """Answer several opportunities alike, and say what that did."""
    organization = await turn.store.people.organization_of(turn.alliance, turn.person)
    if not organization and reply is Reply.INTERESTED:
        raise Refused(turn.say("partner_of_none"))
    by = Respondent(turn.person, turn.name, organization, reply, "", turn.now)
    titles: dict[Reply | None, list[str]] = {None: [], **{one: [] for one in Reply}}
    store = turn.store.opportunities
    for number in (int(value) for value in picked if value.isdecimal()):
        replied = await store.reply(turn.alliance, number, by)
        found = await store.opportunity(turn.alliance, number)
        if replied is not None and found is not None:
            given = replied.given.reply if replied.given else None
            titles[given].append(f"**{clip(found.offer.title, NAME)}**")
    words = turn.say(
        "digest_answered",
        organization=clip(organization, NAME),
        interested=titles[Reply.INTERESTED],
        waiting=titles[Reply.WAITING],
        not_for_us=titles[Reply.NOT_FOR_US],
        closed=titles[None],
    )
    return Screen(words)


# -- delivered -------------------------------------------------------------------------------------


@letter_of(NoticeKind.DIGEST)
async def digest_letter(context: Context, notice: Notice) -> Letter | None:
    """Somebody's digest, when they want it."""
    if notice.person is None:
        return None
    person = await context.store.people.person(context.alliance, notice.person)
    mode = person.notifications.mode.value
    return await _letter(context, notice, notice.person, mode, clip(context.alliance_name))


@letter_of(NoticeKind.CHANNEL_DIGEST)
async def channel_digest_letter(context: Context, notice: Notice) -> Letter | None:
    """The digest in the opportunities channel, for those who can't be written to."""
    return await _letter(context, notice, CHANNEL, "channel", "")


async def _letter(
    context: Context, notice: Notice, person: int, mode: str, alliance: str
) -> Letter | None:
    store = context.store.opportunities
    # What became new after an earlier try is left for the next: that one may have arrived.
    fresh, known = await store.waiting_for_digest(context.alliance, person, notice.tried)
    digest = make_digest(fresh, known, context.now)
    if digest.empty:
        await store.digest_shown(context.alliance, person, (), notice.id)
        return None
    screen, opportunities = digest_screen(context, digest, mode, alliance, notice.id)
    shown = [one.id for one in opportunities]

    async def arrived(_: int, __: int) -> None:
        await store.digest_shown(context.alliance, person, shown, notice.id)

    async def refused() -> None:
        await store.fall_back_to_channel(context.alliance, notice.id, shown)

    whose = NOBODY_IN_PERSON if person == CHANNEL else person
    return Letter(whose, screen, arrived=arrived, refused=refused)
