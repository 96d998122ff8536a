"""A report becomes a case study for everybody only as its author agrees, and is gone as soon as they do not."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from hub.accounts.queries import person as load_person
from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db as database
from hub.core.errors import MoveRefused
from hub.fund import jobs, queries, services
from hub.fund.models import CaseConsent, CaseStudy, Given, StudyStage
from tests.fund import making
from tests.skills import making as for_skills

SAID = "We cut our own."
PLACES = ("/", "/public", "/sitemap.xml")


@pytest.fixture
def lead(db):
    return making.lead()


@pytest.fixture
def accepted(lead):
    made = making.reported(lead)
    made.report.learned_id, made.report.learned_level = for_skills.skill(lead).id, "working"
    with clock.held(at_london(making.ENDS + timedelta(days=20), 9)):
        services.accept_report(made, actor=making.fresh_person(lead))
    return making.fresh(made)


def words(html):
    return " ".join(html.select_one("main").get_text(" ").split())


def pressed(page, lead, application, **said):
    page.as_user(making.fresh_person(lead))
    page.submit("fund.make_study", application_id=application.id, **said)
    making.forget()
    return queries.study_of(making.fresh(application))


def consents():
    rows = select(CaseConsent).order_by(CaseConsent.id)
    return [(c.given, c.wording, c.withdrawn_at is None) for c in database.session.scalars(rows)]


def shown_to_everybody(page, study):
    """Where anybody finds it."""
    page.signed_out()
    found = [place for place in PLACES if study.slug in page._send("GET", place).get_data(as_text=True)]
    own = page._send("GET", f"/fund/case-studies/{study.slug}").status_code
    return found, own


def test_one_press_publishes_what_the_author_permitted_in_their_words(page, lead, accepted):
    study = pressed(page, lead, accepted)
    assert study.stage == StudyStage.PUBLISHED
    names = (study.skill.name, study.author.name)
    assert consents() == [(Given.REPORT, f"{accepted.title}\n{SAID}\nIt paid for itself.", True)]
    assert shown_to_everybody(page, study) == (list(PLACES), 200)
    shown = words(page.signed_out().get("fund.show_study", slug=study.slug))
    for said in (accepted.title, SAID, "It paid for itself.", "£1,000.00", *names):
        assert said in shown


def test_in_other_words_its_author_reads_it_first(page, lead, accepted):
    study = pressed(page, lead, accepted, title="A microtome of our own", summary="Samples wait no longer.")
    assert shown_to_everybody(page, study) == ([], 404)
    assert consents() == []
    page.as_user(load_person(study.author_id))
    asked = words(page.get("fund.application", application_id=accepted.id))
    assert "Samples wait no longer." in asked
    page.submit("fund.application", application_id=accepted.id, form="/agree")
    assert shown_to_everybody(page, study) == (list(PLACES), 200)
    assert [(given, is_open) for given, _, is_open in consents()] == [(Given.STUDY, True)]

    changed = pressed(page, lead, accepted, summary="Nobody waits, ever.")
    assert shown_to_everybody(page, changed) == ([], 404)
    assert [(given, is_open) for given, _, is_open in consents()] == [(Given.STUDY, False)]


def test_a_permission_for_the_sentence_alone_publishes_nothing_else(page, lead, accepted):
    """As reports gave it before they asked for what changed, too."""
    accepted.report.permits_words = False
    study = pressed(page, lead, accepted)
    assert (study.stage, shown_to_everybody(page, study)) == (StudyStage.ASKED, ([], 404))


def test_its_author_takes_it_back_and_it_is_gone_everywhere_and_stays_gone(page, lead, accepted):
    study = pressed(page, lead, accepted)
    page.as_user(load_person(study.author_id))
    page.submit("fund.application", application_id=accepted.id, form="/take-back")

    assert shown_to_everybody(page, study) == ([], 404)
    assert [is_open for _, _, is_open in consents()] == [False]
    page.as_user(making.fresh_person(lead)).get("fund.make_study", application_id=accepted.id, status=403)
    page.as_user(load_person(study.author_id))
    page.submit("fund.application", application_id=accepted.id, form="/permit")
    assert shown_to_everybody(page, study) == ([], 404)
    assert pressed(page, lead, accepted).stage == StudyStage.PUBLISHED


def test_whoever_forbids_it_before_is_asked_for_nothing(page, lead, accepted):
    page.as_user(load_person(accepted.applicant_id))
    page.submit("fund.application", application_id=accepted.id, form="/forbid")
    with pytest.raises(MoveRefused):
        services.publish_study(making.fresh(accepted), title="A", summary="B", actor=making.fresh_person(lead))
    page.as_user(making.fresh_person(lead))
    assert "Not to be published" in words(page.get("fund.application", application_id=accepted.id))


def test_the_lead_takes_it_down_at_once(page, lead, accepted):
    study = pressed(page, lead, accepted)
    page.submit("fund.make_study", application_id=accepted.id, form="/take-down")
    assert shown_to_everybody(page, study) == ([], 404)
    assert [is_open for _, _, is_open in consents()] == [False]


def test_a_case_study_outlives_its_application_while_its_author_agrees(page, lead, accepted):
    study = pressed(page, lead, accepted)
    author_id, address = study.author_id, SimpleNamespace(slug=study.slug)
    database.session.commit()
    with clock.held(at_london(date(2033, 8, 1), 3)):
        jobs.let_go()
    making.forget()
    assert queries.application(accepted.id).applicant is None
    assert shown_to_everybody(page, address)[1] == 200
    page.as_user(load_person(author_id)).submit("fund.home", form="/take-back")
    assert shown_to_everybody(page, address) == ([], 404)
    assert consents() == []


def test_what_nobody_agrees_to_goes_with_its_application(page, lead, accepted):
    pressed(page, lead, accepted, summary="Other words.")
    database.session.commit()
    with clock.held(at_london(date(2033, 8, 1), 3)):
        jobs.let_go()
    assert database.session.scalars(select(CaseStudy)).all() == []
