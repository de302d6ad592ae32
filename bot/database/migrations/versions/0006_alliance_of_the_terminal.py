"""What was written at the terminal gets an alliance of its own.

It shared one with people on Discord who are in no alliance.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NO_ALLIANCE, TERMINAL, AT_TERMINAL = 0, 1, 0

# Whose a row is: of the person there, of a run or answer of theirs, or of the alliance as such,
# which nobody could do anything for elsewhere.
_OF_PERSON = "{} = :person"
_OF_RUN = "run IN (SELECT id FROM runs WHERE alliance = :new)"
_OF_ANSWER = "exchange IN (SELECT id FROM exchanges WHERE alliance = :new)"
_MOVED = {
    "runs": _OF_PERSON.format("owner"),
    "run_answers": _OF_RUN,
    "run_skips": _OF_RUN,
    "drafts": _OF_RUN,
    "commitments": _OF_RUN,
    "exchanges": _OF_PERSON.format("person"),
    "feedback": _OF_ANSWER,
    "notes": "1 = 1",
    "note_gaps": _OF_ANSWER,
    "opportunities": "1 = 1",
    "opportunity_answers": "1 = 1",
    "opportunity_forms": _OF_PERSON.format("person"),
    "digest_items": "1 = 1",
    "organizations": "1 = 1",
    "affiliations": "1 = 1",
    "partner_people": _OF_PERSON.format("person"),
    "person_settings": _OF_PERSON.format("person"),
    "outbox": "(person = :person OR (person IS NULL AND channel IS NULL))",
    "settings": "1 = 1",
}


def upgrade() -> None:
    """Move the rows, each table after those that its condition asks."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":  # keys are whole again once all are moved
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    names = {"old": NO_ALLIANCE, "new": TERMINAL, "person": AT_TERMINAL}

    def execute(statement: str) -> None:
        text = sa.text(statement)
        connection.execute(text, {name: names[name] for name in text.compile().params})

    execute(
        "INSERT INTO definitions (alliance, digest, title, definition)"
        " SELECT :new, digest, title, definition FROM definitions WHERE alliance = :old AND"
        " digest IN (SELECT digest FROM runs WHERE alliance = :old AND owner = :person)"
    )
    for table, condition in _MOVED.items():
        execute(f"UPDATE {table} SET alliance = :new WHERE alliance = :old AND {condition}")  # noqa: S608
    execute("DELETE FROM note_gaps WHERE alliance = :old")  # a note that is there no more
    execute(
        "DELETE FROM definitions WHERE alliance = :old AND"
        " digest NOT IN (SELECT digest FROM runs WHERE alliance = :old)"
    )
