"""Writing a nomination, sending it, and the nominee's two answers."""

from hub.accounts.models import Person
from hub.awards import notifications, policy
from hub.awards.models import Category, Nomination, Nominee, Relation, Stage
from hub.awards.workflow import NOMINATION
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import MoveRefused, Refusal


class NominationsClosed(Refusal):
    """A cycle takes nominations from its opening to its closing second."""


class NotAllowed(Refusal):
    """The category's rules say who may be named."""


class AlreadyNamed(Refusal):
    """Somebody is named once in a nomination."""


class Unfinished(Refusal):
    """What is sent answers all three questions."""


def begin(category: Category, nominee: Person, *, actor: Person) -> Nomination:
    """Start a draft about *nominee*; nobody else sees it until it is sent.

    :raises NominationsClosed: outside the cycle's dates
    :raises NotAllowed: for oneself where the category does not take that, or for somebody who is no technician
    """
    _refuse_closed(category)
    _refuse_wrong(category, nominee, actor)
    nomination = Nomination(
        institution_id=category.institution_id,
        cycle=category.cycle,
        cycle_id=category.cycle_id,
        category=category,
        category_id=category.id,
        nominator=actor,
        nominator_id=actor.id,
        relation=Relation.MYSELF if nominee is actor else Relation.COLLEAGUE,
        nominees=[Nominee(person=nominee, person_id=nominee.id)],
        judgements=[],
    )
    db.session.add(nomination)
    db.session.flush()
    return nomination


def name(nomination: Nomination, nominee: Person, *, actor: Person) -> None:
    """Add a member of the team.

    :raises NotAllowed: where the category takes single people only
    """
    _refuse_unwritable(nomination, actor)
    if not nomination.category.team_allowed:
        raise NotAllowed("This award is for one person.")
    _refuse_wrong(nomination.category, nominee, actor)
    if nomination.nominee_of(nominee) is not None:
        raise AlreadyNamed(f"{nominee.name} is already named.")
    nomination.nominees.append(Nominee(person=nominee, person_id=nominee.id))
    nomination.edited_at = now()
    db.session.flush()


def unname(nomination: Nomination, nominee: Nominee, *, actor: Person) -> None:
    """Take somebody out of a draft; the last one stays."""
    _refuse_unwritable(nomination, actor)
    if len(nomination.nominees) < 2:
        raise NotAllowed("A nomination is about somebody.")
    nomination.nominees.remove(nominee)
    db.session.delete(nominee)
    db.session.flush()


def keep(
    nomination: Nomination,
    *,
    relation: Relation,
    situation: str,
    action: str,
    result: str,
    evidence: str,
    actor: Person,
) -> None:
    """Keep what was written so far."""
    _refuse_unwritable(nomination, actor)
    nomination.relation, nomination.evidence, nomination.edited_at = relation, evidence, now()
    nomination.situation, nomination.action, nomination.result = situation, action, result
    db.session.flush()


def send(nomination: Nomination, *, actor: Person) -> None:
    """Send a draft: everybody it is about is asked whether they agree. Oneself needs no asking about the nomination.

    :raises NominationsClosed: after the closing second
    :raises Unfinished: while one of the three answers is empty
    """
    _refuse_closed(nomination.category)
    if not (nomination.situation and nomination.action and nomination.result):
        raise Unfinished("Answer all three questions before you send it.")
    NOMINATION.make(nomination, "send", actor=actor)
    nomination.sent_at = now()
    nomination.unit_id = nomination.nominees[0].person.unit_id
    db.session.flush()
    for nominee in nomination.nominees:
        if nominee.person_id != actor.id:
            notifications.nominated(nomination, nominee)


def answer(nomination: Nomination, *, consents: bool, publicity: bool, actor: Person) -> None:
    """Agree or not to being nominated, and apart from it to being named; until the announcement both may change.

    When everybody left has agreed the nomination is accepted; when nobody is left it does not go forward.

    :raises MoveRefused: for somebody it is not about, or who has already declined, or after the announcement
    """
    nominee = nomination.nominee_of(actor)
    if nominee is None or not policy.can_answer(actor, nomination):
        raise MoveRefused("There is nothing for you to answer here any more.")
    nominee.consents, nominee.publicity = consents, publicity and consents
    nominee.answered_at = now()
    db.session.flush()
    if not nomination.named:
        _give_up(nomination, actor)
    elif nomination.stage == Stage.AWAITING_CONSENT and all(other.consents for other in nomination.named):
        NOMINATION.make(nomination, "accept", actor=actor)
        nomination.accepted_at = now()
        db.session.flush()
        notifications.accepted(nomination)


def _give_up(nomination: Nomination, actor: Person) -> None:
    before = nomination.stage == Stage.AWAITING_CONSENT
    NOMINATION.make(nomination, "decline" if before else "step_back", actor=actor)
    _forget_result(nomination)
    notifications.declined(nomination)


def withdraw(nomination: Nomination, *, actor: Person) -> None:
    """Take one's own nomination back until the announcement: if it could not be once decided, that would tell of it."""
    NOMINATION.make(nomination, "withdraw", actor=actor)
    _forget_result(nomination)


def _forget_result(nomination: Nomination) -> None:
    nomination.outcome, nomination.decided_at, nomination.feedback = None, None, ""
    db.session.flush()


def _refuse_closed(category: Category) -> None:
    if not category.cycle.takes_nominations:
        raise NominationsClosed("This award takes no nominations at the moment.")


def _refuse_wrong(category: Category, nominee: Person, actor: Person) -> None:
    if nominee.institution_id != category.institution_id or not nominee.is_technician:
        raise NotAllowed("Nominate a technician of your own university.")
    if nominee.id == actor.id and not category.self_allowed:
        raise NotAllowed("For this award somebody else nominates you.")


def _refuse_unwritable(nomination: Nomination, actor: Person) -> None:
    if not policy.can_write(actor, nomination):
        raise MoveRefused("Only a draft of your own can be changed.")
