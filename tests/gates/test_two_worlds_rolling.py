"""In a round that decides as applications come, what is kept from somebody makes no difference to them."""

from datetime import timedelta

import pytest

from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db
from hub.fund import queries, services
from tests import factories
from tests.fund import making
from tests.gates.two_worlds import Case, Scene, is_shown, leaks, looks
from tests.support.sweeping import undone

pytestmark = pytest.mark.xdist_group("two worlds: rolling")  # which share a scene

AT = at_london(making.DURING + timedelta(days=3), 10)
CLOSE = ("teammate", "lead_on_panel")


@pytest.fixture(scope="module")
def scene(app):
    """An open round with a case that half of its panel is too close to, one that all judge, and one that is to come."""
    with app.app_context(), undone(app):
        yield _scene(app)


def _scene(app) -> Scene:
    lead = making.lead()
    here = lead.institution
    team = factories.unit(here, kind="team", name="Imaging team")
    people = {
        "lead": lead,
        "manager": factories.person(here, name="Manager"),
        "chair": factories.person(here, name="Chair"),
        "teammate": factories.person(here, name="Teammate", unit=team),
        "lead_on_panel": making.lead(here, name="Lead on panel", unit=team),
    }
    panel = (people["chair"], people["teammate"], people["lead_on_panel"])
    fund_round = making.open_round(lead, panel=panel, is_rolling=True)
    applicants = [making.technician(lead, unit=team, manager=people["manager"]) for _ in range(2)]
    hidden = making.supported(fund_round, applicants[0], title="Zirconium ultramicrotomy")
    coming = making.sent(fund_round, applicants[1], title="Zirconium again")
    other = making.supported(fund_round, making.technician(lead), title="A visit to Leeds")
    for one in (hidden, other):
        making.scored(one, people["chair"])
    for member in panel[1:]:
        making.scored(other, member)
    rows = people | {"round": fund_round, "hidden": hidden, "coming": coming, "other": other}
    ids = {name: row.id for name, row in rows.items()}
    guesses = {"application_id": [ids["hidden"]], "round_id": [ids["round"]]}
    scene = Scene(app, AT, ids, guesses, words=("Zirconium",))
    db.session.commit()
    scene.sign_in(*people)
    return scene


def application(scene, name):
    db.session.expire_all()
    return queries.application(scene.ids[name])


def an_award(scene):
    making.decided(application(scene, "hidden"), scene.person("chair"), pence=77_700)


def one_more(scene):
    """It comes to the panel, and is mailed to whoever may judge it."""
    with clock.held(AT):
        one = application(scene, "coming")
        services.support(one, text="It matters.", releases_time=True, actor=scene.person("manager"))


PANEL = "/fund/rounds/{round}/panel"
CASES = [
    Case("an award", an_award, CLOSE, ("chair", PANEL)),
    Case("one more", one_more, CLOSE, ("chair", PANEL)),
]


@pytest.mark.parametrize(
    ("who", "cases"), looks(CASES), ids=lambda given: given if isinstance(given, str) else len(given)
)
def test_what_is_kept_from_somebody_makes_no_difference_to_them(scene, who, cases):
    assert leaks(scene, who, cases) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.hidden)
def test_whoever_may_see_it_sees_the_difference(scene, case):
    assert is_shown(scene, case)
