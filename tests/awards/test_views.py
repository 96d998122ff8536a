from datetime import timedelta

import pytest

from hub.accounts import queries as accounts
from hub.accounts.models import UnitKind
from hub.awards import queries, services
from hub.awards.models import Cycle, CycleStage, Nomination, Outcome, Stage
from hub.core import clock
from hub.core.clock import today
from hub.core.db import db as database
from tests import factories
from tests.awards import making


@pytest.fixture
def lead(db):
    return factories.lead()


@pytest.fixture
def judge(lead):
    return making.colleague(lead, name="Judge Judith")


@pytest.fixture
def cycle(lead, judge):
    return making.cycle(lead, judges=[judge, making.colleague(lead), making.colleague(lead)])


def only(model):
    return database.session.query(model).one()


def text(html):
    return " ".join(html.select_one("main").get_text(" ").split())


def judged(nomination):
    """What a judge's form holds."""
    fields = {}
    for criterion_id, (n, why) in making.points(queries.nomination(nomination.id)).items():
        fields |= {f"points_{criterion_id}": str(n), f"why_{criterion_id}": why}
    return fields


def test_the_whole_story_on_pages(page, lead, judge, cycle):
    nominee, writer = making.colleague(lead, name="Kasia Wolska"), making.colleague(lead)
    award = cycle.categories[0]
    page.as_user(writer)
    assert "Kasia Wolska" in text(page.get("awards.start", category_id=award.id, query={"q": "kasia"}))
    page.submit("awards.start", at=f"/awards/categories/{award.id}/start?q=kasia", who=nominee.slug)
    nomination = only(Nomination)
    words = {"situation": "Empty seats.", "action": "She cut 240 sections.", "result": "62 of 62 came."}
    page.submit("awards.nominate", nomination_id=nomination.id, situation="Empty seats.", later="1")
    assert only(Nomination).stage == Stage.DRAFT
    page.submit("awards.nominate", nomination_id=nomination.id, **words, send="1")
    page.as_user(nominee)
    assert "She cut 240 sections." in text(page.get("awards.consent", nomination_id=nomination.id))
    page.submit("awards.consent", nomination_id=nomination.id, consents="yes", publicity="yes")
    page.as_user(lead)
    for move in ("pass_check", "shortlist"):
        page.submit("awards.cycle", form="screen", cycle_id=cycle.id, move=move)
    page.submit("awards.cycle", form="close", cycle_id=cycle.id)
    page.as_user(judge).submit("awards.judge", nomination_id=nomination.id, **judged(nomination))
    chair = queries.cycle(cycle.id).chair
    page.as_user(chair).submit(
        "awards.decide", nomination_id=nomination.id, outcome="winner", feedback="A joy to read."
    )
    page.submit("awards.decisions", form="close-decisions", cycle_id=cycle.id)
    assert "With the judges" in text(page.as_user(writer).get("awards.nomination", nomination_id=nomination.id))
    page.as_user(lead).submit("awards.cycle", form="announce", cycle_id=cycle.id)
    assert "Kasia Wolska" in text(page.as_user(writer).get("awards.winners"))
    assert "A joy to read." in text(page.get("awards.nomination", nomination_id=nomination.id))


