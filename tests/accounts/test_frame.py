"""The frame of every page is drawn once for all that it shows, and never shown where that is no longer so."""

from hub.accounts.models import Institution, Role, RoleGrant
from hub.core.clock import today
from tests import factories as make
from tests.notifications.making import notice

OUT, LOOK = 'form[action="/sign-out"]', 'form[action="/look"]'


def hidden(html, form: str) -> dict[str, str]:
    return {field["name"]: field["value"] for field in html.select_one(form).select("input")}


def test_what_changes_about_somebody_changes_their_next_page(page, db):
    ana = make.person(name="Ana Lopez")
    page.as_user(ana)
    before = page.get("accounts.sessions")
    assert before.select_one(".menu__name").text == "Ana"
    assert before.select_one(".leadnav") is before.select_one(".bell .count") is None

    ana.name = "Anna Lopez"
    db.session.get(Institution, ana.institution_id).name = "University of Elsewhere"
    db.session.add(RoleGrant(person=ana, role=Role.WORKFORCE_OFFICER, starts_on=today()))
    notice(ana)
    after = page.get("accounts.sessions")

    assert after.select_one(".menu__name").text == "Anna"
    assert after.select_one(".brand small").text == "University of Elsewhere"
    assert after.select_one(".leadnav")
    assert after.select_one(".bell .count").contents[0] == "1"


def test_people_of_the_same_name_have_forms_of_their_own(page, db):
    ana, other = (make.person(name="Ana Lopez") for _ in range(2))
    first = page.as_user(ana).get("accounts.sessions")
    again = page.get("notifications.inbox")
    theirs = page.as_user(other).get("accounts.sessions")

    sent = [hidden(html, OUT) for html in (first, again, theirs)]
    assert len({form["_once"] for form in sent}) == 3
    assert sent[0]["csrf_token"] != sent[2]["csrf_token"]
    assert (hidden(first, LOOK)["next"], hidden(again, LOOK)["next"]) == ("/me/sessions", "/me/notices")


def test_the_page_one_is_on_is_marked_in_its_menu(page, db):
    page.as_user(make.person())
    marked = [
        page.get(at).select_one('.site-header [aria-current="page"]')["href"]
        for at in ("pages.my_hub", "directory.search")
    ]

    assert marked == ["/hub", "/people/"]
