"""Who may do what with people: nobody acts above their own role, nobody beyond their institution."""

import pytest

from hub.accounts import policy
from hub.accounts.models import Role
from tests import factories as make

R = Role


@pytest.mark.parametrize(
    ("held", "may_give"),
    [
        ((), set()),
        ((R.EDITOR, R.LEADER, R.WORKFORCE_OFFICER), set()),
        ((R.DEPUTY_LEAD,), {R.DEPUTY_LEAD, R.WORKFORCE_OFFICER, R.EDITOR}),
        ((R.LEAD,), set(R) - {R.ADMINISTRATOR}),
        ((R.ADMINISTRATOR,), set(R)),
    ],
)
def test_roles_that_may_be_given(db, held, may_give):
    assert policy.grantable(make.person(roles=held)) == may_give


RANKS = {
    "nobody": (),
    "editor": (R.EDITOR,),
    "deputy": (R.DEPUTY_LEAD,),
    "lead": (R.LEAD,),
    "administrator": (R.ADMINISTRATOR,),
}


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("deputy", {"nobody", "editor", "deputy"}),
        ("lead", {"nobody", "editor", "deputy", "lead"}),
        ("administrator", set(RANKS)),
        ("editor", set()),
        ("nobody", set()),
    ],
)
def test_whose_account_may_be_changed(db, who, whom):
    uni = make.institution()
    user = make.person(uni, roles=RANKS[who])
    may = {rank for rank, roles in RANKS.items() if policy.can_manage_person(user, make.person(uni, roles=roles))}

    assert may == whom


def test_nobody_reaches_into_another_institution_or_shuts_themselves_out(db):
    boss = make.person(roles=(R.ADMINISTRATOR,))

    assert not policy.can_manage_person(boss, make.person())
    assert not policy.can_shut_out(boss, boss)
    assert policy.can_shut_out(boss, make.person(boss.institution))
