"""Runs the migrations on the application's own database, each one whole or not at all."""

from alembic import context
from flask import current_app

from hub.core.db import Base, db, writing


def run() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        _on(given)
        return
    with writing(), db.engine.connect() as connection:
        _on(connection)


def _on(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_server_default=False,
        **current_app.extensions["migrate"].configure_args if "migrate" in current_app.extensions else {},
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":  # one at a time, as BEGIN IMMEDIATE makes it on SQLite
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(2017)")
        context.run_migrations()
    connection.commit()


run()
