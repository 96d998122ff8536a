"""What a panel reads: never what is kept from its reader."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, literal, not_, or_, select, tuple_
from sqlalchemy.orm import aliased, contains_eager, joinedload

from hub.accounts.models import Person, Unit, UnitKind
from hub.core.db import db
from hub.fund.models import (
    Answer,
    Application,
    CoApplicant,
    DeclaredConflict,
    FundCriterion,
    PanelDecision,
    PanelMember,
    PanelScore,
    Round,
    RoundStage,
    Stage,
)
from hub.registration.models import Mentoring
from hub.registration.stages import LIVE


def is_judged_now() -> ColumnElement[bool]:
    """``Round.is_judged_now`` as SQL."""
    return or_(Round.stage == RoundStage.CLOSED, and_(Round.is_rolling, Round.stage == RoundStage.OPEN))


def is_with_panel() -> ColumnElement[bool]:
    """Of a Round: judged now, or decided and not yet released."""
    return or_(is_judged_now(), Round.stage == RoundStage.DECIDED)


def panels_of(person_id: int) -> Sequence[Round]:
    """Rounds that their panel judges, not yet released, on whose panel somebody sits."""
    return db.session.scalars(
        select(Round)
        .join(Round.panel)
        .options(joinedload(Round.scheme, innerjoin=True))
        .where(PanelMember.person_id == person_id, is_with_panel())
        .order_by(Round.panel_on, Round.id)
    ).all()


def panel_of(round_id: int) -> Sequence[Person]:
    return db.session.scalars(
        select(Person)
        .join(PanelMember, PanelMember.person_id == Person.id)
        .where(PanelMember.round_id == round_id)
        .order_by(PanelMember.id)
    ).all()


def partners_of(application_id: Any) -> Select[Any]:
    """The ids of those who apply together with the applicant."""
    return (
        select(CoApplicant.person_id)
        .where(CoApplicant.application_id == application_id, CoApplicant.answer == Answer.ACCEPTED)
        .correlate_except(CoApplicant)
    )


def applies(application: Any, person_id: int) -> ColumnElement[bool]:
    """``policy.applies`` as SQL on an Application, or on its alias: never unknown, whoever is not there any more."""
    is_theirs = and_(application.applicant_id.is_not(None), application.applicant_id == person_id)
    return or_(is_theirs, literal(person_id).in_(partners_of(application.id)))


def _mentors_or_mentees_of(person_id: Any) -> Select[Any]:
    """The ids of those whom somebody mentors now, or who mentor them."""
    other = case((Mentoring.mentor_id == person_id, Mentoring.mentee_id), else_=Mentoring.mentor_id)
    is_theirs = or_(Mentoring.mentor_id == person_id, Mentoring.mentee_id == person_id)
    return select(other).where(is_theirs, Mentoring.stage.in_(LIVE)).correlate_except(Mentoring)


def not_too_close(member: Any) -> ColumnElement[bool]:
    """``policy.is_too_close`` turned round, as SQL on an Application: for lists, counts and exports.

    *member* is a Person, or an alias of that table.
    """
    applicant, unit = aliased(Person), aliased(Unit)
    same_team = exists(
        select(unit.id)
        .where(unit.id == applicant.unit_id, unit.kind == UnitKind.TEAM, unit.id == member.unit_id)
        .correlate_except(unit)
    )
    tied = exists(
        select(applicant.id).where(
            or_(applicant.id == Application.applicant_id, applicant.id.in_(partners_of(Application.id))),
            or_(
                applicant.id == member.id,
                applicant.manager_id == member.id,
                applicant.id == member.manager_id,
                applicant.id.in_(_mentors_or_mentees_of(member.id)),
                same_team,
            ),
        )
    )
    declared = exists(
        select(DeclaredConflict.id).where(
            DeclaredConflict.application_id == Application.id, DeclaredConflict.person_id == member.id
        )
    )
    manages = and_(Application.manager_id.is_not(None), Application.manager_id == member.id)
    return not_(or_(tied, declared, manages))


def struck(*where: ColumnElement[bool]) -> Select[int, int]:
    """Of applications not yet released that are so: whose scores count no longer, as (application, member).

    Whoever became too close since they scored: their scores stand until then in case the tie ends before.
    """
    member = aliased(Person)
    return (
        select(Application.id, member.id)
        .join(Application.round)
        .join(PanelMember, PanelMember.round_id == Round.id)
        .join(member, member.id == PanelMember.person_id)
        .where(Round.stage != RoundStage.RELEASED, not_(not_too_close(member)), *where)
    )


def judged(fund_round: Round, member: Person) -> Sequence[Application]:
    """What *member* may judge in a round, in the order in which it came, with applicants and decisions."""
    return db.session.scalars(
        select(Application)
        .options(joinedload(Application.applicant, innerjoin=True), joinedload(Application.decision))
        .where(
            Application.round_id == fund_round.id,
            or_(Application.stage == Stage.WITH_PANEL, Application.decision.has()),
            not_too_close(member),
        )
        .order_by(Application.id)
    ).all()


def scores(application_ids: Sequence[int]) -> dict[int, dict[int, dict[int, PanelScore]]]:
    """Scores that count, as {application: {member: {criterion: score}}}."""
    found: dict[int, dict[int, dict[int, PanelScore]]] = {}
    given = tuple_(PanelScore.application_id, PanelScore.person_id)
    for row in db.session.scalars(
        select(PanelScore)
        .where(
            PanelScore.application_id.in_(application_ids),
            given.not_in(struck(Application.id.in_(application_ids))),
        )
        .order_by(PanelScore.id)
    ):
        found.setdefault(row.application_id, {}).setdefault(row.person_id, {})[row.criterion_id] = row
    return found


def reasons(application_ids: Sequence[int]) -> dict[int, list[PanelScore]]:
    """All scores by application, with who gave them on which criterion, in the order of both."""
    found: dict[int, list[PanelScore]] = {}
    for row in db.session.scalars(
        select(PanelScore)
        .join(PanelScore.person)
        .join(PanelScore.criterion)
        .options(contains_eager(PanelScore.person), contains_eager(PanelScore.criterion))
        .where(PanelScore.application_id.in_(application_ids))
        .order_by(PanelScore.application_id, Person.name, Person.id, FundCriterion.place, FundCriterion.id)
    ):
        found.setdefault(row.application_id, []).append(row)
    return found


def decision_of(application_id: int) -> PanelDecision | None:
    """The pending decision as the database has it now, whatever was read before."""
    return db.session.scalars(
        select(PanelDecision)
        .where(PanelDecision.application_id == application_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
