"""What was kept long enough becomes anonymous: no word and nobody is left, and every number stays."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from sqlalchemy import JSON, String, func, select

from hub.core import clock, storage
from hub.core.audit import JournalEntry
from hub.core.clock import at_london
from hub.core.db import Base
from hub.core.db import db as database
from hub.evidence.models import Entry, Total
from hub.evidence.services import differences
from hub.fund import figures, jobs, queries, services
from hub.fund.models import MoneyEntry, Outcome, PanelScore, Stage
from hub.notifications.models import OutboxMail
from hub.notifications.models import Stage as MailStage
from hub.packs.models import PackPiece
from tests import factories
from tests.fund import making
from tests.gates.canary import text_of
from tests.packs import making as for_packs
from tests.skills import making as for_skills

WORD = "Zirkonquark"
SAYS = {"title": f"{WORD} for beginners", "why": f"{WORD} is needed.", "what": WORD, "sharing": f"On {WORD}."}
A_YEAR_ON = date(2027, 7, 20)  # after the release
SEVEN_YEARS_ON = date(2033, 8, 1)  # the award was paid in the year that ended in July 2027


@pytest.fixture
def lead(db):
    return making.lead()


def at_night(day):
    """The job as it runs in the night of *day*."""
    making.forget()
    database.session.commit()
    with clock.held(at_london(day, 3)):
        jobs.let_go()
    making.forget()


def declined(lead, applicant=None, **given):
    fund_round = making.open_round(lead)
    chair, member = (m.person for m in fund_round.panel)
    made = making.supported(fund_round, applicant or making.technician(lead), **SAYS | given)
    making.close(fund_round)
    making.scored(made, chair, member)
    making.decided(made, chair, Outcome.DECLINE)
    making.released(fund_round, chair, lead)
    return making.fresh(made)


def closed(lead, **given):
    made = making.reported(lead, **SAYS | given)
    made.report.did = f"I learned {WORD}."
    made.report.learned_id, made.report.learned_level = for_skills.skill(lead).id, "working"
    with clock.held(at_london(making.ENDS + timedelta(days=20), 9)):
        services.accept_report(made, actor=making.fresh_person(lead))
    with clock.held(at_london(making.ENDS + timedelta(days=91), 9)):
        services.follow_up()
        (asked,) = queries.follow_ups_of(made.id)
        services.answer_follow_up(
            queries.follow_up(asked.id), different=WORD, still_used="often", may_quote=True, actor=made.applicant
        )
    return making.fresh(made)


def left_of(word):
    """Every column of the whole database in which *word* is found."""
    database.session.flush()
    found = []
    for table in Base.metadata.sorted_tables:
        texts = [column for column in table.columns if isinstance(column.type, String | JSON)]
        for row in database.session.execute(select(*texts)) if texts else ():
            found += [f"{c.table.name}.{c.name}" for c, v in zip(texts, row, strict=True) if word in json.dumps(v)]
    return found


def numbers(lead, *years):
    """What figures and ledgers say."""
    decided = [one for year in years for one in queries.decided_in(year, lead.institution_id)]
    units = figures.faculties_of([])
    moved = select(MoneyEntry.kind, MoneyEntry.at, MoneyEntry.pence, MoneyEntry.application_id).order_by(MoneyEntry.id)
    counted = select(Total.kind, Total.month, Total.n, Total.quantity).order_by(Total.kind, Total.month)
    entries = select(Entry.kind, Entry.quantity, Entry.people, Entry.happened_on, Entry.unit_id).order_by(Entry.id)
    return (
        figures.by_theme(decided),
        figures.by_faculty(decided, units),
        figures.by_skill(decided),
        figures.first_timers(decided),
        figures.days_to_decide(decided),
        figures.access(decided, {}, lambda kind: f"{kind.grade} {kind.terms} {kind.hours}"),
        len({one.applicant_id for one in decided} - {None}),
        *(database.session.execute(asked).all() for asked in (moved, counted, entries)),
    )


def words(html):
    return " ".join(html.select_one("main").get_text(" ").split())


def all_mail_left():
    for mail in database.session.scalars(select(OutboxMail)):
        mail.stage, mail.sent_at, mail.text = MailStage.SENT, mail.queued_at, ""


def test_a_declined_one_becomes_anonymous_a_year_after_its_decision_and_not_before(page, lead):
    made = declined(lead, making.technician(lead, name="Quirina Zander"))
    all_mail_left()
    name, manager = made.applicant.name, made.manager.name
    told = numbers(lead, 2025)
    at_night(A_YEAR_ON)
    assert queries.application(made.id).anonymised_on is None
    at_night(A_YEAR_ON + timedelta(days=1))

    assert left_of(WORD) == []
    assert left_of(name) == ["person.name"]
    assert numbers(lead, 2025) == told
    page.as_user(making.fresh_person(lead))
    shown = words(page.get("fund.application", application_id=made.id))
    assert "Anonymised on 21 July 2027" in shown
    assert made.reference in shown
    assert name not in shown
    assert manager not in shown
    listed = words(page.get("fund.applications"))
    assert "Anonymised on 21 July 2027" in listed
    assert name not in listed


def test_an_award_becomes_anonymous_six_years_after_the_financial_year_of_its_payment(page, lead):
    plan, (action, _) = for_packs.plan(lead)
    made = closed(lead)
    files = [storage.path_of(receipt.file).name for receipt in made.claims[0].receipts]
    for entry in database.session.scalars(select(Entry).where(Entry.kind == "fund.award")).all():
        for_packs.accepted(entry, lead, action)
    pack = for_packs.frozen(plan, lead)
    all_mail_left()
    told = numbers(lead, 2025, 2026)
    at_night(SEVEN_YEARS_ON - timedelta(days=1))
    assert queries.application(made.id).title == SAYS["title"]
    at_night(SEVEN_YEARS_ON)

    assert left_of(WORD) == []
    assert numbers(lead, 2025, 2026) == told
    assert list(differences()) == []
    gone = queries.application(made.id)
    assert (gone.applicant, gone.awarded_pence, gone.spent_pence, gone.stage) == (None, 100_000, 80_000, Stage.CLOSED)
    assert files
    assert {path.name for path in storage.strays(before=clock.now() + timedelta(days=1))} >= set(files)
    (piece,) = database.session.scalars(select(PackPiece).where(PackPiece.pack_id == pack.id))
    assert "anonymised on 1 August 2033" in piece.title
    award = database.session.scalars(select(Entry).where(Entry.kind == "fund.award")).one()
    page.as_user(making.fresh_person(lead))
    assert "See what proves it" not in words(page.get("evidence.entry", entry_id=award.id))
    assert "£1,000.00" in words(page.get("evidence.entry", entry_id=award.id))
    assert "Anonymised on 1 August 2033" in words(page.get("fund.money"))
    packed = zipfile.ZipFile(io.BytesIO(page.raw("fund.archive", round_id=made.round_id).data))
    assert packed.namelist() == ["applications.pdf"]
    assert "Anonymoussince1August2033" in text_of(packed.read("applications.pdf")).replace(" ", "")


def test_a_later_award_is_no_first_one_because_the_earlier_is_anonymous(lead):
    applicant = making.technician(lead)
    earlier = declined(lead, applicant)
    first = making.awarded(lead, applicant=applicant)
    # as if the second had come four years later
    second = making.awarded(lead, applicant=applicant)
    later = at_london(date(2030, 7, 20), 9)
    fund_round = queries.fund_round(second.round_id)
    fund_round.released_at = second.decision.released_at = later
    for entry in database.session.scalars(select(MoneyEntry).where(MoneyEntry.application_id == second.id)):
        entry.at = later
    told = numbers(lead, 2025), numbers(lead, 2029)
    at_night(SEVEN_YEARS_ON)

    states = [queries.application(one.id).anonymised_on for one in (earlier, first, second)]
    assert states == [SEVEN_YEARS_ON, SEVEN_YEARS_ON, None]
    assert (numbers(lead, 2025), numbers(lead, 2029)) == told
    assert [one.is_first for one in queries.decided_in(2029, lead.institution_id)] == [False]


def test_somebody_who_asked_twice_in_a_year_is_counted_once_whichever_goes_first(lead):
    applicant = making.technician(lead)
    declined(lead, applicant)
    making.awarded(lead, applicant=applicant)
    told = numbers(lead, 2025)
    for day in (A_YEAR_ON + timedelta(days=1), SEVEN_YEARS_ON):
        at_night(day)
        assert numbers(lead, 2025) == told
    assert {one.applicant_id for one in queries.decided_in(2025, lead.institution_id)} - {None} != {applicant.id}


def test_scores_and_reasons_go_a_year_after_the_release_and_awards_stay(lead):
    made = making.awarded(lead)
    scores = select(func.count()).select_from(PanelScore)
    assert database.session.scalar(scores) == 4
    at_night(making.AFTER + timedelta(days=367))

    assert database.session.scalar(scores) == 0
    assert queries.application(made.id).anonymised_on is None


def test_a_draft_that_was_never_sent_and_a_withdrawn_one_go_too(lead):
    fund_round = making.open_round(lead)
    draft = making.draft(fund_round, making.technician(lead), **SAYS)
    given_back = making.awarded(lead, **SAYS)
    with clock.held(at_london(making.AFTER, 12)):
        services.withdraw(given_back, actor=making.fresh_person(given_back.applicant))
    making.close(fund_round)
    all_mail_left()
    at_night(A_YEAR_ON + timedelta(days=1))

    assert [queries.application(one.id).anonymised_on is None for one in (draft, given_back)] == [False, False]
    assert left_of(WORD) == []


def test_the_night_goes_on_where_it_was_ended(lead, monkeypatch):
    those = [declined(lead) for _ in range(3)]
    told = numbers(lead, 2025)
    monkeypatch.setattr("hub.fund.services.keeping.AT_ONCE", 2)
    making.forget()
    with clock.held(at_london(A_YEAR_ON + timedelta(days=1), 3)):
        assert services.let_go_of_some() == 2
    making.forget()
    assert numbers(lead, 2025) == told
    at_night(A_YEAR_ON + timedelta(days=2))
    at_night(A_YEAR_ON + timedelta(days=3))

    days = [queries.application(one.id).anonymised_on.day for one in those]
    assert days == [21, 21, 22]
    assert numbers(lead, 2025) == told


def test_a_lead_says_how_long_within_bounds(page, lead):
    made = declined(lead)
    page.as_user(making.fresh_person(lead))
    assert "From 6 to 36" in words(page.submit("fund.keeping", unsuccessful_months="5", status=422))
    page.submit("fund.keeping", unsuccessful_months="6", scores_months="7", awarded_years="3")
    assert making.fresh_person(lead).institution.awarded_years == 3
    at_night(date(2027, 1, 21))

    assert queries.application(made.id).anonymised_on == date(2027, 1, 21)
    other = declined(making.lead(factories.institution())).id
    at_night(date(2027, 1, 22))
    assert queries.application(other).anonymised_on is None


def test_the_journal_says_that_it_happened_and_no_word_of_it(lead):
    made = declined(lead)
    with clock.held(at_london(A_YEAR_ON + timedelta(days=1), 3)):
        making.forget()
        database.session.commit()
        jobs.let_go()
    deeds = [row for row in database.session.scalars(select(JournalEntry)) if row.deed == "fund.let_go"]
    assert [f"fund_application:{made.id}" in row.changes for row in deeds] == [True]
