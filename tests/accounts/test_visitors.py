"""Those who are not signed in, and what they may send."""

import pytest

from hub.accounts.models import Role
from tests import factories as make


def test_visitors_are_greeted_by_the_only_institution(page, db):
    make.institution(name="Brackenholm University", short_name="Brackenholm")
    assert "Brackenholm University" in page.get("accounts.sign_in").select_one("header").text
    make.institution()
    assert "Brackenholm" not in page.get("accounts.sign_in").text


def test_whoever_comes_with_an_ended_session_is_a_visitor(page, db):
    page.as_user(make.person(make.institution(name="Brackenholm University")))
    with page.client.session_transaction() as session:
        session["_user_id"] = "made up"

    assert page.raw("accounts.sessions").status_code == 302
    assert "Brackenholm University" in page.get("accounts.sign_in").select_one("header").text


def test_pages_that_do_not_name_it_do_not_ask(page, db, queries):
    with queries(at_most=0):
        assert page.raw("accounts.people").status_code == 302


ODD = [
    "\x00",
    "a\x00b@hub.example",
    "x" * 100_000,
    "'; --",
    "{{7*7}}",
    "\u202e\u200b",
    "ана@hub.example",
    '"a b"@hub.example',
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("endpoint", ["accounts.sign_in", "accounts.sign_in_link", "accounts.forgot_password"])
def test_odd_addresses_are_answered_in_words(page, db, endpoint, odd):
    fields = {"email": odd} | ({"password": odd} if endpoint == "accounts.sign_in" else {})
    form = page.get(endpoint).select_one("main form")
    hidden = {f["name"]: f["value"] for f in form.select("input[type=hidden]")}
    response = page.client.post(form["action"], data=hidden | fields)

    assert response.status_code in {302, 422}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/staff/99999999999999999999", 302),
        ("/sign-in/links/" + "x" * 2000, 410),
        ("/sign-in/links/%00", 410),
        ("/passwords/%ED%A0%80", 410),
        ("/invitations/..%2F..%2Fetc", 404),
    ],
)
def test_odd_paths(page, db, path, status):
    answer = page.client.get(path)

    assert answer.status_code in {status, 404}


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=99999999999999999999", "sort=nothing", "status=gone", "unit=1%00", "export=exe"],
)
def test_a_list_that_does_not_exist_is_not_found(page, db, query):
    page.as_user(make.lead()).open(f"/staff?{query}", status=404)


@pytest.mark.parametrize("q", ["%", "_", "\\", "x" * 100_000, "\x00", "'"])
def test_any_search_is_answered(page, db, q):
    boss = make.person(roles=(Role.LEAD, Role.ADMINISTRATOR))
    for path in ("/staff", "/mail", "/me/notices"):
        page.as_user(boss).open(path, query={"q": q})


@pytest.mark.parametrize("left_out", ["csrf_token", "_once", "_fields", "current"])
def test_a_form_that_lost_a_part_changes_nothing(page, db, left_out):
    page.as_user(make.person())
    form = page.get("accounts.change_password").select_one("main form")
    sent = {f["name"]: f["value"] for f in form.select("input[type=hidden]")} | {"current": "x", "password": "y"}
    del sent[left_out]

    page.post("/me/password", status=400, **sent)
