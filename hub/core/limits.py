"""How often something may be tried, counted in the database so that all processes count together."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.db import Base, db, pk
from hub.core.errors import Refusal


class Attempt(Base):
    """One try at something limited, kept for as long as it counts. The key is a hash: no addresses are stored."""

    __tablename__ = "attempt"

    id: Mapped[pk]
    key: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)


class TooManyTries(Refusal):
    """This was tried too often just now."""


def count(what: str, who: str, *, most: int, within: timedelta) -> None:
    """Note one more try of *what* by *who*.

    :raises TooManyTries: if there were already *most* within the time
    """
    key = hashlib.sha256(f"{what}|{who}".encode()).hexdigest()
    since = now() - within
    tries = (
        db.session.scalar(select(func.count()).select_from(Attempt).where(Attempt.key == key, Attempt.at > since)) or 0
    )
    if tries >= most:
        minutes = max(1, int(within.total_seconds() // 60))
        raise TooManyTries(f"This was tried too often. Wait {minutes} minutes and try again.")
    db.session.add(Attempt(key=key))
    db.session.flush()


def forget(*, before: datetime) -> None:
    db.session.execute(delete(Attempt).where(Attempt.at < before))
