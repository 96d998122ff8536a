"""Every PDF that the hub makes is for everybody: clean for two checkers, whatever people have written into it."""

from datetime import date

import pytest
from sqlalchemy import select

from hub.core.clock import today
from hub.core.db import db
from hub.core.rag import Rag
from hub.core.text import clean
from hub.core.themes import Theme
from hub.evidence import queries as evidence_queries
from hub.evidence import services as evidence
from hub.fund.models import Application
from hub.galleries import services as galleries
from hub.galleries.models import Paper, Printing
from hub.packs.models import Pack
from hub.plan import queries as plan_queries
from hub.plan import services as plans
from hub.plan.measures import TYPED
from hub.plan.models import Placement
from tests import factories as make
from tests.fund import making as for_fund
from tests.galleries import making as for_galleries
from tests.packs import making as for_packs
from tests.plan import making
from tests.support import papers
from tests.support.world import ANYBODY

# Every address that answers with a PDF, and what it needs to know: a new one is written down here.
PAPERS = {
    "galleries.my_card": lambda plan, place: {},
    "galleries.pdf": lambda plan, place: {"printing_id": db.session.scalars(select(Printing.id)).one()},
    "fund.letter": lambda plan, place: {"application_id": _told_first(Application.id)},
    "fund.round_letters": lambda plan, place: {"round_id": _told_first(Application.round_id)},
    "plan.month_pdf": lambda plan, place: {"plan_id": plan.id},
    "plan.pdf": lambda plan, place: {"plan_id": plan.id},
    "packs.pdf": lambda plan, place: {"pack_id": db.session.scalars(select(Pack.id)).one_or_none() or 0},
    "plan.public_pdf": lambda plan, place: {"slug": place.slug},
    "plan.status_pdf": lambda plan, place: {"plan_id": plan.id},
}
TO_THE_COMMITMENT = {"plan.pdf", "plan.public_pdf"}
HANDED_IN = {"fund.quote", "fund.receipt", "evidence.item_file", "registration.proof"}  # made by others
NOT_YET = {"packs.pdf", "plan.public_pdf", "fund.letter", "fund.round_letters"}  # where nothing has happened
HOSTILE = clean(
    "🧪👩‍🔬, 日本語 中文, עברית عربى, e\u0301\u0301\u0301, \u202eturned\u202c, \ufffe, \u0007bell, \uf0b7, "
    "(paren\\ \\), 𝕏, "
    '#read("/etc/passwd") #link("file:///etc/hosts") $x^2$ *bold* _it_ `code` <label> @ref = heading '
    '<img src="http://127.0.0.1:1/">'
)
LONG = "Wolframcarbidewerkzeug" * 12


def ordinary(lead, db):
    cards(lead, does="Keeps the lathes true", quote="Come before you order.")
    plan = making.plan(lead)
    sent(plan, lead, "Not begun before the spring")
    for_fund.told(for_fund.lead(make.db_get(lead.institution_id)), conditions="Travel by train.")
    return plan


def _told_first(column):
    return db.session.scalars(select(column).order_by(Application.id)).first() or 0


def sent(plan, lead, words):
    """Its statuses explained, and a pack of what was brought for it, of which one piece was taken back."""
    actions = plan_queries.actions(plan.id)
    for action in actions:
        plans.set_rag(action, Rag.RED, actor=lead, explanation=words)
    for_packs.quoted(actions[0], lead, wording=words)
    for_packs.brought(actions[-1], lead, title=words, text="Again", link="https://news.example/" + "long-" * 60)
    gone = for_packs.brought(actions[0], lead, title="Taken back")
    for_packs.frozen(plan, lead, words[:150])
    evidence.take_out(evidence_queries.item(gone.id), actor=lead)


def cards(lead, **words):
    """A gallery of two, one with a photograph, as the lead prints it."""
    place = make.db_get(lead.institution_id)
    people = [for_galleries.public(place, name=f"Ann {words['quote'][:60]}"), for_galleries.public(place)]
    for_galleries.with_photograph(people[0])
    gallery = for_galleries.gallery(lead, *people, title=words["quote"][:80], introduction=words["quote"])
    galleries.write(gallery.portraits[0], **words, actor=people[0])
    galleries.note_printing(gallery, Paper.CARDS, actor=lead)


def empty(lead, db):
    """A plan in which nothing has been promised yet, as somebody may print it on the first day."""
    cards(lead, does="", quote="")
    return making.plan(lead, published=False)


