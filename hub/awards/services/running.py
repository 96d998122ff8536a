"""Setting a cycle up, opening and closing it, screening what came in."""

from datetime import datetime

from hub.accounts.models import Institution, Person
from hub.awards import notifications, policy, queries
from hub.awards.models import Category, Criterion, Cycle, Judge, Nomination, Scheme
from hub.awards.workflow import CYCLE, NOMINATION
from hub.core.db import db, lock
from hub.core.errors import MoveRefused, Refusal

LEVELS = 5


class NotReady(Refusal):
    """A cycle opens when nothing stops it."""


class RubricLocked(Refusal):
    """Criteria stay as they are once somebody has scored by them."""


def new_cycle(
    institution: Institution,
    *,
    scheme_name: str,
    name: str,
    opens_at: datetime,
    closes_at: datetime,
    judging_until: datetime,
    chair: Person | None,
    actor: Person,
) -> Cycle:
    """Prepare a cycle; categories and criteria come from the scheme's last one, to be changed at will."""
    scheme = queries.scheme(institution.id, scheme_name)
    if scheme is None:
        scheme = Scheme(institution_id=institution.id, name=scheme_name)
        db.session.add(scheme)
        db.session.flush()
    last = queries.previous_cycle(scheme)
    cycle = Cycle(
        institution_id=institution.id,
        scheme=scheme,
        name=name,
        opens_at=opens_at,
        closes_at=closes_at,
        judging_until=judging_until,
        chair=chair,
        chair_id=chair.id if chair else None,
        categories=[_copied(category) for category in last.categories] if last else [],
        judges=[],
    )
    db.session.add(cycle)
    db.session.flush()
    del actor  # the policy has asked; the journal names them
    return cycle


def _copied(category: Category) -> Category:
    rules = ("institution_id", "name", "description", "word_limit", "self_allowed", "team_allowed")
    copy = Category(**{rule: getattr(category, rule) for rule in rules})
    copy.criteria = [
        Criterion(name=c.name, question=c.question, weight=c.weight, levels=list(c.levels)) for c in category.criteria
    ]
    return copy


def add_category(
    cycle: Cycle,
    *,
    name: str,
    description: str,
    word_limit: int,
    self_allowed: bool,
    team_allowed: bool,
    actor: Person,
) -> Category:
    if not policy.can_set_up(actor, cycle):
        raise MoveRefused("Awards are added before judging starts.")
    category = Category(
        institution_id=cycle.institution_id,
        name=name,
        description=description,
        word_limit=word_limit,
        self_allowed=self_allowed,
        team_allowed=team_allowed,
        criteria=[],
    )
    cycle.categories.append(category)
    db.session.flush()
    return category


def add_criterion(
    category: Category, *, name: str, question: str, weight: int, levels: list[str], actor: Person
) -> Criterion:
    """:raises RubricLocked: once somebody has scored"""
    _refuse_locked(category, actor)
    criterion = Criterion(name=name, question=question, weight=weight, levels=levels)
    category.criteria.append(criterion)
    db.session.flush()
    return criterion


def remove_criterion(category: Category, criterion: Criterion, *, actor: Person) -> None:
    """:raises RubricLocked: once somebody has scored"""
    _refuse_locked(category, actor)
    category.criteria.remove(criterion)
    db.session.delete(criterion)
    db.session.flush()


def _refuse_locked(category: Category, actor: Person) -> None:
    lock(category)
    if queries.is_rubric_locked(category):
        raise RubricLocked("Somebody has scored by these criteria, so they stay as they are.")
    if not policy.runs(actor, category.cycle):
        raise MoveRefused("Criteria are the lead’s to set.")


def add_judge(cycle: Cycle, person: Person, *, actor: Person) -> Judge | None:
    """Name a judge; naming somebody twice changes nothing."""
    del actor
    if any(judge.person_id == person.id for judge in cycle.judges):
        return None
    judge = Judge(person=person, person_id=person.id)
    cycle.judges.append(judge)
    db.session.flush()
    return judge


def remove_judge(cycle: Cycle, judge: Judge, *, actor: Person) -> None:
    """Take a judge's seat; what they scored stays and counts."""
    del actor
    cycle.judges.remove(judge)
    db.session.delete(judge)
    db.session.flush()


def let_act_as_chair(cycle: Cycle, judge: Judge, *, acts: bool, actor: Person) -> None:
    """Let a judge decide with the chair, or no longer: for what chair and leads are all too close to."""
    if not policy.runs(actor, cycle):
        raise MoveRefused("The lead says who acts as chair.")
    judge.acts_as_chair = acts
    db.session.flush()
    if acts:
        notifications.acts_as_chair(cycle, judge.person)


def go_live_checks(cycle: Cycle) -> list[tuple[str, str, str, str]]:
    """What stands in the way of opening a cycle, or is well: (stop | warn | ok, sentence, what to do, where)."""
    found = [
        ("ok" if cycle.categories else "stop", "There is at least one award." if cycle.categories else "Add an award."),
        ("ok" if cycle.chair_id else "stop", "Somebody chairs the judges." if cycle.chair_id else "Name a chair."),
    ]
    for category in cycle.categories:
        weights = sum(criterion.weight for criterion in category.criteria)
        well = weights == 100
        said = "has criteria that weigh 100 % together" if well else f"has criteria that weigh {weights} %, not 100 %"
        found.append(("ok" if well else "stop", f"{category.name} {said}."))
        if any(len(c.levels) != LEVELS for c in category.criteria):
            found.append(("warn", f"{category.name}: describe all five levels of each criterion."))
    judges = len(cycle.judges)
    enough = judges >= 3
    found.append(
        ("ok" if enough else "warn", f"{judges} judges are named{'' if enough else ': three is a good number'}.")
    )
    return [(kind, sentence, "", "") for kind, sentence in found]


def go_live(cycle: Cycle, *, actor: Person) -> None:
    """Open a cycle for nominations, from the moment that it says.

    :raises NotReady: while something stops it
    """
    stops = [sentence for kind, sentence, _, _ in go_live_checks(cycle) if kind == "stop"]
    if stops:
        raise NotReady(" ".join(stops))
    CYCLE.make(cycle, "open", actor=actor)
    db.session.flush()


def close_cycle(cycle: Cycle, *, actor: Person | None) -> None:
    """End the time for nominations and ask the judges."""
    CYCLE.make(cycle, "close", actor=actor)
    db.session.flush()
    for judge in cycle.judges:
        notifications.please_judge(cycle, judge.person)


def close_cycles() -> int:
    """Start judging wherever the closing second has passed. A job."""
    due = queries.cycles_to_close()
    for cycle in due:
        close_cycle(cycle, actor=None)
    return len(due)


def pass_check(nomination: Nomination, *, actor: Person) -> None:
    """The nomination keeps the rules of its award."""
    NOMINATION.make(nomination, "pass_check", actor=actor)
    db.session.flush()


def shortlist(nomination: Nomination, *, actor: Person) -> None:
    """Hand the nomination to the judges."""
    NOMINATION.make(nomination, "shortlist", actor=actor)
    db.session.flush()
