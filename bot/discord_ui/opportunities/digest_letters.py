"""Digests as they are delivered: to a person, or to the opportunities channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.core.outbox import Notice, NoticeKind
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.letters import NOBODY_IN_PERSON, Composer, Letter
from bot.discord_ui.opportunities.digests import digest_page, digest_rows
from bot.opportunities.rules.digest import make_digest
from bot.opportunities.rules.records import CHANNEL

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


def composers(client: GuideClient) -> Mapping[NoticeKind, Composer]:
    """Those who write them, by the kind of notice."""
    services = client.services
    store = services.store

    async def of_person(due: Notice) -> Letter | None:
        if due.person is None:
            return None
        wanted = (await store.people.person(due.alliance, due.person)).notifications
        return await write(due, due.person, wanted.mode.value)

    async def of_channel(due: Notice) -> Letter | None:
        return await write(due, CHANNEL, "channel")

    async def write(due: Notice, person: int, mode: str) -> Letter | None:
        # What became new after an earlier try is left for the next: that one may have arrived.
        fresh, known = await store.opportunities.waiting_for_digest(due.alliance, person, due.tried)
        now = services.now()
        digest = make_digest(fresh, known, now)
        if digest.empty:
            await store.opportunities.digest_shown(due.alliance, person, (), due.id)
            return None
        guild = client.get_guild(due.alliance)
        alliance = clip(guild.name) if guild and person != CHANNEL else ""
        page, opportunities = digest_page(digest, services.phrases, now, alliance, mode)
        shown = [one.id for one in opportunities]

        async def arrived(_: int, __: int) -> None:
            await store.opportunities.digest_shown(due.alliance, person, shown, due.id)

        async def refused() -> None:
            await store.opportunities.fall_back_to_channel(due.alliance, due.id, shown)

        row, *more = digest_rows(due.alliance, opportunities, services.phrases, due.id)
        whose = NOBODY_IN_PERSON if person == CHANNEL else person
        return Letter(whose, page, row, more=more, arrived=arrived, refused=refused)

    return {NoticeKind.DIGEST: of_person, NoticeKind.CHANNEL_DIGEST: of_channel}
