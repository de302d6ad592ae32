"""Since when the bot is out of a server; what is kept of its alliance goes after a while."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; who left earlier is noted when the bot is next on Discord."""
    op.create_table(
        "departures",
        sa.Column("alliance", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("alliance", name=op.f("pk_departures")),
    )
