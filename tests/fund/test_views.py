"""The fund's pages as people use them: one story from set-up to report, then who may not, and what is counted."""

import io
import re
from datetime import timedelta

import pytest

from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db as database
from hub.fund import queries, services
from hub.fund.models import Application, Outcome, Round, Stage
from tests import factories
from tests.fund import making

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def lead(db):
    return making.lead()


def at(day, hour=10):
    return clock.held(at_london(day, hour))


def words(html) -> str:
    return " ".join(html.select_one("main").get_text(" ").split())


def test_a_lead_sets_up_a_fund_and_opens_a_round(page, lead):
    members = [factories.person(lead.institution) for _ in range(2)]
    page.as_user(lead)
    with at(making.OPENS, 8):
        page.submit(
            "fund.add_scheme", name="Technician Development Fund", code="tdf", summary="Learn.", most_pence="1,500",
            pays="Courses", cannot_pay="Food",
        )  # fmt: skip
        scheme = queries.schemes(lead.institution_id)[0]
        for name, weight in (("Benefit", "60"), ("Value", "40")):
            page.submit("fund.criteria", scheme_id=scheme.id, form=-1, name=name, question="Why?", weight=weight)
        page.submit(
            "fund.add_round", scheme_id=scheme.id, name="Summer 2026", budget_pence="7500",
            opens_at="2026-06-01T09:00", closes_on="2026-06-26", panel_on="2026-07-06", decisions_on="2026-07-13",
        )  # fmt: skip
        (fund_round,) = database.session.query(Round).all()
        assert fund_round.closes_at == at_london(making.CLOSES, 17)
        assert "Not ready to open" in words(page.get("fund.manage_round", round_id=fund_round.id))
        for is_chair, member in zip((True, None), members, strict=True):
            page.submit(
                "fund.manage_round",
                form="panel/members",
                round_id=fund_round.id,
                email=member.email,
                is_chair="y" if is_chair else None,
            )
        page.submit("fund.manage_round", form="/open", round_id=fund_round.id)
        assert "Open" in words(page.get("fund.manage_round", round_id=fund_round.id))
        assert "Summer 2026" in words(page.get("fund.rounds"))
        assert "£1,500.00" in words(page.get("fund.show_round", round_id=fund_round.id))


def test_from_apply_to_receipt(page, lead):
    fund_round = making.open_round(lead)
    applicant = making.technician(lead)
    page.as_user(applicant)
    with at(making.DURING):
        assert fund_round.scheme.name in words(page.get("fund.home"))
        location = page.submit("fund.show_round", form="applications", round_id=fund_round.id)
        key = int(re.search(r"applications/(\d+)", location)[1])
        page.get("fund.application", application_id=key)
        page.submit(
            "fund.activity",
            application_id=key,
            title="A course",
            what="Three days.",
            starts_on="2026-09-14",
            ends_on="2026-09-16",
        )
        page.submit(
            "fund.costs",
            application_id=key,
            form="costs",
            kind="fee",
            text="Fee",
            pence="695",
            quote=(io.BytesIO(making.PDF), "q.pdf"),
        )
        page.submit("fund.costs", application_id=key, form=-1, kind="travel", text="Train", pence="21.50")
        page.submit(
            "fund.case", application_id=key, why="Needed.", helps_role="A", helps_team="B", helps_university="C",
            themes=["visibility", "sustainability"],
        )  # fmt: skip
        page.submit("fund.match", application_id=key, match_pence="100")
        assert "One thing stops you" in words(page.get("fund.check", application_id=key))
        page.submit("fund.sharing", application_id=key, sharing="A session.")
        location = page.submit("fund.check", application_id=key)
        assert location.endswith("/sent")
        assert "-2026-0001" in words(page.open(location))
    sent = database.session.get(Application, key)
    assert (sent.asked_pence, sent.match_pence, sent.stage) == (71_650, 10_000, Stage.AWAITING_MANAGER)


