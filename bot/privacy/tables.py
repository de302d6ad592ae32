"""The table of alliances whose data is about to go."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from bot.database.tables import Base, KeyedByAlliance


class DepartureRow(KeyedByAlliance, Base):
    """That the bot was taken out of an alliance's server."""

    __tablename__ = "departures"

    since: Mapped[datetime]
