"""An application, or a whole round, taken away with everything that belongs to it."""

import csv
import io
import zipfile

import pytest

from hub.core.clock import now
from hub.core.db import db as database
from hub.directory.models import Level
from hub.fund.models import FollowUp, StillUsed
from tests import factories
from tests.fund import making
from tests.gates.canary import text_of
from tests.skills import making as for_skills


@pytest.fixture
def lead(db):
    return making.lead()


def read(packed: zipfile.ZipFile, name: str) -> str:
    return text_of(packed.read(name)).replace(" ", "")


def unspaced(*texts: str) -> list[str]:
    return [text.replace(" ", "") for text in texts]


def taken(page, endpoint: str, **args) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(page.raw(endpoint, **args).data))


def test_whoever_applied_takes_their_words_and_files_but_no_scores(page, lead):
    made = making.reported(lead, title="A course in Łódź")
    made.report.learned, made.report.learned_level = for_skills.skill(lead), Level.WORKING
    answer = {"different": "We braze our own.", "still_used": StillUsed.OFTEN, "answered_at": now()}
    database.session.add(FollowUp(application_id=made.id, months=3, **answer))
    page.as_user(making.fresh_person(made.applicant))
    packed = taken(page, "fund.dossier", application_id=made.id)

    assert packed.namelist() == ["application.pdf", "decision.pdf", "receipts/01 receipt.pdf"]
    text = read(packed, "application.pdf")
    for said in unspaced(
        "A course in Łódź",
        made.why,
        "I cut sections.",
        made.statement.text,
        "£1,000.00",
        f"{made.report.learned.name}, working",
        "We braze our own.",
    ):
        assert said in text
    assert unspaced("Because it is so.")[0] not in text


def test_the_lead_answers_for_the_scores_once_they_are_released(page, lead):
    fund_round = making.open_round(lead)
    chair = fund_round.panel[0].person
    made = making.supported(fund_round, making.technician(lead))
    making.close(fund_round)
    making.scored(made, chair)
    making.decided(made, chair)
    page.as_user(making.fresh_person(lead))
    because = unspaced(f"{chair.name}", "Because it is so.")
    before = read(taken(page, "fund.dossier", application_id=made.id), "application.pdf")
    assert not any(word in before for word in because)
    assert page.raw("fund.archive", round_id=fund_round.id).status_code == 403

    making.released(fund_round, chair, making.fresh_person(lead))
    after = read(taken(page, "fund.dossier", application_id=made.id), "application.pdf")
    assert all(word in after for word in because)
    table = taken(page, "fund.archive", round_id=fund_round.id).read("scores.csv").decode("utf-8-sig")
    rows = [(row["Reference"], row["Who"], row["Why"]) for row in csv.DictReader(table.splitlines())]
    assert rows == [(made.reference, chair.name, "Because it is so.")] * 2


def test_a_round_is_one_archive_without_what_the_lead_asked_for_themselves(page, lead):
    fund_round = making.open_round(lead, budget_pence=10_000_000)
    chair = fund_round.panel[0].person
    lead.is_technician = True
    lead.manager_id = factories.person(lead.institution).id
    made = [making.supported(fund_round, making.technician(lead)) for _ in range(2)]
    own = making.supported(fund_round, making.fresh_person(lead), title="For myself")
    making.draft(fund_round, making.technician(lead), title="Never sent")
    making.close(fund_round)
    for one in (*made, own):
        making.scored(one, chair)
        making.decided(one, chair)
    making.released(fund_round, chair, making.fresh_person(lead))
    page.as_user(making.fresh_person(lead))
    packed = taken(page, "fund.archive", round_id=fund_round.id)

    text = read(packed, "applications.pdf")
    assert all(one.reference in text for one in made)
    assert not any(word in text for word in unspaced("For myself", "Never sent"))
    assert unspaced(chair.name)[0] not in text  # nor how their rivals were scored
    assert "scores.csv" not in packed.namelist()


# -- letters -----------------------------------------------------------------------------------------------------------


def letter(page, endpoint="fund.letter", **args) -> str:
    return text_of(page.raw(endpoint, **args).data).replace(" ", "").replace("\n", "")


@pytest.fixture
def told(lead):
    return making.told(lead, conditions="Travel by train.")


def test_everybody_reads_their_decision_in_a_letter(page, told):
    given, refused = told
    text = letter(page.as_user(making.fresh(given).applicant), application_id=given.id)
    for said in unspaced("The panel awards you £600.00 of the £1,000.00 that you asked for.", "Travel by train."):
        assert said in text
    text = letter(page.as_user(making.fresh(refused).applicant), application_id=refused.id)
    for said in unspaced("does not fund your application this time", "A clear and useful plan."):
        assert said in text
    assert unspaced("Accept the award")[0] not in text


def test_a_lead_prints_all_letters_of_a_round_once_they_are_released(page, lead, told):
    text = letter(page.as_user(making.fresh_person(lead)), "fund.round_letters", round_id=told[0].round_id)
    assert all(unspaced(one.applicant.name)[0] in text for one in making.fresh_all(*told))
    assert page.raw("fund.round_letters", round_id=making.open_round(making.fresh_person(lead)).id).status_code == 403


def test_before_the_release_there_is_no_letter(page, lead):
    made = making.sent(making.open_round(lead), making.technician(lead))
    page.as_user(making.fresh_person(made.applicant))
    assert page.raw("fund.letter", application_id=made.id).status_code == 403
