"""Case studies: those on the open web, and those of one application or author."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from hub.core.db import db
from hub.fund.models import Application, CaseStudy, StudyStage
from hub.fund.queries.loading import whole


def _with_everything() -> tuple[Any, ...]:
    return (
        joinedload(CaseStudy.institution, innerjoin=True),
        joinedload(CaseStudy.author, innerjoin=True),
        joinedload(CaseStudy.skill),
        selectinload(CaseStudy.consents),
        joinedload(CaseStudy.application).options(*whole()),
    )


def case_study(study_id: int) -> CaseStudy:
    return db.session.scalars(select(CaseStudy).options(*_with_everything()).where(CaseStudy.id == study_id)).one()


def published_study(slug: str) -> CaseStudy:
    """The one that anybody may read at an address."""
    return db.session.scalars(
        select(CaseStudy)
        .options(
            joinedload(CaseStudy.institution, innerjoin=True),
            joinedload(CaseStudy.author, innerjoin=True),
            joinedload(CaseStudy.skill),
        )
        .where(CaseStudy.slug == slug, CaseStudy.stage == StudyStage.PUBLISHED)
    ).one()


def study_of(application: Application) -> CaseStudy | None:
    """With its author, and what they agreed to."""
    return db.session.scalars(
        select(CaseStudy).options(*_with_everything()).where(CaseStudy.application_id == application.id)
    ).one_or_none()


def studies_by(person_id: int) -> Sequence[CaseStudy]:
    """What somebody is the author of and has not taken back."""
    theirs = select(CaseStudy).where(CaseStudy.author_id == person_id, CaseStudy.stage != StudyStage.WITHDRAWN)
    return db.session.scalars(theirs.order_by(CaseStudy.id.desc())).all()


def published_studies(institution_id: int, *, most: int) -> Sequence[CaseStudy]:
    """For the public page, newest first, with authors and skills."""
    return db.session.scalars(
        select(CaseStudy)
        .options(joinedload(CaseStudy.author, innerjoin=True), joinedload(CaseStudy.skill))
        .where(CaseStudy.institution_id == institution_id, CaseStudy.stage == StudyStage.PUBLISHED)
        .order_by(CaseStudy.stage_since.desc(), CaseStudy.id.desc())
        .limit(most)
    ).all()


def public_study_slugs() -> Sequence[str]:
    """Of every institution, for those who look for pages."""
    shown = select(CaseStudy.slug).where(CaseStudy.stage == StudyStage.PUBLISHED)
    return db.session.scalars(shown.order_by(CaseStudy.id)).all()
