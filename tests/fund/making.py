"""Makers of the fund: a scheme, a round, and applications at any stage, all through the services."""

from datetime import date, timedelta
from itertools import count

from hub.accounts.models import Person, UnitKind
from hub.accounts.queries import person as load_person
from hub.core import clock
from hub.core.clock import at_london
from hub.core.db import db
from hub.fund import queries, services
from hub.fund.models import Application, FundScheme, Outcome, Round, SchemeKind
from hub.fund.progress import questions
from tests import factories

_n = count(1)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
OPENS, CLOSES = date(2026, 6, 1), date(2026, 6, 26)  # summer time
DURING, PANEL, AFTER = date(2026, 6, 10), date(2026, 7, 6), date(2026, 7, 20)
STARTS, ENDS = date(2026, 9, 14), date(2026, 9, 16)


def lead(of=None, **given) -> Person:
    """A lead who has been one since before everything here happens."""
    with clock.held(at_london(date(2026, 1, 5))):
        return factories.lead(of, **given)


def scheme(lead: Person, *, criteria: bool = True, **rules) -> FundScheme:
    n = next(_n)
    made = services.add_scheme(
        institution_id=lead.institution_id,
        actor=lead,
        **{
            "code": f"T{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}",
            "name": f"Fund {n}",
            "most_pence": 150_000,
            "pays": "Courses",
        }
        | rules,
    )
    if criteria:
        for name, weight in (("Benefit", 60), ("Value", 40)):
            services.add_criterion(made, name=name, question=f"{name}?", weight=weight, actor=lead)
    forget()
    return queries.scheme(made.id)


def draft_round(lead: Person, *, of: FundScheme | None = None, **given) -> Round:
    of = of or scheme(lead)
    made = services.add_round(
        of,
        actor=lead,
        **{
            "name": f"Round {next(_n)}",
            "budget_pence": 300_000,
            "opens_at": at_london(OPENS, 9),
            "closes_at": at_london(CLOSES),
            "panel_on": PANEL,
            "decisions_on": date(2026, 7, 13),
        }
        | given,
    )
    forget()
    return queries.fund_round(made.id)


def open_round(lead: Person, *, panel: tuple[Person, ...] = (), of: FundScheme | None = None, **given) -> Round:
    """A live round; without *panel* two new people sit on it. The first of them chairs."""
    with clock.held(at_london(OPENS, 8)):
        made = draft_round(lead, of=of, **given)
        members = panel or (factories.person(lead.institution), factories.person(lead.institution))
        for at, member in enumerate(members):
            services.add_panel_member(made, person=member, is_chair=at == 0, actor=lead)
        forget()
        made = queries.fund_round(made.id)
        services.open_round(made, actor=lead)
    forget()
    return queries.fund_round(made.id)


def refund_round(lead: Person, **given) -> Round:
    rules = scheme(lead, criteria=False, kind=SchemeKind.REGISTRATION_REFUND, retrospective=True, report_days=0)
    with clock.held(at_london(OPENS, 8)):
        made = draft_round(lead, of=rules, closes_at=at_london(date(2027, 5, 31)), panel_on=date(2027, 6, 1),
                           decisions_on=date(2027, 6, 1), **given)  # fmt: skip
        services.open_round(made, actor=lead)
    forget()
    return queries.fund_round(made.id)


def technician(lead: Person, **given) -> Person:
    """Somebody in a department, with a line manager."""
    unit = given.pop("unit", None) or factories.unit(lead.institution)
    manager = given.pop("manager", None) or factories.person(lead.institution)
    return factories.person(lead.institution, unit=unit, manager=manager, **given)


def team_mate(of: Person) -> Person:
    return factories.person(of.institution, unit=of.unit)


def in_team(lead: Person, **given) -> Person:
    return technician(lead, unit=factories.unit(lead.institution, kind=UnitKind.TEAM), **given)


ANSWERS = {
    "title": "Ultramicrotomy for beginners",
    "what": "A course of three days.",
    "starts_on": STARTS,
    "ends_on": ENDS,
    "why": "Nobody here can cut thin sections.",
    "helps_role": "I can prepare samples.",
    "helps_team": "Two colleagues learn it too.",
    "helps_university": "Fewer samples are sent away.",
    "themes": ["career_development"],
    "expected_return": "Five weeks of waiting.",
    "sharing": "A session in November for six people.",
}


def draft(fund_round: Round, applicant: Person, *, pence: int = 100_000, **answers) -> Application:
    """A complete draft."""
    with clock.held(at_london(DURING, 10)):
        made = fresh(services.start(queries.fund_round(fund_round.id), actor=applicant))
        eligible = dict.fromkeys(questions(made.round.scheme), "yes")
        services.answer(made, actor=applicant, **ANSWERS | {"eligible": eligible} | answers)
        services.add_cost(made, text="Course fee", pence=pence, quote=None, actor=applicant)
    return made


