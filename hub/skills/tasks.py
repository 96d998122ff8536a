"""What of skills sharing can wait for somebody, and where it is done."""

from hub.core.tasks import TaskKind

KINDS = {
    "skills.request": TaskKind("skills.request", "request_id", "Answer"),
    "skills.schedule": TaskKind("skills.schedule", "offer_id", "Set a date for"),
    "skills.promise": TaskKind("skills.offer", "offer_id", "Set a date for what you promised to show:"),
    "skills.deliver": TaskKind("skills.deliver", "session_id", "Say who came to"),
    "skills.confirm": TaskKind("skills.confirm", "session_id", "Confirm that you were at"),
    "skills.session": TaskKind("skills.session", "session_id", "Agree to"),
}
