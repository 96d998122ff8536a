"""The fund with one thing in every stage, for the full world."""

import re
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db
from hub.core.links import path_to
from hub.directory.models import Level
from hub.fund import queries as fund_queries
from hub.fund import services as fund
from hub.fund.models import Application, FollowUp, Outcome, Round, StillUsed
from hub.notifications.models import OutboxMail
from tests.fund import making as for_fund
from tests.skills import making as for_skills

STARTS, ENDS = date(2026, 12, 1), date(2026, 12, 3)  # of activities that are still to be judged
LATER = {
    "closes_at": at_london(date(2026, 10, 30)),
    "panel_on": date(2026, 11, 9),
    "decisions_on": date(2026, 11, 16),
}  # of a round that is open now


def make(cast: Any) -> None:
    asked = {"eligibility": "Is nothing booked yet?", "report_questions": "Would you go again?", "asks_return": True}
    scheme = for_fund.scheme(cast.lead, name="Development fund", code="DEV", **asked)
    for_fund.draft_round(cast.lead, of=scheme, name="Winter", **LATER)
    _ready_round(cast)
    for_fund.open_round(cast.lead, of=scheme, panel=cast.panel, name="Rehearsal", is_test=True, **LATER)
    sealed = for_fund.open_round(cast.lead, of=scheme, panel=cast.panel, name="Sealed", is_sealed=True, **LATER)
    for_fund.sent(sealed, cast["Cas"], starts_on=STARTS, ends_on=ENDS)
    open_now = for_fund.open_round(cast.lead, of=scheme, panel=cast.panel, name="Autumn", **LATER)
    _in_open_round(cast, open_now)
    _as_they_come(cast, scheme)
    _in_closed_round(cast, scheme)
    _judged(cast)
    _after_the_release(cast)
    _stories(cast)


def _ready_round(cast: Any) -> None:
    made = for_fund.draft_round(cast.lead, name="Spring", **LATER)
    for at, member in enumerate(cast.panel):
        fund.add_panel_member(made, person=member, is_chair=at == 0, actor=cast.lead)
    just_now = clock.now() - timedelta(minutes=1)
    for_fund.open_round(cast.lead, panel=cast.panel, name="Late", **LATER | {"closes_at": just_now})


def _in_open_round(cast: Any, fund_round: Round) -> None:
    days = {"starts_on": STARTS, "ends_on": ENDS}
    together = for_fund.draft(fund_round, cast["Bea"], **days)
    for name, accepts in (("Abe", False), ("Gil", True)):
        asked = fund.ask_colleague(together, person=cast[name], actor=cast["Bea"])
        if accepts:
            fund.join(asked, accepts=True, actor=cast[name])
    for_fund.draft(fund_round, cast["Kit"], eligible={"Is nothing booked yet?": "no"})
    for_fund.sent(fund_round, cast["Cas"], **days)
    unmanaged = for_fund.draft(fund_round, cast["Ida"], **days)
    fund.send(for_fund.fresh(unmanaged), actor=for_fund.fresh_person(cast["Ida"]))
    gone = for_fund.sent(fund_round, cast["Eli"], **days)
    fund.withdraw(gone, actor=for_fund.fresh_person(cast["Eli"]))
    back = for_fund.sent(fund_round, cast["Fay"], **days)
    fund.send_back(back, reason="Say how long it takes.", actor=for_fund.fresh_person(cast.manager))


def _as_they_come(cast: Any, scheme: Any) -> None:
    """A rolling round with one application that is decided and not yet told."""
    rolling = for_fund.open_round(cast.lead, of=scheme, panel=cast.panel, name="Rolling", is_rolling=True, **LATER)
    came = for_fund.supported(rolling, cast["Cas"], starts_on=STARTS, ends_on=ENDS)
    for_fund.scored(came, cast.chair)
    for_fund.decided(came, cast.chair)


def _in_closed_round(cast: Any, scheme: object) -> None:
    """One application without scores, and a draft that missed the round."""
    closed = for_fund.open_round(cast.lead, of=scheme, panel=cast.panel, name="Summer")
    for_fund.draft(closed, cast["Kit"])
    for_fund.supported(closed, cast["Gil"])
    for_fund.close(closed)


def _judged(cast: Any) -> None:
    """A round that the panel may finish, and one that waits for its release."""
    for name, is_finished in (("Midsummer", False), ("Solstice", True)):
        made = for_fund.open_round(cast.lead, panel=cast.panel, name=name)
        one = for_fund.supported(made, cast["Hal"], pence=20_000)
        for_fund.close(made)
        for_fund.scored(one, *cast.panel)
        for_fund.decided(one, cast.chair)
        if is_finished:
            fund.finish_panel(fund_queries.fund_round(made.id), actor=for_fund.fresh_person(cast.chair))


