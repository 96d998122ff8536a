"""Two years of registration and mentoring for the demonstration, made through the services."""

import tomllib
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from hub.accounts import queries as accounts
from hub.accounts.models import Institution, Person, Status
from hub.core.clock import at_london, held, london, now, today
from hub.core.db import db
from hub.core.errors import Refusal
from hub.registration import queries, registers, services
from hub.registration.models import Journey, MatchingRound, Mentoring, Statement
from hub.registration.stages import LIVE, UNDER_WAY, Outcome, PairStage, Reason, Stage

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("demo_words.toml").read_text(encoding="utf-8"))
LIKELY = ("rscitech",) * 7 + ("rsci",) * 6 + ("engtech",) * 3 + ("afhea",) * 2 + ("csci", "rittech", "practitioner")
CAMPUSES = ("Kelvin Court", "Riverside", "Moor Park")
LANGUAGES = ("cymraeg", "bsl", "polski", "gaeilge")
ROUND_MONTHS = (1, 6)
LINGERS = UNDER_WAY  # each journey is slow at one of its stages


def begin(_institution: Institution, _lead: Person, people: Sequence[Person], rng: Random) -> None:
    """Before the hub: a few are registered already, and most of them offer to mentor."""
    for person in rng.sample(sorted((p for p in people if p.is_technician), key=lambda p: p.id), 9):
        code = rng.choice(LIKELY)
        register = registers.all_registers()[code]
        since = today() - timedelta(days=rng.randint(200, 1500))
        services.record_earlier(
            services.show_interest(actor=person),
            register=code,
            body=rng.choice(register.bodies),
            number=_number(register.letters, rng),
            registered_on=since,
            renewal_on=today() + timedelta(days=rng.randint(20, 340)) if register.renewal_months else None,
            actor=person,
        )
        _offer(person, code, rng)


def month(institution: Institution, lead: Person, _people: Sequence[Person], month_start: date, rng: Random) -> None:
    """One month: some begin, everybody moves on a little, in January and June a round is matched."""
    until = now()
    for day, deed in _calendar(institution, lead, month_start, rng):
        moment = at_london(month_start + timedelta(days=day), rng.randint(9, 15), rng.randint(0, 59))
        if moment <= until:
            with held(moment):
                deed()


def _calendar(
    institution: Institution, lead: Person, month_start: date, rng: Random
) -> list[tuple[int, Callable[[], object]]]:
    steps: list[tuple[int, Callable[[], object]]] = [
        (12, lambda: _everybody_moves(institution, rng)),
        (16, lambda: _pairs_work(institution, rng)),
        (20, lambda: _everybody_moves(institution, rng)),
        (23, lambda: _pairs_answer(institution, rng)),
        (24, lambda: _some_look_for_mentors(institution, rng)),
        (24, services.remind_of_renewals),
        (25, lambda: _holders_renew(institution, rng)),
        (26, services.nudge_silent_pairs),
        (27, lambda: _some_begin(institution, rng)),
    ]
    if month_start.month in ROUND_MONTHS:
        steps.insert(0, (7, lambda: _match(month_start, lead)))
    return steps


def _number(letters: str, rng: Random) -> str:
    return f"{letters[:2].upper()}{rng.randint(100000, 999999)}"


def _offer(person: Person, code: str, rng: Random) -> None:
    register = registers.all_registers()[code]
    same_field = [r.code for r in registers.all_registers().values() if r.field == register.field and r.rank <= 2]
    services.offer_to_mentor(
        actor=person,
        registers=sorted({code, *same_field}),
        bodies=sorted(rng.sample(register.bodies, min(2, len(register.bodies)))),
        disciplines=sorted(rng.sample(sorted(registers.disciplines()), 2)),
        languages=[rng.choice(LANGUAGES)] if rng.random() < 0.25 else [],
        campus=rng.choice(CAMPUSES),
        capacity=rng.randint(1, 3),
        about=rng.choice(WORDS["about"]),
    )


def _some_begin(institution: Institution, rng: Random) -> None:
    known = select(Journey.person_id)
    fresh = db.session.scalars(
        select(Person.id)
        .where(
            Person.institution_id == institution.id,
            Person.is_technician.is_(True),
            Person.status == Status.ACTIVE,
            Person.id.not_in(known),
        )
        .order_by(Person.id)
    ).all()
    for person_id in rng.sample(list(fresh), min(rng.randint(1, 3), len(fresh))):
        person = db.session.get_one(Person, person_id)
        services.show_interest(actor=person)


def _journeys(institution: Institution, *stages: Stage) -> Sequence[Journey]:
    return db.session.scalars(
        select(Journey)
        .options(
            joinedload(Journey.person, innerjoin=True),
            joinedload(Journey.supporter),
            joinedload(Journey.mentoring).joinedload(Mentoring.mentor),
            selectinload(Journey.statements).selectinload(Statement.kept),
            selectinload(Journey.statements).selectinload(Statement.comments),
        )
        .where(Journey.institution_id == institution.id, Journey.stage.in_(stages))
        .order_by(Journey.id)
        .execution_options(populate_existing=True)
    ).all()


