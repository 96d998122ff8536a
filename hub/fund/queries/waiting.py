"""What waits for somebody: the fund's part of “my tasks”."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select

from hub.accounts.models import Role, RoleGrant
from hub.core.clock import now, today
from hub.core.tasks import task
from hub.fund.models import (
    Answer,
    Application,
    Claim,
    ClaimStage,
    CoApplicant,
    FollowUp,
    PanelMember,
    Round,
    RoundStage,
    Stage,
)
from hub.fund.queries.judging import is_judged_now, not_too_close
from hub.fund.queries.lists import may_run, under_seal
from hub.fund.queries.reserves import is_next


def _is_lead_of(user: Any) -> ColumnElement[bool]:
    return exists(
        select(RoleGrant.id).where(
            RoleGrant.person_id == user.id,
            RoleGrant.role.in_((Role.LEAD, Role.DEPUTY_LEAD)),
            RoleGrant.starts_on <= today(),
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today()),
        )
    )


def _has_claim(stage: ClaimStage) -> ColumnElement[bool]:
    return exists().where(Claim.application_id == Application.id, Claim.stage == stage)


def _is_to_claim() -> ColumnElement[bool]:
    """Of an Application: it is time, and no claim waits for the lead; or one came back."""
    is_time = and_(Application.stage == Stage.ACTIVITY_DONE, ~_has_claim(ClaimStage.SENT))
    return or_(is_time, _has_claim(ClaimStage.RETURNED))


def _waits_for_panel(user: Any) -> ColumnElement[bool]:
    """Of a Round: it has closed, or something has come that *user* may judge."""
    came = exists().where(
        Application.round_id == Round.id,
        Application.stage == Stage.WITH_PANEL,
        ~Application.decision.has(),
        not_too_close(user),
    )
    return and_(is_judged_now(), or_(Round.stage == RoundStage.CLOSED, came))


def tasks_for(user: Any) -> list[Select[Any]]:
    mine = Application.applicant_id == user.id
    is_here = Application.anonymised_on.is_(None)
    led = and_(Application.institution_id == user.institution_id, is_here, may_run(user), _is_lead_of(user))
    title = Application.title
    sat_on = and_(PanelMember.round_id == Round.id, PanelMember.person_id == user.id)

    def of(kind: str, where: ColumnElement[bool], due_at: Any = None) -> Select[Any]:
        return task(kind, Application.id, title, due_at).where(where)

    def at(*stages: Stage) -> ColumnElement[bool]:
        return Application.stage.in_(stages)

    open_round = and_(Round.stage == RoundStage.OPEN, Round.closes_at >= now().replace(microsecond=0))
    return [
        of("fund.draft", and_(mine, at(Stage.DRAFT, Stage.RETURNED), open_round), Round.closes_at).join(
            Round, Round.id == Application.round_id
        ),
        task("fund.join", CoApplicant.id, title, Round.closes_at)
        .join(Application, Application.id == CoApplicant.application_id)
        .join(Round, Round.id == Application.round_id)
        .where(
            CoApplicant.person_id == user.id,
            CoApplicant.answer == Answer.ASKED,
            at(Stage.DRAFT, Stage.RETURNED),
            open_round,
        ),
        of("fund.accept", and_(mine, at(Stage.AWARDED))),
        of("fund.claim", and_(mine, _is_to_claim())),
        of("fund.report", and_(mine, at(Stage.REPORT_DUE))),
        task("fund.follow_up", FollowUp.id, title)
        .join(Application, Application.id == FollowUp.application_id)
        .where(mine, FollowUp.answered_at.is_(None)),
        of("fund.statement", and_(Application.manager_id == user.id, at(Stage.AWAITING_MANAGER))),
        of(
            "fund.name_manager",
            and_(led, at(Stage.AWAITING_MANAGER), Application.manager_id.is_(None), not_(under_seal())),
        ).join(Round, Round.id == Application.round_id),
        task("fund.settle", Claim.id, title)
        .join(Application, Application.id == Claim.application_id)
        .where(led, Claim.stage.in_((ClaimStage.SENT, ClaimStage.APPROVED))),
        of("fund.read_report", and_(led, at(Stage.REPORT_RECEIVED))),
        of("fund.award", and_(led, is_next())).join(Round, Round.id == Application.round_id),
        task("fund.panel", Round.id, Round.name).join(PanelMember, sat_on).where(_waits_for_panel(user)),
        task("fund.manage_round", Round.id, Round.name).where(
            Round.institution_id == user.institution_id, Round.stage == RoundStage.DECIDED, _is_lead_of(user)
        ),
    ]
