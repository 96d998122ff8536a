"""The technician's own steps: what they choose, and what they report of the body's decisions."""

from datetime import date

from sqlalchemy.orm.attributes import set_committed_value

from hub.accounts.models import Person
from hub.core.clock import now, today
from hub.core.db import db
from hub.core.storage import StoredFile
from hub.registration import notifications, queries, registers, signals
from hub.registration.models import Journey, Statement
from hub.registration.policy import WITH_BODY
from hub.registration.refusals import AlreadyOnTheWay, DatesDoNotFit, DraftsStandStill, NotAwardedThere, NotReadyYet
from hub.registration.services.profiles import follow
from hub.registration.stages import Stage
from hub.registration.workflow import JOURNEY

PLAIN_MOVES = frozenset(
    {"ask_review", "recall", "return_drafts", "pass_review", "acknowledge", "clarify", "answer", "retry", "withdraw"}
)


def show_interest(*, actor: Person) -> Journey:
    """Begin a journey before a register is chosen.

    :raises AlreadyOnTheWay: if *actor* is on another one
    """
    _refuse_second(actor)
    journey = Journey(
        institution_id=actor.institution_id, person=actor, unit_id=actor.unit_id, statements=[], stage=Stage.INTERESTED
    )
    db.session.add(journey)
    db.session.flush()
    set_committed_value(journey, "mentoring", None)  # a new journey has none: nothing to be read
    return journey


def _refuse_second(person: Person) -> None:
    other = queries.under_way(person.id)
    if other is not None:
        raise AlreadyOnTheWay(f"You are on the way to {other.register_name} already. Finish or stop that one first.")


def choose_register(journey: Journey, *, register: str, body: str | None, actor: Person) -> None:
    """Choose where to go; drafts of areas that both registers have stay.

    :raises NotAwardedThere: if *body* does not award *register*
    :raises MoveRefused: once the drafts are complete
    """
    chosen = registers.all_registers()[register]
    if body is not None and body not in chosen.bodies:
        raise NotAwardedThere(f"{registers.bodies()[body]} does not award {chosen.letters}. Choose another body.")
    if journey.stage == Stage.INTERESTED:
        JOURNEY.make(journey, "choose_register", actor=actor)
    elif journey.stage not in {Stage.REGISTER_CHOSEN, Stage.MENTOR_MATCHED, Stage.EVIDENCE_DRAFTING}:
        raise DraftsStandStill("Your drafts are already complete for the register that you chose.")
    journey.register, journey.body, journey.framework = register, body, chosen.framework.version
    wanted = {area.code for area in chosen.framework.areas}
    kept = [one for one in journey.statements if one.area in wanted or one.text]
    missing = wanted - {one.area for one in kept}
    journey.statements = sorted(kept + [_empty(journey, code) for code in missing], key=lambda one: one.area)
    db.session.flush()


def _empty(journey: Journey, area: str) -> Statement:
    return Statement(institution_id=journey.institution_id, area=area, text="", words=0, comments=[], kept=[])


def move(journey: Journey, name: str, *, actor: Person) -> None:
    """A step that needs no more than being said.

    :raises MoveRefused: if it is not to be made now, or not by *actor*
    :raises NotReadyYet: if something is missing before it
    """
    if name == "ask_review" and journey.mentoring is None:
        raise NotReadyYet("You have no mentor to read it. Send it when you are ready, or find a mentor first.")
    if name in {"ask_review", "pass_review"}:
        refuse_unfinished(journey)
    if name == "retry":
        _refuse_second(actor)
    JOURNEY.make(journey, name, actor=actor)
    if name == "pass_review":
        journey.reviewed_at = now()
    elif name in {"ask_review", "recall", "return_drafts", "retry"}:
        journey.reviewed_at = None
    if name == "retry":
        journey.supporter_agreed_at = journey.submitted_on = journey.decided_on = None
    db.session.flush()
    _tell_of(journey, name)


def _tell_of(journey: Journey, name: str) -> None:
    if name == "ask_review" and journey.mentoring is not None:
        notifications.review_wanted(journey, journey.mentoring.mentor)
    elif name in {"pass_review", "return_drafts"}:
        notifications.reviewed(journey, ready=name == "pass_review")


def refuse_unfinished(journey: Journey) -> None:
    """:raises NotReadyYet: naming the areas that are empty or too long"""
    chosen = registers.all_registers()[journey.register or ""]
    drafts = {one.area: one.words for one in journey.statements}
    wrong = [
        area.code
        for area in chosen.framework_of(journey.framework).areas
        if not 0 < drafts.get(area.code, 0) <= area.words
    ]
    if wrong:
        raise NotReadyYet(f"Still empty or too long: {'area' if len(wrong) == 1 else 'areas'} {', '.join(wrong)}.")


