"""Whoever is judged, or too close to it, is shown the same of the fund whatever the panel makes of it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from hub.core.clock import at_london
from hub.core.db import db
from hub.fund import queries, services
from hub.fund.models import Application, CostLine, Outcome, PanelDecision, PanelScore
from tests import factories
from tests.fund import making
from tests.gates.two_worlds import Case, Scene, also, is_shown, leaks, looks
from tests.plan import making as plans
from tests.registration import making as mentoring
from tests.support.sweeping import undone

pytestmark = pytest.mark.xdist_group("two worlds: fund")  # which share a scene

AT = at_london(making.AFTER + timedelta(days=1), 10)


@pytest.fixture(scope="module")
def scene(app):
    """One round that is being judged, one of the same fund that was released; the panel is partly too close."""
    with app.app_context(), undone(app):
        yield _scene(app)


PANEL_OF_ALL = ("chair", "member", "teammate", "boss", "mentor", "declared", "lead_on_panel")


def _scene(app) -> Scene:
    lead = making.lead()
    plans.action(plans.plan(lead), lead, feeds=("fund.award",))
    people = _people(lead)
    things = _rounds(lead, people, making.scheme(lead))
    ids = {name: row.id for name, row in (people | things).items()}
    guesses = {"application_id": [ids["hidden"]], "round_id": [ids["round"]]}
    scene = Scene(app, AT, ids, guesses, words=("Zirconium",))
    db.session.commit()
    scene.sign_in(*people)
    return scene


def _people(lead):
    here = lead.institution
    team = factories.unit(here, kind="team", name="Imaging team")
    boss = factories.person(here, name="Boss")
    workmate = factories.person(here, name="Workmate", unit=team)
    return {
        "lead": lead,
        "boss": boss,
        "workmate": workmate,
        "applicant": factories.person(here, name="Applicant", unit=team, manager=boss),
        "rival": making.technician(lead, name="Rival", manager=workmate),
        "lead_who_asks": making.lead(here, name="Lead who asks", manager=boss),
        "chair": factories.person(here, name="Chair"),
        "member": factories.person(here, name="Member"),
        "teammate": factories.person(here, name="Teammate", unit=team),
        "mentor": factories.person(here, name="Mentor"),
        "declared": factories.person(here, name="Declared"),
        "lead_on_panel": making.lead(here, name="Lead on panel", unit=team),
        "bystander": factories.person(here, name="Bystander"),
    }


def _rounds(lead, people, of):
    chair = people["chair"]
    earlier = making.open_round(lead, of=of, panel=(chair, people["member"]))
    earlier_one = making.supported(earlier, people["applicant"], title="An earlier course")
    making.close(earlier)
    making.scored(earlier_one, chair, people["member"])
    making.decided(earlier_one, chair, Outcome.RESERVE)
    making.released(earlier, chair, lead)
    fund_round = making.open_round(lead, of=of, panel=tuple(people[who] for who in PANEL_OF_ALL), budget_pence=400_000)
    hidden = making.supported(fund_round, people["applicant"], title="Zirconium ultramicrotomy")
    other = making.supported(fund_round, people["rival"], title="A visit to Leeds")
    third = making.supported(fund_round, people["lead_who_asks"], title="Leading technicians")
    making.close(fund_round)
    services.declare_conflict(making.fresh(hidden), reason="Cousins", actor=people["declared"])
    mentoring.pair(mentoring.journey(people["applicant"]), people["mentor"])
    making.scored(hidden, chair)
    making.scored(other, *(people[who] for who in PANEL_OF_ALL))
    making.scored(third, *(people[who] for who in PANEL_OF_ALL if who != "boss"))  # whose report the lead is
    making.decided(other, chair, pence=60_000)
    return {
        "earlier": earlier,
        "earlier_one": earlier_one,
        "round": fund_round,
        "hidden": hidden,
        "other": other,
        "third": third,
    }


def application(scene, name) -> Application:
    db.session.expire_all()
    return queries.application(scene.ids[name])


def another_score(scene):
    """One is changed, and one more comes."""
    making.scored(application(scene, "hidden"), scene.person("chair"), marks=(5, 5))
    making.scored(application(scene, "hidden"), scene.person("member"), marks=(1, 1))


def a_rivals_score(scene):
    making.scored(application(scene, "other"), scene.person("member"), marks=(1, 1))


def other_reasons(scene):
    db.session.execute(update(PanelScore).values(justification="Nobody will ever know this reason."))


def an_award(scene):
    making.decided(application(scene, "hidden"), scene.person("chair"), pence=77_700)


def another_decision(scene):
    """An award becomes a refusal, with other words."""
    making.decided(application(scene, "other"), scene.person("chair"), Outcome.DECLINE)


def an_award_to_the_lead(scene):
    making.decided(application(scene, "third"), scene.person("chair"), pence=55_500)


def a_conflict(scene):
    services.declare_conflict(application(scene, "hidden"), reason="We are married", actor=scene.person("member"))


def other_words(scene):
    one = application(scene, "hidden")
    one.title, one.what, one.why, one.asked_pence = "Tungsten", "Something else", "For other reasons", 123_400
    one.match_pence = 5_000
    db.session.execute(update(CostLine).where(CostLine.application_id == one.id).values(pence=123_400))


def taken_back(scene):
    services.withdraw(application(scene, "hidden"), actor=scene.person("applicant"))


def score_after_the_release(scene):
    db.session.execute(update(PanelScore).where(PanelScore.application_id == scene.ids["earlier_one"]).values(score=1))
    db.session.execute(
        update(PanelDecision)
        .where(PanelDecision.application_id == scene.ids["earlier_one"])
        .values(decided_by_id=scene.ids["member"])
    )


PANEL = "/fund/rounds/{round}/panel"
JUDGED = ("applicant", "workmate", *also("rival"))
CLOSE = ("boss", "mentor", "declared", "lead_on_panel", *also("teammate"))
CASES = [
    Case("a score", another_score, (*JUDGED, *CLOSE, "lead_who_asks"), ("chair", PANEL)),
    Case("a rival's score", a_rivals_score, (*JUDGED, "lead_who_asks"), ("chair", PANEL)),
    Case("a reason", other_reasons, JUDGED, ("chair", "/fund/applications/{hidden}/score")),
    Case("an award", an_award, (*JUDGED, *CLOSE), ("chair", PANEL)),
    Case("another decision", another_decision, (*JUDGED, "lead_who_asks"), ("member", PANEL)),
    Case("an award to the lead", an_award_to_the_lead, ("lead_who_asks",), ("chair", PANEL)),
    Case("a declared conflict", a_conflict, (*JUDGED, *CLOSE, "lead_who_asks"), ("member", PANEL)),
    Case("what a case says", other_words, CLOSE, ("lead", "/fund/applications/{hidden}")),
    Case(
        "that a case is there",
        taken_back,
        ("mentor", "declared", "lead_on_panel"),
        ("lead", "/fund/applications"),
        apart=True,
    ),
    Case(
        "an old score",
        score_after_the_release,
        ("applicant",),
        ("chair", PANEL.replace("round}", "earlier}")),
    ),
]


@pytest.mark.parametrize(
    ("who", "cases"), looks(CASES), ids=lambda given: given if isinstance(given, str) else len(given)
)
def test_what_is_kept_from_somebody_makes_no_difference_to_them(scene, who, cases):
    assert leaks(scene, who, cases) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.hidden)
def test_whoever_may_see_it_sees_the_difference(scene, case):
    assert is_shown(scene, case)


def test_a_page_that_counts_the_scores_is_found(scene, app, monkeypatch):
    def help_page():
        return f"{db.session.scalar(select(func.count(PanelScore.id)))} scores so far"

    monkeypatch.setitem(app.view_functions, "pages.help_page", help_page)
    monkeypatch.setattr(scene, "_seen", {})
    (found,) = leaks(scene, "bystander", CASES[:2])
    assert found.startswith("a score at /help")
    assert "scores so far" in found


def test_the_walks_reach_what_the_cases_are_about(scene):
    """A lead who is one only tomorrow would see no difference either."""
    ways = {
        "lead_on_panel": ("manage", "panel"),
        "lead_who_asks": ("manage",),
        "boss": ("panel",),
        "mentor": ("panel",),
        "declared": ("panel",),
    }
    for who, pages in ways.items():
        seen = scene.as_it_is(who)
        assert [seen[f"/fund/rounds/{scene.ids['round']}/{page}"].status for page in pages] == [200] * len(pages)
    assert "/fund/rounds?export=xlsx" in scene.as_it_is("lead_on_panel")
