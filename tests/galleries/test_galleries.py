"""Galleries: who may be shown, what they say, who is asked; what is on the open web and in the ledger."""

import pytest
from sqlalchemy import select

from hub.accounts import queries as accounts
from hub.core.db import db as database
from hub.core.errors import MoveRefused
from hub.core.links import path_to
from hub.core.themes import Theme
from hub.directory import services as directory
from hub.evidence import queries as evidence
from hub.evidence.models import Entry
from hub.galleries import queries, services
from hub.galleries.models import Answer, Gallery, Stage
from hub.galleries.services import NobodyToShow
from hub.notifications.models import Notice
from hub.pages import tasks
from tests import factories
from tests.directory import making as for_directory
from tests.directory.test_services import fresh
from tests.galleries import making


@pytest.fixture
def place(db):
    return for_directory.place()


@pytest.fixture
def lead(place):
    return factories.lead(place)


@pytest.fixture
def dewi(place):
    return making.public(place, name="Dewi Prothero", job_title="workshop manager")


@pytest.fixture
def nia(place):
    """A technician who has agreed to nothing yet."""
    return for_directory.technician(place, name="Nia Quayle")


def text_of(html) -> str:
    return " ".join(html.main.get_text(" ").split())


def told(person) -> list[str]:
    return list(database.session.scalars(select(Notice.title).where(Notice.recipient_id == person.id)))


def waits_for(person) -> list[str]:
    return [task.sentence for task in tasks.of(accounts.person(person.id))]


# -- who is shown ------------------------------------------------------------------------------------------------------


def test_whoever_is_public_is_in_at_once_and_the_others_are_asked(page, lead, dewi, nia):
    gallery = making.gallery(lead)
    page.as_user(lead)
    for person in (dewi, nia):
        found = f"{path_to('galleries.choose', gallery_id=gallery.id)}?q={person.first_name}"
        page.submit("galleries.choose", at=found, who=person.slug)
    assert [making.place_of(p, gallery).stage for p in (dewi, nia)] == [Answer.SHOWN, Answer.ASKED]
    assert told(dewi) == ["You are in the gallery “The people of Forge Yard”"]
    assert "Say whether you want to be shown in The people of Forge Yard" in waits_for(nia)


def test_a_yes_is_recorded_in_the_directory_s_own_words(page, lead, nia):
    gallery = making.gallery(lead, nia, published=False)
    asked = making.place_of(nia, gallery)
    page.as_user(nia).submit("galleries.portrait", portrait_id=asked.id, form="/agree")
    assert [(c.covers, c.wording_version) for c in fresh(nia).consents] == [("page", 1)]
    services.publish(queries.gallery(gallery.id), actor=accounts.person(lead.id))
    assert "Nia Quayle" in text_of(page.signed_out().get("galleries.show", slug=gallery.slug))


def test_a_no_is_fine_and_nobody_asks_again(page, lead, dewi, nia):
    gallery = making.gallery(lead, dewi, nia, published=True)
    asked = making.place_of(nia, gallery)
    page.as_user(nia).submit("galleries.portrait", portrait_id=asked.id, form="/decline")
    making.choose(gallery, nia, lead)
    assert making.place_of(nia, gallery).stage == Answer.DECLINED
    assert len(told(nia)) == 1
    assert fresh(nia).consents == []
    assert not any("shown" in sentence for sentence in waits_for(nia))
    assert "Nia" not in text_of(page.signed_out().get("galleries.show", slug=gallery.slug))


def test_nobody_is_shown_before_they_agree(page, lead, nia):
    gallery = making.gallery(lead, nia)
    with pytest.raises(NobodyToShow):
        services.publish(gallery, actor=lead)
    page.signed_out().get("galleries.show", slug=gallery.slug, status=404)


def test_who_hides_their_name_is_not_offered(page, lead, place):
    for_directory.technician(place, name="Quetzal Hidden", see={"name": for_directory.Visibility.PRIVATE})
    gallery = making.gallery(lead)
    html = page.as_user(lead).get("galleries.choose", gallery_id=gallery.id, query={"q": "quetzal"})
    assert "Quetzal Hidden" not in text_of(html)


# -- words -------------------------------------------------------------------------------------------------------------


def test_words_of_an_editor_are_shown_once_their_person_agrees(page, lead, dewi):
    gallery = making.gallery(lead, dewi, published=True)
    mine = making.place_of(dewi, gallery)
    page.as_user(lead).submit("galleries.words", portrait_id=mine.id, does="Mends what nobody else can", quote="")
    assert "Mends what" not in text_of(page.signed_out().get("galleries.show", slug=gallery.slug))
    assert "Read what is written about you in The people of Forge Yard" in waits_for(dewi)
    page.as_user(dewi).submit("galleries.portrait", portrait_id=mine.id, form="/approve")
    assert "Mends what" in text_of(page.signed_out().get("galleries.show", slug=gallery.slug))
    page.as_user(lead).submit("galleries.words", portrait_id=mine.id, does="Mends nothing", quote="")
    assert "Mends" not in text_of(page.signed_out().get("galleries.show", slug=gallery.slug))


