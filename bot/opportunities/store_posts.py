"""The room of posts: where opportunities stand in channels, and what becomes of that."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select, update

from bot.alliances.records import ChannelPurpose
from bot.alliances.tables import ChannelRow
from bot.database.part import StorePart
from bot.opportunities.rules.records import CHANNEL
from bot.opportunities.rules.replies import is_open
from bot.opportunities.rules.standing import WhyGone
from bot.opportunities.store_digests import plan_digest
from bot.opportunities.store_rows import opportunity_row, to_opportunity
from bot.opportunities.store_standing import lose_posts, move_posts, post_anew
from bot.opportunities.tables import OpportunityRow


class PostStore(StorePart):
    """Where opportunities stand; see `bot.opportunities.rules.standing` for who hears of what."""

    async def posts_gone(self, alliance: int, messages: Collection[int]) -> int:
        """Note that messages were deleted; how many of them were posts."""
        posts = OpportunityRow.message.in_(messages)
        async with self._database.reading(alliance) as session:
            if await session.scalar(select(OpportunityRow.id).where(posts).limit(1)) is None:
                return 0
        async with self._database.writing(alliance) as session:
            rows = (await session.scalars(select(OpportunityRow).where(posts))).all()
            await lose_posts(session, rows, WhyGone.DELETED, self._clock())
            return len(rows)

    async def channel_gone(self, alliance: int, channel: int) -> int:
        """Note that a channel was deleted; how many posts stood in it, or were on their way."""
        async with self._database.writing(alliance) as session:
            await session.affected(delete(ChannelRow).where(ChannelRow.channel == channel))
            query = select(OpportunityRow).where(OpportunityRow.channel == channel)
            rows = (await session.scalars(query)).all()
            await lose_posts(session, rows, WhyGone.CHANNEL, self._clock())
            await plan_digest(session, CHANNEL, self._clock())
            return len(rows)

    async def thread_gone(self, alliance: int, thread: int) -> bool:
        """Note that the thread for questions under a post was deleted."""
        statement = update(OpportunityRow).where(OpportunityRow.thread == thread)
        return await self._change(alliance, statement.values(thread=None))

    async def choose_channel(self, alliance: int, channel: int) -> tuple[bool, int]:
        """Let opportunities stand in a channel, and no longer in any other.

        Returns:
            Whether that is new, and how many posts move there.
        """
        purpose = ChannelPurpose.OPPORTUNITIES.value
        chosen = ChannelRow.purpose == purpose
        async with self._database.writing(alliance) as session:
            known = set(await session.scalars(select(ChannelRow.channel).where(chosen)))
            if known == {channel}:
                return False, 0
            await session.affected(delete(ChannelRow).where(chosen))
            values = {"channel": channel, "purpose": purpose}
            await session.upsert(ChannelRow, values, replace=False)
            moved = await move_posts(session, channel, self._clock())
            await plan_digest(session, CHANNEL, self._clock())
            return True, moved

    async def post_again(self, alliance: int, opportunity: int, channel: int) -> bool:
        """Post what has no post any more; False if it has, or is closed."""
        async with self._database.writing(alliance) as session:
            row = await opportunity_row(session, opportunity)
            if row is None or not to_opportunity(row).homeless:
                return False
            if not is_open(to_opportunity(row), self._clock()):
                return False
            await post_anew(session, row, channel, self._clock())
            return True