def test_a_section_in_error_keeps_what_was_typed_and_counts_words_as_the_server_does(page, lead):
    applicant = making.technician(lead)
    application = making.draft(making.open_round(lead), applicant)
    with at(making.DURING):
        html = page.as_user(applicant).submit("fund.case", application_id=application.id, why="word " * 201, status=422)
    assert "Shorten this by 1 word" in words(html)
    assert html.select_one("textarea[name=why]").text.count("word") == 201
    assert "1 word too many" in words(html)


def test_a_section_is_kept_with_gaps_for_later_and_by_the_script(page, lead):
    applicant = making.technician(lead)
    with at(making.DURING):
        application = services.start(making.open_round(lead), actor=applicant)
        page.as_user(applicant)
        page.submit("fund.case", application_id=application.id, why="First thoughts.", button=("later", "1"))
        form = page.get("fund.case", application_id=application.id).select_one("main form[method=post]")
        values = page._filled(form) | {"helps_role": "Much."}
        answer = page.client.post(form["action"], data=values, headers={"Accept": "application/json"})
        assert set(answer.json) == {"saved", "version"}
        again = values | {"_once": "y" * 24, "_version": answer.json["version"], "helps_team": "More."}
        assert page.client.post(form["action"], data=again, headers={"Accept": "application/json"}).status_code == 200
        stale = values | {"_once": "x" * 24}
        assert page.client.post(form["action"], data=stale, headers={"Accept": "application/json"}).status_code == 409
    kept = making.fresh(application)
    assert (kept.why, kept.helps_role, kept.helps_team) == ("First thoughts.", "Much.", "More.")


@pytest.mark.parametrize(
    ("endpoint", "field", "ours", "theirs"),
    [
        ("fund.match", "match_pence", "£120", "£90.00"),
        ("fund.eligibility", "question_0", "no", "Leave it as it now is"),
    ],
)
def test_of_two_devices_the_second_reads_both_answers(page, lead, endpoint, field, ours, theirs):
    applicant = making.technician(lead)
    fund_round = making.open_round(lead, of=making.scheme(lead, eligibility="Is nothing booked yet?"))
    application = making.draft(fund_round, applicant, match_pence=4_000)
    with at(making.DURING):
        form = page.as_user(applicant).get(endpoint, application_id=application.id).select_one("main form[method=post]")
        services.answer(making.fresh(application), match_pence=9_000, actor=applicant)
        html = page.post(form["action"], status=409, **page._filled(form) | {field: ours})
    assert ours in words(html)
    assert theirs in html.select_one("table").text
    assert making.fresh(application).match_pence == 9_000


def test_a_late_send_is_refused_with_everything_kept(page, lead):
    applicant = making.technician(lead)
    application = making.draft(making.open_round(lead), applicant)
    page.as_user(applicant)
    with clock.held(at_london(making.CLOSES, 17) + timedelta(seconds=1)):
        html = page.submit("fund.check", application_id=application.id, status=422)
    assert "Everything you wrote is kept" in words(html)
    assert making.fresh(application).stage == Stage.DRAFT


def test_the_same_form_sent_twice_is_done_once(page, lead):
    applicant = making.technician(lead)
    application = making.draft(making.open_round(lead), applicant)
    with at(making.DURING):
        form = (
            page.as_user(applicant)
            .get("fund.costs", application_id=application.id)
            .select("main form[method=post]")[-1]
        )
        values = page._filled(form) | {"kind": "stay", "text": "Hotel", "pence": "90"}
        first, second = (page.post(form["action"], **values) for _ in range(2))
    assert first == second
    assert len(making.fresh(application).cost_lines) == 2


