"""Two years of the fund in the demo institution, made through the services day by day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from sqlalchemy import func, select

from hub.accounts.models import Institution, Person
from hub.accounts.queries import person as whole_person
from hub.core.clock import at_london, held, now, today
from hub.core.db import db
from hub.fund import demo_words as words
from hub.fund import policy, queries, services
from hub.fund.demo_after import follow_up, look_back
from hub.fund.demo_rounds import PLANS, Plan, begin_schemes, look_ahead, month_after, plan_of
from hub.fund.models import Application, FundScheme, Outcome, PanelScore, Round, RoundStage, Stage
from hub.fund.progress import questions
from hub.fund.ranking import ranked

DAYS = (2, 7, 12, 18, 23, 27)  # on which something happens in a month
A_ROUND = 9  # applications that are begun, about


def begin(institution: Institution, lead: Person, people: Sequence[Person], rng: Random) -> None:
    """The funds with their rules, and money for registration fees."""
    del people, rng
    begin_schemes(institution, whole_person(lead.id))


def month(institution: Institution, lead: Person, people: Sequence[Person], month_start: date, rng: Random) -> None:
    """What happens in one month, up to this moment at the latest."""
    end = now()
    technicians = [p for p in people if p.is_technician]
    if len(technicians) < A_ROUND * 2:
        return
    for number in DAYS:
        moment = at_london(month_start.replace(day=number), 9 + rng.randrange(7), rng.randrange(60))
        if moment < end:
            with held(moment):
                _one_day(institution, whole_person(lead.id), technicians, rng)


def _one_day(institution: Institution, lead: Person, technicians: Sequence[Person], rng: Random) -> None:
    _open_rounds(institution, lead, technicians)
    services.close_due()
    for fund_round in _live_rounds(institution):
        if fund_round.stage == RoundStage.DECIDED:
            if today() >= fund_round.decisions_on:
                services.release(fund_round, actor=lead)
            continue
        if fund_round.stage == RoundStage.OPEN:
            _apply(fund_round, technicians, rng)
        _answer_as_managers(fund_round, rng)
        if fund_round.stage == RoundStage.CLOSED:
            _judge(fund_round, rng)
    follow_up(institution, lead, rng)
    look_back(institution, technicians)
    services.remind()


# -- rounds ----------------------------------------------------------------------------------------------------------


def _first_month(institution_id: int) -> date:
    first = db.session.scalar(select(func.min(Round.opens_at)).where(Round.institution_id == institution_id))
    return first.date().replace(day=1) if first else today().replace(day=1)


def _live_rounds(institution: Institution) -> list[Round]:
    live = (RoundStage.OPEN, RoundStage.CLOSED, RoundStage.DECIDED)
    keys = db.session.scalars(
        select(Round.id)
        .join(Round.scheme)
        .where(
            Round.institution_id == institution.id,
            Round.stage.in_(live),
            Round.is_test.is_(False),
            FundScheme.code != "REG",
        )
        .order_by(Round.id)
    ).all()
    return [queries.fund_round(key) for key in keys]


def _open_rounds(institution: Institution, lead: Person, technicians: Sequence[Person]) -> None:
    first = _first_month(institution.id)
    for plan in PLANS:
        if month_after(first, *plan.opens) <= today() and not _is_there(institution, plan, first):
            _open(institution, lead, technicians, plan, first)


def _is_there(institution: Institution, plan: Plan, first: date) -> bool:
    return bool(
        db.session.scalar(
            select(Round.id)
            .join(Round.scheme)
            .where(
                Round.institution_id == institution.id,
                FundScheme.code == plan.code,
                Round.name == plan.name_of(first),
            )
        )
    )


def _open(institution: Institution, lead: Person, technicians: Sequence[Person], plan: Plan, first: date) -> None:
    key = db.session.scalars(
        select(FundScheme.id).where(FundScheme.institution_id == institution.id, FundScheme.code == plan.code)
    ).one()
    made = services.add_round(queries.scheme(key), actor=lead, **plan_of(plan, first))
    if plan.is_for_fees:
        services.open_round(made, actor=lead)
        return
    for at, member in enumerate(_panel(technicians)):
        services.add_panel_member(made, person=member, is_chair=at == 0, actor=lead)
    services.open_round(made, actor=lead)
    if plan is PLANS[7]:
        look_ahead(made, lead)


def _panel(technicians: Sequence[Person]) -> list[Person]:
    """Two line managers, the first of them chairing, and two technicians."""
    managers = sorted({p.manager_id for p in technicians if p.manager_id})
    found = [whole_person(key) for key in managers[:6:5]]
    return [*found, technicians[1], technicians[len(technicians) // 2]]


# -- applying --------------------------------------------------------------------------------------------------------


def _apply(fund_round: Round, technicians: Sequence[Person], rng: Random) -> None:
    if not fund_round.takes_applications:
        return
    for applicant in _new_applicants(fund_round, technicians, rng):
        _write(fund_round, applicant, technicians, rng)
    is_late = (fund_round.closes_at - now()).days < 8
    for draft in queries.in_round(fund_round.id, Stage.DRAFT, Stage.RETURNED):
        if rng.random() < (0.9 if is_late else 0.45) and draft.sharing and not _is_left_to_visitor(draft, technicians):
            services.send(draft, actor=draft.applicant)


def _new_applicants(fund_round: Round, technicians: Sequence[Person], rng: Random) -> Iterator[Person]:
    begun = {a.applicant_id for a in queries.in_round(fund_round.id, *Stage)}
    if len(begun) >= A_ROUND:
        return
    seats = {m.person_id for m in fund_round.panel}
    if not begun and fund_round.name in _rounds_of_visitor(fund_round.institution_id):
        yield technicians[0]  # whom visitors sign in as: paid once, writing now
    chosen = rng.sample(technicians[1:], 3)
    yield from (p for p in chosen if p.id not in begun | seats)


def _rounds_of_visitor(institution_id: int) -> tuple[str, str]:
    first = _first_month(institution_id)
    return PLANS[2].name_of(first), PLANS[7].name_of(first)


def _is_left_to_visitor(draft: Application, technicians: Sequence[Person]) -> bool:
    """Drafts in the newest round stay, so that a visitor can send theirs, or join what they are asked to."""
    newest = _rounds_of_visitor(draft.institution_id)[1]
    those = {draft.applicant_id, *(c.person_id for c in draft.co_applicants)}
    return technicians[0].id in those and draft.round.name == newest


def _write(fund_round: Round, applicant: Person, technicians: Sequence[Person], rng: Random) -> None:
    """A draft; one in five has a section missing still."""
    idea = rng.choice(words.IDEAS)
    starts = max(today(), fund_round.closes_at.date()) + timedelta(
        days=fund_round.scheme.notice_days + rng.randrange(3, 90)
    )
    draft = queries.application(services.start(fund_round, actor=applicant).id)
    services.answer(
        draft,
        actor=applicant,
        title=idea.title,
        what=idea.what,
        provider=idea.provider,
        starts_on=starts,
        ends_on=starts + timedelta(days=idea.days - 1),
        why=idea.why,
        helps_role=idea.role,
        helps_team=idea.team,
        helps_university=idea.university,
        themes=list(idea.themes),
        sharing="" if rng.random() < 0.2 else idea.sharing,
        match_pence=rng.choice((0, 0, 10_000, 20_000, 35_500)),
        eligible=dict.fromkeys(questions(fund_round.scheme), "yes"),
        expected_return=words.RETURNS_OF_MONEY[len(idea.title) % len(words.RETURNS_OF_MONEY)],
    )
    _ask_colleague(draft, technicians)
    for text, pounds in idea.costs:
        services.add_cost(draft, kind=words.kind_of(text), text=text, pence=pounds * 100, quote=None, actor=applicant)


def _ask_colleague(draft: Application, technicians: Sequence[Person]) -> None:
    """Some apply together; in the newest round somebody asks the visitor, who has not answered."""
    own = Random(f"together {draft.round.name} {draft.applicant.email}")  # noqa: S311 -- the same demo every time
    is_newest = draft.round.name == _rounds_of_visitor(draft.institution_id)[1]
    asks_visitor = is_newest and draft.applicant_id != technicians[0].id
    if asks_visitor and not queries.asked_to_join(technicians[0].id):
        services.ask_colleague(draft, person=technicians[0], actor=draft.applicant)
        return
    colleague = own.choice(technicians[1:])
    unfit = {draft.applicant_id, draft.applicant.manager_id, *(m.person_id for m in draft.round.panel)}
    if own.random() < 0.25 and colleague.id not in unfit and colleague.is_active:
        asked = services.ask_colleague(draft, person=colleague, actor=draft.applicant)
        services.join(asked, accepts=own.random() < 0.8, actor=colleague)


def _answer_as_managers(fund_round: Round, rng: Random) -> None:
    """Most managers answer within days, some want a change first, a few let it wait."""
    for sent in queries.in_round(fund_round.id, Stage.AWAITING_MANAGER):
        if sent.manager is None or rng.random() < 0.35:
            continue
        if rng.random() < 0.08 and fund_round.takes_applications:
            services.send_back(sent, reason=rng.choice(words.RETURNS), actor=sent.manager)
        else:
            services.support(
                sent, text=rng.choice(words.STATEMENTS), releases_time=rng.random() < 0.9, actor=sent.manager
            )


# -- judging ---------------------------------------------------------------------------------------------------------


def _judge(fund_round: Round, rng: Random) -> None:
    """Members score bit by bit; on the day of the panel all is scored, decided and finished."""
    meets = today() >= fund_round.panel_on
    if not meets and rng.random() < 0.4:
        return
    cases = queries.in_round(fund_round.id, Stage.WITH_PANEL)
    marks = queries.scores([a.id for a in cases])
    for application in cases:
        for member in (m.person for m in fund_round.panel):
            is_scored = member.id in marks.get(application.id, {})
            if (meets or rng.random() < 0.3) and not is_scored and not policy.is_too_close(member, application):
                leaning = rng.choice((2, 3, 3, 4, 4))
                given = {
                    c.id: (min(5, leaning + rng.randrange(2)), rng.choice(words.REASONS)) for c in fund_round.criteria
                }
                services.score(application, marks=given, actor=member)
    if meets:
        _decide_all(fund_round, rng)


def _decide_all(fund_round: Round, rng: Random) -> None:
    open_cases = queries.in_round(fund_round.id, Stage.WITH_PANEL)
    marks = queries.scores([a.id for a in open_cases])
    rows = [(a, _summary(marks.get(a.id, {})), a.asked_pence or 0) for a in open_cases]
    left = fund_round.budget_pence
    for place in ranked(rows, fund_round.budget_pence):
        left -= _decide_one(place.application, place.mean, left, fund_round, rng)
    services.finish_panel(fund_round, actor=fund_round.panel[0].person)


def _summary(by_member: dict[int, dict[int, PanelScore]]) -> tuple[float, float]:
    given = [s.score for own in by_member.values() for s in own.values() if s.score]
    return (sum(given) / len(given), 0.0) if given else (0.0, 0.0)


def _decide_one(application: Application, mean: float, left: int, fund_round: Round, rng: Random) -> int:
    """Award while the money lasts, part of it to the next, then reserve or decline; pence given."""
    member = next(m.person for m in fund_round.panel if not policy.is_too_close(m.person, application))
    asked = application.asked_pence or 0
    pence, outcome, feedback = None, Outcome.DECLINE, rng.choice(words.DECLINES)
    if mean >= 3 and left >= asked:
        pence, outcome, feedback = asked, Outcome.AWARD, rng.choice(words.FEEDBACK)
    elif mean >= 3.2 and left >= asked * 6 // 10:
        pence, outcome, feedback = asked * 6 // 10, Outcome.AWARD, words.PART
    elif mean >= 3.2:
        outcome, feedback = Outcome.RESERVE, words.RESERVE
    services.decide(
        application,
        outcome=outcome,
        pence=pence,
        feedback=feedback,
        conditions=words.CONDITION if feedback == words.PART else "",
        seen=0,
        actor=member,
    )
    return pence or 0
