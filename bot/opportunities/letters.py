"""What notices about opportunities say: the post, and messages to those whom it concerns."""

from __future__ import annotations

from bot.chat.action import NoticeMark
from bot.chat.letters import NOBODY_IN_PERSON, Letter, letter_of
from bot.chat.screen import Screen
from bot.chat.turn import Context
from bot.core.links import host_of, shown_link
from bot.core.markup import NAME, SENTENCE, clip, stamp
from bot.core.outbox import Notice, NoticeKind
from bot.opportunities.actions import INTERESTED
from bot.opportunities.card_screen import answer_buttons, link_of, post_blocks, post_screen
from bot.opportunities.rules.models import Opportunity
from bot.opportunities.rules.replies import counts, is_open


@letter_of(NoticeKind.OPPORTUNITY_POST)
async def post_letter(context: Context, notice: Notice) -> Letter | None:
    """The post; where it stands is noted once it does.

    Its buttons are the same as after a refresh: one pressed meanwhile must not be another by then.
    """
    store = context.store.opportunities
    found = await store.opportunity(context.alliance, notice.about)
    if found is None:
        return None
    number = found.id

    async def stands(channel: int, message: int) -> None:
        await store.set_message(context.alliance, number, channel=channel, message=message)

    answered = counts(await store.answers(context.alliance, number))
    return Letter(
        NOBODY_IN_PERSON,
        post_screen(context, found, answered),
        mark=INTERESTED(context.alliance, number),
        arrived=stands,
    )


@letter_of(NoticeKind.OPPORTUNITY_NEW)
async def new_letter(context: Context, notice: Notice) -> Letter | None:
    """An opportunity that fits somebody, with why; else the channel's digest shows it."""
    store = context.store.opportunities
    found = await store.opportunity(context.alliance, notice.about)
    if found is None or notice.person is None:
        return None
    kept = notice.details.get("reasons")
    pairs = kept if isinstance(kept, list) else []
    reasons = [(str(ground), clip(str(interest), NAME)) for ground, interest in pairs]
    alliance, link = clip(context.alliance_name), link_of(found)
    lead = context.say("letter_new", alliance=alliance, reasons=reasons, link=link)
    number = found.id

    async def refused() -> None:
        await store.fall_back_to_channel(context.alliance, notice.id, [number])

    # Nothing brings counts up to date there.
    buttons = answer_buttons(context, found, NoticeMark(notice.id))
    screen = Screen(lead, *post_blocks(context, found, None), rows=[buttons])
    return Letter(notice.person, screen, refused=refused)


@letter_of(NoticeKind.OPPORTUNITY_REMINDER)
async def reminder_letter(context: Context, notice: Notice) -> Letter | None:
    """It closes soon, and somebody is interested."""
    found = await context.store.opportunities.opportunity(context.alliance, notice.about)
    if found is None or not is_open(found, context.now):
        return None
    deadline, contact = stamp(found.closes), clip(found.offer.contact)
    words = context.say(
        "letter_reminder", **_about(context, found), deadline=deadline, contact=contact
    )
    return _letter(context, notice, found, words)


@letter_of(NoticeKind.OPPORTUNITY_CHANGED)
async def changed_letter(context: Context, notice: Notice) -> Letter | None:
    """What is different of something that somebody is interested in, or waits for."""
    found = await context.store.opportunities.opportunity(context.alliance, notice.about)
    fields = notice.details.get("fields")
    if found is None or not isinstance(fields, list):
        return None
    offer = found.offer
    words = context.say(
        "letter_changed",
        **_about(context, found),
        fields=fields,
        description=clip(offer.description, SENTENCE),
        kind=offer.kind.value,
        audience=clip(offer.audience, SENTENCE),
        deadline=stamp(offer.deadline),
        closes=stamp(found.closes),
        leads=shown_link(offer.link),
        host=clip(host_of(offer.link)),
        region=clip(offer.region),
        capacity=offer.capacity,
        contact=clip(offer.contact),
    )
    return _letter(context, notice, found, words)


@letter_of(NoticeKind.OPPORTUNITY_MOVED_UP)
async def moved_up_letter(context: Context, notice: Notice) -> Letter | None:
    """Somebody came off the waiting list."""
    found = await context.store.opportunities.opportunity(context.alliance, notice.about)
    if found is None:
        return None
    contact = clip(found.offer.contact)
    words = context.say("letter_moved_up", **_about(context, found), contact=contact)
    return _letter(context, notice, found, words)


@letter_of(NoticeKind.OPPORTUNITY_ANSWER)
async def answer_letter(context: Context, notice: Notice) -> Letter | None:
    """Somebody else changed what an organization answered."""
    found = await context.store.opportunities.opportunity(context.alliance, notice.about)
    if found is None:
        return None
    words = context.say(
        "letter_answer",
        **_about(context, found),
        person=clip(str(notice.details["name"]), NAME),
        organization=clip(str(notice.details["organization"])),
        before=notice.details["before"],
        reply=notice.details["reply"],
    )
    return _letter(context, notice, found, words)


@letter_of(NoticeKind.GAVE_UP)
async def gave_up_letter(context: Context, notice: Notice) -> Letter | None:
    """Tells stewards what could not be delivered, not to whom."""
    kinds = notice.details.get("kinds")
    if not isinstance(kinds, dict) or not kinds:
        return None
    words = context.say("letter_gave_up", day=notice.due, kinds=sorted(kinds.items()))
    return Letter(NOBODY_IN_PERSON, Screen(words))


def _about(context: Context, found: Opportunity) -> dict[str, object]:
    """The variables of every message about an opportunity."""
    return {
        "alliance": clip(context.alliance_name),
        "title": clip(found.offer.title),
        "id": found.id,
        "link": link_of(found),
    }


def _letter(context: Context, notice: Notice, found: Opportunity, words: str) -> Letter | None:
    """Words with the two buttons that answer the opportunity."""
    if notice.person is None:
        return None
    buttons = answer_buttons(context, found, NoticeMark(notice.id))
    return Letter(notice.person, Screen(words, rows=[buttons]))
