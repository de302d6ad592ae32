"""What came of an opportunity: /opportunity close, and the menu under the question how it went."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.action import NoticeMark
from bot.chat.flow import Scope, command, handles
from bot.chat.letters import Letter, letter_of, work_of
from bot.chat.screen import Menu, Option, Screen
from bot.chat.turn import Context, Turn
from bot.core.errors import Refused
from bot.core.markup import clip
from bot.core.outbox import Notice, NoticeKind
from bot.opportunities.actions import OUTCOME
from bot.opportunities.find_opportunity import UnsettledOpportunity, seen_opportunity
from bot.opportunities.rights import may_manage
from bot.opportunities.rules.models import Opportunity, Outcome, Reply, State
from bot.opportunities.rules.replies import is_open

_NOTE = 600


@command("opportunity close", scope=Scope.OWN, rename={"opportunity": "id"})
async def close(
    turn: Turn, opportunity: UnsettledOpportunity, outcome: Outcome, note: str | None = None
) -> Screen:
    """Close it, or add what came of it to one that closed by itself."""
    about, title = opportunity.id, clip(opportunity.offer.title)
    async with turn.alone(("close", turn.alliance, about)):
        found = await seen_opportunity(turn, about) or opportunity
        if not await may_manage(turn, found):
            raise Refused(turn.say("opportunity_not_yours", id=about))
        if found.state is State.DRAFT:
            raise Refused(turn.say("close_draft", id=about))
        if (known := _noted_outcome(found)) is not None:
            words = turn.say("closed_already", id=about, title=title, outcome=known.value)
            raise Refused(words)
        was_open = is_open(found, turn.now)
        kept = (note or "").strip()[:_NOTE]
        await turn.store.opportunities.close_opportunity(turn.alliance, about, outcome, kept)
    words = turn.say(
        "opportunity_closed_now",
        id=about,
        title=title,
        outcome=outcome.value,
        was_open=was_open,
        note=clip(kept, _NOTE),
    )
    return Screen(words)


def _noted_outcome(found: Opportunity) -> Outcome | None:
    """What came of something that is closed; None where that is still to be said."""
    return found.outcome if found.state is State.CLOSED else None


# -- how did it go? --------------------------------------------------------------------------------


@letter_of(NoticeKind.OPPORTUNITY_OUTCOME)
async def outcome_letter(context: Context, notice: Notice) -> Letter | None:
    """Asks whoever posted it, two weeks after it closed."""
    store = context.store.opportunities
    found = await store.opportunity(context.alliance, notice.about)
    if found is None or notice.person is None:
        return None
    answers = await store.answers(context.alliance, found.id)
    words = context.say(
        "letter_outcome",
        alliance=clip(context.alliance_name),
        title=clip(found.offer.title),
        id=found.id,
        interested=sum(one.reply is Reply.INTERESTED for one in answers),
    )
    options = tuple(
        Option(context.say("letter_outcome_option", outcome=one.value), one.value)
        for one in Outcome
    )
    id_ = OUTCOME(context.alliance, found.id, NoticeMark(notice.id))
    menu = Menu(context.say("label_letter_outcome"), id_, options)
    return Letter(notice.person, Screen(words, rows=[[menu]]))


@handles(OUTCOME)
async def outcome_picked(turn: Turn, opportunity: int, *, picked: Sequence[str]) -> Screen:
    """Note it, and thank in the place of the question."""
    found = await seen_opportunity(turn, opportunity)
    if found is None or not await may_manage(turn, found):
        raise Refused(turn.say("letter_outcome_gone"))
    known, was_open = _noted_outcome(found), is_open(found, turn.now)
    outcome = known or Outcome(picked[0])
    if known is None:
        await turn.store.opportunities.close_opportunity(turn.alliance, found.id, outcome)
    words = turn.say(
        "letter_outcome_noted",
        title=clip(found.offer.title),
        id=found.id,
        outcome=outcome.value,
        again=known is not None,
        was_open=was_open,
    )
    return Screen(words)


@work_of(NoticeKind.OPPORTUNITY_CLOSE)
async def close_by_deadline(context: Context, notice: Notice) -> None:
    """Close what is over."""
    await context.store.opportunities.close_by_deadline(context.alliance, notice.about)
