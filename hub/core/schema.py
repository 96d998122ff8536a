"""The database's shape: bringing it up to date, and knowing whether it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from hub.core.db import db

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def config() -> Config:
    configured = Config()
    configured.set_main_option("script_location", str(MIGRATIONS))
    return configured


def upgrade(to: str = "head") -> None:
    """Migrate the current database up to *to*. SQLite rolls a failed migration back whole; so does PostgreSQL."""
    command.upgrade(config(), to)


def downgrade(to: str) -> None:
    command.downgrade(config(), to)


def head() -> str:
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def current() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def differences() -> list[object]:
    """What autogenerate would still change: empty when the migrations and the models agree."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 -- slow import

    with db.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), db.metadata))
