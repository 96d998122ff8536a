"""Whoever takes it back is gone at once: from every page, picture, list, paper and kept copy; their card comes down."""

from datetime import date

import pytest
from sqlalchemy import select

from hub.accounts import queries as accounts
from hub.accounts import services as people
from hub.core.clock import at_london, held
from hub.core.db import db as database
from hub.core.links import path_to
from hub.directory import services as directory
from hub.directory.models import Visibility
from hub.galleries import queries, services
from hub.galleries.models import Answer, Paper, PrintedCard
from hub.notifications.models import Notice
from hub.pages import tasks
from hub.workforce.signals import list_stored
from tests import factories
from tests.directory import making as for_directory
from tests.directory.test_services import fresh
from tests.galleries import making
from tests.gates.canary import text_of as printed_text

FRIDAY = at_london(date(2026, 3, 6), 10)
MONDAY_EVENING = at_london(date(2026, 3, 9), 17)


@pytest.fixture
def place(db):
    return for_directory.place()


@pytest.fixture
def lead(place):
    with held(at_london(date(2026, 3, 1))):
        return factories.lead(place, name="Lea Lead")


@pytest.fixture
def dewi(place):
    with held(at_london(date(2026, 3, 1))):
        return making.with_photograph(making.public(place, name="Dewi Prothero"))


@pytest.fixture
def gallery(place, lead, dewi):
    """Its dates lie before those on which people go."""
    with held(at_london(date(2026, 3, 1))):
        return making.gallery(lead, dewi, making.public(place, name="Nia Quayle"), published=True)


def withdraws(dewi, lead):
    directory.withdraw_public(fresh(dewi), actor=dewi)


def hides_the_name(dewi, lead):
    for_directory.tells(dewi, see={"name": Visibility.INSTITUTION})


def is_suspended(dewi, lead):
    people.suspend(accounts.person(dewi.id))


def has_left(dewi, lead):
    people.record_leaver(accounts.person(dewi.id), left_on=date(2026, 3, 6))


def is_no_technician(dewi, lead):
    known = accounts.person(dewi.id)
    facts = {name: getattr(known, name) for name in ("name", "job_title", "staff_id", "unit", "manager")}
    people.edit_person(known, **facts, is_technician=False)


GOES = [withdraws, hides_the_name, is_suspended, has_left, is_no_technician]


def where_anybody_looks(gallery, dewi) -> dict[str, str]:
    return {
        "gallery": path_to("galleries.show", slug=gallery.slug),
        "public page": path_to("pages.institution", slug=gallery.institution.slug),
        "sitemap": path_to("pages.sitemap"),
        "profile": path_to("directory.profile", slug=dewi.slug),
        "photograph": path_to("directory.photo", slug=dewi.slug) + "?size=card",
    }


def printing(gallery, lead, paper=Paper.CARDS):
    return services.note_printing(queries.gallery(gallery.id), paper, actor=accounts.person(lead.id))


@pytest.mark.parametrize("goes", GOES)
def test_at_once_nothing_and_no_kept_copy_shows_them(page, place, lead, dewi, gallery, goes):
    places = where_anybody_looks(gallery, dewi)
    page.signed_out()
    kept = {name: page._send("GET", path) for name, path in places.items()}
    for name, answer in kept.items():
        assert answer.status_code == 200
        assert name == "photograph" or dewi.slug in answer.text
        if answer.mimetype == "text/html":
            assert answer.headers["Cache-Control"] == "no-store"
            continue
        assert answer.headers["Cache-Control"] == "no-cache"
        unchanged = page._send("GET", places[name], headers={"If-None-Match": answer.headers["ETag"]})
        assert (name, unchanged.status_code, unchanged.data) == (name, 304, b"")
    with held(FRIDAY):
        goes(dewi, lead)
    for name, path in places.items():
        asked_again = page._send("GET", path, headers={"If-None-Match": kept[name].headers.get("ETag", "")})
        assert (name, asked_again.status_code) == (name, 404 if name in {"profile", "photograph"} else 200)
        assert asked_again.status_code == 404 or dewi.slug not in asked_again.text
        assert dewi.name not in asked_again.text
    assert making.place_of(dewi, gallery).stage == Answer.LEFT


@pytest.mark.parametrize("paper", list(Paper))
def test_a_paper_made_afterwards_does_not_have_them(page, lead, dewi, gallery, paper):
    made = printing(gallery, lead, paper)
    before = printed_text(page.as_user(lead).raw("galleries.pdf", printing_id=made.id).data)
    assert "DewiProthero" in before.replace(" ", "")
    withdraws(dewi, lead)
    after = printed_text(page.raw("galleries.pdf", printing_id=made.id).data).replace(" ", "")
    assert "DewiProthero" not in after
    assert "NiaQuayle" in after


