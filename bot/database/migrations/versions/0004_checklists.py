"""Runs of checklists, commitments, people and their organizations, and the outbox."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
WAITING = sa.text("sent IS NULL AND given_up IS NULL")


def upgrade() -> None:
    """Create the tables."""
    _run_tables()
    _step_tables()
    _people_tables()
    op.create_table(
        "outbox",
        sa.Column("id", KEY, nullable=False),
        sa.Column("alliance", ID, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("about", ID, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("person", ID),
        sa.Column("channel", ID),
        sa.Column("due", TIME, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("attempts", ID, nullable=False),
        sa.Column("tried", TIME),
        sa.Column("sent", TIME),
        sa.Column("given_up", sa.Text),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    waiting = {"sqlite_where": WAITING, "postgresql_where": WAITING}
    _index("outbox", "alliance", "key", unique=True, **waiting)
    _index("outbox", "due", **waiting)
    _index("outbox", "alliance", "kind", "about")
    _index("outbox", "person", "alliance")


def _run_tables() -> None:
    op.create_table(
        "definitions",
        sa.Column("alliance", ID, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("alliance", "digest", name=op.f("pk_definitions")),
    )
    op.create_table(
        "runs",
        sa.Column("id", KEY, nullable=False),
        sa.Column("alliance", ID, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("checklist", sa.Text, nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("owner", ID, nullable=False),
        sa.Column("owner_name", sa.Text, nullable=False),
        sa.Column("team", sa.Boolean, nullable=False),
        sa.Column("thread", ID),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("current", sa.Text),
        sa.Column("revision", ID, nullable=False),
        sa.Column("started", TIME, nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("finished", TIME),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("alliance", "id", name=op.f("uq_runs_alliance_id")),
        sa.ForeignKeyConstraint(
            ["alliance", "digest"],
            ["definitions.alliance", "definitions.digest"],
            name=op.f("fk_runs_alliance_digest"),
        ),
        sqlite_autoincrement=True,
    )
    _index("runs", "alliance", "owner", "changed")
    _index("runs", "alliance", "thread", "changed")
    _index("runs", "alliance", "changed")
    _index("runs", "alliance", "digest")
    _index("runs", "owner", "alliance")


def _step_tables() -> None:
    op.create_table(
        "run_answers",
        *_step_of_run(),
        sa.Column("person", ID, nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("what", sa.Text),
        sa.Column("who", sa.Text),
        sa.Column("day", sa.Date),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("organization", sa.Text, nullable=False),
        sa.Column("revision", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("alliance", "run", "step", "person", name=op.f("pk_run_answers")),
        _belongs_to_run("run_answers"),
    )
    op.create_table(
        "run_skips",
        *_step_of_run(),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("alliance", "run", "step", name=op.f("pk_run_skips")),
        _belongs_to_run("run_skips"),
    )
    op.create_table(
        "drafts",
        *_step_of_run(),
        sa.Column("person", ID, nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("saved", TIME, nullable=False),
        sa.PrimaryKeyConstraint("alliance", "run", "step", "person", name=op.f("pk_drafts")),
        _belongs_to_run("drafts"),
    )
    op.create_table(
        "commitments",
        sa.Column("id", KEY, nullable=False),
        *_step_of_run(),
        sa.Column("person", ID, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("day", sa.Date),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.Column("made", TIME, nullable=False),
        sa.Column("settled", TIME),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint(
            "alliance",
            "run",
            "step",
            "person",
            name=op.f("uq_commitments_alliance_run_step_person"),
        ),
        _belongs_to_run("commitments"),
        sqlite_autoincrement=True,
    )
    for table in ("run_answers", "run_skips", "drafts", "commitments"):
        _index(table, "person", "alliance")


def _people_tables() -> None:
    op.create_table(
        "person_settings",
        sa.Column("alliance", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("at", sa.Time, nullable=False),
        sa.Column("quiet_start", sa.Time),
        sa.Column("quiet_end", sa.Time),
        sa.PrimaryKeyConstraint("alliance", "person", name=op.f("pk_person_settings")),
    )
    _index("person_settings", "person", "alliance")
    op.create_table(
        "organizations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("alliance", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("alliance", "id", name=op.f("uq_organizations_alliance_id")),
        sa.UniqueConstraint("alliance", "folded", name=op.f("uq_organizations_alliance_folded")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "affiliations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("alliance", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("organization", KEY, nullable=False),
        sa.Column("joined", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliations")),
        sa.UniqueConstraint(
            "alliance",
            "person",
            "organization",
            name=op.f("uq_affiliations_alliance_person_organization"),
        ),
        sa.ForeignKeyConstraint(
            ["alliance", "organization"],
            ["organizations.alliance", "organizations.id"],
            name=op.f("fk_affiliations_alliance_organization"),
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    _index("affiliations", "alliance", "organization")
    _index("affiliations", "person", "alliance")


def _step_of_run() -> tuple[sa.Column[int], sa.Column[int], sa.Column[str]]:
    return (
        sa.Column("alliance", ID, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
    )


def _belongs_to_run(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["alliance", "run"],
        ["runs.alliance", "runs.id"],
        name=op.f(f"fk_{table}_alliance_run"),
        ondelete="CASCADE",
    )


def _index(table: str, *columns: str, **options: Any) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), **options)
