"""What of registration and mentoring can wait for somebody, and where it is done."""

from hub.core.tasks import TaskKind

KINDS = {
    "registration.answer_mentee": TaskKind("registration.pairing", "mentoring_id", "Answer as a mentor:"),
    "registration.answer_mentor": TaskKind("registration.pairing", "mentoring_id", "Say yes or no to a mentor:"),
    "registration.agreement": TaskKind("registration.agreement", "mentoring_id", "Agree how to work with"),
    "registration.read": TaskKind("registration.journey", "journey_id", "Read the drafts of"),
    "registration.support": TaskKind("registration.support", "journey_id", "Say whether you support"),
    "registration.enter_number": TaskKind("registration.enter_number", "journey_id", "Enter your number for"),
    "registration.renew": TaskKind("registration.renew", "journey_id", "Renew"),
}