def hostile(lead, db):
    cards(lead, does=HOSTILE[:120], quote=HOSTILE)
    lead.institution.name = "Universität Ω 日本 & “Söhne” \\ (x)"
    plan = making.plan(lead, name=HOSTILE[:150], published=False)
    action = making.action(
        plan, lead, objective=HOSTILE, details=f"{HOSTILE}\n\n{LONG}", owner_role=HOSTILE[:60], feeds=("evidence.item",)
    )
    evidence.add_item(actor=lead, title=HOSTILE, theme=Theme.RECOGNITION, happened_on=date(2025, 3, 1), text=HOSTILE)
    plans.accept(db.session.scalars(select(Placement)).one(), actor=lead, action=action)
    plans.add_indicator(
        action, actor=lead, text=HOSTILE, definition=TYPED, targets=[(6, date(2027, 7, 31))], baseline=1
    )
    plans.add_note(action, actor=lead, text=HOSTILE)
    plans.ask_decision(plan, today(), actor=lead, text=f"{HOSTILE} {LONG}")
    plans.make_move(plan, "approve", actor=lead)
    plans.make_move(plan, "publish", actor=lead)
    sent(plan, lead, HOSTILE)
    for_fund.told(for_fund.lead(make.db_get(lead.institution_id)), conditions=HOSTILE, title=HOSTILE[:120])
    return plan


@pytest.fixture
def lead(db):
    return make.lead()


def faults_of(pdf: bytes) -> list[str]:
    return [*papers.page_faults(pdf), *papers.outloud_faults(pdf), *papers.reader_faults(pdf)]


def printed(page, lead, plan) -> dict[str, bytes]:
    """Every paper of *plan*, by its endpoint; what is not public yet has none."""
    page.as_user(lead)
    place = make.db_get(lead.institution_id)
    answers = {endpoint: page.raw(endpoint, **known(plan, place)) for endpoint, known in PAPERS.items()}
    return {endpoint: answer.data for endpoint, answer in answers.items() if answer.mimetype == "application/pdf"}


def test_every_pdf_is_known_here(app):
    addresses = {rule.endpoint for rule in app.url_map.iter_rules() if str(rule.rule).endswith(".pdf")}
    assert addresses == set(PAPERS)


@pytest.mark.parametrize("made", [ordinary, empty, hostile])
def test_a_paper_is_for_everybody(page, lead, db, made):
    plan = made(lead, db)
    found = printed(page, lead, plan)
    assert set(found) == set(PAPERS) - (NOT_YET if made is empty else set())
    assert {endpoint: faults for endpoint, pdf in found.items() if (faults := faults_of(pdf))} == {}


def test_a_paper_is_titled_as_the_commitment_asks(page, lead, db):
    title = f"{lead.institution.name}/{today():%B}/{today():%Y}"
    found = printed(page, lead, ordinary(lead, db))
    assert {papers.title_of(pdf) for endpoint, pdf in found.items() if endpoint in TO_THE_COMMITMENT} == {title}


def test_a_poster_is_for_everybody(page, lead, db):
    cards(lead, does=HOSTILE[:120], quote=HOSTILE)
    db.session.scalars(select(Printing)).one().paper = Paper.POSTER
    page.as_user(lead)
    poster = page.raw("galleries.pdf", **PAPERS["galleries.pdf"](None, None)).data
    assert faults_of(poster) == []


@pytest.mark.xdist_group("world")
def test_the_papers_of_the_demo_are_for_everybody(world):
    found = {}
    for role in ("lead", "technician", ANYBODY):
        client = world.signed_in(role)
        for visit in world.walk(role):
            if visit.mimetype == "application/pdf" and visit.endpoint not in HANDED_IN:
                found.setdefault(visit.endpoint, client.get(visit.path).data)
    assert set(found) == set(PAPERS)
    assert {endpoint: faults for endpoint, pdf in found.items() if (faults := faults_of(pdf))} == {}


def test_a_paper_without_tags_is_found_by_both(page, lead, db):
    silent = papers.untagged(printed(page, lead, ordinary(lead, db))["plan.pdf"])
    assert papers.page_faults(silent)
    assert papers.outloud_faults(silent)


def test_a_paper_that_would_act_is_found(page, lead, db):
    bold = papers.with_script(printed(page, lead, ordinary(lead, db))["plan.pdf"])
    assert any("JavaScript" in fault for fault in papers.reader_faults(bold))
