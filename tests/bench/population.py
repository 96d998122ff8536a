"""An invented institution of any size, in a database of its own: people, skills, evidence and a published plan."""

import atexit
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text
from sqlalchemy.orm import joinedload

import hub.directory.services as directory
from config import TestConfig
from hub import create_app
from hub.accounts import services as accounts
from hub.accounts.models import Institution, Person, Role, UnitKind
from hub.core.db import db, writing
from hub.directory.models import Level, PersonSkill, Skill
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry, EntryPerson
from hub.plan import services as planning
from hub.plan.importing import as_json, preview
from hub.plan.measures import Definition, counts
from hub.plan.models import Action, Counting, Indicator, Period, Placement, PlacementState, PlanImport
from tests.bench.importing import ACTIONS, plan_document
from tests.support.databases import empty_database

FIRST = ("Ada", "Bola", "Carys", "Dinesh", "Eilidh", "Farah", "Gwen", "Hamish", "Ines", "Jonah", "Kofi", "Lena", "Mair")
LAST = ("Achebe", "Bevan", "Clarke", "Drummond", "Evans", "Farouk", "Gill", "Hughes", "Iqbal", "Jones", "Kaur", "Lloyd")
JOBS = ("Workshop technician", "Laboratory manager", "Imaging specialist", "Theatre technician", "Glassblower")
UNITS = 12
SKILLS_EACH = 3
ENTRIES_EACH = 3
FIRST_DAY = date(2024, 1, 1)
_AT_ONCE = 20_000


@dataclass(frozen=True)
class Installation:
    """An application with its lead signed in and a plan published."""

    app: Flask
    token: str
    institution_id: int
    plan_id: int

    @property
    def address(self) -> str:
        """Where the database lies."""
        return self.app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")

    def bare(self) -> sqlite3.Connection:
        """The same database without anything of ours in between."""
        return sqlite3.connect(self.address)


@cache
def institution_of(people: int, actions: int = ACTIONS, entries: int = 0, kind: str = "sqlite") -> Installation:
    """The hub of so many technicians, with a plan of *actions* and a ledger of *entries*, or of what is usual for so
    many; made once a run."""
    folder = tempfile.TemporaryDirectory(prefix="hub-bench-")
    atexit.register(folder.cleanup)
    database = empty_database(kind, Path(folder.name), f"bench_{people}_{actions}")
    address = database.__enter__()
    atexit.register(database.__exit__, None, None, None)
    app = create_app(type("Settings", (TestConfig,), {"SQLALCHEMY_DATABASE_URI": address, "VAR": Path(folder.name)}))
    with app.app_context(), writing():
        db.create_all()
        made = _installation(app, people, actions, entries or people * ENTRIES_EACH)
        db.session.commit()
        db.session.execute(text("ANALYZE"))
        db.session.commit()
    return made


@cache
def measured_by_many(people: int, indicators: int) -> tuple[Installation, Callable[[date], object]]:
    """The same with so many indicators of kinds and months, and what counts them all on a day."""
    hub = institution_of(people)
    with hub.app.app_context(), writing():
        action = db.session.scalars(select(Action).where(Action.plan_id == hub.plan_id).limit(1)).one()
        lead = db.session.scalars(select(Person).where(Person.email == "lead@ashby.example")).one()
        ids = []
        for n in range(indicators):
            asked = Definition(Counting.ENTRIES, (list(KINDS)[n % len(KINDS)],), period=Period.PLAN)
            ids.append(planning.add_indicator(action, actor=lead, text="Many", definition=asked).id)
        db.session.commit()

    def count(on: date) -> object:
        found = select(Indicator).options(joinedload(Indicator.action).joinedload(Action.plan))
        return counts(db.session.scalars(found.where(Indicator.id.in_(ids))).all(), on)

    return hub, count


def _installation(app: Flask, people: int, actions: int, entries: int) -> Installation:
    institution = accounts.add_institution(name="University of Ashby", short_name="Ashby", email_domain="ashby.example")
    lead = accounts.add_person(institution, name="Morag Lead", email="lead@ashby.example", is_technician=False)
    accounts.grant(lead, Role.LEAD, actor=None)
    _add_technicians(institution, people)
    plan_id = _published_plan(lead, actions)
    _add_evidence(institution, entries, plan_id)
    return Installation(app, accounts.open_session(lead), institution.id, plan_id)


