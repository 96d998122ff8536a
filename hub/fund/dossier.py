"""Applications with everything that belongs to them, as one document and one archive."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import IO, Any

from hub.core import storage
from hub.core.clock import london
from hub.core.downloads import spool
from hub.core.lists import cell
from hub.core.money import pounds
from hub.core.pdf import compile_pdf
from hub.core.themes import Theme
from hub.core.words import day, joined, period
from hub.fund import letters
from hub.fund.models import Application, Claim, CostLine, FollowUp, PanelScore, Round

TEMPLATE = Path(__file__).with_name("dossier.typ")
Scores = Mapping[int, Sequence[PanelScore]]  # by application, with criterion and person; none where they are not told
Later = Mapping[int, Sequence[FollowUp]]  # by application: what was asked months later


def of_application(application: Application, scores: Scores, later: Later, institution: str) -> IO[bytes]:
    """One application: its document, its quotes and its receipts."""
    title = application.title or "Without a title"
    content = {"kicker": application.round.name, "title": title, "institution": institution}
    pdf = compile_pdf(TEMPLATE, content | {"applications": [_content(application, scores, later)]})
    archive = spool()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("application.pdf", pdf)
        _add_letters(packed, [application], "decision.pdf", title, institution)
        _add_files(packed, application, "")
    return archive


def of_round(
    fund_round: Round, applications: Sequence[Application], scores: Scores, later: Later, institution: str
) -> IO[bytes]:
    """All of *applications* in one document, a folder of files for each, and a table of the scores."""
    content = {"kicker": fund_round.scheme.name, "title": fund_round.name, "institution": institution}
    pdf = compile_pdf(TEMPLATE, content | {"applications": [_content(one, scores, later) for one in applications]})
    archive = spool()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("applications.pdf", pdf)
        _add_letters(packed, applications, "decisions.pdf", fund_round.name, institution)
        if scores:
            packed.writestr("scores.csv", _table(applications, scores))
        for one in applications:
            _add_files(packed, one, f"{one.reference}/")
    return archive


def _add_letters(
    packed: zipfile.ZipFile, applications: Sequence[Application], name: str, title: str, institution: str
) -> None:
    told = [one for one in applications if one.decision and one.decision.released_at]
    if told:
        packed.writestr(name, letters.of_applications(told, title, institution))


def _content(application: Application, scores: Scores, later: Later) -> dict[str, Any]:
    return {
        "title": application.title or "Without a title",
        "reference": application.reference or "",
        "facts": _facts(application),
        "parts": [(heading, text) for heading, text in _parts(application, later.get(application.id, ())) if text],
        "costs": _costs(application),
        "steps": [(_on(step.at), step.stage.label, step.note) for step in application.steps],
        "scores": [
            (one.person.name, one.criterion.name, _mark(one.score), one.justification)
            for one in scores.get(application.id, ())
        ],
    }


def _facts(application: Application) -> list[tuple[str, str]]:
    of = application.applicant
    facts = [
        ("Reference", application.reference or "Not sent"),
        ("Anonymous since", day(application.anonymised_on, weekday=False) if application.anonymised_on else ""),
        ("Applicant", ", ".join(filter(None, (of.name, of.job_title, of.unit.name if of.unit else ""))) if of else ""),
        ("Together with", joined([one.person.name for one in application.partners])),
        ("Manager", application.manager.name if application.manager else ""),
        ("Where it is", application.stage.label),
        ("From whom", application.provider),
        ("When", _when(application)),
        ("Themes", joined([Theme(theme).label for theme in application.themes])),
        ("Asked", _pounds(application.asked_pence)),
        ("From the department", _pounds(application.match_pence)),
        ("Awarded", _pounds(application.awarded_pence)),
        *((f"Claim {n}", _claim(one)) for n, one in enumerate(application.claims, 1)),
    ]
    return [(name, text) for name, text in facts if text]


def _parts(application: Application, later: Sequence[FollowUp]) -> list[tuple[str, str]]:
    decision, report, statement = application.decision, application.report, application.statement
    parts = [
        ("What", application.what),
        ("Why", application.why),
        ("How it helps my role", application.helps_role),
        ("How it helps my team", application.helps_team),
        ("How it helps the University", application.helps_university),
        ("What comes back", application.expected_return),
        ("How it will be shared", application.sharing),
        ("Other money", application.other_funding),
    ]
    if statement:
        released = "The time is released." if statement.releases_time else "The time is not released."
        parts.append(("The manager’s statement", f"{statement.text}\n{released}"))
    if decision and decision.released_at:
        parts.append(("Conditions of the award", decision.conditions))
        parts.append(("What the panel said", decision.feedback))
    if report:
        parts += [
            ("What was done", report.did),
            ("What changed", report.changed),
            ("With whom it was shared", report.shared_with),
            (
                "What was learned",
                f"{report.learned.name}, {report.learned_level.label}"
                if report.learned and report.learned_level
                else "",
            ),
            *report.answers.items(),
            ("In a sentence", report.quote),
        ]
    return parts + [(f"{asked.months} months later", asked.different) for asked in later]


def _cost(line: CostLine) -> str:
    return f"{line.text} ({line.kind.label})" if line.text else f"{line.kind.label}: no longer kept"


def _costs(application: Application) -> list[tuple[str, str]]:
    lines = [(_cost(line), pounds(line.pence)) for line in application.cost_lines]
    return [*lines, ("Total", pounds(application.total_pence))] if lines else []


def _table(applications: Sequence[Application], scores: Scores) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("Reference", "Application", "Who", "Criterion", "Score", "Why"))
    for one in applications:
        for score in scores.get(one.id, ()):
            row = (
                one.reference,
                one.title,
                score.person.name,
                score.criterion.name,
                _mark(score.score),
                score.justification,
            )
            writer.writerow([cell(value) for value in row])
    return "\ufeff" + text.getvalue()


def _add_files(packed: zipfile.ZipFile, application: Application, folder: str) -> None:
    quotes = [("quotes", line.quote) for line in application.cost_lines if line.quote]
    receipts = [("receipts", receipt.file) for receipt in (r for claim in application.claims for r in claim.receipts)]
    for n, (of, file) in enumerate(quotes + receipts, 1):
        packed.write(storage.path_of(file), f"{folder}{of}/{n:02} {PurePath(file.name).name}")


def _when(application: Application) -> str:
    begins, ends = application.starts_on, application.ends_on
    return period(begins, ends) if begins and ends else ""


def _mark(score: int | None) -> str:
    return "Does not apply" if score is None else str(score)


def _claim(claim: Claim) -> str:
    paid = f", paid on {day(claim.paid_on, weekday=False)}" if claim.paid_on else ""
    return f"{pounds(claim.pence)}: {claim.stage.label.lower() if not paid else 'approved'}{paid}"


def _pounds(pence: int | None) -> str:
    return pounds(pence) if pence else ""


def _on(at: Any) -> str:
    return day(london(at).date(), weekday=False)