def test_one_s_own_words_need_nobody(page, lead, dewi):
    gallery = making.gallery(lead, dewi, published=True)
    mine = making.place_of(dewi, gallery)
    page.as_user(dewi).submit("galleries.portrait", portrait_id=mine.id, form=0, does="Lathes", quote="Come in.")
    text = text_of(page.signed_out().get("galleries.show", slug=gallery.slug))
    assert "Lathes" in text
    assert "Come in." in text


def test_too_many_words_are_explained_beside_the_field(page, lead, dewi):
    mine = making.place_of(dewi, making.gallery(lead, dewi))
    wrong = {"does": "x" * 121, "quote": "word " * 41}
    html = page.as_user(dewi).submit("galleries.portrait", portrait_id=mine.id, form=0, status=422, **wrong)
    assert len(html.select(".error")) == 2


# -- the life of a gallery ---------------------------------------------------------------------------------------------


def test_a_gallery_is_made_changed_and_put_in_order(page, lead, dewi, place):
    page.as_user(lead).submit("galleries.new", title="Makers", building="Forge Yard", theme="recognition", position="3")
    made = database.session.scalars(select(Gallery)).one()
    assert (made.stage, made.theme, made.position) == (Stage.DRAFT, Theme.RECOGNITION, 3)
    page.submit("galleries.edit", gallery_id=made.id, title="The makers", theme="")
    assert (made.title, made.theme) == ("The makers", None)
    other = making.public(place)
    for person in (dewi, other):
        making.choose(made, person, lead)
    page.submit("galleries.gallery", gallery_id=made.id, form="/up")
    assert [p.person_id for p in queries.gallery(made.id).portraits] == [other.id, dewi.id]


def test_publishing_counts_once_and_taking_down_takes_it_back(page, lead, dewi, place):
    gallery = making.gallery(lead, dewi, making.public(place))
    page.as_user(lead).submit("galleries.gallery", gallery_id=gallery.id, form="/publish")
    page.signed_out().get("galleries.show", slug=gallery.slug)
    page.as_user(lead).submit("galleries.gallery", gallery_id=gallery.id, form="/withdraw")
    page.signed_out().get("galleries.show", slug=gallery.slug, status=404)
    (entry,) = database.session.scalars(select(Entry).where(Entry.kind == "galleries.published"))
    assert (entry.theme, entry.quantity, entry.people, entry.standing) == (Theme.VISIBILITY, 2, 2, "Withdrawn")
    assert "galleries.published" not in {t.kind for t in evidence.totals(lead.institution_id)}
    with pytest.raises(MoveRefused):
        services.publish(queries.gallery(gallery.id), actor=accounts.person(lead.id))


def test_the_public_page_leads_to_the_galleries_in_order(page, lead, dewi):
    making.gallery(lead, dewi, published=True, title="Second", position=2)
    making.gallery(lead, dewi, published=True, title="First", position=1)
    making.gallery(lead, dewi, title="Hidden")
    html = page.signed_out().get("pages.institution", slug=lead.institution.slug)
    links = [a.text for a in html.select(".rows a") if "/galleries/" in a["href"]]
    assert links == ["First", "Second"]


def test_a_photograph_is_shown_with_its_words_only_if_agreed_to(page, lead, dewi):
    making.with_photograph(dewi, is_public=False)
    gallery = making.gallery(lead, dewi, published=True)
    assert not page.signed_out().get("galleries.show", slug=gallery.slug).select(".wall img")
    directory.agree_to_public(fresh(dewi), photograph=True, actor=dewi)
    (photo,) = page.get("galleries.show", slug=gallery.slug).select(".wall img")
    assert photo["alt"] == "At the lathe"
    assert page.client.get(photo["src"]).mimetype == "image/jpeg"


# -- who may -----------------------------------------------------------------------------------------------------------


def test_an_editor_may_what_a_lead_may_and_nobody_else(page, place, lead, dewi, nia):
    gallery = making.gallery(lead, dewi)
    page.as_user(making.editor(place)).get("galleries.gallery", gallery_id=gallery.id)
    page.as_user(nia).get("galleries.gallery", gallery_id=gallery.id, status=403)
    page.as_user(nia).get("galleries.portrait", portrait_id=making.place_of(dewi, gallery).id, status=403)
    page.as_user(making.editor()).get("galleries.gallery", gallery_id=gallery.id, status=404)


def test_pages_cost_the_same_with_few_people_and_many(page, place, lead, dewi, queries):
    gallery = making.gallery(lead, dewi, published=True)
    page.signed_out()
    with queries(at_most=6):
        page.get("galleries.show", slug=gallery.slug)
    page.as_user(lead)
    with queries(at_most=12):
        page.get("galleries.gallery", gallery_id=gallery.id)
    for _ in range(8):
        making.choose(gallery, making.public(place), lead)
    with queries(at_most=12):
        page.get("galleries.gallery", gallery_id=gallery.id)
    with queries(at_most=6):
        page.get("galleries.index")
    page.signed_out()
    with queries(at_most=6):
        assert len(page.get("galleries.show", slug=gallery.slug).select(".pcard")) == 9
