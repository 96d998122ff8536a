"""Letting go: what was kept long enough becomes anonymous, and its numbers stay for figures and ledger."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from hub.accounts import queries as accounts
from hub.accounts.models import Institution
from hub.core.clock import london, today
from hub.core.db import db
from hub.core.links import path_to
from hub.core.storage import StoredFile, discard
from hub.core.words import day
from hub.core.years import academic_year, within
from hub.fund import queries, signals
from hub.fund.figures import Kind, faculty_of
from hub.fund.models import Application, DeclaredConflict, Kept, MoneyEntry, PanelScore
from hub.fund.services.studies import let_go_of_study
from hub.notifications import services as notifications

AT_ONCE = 20  # people, or rounds, in one transaction
WORDS = (
    *("what", "provider", "why", "helps_role", "helps_team", "helps_university"),
    *("sharing", "other_funding", "expected_return"),
)
PARTICULARS = ("starts_on", "ends_on", "done_on", "report_due_on", "manager_id", "journey_id", "applicant_id")


def set_periods(
    institution: Institution, *, unsuccessful_months: int, scores_months: int, awarded_years: int, actor: Any
) -> None:
    """How long the institution keeps what, from the next night on."""
    del actor
    institution.unsuccessful_months, institution.scores_months = unsuccessful_months, scores_months
    institution.awarded_years = awarded_years
    db.session.flush()


def let_go_of_some() -> int:
    """Let go of some of what was kept long enough: for a job. How many people or rounds it was, 0 once nothing is."""
    for institution in accounts.institutions():
        people = queries.applicants_due(institution, AT_ONCE)
        for person_id in people:
            _let_go_of(person_id, queries.due_of(institution, person_id))
        if people:
            return len(people)
        rounds = queries.rounds_with_old_scores(institution, AT_ONCE)
        if rounds:
            _forget_scores(select(Application.id).where(Application.round_id.in_(rounds)))
            return len(rounds)
    return 0


def _forget_scores(application_ids: Any) -> None:
    for table in (PanelScore, DeclaredConflict):
        db.session.execute(delete(table).where(table.application_id.in_(application_ids)))


def _let_go_of(person_id: int, applications: Sequence[Application]) -> None:
    """Together, so that the figures count their applicant once as before."""
    kind = queries.kind_of(person_id)
    units = accounts.units(applications[0].institution_id)
    db.session.add_all(_kept_of(person_id, applications, kind._replace(unit_id=faculty_of(units, kind.unit_id))))
    for application in applications:
        released = application.told_at
        if released is not None and application.awarded_pence is not None and not application.round.is_test:
            for later in queries.decided_after(person_id, released):
                later.funded_before = True
    for application in applications:
        _anonymise(application, today())


def _kept_of(person_id: int, applications: Sequence[Application], kind: Kind) -> list[Kept]:
    by_year: dict[int, list[Application]] = defaultdict(list)
    for one in applications:
        by_year[academic_year(london(one.told_at or one.stage_since).date())].append(one)
    kept = []
    for year, those in by_year.items():
        others = queries.counted_with(person_id, year, [one.id for one in those])
        stands_for = -min(one.id for one in those)
        is_first = not queries.was_funded_before(person_id, within(year)[0])
        for one in those:
            report, decision = one.report, one.decision
            kept.append(
                Kept(
                    application_id=one.id,
                    unit_id=kind.unit_id,
                    grade=kind.grade,
                    terms=kind.terms,
                    hours=kind.hours,
                    asked_as=None if others else stands_for,
                    funded_as=None if any(others) else stands_for,
                    is_first=is_first and not one.funded_before,
                    outcome=decision.outcome if decision else None,
                    told_at=one.told_at,
                    learned_id=report.learned_id if report and report.accepted_at else None,
                )
            )
    return kept


def _anonymise(application: Application, on: date) -> None:
    """Take away every word and everybody; what is left are the numbers, the stages and their days."""
    later = queries.follow_ups_of(application.id)
    report = application.report
    signals.application_let_go.send(
        application, report_id=report.id if report else None, follow_up_ids=[asked.id for asked in later]
    )
    let_go_of_study(application)
    _forget_what_was_told(application, [path_to("fund.follow_up", follow_up_id=asked.id) for asked in later])
    files = _files_taken_out(application)
    _forget_scores([application.id])
    known = (report, queries.decision_of(application.id), application.statement, *later)
    for row in (*known, *queries.links_of(application.id)):
        if row is not None:
            db.session.delete(row)
    application.co_applicants.clear()
    for step in application.steps:
        step.note, step.by_id = "", None
    for entry in db.session.scalars(select(MoneyEntry).where(MoneyEntry.application_id == application.id)):
        entry.by_id = None
    db.session.flush()
    for name in WORDS:
        setattr(application, name, "")
    for name in PARTICULARS:
        setattr(application, name, None)
    application.eligible, application.title = {}, f"Anonymised on {day(on, weekday=False)}"
    application.anonymised_on = on
    db.session.flush()
    for file in files:
        discard(file)
    db.session.expire(application)


def _files_taken_out(application: Application) -> list[StoredFile]:
    """Quotes and receipts, which nothing points to any more; the pounds that they proved stay."""
    files = [line.quote for line in application.cost_lines if line.quote is not None]
    for line in application.cost_lines:
        line.text, line.quote, line.quote_id = "", None, None
    for claim in application.claims:
        files += [receipt.file for receipt in claim.receipts]
        claim.receipts.clear()
        claim.note = claim.returned_because = ""
    db.session.flush()
    return files


def _forget_what_was_told(application: Application, later: list[str]) -> None:
    asked = [path_to("fund.join", co_applicant_id=one.id) for one in application.co_applicants]
    claims = [path_to("fund.settle", claim_id=one.id) for one in application.claims]
    notifications.forget([path_to("fund.application", application_id=application.id), *asked, *claims, *later])
    links = queries.links_of(application.id)
    if links:
        notifications.forget_letters(
            "fund.statement_link", {link.manager_id for link in links}, until=max(link.ends_at for link in links)
        )