def test_every_form_without_one_of_its_fields_changes_nothing(page, lead):
    applicant = making.technician(lead)
    application = making.draft(making.open_round(lead), applicant)
    page.as_user(applicant)
    with at(making.DURING):
        for endpoint in ("fund.activity", "fund.case", "fund.sharing", "fund.match"):
            form = page.get(endpoint, application_id=application.id).select_one("main form[method=post]")
            values = page._filled(form)
            for name in set(values) - {"themes"}:
                sent = values | {"_once": f"{endpoint}-{name}".ljust(24, "x")}
                page.post(form["action"], status=400, **{k: v for k, v in sent.items() if k != name})
    assert making.fresh(application).why == making.ANSWERS["why"]


def test_a_manager_returns_or_supports(page, lead):
    application = making.sent(making.open_round(lead), making.technician(lead))
    manager = application.manager
    page.as_user(manager)
    with at(making.DURING, 12):
        assert application.title in words(page.get("fund.home"))
        page.submit("fund.send_back", application_id=application.id, reason="Add a quote.")
        services.send(making.fresh(application), actor=application.applicant)
        page.submit("fund.statement", application_id=application.id, text="It matters.", releases_time="yes")
    assert making.fresh(application).statement.releases_time


@pytest.fixture
def judged(lead):
    fund_round = making.open_round(lead, budget_pence=150_000)
    chair, member = (m.person for m in fund_round.panel)
    one = making.supported(fund_round, making.technician(lead))
    two = making.supported(fund_round, making.technician(lead))
    making.close(fund_round)
    return fund_round, chair, member, one.id, two.id


def test_a_panel_scores_decides_and_the_lead_releases(page, lead, judged):
    fund_round, chair, member, one, two = judged
    with at(making.PANEL):
        for person in (member, chair):
            page.as_user(person)
            assert "You see the others’ scores" in words(page.get("fund.panel", round_id=fund_round.id))
            for key in (one, two):
                marks = {}
                for c in making.queries.fund_round(fund_round.id).criteria:
                    marks |= {f"score_{c.id}": "4", f"why_{c.id}": "A very good reason."}
                html = page.get("fund.score", application_id=key)
                assert "You see the others after you score" in words(html)
                page.submit("fund.score", form="score", application_id=key, **marks)
            assert "The budget ends here" in words(page.get("fund.panel", round_id=fund_round.id))
        assert "Ways to give £1,500.00 to those still undecided" in words(
            page.get("fund.panel", round_id=fund_round.id)
        )
        html = page.submit("fund.decide", application_id=one, outcome="award", pence="1600", status=422)
        assert "no more than was asked" in html.select_one("#pence-error").text
        html = page.submit("fund.decide", application_id=one, outcome="award", pence="", status=422)
        assert "Enter how much you award" in html.select_one("#pence-error").text
        html = page.submit("fund.decide", application_id=one, outcome="decline", feedback="", status=422)
        assert "Tell the applicant why" in html.select_one("#feedback-error").text
        html = page.submit("fund.decide", application_id=one, outcome="decline", feedback="No.", status=422)
        assert "3 words or more" in words(html)
        page.submit("fund.decide", application_id=one, outcome="award", pence="1000")
        html = page.submit("fund.decide", application_id=two, outcome="award", pence="600", status=422)
        assert "more than is left" in words(html)
        page.submit("fund.decide", application_id=two, outcome="award", pence="500", feedback="Part of it, gladly.")
        assert page.get("fund.panel", round_id=fund_round.id).select_one("#ways") is None
        page.submit("fund.panel", round_id=fund_round.id, form="finish")
        page.as_user(lead).submit("fund.manage_round", round_id=fund_round.id, form="release")
    assert [making.fresh(queries.application(k)).awarded_pence for k in (one, two)] == [100_000, 50_000]


def test_a_score_without_a_reason_is_refused_beside_it(page, judged):
    fund_round, chair, _, one, _ = judged
    first = queries.fund_round(fund_round.id).criteria[0]
    with at(making.PANEL):
        html = page.as_user(chair).submit(
            "fund.score", form="score", application_id=one, status=422, **{f"score_{first.id}": "5"}
        )
    assert html.select_one(f"#why_{first.id}-error")
    assert html.select_one(f"#score_{first.id}-4").has_attr("checked")


