"""The staff list of the demonstration: one file that was stored, and one that waits for the lead’s decision."""

import csv
import io
from collections.abc import Iterable
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.accounts import queries as accounts
from hub.accounts.models import Institution, Person, Role, Status
from hub.core.clock import held, now, today
from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.workforce import queries, services

HEADINGS = [
    *("Staff ID", "Preferred name", "E-mail", "Job title", "Department", "Line manager number", "Technician"),
    *("Job family", "Grade", "HESA level", "SOC", "TERMS", "MOEMP", "FTE", "Contract start", "Contract end"),
    "Leaver date",
]
GRADES = (("Grade 4", "N0"), ("Grade 5", "M0"), ("Grade 6", "L0"), ("Grade 7", "K0"))
NEW = (("Elowen Hart", "Plasma laboratory technician"), ("Kofi Brannigan", "Workshop technician"))


def send_files(rng: Random) -> None:
    """As the last of all: first the list as it is, a week later one with joiners, a leaver and somebody who lacks."""
    institution = db.session.scalars(select(Institution).order_by(Institution.id)).all()[-1]
    rows = _rows(institution.id, rng)
    with held(now() - timedelta(days=7)):
        _send(institution.id, rows)
        _confirm(institution.id)
    _send(institution.id, _a_week_later(rows))


def _rows(institution_id: int, rng: Random) -> list[dict[str, str]]:
    here = db.session.scalars(
        select(Person)
        .options(joinedload(Person.unit), joinedload(Person.manager))
        .where(Person.institution_id == institution_id, Person.status == Status.ACTIVE)
        .order_by(Person.id)
    ).all()
    managers = {p.manager_id for p in here}
    numbers = {p.id: p.staff_id or f"M{10_000 + p.id}" for p in here if p.staff_id or p.id in managers}
    return [_row(person, numbers, rng) for person in here if person.id in numbers]


def _row(person: Person, numbers: dict[int, str], rng: Random) -> dict[str, str]:
    grade, level = rng.choice(GRADES) if person.is_technician else ("Grade 8", "J0")
    is_part_time, is_fixed = rng.random() < 0.25, rng.random() < 0.2
    return {
        "Staff ID": numbers[person.id],
        "Preferred name": person.name,
        "E-mail": person.email,
        "Job title": person.job_title,
        "Department": person.unit.name if person.unit else "",
        "Line manager number": numbers.get(person.manager_id or 0, ""),
        "Technician": "Yes" if person.is_technician else "No",
        "Job family": "Technical services",
        "Grade": grade,
        "HESA level": level,
        "SOC": "311",
        "TERMS": "2" if is_fixed else "1",
        "MOEMP": "3" if is_part_time else "1",
        "FTE": "0.6" if is_part_time else "1",
        "Contract start": f"{today() - timedelta(days=rng.randint(200, 4000)):%d/%m/%Y}",
        "Contract end": f"{today() + timedelta(days=rng.randint(90, 700)):%d/%m/%Y}" if is_fixed else "",
    }


def _a_week_later(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    changed = [dict(one) for one in rows[:-1]]  # the last one is missing
    technicians = [one for one in changed if one["Technician"] == "Yes"]
    technicians[0]["Job title"] = f"Senior {technicians[0]['Job title'].lower()}"
    technicians[1]["Leaver date"] = f"{today():%d/%m/%Y}"
    for number, (name, title) in enumerate(NEW, start=1):
        domain = technicians[0]["E-mail"].partition("@")[2]
        own = {
            "Staff ID": f"B{20_000 + number}",
            "Preferred name": name,
            "E-mail": f"{name.lower().replace(' ', '.')}@{domain}",
            "Job title": title,
            "Department": "Plasma Research Centre" if number == 1 else technicians[2]["Department"],
        }
        changed.append(technicians[2] | own)
    return changed


def _send(institution_id: int, rows: Iterable[dict[str, Any]]) -> None:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, HEADINGS)
    writer.writeheader()
    writer.writerows(rows)
    lead = _lead(institution_id)
    with unit_of_work("demo.workforce", actor=lead):
        services.send(file.getvalue().encode(), f"staff-{today()}.csv", actor=_lead(institution_id))
    services.work()


def _confirm(institution_id: int) -> None:
    with unit_of_work("demo.workforce", actor=_lead(institution_id)):
        (read,) = queries.undecided(institution_id)
        services.confirm(read, missing_leave=False, has_looked=False, actor=_lead(institution_id))
    services.work()


def _lead(institution_id: int) -> Person:
    return accounts.person(accounts.holders(institution_id, Role.LEAD)[0].id)