def test_a_lead_prepares_a_cycle_on_pages(page, lead):
    page.as_user(lead)
    days = {"opens_at": 1, "closes_at": 20, "judging_until": 40}
    moments = {name: f"{today() + timedelta(days=n)}T17:00" for name, n in days.items()}
    page.submit("awards.new_cycle", name="Technician Awards 2027", chair=lead.email, **moments)
    cycle = only(Cycle)
    assert "Add an award" in text(page.get("awards.cycle", cycle_id=cycle.id))
    page.submit("awards.new_category", cycle_id=cycle.id, name="Teaching", word_limit="120", team_allowed="y")
    award = queries.cycle(cycle.id).categories[0]
    levels = "\n".join(making.LEVELS)
    page.submit("awards.criteria", category_id=award.id, name="Difference", weight="60", levels=levels)
    page.submit("awards.criteria", form=-1, category_id=award.id, name="Wrong", weight="10", levels=levels)
    page.submit("awards.criteria", category_id=award.id, form="remove", criterion=str(award.criteria[1].id))
    page.submit("awards.judges", cycle_id=cycle.id, form=-1, judge=lead.email)
    page.submit("awards.criteria", category_id=award.id, form=-1, name="Sharing", weight="40", levels=levels)
    page.submit("awards.cycle", form="go-live", cycle_id=cycle.id)
    assert only(Cycle).stage == CycleStage.OPEN


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"closes_at": "2020-01-01T10:00"}, "Nominations close after they open"),
        ({"chair": "nobody@hub.example"}, "Nobody in this institution has that address"),
        ({"name": ""}, "Name this cycle"),
        ({"opens_at": "9999-12-31T00:00"}, "Choose a day within twenty years"),
    ],
)
def test_a_wrong_cycle_says_what_is_wrong(page, lead, wrong, told):
    days = {"opens_at": 1, "closes_at": 20, "judging_until": 40}
    good = {name: f"{today() + timedelta(days=n)}T17:00" for name, n in days.items()}
    good |= {"name": "Awards", "chair": lead.email}
    assert told in text(page.as_user(lead).submit("awards.new_cycle", status=422, **good | wrong))


def test_a_draft_may_be_short_but_never_too_long(page, cycle):
    draft = making.draft(cycle, result="")
    page.as_user(draft.nominator)
    html = page.submit("awards.nominate", nomination_id=draft.id, send="1", status=422)
    assert "Answer all three questions" in text(html)
    html = page.submit("awards.nominate", nomination_id=draft.id, situation="word " * 151, later="1", status=422)
    assert "Shorten this by 1 word: 150 is the most" in text(html)


def test_members_join_and_leave_a_team(page, lead, cycle):
    draft = making.draft(cycle)
    other = making.colleague(lead, name="Owen Pryce")
    page.as_user(draft.nominator)
    address = f"/awards/nominations/{draft.id}/team?q=owen"
    page.submit("awards.team", at=address, who=other.slug)
    assert queries.nomination(draft.id).nominee_of(other) is not None
    leaving = queries.nomination(draft.id).nominee_of(other)
    page.submit("awards.team", nomination_id=draft.id, out=str(leaving.id))
    assert [n.person_id for n in queries.nomination(draft.id).nominees] != [other.id]
    assert len(queries.nomination(draft.id).nominees) == 1


def test_scoring_comes_before_seeing_what_others_gave(page, lead, judge, cycle):
    nomination = making.shortlisted(cycle, lead)
    services.close_cycle(cycle, actor=lead)
    other = cycle.judges[1].person
    services.score(nomination, points=making.points(nomination, 2, 2), actor=other)
    page.as_user(judge)
    assert other.name not in text(page.get("awards.judge", nomination_id=nomination.id))
    html = page.submit("awards.judge", nomination_id=nomination.id, status=422)
    assert "Give points for" in text(html)
    page.submit("awards.judge", nomination_id=nomination.id, **judged(nomination))
    assert other.name in text(page.get("awards.judge", nomination_id=nomination.id))


