"""Reads of mentors, wishes, pairings and matching rounds."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hub.accounts.models import Person, Status
from hub.core.clock import london
from hub.core.db import db
from hub.registration.models import Journey, MatchedPair, MatchingRound, Mentor, Mentoring, Note, Wish
from hub.registration.policy import MATCHABLE
from hub.registration.stages import LIVE, OPEN, Outcome, PairStage

FAILED = (Outcome.NEW_MENTOR, Outcome.STOPPED)


def mentor(mentor_id: int) -> Mentor:
    """One offer with its person and registers.

    :raises NoResultFound: if there is none
    """
    return db.session.scalars(
        select(Mentor)
        .options(joinedload(Mentor.person, innerjoin=True).joinedload(Person.unit), selectinload(Mentor.register_rows))
        .where(Mentor.id == mentor_id)
    ).one()


def mentor_of_person(person_id: int) -> Mentor | None:
    return db.session.scalars(
        select(Mentor).options(selectinload(Mentor.register_rows)).where(Mentor.person_id == person_id)
    ).one_or_none()


def mentors(institution_id: int) -> Select[Mentor]:
    """Those who offer now, with person, unit and registers."""
    return (
        select(Mentor)
        .join(Mentor.person)
        .options(contains_eager(Mentor.person).joinedload(Person.unit), selectinload(Mentor.register_rows))
        .where(Mentor.institution_id == institution_id, Mentor.paused.is_(False), Person.status == Status.ACTIVE)
    )


def all_mentors(institution_id: int) -> Sequence[Mentor]:
    """The same, by name."""
    return db.session.scalars(mentors(institution_id).order_by(Person.name, Mentor.id)).all()


def open_counts(person_ids: Sequence[int]) -> dict[int, int]:
    """How many mentees, proposed ones included, each of these mentors has."""
    counted = db.session.execute(
        select(Mentoring.mentor_id, func.count())
        .where(Mentoring.mentor_id.in_(person_ids), Mentoring.stage.in_(OPEN))
        .group_by(Mentoring.mentor_id)
    )
    return dict(counted.all())


def open_count(person_id: int) -> int:
    return open_counts([person_id]).get(person_id, 0)


def has_open_pair(mentee_id: int) -> bool:
    return bool(
        db.session.scalar(
            select(select(Mentoring).where(Mentoring.mentee_id == mentee_id, Mentoring.stage.in_(OPEN)).exists())
        )
    )


def wish_of(journey_id: int) -> Wish | None:
    return db.session.scalars(
        select(Wish)
        .options(joinedload(Wish.journey, innerjoin=True).joinedload(Journey.person, innerjoin=True))
        .where(Wish.journey_id == journey_id)
    ).one_or_none()


def wish(wish_id: int) -> Wish:
    """One wish with its journey and technician.

    :raises NoResultFound: if there is none
    """
    return db.session.scalars(
        select(Wish)
        .options(joinedload(Wish.journey, innerjoin=True).joinedload(Journey.person, innerjoin=True))
        .where(Wish.id == wish_id)
    ).one()


def waiting_wishes(institution_id: int) -> Sequence[Wish]:
    """Wishes that wait for a round and whose technician has no open pairing, longest waiting first."""
    paired = select(Mentoring.mentee_id).where(Mentoring.stage.in_(OPEN))
    return db.session.scalars(
        select(Wish)
        .join(Wish.journey)
        .join(Journey.person)
        .options(contains_eager(Wish.journey).contains_eager(Journey.person))
        .where(
            Wish.institution_id == institution_id,
            Wish.waiting.is_(True),
            Journey.stage.in_(MATCHABLE),
            Journey.person_id.not_in(paired),
            Person.status == Status.ACTIVE,
        )
        .order_by(Wish.made_at, Wish.id)
    ).all()


def _failed() -> Select[Mentoring]:
    return select(Mentoring).where(
        or_(
            Mentoring.stage == PairStage.DECLINED,
            and_(Mentoring.stage.in_((PairStage.CLOSED, PairStage.EVALUATED)), Mentoring.outcome.in_(FAILED)),
        )
    )


def failed_pairs(institution_id: int) -> frozenset[tuple[int, int]]:
    """Mentor and mentee of pairings that were declined or did not work."""
    found = _failed().where(Mentoring.institution_id == institution_id)
    rows = db.session.execute(found.with_only_columns(Mentoring.mentor_id, Mentoring.mentee_id))
    return frozenset((mentor_id, mentee_id) for mentor_id, mentee_id in rows)


def past_pairs_failed(mentor_id: int, mentee_id: int) -> bool:
    found = _failed().where(Mentoring.mentor_id == mentor_id, Mentoring.mentee_id == mentee_id)
    return bool(db.session.scalar(select(found.exists())))


def pair_for(mentoring_id: int, *, viewer: Person) -> Mentoring:
    """One of *viewer*'s own pairings with everything that the two wrote.

    :raises NoResultFound: if it is not theirs: a lead sees counts, never a pair's notes
    """
    return db.session.scalars(
        select(Mentoring)
        .options(
            joinedload(Mentoring.mentor, innerjoin=True),
            joinedload(Mentoring.mentee, innerjoin=True),
            joinedload(Mentoring.journey, innerjoin=True).joinedload(Journey.mentoring),
            selectinload(Mentoring.meetings),
            selectinload(Mentoring.notes).joinedload(Note.author, innerjoin=True),
        )
        .where(
            Mentoring.id == mentoring_id,
            or_(Mentoring.mentor_id == viewer.id, Mentoring.mentee_id == viewer.id),
        )
    ).one()


def pairs_of(person_id: int, *, as_mentor: bool) -> Sequence[Mentoring]:
    """Somebody's pairings on one side, the open ones first."""
    side = Mentoring.mentor_id if as_mentor else Mentoring.mentee_id
    return db.session.scalars(
        select(Mentoring)
        .options(
            joinedload(Mentoring.mentor, innerjoin=True),
            joinedload(Mentoring.mentee, innerjoin=True),
            joinedload(Mentoring.journey, innerjoin=True).selectinload(Journey.statements),
        )
        .where(side == person_id)
        .order_by(Mentoring.stage.not_in(OPEN), Mentoring.proposed_at.desc(), Mentoring.id.desc())
        .limit(50)
    ).all()


