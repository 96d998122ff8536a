"""What must always hold of people and their sessions."""

from sqlalchemy import select

from hub.accounts.models import Person, SignIn, Status
from hub.core.db import db
from hub.core.invariants import Invariants


def _signed_in_and_shut_out() -> list[str]:
    ids = db.session.scalars(
        select(SignIn.id).join(SignIn.person).where(Person.status != Status.ACTIVE).order_by(SignIn.id)
    )
    return [f"session {one} is of somebody who may not sign in" for one in ids]


def _left_without_a_day() -> list[str]:
    left = Person.status == Status.LEFT
    ids = db.session.scalars(select(Person.id).where(left != Person.left_on.is_not(None)).order_by(Person.id))
    return [f"person {one} has left without a day, or has a day and has not left" for one in ids]


INVARIANTS: Invariants = {
    "accounts.only-the-active-are-signed-in": _signed_in_and_shut_out,
    "accounts.left-on-a-day": _left_without_a_day,
}
