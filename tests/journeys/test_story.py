"""The hub's story, from a plan on paper to evidence on it, through the pages that people use."""

import io
from datetime import date, timedelta

import docx
import pikepdf
import pytest

from hub.awards import queries as awards
from hub.awards.models import Cycle, Nomination
from hub.cli import checks
from hub.core import audit
from hub.core.db import db as database
from hub.core.rag import Rag
from hub.evidence.models import Entry
from hub.fund import queries as fund
from hub.fund.models import Application, Claim, FundScheme, Round, SchemeKind, Stage
from hub.plan import queries as plans
from hub.plan.models import Action, Counting, Placement, PlacementState, Plan
from hub.registration.models import Journey, MatchingRound, Mentoring
from hub.registration.stages import CameBy
from hub.skills.models import Offer, Request, Session
from tests.fund.making import PDF
from tests.journeys import acting
from tests.journeys.acting import ledger, number_in, on, only, words

BEGINS = date(2026, 9, 7)
YEAR = BEGINS.year


@pytest.fixture
def cast(db):
    return acting.cast(BEGINS)


def test_from_a_plan_on_paper_to_evidence_on_it(page, cast):
    tell(page, cast)
    assert checks.broken_rows() == []
    assert audit.first_broken() is None


def tell(page, cast):
    a_lead_brings_the_plan(page, cast)
    a_colleague_is_found_and_hides_a_field(page, cast)
    a_skill_is_passed_on(page, cast)
    a_fund_is_opened(page, cast)
    two_apply_and_their_managers_support_them(page, cast)
    the_panel_awards_inside_the_budget(page, cast)
    the_award_is_claimed_and_reported(page, cast)
    a_mentor_is_matched(page, cast)
    somebody_is_registered_and_the_refund_opens(page, cast)
    a_colleague_is_nominated_and_celebrated(page, cast)
    the_lead_places_the_evidence(page, cast)
    the_plan_says_how_it_stands(page, cast)
    the_plan_is_taken_away_on_paper(page, cast)
    everybody_may_see_how_it_goes(page, cast)


# -- the plan ----------------------------------------------------------------------------------------------------------


def a_lead_brings_the_plan(page, cast):
    with on(BEGINS):
        contact = {"contact_name": "Rosalind Achterberg", "contact_email": "technicians@wherrymouth.example"}
        page.as_user(cast.lead).submit("accounts.institution", **contact)
        paper = (io.BytesIO(acting.plan_on_paper(YEAR)), "action_plan.docx")
        preview = page.submit("plan.import_file", file=paper)
        html = page.open(preview)
        assert html.h1.text == "7 actions understood"
        for understood in (
            "Career development",
            "Minutes of meetings",
            f"31 August {YEAR + 1}",
            f"31 August {YEAR + 2}",
        ):
            assert understood in words(html)
        assert database.session.query(Plan).count() == 0

        page.submit(
            "plan.correct_draft", at=f"{preview}/actions?n=4", objective="A development fund for every technician"
        )
        path = page.submit("plan.import_preview", at=preview, form=-1)
        plan = only(Plan)
        assert plan.starts_on <= BEGINS <= plan.ends_on
        refused = page.submit("plan.tracker", at=path, form="stage", button=("move", "approve"), status=422)
        assert "no theme or no owner yet" in words(refused)
        for action in plans.actions(plan.id):
            page.submit("plan.edit_action", action_id=action.id, owner_role="Head of technical services")
        counted = plans.actions(plan.id)[2].indicators[0].id
        page.submit("plan.edit_indicator", indicator_id=counted, baseline="0", baseline_on=str(BEGINS))
        for name in ("approve", "publish"):
            page.submit("plan.tracker", at=path, form="stage", button=("move", name))
    found = {a.ref: a for a in plans.actions(plan.id)}
    assert list(found) == ["V1", "V2", "R1", "R2", "C1", "C2", "S1"]
    assert found["C1"].objective == "A development fund for every technician"
    (registered,) = found["R1"].indicators
    assert (registered.text, registered.counting) == ("Number of staff registered", Counting.REGISTERED)
    assert [(t.value, t.due_on) for t in registered.targets] == [
        (3, date(YEAR + 1, 8, 31)),
        (6, date(YEAR + 2, 8, 31)),
    ]


