"""Packs: numbered and frozen; nothing in one goes further, or longer, than people agreed."""

import hashlib
import io
import zipfile
from datetime import date, timedelta

import pikepdf
import pytest
from docx import Document

from hub.accounts import queries as accounts
from hub.charters import services as charters
from hub.core import storage
from hub.core.clock import at_london, held, today
from hub.core.db import db as database
from hub.core.themes import Theme
from hub.evidence import queries as evidence
from hub.evidence import services as items
from hub.evidence.models import Scope, Sort
from hub.evidence.uses import uses_of
from hub.notifications.models import Notice
from hub.packs import choosing, queries, services
from hub.packs.choosing import Choice
from hub.packs.comparing import differences
from hub.packs.documents import as_docx, as_pdf, content
from hub.packs.models import Audience, Stage, Why
from hub.packs.showing import no_longer
from hub.plan import services as plans
from tests import factories as make
from tests.charters import making as for_charters
from tests.evidence import making as for_evidence
from tests.fund.making import PDF
from tests.packs import making
from tests.plan.happening import happened, taken_back

QUOTE = "She saved my doctorate."


@pytest.fixture
def lead(db):
    return make.lead()


@pytest.fixture
def plan(lead):
    return making.plan(lead)


def printed(pack):
    """What its papers say today."""
    pack = making.fresh(pack)
    return content(pack, make.db_get(pack.institution_id), queries.pieces(pack.id), queries.became(pack.id))


def uses(entry, lead):
    return uses_of([entry.id], accounts.person(lead.id))


def words_of(pack):
    return repr(printed(pack))


def test_a_pack_may_follow_the_points_of_a_charter(page, lead, plan):
    of, (recognition, _) = plan
    credit, time, _ = for_charters.points(lead, "Credit", "Time", "Nothing yet", name="Fair work")
    plans.serve([recognition], [credit, time], actor=lead)
    making.brought(recognition, lead, title="A prize")
    direct = for_evidence.item(lead, title="A day a week", happened_on=date(2025, 5, 2), scope=Scope.PUBLIC)
    charters.place(evidence.entry_of(direct), [time], actor=lead)
    making.quoted(recognition, lead, scope=None)
    page.as_user(lead)
    query = {"audience": "internal", "charter": credit.charter_id}
    html = page.get("packs.choose", plan_id=of.id, query=query)
    summaries = [summary.text for summary in html.select("section summary")]
    assert summaries[:2] == ["1. Credit: 1 piece", "2. Time: 2 pieces"]
    assert summaries[2].endswith(": 2 pieces")  # the quotation, on either point
    pack = making.frozen(of, lead, charter_id=credit.charter_id)
    assert [(s["over"], s["heading"], s["numbers"]) for s in pack.sections] == [
        ("Fair work", "1. Credit", [1]),
        ("Fair work", "2. Time", [1, 2]),
    ]
    assert Choice.kept(pack.choice).charter_id == credit.charter_id
    page.get("packs.choose", plan_id=of.id, query={"audience": "internal", "charter": "999"}, status=422)


def test_pieces_are_numbered_by_theme_and_action_and_each_has_one_number(lead, plan):
    of, (recognition, visibility) = plan
    shared = making.accepted(
        happened(lead, title="A laser was shown", people=(lead.id,)), lead, recognition, visibility
    )
    making.brought(recognition, lead, title="A prize", link="https://news.example/prize")
    pack = making.frozen(of, lead)
    assert [(s["over"], s["heading"], s["numbers"]) for s in pack.sections] == [
        ("Visibility", "V1. More people know us", [1]),
        ("Recognition", "R1. More of us are named", [1, 2]),
    ]
    first, second = queries.pieces(pack.id)
    assert (first.title, first.people) == ("A laser was shown", 1)
    assert first.claim == "1 session taught by technicians, 1 place taken up by 1 person."
    assert first.proof.endswith(f"/evidence/entries/{shared.id}")
    assert (second.title, second.proof) == ("A prize", "https://news.example/prize")
    told = printed(pack)["parts"]
    assert [(part["over"], [p["n"] for p in part["pieces"]], part["again"]) for part in told] == [
        ("Visibility", [1], ""),
        ("Recognition", [2], "1"),
    ]


