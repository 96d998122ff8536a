"""Promises in reports, and the questions months after an activity."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager, joinedload

from hub.accounts.models import Person, Status
from hub.core.db import db
from hub.directory.models import Level, PersonSkill
from hub.fund.models import Application, FollowUp, FundReport, FundScheme, Round
from hub.fund.queries.loading import whole


def report_promising(offer_id: int) -> FundReport | None:
    """The report whose promise an offer is, with application and applicant."""
    return db.session.scalars(
        select(FundReport)
        .options(joinedload(FundReport.application, innerjoin=True).joinedload(Application.applicant, innerjoin=True))
        .where(FundReport.offer_id == offer_id)
    ).one_or_none()


def level_of(person_id: int, skill_id: int) -> Level | None:
    """At which level somebody's profile has a skill."""
    return db.session.scalar(
        select(PersonSkill.level).where(PersonSkill.person_id == person_id, PersonSkill.skill_id == skill_id)
    )


def follow_up(follow_up_id: int) -> FollowUp:
    return db.session.scalars(
        select(FollowUp)
        .options(joinedload(FollowUp.application, innerjoin=True).options(*whole()))
        .where(FollowUp.id == follow_up_id)
    ).one()


def follow_ups_of(application_id: int) -> Sequence[FollowUp]:
    return follow_ups_by([application_id]).get(application_id, [])


def to_follow_up(months: int, since: date, until: date) -> Sequence[Application]:
    """Whose activity ended after *since* and by *until* and who was not asked yet; with the applicant.

    Neither refunds nor tests, nor funds that ask for no report.
    """
    asked = exists().where(FollowUp.application_id == Application.id, FollowUp.months == months)
    return db.session.scalars(
        select(Application)
        .join(Application.round)
        .join(Round.scheme)
        .join(Application.applicant)
        .options(contains_eager(Application.applicant))
        .where(
            Application.done_on > since,
            Application.done_on <= until,
            Application.journey_id.is_(None),
            Round.is_test.is_(False),
            FundScheme.report_days > 0,
            Person.status == Status.ACTIVE,
            ~asked,
        )
        .order_by(Application.id)
    ).all()


def unanswered(asked_before: datetime) -> Sequence[FollowUp]:
    """Questions that wait for somebody who is here; with application and applicant."""
    return db.session.scalars(
        select(FollowUp)
        .join(FollowUp.application)
        .join(Application.applicant)
        .options(contains_eager(FollowUp.application).contains_eager(Application.applicant))
        .where(FollowUp.answered_at.is_(None), FollowUp.asked_at <= asked_before, Person.status == Status.ACTIVE)
        .order_by(FollowUp.id)
    ).all()


def follow_ups_by(application_ids: Sequence[int]) -> dict[int, list[FollowUp]]:
    """The same of several applications, by their ids."""
    found: dict[int, list[FollowUp]] = {}
    asked = select(FollowUp).where(FollowUp.application_id.in_(application_ids))
    for row in db.session.scalars(asked.order_by(FollowUp.application_id, FollowUp.months)):
        found.setdefault(row.application_id, []).append(row)
    return found
