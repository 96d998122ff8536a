"""What of registration and mentoring waits for somebody."""

from typing import Any

from sqlalchemy import Select, case

from hub.accounts.models import Person
from hub.core.tasks import task
from hub.registration import registers
from hub.registration.models import Journey, Mentoring
from hub.registration.stages import LIVE, PairStage, Stage


def tasks_for(user: Person) -> list[Select[Any]]:
    """Answers, reads, words of support and reports that only *user* can give."""
    letters = case(registers.letters(), value=Journey.register, else_="your registration")
    return [
        task("registration.answer_mentee", Mentoring.id, Person.name)
        .join(Person, Person.id == Mentoring.mentee_id)
        .where(
            Mentoring.mentor_id == user.id,
            Mentoring.stage == PairStage.PROPOSED,
            Mentoring.mentor_agreed_at.is_(None),
        ),
        task("registration.answer_mentor", Mentoring.id, Person.name)
        .join(Person, Person.id == Mentoring.mentor_id)
        .where(
            Mentoring.mentee_id == user.id,
            Mentoring.stage == PairStage.PROPOSED,
            Mentoring.mentee_agreed_at.is_(None),
        ),
        task("registration.agreement", Mentoring.id, Person.name)
        .join(Person, Person.id == Mentoring.mentor_id)
        .where(Mentoring.mentee_id == user.id, Mentoring.stage == PairStage.AGREED),
        task("registration.read", Journey.id, Person.name)
        .join(Mentoring, Mentoring.journey_id == Journey.id)
        .join(Person, Person.id == Journey.person_id)
        .where(
            Mentoring.mentor_id == user.id,
            Mentoring.stage.in_(LIVE),
            Journey.stage == Stage.INTERNAL_REVIEW,
            Journey.reviewed_at.is_(None),
        ),
        task("registration.support", Journey.id, Person.name)
        .join(Person, Person.id == Journey.person_id)
        .where(Journey.supporter_id == user.id, Journey.stage == Stage.EVIDENCE_DRAFTING),
        task("registration.enter_number", Journey.id, letters).where(
            Journey.person_id == user.id, Journey.stage == Stage.AWARDED
        ),
        task("registration.renew", Journey.id, letters).where(
            Journey.person_id == user.id, Journey.stage == Stage.RENEWAL_DUE
        ),
    ]