def live_pairs_of(mentor_person_id: int) -> int:
    """How many mentees somebody really has."""
    return (
        db.session.scalar(
            select(func.count()).where(Mentoring.mentor_id == mentor_person_id, Mentoring.stage.in_(LIVE))
        )
        or 0
    )


def silent_pairs(before: datetime) -> Sequence[Mentoring]:
    """Active pairs, in every institution, that neither met nor were nudged since."""
    return db.session.scalars(
        select(Mentoring)
        .options(joinedload(Mentoring.mentor, innerjoin=True), joinedload(Mentoring.mentee, innerjoin=True))
        .where(
            Mentoring.stage == PairStage.ACTIVE,
            Mentoring.stage_since < before,
            or_(Mentoring.last_met_on.is_(None), Mentoring.last_met_on < london(before).date()),
            or_(Mentoring.nudged_at.is_(None), Mentoring.nudged_at < before),
        )
        .order_by(Mentoring.id)
    ).all()


def pairs_by_stage(institution_id: int) -> dict[PairStage, int]:
    counted = db.session.execute(
        select(Mentoring.stage, func.count())
        .where(Mentoring.institution_id == institution_id)
        .group_by(Mentoring.stage)
    )
    return dict(counted.all())


def closed_by_outcome(institution_id: int) -> dict[Outcome, int]:
    counted = db.session.execute(
        select(Mentoring.outcome, func.count())
        .where(Mentoring.institution_id == institution_id, Mentoring.outcome.is_not(None))
        .group_by(Mentoring.outcome)
    )
    return {outcome: count for outcome, count in counted if outcome is not None}


def rounds(institution_id: int) -> Sequence[MatchingRound]:
    """Matching rounds, newest first, with their pairs."""
    return db.session.scalars(
        select(MatchingRound)
        .options(selectinload(MatchingRound.pairs))
        .where(MatchingRound.institution_id == institution_id)
        .order_by(MatchingRound.made_at.desc(), MatchingRound.id.desc())
        .limit(20)
    ).all()


def matching_round(round_id: int) -> MatchingRound:
    """A round with both sides of every pair.

    :raises NoResultFound: if there is none
    """
    return db.session.scalars(
        select(MatchingRound)
        .options(
            selectinload(MatchingRound.pairs).options(
                joinedload(MatchedPair.round, innerjoin=True),  # a pair alone keeps its round
                joinedload(MatchedPair.wish, innerjoin=True)
                .joinedload(Wish.journey, innerjoin=True)
                .joinedload(Journey.person, innerjoin=True)
                .joinedload(Person.unit),
                joinedload(MatchedPair.mentor).options(
                    joinedload(Mentor.person, innerjoin=True).joinedload(Person.unit),
                    selectinload(Mentor.register_rows),
                ),
            )
        )
        .where(MatchingRound.id == round_id)
    ).one()


def pair_in_round(round_id: int, pair_id: int) -> MatchedPair:
    """One pair with the whole of its round.

    :raises NoResultFound: if the round has no such pair
    """
    found = next((pair for pair in matching_round(round_id).pairs if pair.id == pair_id), None)
    if found is None:
        raise NoResultFound
    return found