@pytest.mark.parametrize("who", ["lead", "chair"])
def test_a_lead_or_chair_who_judges_sees_no_score_before_giving_their_own(page, lead, judge, cycle, who):
    person = lead if who == "lead" else cycle.chair
    services.add_judge(cycle, person, actor=lead)
    better, worse = making.shortlisted(cycle, lead), making.shortlisted(cycle, lead)
    services.close_cycle(cycle, actor=lead)
    for nomination, n in ((worse, 2), (better, 5)):
        services.score(nomination, points=making.points(nomination, n, n), actor=judge)
    page.as_user(person)
    blind = text(page.get("awards.decisions", cycle_id=cycle.id))
    assert ("5.00" in blind, "2.00" in blind) == (False, False)
    assert blind.index(better.names) < blind.index(worse.names)
    assert judge.name not in text(page.get("awards.decide", nomination_id=better.id))
    page.submit("awards.judge", nomination_id=better.id, **judged(better))
    assert "5.00" not in text(page.get("awards.decisions", cycle_id=cycle.id))
    assert judge.name in text(page.get("awards.decide", nomination_id=better.id))
    page.submit("awards.judge", nomination_id=worse.id, **judged(worse))
    assert "4.50" in text(page.get("awards.decisions", cycle_id=cycle.id))


def test_what_chair_and_lead_are_too_close_to_is_decided_by_a_judge_who_acts_as_chair(page, lead, judge, cycle):
    nominee = making.colleague(lead, manager=cycle.chair)
    nomination = making.consented(cycle, nominee, by=lead)
    stage_of = {}
    services.close_cycle(cycle, actor=lead)
    for person in (cycle.chair, lead, judge):
        stage_of[person.id] = page.as_user(person).raw("awards.decide", nomination_id=nomination.id).status_code
    assert set(stage_of.values()) == {403, 404}
    page.as_user(lead).submit("awards.judges", form="acting", cycle_id=cycle.id, judge=str(cycle.judges[0].id))
    assert making.told(judge)[-1] == "judging"
    page.as_user(judge).submit(
        "awards.decide", nomination_id=nomination.id, outcome="highly_commended", feedback="Well done."
    )
    assert queries.nomination(nomination.id).outcome == Outcome.HIGHLY_COMMENDED
    page.as_user(lead).submit("awards.judges", form="acting", cycle_id=cycle.id, judge=str(cycle.judges[0].id))
    page.as_user(judge).get("awards.decisions", cycle_id=cycle.id, status=403)


def test_stepping_aside_hides_or_uncounts(page, lead, judge, cycle):
    nomination = making.shortlisted(cycle, lead)
    services.close_cycle(cycle, actor=lead)
    page.as_user(judge).submit("awards.abstain", nomination_id=nomination.id, reason="Too little knowledge")
    page.submit("awards.conflict", nomination_id=nomination.id, reason="We share a flat")
    page.get("awards.judge", nomination_id=nomination.id, status=404)
    assert "We share a flat" in text(
        page.as_user(queries.cycle(cycle.id).chair).get("awards.decisions", cycle_id=cycle.id)
    )


def world(lead, judge, *, with_the_close_one):
    """The pages of a judge, with or without a nomination that they are too close to and that others have scored."""
    unit = factories.unit(lead.institution, kind=UnitKind.TEAM, name=f"Team {with_the_close_one}")
    judge.unit = unit
    cycle = making.cycle(lead, judges=[judge, making.colleague(lead)], scheme_name=f"Scheme {with_the_close_one}")
    making.shortlisted(cycle, lead, making.colleague(lead, name="Far Away"))
    if with_the_close_one:
        hidden = making.shortlisted(cycle, lead, making.colleague(lead, name="Close By", unit=unit))
        services.close_cycle(cycle, actor=lead)
        services.score(hidden, points=making.points(hidden), actor=cycle.judges[1].person)
        return cycle, hidden
    services.close_cycle(cycle, actor=lead)
    return cycle, None


def test_a_judge_who_is_too_close_finds_no_trace(page, lead, judge):
    """Two worlds: the pages are the same whether the nomination exists or not."""
    with clock.held(clock.now()):
        _is_shown_no_trace(page, lead, judge)


