"""What the fund does when others announce a fact: a fee is refunded, a promise is kept."""

from typing import Any

from hub.accounts.queries import person
from hub.fund.services import keep_promise, open_refund
from hub.registration.signals import registered
from hub.skills.signals import session_delivered


@registered.connect
def refund_fee(journey: Any, *, actor: Any, **_: Any) -> None:
    open_refund(
        person(journey.person_id),
        journey_id=journey.id,
        register_name=journey.register_name,
        amount_pence=journey.fee_pence or 0,
        actor=actor,
    )


@session_delivered.connect
def note_promise(session: Any, *, actor: Any, **_: Any) -> None:
    keep_promise(session.offer_id, on=session.evidence_on, actor=actor)
