"""Reads of comments: those on an action, all of a plan, how many there are and from which units."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, literal, select
from sqlalchemy.orm import joinedload, selectinload

from hub.accounts.models import Person, Unit
from hub.core.db import db
from hub.core.suppression import FEWEST, told_apart
from hub.core.tasks import task
from hub.plan.models import Action, Plan, PlanComment, Stage


def comment(comment_id: int) -> PlanComment:
    """With its author, its action and all that the action says."""
    return db.session.scalars(
        select(PlanComment)
        .options(
            joinedload(PlanComment.author, innerjoin=True),
            joinedload(PlanComment.action, innerjoin=True).options(
                joinedload(Action.plan, innerjoin=True),
                selectinload(Action.theme_rows),
                selectinload(Action.milestones),
            ),
        )
        .where(PlanComment.id == comment_id)
    ).one()


def comments_on(action_id: int) -> Sequence[PlanComment]:
    """The thread of an action, oldest first."""
    return db.session.scalars(
        select(PlanComment)
        .options(joinedload(PlanComment.author, innerjoin=True))
        .where(PlanComment.action_id == action_id)
        .order_by(PlanComment.written_at, PlanComment.id)
    ).all()


def comments_of(plan_id: int) -> Select[Any]:
    """Every comment on a plan, with its action and author."""
    return (
        select(PlanComment)
        .join(PlanComment.action)
        .options(joinedload(PlanComment.action), joinedload(PlanComment.author))
        .where(Action.plan_id == plan_id)
    )


class Commented(NamedTuple):
    """An action with how many comments it has, and how many of them wait for an answer."""

    id: int
    objective: str
    comments: int
    waiting: int


def comment_counts(plan_id: int) -> list[Commented]:
    """Every action of a plan in its order."""
    counted = func.count(PlanComment.id)
    waiting = func.count(case((PlanComment.verdict.is_(None), PlanComment.id)))
    rows = db.session.execute(
        select(Action.id, Action.objective, counted, waiting)
        .outerjoin(PlanComment, PlanComment.action_id == Action.id)
        .where(Action.plan_id == plan_id)
        .group_by(Action.id, Action.objective, Action.position)
        .order_by(Action.position, Action.id)
    )
    return [Commented(*row) for row in rows]


class Voices(NamedTuple):
    """How many people of a unit have said something."""

    unit: str
    people: int


def coverage(plan_id: int) -> list[Voices]:
    """By unit; fewer than five people are told together with others, and not at all while there are no more."""
    people = func.count(PlanComment.author_id.distinct())
    rows = db.session.execute(
        select(func.coalesce(Unit.name, "No unit"), people)
        .select_from(PlanComment)
        .join(PlanComment.action)
        .join(Person, Person.id == PlanComment.author_id)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(Action.plan_id == plan_id)
        .group_by(Unit.id, Unit.name)
        .order_by(people.desc(), Unit.name)
    )
    apart, few = told_apart([Voices(*row) for row in rows], lambda unit: unit.people)
    together = sum(unit.people for unit in few)
    return [*apart, Voices("Smaller groups together", together)] if together >= FEWEST else apart


def tasks_for(user: Person) -> list[Select[Any]]:
    """Technicians are asked about a plan while it is open to consultation, until they have said something."""
    said = select(PlanComment.id).join(PlanComment.action)
    asked = task("plan.consulted", Plan.id, Plan.name).where(
        Plan.institution_id == user.institution_id,
        Plan.stage == Stage.CONSULTATION,
        literal(user.is_technician),
        ~said.where(Action.plan_id == Plan.id, PlanComment.author_id == user.id).exists(),
    )
    return [asked]