def _is_shown_no_trace(page, lead, judge):
    without, _ = world(lead, judge, with_the_close_one=False)
    seen = text(page.as_user(judge).get("awards.judging", cycle_id=without.id))
    seen = seen.replace(without.name, "").replace(queries.cycle(without.id).categories[0].name, "")
    cycle, hidden = world(accounts.person(lead.id), accounts.person(judge.id), with_the_close_one=True)
    page.as_user(judge)
    now_seen = text(page.get("awards.judging", cycle_id=cycle.id))
    assert now_seen.replace(cycle.name, "").replace(queries.cycle(cycle.id).categories[0].name, "") == seen
    for endpoint in ("judge", "abstain", "conflict"):
        page.get(f"awards.{endpoint}", nomination_id=hidden.id, status=404)
    page.get("awards.nomination", nomination_id=hidden.id, status=403)
    for endpoint in ("home", "winners", "mine"):
        assert "Close By" not in text(page.get(f"awards.{endpoint}"))


def test_a_chair_who_is_too_close_does_not_see_it_among_the_decisions(page, lead, cycle):
    nomination = making.shortlisted(cycle, lead, making.colleague(lead, name="Close By", manager=cycle.chair))
    services.close_cycle(cycle, actor=lead)
    page.as_user(cycle.chair)
    assert "Close By" not in text(page.get("awards.decisions", cycle_id=cycle.id))
    page.get("awards.decide", nomination_id=nomination.id, status=404)
    assert "Close By" in text(page.as_user(lead).get("awards.decisions", cycle_id=cycle.id))


def test_why_a_judge_is_kept_out_is_read_by_the_chair_alone(page, lead, judge, cycle):
    nomination = making.shortlisted(cycle, lead)
    services.close_cycle(cycle, actor=lead)
    services.declare_conflict(nomination, reason="We share a flat", actor=judge)
    shown = [
        text(page.as_user(person).get("awards.decisions", cycle_id=cycle.id))
        for person in (queries.cycle(cycle.id).chair, lead)
    ]
    assert ["We share a flat" in one for one in shown] == [True, False]
    assert ["Kept out" in one for one in shown] == [True, True]


def test_somebody_who_would_not_be_named_is_not_named_nor_found(page, lead):
    nomination = making.announced(lead, publicity=False)
    name = nomination.nominees[0].person.name
    page.as_user(making.colleague(lead))
    assert name not in text(page.get("awards.winners"))
    assert "A colleague who prefers not to be named" in text(page.get("awards.winners"))
    assert "No awards" in text(page.get("awards.winners", query={"q": name}))
    assert name not in page.raw("awards.winners", query={"export": "csv"}).get_data(as_text=True)


def test_a_named_winner_is_found_by_name(page, lead):
    nomination = making.announced(lead)
    name = nomination.nominees[0].person.name
    assert "1 award" in text(page.as_user(lead).get("awards.winners", query={"q": name}))


def test_not_selected_is_told_with_feedback(page, lead):
    nomination = making.announced(lead, outcome=Outcome.NOT_SELECTED)
    shown = text(page.as_user(nomination.nominator).get("awards.nomination", nomination_id=nomination.id))
    assert "Not selected this time" in shown
    assert "Tell us more about the numbers." in shown


LEADS = ["cycles", "new_cycle"]
EVERYBODY = ["home", "winners", "mine"]


@pytest.mark.parametrize("endpoint", [*LEADS, *EVERYBODY])
def test_pages_are_for_people_who_signed_in(page, db, endpoint):
    assert "sign-in" in page.signed_out().raw(f"awards.{endpoint}").location


