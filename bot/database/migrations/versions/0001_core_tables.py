"""The core tables: settings, channels, events, exchanges, feedback, notes, choices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _settings_tables()
    op.create_table(
        "exchanges",
        sa.Column("id", KEY, nullable=False),
        sa.Column("alliance", ID, nullable=False),
        sa.Column("channel", ID),
        sa.Column("thread", ID),
        sa.Column("person", ID),
        sa.Column("source", ID),
        sa.Column("answer_message", ID),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("previous", KEY),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("latency_ms", sa.Float, nullable=False),
        sa.Column("passages", sa.JSON, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchanges")),
        sa.UniqueConstraint("alliance", "id", name=op.f("uq_exchanges_alliance_id")),
        sa.ForeignKeyConstraint(
            ["previous"],
            ["exchanges.id"],
            name=op.f("fk_exchanges_previous"),
            ondelete="SET NULL",
        ),
        sqlite_autoincrement=True,
    )
    _index("exchanges", "alliance", "answer_message")
    _index("exchanges", "alliance", "source")
    _index("exchanges", "alliance", "thread")
    _index("exchanges", "alliance", "created")
    _index("exchanges", "person", "alliance")
    _index("exchanges", "previous")
    op.create_table(
        "feedback",
        sa.Column("alliance", ID, nullable=False),
        sa.Column("exchange", KEY, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("given", TIME, nullable=False),
        sa.PrimaryKeyConstraint("alliance", "exchange", "person", name=op.f("pk_feedback")),
        _belongs_to("feedback", "exchange"),
    )
    _index("feedback", "person", "alliance")
    _note_tables()


def _settings_tables() -> None:
    op.create_table(
        "settings",
        sa.Column("alliance", ID, autoincrement=False, nullable=False),
        sa.Column("steward_role", ID),
        sa.Column("intermediary_role", ID),
        sa.Column("retention_days", ID, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("alliance", name=op.f("pk_settings")),
    )
    op.create_table(
        "channels",
        sa.Column("alliance", ID, nullable=False),
        sa.Column("channel", ID, nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("alliance", "channel", "purpose", name=op.f("pk_channels")),
    )
    op.create_table(
        "events",
        sa.Column("alliance", ID, nullable=False),
        sa.Column("event", sa.String(120), nullable=False),
        sa.Column("claimed", TIME, nullable=False),
        sa.PrimaryKeyConstraint("alliance", "event", name=op.f("pk_events")),
    )
    _index("events", "alliance", "claimed")
    op.create_table(
        "choices",
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("alliance", ID, nullable=False),
        sa.Column("chosen", TIME, nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_choices")),
    )


def _note_tables() -> None:
    op.create_table(
        "notes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("alliance", ID, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("author", ID),
        sa.Column("author_name", sa.Text, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("retracted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint("alliance", "id", name=op.f("uq_notes_alliance_id")),
        sqlite_autoincrement=True,
    )
    _index("notes", "author", "alliance")
    op.create_table(
        "note_gaps",
        sa.Column("alliance", ID, nullable=False),
        sa.Column("note", KEY, nullable=False),
        sa.Column("exchange", KEY, nullable=False),
        sa.PrimaryKeyConstraint("alliance", "note", "exchange", name=op.f("pk_note_gaps")),
        _belongs_to("note_gaps", "note"),
        _belongs_to("note_gaps", "exchange"),
    )
    _index("note_gaps", "alliance", "exchange")


def _belongs_to(table: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["alliance", parent],
        [f"{parent}s.alliance", f"{parent}s.id"],
        name=op.f(f"fk_{table}_alliance_{parent}"),
        ondelete="CASCADE",
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
