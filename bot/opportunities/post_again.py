"""A post that is gone: whoever posted it is told, and posts it again or closes it."""

from __future__ import annotations

from bot.chat.action import NoticeMark
from bot.chat.flow import handles
from bot.chat.letters import Letter, letter_of
from bot.chat.screen import Button, Menu, Option, Screen, Style
from bot.chat.turn import Context, Turn
from bot.core.errors import Refused
from bot.core.markup import clip
from bot.core.outbox import Notice, NoticeKind
from bot.opportunities.actions import ASK_OUTCOME, OUTCOME, POST_AGAIN
from bot.opportunities.card_screen import link_of
from bot.opportunities.find_opportunity import shown_opportunity
from bot.opportunities.preview import posting_channel
from bot.opportunities.rights import may_manage
from bot.opportunities.rules.models import Opportunity, Outcome
from bot.opportunities.rules.replies import is_open


@letter_of(NoticeKind.OPPORTUNITY_GONE)
async def gone_letter(context: Context, notice: Notice) -> Letter | None:
    """Tells whoever posted it."""
    found = await context.store.opportunities.opportunity(context.alliance, notice.about)
    if found is None or notice.person is None:
        return None
    words = context.say(
        "letter_gone",
        alliance=clip(context.alliance_name),
        title=clip(found.offer.title),
        id=found.id,
        why=notice.details.get("why"),
    )
    buttons = gone_buttons(context, found, NoticeMark(notice.id))
    return Letter(notice.person, Screen(words, rows=[buttons]))


def gone_buttons(
    context: Context, found: Opportunity, notice: NoticeMark | None = None
) -> list[Button]:
    """What can be done about a post that is gone."""
    about = (found.alliance, found.id, notice)
    return [
        Button(context.say("label_post_again"), POST_AGAIN(*about), Style.PRIMARY),
        Button(context.say("label_close"), ASK_OUTCOME(*about)),
    ]


@handles(POST_AGAIN)
async def post_again(turn: Turn, opportunity: int) -> Screen:
    """Post it again; where that can't be, the buttons stay."""
    found = await _own_gone(turn, opportunity)
    try:
        channel = await posting_channel(turn, turn.say("label_post_again"))
    except Refused as no:
        return Screen(str(no), rows=[gone_buttons(turn, found, turn.place.notice)])
    if channel is None or not await turn.store.posts.post_again(turn.alliance, found.id, channel):
        found = await _own_gone(turn, opportunity)
        raise Refused(turn.say("stale_button"))
    title = clip(found.offer.title)
    return Screen(turn.say("posted_again", id=found.id, title=title, channel=f"<#{channel}>"))


@handles(ASK_OUTCOME)
async def ask_outcome(turn: Turn, opportunity: int) -> Screen:
    """Ask what came of it, which closes it."""
    found = await _own_gone(turn, opportunity)
    options = tuple(
        Option(turn.say("letter_outcome_option", outcome=one.value), one.value) for one in Outcome
    )
    id_ = OUTCOME(turn.alliance, found.id, turn.place.notice)
    menu = Menu(turn.say("label_letter_outcome"), id_, options)
    words = turn.say("close_asked", id=found.id, title=clip(found.offer.title))
    return Screen(words, rows=[[menu]])


async def _own_gone(turn: Turn, number: int) -> Opportunity:
    """An open opportunity without a post, of whoever asks or for a steward.

    Raises:
        Refused: it isn't theirs, is closed, or stands somewhere by now.
    """
    found = await shown_opportunity(turn, number)
    if not await may_manage(turn, found):
        raise Refused(turn.say("opportunity_not_yours", id=number))
    if not is_open(found, turn.now):
        raise Refused(turn.say("opportunity_closed", id=number))
    if not found.homeless:
        raise Refused(turn.say("post_already", id=number, link=link_of(found), closed=False))
    return found
