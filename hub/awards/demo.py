"""Two years of awards in the demo institution: every spring a call, judging in early summer, results in September."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select

from hub.accounts.models import Institution, Person
from hub.awards import demo_words as words
from hub.awards import policy, queries, services
from hub.awards.models import Cycle, CycleStage, Nomination, Outcome, Relation, Stage
from hub.awards.ranking import ranked
from hub.core.clock import at_london, held, now
from hub.core.db import db

SCHEME = "Technician Awards"
YEARLY = 12  # months from one call to the next
STRONG = 3.2  # the mean from which a nomination is recognised
NOMINATIONS = (3, 5)  # fewest and most in a month of a call


def begin(institution: Institution, lead: Person, people: Sequence[Person], rng: Random) -> None:
    """The first call is prepared, with its awards, criteria and judges."""
    _prepare(institution, lead, people, rng)


def month(institution: Institution, lead: Person, people: Sequence[Person], month_start: date, rng: Random) -> None:
    """One month of whatever cycle is running; when one is announced, the next is prepared half a year later."""
    end = now() if now() > at_london(month_start, 23) else at_london(month_start + timedelta(days=27))
    cycle = _running(institution)
    moment = at_london(month_start + timedelta(days=1), 10)
    if moment >= end:
        return
    with held(moment):
        if cycle is None:
            if _months_since_last(institution) < YEARLY - 6:
                return
            cycle = _prepare(institution, lead, people, rng)
        _one_month(cycle, lead, people, rng, end)


def _one_month(cycle: Cycle, lead: Person, people: Sequence[Person], rng: Random, end: datetime) -> None:
    """From one stage towards the next."""
    if cycle.stage == CycleStage.DRAFT:
        services.go_live(cycle, actor=lead)
    if cycle.stage == CycleStage.OPEN and cycle.closes_at > now():
        _nominate(cycle, people, rng, end)
    elif cycle.stage == CycleStage.OPEN:
        services.close_cycle(cycle, actor=None)
        _shortlist(cycle, lead)
        _score(cycle, rng, share=0.5)
    elif cycle.stage == CycleStage.JUDGING:
        _score(cycle, rng, share=1.0)
        _decide(cycle, lead)
        services.announce(cycle, actor=lead)


def _running(institution: Institution) -> Cycle | None:
    found = db.session.scalar(
        select(Cycle.id)
        .where(Cycle.institution_id == institution.id, Cycle.stage != CycleStage.ANNOUNCED)
        .order_by(Cycle.id)
        .limit(1)
    )
    return queries.cycle(found) if found else None


def _months_since_last(institution: Institution) -> int:
    last = db.session.scalar(
        select(Cycle.announced_at)
        .where(Cycle.institution_id == institution.id)
        .order_by(Cycle.announced_at.desc())
        .limit(1)
    )
    return (now() - last).days // 30 if last else YEARLY


def _prepare(institution: Institution, lead: Person, people: Sequence[Person], rng: Random) -> Cycle:
    today = now().date()
    judges = rng.sample([person for person in people if person is not lead], 5)
    cycle = services.new_cycle(
        institution,
        scheme_name=SCHEME,
        name=f"{SCHEME} {today.year}",
        opens_at=now() + timedelta(minutes=1),
        closes_at=at_london(today + timedelta(days=100)),
        judging_until=at_london(today + timedelta(days=150)),
        chair=judges[0],
        actor=lead,
    )
    if not cycle.categories:
        for name, description, team in words.AWARDS:
            category = services.add_category(
                cycle,
                name=name,
                description=description,
                word_limit=150,
                self_allowed=False,
                team_allowed=team,
                actor=lead,
            )
            for criterion, question, weight, levels in words.CRITERIA:
                services.add_criterion(
                    category, name=criterion, question=question, weight=weight, levels=list(levels), actor=lead
                )
    for judge in judges[1:]:
        services.add_judge(cycle, judge, actor=lead)
    return cycle


def _nominate(cycle: Cycle, people: Sequence[Person], rng: Random, end: datetime) -> None:
    """A few nominations; most nominees agree within days, some are still to answer, one stays a draft."""
    moment = now()
    technicians = [person for person in people if person.is_technician]
    for _ in range(rng.randint(*NOMINATIONS)):
        moment += timedelta(days=rng.randrange(2, 5), minutes=rng.randrange(50))
        if moment >= min(end, cycle.closes_at):
            return
        with held(moment):
            nomination = _written(cycle, technicians, rng)
            if rng.random() < 0.12:
                continue
            services.send(nomination, actor=nomination.nominator)
        answered = moment + timedelta(days=rng.randrange(1, 3), hours=2)
        if answered < end and rng.random() < 0.88:
            with held(answered):
                _answer(nomination, rng)
            moment = answered


def _written(cycle: Cycle, technicians: list[Person], rng: Random) -> Nomination:
    category = rng.choice(cycle.categories)
    writer, *nominees = rng.sample(technicians, 4 if category.team_allowed else 2)
    nomination = services.begin(category, nominees[0], actor=writer)
    for other in nominees[1:]:
        services.name(nomination, other, actor=writer)
    situation, action, result = rng.choice(words.STORIES)
    services.keep(
        nomination,
        relation=rng.choice([Relation.COLLEAGUE, Relation.COLLEAGUE, Relation.MANAGER, Relation.RESEARCHER]),
        situation=situation,
        action=action,
        result=result,
        evidence=rng.choice(words.EVIDENCE),
        actor=writer,
    )
    return nomination


def _answer(nomination: Nomination, rng: Random) -> None:
    for nominee in list(nomination.nominees):
        if nomination.stage == Stage.AWAITING_CONSENT:
            services.answer(
                nomination, consents=rng.random() < 0.93, publicity=rng.random() < 0.8, actor=nominee.person
            )


def _shortlist(cycle: Cycle, lead: Person) -> None:
    for nomination in queries.nominations_of(cycle, user=lead, stages=(Stage.CONSENTED,)):
        services.pass_check(nomination, actor=lead)
        services.shortlist(nomination, actor=lead)


def _score(cycle: Cycle, rng: Random, *, share: float) -> None:
    """Each judge scores that share of what they may see and have not scored."""
    for judge in cycle.judges:
        for seen in queries.to_judge(cycle, user=judge.person):
            if seen.judgement_of(judge.person) is not None or rng.random() > share:
                continue
            nomination = queries.nomination(seen.id)
            points = {
                c.id: (rng.choice([2, 3, 3, 4, 4, 5]), rng.choice(words.REASONS)) for c in nomination.category.criteria
            }
            if rng.random() < 0.04:
                services.abstain(nomination, reason=rng.choice(words.ABSTENTIONS), actor=judge.person)
            else:
                services.score(nomination, points=points, actor=judge.person)


def _decide(cycle: Cycle, lead: Person) -> None:
    """The best of each award wins, the next is commended; an award without a strong nomination is withheld."""
    chair = cycle.chair or lead
    stages = (Stage.CONSENTED, Stage.ELIGIBLE, Stage.SHORTLISTED)
    seen = {n.id: n for user in (chair, lead) for n in queries.nominations_of(cycle, user=user, stages=stages)}
    for category in cycle.categories:
        mine = [n for n in seen.values() if n.category_id == category.id]
        places = iter((Outcome.WINNER, Outcome.HIGHLY_COMMENDED))
        for standing in ranked(mine, category.criteria):
            nomination = queries.nomination(standing.nomination.id)
            decider = chair if policy.can_decide(chair, nomination) else lead
            strong = nomination.stage == Stage.SHORTLISTED and (standing.mean or 0) >= STRONG
            outcome = next(places, Outcome.NOT_SELECTED) if strong else Outcome.NOT_SELECTED
            feedback = words.FEEDBACK[outcome][nomination.id % len(words.FEEDBACK[outcome])]
            services.decide(nomination, outcome=outcome, feedback=feedback, actor=decider)
    for name in queries.categories_without_result(cycle):
        unwon = next(category for category in cycle.categories if category.name == name)
        services.withhold(unwon, because=words.WITHHELD, actor=chair)
    services.close_decisions(cycle, actor=chair)
