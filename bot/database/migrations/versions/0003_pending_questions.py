"""Questions that were taken and not answered yet are kept until they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table; what an earlier version left open was never written down."""
    op.create_table(
        "pending_questions",
        sa.Column("alliance", ID, nullable=False),
        sa.Column("message", ID, nullable=False),
        sa.Column("channel", ID, nullable=False),
        sa.Column("thread", ID),
        sa.Column("person", ID, nullable=False),
        sa.Column("received", TIME, nullable=False),
        sa.Column("previous", ID),
        sa.PrimaryKeyConstraint("alliance", "message", name=op.f("pk_pending_questions")),
    )
