"""Who administers or leads leaves a trace where they read what is somebody else's: one journal row, after the answer.

Nobody has to remember it: a page is about somebody if its object, or the rows of its list, lead to a person.
"""

import logging
from typing import Any

from flask import Response, g, request
from flask_login import current_user
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from hub.accounts.models import Person
from hub.core import audit
from hub.core.audit import Deed
from hub.core.db import db
from hub.core.unit import bookkeeping

log = logging.getLogger(__name__)


def notice(response: Response) -> Response:
    """See whether the answer shows something of somebody else to a person whose reading is journaled."""
    subject, is_file = g.get("opened"), "attachment" in response.headers.get("Content-Disposition", "")
    is_read = request.method == "GET" and response.status_code == 200
    is_about_rows = subject is not None or is_file or "listed" in g  # a stylesheet is no reason to ask who is there
    if not (is_read and is_about_rows and current_user.is_authenticated):
        return response
    if _leaves_trace(current_user, subject, is_file=is_file):
        name = f"read {request.endpoint}{' as a file' if is_file else ''}"
        g.reading = Deed(name, current_user.id, current_user.institution_id, audit.named(subject))
    return response


def _leaves_trace(reader: Person, subject: Any, *, is_file: bool) -> bool:
    if is_file and reader.leads:
        return True
    return reader.is_administrator and (is_of_somebody_else(subject, reader) or _lists_people())


def is_of_somebody_else(subject: Any, reader: Person) -> bool:
    """Whether *subject* is a person other than *reader*, or leads to one."""
    if isinstance(subject, Person):
        return subject.id != reader.id
    return any(getattr(subject, name) not in {None, reader.id} for name in person_columns(type(subject)))


def _lists_people() -> bool:
    listed = g.get("listed")
    entities = [column["entity"] for column in listed.column_descriptions] if listed is not None else []
    models = [inspect(entity).mapper.class_ for entity in entities if entity is not None]
    return any(model is Person or person_columns(model) for model in models)


def person_columns(model: type) -> tuple[str, ...]:
    """The attributes of *model* that hold a person's id."""
    mapper: Any = inspect(model, raiseerr=False)
    found = mapper.column_attrs if mapper is not None else ()
    return tuple(a.key for a in found if any(key.references(Person.__table__) for key in a.columns[0].foreign_keys))


def write(_error: BaseException | None) -> None:
    """After the answer: whoever waited for it does not wait for the journal."""
    reading = g.pop("reading", None)
    g.pop("opened", None)
    g.pop("listed", None)
    if reading is not None:
        db.session.rollback()
        try:
            with bookkeeping():
                audit.write(reading)
        except OperationalError:
            log.exception("not in the journal: person %s %s %s", reading.actor_id, reading.name, reading.subject)