# -- finding and teaching ----------------------------------------------------------------------------------------------


def a_colleague_is_found_and_hides_a_field(page, cast):
    with on(BEGINS + timedelta(days=1)):
        page.as_user(cast.kasia)
        page.submit("directory.my_skills", form=-1, name="Confocal microscopy", level="can_teach")
        page.submit("directory.edit_profile", form=-1, equipment="Confocal, room 1.09", building="Kelvin Court")
        assert ledger() == {}
        page.submit("directory.edit_profile", form="confirm")
        assert ledger() == {"directory.profile": 1}

        page.as_user(cast.owen)
        html = page.get("directory.search", query={"q": "confocall micrscopy"})
        assert [a.text.strip() for a in html.select(".results h3 a")] == ["Kasia Wolska"]
        assert "Confocal, room 1.09" in words(page.get("directory.profile", slug=cast.kasia.slug))
        page.as_user(cast.kasia).submit("directory.edit_profile", form=0, see_equipment="private")
        assert "room 1.09" not in words(page.as_user(cast.owen).get("directory.profile", slug=cast.kasia.slug))


def a_skill_is_passed_on(page, cast):
    day = BEGINS + timedelta(days=9)
    with on(BEGINS + timedelta(days=2)):
        skill = page.as_user(cast.owen).get("skills.ask").find("option", string="Confocal microscopy")["value"]
        page.submit("skills.ask", what="A first stack", skill=skill, kind="demonstration", when_suits="Wednesdays")
        page.as_user(cast.kasia).submit("skills.answer", request_id=only(Request).id, summary="Half an hour on ours")
        page.submit(
            "skills.schedule",
            offer_id=only(Offer).id,
            place="Kelvin Court 1.09",
            starts_at=f"{day}T13:00",
            capacity="2",
        )
    session = only(Session)
    with on(day, 15):
        page.as_user(cast.kasia).submit("skills.deliver", session_id=session.id)
        assert "skills.session" not in ledger()
        page.as_user(cast.owen).submit("skills.confirm", session_id=session.id, was_there="yes", add_to_profile="y")
    assert ledger() == {"directory.profile": 1, "skills.session": 1}


# -- money -------------------------------------------------------------------------------------------------------------

OPENS, CLOSES, PANEL = date(YEAR, 10, 1), date(YEAR, 10, 30), date(YEAR, 11, 9)
COURSE, BACK = date(YEAR + 1, 1, 11), date(YEAR + 1, 1, 13)


def a_fund_is_opened(page, cast):
    page.as_user(cast.lead)
    with on(OPENS, 8):
        page.submit(
            "fund.add_scheme", name="Development fund", code="tdf", summary="Learn.", most_pence="1500", pays="Courses"
        )
        scheme = only(FundScheme).id
        for name, weight in (("Benefit", "60"), ("Value", "40")):
            page.submit("fund.criteria", scheme_id=scheme, form=-1, name=name, question="Why?", weight=weight)
        path = page.submit(
            "fund.add_round", scheme_id=scheme, name="Autumn", budget_pence="1000", opens_at=f"{OPENS}T09:00",
            closes_on=str(CLOSES), panel_on=str(PANEL), decisions_on=str(PANEL + timedelta(days=7)),
        )  # fmt: skip
        for member in (cast.chair, cast.member, cast.boss):
            chairs = "y" if member is cast.chair else None
            page.submit("fund.manage_round", at=path, form="panel/members", email=member.email, is_chair=chairs)
        page.submit("fund.manage_round", at=path, form="/open")
        _fees_are_paid_back(page)


