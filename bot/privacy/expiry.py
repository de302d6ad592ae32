"""The end of what was kept long enough."""

from __future__ import annotations

import structlog

from bot.store import Store

RETENTION_SECONDS = 24 * 3600.0
"""How often what expired is deleted; the first time at the start."""

_log = structlog.get_logger()


async def delete_expired(store: Store) -> None:
    """Delete what each alliance kept for as long as its retention says."""
    purged = await store.privacy.purge_all_expired()
    _log.info("retention", exchanges=purged.exchanges, feedback=purged.feedback, notes=purged.notes)
