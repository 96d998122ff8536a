"""What the clock does: renewals that come near, pairs that fell silent, notes whose time is over. For jobs."""

from datetime import timedelta

from sqlalchemy import delete, select

from hub.core.clock import now, today
from hub.core.db import db
from hub.registration import notifications, queries
from hub.registration.models import Mentoring, Note
from hub.registration.stages import PairStage
from hub.registration.workflow import JOURNEY

LADDER = (7, 30, 90)  # days before a renewal, nearest first
SILENCE = timedelta(weeks=6)
NOTES_KEPT = timedelta(days=183)  # after a pairing has closed


def remind_of_renewals() -> int:
    """Tell each holder once per rung of the ladder; a rung missed while nothing ran is told late, not lost."""
    told = 0
    for journey in queries.renewals_near(today(), max(LADDER)):
        if journey.renewal_on is None:
            continue
        rung = next(days for days in LADDER if (journey.renewal_on - today()).days <= days)
        if journey.renewal_reminded is not None and journey.renewal_reminded <= rung:
            continue
        if JOURNEY.can(journey, "come_due", None):
            JOURNEY.make(journey, "come_due", actor=None)
        journey.renewal_reminded = rung
        notifications.renewal_near(journey, rung)
        told += 1
    db.session.flush()
    return told


def nudge_silent_pairs() -> int:
    """Remind both of a pair that has not met for six weeks, at most every six weeks."""
    pairs = queries.silent_pairs(now() - SILENCE)
    for pair in pairs:
        pair.nudged_at = now()
        notifications.silent(pair)
    db.session.flush()
    return len(pairs)


def forget_old_notes() -> int:
    """Delete the private notes of pairings that closed half a year ago."""
    over = select(Mentoring.id).where(
        Mentoring.stage.in_((PairStage.CLOSED, PairStage.EVALUATED)), Mentoring.stage_since < now() - NOTES_KEPT
    )
    result = db.session.execute(delete(Note).where(Note.mentoring_id.in_(over)))
    return int(result.rowcount)  # type: ignore[attr-defined]
