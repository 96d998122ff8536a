"""What the fund does when others announce a fact: somebody was registered, so their fee is refunded."""

from typing import Any

from hub.accounts.queries import person
from hub.fund.services import open_refund
from hub.registration.signals import registered


@registered.connect
def refund_fee(journey: Any, *, actor: Any, **_: Any) -> None:
    open_refund(
        person(journey.person_id),
        journey_id=journey.id,
        register_name=journey.register_name,
        amount_pence=journey.fee_pence or 0,
        actor=actor,
    )