def submit(journey: Journey, *, submitted_on: date, actor: Person) -> None:
    """Note that *actor* has sent the body's own form. The hub sends nothing.

    :raises NotReadyYet: if an area is empty or too long
    :raises DatesDoNotFit: if the day is still to come
    """
    refuse_unfinished(journey)
    _refuse_future(submitted_on)
    JOURNEY.make(journey, "submit", actor=actor)
    journey.submitted_on = submitted_on
    db.session.flush()


def _refuse_future(on: date) -> None:
    if on > today():
        raise DatesDoNotFit("This day is still to come. Enter it once it has happened.")


def _refuse_before(on: date, earlier: date | None, what: str) -> None:
    if earlier is not None and on < earlier:
        raise DatesDoNotFit(f"This is before {what}, {earlier:%-d %B %Y}.")


def report_decision(journey: Journey, *, awarded: bool, decided_on: date, actor: Person) -> None:
    """What the body decided, as the technician reports it.

    :raises DatesDoNotFit: if the day is to come, or before the form was sent
    """
    _refuse_future(decided_on)
    if journey.stage in WITH_BODY:
        _refuse_before(decided_on, journey.submitted_on, "the day you sent the form")
    JOURNEY.make(journey, "award" if awarded else "not_yet", actor=actor)
    journey.decided_on = decided_on
    db.session.flush()


def register(
    journey: Journey,
    *,
    number: str,
    registered_on: date,
    fee_pence: int,
    actor: Person,
    renewal_on: date | None = None,
    proof: StoredFile | None = None,
) -> None:
    """The number has arrived: the letters may be used, the fee may be claimed, the plan may count it.

    *fee_pence* is what the technician paid (pence sterling).

    :raises DatesDoNotFit: if the day is to come or before the decision, or the renewal is not after it
    """
    _refuse_before(registered_on, journey.decided_on, "the body’s decision")
    _hold(journey, "register", number, registered_on, renewal_on, actor=actor)
    journey.fee_pence, journey.proof = fee_pence, proof
    db.session.flush()
    follow(journey.person)
    signals.registered.send(journey, actor=actor)


def record_earlier(
    journey: Journey,
    *,
    register: str,
    body: str | None,
    number: str,
    registered_on: date,
    actor: Person,
    renewal_on: date | None = None,
) -> None:
    """A registration from before the hub: counted from its own day, with no fee to claim.

    :raises NotAwardedThere: if *body* does not award *register*
    :raises DatesDoNotFit: if the day is to come, or the renewal is not after it
    """
    chosen = registers.all_registers()[register]
    if body is not None and body not in chosen.bodies:
        raise NotAwardedThere(f"{registers.bodies()[body]} does not award {chosen.letters}. Choose another body.")
    journey.register, journey.body, journey.framework = register, body, chosen.framework.version
    _hold(journey, "record_earlier", number, registered_on, renewal_on, actor=actor)
    db.session.flush()
    follow(journey.person)
    signals.registered.send(journey, actor=actor)


def _hold(
    journey: Journey, name: str, number: str, registered_on: date, renewal_on: date | None, *, actor: Person
) -> None:
    _refuse_future(registered_on)
    if renewal_on is not None and renewal_on <= registered_on:
        raise DatesDoNotFit("The renewal must be after the day of registration.")
    JOURNEY.make(journey, name, actor=actor)
    journey.number, journey.registered_on = number, registered_on
    journey.renewal_on = renewal_on or _next_renewal(journey, registered_on)


def _next_renewal(journey: Journey, after: date) -> date | None:
    """By the register's rule, in years; a leap day renews on the last day of February."""
    months = registers.all_registers()[journey.register or ""].renewal_months
    if not months:
        return None
    year = after.year + months // 12
    return after.replace(year=year, day=28) if (after.month, after.day) == (2, 29) else after.replace(year=year)


def renew(journey: Journey, *, renewal_on: date, actor: Person) -> None:
    """Renewed with the body: *renewal_on* is the next time.

    :raises DatesDoNotFit: if the next time is not after today and after the last one
    """
    if renewal_on <= today() or (journey.renewal_on is not None and renewal_on <= journey.renewal_on):
        raise DatesDoNotFit("The next renewal must be later than today and than the one that you have just made.")
    JOURNEY.make(journey, "renew", actor=actor)
    journey.renewal_on, journey.renewal_reminded = renewal_on, None
    db.session.flush()


def lapse(journey: Journey, *, lapsed_on: date, actor: Person) -> None:
    """No longer held: it is not counted from that day on; the years before stay counted.

    :raises DatesDoNotFit: if the day is to come, or before the registration
    """
    _refuse_future(lapsed_on)
    _refuse_before(lapsed_on, journey.registered_on, "the registration")
    JOURNEY.make(journey, "lapse", actor=actor)
    journey.lapsed_on = lapsed_on
    db.session.flush()
    follow(journey.person)
