"""What two people have between them, on the way to a register or to a skill, makes no difference to anybody else."""

import pytest
from sqlalchemy import update

from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db
from hub.registration import queries as registration
from hub.registration import services as registering
from hub.registration.models import MatchedPair, Mentoring
from hub.registration.stages import Reason
from hub.skills import queries as skills
from hub.skills import services as sharing
from tests import factories
from tests.fund.making import AFTER, DURING
from tests.fund.making import lead as lead_for_long
from tests.gates.two_worlds import Case, Scene, also, is_shown, leaks, looks
from tests.registration import making
from tests.skills import making as teaching
from tests.support.sweeping import undone

pytestmark = pytest.mark.xdist_group("two worlds: people")  # which share a scene

AT = at_london(AFTER, 10)


@pytest.fixture(scope="module")
def scene(app):
    """A pair at work, one that never was, a matching round in preview, a private request, a session unapproved."""
    with app.app_context(), undone(app), clock.held(at_london(DURING, 10)):
        yield _scene(app)


def _scene(app) -> Scene:
    lead = lead_for_long()
    here = lead.institution
    manager = factories.person(here, name="Line manager")
    names = ("mentor", "asked", "candidate", "colleague", "expert", "seeker", "host")
    people = {name: making.technician(here, name=name.capitalize(), manager=manager) for name in names}
    people |= {"lead": lead, "manager": manager, "writer": making.technician(here, name="Writer", manager=manager)}
    journey = making.drafted(people["writer"])
    pair = making.pair(journey, people["mentor"])
    registering.comment(journey.statements[0], text="Say what you did.", actor=people["mentor"])
    sought = making.journey(people["seeker"])
    making.wish(sought)
    declined = making.proposal(sought, lead, people["asked"])
    registering.decline(declined, reason=Reason.NO_TIME, note="Not this year.", actor=people["asked"])
    making.mentor(people["candidate"])
    waits = making.journey(making.technician(here, name="Waiting one"))
    making.wish(waits)
    matched = registering.preview_round(name="Summer round", actor=lead)
    request = teaching.request(people["colleague"], asked=people["expert"], what="Zirconium polishing")
    session = teaching.session(people["host"], title="Zirconium by night", needs_approval=True)
    ids = {who: person.id for who, person in people.items()}
    ids |= {"journey": journey.id, "pair": pair.id, "declined": declined.id, "matched": matched.id}
    ids |= {"request": request.id, "session": session.id}
    guesses = {"journey_id": [journey.id], "mentoring_id": [pair.id], "request_id": [request.id]}
    guesses |= {"session_id": [session.id], "round_id": [matched.id]}
    scene = Scene(app, AT, ids, guesses, words=("Zirconium",))
    db.session.commit()
    scene.sign_in(*people)
    return scene


def draft(scene):
    return registration.statement_for(scene.ids["journey"], "A", viewer=scene.person("writer"))


def pair(scene):
    return registration.pair_for(scene.ids["pair"], viewer=scene.person("mentor"))


def a_draft(scene):
    registering.save_statement(draft(scene), text="Other words.", keep=True, actor=scene.person("writer"))


def a_comment(scene):
    registering.comment(draft(scene), text="Nobody else reads this.", actor=scene.person("mentor"))


def a_note(scene):
    registering.write_note(pair(scene), text="She is thinking of leaving.", actor=scene.person("mentor"))
    registering.log_meeting(
        pair(scene), met_on=clock.today(), minutes=45, summary="We talked of leaving.", actor=scene.person("mentor")
    )


def another_refusal(scene):
    """Who declined, and why. That a mentor has a place again does show: everybody may ask for it."""
    said = {"decline_reason": Reason.TOO_CLOSE, "decline_note": "I cannot.", "declined_by_id": scene.ids["seeker"]}
    db.session.execute(update(Mentoring).where(Mentoring.id == scene.ids["declined"]).values(said))


def other_costs(scene):
    db.session.execute(update(MatchedPair).values(cost=4321))


def another_request(scene):
    one = skills.request(scene.ids["request"])
    one.what, one.when_suits = "Tungsten", "Never"


def request_taken_back(scene):
    sharing.withdraw_request(skills.request(scene.ids["request"]), actor=scene.person("colleague"))


def another_session(scene):
    one = skills.session(scene.ids["session"])
    one.title, one.place, one.capacity = "Tungsten by day", "Elsewhere", 9


OTHERS = ("manager", "lead", "candidate", *also("colleague"))
DRAFT = "/registrations/journeys/{journey}/areas/A"
CASES = [
    Case("a draft", a_draft, OTHERS, ("mentor", DRAFT)),
    Case("a comment", a_comment, OTHERS, ("writer", DRAFT)),
    Case("a note of the pair", a_note, OTHERS, ("writer", "/registrations/pairings/{pair}")),
    Case("who declined, and why", another_refusal, OTHERS, ("seeker", "/registrations/pairings/{declined}")),
    Case(
        "the costs of a round", other_costs, ("candidate", *also("seeker")), ("lead", "/registrations/rounds/{matched}")
    ),
    Case(
        "a private request",
        another_request,
        ("lead", "manager", *also("mentor")),
        ("expert", "/skills/requests/{request}"),
    ),
    Case(
        "that a private request is there",
        request_taken_back,
        ("lead", *also("mentor")),
        ("expert", "/skills/requests/{request}"),
        apart=True,
    ),
    Case(
        "an unapproved session",
        another_session,
        ("candidate", *also("mentor")),
        ("manager", "/skills/sessions/{session}"),
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
