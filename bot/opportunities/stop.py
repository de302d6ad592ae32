"""No more messages about new opportunities, for whoever says so below one of them."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.flow import Where, stops
from bot.chat.screen import Screen
from bot.chat.turn import Turn
from bot.core.markup import clip
from bot.opportunities.actions import (
    DIGEST_INTERESTED,
    DIGEST_NOT_FOR_US,
    INTERESTED,
    NOT_FOR_US,
)
from bot.opportunities.rules.models import Mode


@stops(INTERESTED, NOT_FOR_US, DIGEST_INTERESTED, DIGEST_NOT_FOR_US, where=Where.BESIDE)
async def told_no_more(turn: Turn) -> Screen:
    """Do what `/partner notifications` does with the mode off."""
    before = (await turn.store.people.person(turn.alliance, turn.person)).notifications
    wanted = replace(before, mode=Mode.OFF)
    if wanted != before:
        await turn.store.people.set_notifications(turn.alliance, turn.person, wanted)
    alliance = clip(turn.alliance_name)
    return Screen(turn.say("told_no_more", alliance=alliance, before=before.mode.value))