def _after_the_release(cast: Any) -> None:
    """One released round with an application at every later stage."""
    made = for_fund.open_round(cast.lead, panel=cast.panel, name="Whitsun")
    steps = ("awarded", "accepted", "done", "claimed", "approved", "paid", "reported")
    owners = dict(zip(steps, (cast[n] for n in ("Abe", "Bea", "Cas", "Dot", "Eli", "Fay", "Gil")), strict=True))
    taken = {step: for_fund.supported(made, owner, pence=20_000) for step, owner in owners.items()}
    parted = for_fund.supported(made, cast["Kit"], pence=20_000)
    spare = for_fund.supported(made, cast["Hal"], pence=20_000)
    for_fund.close(made)
    for one in (*taken.values(), parted, spare):
        for_fund.scored(one, *cast.panel)
        for_fund.decided(one, cast.chair, Outcome.RESERVE if one is spare else Outcome.AWARD)
    for_fund.released(made, cast.chair, cast.lead)
    for at, step in enumerate(steps):
        _advance(taken[step], at, cast)
    _claim_a_part(parted, cast.lead)
    _months_later(taken["paid"], taken["reported"])


def _claim_a_part(application: Application, lead: Any) -> None:
    """A part is settled, and the activity is over: the rest may be claimed, or not."""
    owner = for_fund.fresh_person(application.applicant)
    fund.accept(for_fund.fresh(application), actor=owner)
    fund.finish(for_fund.fresh(application), done_on=for_fund.ENDS, actor=owner)
    one = for_fund.fresh(application)
    files = [(for_fund.PDF, "part.pdf")]
    fund.claim(one, pence=5_000, note_text="", files=files, is_last=False, actor=one.applicant)
    for_fund.settled(one, lead, paid_on=for_fund.ENDS)


def _stories(cast: Any) -> None:
    """Accepted reports with a case study at every stage."""
    made = for_fund.open_round(cast.lead, panel=cast.panel, name="Michaelmas")
    owners = [cast[name] for name in ("Hal", "Fay", "Abe")]
    those = [for_fund.supported(made, owner, pence=20_000) for owner in owners]
    for_fund.close(made)
    for one in those:
        for_fund.scored(one, *cast.panel)
        for_fund.decided(one, cast.chair)
    for_fund.released(made, cast.chair, cast.lead)
    for one, summary in zip(those, ("All cut.", "All cut.", "Nobody waits any more."), strict=True):
        _advance(one, 6, cast)
        lead = for_fund.fresh_person(cast.lead)
        fund.accept_report(for_fund.fresh(one), actor=lead)
        fund.publish_study(for_fund.fresh(one), title=one.title, summary=summary, actor=lead)
    withdrawn = fund_queries.study_of(for_fund.fresh(those[0]))
    fund.take_back_study(withdrawn, actor=for_fund.fresh_person(withdrawn.author))


def _learned(lead: Any) -> dict[str, Any]:
    """A skill that nobody has yet, and a promise to share it."""
    return {"learned": for_skills.skill(lead), "level": Level.WORKING, "share_by": date(2026, 12, 15)}


def _months_later(*finished: Application) -> None:
    """Both are asked what is different since; the second has answered."""
    asked = [FollowUp(application_id=one.id, months=3) for one in finished]
    db.session.add_all(asked)
    db.session.flush()
    answer = {"different": "We cut our own.", "still_used": StillUsed.OFTEN, "may_quote": True}
    last = fund_queries.follow_up(asked[-1].id)
    fund.answer_follow_up(last, **answer, actor=for_fund.fresh_person(last.application.applicant))


def _advance(application: Application, steps: int, cast: Any) -> None:
    """Take *application* the first *steps* of the way from its award to its end."""
    lead, owner = for_fund.fresh_person(cast.lead), for_fund.fresh_person(application.applicant)
    done = for_fund.ENDS
    report = {"did": "I cut.", "changed": "All cut.", "shared_with": "Six.", "quote": "Good.", "may_publish": True}
    way = (
        lambda one: fund.accept(one, actor=owner),
        lambda one: fund.finish(one, done_on=done, actor=owner),
        lambda one: fund.claim(one, pence=15_000, note_text="", files=[(for_fund.PDF, "r.pdf")], actor=owner),
        lambda one: fund.approve_claim(one.claims[0], actor=lead),
        lambda one: fund.mark_paid(one.claims[0], paid_on=done + timedelta(days=9), actor=lead),
        lambda one: fund.report(one, **report, **_learned(lead), actor=owner),
    )
    for step in way[:steps]:
        step(for_fund.fresh(application))


def mailed_statements() -> list[str]:
    """What a manager finds behind the letter that they can still answer."""
    letters = select(OutboxMail.text).where(OutboxMail.kind == "fund.statement_link").order_by(OutboxMail.id)
    tokens = [re.findall(r"/statements/(\S+)", text)[0] for text in db.session.scalars(letters)]
    token = next(token for token in tokens if fund_queries.statement_link(token))
    return [path_to(page, token=token) for page in ("fund.statement_by_link", "fund.send_back_by_link")]
