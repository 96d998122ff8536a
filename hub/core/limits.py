"""How often something may be tried, counted in the database so that all processes count together."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import g, render_template, request, session
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from hub.core.clock import now
from hub.core.db import Base, db, pk
from hub.core.errors import Refusal
from hub.core.unit import bookkeeping
from hub.core.words import counted

FIVE_MINUTES = timedelta(minutes=5)


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
    _note(what, who)
    _refuse_more(what, who, most=most, within=within)


def _key(what: str, who: str) -> str:
    return hashlib.sha256(f"{what}|{who}".encode()).hexdigest()


def _note(what: str, who: str) -> None:
    db.session.add(Attempt(key=_key(what, who)))
    db.session.flush()


def _refuse_more(what: str, who: str, *, most: int, within: timedelta) -> None:
    mine = (Attempt.key == _key(what, who)) & (Attempt.at > now() - within)
    if (db.session.scalar(select(func.count()).select_from(Attempt).where(mine)) or 0) > most:
        minutes = max(1, int(within.total_seconds() // 60))
        raise TooManyTries(f"This was tried too often. Wait {counted(minutes, 'minute')} and try again.")


def limited(what: str, who: Callable[[], str], *, most: int, within: timedelta) -> Callable[[Any], Any]:
    """Count every POST to a view before anything else happens, so that a refused one counts too.

    Stands outside ``saves`` and ``allowed``. A try is saved before it is judged: no two processes overlook each other.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def counting(*args: Any, **kwargs: Any) -> Any:
            if request.method == "POST":
                try:
                    with bookkeeping():
                        _note(what, who())
                    g.pop("_login_user", None)  # whom somebody asked for before: what is saved is known no more
                    _refuse_more(what, who(), most=most, within=within)
                except TooManyTries as refusal:
                    wait = {"Retry-After": str(int(within.total_seconds()))}
                    return render_template("errors/429.html", reason=str(refusal), back=None), 429, wait
            return view(*args, **kwargs)

        counting.is_limited = True  # type: ignore[attr-defined]
        return counting

    return decorate


def this_session() -> str:
    """Whoever is signed in, without loading them: *who* of a limit stands before anybody is asked for."""
    return str(session.get("_user_id", ""))


def from_where() -> str:
    return request.remote_addr or ""


def forget(*, before: datetime) -> None:
    db.session.execute(delete(Attempt).where(Attempt.at < before))