def _pairs(institution: Institution, *stages: PairStage) -> Sequence[Mentoring]:
    return db.session.scalars(
        select(Mentoring)
        .options(
            joinedload(Mentoring.mentor, innerjoin=True),
            joinedload(Mentoring.mentee, innerjoin=True),
            joinedload(Mentoring.journey, innerjoin=True).joinedload(Journey.mentoring),
            selectinload(Mentoring.meetings),
            selectinload(Mentoring.notes),
        )
        .where(Mentoring.institution_id == institution.id, Mentoring.stage.in_(stages))
        .order_by(Mentoring.id)
        .execution_options(populate_existing=True)
    ).all()


def _some_look_for_mentors(institution: Institution, rng: Random) -> None:
    """Half wait for a round, a third ask somebody, the rest write alone."""
    mentors = queries.all_mentors(institution.id)
    for journey in _journeys(institution, Stage.REGISTER_CHOSEN, Stage.EVIDENCE_DRAFTING):
        if journey.mentoring is not None or queries.has_open_pair(journey.person_id):
            continue
        chance = rng.random()
        if chance < 0.5 and queries.wish_of(journey.id) is None:
            services.wish_for(
                journey,
                actor=journey.person,
                campus=rng.choice(CAMPUSES),
                remote=rng.random() < 0.8,
                disciplines=sorted(rng.sample(sorted(registers.disciplines()), rng.randint(0, 2))),
            )
        elif chance > 0.75:
            fitting = [mentor for mentor in mentors if journey.register in mentor.registers]
            if fitting:
                _try(
                    partial(
                        services.ask,
                        rng.choice(fitting),
                        journey,
                        message=rng.choice(WORDS["messages"]),
                        actor=journey.person,
                    )
                )


def _try(deed: Callable[[], object]) -> None:
    """People are refused in two years, too: a full mentor, a line manager."""
    try:
        deed()
    except Refusal:
        return


def _match(month_start: date, lead: Person) -> None:
    leading = accounts.person(lead.id)
    try:
        matched = services.preview_round(name=f"{month_start:%B %Y}", actor=leading)
    except Refusal:
        return
    services.propose_round(_whole(matched), actor=leading)


def _whole(matched: MatchingRound) -> MatchingRound:
    """The preview as the lead's next request would load it."""
    number = matched.id
    for pair in matched.pairs:
        db.session.expire(pair)
    db.session.expire(matched)
    return queries.matching_round(number)


def _pairs_answer(institution: Institution, rng: Random) -> None:
    for pair in _pairs(institution, PairStage.PROPOSED):
        for person, agreed in ((pair.mentor, pair.mentor_agreed_at), (pair.mentee, pair.mentee_agreed_at)):
            if agreed is not None or pair.stage != PairStage.PROPOSED:
                continue
            chance = rng.random()
            if chance < 0.75:
                _try(partial(services.accept, pair, actor=person))
            elif chance > 0.92:
                reason = rng.choice(list(Reason))
                services.decline(pair, reason=reason, note=rng.choice(WORDS["kindnesses"]), actor=person)


def _pairs_work(institution: Institution, rng: Random) -> None:
    for pair in _pairs(institution, *LIVE, PairStage.CLOSED):
        if pair.stage == PairStage.AGREED and rng.random() < 0.6:
            how = (
                rng.choice(("weekly", "fortnightly", "monthly", "monthly")),
                rng.choice(("in person", "video", "both")),
            )
            services.agree_how(
                pair, goals=rng.choice(WORDS["goals"]), frequency=how[0], channel=how[1], actor=pair.mentee
            )
        elif pair.stage == PairStage.CLOSED and rng.random() < 0.3:
            services.evaluate(
                pair, helped=rng.randint(3, 5), evaluation=rng.choice(WORDS["evaluations"]), actor=pair.mentee
            )
        elif pair.stage == PairStage.PAUSED and rng.random() < 0.25:
            services.resume(pair, actor=pair.mentee)
        elif pair.stage == PairStage.ACTIVE:
            _meet_or_end(pair, rng)


def _meet_or_end(pair: Mentoring, rng: Random) -> None:
    who = rng.choice((pair.mentor, pair.mentee))
    ended = {Stage.REGISTERED: Outcome.REGISTERED, Stage.SUBMITTED: Outcome.SUBMITTED, Stage.WITHDRAWN: Outcome.STOPPED}
    chance = rng.random()
    if pair.journey.stage in ended and chance < 0.6:
        services.close(pair, outcome=ended[pair.journey.stage], actor=who)
    elif chance < 0.07:
        services.pause(pair, actor=who)
    elif chance < 0.09:
        services.close(pair, outcome=Outcome.NEW_MENTOR, actor=pair.mentee)
    elif chance < 0.75:
        met_on = today() - timedelta(days=rng.randint(1, 9))
        minutes = rng.choice((20, 30, 40, 45, 60))
        services.log_meeting(pair, met_on=met_on, minutes=minutes, summary=rng.choice(WORDS["summaries"]), actor=who)
        if rng.random() < 0.5:
            services.write_note(pair, text=rng.choice(WORDS["notes"]), actor=who)


