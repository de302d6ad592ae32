"""Organizations are told apart by what can be seen of their names.

A name that looked like another one gets a number: who speaks for which stays as it was.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.core.markup import one_line
from bot.opportunities.rules.models import folded

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ORGANIZATIONS = sa.table(
    "organizations", sa.column("id"), sa.column("alliance"), sa.column("name"), sa.column("folded")
)
_ANSWERS = sa.table("opportunity_answers", sa.column("alliance"), sa.column("side"))


def upgrade() -> None:
    """Fold the names anew, and the sides of answers with them."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(_ORGANIZATIONS)).all()
    taken = {(row.alliance, row.folded) for row in rows}
    for row in rows:
        if folded(row.name) == row.folded:
            continue
        name = plain = one_line(row.name) or "?"
        number = 1
        while (row.alliance, folded(name)) in taken:
            number += 1
            name = f"{plain} ({number})"
        taken.add((row.alliance, folded(name)))
        connection.execute(
            sa.update(_ORGANIZATIONS)
            .where(_ORGANIZATIONS.c.id == row.id)
            .values(name=name, folded=folded(name))
        )
        connection.execute(
            sa.update(_ANSWERS)
            .where(
                _ANSWERS.c.alliance == row.alliance,
                _ANSWERS.c.side == f"organization {row.folded}",
            )
            .values(side=f"organization {folded(name)}")
        )
