"""Whoever is nominated, nominates or is too close is shown the same of the awards whatever their judges make of it."""

import pytest
from sqlalchemy import update

from hub.awards import queries, services
from hub.awards.models import Nomination, Outcome, Score
from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db
from tests import factories
from tests.awards import making
from tests.fund.making import AFTER as LATER
from tests.fund.making import DURING
from tests.fund.making import lead as lead_for_long
from tests.gates.two_worlds import Case, Scene, also, is_shown, leaks, looks
from tests.plan import making as plans
from tests.support.sweeping import undone

pytestmark = pytest.mark.xdist_group("two worlds: awards")  # which share a scene

AT = at_london(LATER, 10)


@pytest.fixture(scope="module")
def scene(app):
    """A cycle that is being judged, partly by people who are too close, and one that was announced."""
    with app.app_context(), undone(app), clock.held(at_london(DURING, 10)):
        yield _scene(app)


def _scene(app) -> Scene:
    lead = lead_for_long()
    here = lead.institution
    close_lead = lead_for_long(here, name="Close lead")
    plans.action(plans.plan(lead), lead, feeds=("awards.nomination", "awards.award"))
    team = factories.unit(here, kind="team", name="Imaging team")
    people = {
        "lead": lead,
        "close_lead": close_lead,
        "nominee": factories.person(here, name="Nominee", unit=team, manager=close_lead),
        "teammate": factories.person(here, name="Teammate", unit=team),
        "quiet": factories.person(here, name="Quiet one", unit=team, manager=close_lead),
        "rival": factories.person(here, name="Rival"),
        "nominator": factories.person(here, name="Nominator"),
        "chair": factories.person(here, name="Chair"),
        "judge": factories.person(here, name="Judge"),
        "late_judge": factories.person(here, name="Late judge"),
        "lead_who_judges": lead_for_long(here, name="Lead who judges"),
    }
    earlier = making.announced(lead, outcome=Outcome.NOT_SELECTED)
    judges = [people[who] for who in ("judge", "late_judge", "lead_who_judges", "teammate")]
    cycle = making.cycle(lead, chair=people["chair"], judges=judges)
    hidden = making.shortlisted(cycle, lead, people["nominee"], by=people["nominator"], situation="Zirconium failed")
    other = making.shortlisted(cycle, lead, people["rival"], by=people["close_lead"], action="Mended the Leeds rig")
    unanswered = making.sent(cycle, people["quiet"], result="Thirty samples a day")
    services.close_cycle(cycle, actor=lead)
    for one in (hidden, other):
        services.score(one, points=making.points(one, 3, 3), actor=people["judge"])
    ids = {who: person.id for who, person in people.items()}
    ids |= {"hidden": hidden.id, "other": other.id, "unanswered": unanswered.id, "earlier": earlier.id}
    ids |= {"cycle": cycle.id, "award": hidden.category_id}
    guesses = {"nomination_id": [hidden.id], "cycle_id": [cycle.id]}
    scene = Scene(app, AT, ids, guesses, words=("Zirconium",))
    db.session.commit()
    scene.sign_in(*people)
    return scene


def nomination(scene, name) -> Nomination:
    db.session.expire_all()
    return queries.nomination(scene.ids[name])


def a_score(scene):
    for name in ("hidden", "other"):
        one = nomination(scene, name)
        services.score(one, points=making.points(one, 5, 1), actor=scene.person("late_judge"))


def other_points(scene):
    db.session.execute(update(Score).values(points=1, why="Nobody will ever know this reason."))


def an_abstention(scene):
    services.abstain(nomination(scene, "hidden"), reason="I know too little", actor=scene.person("lead_who_judges"))


def a_conflict(scene):
    services.declare_conflict(nomination(scene, "hidden"), reason="My cousin", actor=scene.person("late_judge"))


def a_winner(scene):
    making.decided(nomination(scene, "hidden"), Outcome.WINNER, scene.person("chair"), "Splendid work.")


def a_refusal(scene):
    making.decided(nomination(scene, "other"), Outcome.NOT_SELECTED, scene.person("chair"), "Tell us more.")


def one_more(scene):
    """A nomination of somebody whom they are too close to goes to the judges."""
    services.answer(nomination(scene, "unanswered"), consents=True, publicity=True, actor=scene.person("quiet"))
    services.pass_check(nomination(scene, "unanswered"), actor=scene.person("lead"))
    services.shortlist(nomination(scene, "unanswered"), actor=scene.person("lead"))


DECISIONS, JUDGE = "/awards/cycles/{cycle}/decisions", "/awards/nominations/{hidden}/judge"
JUDGED = ("nominee", "nominator", *also("rival"))
CLOSE = ("close_lead", *also("teammate"))
YET_TO_SCORE = ("lead_who_judges", *also("late_judge"))
CASES = [
    Case("a score", a_score, (*JUDGED, "lead_who_judges"), ("chair", DECISIONS)),
    Case("other points", other_points, (*JUDGED, *YET_TO_SCORE), ("chair", DECISIONS)),
    Case("an abstention", an_abstention, (*JUDGED, *CLOSE, *also("late_judge")), ("lead_who_judges", JUDGE)),
    Case("a declared conflict", a_conflict, (*JUDGED, *CLOSE), ("chair", DECISIONS)),
    Case("a winner", a_winner, (*JUDGED, *CLOSE), ("chair", DECISIONS)),
    Case("a refusal", a_refusal, JUDGED, ("chair", DECISIONS)),
    Case("one more nomination", one_more, (*JUDGED, *CLOSE), ("chair", DECISIONS)),
]


@pytest.mark.parametrize(
    ("who", "cases"), looks(CASES), ids=lambda given: given if isinstance(given, str) else len(given)
)
def test_what_is_kept_from_somebody_makes_no_difference_to_them(scene, who, cases):
    assert leaks(scene, who, cases) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.hidden)
def test_whoever_may_see_it_sees_the_difference(scene, case):
    assert is_shown(scene, case)