def _fees_are_paid_back(page):
    page.submit(
        "fund.add_scheme", name="Registration fees", code="fee", kind=SchemeKind.REGISTRATION_REFUND,
        summary="We pay your first fee.", most_pence="200", report_days="0", retrospective="y",
    )  # fmt: skip
    scheme = database.session.query(FundScheme).filter_by(code="FEE").one().id
    ends = date(YEAR + 1, 7, 30)
    path = page.submit(
        "fund.add_round", scheme_id=scheme, name="The year's fees", budget_pence="2000", opens_at=f"{OPENS}T08:00",
        closes_on=str(ends), panel_on=str(ends), decisions_on=str(ends),
    )  # fmt: skip
    page.submit("fund.manage_round", at=path, form="/open")


def two_apply_and_their_managers_support_them(page, cast):
    autumn = database.session.query(Round).filter_by(name="Autumn").one().id
    for who, manager, title, pounds in (
        (cast.owen, cast.boss, "Thin sections", "700"),
        (cast.kasia, cast.head, "Light sheets", "400"),
    ):
        with on(OPENS + timedelta(days=4)):
            page.as_user(who)
            key = number_in(page.submit("fund.show_round", form="applications", round_id=autumn))
            page.submit(
                "fund.activity", application_id=key, title=title, what="Three days.", starts_on=str(COURSE),
                ends_on=str(BACK),
            )  # fmt: skip
            page.submit("fund.costs", application_id=key, form=-1, kind="fee", text="Fee", pence=pounds)
            page.submit(
                "fund.case", application_id=key, why="Nobody can.", helps_role="A", helps_team="B",
                helps_university="C", themes=["career_development"],
            )  # fmt: skip
            page.submit("fund.sharing", application_id=key, sharing="A session for six.")
            page.submit("fund.check", application_id=key)
        with on(OPENS + timedelta(days=5)):
            page.as_user(manager).submit("fund.statement", application_id=key, text="It matters.", releases_time="yes")
    assert [a.stage for a in _applications()] == [Stage.SUBMITTED, Stage.SUBMITTED]


def _applications():
    database.session.expire_all()
    return database.session.query(Application).filter(Application.journey_id.is_(None)).order_by(Application.id).all()


def the_panel_awards_inside_the_budget(page, cast):
    owens, kasias = (a.id for a in _applications())
    autumn = database.session.query(Round).filter_by(name="Autumn").one().id
    with on(CLOSES, 17, 1):
        page.as_user(cast.lead).submit("fund.manage_round", round_id=autumn, form="close")
    with on(PANEL):
        shown = words(page.as_user(cast.boss).get("fund.panel", round_id=autumn))
        assert "Thin sections" not in shown
        assert "Light sheets" in shown
        for endpoint in ("fund.score", "fund.decide"):
            page.get(endpoint, application_id=owens, status=403)
        for judge in (cast.chair, cast.member):
            _score(page.as_user(judge), autumn, owens, kasias)
        page.submit("fund.decide", application_id=owens, outcome="award", pence="700")
        award = {"application_id": kasias, "outcome": "award", "feedback": "Part of it, gladly given."}
        assert "more than is left" in words(page.submit("fund.decide", pence="301", status=422, **award))
        page.submit("fund.decide", pence="300", **award)
        page.as_user(cast.chair).submit("fund.panel", round_id=autumn, form="finish")
        assert "fund.award" not in ledger()
        page.as_user(cast.lead).submit("fund.manage_round", round_id=autumn, form="release")
    assert [a.awarded_pence for a in _applications()] == [70_000, 30_000]
    assert ledger()["fund.award"] == 2


