"""The rules of a fund, and what a panel scores in it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from hub.core.db import db
from hub.fund import queries
from hub.fund.errors import AgainstTheRules
from hub.fund.models import FundCriterion, FundScheme, SchemeKind


def add_scheme(
    *,
    institution_id: int,
    code: str,
    name: str,
    most_pence: int,
    actor: Any,
    kind: SchemeKind = SchemeKind.DEVELOPMENT,
    criteria: Iterable[tuple[str, str, int, str]] = (),
    **rules: Any,
) -> FundScheme:
    """Make a scheme; *rules* are its other columns, *criteria* as (name, question, weight, levels)."""
    scheme = FundScheme(
        institution_id=institution_id,
        code=code.upper(),
        name=name,
        most_pence=most_pence,
        kind=kind,
        **rules,
    )
    _refuse_taken(scheme)
    db.session.add(scheme)
    db.session.flush()
    for title, question, weight, levels in criteria:
        add_criterion(scheme, name=title, question=question, weight=weight, levels=levels, actor=actor)
    return scheme


def edit_scheme(scheme: FundScheme, *, actor: Any, **rules: Any) -> None:
    """Change a scheme's rules; what was sent under the old ones stands."""
    del actor
    for name, value in rules.items():
        setattr(scheme, name, value)
    _refuse_taken(scheme)
    db.session.flush()


def _refuse_taken(scheme: FundScheme) -> None:
    with db.session.no_autoflush:
        others = select(FundScheme.id).where(
            FundScheme.institution_id == scheme.institution_id, FundScheme.id != (scheme.id or 0)
        )
        if db.session.scalar(others.where((FundScheme.name == scheme.name) | (FundScheme.code == scheme.code))):
            raise AgainstTheRules("Another scheme has that name or that reference code. Choose another.")


def add_criterion(
    scheme: FundScheme, *, name: str, question: str, weight: int, levels: str = "", actor: Any
) -> FundCriterion:
    del actor  # the journal keeps who did it
    known = queries.criteria_of(scheme.id)
    _refuse_twice(name, known)
    place = max((c.place for c in known), default=0) + 1
    criterion = FundCriterion(
        scheme_id=scheme.id, place=place, name=name, question=question, weight=weight, levels=levels
    )
    db.session.add(criterion)
    db.session.flush()
    return criterion


def edit_criterion(criterion: FundCriterion, *, name: str, question: str, weight: int, levels: str, actor: Any) -> None:
    """Word it anew; rounds that are open keep theirs."""
    del actor
    _refuse_twice(name, [c for c in queries.criteria_of(criterion.scheme_id) if c is not criterion])
    criterion.name, criterion.question = name, question
    criterion.weight, criterion.levels = weight, levels
    db.session.flush()


def _refuse_twice(name: str, known: Iterable[FundCriterion]) -> None:
    if any(c.name.casefold() == name.casefold() for c in known):
        raise AgainstTheRules(f"There is a criterion called “{name}” already.")


def remove_criterion(criterion: FundCriterion, *, actor: Any) -> None:
    del actor
    db.session.delete(criterion)
    db.session.flush()
