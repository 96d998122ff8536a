"""What must always hold, and which settings are unsafe: each finding one sentence."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, text

from hub.awards import checks as awards
from hub.core import audit, schema, storage
from hub.core.db import db
from hub.core.storage import StoredFile
from hub.evidence import queries as evidence
from hub.fund import checks as fund
from hub.notifications import checks as notifications
from hub.plan import checks as plan
from hub.skills import checks as skills


def broken_data() -> list[str]:
    """Every invariant that does not hold in the current database, once it has the shape that the hub wants."""
    if schema.current() != schema.head():
        return [
            f"database: it is at revision {schema.current()}, the hub wants {schema.head()}: run python -m hub migrate"
        ]
    return broken_rows()


def broken_rows() -> list[str]:
    """Every invariant that does not hold, whatever revision the database says it is at."""
    found = [*_journal(), *_integrity(), *_files()]
    for broken in (fund.broken, skills.broken, awards.broken, notifications.broken, plan.broken):
        found += broken()
    found += evidence.unequal_totals()
    return found


def _journal() -> list[str]:
    broken_at = audit.first_broken()
    return [] if broken_at is None else [f"journal: row {broken_at} does not fit the chain"]


def _integrity() -> list[str]:
    if db.engine.dialect.name != "sqlite":
        return []
    faults = [row[0] for row in db.session.execute(text("PRAGMA quick_check")) if row[0] != "ok"]
    faults += [
        f"row {row[1]} of {row[0]} points to a {row[2]} that is not there"
        for row in db.session.execute(text("PRAGMA foreign_key_check"))
    ]
    return [f"database: {fault}" for fault in faults]


def _files() -> list[str]:
    rows = db.session.scalars(select(StoredFile).order_by(StoredFile.id)).all()
    return [f"files: number {row.id} is not in the files folder" for row in rows if not storage.path_of(row).exists()]


def unsafe_settings(config: Mapping[str, Any], *, deploy: bool) -> list[str]:
    """Settings that a production installation must not have."""
    found = []
    if len(str(config["SECRET_KEY"])) < 32 and not config["TESTING"]:
        found.append("settings: HUB_SECRET_KEY is shorter than 32 characters")
    if deploy:
        if not str(config["BASE_URL"]).startswith("https:"):
            found.append("settings: HUB_BASE_URL does not begin with https, so cookies travel unprotected")
        if str(config["MAIL_URL"]).startswith("folder:"):
            found.append("settings: HUB_MAIL_URL keeps mail in a folder, so nobody receives any")
        if config["DEBUG"]:
            found.append("settings: debugging is on")
        if not config["TRUSTED_HOSTS"] or "*" in config["TRUSTED_HOSTS"]:
            found.append("settings: any host name is trusted")
        if config["KIT_PAGES"]:
            found.append("settings: HUB_PRODUCTION is not set, so developers' pages are shown")
    return found
