"""An invented institution of any size, written straight into a database of its own: the benchmark's people."""

import atexit
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, text

from config import TestConfig
from hub import create_app
from hub.accounts import services
from hub.accounts.models import Person, Role, UnitKind
from hub.core.db import db, writing
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry, EntryPerson

FIRST = ("Ada", "Bola", "Carys", "Dinesh", "Eilidh", "Farah", "Gwen", "Hamish", "Ines", "Jonah", "Kofi", "Lena", "Mair")
LAST = ("Achebe", "Bevan", "Clarke", "Drummond", "Evans", "Farouk", "Gill", "Hughes", "Iqbal", "Jones", "Kaur", "Lloyd")
JOBS = ("Workshop technician", "Laboratory manager", "Imaging specialist", "Theatre technician", "Glassblower")
UNITS = 12
ENTRIES_EACH = 3
FIRST_DAY = date(2024, 1, 1)
_AT_ONCE = 20_000


@cache
def institution_of(people: int) -> Flask:
    """An application whose one institution has *people* technicians and three entries of evidence for each."""
    folder = tempfile.TemporaryDirectory(prefix="hub-bench-")
    atexit.register(folder.cleanup)
    address = f"sqlite:///{Path(folder.name) / 'hub.sqlite3'}"
    app = create_app(type("Settings", (TestConfig,), {"SQLALCHEMY_DATABASE_URI": address, "VAR": Path(folder.name)}))
    with app.app_context(), writing():
        db.create_all()
        _populate(people)
        db.session.commit()
        db.session.execute(text("ANALYZE"))
    return app


def bare_connection(app: Flask) -> sqlite3.Connection:
    """The same database without anything of ours in between."""
    return sqlite3.connect(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))


def _populate(people: int) -> None:
    institution = services.add_institution(name="University of Ashby", short_name="Ashby", email_domain="ashby.example")
    units = [
        services.add_unit(institution, name=f"Department {n + 1}", kind=UnitKind.DEPARTMENT).id for n in range(UNITS)
    ]
    lead = services.add_person(institution, name="Morag Lead", email="lead@ashby.example", unit=None)
    services.grant(lead, Role.LEAD, actor=None)
    _add(Person, (_person(n, institution.id, units[n % UNITS]) for n in range(people)))
    ids = list(db.session.scalars(text("SELECT id FROM person WHERE staff_id IS NOT NULL ORDER BY id")))
    _add(Entry, (_entry(n, institution.id, units[n % UNITS]) for n in range(people * ENTRIES_EACH)))
    entries = list(db.session.scalars(text("SELECT id FROM evidence_entry ORDER BY id")))
    _add(EntryPerson, ({"entry_id": e, "person_id": ids[n % people]} for n, e in enumerate(entries)))
    for statement in _ROLL_UP:
        db.session.execute(text(statement))


def _add(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, _AT_ONCE)):
        db.session.execute(insert(model), some)


def _person(n: int, institution_id: int, unit_id: int) -> dict[str, Any]:
    name = f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST) % len(LAST)]}"
    return {
        "institution_id": institution_id,
        "unit_id": unit_id,
        "staff_id": f"S{n:07}",
        "email": f"p{n}@ashby.example",
        "name": name,
        "slug": f"p-{n:07}",
        "job_title": JOBS[n % len(JOBS)],
    }


def _entry(n: int, institution_id: int, unit_id: int) -> dict[str, Any]:
    kind = list(KINDS)[n % len(KINDS)]
    return {
        "institution_id": institution_id,
        "kind": kind,
        "source_id": n,
        "theme": KINDS[kind].theme,
        "title": f"Something worth counting happened, number {n}",
        "quantity": 1 + n % 40,
        "people": 1,
        "unit_id": unit_id,
        "happened_on": FIRST_DAY + timedelta(days=n % 1_000),
    }


_ROLL_UP = (
    """INSERT INTO evidence_total (institution_id, kind, theme, month, n, quantity)
    SELECT institution_id, kind, theme, strftime('%Y-%m-01', happened_on), count(*), sum(quantity)
    FROM evidence_entry GROUP BY 1, 2, 3, 4""",
    """INSERT INTO evidence_reached (institution_id, kind, person_id)
    SELECT DISTINCT e.institution_id, e.kind, p.person_id
    FROM evidence_entry e JOIN evidence_entry_person p ON p.entry_id = e.id""",
)
