"""What must always hold of nominations and their results: each finding one sentence."""

from sqlalchemy import select

from hub.awards.models import Category, Cycle, CycleStage, Judgement, Nomination, Nominee, Outcome, Stage, Verdict
from hub.core.db import db
from hub.core.invariants import Invariants


def _told_too_early() -> list[str]:
    ids = db.session.scalars(
        select(Nomination.id)
        .join(Cycle, Cycle.id == Nomination.cycle_id)
        .where(Nomination.stage == Stage.ANNOUNCED, Cycle.stage != CycleStage.ANNOUNCED)
        .order_by(Nomination.id)
    )
    return [f"nomination {one} is announced and its cycle is not" for one in ids]


def _won_what_is_withheld() -> list[str]:
    ids = db.session.scalars(
        select(Nomination.id)
        .join(Category, Category.id == Nomination.category_id)
        .where(Nomination.outcome == Outcome.WINNER, Category.withheld_because != "")
        .order_by(Nomination.id)
    )
    return [f"nomination {one} won an award that is withheld" for one in ids]


def _without_consent() -> list[str]:
    agreed = select(Nominee.nomination_id).where(Nominee.consents.is_(True))
    judged = (Stage.CONSENTED, Stage.ELIGIBLE, Stage.SHORTLISTED, Stage.DECIDED, Stage.ANNOUNCED)
    ids = db.session.scalars(
        select(Nomination.id).where(Nomination.stage.in_(judged), Nomination.id.not_in(agreed)).order_by(Nomination.id)
    )
    return [f"nobody agreed to nomination {one}" for one in ids]


def _scored_one_s_own() -> list[str]:
    ids = db.session.scalars(
        select(Judgement.id)
        .join(Nominee, Nominee.nomination_id == Judgement.nomination_id)
        .where(Nominee.person_id == Judgement.person_id, Judgement.verdict == Verdict.SCORED)
        .order_by(Judgement.id)
    )
    return [f"judgement {one} is by a nominee" for one in ids]


INVARIANTS: Invariants = {
    "awards.announced-with-its-cycle": _told_too_early,
    "awards.withheld-has-no-winner": _won_what_is_withheld,
    "awards.judged-with-consent": _without_consent,
    "awards.nobody-scores-their-own": _scored_one_s_own,
}
