"""The closing second itself still counts, the next one does not; by London clocks, in summer and in winter."""

from datetime import date, timedelta

import pytest

from hub.accounts.queries import person
from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db
from hub.core.links import path_to
from tests import factories
from tests.awards import making as awards
from tests.fund import making as fund
from tests.skills import making as skills

SECOND = timedelta(seconds=1)
ANSWERS = {-SECOND: 302, 0 * SECOND: 302, SECOND: 422}  # to a form that was opened before
STARTED = ANSWERS | {0 * SECOND: 422}  # what begins at that second has begun


def round_of_the_fund(closes_at):
    lead = fund.lead()
    day = clock.london(closes_at).date()
    opened = fund.open_round(
        lead,
        opens_at=at_london(date(2026, 6, 1)),  # before the makers write their drafts
        closes_at=closes_at,
        panel_on=day + timedelta(days=7),
        decisions_on=day + timedelta(days=14),
    )
    starts = day + timedelta(days=60)
    application = fund.draft(opened, fund.technician(lead), starts_on=starts, ends_on=starts + timedelta(days=2))
    return application.applicant_id, path_to("fund.check", application_id=application.id), {}, ANSWERS


def cycle_of_awards(closes_at):
    cycle = awards.cycle(
        factories.lead(),
        opens_at=closes_at - timedelta(days=5),
        closes_at=closes_at,
        judging_until=closes_at + timedelta(days=5),
    )
    draft = awards.draft(cycle)
    return draft.nominator_id, path_to("awards.nominate", nomination_id=draft.id), {"send": "1"}, ANSWERS


def session_of_skills(starts_at):
    session = skills.session(factories.person(), starts_at=starts_at)
    path = path_to("skills.session", session_id=session.id)
    return skills.colleague(session.host).id, path, {"part": "book"}, STARTED


@pytest.mark.parametrize(
    "away", [-SECOND, 0 * SECOND, SECOND], ids=["the second before", "that second", "the next one"]
)
@pytest.mark.parametrize("on", [date(2027, 7, 16), date(2027, 1, 15)], ids=["summer", "winter"])
@pytest.mark.parametrize("deadline", [round_of_the_fund, cycle_of_awards, session_of_skills])
def test_a_form_is_taken_to_its_last_second_and_its_page_always_answers(page, deadline, on, away):
    at = at_london(on, 17)
    with clock.held(at - timedelta(days=2)):
        reader, path, more, answers = deadline(at)
        db.session.commit()
    with clock.held(at - SECOND):
        page.as_user(person(reader))
        form = page._form(page.open(path), more.get("part", 0))
        values = page._filled(form) | {name: value for name, value in more.items() if name != "part"}
    with clock.held(at + away):
        page.open(path)
        page.post(form.get("action") or path, status=answers[away], **values)
