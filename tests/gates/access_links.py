"""Mailed links for the gate: only their hashes are kept, so none can be listed and each is made afresh."""

import secrets
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from hub.accounts import queries
from hub.accounts import services as accounts
from hub.accounts.models import Person, Purpose, Status
from hub.core.clock import now
from hub.core.db import db
from hub.fund.models import Application, StatementLink


def mailed_links() -> Iterator[tuple[str, int, str]]:
    """A fresh link of every purpose, for somebody who may use it: only its hash is kept, so none can be listed."""
    for purpose in Purpose:
        wanted = Status.INVITED if purpose == Purpose.INVITE else Status.ACTIVE
        chosen = db.session.scalars(select(Person.id).where(Person.status == wanted).order_by(Person.id)).first()
        person = queries.person(chosen or 0)
        yield accounts.make_link(person, purpose), person.institution_id, purpose


def statement_links() -> Iterator[tuple[str, int, str]]:
    """A fresh link for each application that waits for its manager."""
    waiting = select(Application).where(Application.stage == "awaiting_manager", Application.manager_id.is_not(None))
    for application in db.session.scalars(waiting.order_by(Application.id)):
        token = secrets.token_urlsafe(24)
        link = {"application_id": application.id, "manager_id": application.manager_id}
        db.session.add(StatementLink(**link, token_hash=queries.hashed(token), ends_at=now() + timedelta(days=1)))
        db.session.flush()
        yield token, application.institution_id, application.stage
