"""The commands of the evidence ledger."""

import sys

import click
from sqlalchemy.exc import NoResultFound

from hub import create_app
from hub.accounts import queries as accounts
from hub.core import schema
from hub.core.unit import unit_of_work
from hub.core.words import counted
from hub.evidence import queries, services


@click.group()
def evidence() -> None:
    """The evidence ledger."""


@evidence.command()
@click.option(
    "--check", "only_check", is_flag=True, help="say what does not agree; exit status 1 if something does not"
)
@click.option("--institution", "slug", default="", help="one alone, by its part of the public address")
def rebuild(only_check: bool, slug: str) -> None:
    """Make the ledger say what the features' own tables say: all of it, or nothing if something goes wrong."""
    with create_app(serves=False).app_context():
        schema.upgrade()
        try:
            institution_id = accounts.institution_by_slug(slug).id if slug else None
        except NoResultFound:
            click.echo(f"There is no institution called {slug}.", err=True)
            sys.exit(2)
        found = _wrong(institution_id) if only_check else _mended(institution_id)
    if not found:
        click.echo("The ledger says what its sources say.")
    elif only_check:
        click.echo(f"{counted(found, 'thing')} to mend: run python -m hub evidence rebuild")
    else:
        click.echo(f"{counted(found, 'thing')} mended.")
    sys.exit(bool(found and only_check))


def _wrong(institution_id: int | None) -> int:
    found = [str(one) for one in services.differences(institution_id)] + queries.unequal_totals()
    for words in found:
        click.echo(words)
    return len(found)


def _mended(institution_id: int | None) -> int:
    with unit_of_work("evidence.rebuild"):
        return services.rebuild(institution_id, tell=click.echo)
