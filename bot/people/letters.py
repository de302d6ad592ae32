"""What notices about organizations say, and those who speak for them."""

from __future__ import annotations

from bot.chat.action import NoticeMark
from bot.chat.letters import NOBODY_IN_PERSON, Letter, letter_of
from bot.chat.screen import Screen
from bot.chat.turn import Context
from bot.core.markup import NAME, clip
from bot.core.outbox import Notice, NoticeKind
from bot.people.stewarding import request_screen


@letter_of(NoticeKind.PARTNER_JOINED)
async def joined_letter(context: Context, notice: Notice) -> Letter | None:
    """Somebody else speaks for an organization now."""
    partners = await context.store.people.partners(context.alliance)
    found = next((one for one in partners if one.id == notice.about), None)
    if found is None or notice.person is None:
        return None
    words = context.say(
        "letter_joined",
        alliance=clip(context.alliance_name),
        person=clip(str(notice.details["name"]), NAME),
        name=clip(found.name),
    )
    return Letter(notice.person, Screen(words))


@letter_of(NoticeKind.PARTNER_REQUEST)
async def request_letter(context: Context, notice: Notice) -> Letter | None:
    """Somebody wants to speak for an organization; any steward decides."""
    waiting = await context.store.partners.join_requests(context.alliance)
    found = next((one for one in waiting if one.id == notice.about), None)
    if found is None:
        return None
    return Letter(NOBODY_IN_PERSON, request_screen(context, found, NoticeMark(notice.id)))


@letter_of(NoticeKind.PARTNER_DECIDED)
async def decided_letter(context: Context, notice: Notice) -> Letter | None:
    """What a steward decided about somebody and an organization."""
    if notice.person is None:
        return None
    words = context.say(
        "letter_decided",
        alliance=clip(context.alliance_name),
        name=clip(str(notice.details["organization"])),
        decision=notice.details["decision"],
    )
    return Letter(notice.person, Screen(words))
