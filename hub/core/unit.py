"""The unit of work: one transaction, one journal row, and no deed done twice."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from hub.core import audit
from hub.core.clock import now
from hub.core.db import Base, db, pk, writing

log = logging.getLogger(__name__)


class Submission(Base):
    """A form that was sent and done: the same form sent again finds the first answer here."""

    __tablename__ = "submission"

    id: Mapped[pk]
    token: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None]
    location: Mapped[str | None]  # where the first answer sent its reader
    at: Mapped[datetime] = mapped_column(default=now, index=True)


class AlreadyDone(Exception):
    """This very form was sent before. ``location`` is where its first answer led."""

    def __init__(self, location: str | None) -> None:
        super().__init__(location)
        self.location = location


@contextmanager
def unit_of_work(name: str, *, actor: Any = None, subject: Any = None) -> Iterator[audit.Deed]:
    """Everything inside is saved together with its journal row, or not at all.

    For whatever has no browser: jobs, commands, the demo. Requests use ``web.saves``.
    """
    with writing(), audit.deed(name, actor=actor, subject=subject) as doing:
        try:
            yield doing
            db.session.flush()
            audit.write(doing)
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


@contextmanager
def bookkeeping() -> Iterator[None]:
    """A short transaction of its own for what is no deed: counting tries, noting that a session or a job is alive."""
    with writing():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


def claim(token: str, *, person_id: int | None) -> Submission:
    """Take *token* for this transaction; whoever comes second with it waits and is told.

    :raises AlreadyDone: if the form behind it was already dealt with
    """
    done = db.session.scalars(select(Submission).where(Submission.token == token)).one_or_none()
    if done is not None:
        raise AlreadyDone(done.location if done.person_id == person_id else None)
    submission = Submission(token=token, person_id=person_id)
    db.session.add(submission)
    db.session.flush()
    return submission