@pytest.mark.parametrize(
    ("audience", "goes_in", "out"),
    [
        (Audience.INTERNAL, ["agreed", "fact", "group"], {"waits": Why.NOT_ASKED}),
        (Audience.PANEL, ["agreed", "fact"], {"group": Why.NOT_SO_FAR, "waits": Why.NOT_ASKED}),
        (
            Audience.PUBLIC,
            ["agreed"],
            {"fact": Why.NOT_SO_FAR, "group": Why.NOT_SO_FAR, "waits": Why.NOT_ASKED},
        ),
    ],
)
def test_nothing_goes_in_that_may_not_travel_to_its_reader(lead, plan, audience, goes_in, out):
    of, (action, _) = plan
    entries = {
        "agreed": evidence.entry_of(making.quoted(action, lead)),
        "group": evidence.entry_of(making.quoted(action, lead, scope=Scope.STEERING_GROUP)),
        "waits": evidence.entry_of(making.quoted(action, lead, scope=None)),
        "fact": making.accepted(happened(lead), lead, action),
    }
    names = {entry.id: name for name, entry in entries.items()}
    offer = choosing.offer(of, Choice(audience=audience))
    assert sorted(names[c.entry.id] for c in offer.goes_in) == goes_in
    assert {names[c.entry.id]: c.why for c, _ in offer.out} == out


def test_what_was_taken_back_is_named_among_what_stays_out(lead, plan):
    of, (action, _) = plan
    gone = making.accepted(happened(lead), lead, action)
    over = making.quoted(action, lead)
    taken_back(gone)
    items.take_out(over, actor=lead)
    assert sorted(c.why for c, _ in choosing.offer(of, Choice()).out) == [Why.OUT_OF_USE, Why.WITHDRAWN]
    with pytest.raises(services.NothingGoesIn):
        services.freeze(of, Choice(), name="Empty", actor=lead)


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({"themes": (Theme.VISIBILITY,)}, ["Seen"]),
        ({"kinds": ("skills.session",)}, ["Shown"]),
        ({"since": date(2025, 4, 1)}, ["Linked", "Seen"]),
        ({"until": date(2025, 4, 1)}, ["Shown"]),
        ({"kinds": ("evidence.item",), "proved": True}, ["Linked"]),
    ],
)
def test_a_choice_narrows_and_is_kept(lead, plan, choice, found):
    of, (recognition, visibility) = plan
    making.brought(visibility, lead, title="Seen")
    making.accepted(happened(lead, title="Shown"), lead, recognition)
    making.brought(recognition, lead, title="Linked", link="https://news.example/")
    chosen = Choice(**choice)
    assert sorted(c.says.title for c in choosing.offer(of, chosen).goes_in) == found
    assert Choice.kept(making.frozen(of, lead, **choice).choice) == chosen


def test_later_changes_leave_a_frozen_pack_as_it_is(lead, plan):
    of, (action, _) = plan
    item = making.brought(action, lead, title="Three schools share a cutter")
    pack = making.frozen(of, lead)
    before = printed(pack)
    items.edit_item(item, items.About("Four schools", Theme.VISIBILITY, date(2025, 7, 1)), actor=lead)
    items.add_version(item, text="Four, they say.", link=None, file=None, actor=lead)
    making.brought(action, lead, title="Another")
    after = printed(pack)
    (piece,) = after["parts"][0]["pieces"]
    piece["corrected"], after["corrected"] = "", ""  # which is all that a reader sees of it
    assert after == before
    told = differences(queries.pieces(pack.id), queries.gone(pack.id), choosing.offer(of, Choice()).goes_in)
    assert [c.says.title for c in told.new] == ["Another"]
    ((number, _, fields),) = told.changed
    assert (number, [(f.label, f.before, f.after) for f in fields]) == (
        1,
        [
            ("What it shows", "Three schools share a cutter", "Four schools"),
            ("Words", "They say so.", "Four, they say."),
        ],
    )
    assert (told.gone, told.same) == ([], 0)


def test_what_was_corrected_since_says_so_beside_the_frozen_number_wherever_it_is_read(page, lead, plan):
    of, (action, _) = plan
    entry = making.accepted(happened(lead, people=(lead.id,)), lead, action)
    about = {"title": "Apprentices", "theme": Theme.SUSTAINABILITY, "figure": 12, "figure_unit": "apprentices"}
    about |= {"happened_on": date(2025, 5, 1), "sort": Sort.FIGURE}
    figure = making.brought(action, lead, **about)
    making.brought(action, lead, title="As it was")
    pack = making.frozen(of, lead)
    assert printed(pack)["corrected"] == ""
    with held(at_london(date(2027, 3, 3))):
        second = items.correct(entry, reason="One came twice", actor=lead, happened_on=date(2025, 1, 2), quantity=11)
        items.edit_item(figure, items.About(**about | {"figure": 11}), actor=lead)
        items.correct(second, reason="And one more", actor=lead, quantity=10)
        told = printed(pack)
    marks = {p["title"]: p["corrected"] for part in told["parts"] for p in part["pieces"]}
    assert (told["corrected"], told["sha256"]) == ("1–2", pack.sha256)
    assert marks == {
        entry.title: "Corrected since, on 3 March 2027: was “1 place taken up by 1 person”, "
        "is “10 places taken up by 1 person”; was "
        f"{entry.happened_on.day} {entry.happened_on:%B %Y}, is 2 January 2025.",
        "Apprentices": "Corrected since: was “12 apprentices”, is “11 apprentices”.",
        "As it was": "",
    }
    word = "\n".join(
        cell.text for table in Document(io.BytesIO(as_docx(told))).tables for row in table.rows for cell in row.cells
    )
    with pikepdf.open(io.BytesIO(as_pdf(told))):
        pass
    html = page.as_user(lead).get("packs.pack", pack_id=pack.id)
    taken = page.raw("packs.pack", pack_id=pack.id, query={"export": "csv"}).text
    for mark in filter(None, marks.values()):
        assert all(mark in read for read in (word, html.text))
        assert mark in taken.replace('""', '"')
    assert "12 apprentices" in html.text


