"""The database's shape: bringing it up to date, and knowing whether it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from hub.core.db import db

MIGRATIONS = Path(__file__).parents[2] / "migrations"


class NewerVersion(Exception):
    """The database was brought to a shape that this hub does not know; the message says what to do."""


def config() -> Config:
    configured = Config()
    configured.set_main_option("script_location", str(MIGRATIONS))
    return configured


def upgrade(to: str = "head") -> None:
    """Migrate the current database up to *to*. SQLite rolls a failed migration back whole; so does PostgreSQL.

    :raises NewerVersion: if a newer version of the hub has been here
    """
    if revision := unknown():
        raise NewerVersion(
            f"The database is at revision {revision}, which a newer version of the hub made: "
            "run that version, or restore a backup."
        )
    command.upgrade(config(), to)


def downgrade(to: str) -> None:
    command.downgrade(config(), to)


def head() -> str:
    return scripts().get_current_head() or ""


def scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())


def unknown() -> str | None:
    """The revision of the current database, if no migration of this version makes it."""
    revision = current()
    return None if revision in {None, *(script.revision for script in scripts().walk_revisions())} else revision


def current() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def differences() -> list[object]:
    """What autogenerate would still change: empty when the migrations and the models agree."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 -- slow import

    with db.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), db.metadata))
