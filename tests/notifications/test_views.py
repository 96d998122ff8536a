"""The bell, one's own choices, and the outbox of those who look after the hub."""

from datetime import date

import pytest
from sqlalchemy import select

from hub.accounts.models import Role
from hub.accounts.queries import person
from hub.core import clock
from hub.core.links import path_to
from hub.notifications import queries as reads
from hub.notifications import sending, services, transport
from hub.notifications.models import Notice, OutboxMail, Stage
from tests import factories as make
from tests.notifications.making import notice


def the_notice(db) -> Notice:
    return db.session.scalars(select(Notice)).one()


def the_mail(db) -> OutboxMail:
    return db.session.scalars(select(OutboxMail)).one()


def test_the_bell_counts_what_is_new_and_opening_takes_it_off(page, db):
    ana = make.person()
    notice(ana, path="/me/sessions")
    html = page.as_user(ana).get("notifications.inbox")
    assert html.select_one(".bell .count").contents[0] == "1"
    assert html.select_one("h1").text.strip() == "One new notice"
    assert page.submit("notifications.open_notice", at="/me/notices", form="/open") == "/me/sessions"

    assert the_notice(db).read_at is not None
    assert page.get("notifications.inbox").select_one("h1").text.strip() == "Nothing new"


def test_all_are_read_at_once_but_only_ones_own(page, db):
    ana, ben = make.person(), make.person()
    for told in (ana, ana, ben):
        notice(told)
    page.as_user(ana).submit("notifications.mark_all_read", at="/me/notices", form="/read")

    assert (reads.unread(ana), reads.unread(ben)) == (0, 1)


def test_notices_are_searched_and_narrowed(page, db):
    ana = make.person()
    for title in ("Claim due", "Bench free"):
        notice(ana, title=title)
    page.as_user(ana)
    shown = [
        len(page.get("notifications.inbox", query=query).select("main .rows li"))
        for query in ({}, {"q": "claim"}, {"q": "%"}, {"state": "new"}, {"state": "read"})
    ]

    assert shown == [2, 1, 0, 2, 0]


def test_an_empty_bell_says_what_will_come(page, db):
    assert "stands here" in page.as_user(make.person()).get("notifications.inbox").select_one("main").text


def test_what_was_written_is_shown_as_text(page, db):
    ana = make.person()
    notice(ana, title="<script>alert(1)</script>", body="<img src=x>\n{{7*7}}")
    html = page.as_user(ana).get("notifications.inbox")

    assert html.select("main script, main img") == []
    assert "{{7*7}}" in html.select_one("main").text


@pytest.mark.parametrize("way_out", ["https://evil.test/x", "//evil.test", "javascript:alert(1)"])
def test_a_notice_never_leads_out_of_the_hub(page, db, way_out):
    ana = make.person()
    notice(ana, path=way_out)

    assert page.as_user(ana).submit("notifications.open_notice", at="/me/notices", form="/open") == "/me/notices"


def test_somebody_elses_notice_is_refused(page, db):
    ana = make.person()
    notice(ana)
    page.as_user(make.person(ana.institution))
    form = page.get("notifications.preferences").select_one("main form")
    hidden = {f["name"]: f["value"] for f in form.select("input[type=hidden]")}

    page.post(path_to("notifications.open_notice", notice_id=the_notice(db).id), status=403, **hidden)


def test_choices_are_kept_and_shown_again(page, db):
    ana = make.person()
    page.as_user(ana).submit("notifications.preferences", tests="daily")

    assert reads.preferences(ana.id) == {"tests": "daily"}
    assert page.get("notifications.preferences").select_one("#tests option[selected]")["value"] == "daily"
    page.submit("notifications.preferences", tests="")
    assert reads.preferences(ana.id) == {}
    page.submit("notifications.preferences", tests="hourly", status=422)


def test_the_bell_costs_the_same_with_one_and_three(page, db, queries):
    ana = make.person()
    page.as_user(ana)
    notice(ana)
    with queries(at_most=6):
        page.get("notifications.inbox")
    for _ in range(2):
        notice(ana)
    with queries(at_most=6):
        page.get("notifications.inbox")


# -- the outbox -------------------------------------------------------------------------------------------------------


def keeper(of, role=Role.ADMINISTRATOR):
    return make.person(of, roles=(role,))


def test_administrators_see_what_became_of_each_mail(page, db, queries):
    ana = make.person()
    boss = keeper(ana.institution)
    notice(ana)
    page.as_user(boss)
    with queries(at_most=9):
        html = page.get("notifications.outbox")
    assert [c.text.strip() for c in html.select("main tbody th")] == ["Say yes to a time"]
    for _ in range(2):
        notice(ana)
    with queries(at_most=8):
        page.get("notifications.outbox")
    assert ana.email in page.raw("notifications.outbox", query={"export": "csv", "stage": "waiting"}).text


def test_a_mail_in_the_folder_is_read_as_text(page, db):
    ana = make.person()
    boss = keeper(ana.institution)
    notice(ana, body="<b>Bring your gloves</b>")
    page.as_user(boss)
    db.session.commit()
    sending.send_due(transport.configured())
    text = page.get("notifications.mail", mail_id=the_mail(db).id).select_one("pre").text

    assert "<b>Bring your gloves</b>" in text
    assert f"Dear {ana.name}," in text


def test_a_mail_that_was_given_up_is_tried_again_by_an_administrator_only(page, db):
    ana = make.person()
    people = {role: keeper(ana.institution, role).id for role in (Role.LEAD, Role.ADMINISTRATOR)}
    notice(ana)
    mail = the_mail(db)
    mail.stage, mail.tries, mail.trouble = Stage.DEAD, 10, "550 No such mailbox"
    db.session.commit()

    at = path_to("notifications.mail", mail_id=mail.id)
    page.as_user(person(people[Role.LEAD])).open(at, status=403)
    page.as_user(person(people[Role.ADMINISTRATOR]))
    page.submit("notifications.try_again", at=at)
    db.session.refresh(mail)
    assert (mail.stage, mail.tries) == (Stage.WAITING, 0)


def test_what_others_are_told_is_not_for_leads(page, db):
    """A lead may be a nominee, an applicant or too close: what panels, pairs and judges are told is not theirs."""
    ana = make.person()
    lead = make.lead(ana.institution)
    notice(ana)

    page.as_user(lead).get("notifications.outbox", status=403)
    page.get("notifications.mail", mail_id=the_mail(db).id, status=403)
    assert path_to("notifications.outbox") not in str(page.get("notifications.inbox"))


def test_a_link_that_signs_somebody_in_is_shown_to_nobody_else(page, db):
    ana = make.person()
    services.mail_only(ana, "test.link", "Your link", "http://localhost/secret")

    page.as_user(keeper(ana.institution))
    assert "secret" not in page.get("notifications.mail", mail_id=the_mail(db).id).text
    assert "secret" not in page.get("notifications.outbox").text


def test_mail_of_another_institution_does_not_exist(page, db):
    notice(make.person())
    page.as_user(keeper(make.institution())).get("notifications.mail", mail_id=the_mail(db).id, status=404)
    assert "Say yes" not in page.get("notifications.outbox").text


def test_technicians_see_no_outbox_and_strangers_nothing(page, db):
    assert page.raw("notifications.inbox").status_code == 302
    page.as_user(make.person()).get("notifications.outbox", status=403)


def test_when_it_was_written_stands_in_london_time(page, db):
    ana = make.person()
    with clock.held(clock.at_london(date(2026, 7, 9), 14, 2)):
        notice(ana)
        assert "14:02" in page.as_user(ana).get("notifications.inbox").select_one("main .rows").text