def _holders_renew(institution: Institution, rng: Random) -> None:
    for journey in _journeys(institution, Stage.RENEWAL_DUE):
        near = journey.renewal_on is not None and (journey.renewal_on - today()).days < 40
        if near and journey.renewal_on is not None:
            if rng.random() < 0.9:
                later = journey.renewal_on + timedelta(days=365)
                services.renew(journey, renewal_on=later, actor=journey.person)
            else:
                services.lapse(journey, lapsed_on=today(), actor=journey.person)


def _everybody_moves(institution: Institution, rng: Random) -> None:
    for journey in _journeys(institution, *UNDER_WAY, Stage.NOT_YET):
        slow = journey.stage in {LINGERS[journey.id % len(LINGERS)], Stage.NOT_YET}
        if rng.random() < (0.1 if slow else 0.7):
            _try(partial(_MOVES[journey.stage], journey, rng))
        elif rng.random() < 0.02:
            _try(partial(services.move, journey, "withdraw", actor=journey.person))


def _choose(journey: Journey, rng: Random) -> None:
    code = rng.choice(LIKELY)
    body = rng.choice((None, *registers.all_registers()[code].bodies))
    services.choose_register(journey, register=code, body=body, actor=journey.person)


def _write(journey: Journey, rng: Random) -> None:
    """One or two areas; a mentor comments on half of them."""
    todo = [one for one in journey.statements if one.words < 40]
    for statement in todo[: rng.randint(1, 2)]:
        chosen = rng.sample(WORDS["sentences"][statement.area], rng.randint(1, 5))
        text = "\n\n".join(chosen)
        services.save_statement(statement, text=text, keep=True, actor=journey.person)
        if journey.mentoring is not None and rng.random() < 0.5:
            services.comment(statement, text=rng.choice(WORDS["comments"]), actor=journey.mentoring.mentor)
    if not todo:
        _name_supporter(journey, rng)


def _name_supporter(journey: Journey, rng: Random) -> None:
    if journey.supporter is not None:
        services.support(journey, agreed=rng.random() < 0.9, actor=journey.supporter)
        return
    manager = db.session.get(Person, journey.person.manager_id) if journey.person.manager_id else None
    if manager is not None and rng.random() < 0.6:
        services.name_supporter(journey, person=manager, actor=journey.person)
    else:
        name, email = rng.choice(WORDS["outsiders"])
        services.name_supporter(journey, name=name, email=email, agreed=True, actor=journey.person)


def _review_or_send(journey: Journey, rng: Random) -> None:
    mentor = journey.mentoring.mentor if journey.mentoring else None
    if journey.stage == Stage.SUPPORTER_CONFIRMED and mentor is not None and rng.random() < 0.7:
        services.move(journey, "ask_review", actor=journey.person)
    elif journey.stage == Stage.INTERNAL_REVIEW and journey.reviewed_at is None and mentor is not None:
        services.move(journey, "pass_review" if rng.random() < 0.75 else "return_drafts", actor=mentor)
    else:
        services.submit(journey, submitted_on=today(), actor=journey.person)


def _hear_back(journey: Journey, rng: Random) -> None:
    chance = rng.random()
    if journey.stage == Stage.SUBMITTED:
        services.move(journey, "acknowledge", actor=journey.person)
    elif journey.stage == Stage.CLARIFICATION:
        services.move(journey, "answer", actor=journey.person)
    elif chance < 0.3:
        services.move(journey, "clarify", actor=journey.person)
    elif london(now()).date() - london(journey.stage_since).date() > timedelta(days=25):
        services.report_decision(journey, awarded=chance < 0.93, decided_on=today(), actor=journey.person)


def _register(journey: Journey, rng: Random) -> None:
    register = registers.all_registers()[journey.register or ""]
    services.register(
        journey,
        number=_number(register.letters, rng),
        registered_on=today(),
        fee_pence=register.likely_fee_pence or rng.choice((0, 5500, 9000)),
        actor=journey.person,
    )
    if rng.random() < 0.3:
        _offer(journey.person, register.code, rng)


_MOVES: dict[Stage, Callable[[Journey, Random], None]] = {
    Stage.INTERESTED: _choose,
    Stage.REGISTER_CHOSEN: _write,
    Stage.MENTOR_MATCHED: _write,
    Stage.EVIDENCE_DRAFTING: _write,
    Stage.SUPPORTER_CONFIRMED: _review_or_send,
    Stage.INTERNAL_REVIEW: _review_or_send,
    Stage.SUBMITTED: _hear_back,
    Stage.UNDER_ASSESSMENT: _hear_back,
    Stage.CLARIFICATION: _hear_back,
    Stage.AWARDED: _register,
    Stage.NOT_YET: lambda journey, _rng: services.move(journey, "retry", actor=journey.person),
}
