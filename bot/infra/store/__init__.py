"""What is kept between two runs: settings, questions, feedback, gaps, practice notes."""

from bot.infra.store.database import StoreUnavailable
from bot.infra.store.store import Store, open_store

__all__ = ["Store", "StoreUnavailable", "open_store"]
