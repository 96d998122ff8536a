"""Runs the migrations on the application's own database, all that are wanted or none, one process at a time."""

from alembic import context

from hub.core.db import Base, db, writing


def run() -> None:
    with writing(), db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # one at a time, as BEGIN IMMEDIATE makes it on SQLite
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(2017)")
        context.configure(  # what is there already is read only now, behind whoever was here first
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_server_default=False,
        )
        context.run_migrations()


run()
