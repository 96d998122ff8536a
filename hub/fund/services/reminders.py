"""Reminders before and after a day: called by a job every morning, each told once."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from hub.core.clock import london, now, today
from hub.core.db import db
from hub.fund import notifications
from hub.fund.models import Application, Round, RoundStage, Stage
from hub.fund.services.afterwards import follow_up
from hub.fund.services.rounds import leads_of

REPORT_RUNGS = (14, 3, 0, -7, -28)  # days until the report is due
CLOSING_RUNGS = (7, 1)  # days until a round closes
SILENCE_RUNGS = (5, 12)  # days since a manager was asked


def remind() -> int:
    """Remind of reports, drafts and statements, ask what is different since. How many were due today, told or not."""
    return _reports() + _drafts() + _statements() + follow_up()


def _reports() -> int:
    told = 0
    due = db.session.scalars(
        select(Application)
        .options(joinedload(Application.applicant, innerjoin=True))
        .where(Application.stage == Stage.REPORT_DUE, Application.report_due_on.is_not(None))
        .order_by(Application.id)
    )
    for application in due.all():
        due_on = application.report_due_on
        days = (due_on - today()).days if due_on else 0
        passed = [rung for rung in REPORT_RUNGS if days <= rung]
        if due_on and passed:
            notifications.report_reminder(application, due_on, days=passed[-1])
            if passed[-1] < 0:
                notifications.report_overdue(application, due_on, leads_of(application.institution_id), rung=passed[-1])
            told += 1
    return told


def _drafts() -> int:
    told = 0
    drafts = db.session.scalars(
        select(Application)
        .join(Application.round)
        .options(joinedload(Application.round, innerjoin=True), joinedload(Application.applicant, innerjoin=True))
        .where(
            Application.stage.in_((Stage.DRAFT, Stage.RETURNED)),
            Round.stage == RoundStage.OPEN,
            Round.closes_at >= now(),
        )
        .order_by(Application.id)
    )
    for application in drafts.all():
        days = (london(application.round.closes_at).date() - today()).days
        passed = [rung for rung in CLOSING_RUNGS if days <= rung]
        if passed:
            notifications.closing(application, days=passed[-1])
            told += 1
    return told


def _statements() -> int:
    """Managers who have said nothing, as long as the panel has not finished."""
    told = 0
    waiting = db.session.scalars(
        select(Application)
        .join(Application.round)
        .options(
            contains_eager(Application.round),
            joinedload(Application.applicant, innerjoin=True),
            joinedload(Application.manager),
        )
        .where(
            Application.stage == Stage.AWAITING_MANAGER,
            Application.manager_id.is_not(None),
            Round.stage.in_((RoundStage.OPEN, RoundStage.CLOSED)),
        )
        .order_by(Application.id)
    )
    for application in waiting.all():
        asked_on = london(application.stage_since).date()
        passed = [rung for rung in SILENCE_RUNGS if (today() - asked_on).days >= rung]
        if passed:
            notifications.statement_late(application, asked_on, rung=passed[-1])
            told += 1
    return told
