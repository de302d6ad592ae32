"""Private answers can be shared once, gaps can be put aside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two flags; what is there was neither shared nor dismissed."""
    for name in ("shared", "dismissed"):
        op.add_column(
            "exchanges", sa.Column(name, sa.Boolean, server_default=sa.false(), nullable=False)
        )
