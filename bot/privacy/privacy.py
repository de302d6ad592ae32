"""/privacy: a person's data as a file, and its end.

In a server both are about this alliance, used directly about everything.
"""

from __future__ import annotations

from bot.chat.flow import Scope, Where, command, handles
from bot.chat.screen import Button, File, Screen, Style
from bot.chat.turn import Turn
from bot.core.alliance import NO_ALLIANCE
from bot.core.errors import Refused
from bot.core.pace import Cost
from bot.privacy.actions import FORGET
from bot.privacy.records import Forgotten


@command("privacy export", scope=Scope.ALL, cost=Cost.QUESTION)
async def export_mine(turn: Turn) -> Screen:
    """Hand out what is held about somebody."""
    privacy, everywhere, days = turn.store.privacy, turn.alliance == NO_ALLIANCE, 0
    if everywhere:
        content = await privacy.export_person_everywhere(turn.person)
    else:
        content = await privacy.export_person(turn.alliance, turn.person)
        days = (await turn.store.alliances.settings(turn.alliance)).retention_days
    words = turn.say("privacy_exported", everywhere=everywhere, days=days)
    return Screen(words, files=[File.of_json("my-data.json", content)])


@command("privacy forget", scope=Scope.ALL)
async def forget_me(turn: Turn) -> Screen:
    """Ask before anything is deleted."""
    asked = turn.say("privacy_ask", everywhere=turn.alliance == NO_ALLIANCE)
    id_ = FORGET(turn.alliance, turn.person)
    return Screen(asked, rows=[[Button(turn.say("label_forget"), id_, Style.DANGER)]])


@handles(FORGET, where=Where.BESIDE, anyone=True)
async def forgotten(turn: Turn, person: int) -> Screen:
    """Delete, and tell what was."""
    privacy, everywhere = turn.store.privacy, turn.alliance == NO_ALLIANCE
    if person != turn.person:
        raise Refused(turn.say("stale_button"))
    if everywhere:
        gone = await privacy.forget_person_everywhere(person)
    else:
        gone = await privacy.forget_person(turn.alliance, person)
    if gone == Forgotten():
        return Screen(turn.say("privacy_nothing"))
    return Screen(turn.say("privacy_forgotten", everywhere=everywhere, gone=gone))