def ends(item, lead, how):
    if how == "withdrawn":
        items.take_out(item, actor=lead)
    elif how == "narrower":
        for_evidence.agree(item, lead, scope=Scope.STEERING_GROUP)
    elif how == "other words":
        for_evidence.agree(item, lead, scope=Scope.PUBLIC, wording="She was a great help.")
    else:
        items.add_version(item, text="She saved me.", link=None, file=None, actor=lead)


ENDED = {
    "withdrawn": Why.OUT_OF_USE,
    "narrower": Why.NOT_SO_FAR,
    "other words": Why.OTHER_WORDS,
    "new version": Why.NOT_ASKED,
}


@pytest.mark.parametrize(("how", "why"), ENDED.items())
def test_what_people_no_longer_agree_to_leaves_a_frozen_pack_at_once_and_for_good(lead, plan, how, why):
    of, (action, _) = plan
    making.brought(action, lead, title="Stays")
    item = making.quoted(action, lead)
    pack = making.frozen(of, lead, audience=Audience.PANEL)
    seal, entry = pack.sha256, evidence.entry_of(item)
    assert QUOTE in words_of(pack)
    assert [(use.what, use.where) for use in uses(entry, lead)][1:] == [("Evidence pack “Evidence for July”", "no. 2")]
    ends(item, lead, how)
    told = printed(pack)
    assert QUOTE not in repr(told)
    assert "Stays" in repr(told)
    assert (told["gone"], told["sha256"]) == ("2", seal)
    day = f"{today().day} {today():%B %Y}"
    assert told["parts"][0]["pieces"][1]["gone"] == f"Withdrawn on {day}. {why.label}."
    assert [use for use in uses(entry, lead) if "pack" in use.what] == []
    notices = database.session.query(Notice).filter_by(kind="packs.no_longer_sent").all()
    assert [(n.recipient_id, QUOTE in n.title + n.body, "no. 2" in n.body) for n in notices] == [(lead.id, False, True)]
    for_evidence.agree(evidence.item(item.id), lead, wording="Anew, in other words.")
    today_in = choosing.offer(of, Choice(audience=Audience.PANEL)).goes_in
    told = differences(queries.pieces(pack.id), queries.gone(pack.id), today_in)
    assert QUOTE not in repr((told.gone, told.changed))
    assert no_longer(queries.gone(pack.id)) == [2]
    assert database.session.query(Notice).filter_by(kind="packs.no_longer_sent").count() == 1


def test_a_permission_that_runs_out_leaves_the_pack_at_midnight_and_is_told_once(lead, plan):
    of, (action, _) = plan
    last = today() + timedelta(days=3)
    making.quoted(action, lead, use_until=last)
    making.brought(action, lead, title="Stays")
    pack = making.frozen(of, lead)
    with held(at_london(last, 23, 30)):
        assert queries.gone(pack.id) == {}
    with held(at_london(last + timedelta(days=1), 0, 30)):
        assert QUOTE not in words_of(pack)
        (gone,) = queries.gone(pack.id).values()
        assert (gone.why, gone.since) == (Why.EXPIRED, last + timedelta(days=1))
        items.end_expired()
        items.end_expired()
        assert list(queries.gone(pack.id).values()) == [gone]
    assert database.session.query(Notice).filter_by(kind="packs.no_longer_sent").count() == 1


def test_a_fact_that_is_taken_back_leaves_even_if_it_was_corrected_before(lead, plan):
    of, (action, _) = plan
    entry = making.accepted(happened(lead), lead, action)
    making.brought(action, lead, title="Stays")
    pack = making.frozen(of, lead)
    second = items.correct(entry, reason="One more came", actor=lead, quantity=2)
    assert queries.gone(pack.id) == {}
    assert [use.what for use in uses(second, lead) if "pack" in use.what] == ["Evidence pack “Evidence for July”"]
    taken_back(second)
    assert [g.why for g in queries.gone(pack.id).values()] == [Why.WITHDRAWN]


