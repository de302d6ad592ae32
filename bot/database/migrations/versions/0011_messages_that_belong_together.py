"""Messages that are answered together are kept as such until they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what waits by now belongs to nothing."""
    op.add_column("pending_questions", sa.Column("part_of", sa.BigInteger))