def _score(page, round_id, *keys):
    criteria = [c.id for c in fund.fund_round(round_id).criteria]
    for key in keys:
        marks = {f"score_{c}": "4" for c in criteria}
        first = page.submit("fund.score", form="score", application_id=key, status=422, **marks)
        assert first.select_one(f"#why_{criteria[0]}-error")
        page.submit(
            "fund.score",
            form="score",
            application_id=key,
            **marks,
            **{f"why_{c}": "It is a good plan." for c in criteria},
        )


def the_award_is_claimed_and_reported(page, cast):
    key = _applications()[0].id
    with on(PANEL + timedelta(days=1)):
        page.as_user(cast.owen).submit("fund.application", form="accept", application_id=key)
    with on(BACK + timedelta(days=2)):
        page.as_user(cast.owen).submit("fund.finish", application_id=key)
        page.submit(
            "fund.claim", application_id=key, pence="695", is_last="yes", receipt_1=(io.BytesIO(PDF), "receipt.pdf")
        )
        claim = database.session.query(Claim).filter_by(application_id=key).one().id
        page.as_user(cast.lead).submit("fund.settle", form="approve", claim_id=claim)
        page.submit("fund.settle", form="settle", claim_id=claim, paid_on=str(BACK + timedelta(days=2)))
        report = {"did": "I cut.", "changed": "We cut here now.", "shared_with": "Six colleagues.", "may_publish": "y"}
        page.as_user(cast.owen).submit("fund.report", application_id=key, **report)
        assert "fund.report" not in ledger()
        page.as_user(cast.lead).submit("fund.read_report", form="accept", application_id=key)
    assert _applications()[0].stage == Stage.CLOSED
    assert ledger()["fund.report"] == 1


# -- letters after a name ----------------------------------------------------------------------------------------------

LETTER = date(YEAR + 1, 2, 19)


def a_mentor_is_matched(page, cast):
    with on(date(YEAR, 10, 5)):
        page.as_user(cast.kasia).submit(
            "registration.become_mentor", capacity="2", registers=["rsci"], bodies=["ist"], about="Ask me anything."
        )
        page.as_user(cast.owen).submit("registration.start", register="rsci", body="ist")
        page.submit("registration.wish", journey_id=only(Journey).id, remote="y", waiting="y")
        page.as_user(cast.lead).submit("registration.new_round", name="October")
        page.submit("registration.matching_round", round_id=only(MatchingRound).id, form="propose")
        pair = only(Mentoring)
        assert (pair.came_by, pair.mentor_id, pair.mentee_id) == (CameBy.ROUND, cast.kasia.id, cast.owen.id)
        page.as_user(cast.kasia).submit("registration.pairing", mentoring_id=pair.id, form="accept")
        assert "registration.mentoring" not in ledger()
        page.as_user(cast.owen).submit("registration.pairing", mentoring_id=pair.id, form="accept")
    assert ledger()["registration.mentoring"] == 1


def somebody_is_registered_and_the_refund_opens(page, cast):
    journey = only(Journey).id
    with on(LETTER - timedelta(days=60)):
        page.as_user(cast.owen)
        for area in "ABCDE":
            page.submit("registration.area", journey_id=journey, area=area, text="I mended it and wrote down how.")
        draft = page.as_user(cast.kasia).get("registration.area", journey_id=journey, area="A")
        assert "I mended it and wrote down how." in words(draft)
        page.as_user(cast.boss).get("registration.area", journey_id=journey, area="A", status=404)
        page.as_user(cast.owen).submit(
            "registration.supporter", journey_id=journey, name="Una Marsh", email="una@elsewhere.example", agreed="y"
        )
        page.submit("registration.submit", journey_id=journey, submitted_on=str(LETTER - timedelta(days=60)))
    with on(LETTER):
        day = str(LETTER)
        page.as_user(cast.owen)
        page.submit("registration.journey", journey_id=journey, form="move", button=("move", "acknowledge"))
        page.submit("registration.decision", journey_id=journey, outcome="awarded", decided_on=day)
        page.submit("registration.enter_number", journey_id=journey, number="S-77", registered_on=day, fee="57.80")
        refund = database.session.query(Application).filter_by(journey_id=journey).one()
        assert (refund.awarded_pence, refund.applicant_id) == (5780, cast.owen.id)
        assert "£57.80" in words(page.get("fund.claim", application_id=refund.id))
    assert ledger()["registration.registered"] == 1


