"""Run by alembic: revisions go over the connection that the caller began a transaction on."""

from __future__ import annotations

from alembic import context

from bot.database.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
