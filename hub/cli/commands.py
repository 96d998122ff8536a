"""The commands of ``python -m hub``."""

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import ArgumentError, OperationalError

from hub import create_app
from hub.cli import backups, checks, demo, deployment, founding, ledger, serving, staff
from hub.core import audit, schema
from hub.core.db import writing
from hub.core.unit import unit_of_work
from hub.plan.importing import UnreadableFile, as_json, preview


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        """A database that is not there, or not named rightly, is one line, not a traceback."""
        try:
            return super().invoke(ctx)
        except schema.NewerVersion as fault:
            click.echo(str(fault), err=True)
            sys.exit(1)
        except (ArgumentError, OperationalError) as fault:
            reason = fault.orig if isinstance(fault, OperationalError) else fault
            click.echo(f"The database that DATABASE_URL names cannot be used: {str(reason).splitlines()[0]}", err=True)
            sys.exit(1)


@click.group(cls=_Commands)
def main() -> None:
    """The Technicians' Hub."""
    gc.freeze()  # what is loaded by now stays: looking through it again and again takes a fifth of all time
    gc.set_threshold(100_000, 20, 20)


@main.command()
@click.option("--host", default="127.0.0.1", envvar="HOST", show_default=True, show_envvar=True)
@click.option("--port", default=5000, envvar="PORT", type=click.IntRange(1, 65535), show_default=True, show_envvar=True)
def run(host: str, port: int) -> None:
    """Migrate the database, load the demo institution into an empty one, and serve."""
    serving.run(create_app(), host=host, port=port)


@main.command()
@click.option("--to", default="head", show_default=True, help="a revision, such as 0004")
def migrate(to: str) -> None:
    """Bring the database to the newest shape."""
    with create_app(serves=False).app_context():
        schema.upgrade(to)


@main.command(name="demo")
@click.option("--fresh", is_flag=True, help="empty the database first: everything in it is lost")
@click.option("--quiet", is_flag=True, help="do not say who can sign in")
@click.option("--people", default=300, show_default=True, help="how many technicians")
def demo_command(fresh: bool, quiet: bool, people: int) -> None:
    """Load the invented institution with two years of activity."""
    with create_app(serves=False).app_context():
        if fresh:
            demo.empty()
        schema.upgrade()
        if demo.is_there() and not fresh:
            click.echo("There is an institution already. Use --fresh to begin anew.")
            sys.exit(1)
        demo.load(people=people, tell=click.echo)
        if not quiet:
            click.echo(demo.sign_ins())


@main.command()
@click.argument("name")
@click.option("--short-name", required=True, help="as it stands in the header")
@click.option("--lead-name", required=True)
@click.option("--lead-email", required=True)
def institution(name: str, short_name: str, lead_name: str, lead_email: str) -> None:
    """Set up the institution NAME with its lead; the first one's lead administers the installation as well."""
    with create_app(serves=False).app_context():
        schema.upgrade()
        is_first = not demo.is_there()
        link = founding.found(
            name=name, short_name=short_name, lead_name=lead_name, lead_email=lead_email, administrator=is_first
        )
    click.echo(f"{lead_name} sets a password here, within seven days: {link}")


@main.command()
@click.option("--deploy", is_flag=True, help="also name settings that are unsafe in production")
def check(deploy: bool) -> None:
    """Check what must always hold: data, the journal's chain, settings. Exit status 1 if something does not."""
    app = create_app(serves=False)
    with app.app_context():
        found = checks.broken_data()
        if deploy or app.config["PRODUCTION"]:
            found += deployment.warnings()
    for problem in found:
        click.echo(problem)
    click.echo("Everything holds." if not found else f"{len(found)} to mend.")
    sys.exit(bool(found))


@main.command()
def seal() -> None:
    """Seal the journal's end with the key of today, if the key before it is lost: the journal says that you did."""
    with create_app(serves=False).app_context(), unit_of_work("journal.seal"):
        audit.seal_anew()


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path) -> None:
    """Write the database and the files into a new FOLDER, while the hub runs."""
    with create_app(serves=False).app_context():
        _copied(lambda: backups.write(folder))


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore(folder: Path) -> None:
    """Put a backup of SQLite and files into an installation that has none yet."""
    with create_app(serves=False).app_context():
        _copied(lambda: backups.read(folder))


def _copied(copy: Callable[[], str]) -> None:
    try:
        click.echo(copy())
    except backups.CannotCopy as reason:
        click.echo(str(reason), err=True)
        sys.exit(1)


main.add_command(ledger.evidence)
main.add_command(staff.staff)


@main.group()
def plan() -> None:
    """Action plans."""


@plan.command(name="preview")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "wants_json", is_flag=True, help="the whole preview as JSON")
def plan_preview(file: Path, wants_json: bool) -> None:
    """Show what the hub understands of a plan in FILE; nothing is stored."""
    try:
        found = as_json(preview(_content(file), file.name))
    except UnreadableFile as reason:
        click.echo(str(reason), err=True)
        sys.exit(2)
    if wants_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for action in found["actions"]:
        themes = ", ".join(action["themes"]) or "no theme"
        click.echo(f"{action['ref']:<4} {themes}: {action['objective'] or action['details']}")
    for warning in found["warnings"]:
        click.echo(f"Note: {warning}")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = f"{file.name} cannot be opened: {(error.strerror or 'unreadable').lower()}."
        raise UnreadableFile(reason) from None


@main.command()
def jobs() -> None:
    """Run the scheduler alone, for installations whose web processes do not."""
    app: Flask = create_app()
    with app.app_context(), writing():
        schema.upgrade()
    serving.schedule_only(app)