def sent(fund_round: Round, applicant: Person, **given) -> Application:
    made = draft(fund_round, applicant, **given)
    with clock.held(at_london(DURING, 11)):
        services.send(made, actor=applicant)
    return fresh(made)


def supported(fund_round: Round, applicant: Person, **given) -> Application:
    made = sent(fund_round, applicant, **given)
    with clock.held(at_london(DURING + timedelta(days=1), 11)):
        services.support(made, text="It matters to us.", releases_time=True, actor=fresh_person(made.manager))
    return fresh(made)


def close(fund_round: Round) -> None:
    with clock.held(at_london(CLOSES, 18)):
        services.close_due()
    forget()


def scored(application: Application, *members: Person, marks: tuple[int, ...] = (4, 3)) -> None:
    application = fresh(application)
    for member in members:
        given = zip(application.round.criteria, marks, strict=True)
        services.score(
            application, marks={c.id: (mark, "Because it is so.") for c, mark in given}, actor=fresh_person(member)
        )


def decided(application: Application, by: Person, outcome: Outcome = Outcome.AWARD, pence: int | None = None) -> None:
    application = fresh(application)
    if outcome == Outcome.AWARD:
        pence = pence or application.asked_pence
    services.decide(
        application,
        outcome=outcome,
        pence=pence,
        feedback="A clear and useful plan.",
        seen=application.decision.version if application.decision else 0,
        actor=fresh_person(by),
    )


def released(fund_round: Round, chair: Person, lead: Person) -> None:
    with clock.held(at_london(AFTER, 9)):
        services.finish_panel(queries.fund_round(fund_round.id), actor=fresh_person(chair))
        services.release(queries.fund_round(fund_round.id), actor=fresh_person(lead))
    forget()


def fresh(application: Application) -> Application:
    forget()
    return queries.application(application.id)


def fresh_all(*applications: Application) -> list[Application]:
    forget()
    return [queries.application(a.id) for a in applications]


def forget() -> None:
    """Make the fund's rows be read again, as a new request would."""
    db.session.flush()
    for row in list(db.session):
        if type(row).__module__.startswith("hub.fund"):
            db.session.expire(row)


def fresh_person(person: Person) -> Person:
    return load_person(person.id)


def awarded(lead: Person, **given) -> Application:
    """An award that was released: the applicant may accept it."""
    applicant = given.pop("applicant", None) or technician(lead)
    fund_round = open_round(lead)
    members = [m.person for m in fund_round.panel]
    made = supported(fund_round, applicant, **given)
    close(fund_round)
    scored(made, *members)
    decided(made, members[0])
    released(fund_round, members[0], lead)
    return fresh(made)


def claimed(lead: Person, *, spent: int = 80_000, **given) -> Application:
    made = awarded(lead, **given)
    applicant = fresh_person(made.applicant)
    with clock.held(at_london(ENDS + timedelta(days=2), 9)):
        services.accept(made, actor=applicant)
        services.finish(made, done_on=ENDS, actor=applicant)
        services.claim(made, pence=spent, note_text="", files=[(PDF, "receipt.pdf")], actor=applicant)
    return fresh(made)


def settled(application: Application, lead: Person, *, paid_on: date) -> None:
    """Its one open claim is approved and paid."""
    claim = fresh(application).open_claim
    services.approve_claim(claim, actor=fresh_person(lead))
    services.mark_paid(queries.claim(claim.id), paid_on=paid_on, actor=fresh_person(lead))


def paid(lead: Person, **given) -> Application:
    """Paid, so that the report is due."""
    made = claimed(lead, **given)
    with clock.held(at_london(ENDS + timedelta(days=10), 9)):
        settled(made, lead, paid_on=ENDS + timedelta(days=9))
    return fresh(made)


def reported(lead: Person, **given) -> Application:
    made = paid(lead, **given)
    with clock.held(at_london(ENDS + timedelta(days=10), 9)):
        services.report(
            made,
            did="I cut sections.",
            changed="We cut our own.",
            shared_with="Six colleagues.",
            quote="It paid for itself.",
            may_publish=True,
            actor=fresh_person(made.applicant),
        )
    return fresh(made)


def told(lead: Person, *, conditions: str, **answers) -> list[Application]:
    """A released round: an award of part on *conditions*, and a decline."""
    lead = fresh_person(lead)
    fund_round = open_round(lead)
    chair = fund_round.panel[0].person
    given, refused = (supported(fund_round, technician(lead), **answers) for _ in range(2))
    close(fund_round)
    scored(given, chair)
    scored(refused, chair)
    terms = {"outcome": Outcome.AWARD, "pence": 60_000, "conditions": conditions, "feedback": conditions, "seen": 0}
    services.decide(fresh(given), **terms, actor=fresh_person(chair))
    decided(refused, chair, Outcome.DECLINE)
    released(fund_round, chair, lead)
    return [given, refused]
