"""What all tables share: the base, and the alliance that each row belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Float, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.database.columns import CleanText, UtcDateTime


class Base(DeclarativeBase):
    """What all tables share: names of constraints, and which column type a Python type gets."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: BigInteger(),
        str: CleanText(),
        float: Float(),
        datetime: UtcDateTime(),
        list[str]: JSON(),
        dict[str, Any]: JSON(),
    }


class OfAlliance:
    """A table whose rows belong to an alliance; a session opened for one sees no other's.

    What belongs to another row carries the alliance in its foreign key, so that no row can hang on
    something of another alliance.
    """

    alliance: Mapped[int] = mapped_column(sort_order=-1)


class KeyedByAlliance(OfAlliance):
    """A table whose key begins with the alliance."""

    alliance: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)
