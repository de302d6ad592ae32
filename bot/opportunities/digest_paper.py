"""What is open as Markdown, for people who aren't on Discord: with all they need to answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from bot.chat.turn import Context
from bot.checklists.rules.paper import Block, Bullets, Heading, Paragraph, to_markdown
from bot.core.links import shown_link
from bot.core.markup import clip, one_line
from bot.opportunities.rules.digest import make_digest
from bot.opportunities.rules.models import Opportunity


def digest_paper(context: Context, known: Sequence[Opportunity]) -> str:
    """Opportunities by kind, each with its description and facts."""
    say, day = context.say, context.now.astimezone(UTC)
    blocks: list[Block] = [
        Heading(1, say("digest_paper_title", alliance=clip(context.alliance_name))),
        Paragraph(say("digest_paper_facts", day=day, count=len(known))),
    ]
    for kind, ones in make_digest(known, (), context.now).fresh:
        blocks.append(Heading(2, say("digest_paper_kind", kind=kind.value)))
        for one in ones:
            blocks += _entry(context, one)
    return to_markdown(blocks)


def _entry(context: Context, one: Opportunity) -> list[Block]:
    offer = one.offer
    deadline = f"{offer.deadline.astimezone(UTC):%Y-%m-%d %H:%M}" if offer.deadline else ""
    facts = {
        "organization": one.organization or one.poster_name,
        "audience": offer.audience,
        "region": offer.region,
        "deadline": deadline,
        "capacity": str(offer.capacity or ""),
        "contact": offer.contact,
        "link": shown_link(offer.link),
    }
    lines = [
        context.say("digest_paper_fact", what=what, value=one_line(value))
        for what, value in facts.items()
        if value
    ]
    return [
        Heading(3, f"{one_line(offer.title)} (#{one.id})"),
        Paragraph(offer.description),
        Bullets(tuple(lines)),
    ]
