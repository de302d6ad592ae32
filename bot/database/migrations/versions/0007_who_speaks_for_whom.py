"""A steward's yes before somebody speaks for an organization, and who left the server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the setting, the mark, and the table of those who wait."""
    for table, name in (("settings", "joining_needs_yes"), ("affiliations", "away")):
        op.add_column(table, sa.Column(name, sa.Boolean, server_default=sa.false(), nullable=False))
    op.create_table(
        "join_requests",
        sa.Column("id", KEY, nullable=False),
        sa.Column("alliance", sa.BigInteger, nullable=False),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("organization", sa.Text, nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_requests")),
        sa.UniqueConstraint("alliance", "person", name=op.f("uq_join_requests_alliance_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_join_requests_person_alliance"), "join_requests", ["person", "alliance"]
    )