# -- celebrating -------------------------------------------------------------------------------------------------------

SPRING = date(YEAR + 1, 3, 1)


def a_colleague_is_nominated_and_celebrated(page, cast):
    cycle = _awards_are_opened(page, cast)
    with on(SPRING + timedelta(days=9)):
        award = awards.cycle(cycle).categories[0].id
        page.as_user(cast.owen)
        page.submit("awards.start", at=f"/awards/categories/{award}/start?q=kasia", who=cast.kasia.slug)
        key = only(Nomination).id
        said = {"situation": "Empty seats.", "action": "She cut 240 sections.", "result": "62 of 62 came."}
        page.submit("awards.nominate", nomination_id=key, relation="colleague", **said, send="1")
        page.as_user(cast.kasia).submit("awards.consent", nomination_id=key, consents="yes", publicity="yes")
    with on(SPRING + timedelta(days=31)):
        page.as_user(cast.lead)
        for move in ("pass_check", "shortlist"):
            page.submit("awards.cycle", form="screen", cycle_id=cycle, move=move)
        page.submit("awards.cycle", form="close", cycle_id=cycle)
        page.as_user(cast.member).submit("awards.judge", nomination_id=key, **_points(cycle))
        page.as_user(cast.chair)
        page.submit("awards.decide", nomination_id=key, outcome="winner", feedback="A joy to read.")
        page.submit("awards.decisions", form="close-decisions", cycle_id=cycle)
        assert not {"awards.nomination", "awards.award"} & ledger().keys()
        page.as_user(cast.lead).submit("awards.cycle", form="announce", cycle_id=cycle)
        assert "Kasia Wolska" in words(page.as_user(cast.boss).get("awards.winners"))
    assert (ledger()["awards.nomination"], ledger()["awards.award"]) == (1, 1)


def _awards_are_opened(page, cast):
    with on(SPRING, 8):
        page.as_user(cast.lead).submit(
            "awards.new_cycle", name="Technician Awards", chair=cast.chair.email, opens_at=f"{SPRING}T09:00",
            closes_at=f"{SPRING + timedelta(days=30)}T17:00", judging_until=f"{SPRING + timedelta(days=50)}T17:00",
        )  # fmt: skip
        cycle = only(Cycle).id
        page.submit("awards.new_category", cycle_id=cycle, name="Teaching", word_limit="120")
        award = awards.cycle(cycle).categories[0].id
        levels = "Not yet\nA little\nClearly\nStrongly\nAs nobody else"
        page.submit("awards.criteria", category_id=award, form=-1, name="Difference", weight="100", levels=levels)
        for judge in (cast.member, cast.boss, cast.lead):
            page.submit("awards.judges", cycle_id=cycle, form=-1, judge=judge.email)
        page.submit("awards.cycle", form="go-live", cycle_id=cycle)
    return cycle


def _points(cycle):
    given = {}
    for c in awards.cycle(cycle).categories[0].criteria:
        given |= {f"points_{c.id}": "4", f"why_{c.id}": "Because of the sections."}
    return given


# -- the plan, a year on -----------------------------------------------------------------------------------------------

LATER = date(YEAR + 1, 5, 4)


def _action(ref) -> Action:
    database.session.expire_all()
    return next(a for a in plans.actions(only(Plan).id) if a.ref == ref)


def _placements(*kinds) -> list[Placement]:
    database.session.expire_all()
    return database.session.query(Placement).join(Entry).filter(Entry.kind.in_(kinds)).order_by(Placement.id).all()


def _placement(kind) -> Placement:
    return _placements(kind)[0]