def test_what_a_member_is_too_close_to_is_nowhere(page, lead, judged):
    """The same page byte for byte, whatever becomes of the hidden application."""
    fund_round, chair, member, one, two = judged
    with at(making.PANEL):
        page.as_user(member).submit("fund.declare_conflict", application_id=one, reason="We share a grant.")
        making.scored(queries.application(two), member, chair)
        making.scored(queries.application(one), chair)

        def seen() -> str:
            pages = [page.raw("fund.panel", round_id=fund_round.id), page.raw("fund.score", application_id=two)]
            return re.sub(
                r'(nonce-|name="_once" value="|csrf_token" value=")[^"\']*', "", "".join(p.text for p in pages)
            )

        seen()  # reads what was flashed
        before = seen()
        making.decided(queries.application(one), chair, Outcome.AWARD, 100_000)
        assert seen() == before
        for endpoint in ("fund.score", "fund.decide", "fund.declare_conflict"):
            page.get(endpoint, application_id=one, status=403)


def test_claim_payment_and_report_by_their_pages(page, lead):
    application = making.awarded(lead)
    applicant, key = application.applicant, application.id
    with at(making.ENDS + timedelta(days=2)):
        page.as_user(applicant)
        page.submit("fund.application", form="accept", application_id=key)
        page.submit("fund.finish", application_id=key)
        html = page.submit("fund.claim", application_id=key, pence="800", is_last="yes", status=422)
        assert "at least one receipt" in words(html)
        page.submit(
            "fund.claim", application_id=key, pence="800", is_last="yes", receipt_1=(io.BytesIO(making.PDF), "r.pdf")
        )
        page.as_user(lead)
        claim = making.fresh(application).open_claim.id
        page.submit("fund.settle", form="approve", claim_id=claim)
        page.submit("fund.settle", form="settle", claim_id=claim, paid_on="2026-09-17")
        page.as_user(applicant)
        page.submit("fund.report", application_id=key, did="A", changed="B", shared_with="C", quote="", may_publish="y")
        page.as_user(lead).submit("fund.read_report", form="accept", application_id=key)
        receipt = queries.application(key).claims[0].receipts[0]
        assert page.raw("fund.receipt", receipt_id=receipt.id).data == making.PDF
        page.as_user(applicant).get("fund.application", application_id=key)
    assert making.fresh(application).stage == Stage.CLOSED


def test_who_is_elsewhere_finds_nothing_and_who_has_no_part_is_refused(page, lead):
    application = making.sent(making.open_round(lead), making.technician(lead))
    line, fund_round = application.cost_lines[0].id, application.round_id
    stranger, colleague = making.lead(), factories.person(lead.institution)
    for endpoint in (
        "fund.application",
        "fund.statement",
        "fund.score",
        "fund.report",
        "fund.name_manager",
    ):
        page.as_user(stranger).get(endpoint, application_id=application.id, status=404)
        page.as_user(colleague).get(endpoint, application_id=application.id, status=403)
        page.signed_out()
        assert page.raw(endpoint, application_id=application.id).status_code == 302
    for endpoint in ("fund.rounds", "fund.applications", "fund.add_scheme"):
        page.as_user(colleague).get(endpoint, status=403)
    page.as_user(colleague).get("fund.quote", line_id=line, status=403)
    page.as_user(colleague).get("fund.panel", round_id=fund_round, status=403)


def test_ids_that_no_row_can_have_are_not_found(page, lead):
    page.as_user(lead)
    for key in (0, 2**31 - 1):
        page.get("fund.application", application_id=key, status=404)
    assert page.client.get(f"/fund/applications/{2**63}").status_code == 404
    for query in ({"page": "0"}, {"stage": "nope"}, {"round": "x"}, {"sort": "manager_id"}, {"export": "exe"}):
        page.get("fund.applications", query=query, status=404)