def test_a_new_pack_takes_the_place_of_one_and_only_what_is_in_use_is_taken_away(lead, plan, page):
    of, (action, _) = plan
    item = making.quoted(action, lead)
    making.brought(action, lead, title="Stays")
    first = making.frozen(of, lead)
    items.take_out(evidence.item(item.id), actor=lead)
    page.as_user(lead)
    html = page.get("packs.renew", pack_id=first.id)
    assert "One gone since it was frozen" in html.text
    assert QUOTE not in html.text
    page.submit("packs.renew", pack_id=first.id, name="Evidence for August")
    first = making.fresh(first)
    second = making.fresh(first.successor)
    assert (first.stage, second.stage, second.name) == (Stage.SUPERSEDED, Stage.IN_USE, "Evidence for August")
    assert [piece.title for piece in queries.pieces(second.id)] == ["Stays"]
    page.get("packs.pdf", pack_id=first.id, status=403)
    assert page.raw("packs.pdf", pack_id=second.id).data.startswith(b"%PDF-")
    page.submit("packs.pack", form="retire", pack_id=second.id)
    page.get("packs.docx", pack_id=second.id, status=403)
    assert making.fresh(second).stage == Stage.RETIRED


def test_a_lead_chooses_looks_and_freezes(lead, plan, page, queries):  # the fixture that counts statements
    of, (action, _) = plan
    making.quoted(action, lead, scope=None)
    making.brought(action, lead, title="A prize")
    page.as_user(lead)
    with queries(at_most=12):
        html = page.get("packs.choose", plan_id=of.id)
    assert "1 piece goes in" in html.text
    assert "Nobody has agreed to its use as it is now" in html.text
    narrowed = {"audience": "panel", "since": "2025-05-01", "until": "2024-05-01"}
    bad = page.get("packs.choose", plan_id=of.id, query=narrowed, status=422)
    assert "not before the first one" in bad.select_one("#until-error").text
    made = page.submit("packs.choose", plan_id=of.id, name="For July")
    with queries(at_most=12):
        html = page.open(made)
    assert "A prize" in html.text
    with queries(at_most=6):
        assert "For July" in page.get("packs.list_all").text


def test_what_is_frozen_is_what_was_shown(lead, plan):
    of, (action, _) = plan
    item = making.brought(action, lead, title="A prize")
    shown = choosing.offer(of, Choice()).mark
    items.edit_item(item, items.About("Two prizes", Theme.VISIBILITY, date(2025, 7, 1)), actor=lead)
    with pytest.raises(services.OtherThanShown):
        services.freeze(of, Choice(), name="July", actor=lead, seen=shown)


def test_papers_tables_and_files_say_the_same(lead, plan, page):
    of, (action, _) = plan
    file = storage.keep(PDF, "report.pdf", owner=lead)
    held_back = making.brought(action, lead, title="Scanned letter", file=storage.keep(PDF, "report.pdf", owner=lead))
    making.brought(action, lead, title="Annual report", file=file, scope=Scope.SUBMISSION)
    pack = making.frozen(of, lead)
    items.take_out(evidence.item(held_back.id), actor=lead)
    told = printed(pack)
    with pikepdf.open(io.BytesIO(as_pdf(told))) as pdf:
        assert pdf.Root.MarkInfo.Marked
    cells = [c.text for t in Document(io.BytesIO(as_docx(told))).tables for r in t.rows for c in r.cells]
    assert any("Annual report" in cell for cell in cells)
    assert not any("Scanned letter" in cell for cell in cells)
    page.as_user(lead)
    with zipfile.ZipFile(io.BytesIO(page.raw("packs.archive", pack_id=pack.id).data)) as archive:
        sums = dict(reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines())
        assert set(archive.namelist()) == {*sums, "SHA256SUMS"} == {"pack.pdf", "files/002 report.pdf", "SHA256SUMS"}
        assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in sums} == sums
        assert archive.read("files/002 report.pdf") == PDF
    sheet = page.raw("packs.pack", pack_id=pack.id, query={"export": "csv"}).text
    assert "Annual report" in sheet
    assert "Scanned letter" not in sheet


def test_whoever_gave_words_sees_the_packs_that_have_them_and_opens_none(lead, plan, page):
    of, (action, _) = plan
    giver = make.person(lead.institution, name="Bo Reed", email="bo@reed.example")
    item = making.quoted(action, lead, person=giver)
    making.frozen(of, lead)
    page.as_user(giver)
    row = page.get("evidence.take_out", item_id=item.id).select_one("[aria-labelledby=uses]")
    assert "Evidence pack “Evidence for July”" in row.text
    assert row.select("a[href*=packs]") == []
