"""What is done in skills sharing, one function for each deed."""

from hub.skills.services.asking import (
    NotThatPerson,
    answer,
    ask,
    decline,
    expire_requests,
    offer,
    remind_of_expiry,
    withdraw_offer,
    withdraw_request,
)
from hub.skills.services.meeting import (
    FewerThanBooked,
    StartsInThePast,
    approve,
    book,
    cancel,
    change_session,
    leave,
    schedule,
)
from hub.skills.services.telling import NobodyCame, NotHeldYet, confirm, deliver, settle_sessions

__all__ = [
    "FewerThanBooked",
    "NobodyCame",
    "NotHeldYet",
    "NotThatPerson",
    "StartsInThePast",
    "answer",
    "approve",
    "ask",
    "book",
    "cancel",
    "change_session",
    "confirm",
    "decline",
    "deliver",
    "expire_requests",
    "leave",
    "offer",
    "remind_of_expiry",
    "schedule",
    "settle_sessions",
    "withdraw_offer",
    "withdraw_request",
]
