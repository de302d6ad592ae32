"""The end of what was kept long enough."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import structlog

from bot.store import Store

RETENTION_SECONDS = 24 * 3600.0
"""How often what expired is deleted; the first time at the start."""

_log = structlog.get_logger()


async def delete_expired(store: Store) -> None:
    """Delete what each alliance kept for as long as its retention says."""
    purged = await store.privacy.purge_all_expired()
    _log.info("retention", exchanges=purged.exchanges, feedback=purged.feedback, notes=purged.notes)


async def delete_departed(store: Store, present: Collection[int], kept: timedelta) -> None:
    """Delete everything of the alliances whose server the bot is out of for long enough.

    Args:
        store: what is kept.
        present: the servers that it is in.
        kept: how long everything of the others stays.
    """
    deleted = await store.privacy.settle_departures(present, kept)
    if deleted:
        _log.info("departed_deleted", alliances=deleted)
