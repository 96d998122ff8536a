"""The report of a month as plain data, the same for PDF and Word, and both of them."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hub.accounts.models import Institution
from hub.core import word
from hub.core.clock import london, today
from hub.core.db import db
from hub.core.pdf import compile_pdf
from hub.core.rag import Rag
from hub.core.words import counted, day, month
from hub.evidence.models import Entry
from hub.evidence.queries import may_travel
from hub.plan import queries
from hub.plan.models import Action, Placement
from hub.plan.monthly import Dated, Moved, Report

TEMPLATE = Path(__file__).with_name("month.typ")
MOST_TITLES = 8
Row = list[Any]  # a text for each cell, or a colour with its words


def month_content(report: Report, institution: Institution) -> dict[str, Any]:
    """Everything that is printed, in the order in which a steering group goes through it."""
    heading = f"Month report, {month(report.month.first)}"
    names = {"pieces": counted(report.pieces, "piece"), "next": month(report.month.next.first)}
    return {
        "institution": institution.name,
        "title": f"{heading}: {report.plan.name}",
        "heading": heading,
        "plan": report.plan.name,
        "period": f"{_day(report.plan.starts_on)} to {_day(report.plan.ends_on)}",
        "stands": f"As it stood on {_day(report.on)}",
        "printed": _day(today()),
        "counts": [[rag.label, len(report.of_colour(rag))] for rag in (Rag.GREEN, Rag.AMBER, Rag.RED)],
        "sections": [
            {
                "name": name.format_map(names),
                "none": none,
                "heads": list(columns),
                "widths": list(columns.values()),
                "rows": rows(report),
            }
            for name, none, columns, rows in SECTIONS
        ],
    }


def _named(action: Action) -> Row:
    return [action.ref, action.objective]


def _decisions(report: Report) -> list[Row]:
    wanted = [[one.text, "The plan", "The lead"] for one in report.wanted]
    asked = [[note.needed, action.objective, note.author.name if note.author else ""] for action, note in report.asked]
    return wanted + asked


def _changes(report: Report) -> list[Row]:
    moved = [[*_named(one.action), _move(one), one.why, _london(one.at)] for one in report.moved]
    amended = [
        [*_named(action), "Changed after publication", one.reason, _london(one.made_at)]
        for action, one in report.amended
    ]
    versions = [
        [
            "",
            "The whole plan",
            f"Version {one.number} kept",
            one.note or one.occasion.capitalize(),
            _london(one.kept_at),
        ]
        for one in report.versions
    ]
    return moved + amended + versions


def _move(one: Moved) -> str:
    return f"{one.before.label} to {one.after.label}" if one.before else one.after.label


def _red(report: Report) -> list[Row]:
    return [[*_named(one.action), one.why or "No explanation yet"] for one in report.red]


def _overdue(report: Report) -> list[Row]:
    return [*map(_dated, report.overdue)]


def _due_next(report: Report) -> list[Row]:
    return [*map(_dated, report.due_next)]


def _dated(one: Dated) -> Row:
    return [*_named(one.action), one.text or "The action", _day(one.on)]


def _behind(report: Report) -> list[Row]:
    return [[*_named(one.action), one.indicator.text, one.sentence] for one in report.behind]


def _standing(report: Report) -> list[Row]:
    return [[*_named(one.action), {"rag": one.rag.value, "words": one.rag.label}] for one in report.standing]


def _evidence(report: Report) -> list[Row]:
    """What may leave the hub is told by its title; all of it is counted."""
    placed = queries.accepted_between(report.plan.id, report.month.begins, report.month.ends)
    titles: dict[int | None, list[str]] = {}
    for one in db.session.scalars(placed.where(may_travel()).order_by(Entry.happened_on, Placement.id)):
        titles.setdefault(one.action_id, []).append(one.entry.title)
    return [[*_named(action), str(n), _told(titles.get(action.id, []), n)] for action, n in report.evidence]


def _told(titles: list[str], n: int) -> str:
    shown = titles[:MOST_TITLES]
    rest = n - len(shown)
    return "; ".join([*shown, counted(rest, "more piece")] if rest else shown)


# Its heading, what stands there when there is nothing, its columns with their widths, and its rows.
SECTIONS: tuple[tuple[str, str, dict[str, int], Callable[[Report], list[Row]]], ...] = (
    (
        "Decisions wanted",
        "No decision is wanted.",
        {"What is to be decided": 4, "On": 3, "Wanted by": 2},
        _decisions,
    ),
    ("What changed", "Nothing changed.", {"Ref": 1, "Action": 4, "What": 3, "Why": 4, "When": 2}, _changes),
    ("Not started, and why", "Every action has started.", {"Ref": 1, "Action": 4, "Why": 5}, _red),
    ("Overdue", "Nothing is overdue.", {"Ref": 1, "Action": 4, "What was due": 4, "Due": 2}, _overdue),
    (
        "Behind pace",
        "Nothing is behind what was projected.",
        {"Ref": 1, "Action": 3, "Measured by": 3, "How it stands": 5},
        _behind,
    ),
    (
        "New evidence: {pieces}",
        "No evidence was accepted.",
        {"Ref": 1, "Action": 3, "Pieces": 1, "What happened": 6},
        _evidence,
    ),
    ("Due in {next}", "Nothing is due.", {"Ref": 1, "Action": 4, "What is due": 4, "Due": 2}, _due_next),
    ("How every action stands", "The plan has no action.", {"Ref": 1, "Action": 7, "Status": 2}, _standing),
)


def _day(on: date) -> str:
    return day(on, weekday=False)


def _london(moment: datetime) -> str:
    return _day(london(moment).date())


def month_as_pdf(content: dict[str, Any]) -> bytes:
    return compile_pdf(TEMPLATE, content)


def month_as_docx(content: dict[str, Any]) -> bytes:
    about = (
        f"{content['institution']}: {content['plan']}, {content['period']}.",
        f"{content['stands']}. Printed on {content['printed']}.",
        "; ".join(f"{colour}: {n}" for colour, n in content["counts"]) + ".",
    )
    document = word.begin(content["title"], content["institution"], content["heading"], about)
    for section in content["sections"]:
        document.add_heading(section["name"], level=1)
        if section["rows"]:
            word.table(document, section["heads"], ([_in_words(cell) for cell in row] for row in section["rows"]))
        else:
            document.add_paragraph(section["none"])
    return word.written(document)


def _in_words(cell: Any) -> str:
    return f"{cell['rag'][0].upper()} {cell['words']}" if isinstance(cell, dict) else cell
