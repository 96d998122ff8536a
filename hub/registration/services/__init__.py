"""What is done on a journey, in a pairing and in a matching round."""

from hub.registration.services.drafting import comment, name_supporter, save_statement, support
from hub.registration.services.journeys import (
    PLAIN_MOVES,
    choose_register,
    lapse,
    move,
    record_earlier,
    register,
    renew,
    report_decision,
    show_interest,
    submit,
)
from hub.registration.services.mentors import ask, offer_to_mentor, propose, wish_for
from hub.registration.services.pairings import (
    accept,
    agree_how,
    close,
    decline,
    evaluate,
    log_meeting,
    pause,
    resume,
    write_note,
)
from hub.registration.services.profiles import follow_many
from hub.registration.services.reminders import forget_old_notes, nudge_silent_pairs, remind_of_renewals
from hub.registration.services.rounds import discard_round, override, preview_round, propose_round

__all__ = [
    "PLAIN_MOVES",
    "accept",
    "agree_how",
    "ask",
    "choose_register",
    "close",
    "comment",
    "decline",
    "discard_round",
    "evaluate",
    "follow_many",
    "forget_old_notes",
    "lapse",
    "log_meeting",
    "move",
    "name_supporter",
    "nudge_silent_pairs",
    "offer_to_mentor",
    "override",
    "pause",
    "preview_round",
    "propose",
    "propose_round",
    "record_earlier",
    "register",
    "remind_of_renewals",
    "renew",
    "report_decision",
    "resume",
    "save_statement",
    "show_interest",
    "submit",
    "support",
    "wish_for",
    "write_note",
]
