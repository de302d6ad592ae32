"""Opportunities with their answers, typed forms, digests, and what partners look for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables, and add what is new of people and organizations."""
    op.add_column(
        "person_settings",
        sa.Column("mode", sa.String(20), nullable=False, server_default="instant"),
    )
    op.add_column(
        "organizations", sa.Column("interests", sa.JSON, nullable=False, server_default="[]")
    )
    op.add_column(
        "organizations", sa.Column("region", sa.Text, nullable=False, server_default=sa.text("''"))
    )
    _opportunities()
    _answers()
    op.create_table(
        "opportunity_forms",
        sa.Column("alliance", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("about", ID, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("form", sa.JSON, nullable=False),
        sa.Column("saved", TIME, nullable=False),
        sa.PrimaryKeyConstraint("alliance", "person", "about", name=op.f("pk_opportunity_forms")),
    )
    op.create_table(
        "digest_items",
        sa.Column("alliance", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("opportunity", KEY, nullable=False),
        sa.Column("added", TIME, nullable=False),
        sa.Column("shown", TIME),
        sa.Column("closing", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("alliance", "person", "opportunity", name=op.f("pk_digest_items")),
        _belongs("digest_items"),
    )
    _index("digest_items", "alliance", "opportunity")
    op.create_table(
        "partner_people",
        sa.Column("alliance", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("shown", sa.Boolean, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("alliance", "person", name=op.f("pk_partner_people")),
    )
    for table in ("opportunity_answers", "opportunity_forms", "digest_items", "partner_people"):
        _index(table, "person", "alliance")


def _opportunities() -> None:
    op.create_table(
        "opportunities",
        sa.Column("id", KEY, nullable=False),
        sa.Column("alliance", ID, nullable=False),
        sa.Column("poster", ID, nullable=False),
        sa.Column("poster_name", sa.Text, nullable=False),
        sa.Column("organization", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("deadline", TIME),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("capacity", ID),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("posted", TIME),
        sa.Column("closes", TIME),
        sa.Column("closed", TIME),
        sa.Column("edited", TIME),
        sa.Column("outcome", sa.String(20)),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("channel", ID),
        sa.Column("message", ID),
        sa.Column("thread", ID),
        sa.Column("revision", ID, nullable=False),
        sa.Column("reached", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunities")),
        sa.UniqueConstraint("alliance", "id", name=op.f("uq_opportunities_alliance_id")),
        sqlite_autoincrement=True,
    )
    _index("opportunities", "alliance", "state", "closes")
    _index("opportunities", "alliance", "posted")
    _index("opportunities", "poster", "alliance")


def _answers() -> None:
    op.create_table(
        "opportunity_answers",
        sa.Column("id", KEY, nullable=False),
        sa.Column("alliance", ID, nullable=False),
        sa.Column("opportunity", KEY, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("organization", sa.Text, nullable=False),
        sa.Column("reply", sa.String(20), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity_answers")),
        sa.UniqueConstraint(
            "alliance",
            "opportunity",
            "side",
            name=op.f("uq_opportunity_answers_alliance_opportunity_side"),
        ),
        _belongs("opportunity_answers"),
        sqlite_autoincrement=True,
    )


def _belongs(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["alliance", "opportunity"],
        ["opportunities.alliance", "opportunities.id"],
        name=op.f(f"fk_{table}_alliance_opportunity"),
        ondelete="CASCADE",
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
