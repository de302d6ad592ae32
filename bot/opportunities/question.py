"""**Ask a question**: it is taken at once and goes into a thread under the post."""

from __future__ import annotations

from bot.chat.flow import Where, handles, submits
from bot.chat.letters import Letter, letter_of
from bot.chat.screen import Field, Form, Screen
from bot.chat.turn import Context, Turn
from bot.core.errors import GuideError, Refused
from bot.core.markup import NAME, clip, quoted, stamp
from bot.core.outbox import Notice, NoticeKind
from bot.opportunities.actions import ASK, QUESTION
from bot.opportunities.card_screen import link_of
from bot.opportunities.find_opportunity import shown_opportunity, unknown
from bot.opportunities.rules.models import Inquiry, Opportunity

_QUESTION_LENGTH = 1000
_POSTED, _TOLD = 2200, 1000
"""Characters of a quoted question after escaping: in the thread or given back, and as it is told."""


@handles(ASK, where=Where.BESIDE)
async def question_form(turn: Turn, opportunity: int) -> Form:
    """The form for a question about an opportunity."""
    await _require_allowed(turn, await shown_opportunity(turn, opportunity))
    label = turn.say("field_offer_question")
    field = Field("question", label, most=_QUESTION_LENGTH, required=True, long=True)
    id_ = QUESTION(turn.alliance, opportunity, turn.place.source)
    return Form(turn.say("question_form_title"), id_, (field,))


@submits(QUESTION, where=Where.BESIDE)
async def question_given(
    turn: Turn, opportunity: int, form: int | None, *, question: str
) -> Screen:
    """Keep a question and tell where it will stand; what can't be kept is given back."""
    try:
        return await _asked(turn, opportunity, form or turn.place.source, question.strip())
    except GuideError as error:
        return Screen(str(error), quoted(question.strip(), _POSTED))


async def _asked(turn: Turn, opportunity: int, form: int, question: str) -> Screen:
    found = await shown_opportunity(turn, opportunity)
    link = link_of(found)
    if not question:
        raise Refused(turn.say("question_empty"))
    if not link and found.poster in {0, turn.person}:
        raise Refused(turn.say("question_nowhere"))
    await _require_allowed(turn, found)
    verdict = turn.services.inquiries.take(turn.person, turn.now)
    if not verdict.allowed:
        raise Refused(turn.say("question_too_many", until=stamp(verdict.until)))
    organization = await turn.store.people.organization_of(turn.alliance, turn.person)
    inquiry = Inquiry(form, turn.person, turn.name, organization, question)
    taken = await turn.store.opportunities.ask_about(turn.alliance, opportunity, inquiry)
    if not taken:
        raise unknown(turn, f"#{opportunity}")
    thread = f"<#{found.thread}>" if found.thread else ""
    return Screen(turn.say("question_sent", thread=thread, link=link))


async def _require_allowed(turn: Turn, opportunity: Opportunity) -> None:
    """Make sure that whoever asks could write in that thread themselves."""
    channel = opportunity.channel
    if channel is not None and not await turn.surface.may_write_in_threads(channel):
        raise Refused(turn.say("question_refused"))


@letter_of(NoticeKind.OPPORTUNITY_ASKED)
async def asked_letter(context: Context, notice: Notice) -> Letter | None:
    """Tells whoever posted an opportunity of a question about it."""
    found = await context.store.opportunities.opportunity(context.alliance, notice.about)
    if found is None or notice.person is None:
        return None
    words = context.say(
        "question_told",
        **asked_in(notice, _TOLD),
        id=found.id,
        title=clip(found.offer.title),
        thread="" if found.homeless else link_of(found, found.thread),
        asker=notice.details.get("asker"),
    )
    return Letter(notice.person, Screen(words))


def asked_in(notice: Notice, room: int = _POSTED) -> dict[str, object]:
    """Who asks what, as variables of phrases."""
    details = {key: str(value) for key, value in notice.details.items()}
    return {
        "name": clip(details.get("name", ""), NAME),
        "organization": clip(details.get("organization", ""), NAME),
        "quote": quoted(details.get("text", ""), room),
    }