@pytest.mark.parametrize("goes", GOES)
def test_the_editors_learn_which_printed_cards_must_come_down_by_when(page, place, lead, dewi, gallery, goes):
    with held(at_london(date(2026, 3, 2))):
        editor = making.editor(place)
        made = printing(gallery, lead)
    with held(FRIDAY):
        goes(dewi, lead)
    for reader in (lead, editor):
        title = "Take 1 printed card down: The people of Forge Yard"
        told = select(Notice).where(Notice.recipient_id == reader.id, Notice.kind == "galleries.take_down")
        notice = database.session.scalars(told).one()
        assert notice.title == title
        assert notice.due_at == MONDAY_EVENING
        assert notice.body == "Dewi Prothero. Lea Lead printed the A5 cards on Monday 2 March 2026."
        (task,) = [t for t in tasks.of(accounts.person(reader.id)) if "printed" in t.sentence]
        assert task.due_at == MONDAY_EVENING
        assert task.href == path_to("galleries.take_down", printing_id=made.id)


def test_the_task_stays_until_somebody_says_that_it_is_down(page, lead, dewi, gallery):
    made = printing(gallery, lead)
    withdraws(dewi, lead)
    page.as_user(lead).submit("galleries.take_down", printing_id=made.id)
    card = database.session.scalars(select(PrintedCard).where(PrintedCard.person_id == dewi.id)).one()
    assert card.confirmed_by_id == lead.id
    assert not any("printed" in t.sentence for t in tasks.of(accounts.person(lead.id)))
    other = database.session.scalars(select(PrintedCard).where(PrintedCard.person_id != dewi.id)).one()
    assert other.down_by is None


def test_a_photograph_taken_back_brings_down_the_cards_that_have_it(page, lead, dewi, gallery):
    printing(gallery, lead)
    directory.remove_photograph(fresh(dewi), actor=dewi)
    down = {c.person_id: c.down_by is not None for c in database.session.scalars(select(PrintedCard))}
    assert [person_id for person_id, is_due in down.items() if is_due] == [dewi.id]
    html = page.signed_out().get("galleries.show", slug=gallery.slug)
    assert "Dewi Prothero" in html.text
    assert not html.select(".wall img")


def test_who_was_changed_by_a_staff_file_is_followed_once(lead, dewi, gallery):
    printing(gallery, lead)
    accounts.person(dewi.id).is_technician = False  # as a staff file may do it
    database.session.flush()
    assert services.catch_up() == 1
    assert services.catch_up() == 0
    assert making.place_of(dewi, gallery).stage == Answer.LEFT
    assert [c.person_id for c in database.session.scalars(select(PrintedCard)) if c.waits] == [dewi.id]


def test_whom_a_staff_file_lets_go_is_gone_with_its_storing(page, lead, dewi, gallery):
    people.record_leavers(dewi.institution, {dewi.id: date(2026, 3, 31)})
    database.session.expire_all()
    directory.follow_people(dewi.institution_id, [dewi.id])
    list_stored.send(dewi.institution)
    assert "Dewi Prothero" not in page.signed_out().get("galleries.show", slug=gallery.slug).text


def test_stepping_out_of_one_gallery_leaves_the_others(page, lead, dewi, gallery):
    other = making.gallery(lead, dewi, published=True, title="Another")
    made = [printing(one, lead) for one in (gallery, other)]
    page.as_user(dewi).submit(
        "galleries.portrait", portrait_id=making.place_of(dewi, gallery).id, form="/leave", status=302
    )
    page.signed_out()
    assert "Dewi" not in page.get("galleries.show", slug=gallery.slug).text
    assert "Dewi" in page.get("galleries.show", slug=other.slug).text
    due = [[c.person_id for c in queries.printing(p.id).to_take_down] for p in made]
    assert due == [[dewi.id], []]


def test_who_is_back_is_shown_again_only_by_their_own_yes(page, lead, dewi, gallery):
    withdraws(dewi, lead)
    directory.agree_to_public(fresh(dewi), photograph=False, actor=dewi)
    assert "Dewi" not in page.signed_out().get("galleries.show", slug=gallery.slug).text
    mine = making.place_of(dewi, gallery)
    page.as_user(dewi).submit("galleries.portrait", portrait_id=mine.id, form="/agree")
    assert "Dewi" in page.signed_out().get("galleries.show", slug=gallery.slug).text


def test_a_page_of_somebody_signed_in_is_never_kept(page, lead, gallery):
    answer = page.as_user(lead).raw("galleries.show", slug=gallery.slug)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_the_sitemap_has_what_anybody_may_find_and_robots_lead_to_it(page, place, lead, dewi, gallery):
    draft, private = making.gallery(lead, dewi, title="Not yet"), for_directory.technician(place)
    sitemap = page.signed_out().client.get("/sitemap.xml")
    assert sitemap.mimetype == "application/xml"
    for slug in (gallery.slug, dewi.slug, place.slug):
        assert f"/{slug}</loc>" in sitemap.text
    assert draft.slug not in sitemap.text
    assert private.slug not in sitemap.text
    robots = page.client.get("/robots.txt").text
    assert "/sitemap.xml" in robots
    assert "Disallow: /people/\n" not in robots
