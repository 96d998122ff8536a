"""The blueprint, who is asking, and the loaders that hide what somebody may not see."""

from flask import Blueprint
from flask_login import current_user

from hub.accounts.models import Person
from hub.registration import queries
from hub.registration.models import Journey, Mentoring, Statement

bp = Blueprint("registration", __name__, url_prefix="/registrations")


def me() -> Person:
    """The person behind the request, as services take it."""
    person: Person = current_user._get_current_object()
    return person


def seen_journey(journey_id: int) -> Journey:
    return queries.journey_for(journey_id, viewer=me())


def seen_statement(journey_id: int, area: str) -> Statement:
    return queries.statement_for(journey_id, area, viewer=me())


def own_pair(mentoring_id: int) -> Mentoring:
    return queries.pair_for(mentoring_id, viewer=me())
