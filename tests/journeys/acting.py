"""What the story's people have and do: the plan on paper, who they are, and the deeds that take several pages."""

import io
import re
from dataclasses import dataclass
from datetime import date

import docx

from hub.accounts.models import Institution, Person, UnitKind
from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db
from hub.directory import services as directory
from hub.evidence.models import Entry
from tests import factories

HEADINGS = ("Theme", "Objective", "Details", "How impact will be evidenced (projected dates)")
CAREERS = "Career Develop ment"  # as narrow columns of word processors leave it


def rows_of_plan(year: int) -> list[tuple[str, str, str, str]]:
    """Seven promises, the first of them to be kept in *year*: impact and dates are prose."""
    return [
        ("Visibility", "A steering group of technicians", "Every faculty sends two.",
         f"Terms of reference agreed (October {year}). Minutes of meetings, from November {year}."),
        ("", "A directory of what technicians can do", "Profiles that their owners have checked.",
         f"Profiles online (December {year})"),
        ("Recognition", "Help technical staff to become professionally registered", "Mentors, drafts, fees paid back.",
         f"Number of staff registered. Projection of 3 by Aug {year + 1}, 6 by Aug {year + 2}."),
        ("", "Celebrate technicians every year", "Nominations by colleagues and an evening of awards.",
         f"First awards given (July {year + 1})"),
        (CAREERS, "A development fund for technical staff", "Two rounds a year, judged by a panel.",
         f"First awards made (June {year + 1})"),
        ("", "Explain the career pathway", "A page and three talks.", f"Slides of the talks (from Feb {year + 1})"),
        ("Sustainability", "Skills shared before they leave", "Demonstrations by those who know how.",
         f"Testimonials from those who took part (from March {year + 1})"),
    ]  # fmt: skip


def plan_on_paper(year: int, owner: str = "") -> bytes:
    """The plan as a Word file: a table whose theme cells are merged over their rows, with a column for an *owner*."""
    document = docx.Document()
    document.add_heading("Technician Commitment: our action plan", 1)
    rows = [HEADINGS, *rows_of_plan(year)]
    if owner:
        rows = [(*row, owner if n else "Owner") for n, row in enumerate(rows)]
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    themed = [n for n, row in enumerate(rows) if row[0]]
    for first, following in zip(themed[1:], [*themed[2:], len(rows)], strict=True):
        if following - first > 1:
            theme = table.cell(first, 0).merge(table.cell(following - 1, 0))
            theme.text = rows[first][0]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@dataclass
class Cast:
    """Everybody in the story, by their part in it."""

    place: Institution
    lead: Person
    kasia: Person  # a technician who knows much
    owen: Person  # one who learns, applies and registers
    head: Person  # Kasia's line manager
    boss: Person  # Owen's line manager, who also sits on the panel
    chair: Person
    member: Person


def cast(day: date) -> Cast:
    with clock.held(at_london(day, 8)):
        place = factories.institution(
            name="University of Wherrymouth",
            short_name="Wherrymouth",
            phase=1,
            signed_on=date(day.year - 8, 5, 1),
        )
        directory.load_vocabulary(place)
        lead = factories.lead(place, name="Rosalind Achterberg")
        team = factories.unit(place, name="Imaging", kind=UnitKind.TEAM)
        boss = factories.person(place, name="Tomasz Brandt", is_technician=False)
        head = factories.person(place, name="Priya Nair", is_technician=False)
        return Cast(
            place=place,
            lead=lead,
            kasia=factories.person(place, name="Kasia Wolska", job_title="Senior technician", manager=head),
            owen=factories.person(place, name="Owen Pryce", unit=team, manager=boss),
            head=head,
            boss=boss,
            chair=factories.person(place, name="Ines Duarte"),
            member=factories.person(place, name="Femi Alabi"),
        )


def on(day: date, hour: int = 10, minute: int = 0):
    return clock.held(at_london(day, hour, minute))


def words(html) -> str:
    return " ".join(html.select_one("main").get_text(" ").split())


def number_in(path: str) -> int:
    """The last number of an address."""
    return int(re.findall(r"/(\d+)", path)[-1])


def ledger() -> dict[str, int]:
    """How many pieces of evidence of each kind there are."""
    kinds = [e.kind for e in db.session.query(Entry)]
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def only(model):
    db.session.expire_all()
    return db.session.query(model).one()
