"""What came of it: the report, the skill and the promise in it, and what is different months later."""

from datetime import date, timedelta
from typing import Any

from hub.accounts.models import Person
from hub.core.clock import now, today
from hub.core.db import db
from hub.core.errors import MoveRefused
from hub.directory import services as directory
from hub.directory.models import Level, Skill
from hub.fund import notifications, policy, queries, signals
from hub.fund.errors import AgainstTheRules
from hub.fund.models import Application, FollowUp, FundReport, Stage, StillUsed
from hub.fund.services.rounds import leads_of
from hub.fund.services.steps import announce, move
from hub.skills import services as skills
from hub.skills.models import Kind

MONTHS = {3: timedelta(days=91), 12: timedelta(days=365)}  # after the activity
LATEST = {3: MONTHS[12], 12: 2 * MONTHS[12]}  # when a question is no longer worth asking
PATIENCE = timedelta(days=14)  # before the one reminder
PROMISED_PLACES, PROMISED_MINUTES = 6, 60


def report(
    application: Application,
    *,
    did: str,
    changed: str,
    shared_with: str,
    quote: str,
    may_publish: bool,
    answers: dict[str, str] | None = None,
    learned: Skill | None = None,
    level: Level | None = None,
    share_by: date | None = None,
    actor: Any,
) -> FundReport:
    """What came of it, *answers* to the scheme's own questions. Sent again, it replaces the first.

    What was *learned*, at which *level*, goes onto no profile by itself. *share_by* promises to show it to others until
    then: the promise stands as an offer, whatever becomes of the report.

    :raises AgainstTheRules: if a skill has no level, or a promise no skill or no day ahead
    """
    if (learned is None) != (level is None):
        raise AgainstTheRules("Say which skill it is, and how well you know it now.")
    sent = application.report
    if sent is None:
        sent = FundReport(application_id=application.id, learned=None, offer=None, earlier={})
        application.report = sent
    sent.did, sent.changed, sent.shared_with = did, changed, shared_with
    sent.answers = answers or {}
    sent.learned, sent.learned_id, sent.learned_level = learned, learned.id if learned else None, level
    sent.quote, sent.sent_at = quote, now()
    sent.may_publish = sent.permits_words = may_publish
    if share_by is not None and sent.offer_id is None:
        _promise(sent, share_by, actor=actor)
    move(application, "report", actor=actor)
    notifications.report_received(application, leads_of(application.institution_id))
    return sent


def _promise(sent: FundReport, share_by: date, *, actor: Person) -> None:
    """Make it an offer that closes on the promised day, so that its host is reminded before; a test offers nothing."""
    if sent.learned is None:
        raise AgainstTheRules("Choose the skill that you promise to share.")
    if share_by < today():
        raise AgainstTheRules("Choose a day ahead by which you share it.")
    if sent.application.round.is_test:
        return
    sent.offer = skills.offer(
        kind=Kind.DEMONSTRATION,
        skill=sent.learned,
        summary=f"{sent.learned.name}: what I learned, as promised",
        minutes=PROMISED_MINUTES,
        capacity=PROMISED_PLACES,
        expires_on=share_by,
        is_promise=True,
        actor=actor,
    )
    sent.offer_id = sent.offer.id


def keep_promise(offer_id: int, *, on: date, actor: Any) -> None:
    """Note that a session was held of an offer that a report promised; nothing if none did, or one was before."""
    sent = queries.report_promising(offer_id)
    if sent is not None and sent.kept_on is None:
        sent.kept_on = on
        db.session.flush()
        signals.promise_kept.send(sent, actor=actor)


def add_learned(application: Application, *, actor: Person) -> None:
    """Put what was learned onto the applicant's profile, because they say so."""
    sent = application.report
    if sent is None or sent.learned is None or not policy.can_add_learned(actor, application):
        raise MoveRefused("Your report names no skill.")
    if is_on_profile(application):
        raise MoveRefused("Your profile says so already.")
    directory.add_skill_to(
        application.applicant, sent.learned, sent.learned_level, actor, last_used=application.done_on
    )


def is_on_profile(application: Application) -> bool:
    """Whether the profile says already what the report says was learned, or more."""
    sent = application.report
    if sent is None or sent.learned is None or sent.learned_level is None:
        return True
    own = queries.level_of(application.applicant_id, sent.learned.id)
    return own is not None and own.step >= sent.learned_level.step


def return_report(application: Application, *, reason: str, actor: Any) -> None:
    """Send it back; what was sent is kept beside what will be."""
    sent = application.report
    if sent is not None:
        words = {name: getattr(sent, name) for name in ("did", "changed", "shared_with", "answers", "quote")}
        sent.earlier = sent.earlier | {sent.sent_at.isoformat(): words}
    move(application, "return_report", actor=actor, note=reason)
    notifications.returned(application, "report", reason)


def accept_report(application: Application, *, actor: Any) -> None:
    """Accept the report: the application is closed, and what it says becomes evidence."""
    if application.report is None or application.stage != Stage.REPORT_RECEIVED:
        raise MoveRefused("There is no report to accept.")
    application.report.accepted_at, application.report.accepted_by_id = now(), actor.id
    move(application, "close", actor=actor)
    notifications.report_accepted(application)
    announce(signals.report_accepted, application, actor=actor)


# -- months later ------------------------------------------------------------------------------------------------------


def follow_up() -> int:
    """Ask what is different, three and twelve months after an activity, and remind once. For a job: how many."""
    told = 0
    for months, after in MONTHS.items():
        for application in queries.to_follow_up(months, today() - LATEST[months], today() - after):
            asked = FollowUp(application=application, application_id=application.id, months=months, asked_at=now())
            db.session.add(asked)
            db.session.flush()
            notifications.follow_up(asked)
            told += 1
    for asked in queries.unanswered(now() - PATIENCE):
        notifications.follow_up_reminder(asked)
        told += 1
    return told


def answer_follow_up(asked: FollowUp, *, different: str, still_used: StillUsed, may_quote: bool, actor: Person) -> None:
    """The applicant's answer, once."""
    if asked.answered_at is not None or not policy.answers_follow_up(actor, asked):
        raise MoveRefused("This is answered already.")
    asked.different, asked.still_used, asked.may_quote = different, still_used, may_quote
    asked.answered_at = now()
    db.session.flush()
    signals.follow_up_answered.send(asked, actor=actor)
