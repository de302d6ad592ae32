"""A digest: one message by kind with what is new and closes soon, and menus to answer it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.action import NoticeMark
from bot.chat.fit import Listing, fit, fitting
from bot.chat.screen import Menu, Option, Screen
from bot.chat.turn import Context
from bot.core.markup import NAME, clip, one_line, stamp
from bot.opportunities.actions import DIGEST_INTERESTED, DIGEST_NOT_FOR_US
from bot.opportunities.card_screen import link_of
from bot.opportunities.rules.digest import Digest, closes_soon
from bot.opportunities.rules.models import Opportunity

_MOST = 25
"""Opportunities in one digest: as many as a menu takes."""
_ROOM_BELOW = 120


def digest_screen(
    context: Context, digest: Digest, mode: str, alliance: str = "", notice: int = 0
) -> tuple[Screen, tuple[Opportunity, ...]]:
    """The message, and which opportunities it has: as many as fit.

    Args:
        context: has the words and the time.
        digest: what there is to show, and it isn't empty.
        mode: for which occasion, see the phrase.
        alliance: its name, ready to show; empty where that is plain.
        notice: the one that it is delivered for, 0 for none.
    """
    say = context.say
    groups = [(say("digest_kind", kind=kind.value), ones) for kind, ones in digest.fresh]
    if digest.closing:
        groups.append((say("digest_closing"), digest.closing))
    total = sum(len(ones) for _, ones in groups)
    texts = [say("digest_lead", alliance=alliance, count=total, mode=mode)]
    room = context.room - len(texts[0]) - _ROOM_BELOW
    shown: list[Opportunity] = []
    for head, ones in groups:
        lines = [_line(context, one) for one in ones]
        listing = Listing(lines, head=head, most=_MOST - len(shown))
        if (count := fitting(listing, room)) > 0:
            text = "\n".join(fit([listing], room))
            texts.append(text)
            shown += ones[:count]
            room -= len(text)
    if len(shown) < total:
        texts.append(say("digest_more", count=total - len(shown)))
    return Screen(*texts, rows=_rows(context, shown, notice)), tuple(shown)


def _rows(context: Context, shown: Sequence[Opportunity], notice: int) -> list[list[Menu]]:
    options = tuple(Option(f"#{one.id} {one_line(one.offer.title)}", str(one.id)) for one in shown)
    about = (context.alliance, NoticeMark(notice))
    return [
        [Menu(context.say(label), action(*about), options, most=len(options))]
        for action, label in (
            (DIGEST_INTERESTED, "label_digest_interested"),
            (DIGEST_NOT_FOR_US, "label_digest_not_for_us"),
        )
    ]


def _line(context: Context, one: Opportunity) -> str:
    return context.say(
        "digest_line",
        id=one.id,
        title=clip(one.offer.title).replace("[", "(").replace("]", ")"),
        organization=clip(one.organization or one.poster_name, NAME),
        region=clip(one.offer.region, NAME),
        deadline=stamp(one.offer.deadline),
        soon=closes_soon(one, context.now),
        link=link_of(one),
    )
