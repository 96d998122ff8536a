"""One maker per model, or a path to it through services. Plain functions with honest defaults: no surprises to look up.

Features keep their own makers in ``tests/<feature>/making.py``; here are the people and places that all of them need.
"""

from itertools import count
from typing import Any

from hub.accounts import services
from hub.accounts.models import Institution, Person, Role, Unit, UnitKind
from hub.core.db import db

_n = count(1)


def institution(**given: Any) -> Institution:
    n = next(_n)
    return services.add_institution(
        **{"name": f"University {n}", "short_name": f"Uni {n}", "email_domain": f"uni{n}.example"} | given
    )


def unit(of: Institution, **given: Any) -> Unit:
    return services.add_unit(of, **{"name": f"Department {next(_n)}", "kind": UnitKind.DEPARTMENT} | given)


def person(of: Institution | None = None, *, roles: tuple[Role, ...] = (), **given: Any) -> Person:
    n = next(_n)
    made = services.add_person(
        of or institution(), **{"name": f"Person {n}", "email": f"person{n}@hub.example"} | given
    )
    for role in roles:
        services.grant(made, role, actor=None)
    return made


def lead(of: Institution | None = None, **given: Any) -> Person:
    return person(of, roles=(Role.LEAD,), **given)


def db_get(institution_id: int) -> Institution:
    return db.session.get_one(Institution, institution_id)
