"""The commands of the staff list: for nightly feeds, and for the process that works on files."""

import sys
from pathlib import Path

import click
from sqlalchemy.exc import NoResultFound

from hub import create_app
from hub.accounts import queries as accounts
from hub.core import schema
from hub.core.errors import Refusal
from hub.core.words import counted
from hub.workforce import services
from hub.workforce.reading.records import Problem


@click.group()
def staff() -> None:
    """The staff list."""


@staff.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="say what would change; nothing is stored")
@click.option("--missing-leave", is_flag=True, help="whoever is not in the file has left: one in ten at most")
@click.option("--institution", "slug", default="", help="its part of the public address, if there are several")
def staff_import(file: Path, dry_run: bool, missing_leave: bool, slug: str) -> None:
    """Bring the staff list up to date with FILE; all of it, or nothing if something in it is wrong."""
    with create_app(serves=False).app_context():
        schema.upgrade()
        try:
            fed = services.feed(
                _institution(slug), file.read_bytes(), file.name, only_look=dry_run, missing_leave=missing_leave
            )
        except Refusal as refusal:
            click.echo(str(refusal), err=True)
            sys.exit(2)
    _tell(fed)
    sys.exit(bool(fed.found.wrong))


def _institution(slug: str) -> int:
    try:
        only = accounts.institution_by_slug(slug) if slug else accounts.only_institution()
    except NoResultFound:
        only = None
    if only is None:
        raise Refusal("Name one institution with --institution: the part of its public address.")
    return only.id


def _tell(fed: services.Fed) -> None:
    found = fed.found
    for problem in (*found.errors, *found.notes):
        click.echo(_line(problem))
    if found.wrong:
        click.echo(f"{counted(found.wrong, 'thing')} to put right: nothing is stored.")
        return
    counts = found.counts
    click.echo(
        f"{counted(counts['rows'], 'row')}: {counts['joins']:,} join, {counts['changes']:,} change, "
        f"{counts['leaves']:,} leave, {counts['missing']:,} are not in the file."
    )
    click.echo("Stored." if fed.is_stored else "Nothing is stored.")


def _line(problem: Problem) -> str:
    """Numbers, columns and what is wrong; no names, as such lines end in logs."""
    where = f"row {problem.row:,}" if problem.row else "no row"
    such_as = f" Such as: {problem.example}." if problem.example else ""
    return f"{where}, {problem.column or 'person'}: {problem.what}{such_as}"


@staff.command()
def work() -> None:
    """Work on the files that wait; the scheduler starts this."""
    with create_app(serves=False).app_context():
        services.work()