def the_lead_places_the_evidence(page, cast):
    suggested = {
        "directory.profile": "V2", "skills.session": "S1", "fund.award": "C1", "fund.report": "C1",
        "registration.registered": "R1", "awards.nomination": "R2", "awards.award": "R2",
    }  # fmt: skip
    assert {kind: _action(ref).id for kind, ref in suggested.items()} == {
        kind: _placement(kind).action_id for kind in suggested
    }
    with on(LATER):
        page.as_user(cast.lead)
        assert _waiting(page) == 9
        spare = _placements("fund.award")[-1].id
        page.submit("plan.set_aside", placement_id=spare, reason="The refund is counted with the registration.")
        pathway = _action("C2").id
        for kind in ledger():
            placed = _placement(kind).id
            chosen = {f"to-{placed}": str(pathway)} if kind == "registration.mentoring" else {}
            page.submit("plan.inbox", form=-1, button=("accept", str(placed)), **chosen)
        assert _waiting(page) == 0
        assert "Mentoring towards professional registration began" in words(page.get("plan.action", action_id=pathway))
    assert _placement("registration.mentoring").action_id == pathway
    assert {_placement(kind).state for kind in ledger()} == {PlacementState.ACCEPTED}


def _waiting(page) -> int:
    return len(page.get("plan.inbox").select(".inbox > li"))


def the_plan_says_how_it_stands(page, cast):
    with on(LATER):
        page.as_user(cast.lead)
        (registered,) = _action("R1").indicators
        assert plans.value_on(registered, LATER) == 1
        fees = page.get("plan.action", action_id=_action("R1").id)
        assert "Number of staff registered: 1 of 6, 16 per cent" in words(fees)
        assert "1 piece of evidence accepted" in words(fees)
        page.submit("plan.action", action_id=_action("R1").id, form="proposed")
        assert _action("R1").rag == Rag.AMBER

        group = _action("V1").id
        red = page.submit("plan.set_rag", action_id=group, rag="red", explanation="", status=422)
        green = page.submit("plan.set_rag", action_id=group, rag="green", explanation="It is.", status=422)
        assert "must explain every red" in words(red)
        assert "Accept at least one piece of evidence" in words(green)
        page.submit("plan.set_rag", action_id=group, rag="red", explanation="The chair has left us.")
        page.submit("plan.set_rag", action_id=_action("R2").id, rag="green", explanation="The evening took place.")
    assert [_action(ref).rag for ref in ("V1", "R1", "R2")] == [Rag.RED, Rag.AMBER, Rag.GREEN]


def the_plan_is_taken_away_on_paper(page, cast):
    with on(LATER):
        page.as_user(cast.lead)
        plan = only(Plan).id
        page.get("plan.documents_of", plan_id=plan)
        with pikepdf.open(io.BytesIO(page.raw("plan.pdf", plan_id=plan).data)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert "/StructTreeRoot" in pdf.Root
            with pdf.open_metadata() as about:
                assert about["pdfuaid:part"] == "1"
                assert "Wherrymouth" in about["dc:title"]
        word = docx.Document(io.BytesIO(page.raw("plan.docx", plan_id=plan).data))
        printed = "\n".join([p.text for p in word.paragraphs] + [c.text for t in word.tables for c in t._cells])
        for said in ("The chair has left us.", "A development fund for every technician", "Kasia Wolska"):
            assert said in printed


def everybody_may_see_how_it_goes(page, cast):
    with on(LATER):
        page.signed_out()
        html = page.get("pages.institution", slug=cast.place.slug)
        shown = words(html)
        for said in (
            "Rosalind Achterberg",
            "technicians@wherrymouth.example",
            "7 promises",
            "1 kept",
            "The chair has left us.",
            "2 awards to 2 technicians",
        ):
            assert said in shown
        answer = page.raw("plan.public_pdf", slug=cast.place.slug)
        assert answer.data[:5] == b"%PDF-"