NASTY = ["NaN", "-5", "1e400", "0.005", "٣", "1_000", "9" * 30, "\0", "£", "1,0", "0"]


def test_amounts_that_are_none_are_refused_beside_the_field(page, lead):
    applicant = making.technician(lead)
    application = making.draft(making.open_round(lead), applicant)
    page.as_user(applicant)
    with at(making.DURING):
        for typed in NASTY:
            html = page.submit(
                "fund.costs",
                form=-1,
                application_id=application.id,
                kind="fee",
                text="X",
                pence=typed,
                status=422,
            )
            assert html.select_one("#pence-error"), typed
    assert making.fresh(application).total_pence == 100_000


def test_strange_text_is_cleaned_or_refused_and_never_breaks(page, lead):
    applicant = making.technician(lead)
    application = making.draft(making.open_round(lead), applicant)
    page.as_user(applicant)
    with at(making.DURING):
        for text in (
            "<script>alert(1)</script>",
            "{{7*7}}",
            "\u202egnp.exe",
            "=HYPERLINK(1)",
            "a\0b",
            "'; --",
            "👩🏽‍🔬",
        ):
            page.submit("fund.activity", application_id=application.id, title=text)
            page.get("fund.application", application_id=application.id)
        page.submit("fund.activity", application_id=application.id, title="\u200b\u200f", status=422)
        page.submit("fund.activity", application_id=application.id, starts_on="0001-01-01", status=422)
        page.submit("fund.activity", application_id=application.id, starts_on="2026-09-20", status=422)


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_and_pages_ask_the_database_a_fixed_number_of_times(page, lead, queries, rows):
    fund_round = making.open_round(lead)
    chair = fund_round.panel[0].person
    made = [making.supported(fund_round, making.technician(lead)) for _ in range(rows)]
    making.close(fund_round)
    for application in made:
        making.scored(application, chair)
    applicant, manager = (made[0].applicant_id, made[0].manager_id)
    database.session.flush()
    with at(making.PANEL):
        for person, endpoint, most, args in (
            (lead, "fund.manage_round", 12, {"round_id": fund_round.id}),
            (chair, "fund.panel", 12, {"round_id": fund_round.id}),
            (chair, "fund.score", 15, {"application_id": made[0].id}),
            (lead, "fund.application", 12, {"application_id": made[0].id}),
            (applicant, "fund.home", 8, {}),
            (manager, "fund.statement", 11, {"application_id": made[0].id}),
        ):
            who = making.fresh_person(person) if not isinstance(person, int) else making.load_person(person)
            page.as_user(who)
            with queries(at_most=most):
                page.get(endpoint, **args)


def test_the_lead_takes_away_exactly_what_is_shown(page, lead):
    fund_round = making.open_round(lead)
    making.sent(fund_round, making.technician(lead), title="=1+1")
    making.draft(fund_round, making.technician(lead), title="Secret draft")
    page.as_user(lead)
    text = page.raw("fund.applications", query={"export": "csv"}).get_data(as_text=True)
    assert "'=1+1" in text
    assert "Secret draft" not in text
    assert page.raw("fund.applications", query={"export": "xlsx"}).data[:2] == b"PK"
    assert "no applications" in words(page.get("fund.applications", query={"q": "%"})).lower()


def test_a_lead_on_the_panel_does_not_see_their_own_teams_bid_in_lists_or_exports(page, lead):
    member = factories.person(lead.institution)
    fund_round = making.open_round(lead, panel=(member, lead))
    hidden = making.sent(
        fund_round, making.technician(lead, manager=making.fresh_person(lead)), title="Kept from the lead"
    )
    page.as_user(lead)
    assert "Kept from the lead" not in page.raw("fund.applications", query={"export": "csv"}).text
    assert "Kept from the lead" not in words(page.get("fund.applications"))
    page.get("fund.application", application_id=hidden.id, status=403)
    assert "With the manager" not in words(page.get("fund.manage_round", round_id=fund_round.id))
