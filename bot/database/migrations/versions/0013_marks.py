"""Answers that a steward marked as good or wrong, and which were told to be the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two columns; what is there was neither marked nor compared."""
    op.add_column("exchanges", sa.Column("mark", sa.Text))
    op.add_column("exchanges", sa.Column("same_as", sa.BigInteger))
    for name in ("mark", "same_as"):
        op.create_index(op.f(f"ix_exchanges_alliance_{name}"), "exchanges", ["alliance", name])