def _add_technicians(institution: Institution, people: int) -> None:
    units = [accounts.add_unit(institution, name=f"Unit {n + 1}", kind=UnitKind.DEPARTMENT).id for n in range(UNITS)]
    directory.load_vocabulary(institution)
    skills = db.session.scalars(select(Skill.id).order_by(Skill.id)).all()
    _add(Person, (_person(n, institution.id, units[n % UNITS]) for n in range(people)))
    _add(
        PersonSkill, (_skill(n, person_id, skills, institution.id) for person_id in _ids() for n in range(SKILLS_EACH))
    )
    directory.reindex_all(institution.id)


def _ids() -> list[int]:
    return list(db.session.scalars(select(Person.id).where(Person.is_technician).order_by(Person.id)))


def _published_plan(lead: Person, actions: int) -> int:
    read = PlanImport(
        institution_id=lead.institution_id,
        owner_id=lead.id,
        file_name="plan.docx",
        preview=as_json(preview(plan_document(actions), "plan.docx")),
    )
    db.session.add(read)
    db.session.flush()
    plan = planning.store_import(read, actor=lead, name="2026 to 2029", starts_on=FIRST_DAY, ends_on=date(2029, 8, 31))
    for move in ("approve", "publish"):
        planning.make_move(plan, move, actor=lead)
    return plan.id


def _add_evidence(institution: Institution, n_entries: int, plan_id: int) -> None:
    ids = _ids()
    _add(Entry, (_entry(n, institution.id) for n in range(n_entries)))
    entries = db.session.scalars(select(Entry.id).order_by(Entry.id)).all()
    actions = db.session.scalars(select(Action.id).where(Action.plan_id == plan_id).order_by(Action.id)).all()
    _add(EntryPerson, ({"entry_id": e, "person_id": ids[n % len(ids)]} for n, e in enumerate(entries)))
    _add(Placement, (_placement(e, actions[n % len(actions)], institution.id) for n, e in enumerate(entries)))
    month = _MONTH[db.engine.dialect.name]
    for statement in _ROLL_UP:
        db.session.execute(text(statement.format(month=month)))


def _add(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, _AT_ONCE)):
        db.session.execute(insert(model), some)


def _person(n: int, institution_id: int, unit_id: int) -> dict[str, Any]:
    return {
        "institution_id": institution_id,
        "unit_id": unit_id,
        "staff_id": f"S{n:07}",
        "email": f"p{n}@ashby.example",
        "name": f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST) % len(LAST)]}",
        "slug": f"p-{n:07}",
        "job_title": JOBS[n % len(JOBS)],
    }


def _skill(n: int, person_id: int, skills: Any, institution_id: int) -> dict[str, Any]:
    return {
        "institution_id": institution_id,
        "person_id": person_id,
        "skill_id": skills[(person_id * 7 + n * (len(skills) // SKILLS_EACH)) % len(skills)],
        "level": list(Level)[(person_id + n) % len(Level)],
    }


def _entry(n: int, institution_id: int) -> dict[str, Any]:
    kind = list(KINDS)[n % len(KINDS)]
    return {
        "institution_id": institution_id,
        "kind": kind,
        "source_id": n,
        "theme": KINDS[kind].theme,
        "words": f"Something worth counting happened, number {n}",
        "quantity": 1 + n % 40,
        "people": 1,
        "happened_on": FIRST_DAY + timedelta(days=n % 1_000),
    }


def _placement(entry_id: int, action_id: int, institution_id: int) -> dict[str, Any]:
    return {
        "institution_id": institution_id,
        "entry_id": entry_id,
        "action_id": action_id,
        "state": PlacementState.ACCEPTED,
    }


_MONTH = {"sqlite": "strftime('%Y-%m-01', happened_on)", "postgresql": "date_trunc('month', happened_on)::date"}
_ROLL_UP = (
    """INSERT INTO evidence_total (institution_id, kind, theme, month, n, quantity)
    SELECT institution_id, kind, theme, {month}, count(*), sum(quantity)
    FROM evidence_entry GROUP BY 1, 2, 3, 4""",
    """INSERT INTO evidence_reached (institution_id, kind, person_id)
    SELECT DISTINCT e.institution_id, e.kind, p.person_id
    FROM evidence_entry e JOIN evidence_entry_person p ON p.entry_id = e.id""",
    """INSERT INTO evidence_reach (institution_id, kind, people)
    SELECT institution_id, kind, count(*) FROM evidence_reached GROUP BY 1, 2""",
    """UPDATE plan_action SET accepted = (SELECT count(*) FROM plan_placement p WHERE p.action_id = plan_action.id)""",
)
