"""Alembic's entry: runs the migrations on the connection and transaction handed in."""

from alembic import context

from tracker.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
)
context.run_migrations()
