"""What the fund does by itself at night, a piece at a time."""

from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.fund import queries, services


def let_go() -> None:
    """Make anonymous what was kept long enough: whatever ends it, the next night goes on where it was."""
    while queries.is_anything_due():
        with unit_of_work("fund.let_go"):
            services.let_go_of_some()
    db.session.rollback()  # nothing stays open between jobs
