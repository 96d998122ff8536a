"""The rules by which the inbox suggests: what waits follows them, and what is older is offered."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, select, update

from hub.accounts.models import Person
from hub.core.db import db
from hub.core.errors import Refusal
from hub.core.themes import Theme
from hub.evidence.kinds import KINDS
from hub.plan import feeding
from hub.plan.measures import among
from hub.plan.models import Action, Placement, PlacementState, Rule
from hub.plan.wording import because

MOST_AT_ONCE = 500  # older entries that come into the inbox by one deed


class NamesNothing(Refusal):
    """A rule that everything fits is none."""


def add_rules(action: Action, kinds: Iterable[str], *, actor: Person) -> None:
    """One rule for each kind of evidence, in table order, beside those that are there."""
    wanted, there = set(kinds), {rule.kind for rule in action.rules}
    for kind in (k for k in KINDS if k in wanted - there):
        add_rule(action, actor=actor, kind=kind)


def add_rule(
    action: Action,
    *,
    actor: Person,  # noqa: ARG001
    kind: str | None = None,
    words: str = "",
    unit_id: int | None = None,
    theme: Theme | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Rule:
    """Suggest for *action* what fits all that is named, also of what waits already.

    :raises NamesNothing: if nothing is named
    """
    _refuse_nothing(kind, words, unit_id, theme, since, until)
    rule = Rule(institution_id=action.institution_id, action=action, kind=kind, words=words, unit_id=unit_id)
    rule.theme, rule.since, rule.until = theme, since, until
    db.session.add(rule)
    _follow(rule)
    return rule


def edit_rule(
    rule: Rule,
    *,
    actor: Person,  # noqa: ARG001
    kind: str | None,
    words: str,
    unit_id: int | None,
    theme: Theme | None,
    since: date | None,
    until: date | None,
) -> None:
    """Change what *rule* names; what waits follows.

    :raises NamesNothing: if nothing is named
    """
    _refuse_nothing(kind, words, unit_id, theme, since, until)
    rule.kind, rule.words, rule.unit_id = kind, words, unit_id
    rule.theme, rule.since, rule.until = theme, since, until
    _follow(rule)


def _refuse_nothing(*named: object) -> None:
    if not any(named):
        raise NamesNothing("Name at least one thing: everything would fit this rule.")


def _follow(rule: Rule) -> None:
    db.session.flush()
    db.session.refresh(rule, ["unit"])
    _suggest_again(rule.action, rule.action.rules)


def remove_rule(rule: Rule, *, actor: Person) -> None:  # noqa: ARG001
    """Suggest by *rule* no longer. What was accepted stays where it is."""
    action = rule.action
    _suggest_again(action, [other for other in action.rules if other is not rule])
    db.session.execute(update(Placement).where(Placement.rule_id == rule.id).values(rule_id=None))
    action.rules.remove(rule)
    db.session.delete(rule)
    db.session.flush()


def suggest_older(action: Action, *, actor: Person) -> int:  # noqa: ARG001
    """Put what is older and fits into the inbox, the newest first; how many there were."""
    found = feeding.older_for(action, action.rules, MOST_AT_ONCE) if action.plan.stage in feeding.IN_FORCE else {}
    _suggest(action, found)
    return len(found)


def _suggest_again(action: Action, rules: Sequence[Rule]) -> None:
    """What still waits is suggested for *action* if it fits one of *rules*, and otherwise no longer."""
    if action.plan.stage not in feeding.IN_FORCE:
        return
    fitting = feeding.waiting_for(action, rules)
    suggested = select(Placement).where(
        Placement.action_id == action.id,
        Placement.state == PlacementState.SUGGESTED,
        Placement.rule_id.is_not(None),
    )
    for placement in db.session.scalars(suggested).all():
        rule = fitting.pop(placement.entry_id, None)
        if rule is not None:
            placement.rule_id, placement.because = rule.id, because(rule)
        else:
            _suggest_no_more(placement)
    _suggest(action, fitting)


def _suggest_no_more(placement: Placement) -> None:
    """Every entry keeps a place in the inbox: the last one stays, without an action."""
    others = select(Placement.id).where(Placement.entry_id == placement.entry_id, Placement.id != placement.id)
    if db.session.scalar(others.limit(1)) is not None:
        db.session.delete(placement)
    else:
        placement.action_id, placement.rule_id, placement.because = None, None, ""
    db.session.flush()


def _suggest(action: Action, fitting: Mapping[int, Rule]) -> None:
    """Entries for *action*: what waits without one gets this one, the rest waits here as well."""
    there = _placed(fitting, Placement.action_id == action.id)
    homeless = _placed(fitting, Placement.action_id.is_(None), Placement.state == PlacementState.SUGGESTED)
    for entry_id, rule in fitting.items():
        if entry_id in there:
            continue
        placement = homeless.get(entry_id) or Placement(institution_id=action.institution_id, entry_id=entry_id)
        placement.action_id, placement.rule_id, placement.because = action.id, rule.id, because(rule)
        db.session.add(placement)
    db.session.flush()


def _placed(entry_ids: Iterable[int], *where: ColumnElement[bool]) -> dict[int, Placement]:
    found = db.session.scalars(select(Placement).where(Placement.entry_id.in_(among(entry_ids)), *where))
    return {placement.entry_id: placement for placement in found}