def test_each_page_is_for_whom_it_is_made(page, lead, cycle):
    nomination = making.shortlisted(cycle, lead)
    draft = making.draft(cycle)
    award = cycle.categories[0]
    page.as_user(making.colleague(lead))
    for endpoint in LEADS:
        page.get(f"awards.{endpoint}", status=403)
    for endpoint in ("cycle", "judging", "decisions", "judges", "new_category"):
        page.get(f"awards.{endpoint}", cycle_id=cycle.id, status=403)
    for endpoint in ("criteria", "withhold"):
        page.get(f"awards.{endpoint}", category_id=award.id, status=403)
    for endpoint in ("nomination", "judge", "decide", "consent", "abstain", "conflict"):
        page.get(f"awards.{endpoint}", nomination_id=nomination.id, status=403)
    for endpoint in ("nominate", "team", "nomination"):
        page.get(f"awards.{endpoint}", nomination_id=draft.id, status=403)
    page.as_user(factories.lead())
    for endpoint in ("cycle", "judging", "decisions"):
        page.get(f"awards.{endpoint}", cycle_id=cycle.id, status=404)
    page.get("awards.start", category_id=award.id, status=404)
    page.get("awards.nomination", nomination_id=nomination.id, status=404)


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_database_as_often_for_many_as_for_one(page, queries, lead, judge, cycle, rows):
    for _ in range(rows):
        making.announced(lead)
        making.draft(cycle, by=lead)
        making.shortlisted(cycle, lead)
        making.sent(cycle, lead)
    page.as_user(lead)
    for endpoint, most in (("home", 12), ("mine", 8), ("winners", 8), ("cycles", 8)):
        with queries(at_most=most):
            page.get(f"awards.{endpoint}")
    with queries(at_most=12):
        page.get("awards.cycle", cycle_id=cycle.id)
    services.close_cycle(cycle, actor=lead)
    with queries(at_most=12):
        page.get("awards.decisions", cycle_id=cycle.id)
    page.as_user(judge)
    with queries(at_most=12):
        page.get("awards.judging", cycle_id=cycle.id)


BAD = ["", "nobody", "\x00", "'; --", "%", "x" * 5000, "9" * 400]


@pytest.mark.parametrize("junk", BAD)
def test_junk_behind_a_button_is_not_found(page, lead, cycle, junk):
    draft = making.draft(cycle, by=lead)
    award = cycle.categories[0]
    page.as_user(lead)
    csrf = page.get("awards.nominate", nomination_id=draft.id).select_one("form input[name=csrf_token]")["value"]
    for path, name in (
        (f"/awards/categories/{award.id}/start", "who"),
        (f"/awards/nominations/{draft.id}/team", "who"),
        (f"/awards/categories/{award.id}/criteria/remove", "criterion"),
        (f"/awards/cycles/{cycle.id}/judges/remove", "judge"),
        (f"/awards/nominations/{draft.id}/screen", "move"),
    ):
        hidden = {
            "csrf_token": csrf,
            "_once": f"{name:x>9}{path:x>40}"[:60],
            "_version": version_of(path, cycle, draft),
        }
        page.post(path, status=404, **hidden, **{name: junk})
    page.get("awards.start", category_id=award.id, query={"q": junk})


def version_of(path, cycle, draft):
    return str((cycle if "cycles" in path else draft).version)


@pytest.mark.parametrize(
    "junk", ["<script>alert(1)</script>", "{{7*7}}", '"><img src=x onerror=alert(1)>', "=HYPERLINK(1)"]
)
def test_what_people_write_is_shown_and_never_run(page, lead, cycle, junk):
    nomination = making.sent(cycle, situation=junk, evidence=junk)
    html = page.as_user(nomination.nominees[0].person).get("awards.consent", nomination_id=nomination.id)
    assert junk in html.select_one("main").get_text()
    assert html.select("main script, main img") == []


@pytest.mark.parametrize("publicity", [True, False])
def test_an_award_stands_on_the_profile_of_whoever_agreed_to_be_named(page, lead, publicity):
    nomination = queries.nomination(making.announced(lead, publicity=publicity).id)
    winner, award = nomination.nominees[0].person, nomination.category.name
    html = page.as_user(making.colleague(lead)).get("directory.profile", slug=winner.slug)
    assert (award in text(html)) is publicity
    other = factories.person()
    page.as_user(other).get("directory.profile", slug=winner.slug, status=404)
