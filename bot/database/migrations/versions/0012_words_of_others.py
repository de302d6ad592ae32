"""Whose words a question was read with, and which posts were taken down on purpose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and the mark; of earlier questions and posts neither is known."""
    op.create_table(
        "borrowed_words",
        sa.Column("alliance", ID, nullable=False),
        sa.Column("exchange", KEY, nullable=False),
        sa.Column("message", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint(
            "alliance", "exchange", "message", "person", name=op.f("pk_borrowed_words")
        ),
        sa.ForeignKeyConstraint(
            ["alliance", "exchange"],
            ["exchanges.alliance", "exchanges.id"],
            name=op.f("fk_borrowed_words_alliance_exchange_exchanges"),
            ondelete="CASCADE",
        ),
    )
    for columns in (["person", "alliance"], ["message", "alliance"]):
        name = op.f(f"ix_borrowed_words_{'_'.join(columns)}")
        op.create_index(name, "borrowed_words", columns)
    op.add_column(
        "opportunities",
        sa.Column("taken_down", sa.Boolean, server_default=sa.false(), nullable=False),
    )
