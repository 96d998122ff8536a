"""Nobody gives a role above their own: every pair of roles, through the real page, as hub/accounts/access.md says."""

import pytest

from hub.accounts import queries
from hub.accounts import services as accounts
from hub.accounts.models import Role
from hub.core.db import db
from tests import factories as make
from tests.gates.access import HUB, table_in

NOBODY = "nobody"
ROLES = [role.value for role in Role]
HEADING, *LINES = table_in((HUB / "accounts" / "access.md").read_text(encoding="utf-8"), "role")
GIVES = {
    giver: {role for role, word in zip(HEADING[1:], words, strict=True) if word == "yes"} for giver, *words in LINES
}
ABOVE = {  # what giving each of these would let somebody gain who does not hold it
    "lead": {"administrator"},
    "deputy_lead": {"administrator", "lead", "leader"},
}


@pytest.fixture
def uni(db):
    """An institution with a lead of its own, so that no role is the last of its kind."""
    return make.lead(make.institution()).institution


@pytest.fixture(params=[*ROLES, NOBODY])
def giver(request, uni):
    roles = () if request.param == NOBODY else (Role(request.param),)
    return request.param, make.person(uni, roles=roles)


def holds(person, role):
    db.session.expire_all()
    return queries.person(person.id).holds(Role(role))


def give(page, giver, somebody, role):
    """Fill in the real form, with *role* whether it is offered or not; who may not open it sends one all the same."""
    path = f"/staff/{somebody.id}/roles/new"
    page.as_user(giver)
    may_open = page.raw("accounts.grant_role", person_id=somebody.id).status_code == 200
    form = page.open(path if may_open else "/me/password").select_one("main form[method=post]")
    sent = page._filled(form) | {"_version": str(queries.person(somebody.id).version), "role": role}
    return page._send("POST", path, data=sent).status_code


def test_the_table_names_every_role():
    assert HEADING[1:] == ROLES
    assert set(GIVES) == set(ROLES)


def test_the_table_lets_nobody_give_more_than_they_hold():
    assert GIVES["administrator"] == set(ROLES)
    assert [f"{giver} gives {role}" for giver, above in ABOVE.items() for role in sorted(GIVES[giver] & above)] == []
    assert all(GIVES[role] == set() for role in ROLES if role not in {"administrator", *ABOVE})


def test_a_role_is_given_by_those_whom_the_table_names(page, uni, giver):
    name, person = giver
    given = set()
    for role in ROLES:
        somebody = make.person(uni)
        status = give(page, person, somebody, role)
        assert status in {302, 403, 422}
        given |= {role} if holds(somebody, role) else set()
    assert given == GIVES.get(name, set())


def test_nobody_raises_themselves(page, giver):
    name, person = giver
    gained = set()
    for role in ROLES:
        if role != name:
            give(page, person, person, role)
            gained |= {role} if holds(person, role) else set()
    assert gained - GIVES.get(name, set()) == set()


def test_a_role_is_ended_by_those_who_could_have_given_it(page, uni, giver):
    name, person = giver
    ended = set()
    for role in ROLES:
        grant = accounts.grant(make.person(uni), Role(role), actor=None)
        somebody, grant_id = grant.person, grant.id
        page.as_user(person)
        sent = page._filled(page.get("accounts.sessions").select_one("form[method=post]"))
        page._send("POST", f"/staff/roles/{grant_id}/end", data=sent)
        ended |= set() if holds(somebody, role) else {role}
    assert ended == GIVES.get(name, set())
