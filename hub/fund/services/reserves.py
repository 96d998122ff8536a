"""The reserve list: its order, and who may move up when money comes back. Nothing moves by itself."""

from collections.abc import Sequence

from hub.accounts.models import Person
from hub.fund import notifications, queries
from hub.fund.errors import AgainstTheRules
from hub.fund.models import Application, Outcome, Round
from hub.fund.ranking import of_panel, ranked
from hub.fund.services.money import hold
from hub.fund.services.rounds import leads_of
from hub.fund.services.steps import announce, move
from hub.fund.signals import application_awarded


def line_up(fund_round: Round, reserves: Sequence[Application]) -> None:
    """Give each reserve its place by the panel's scores; it stands, whatever becomes of the scores."""
    weights = {c.id: c.weight for c in fund_round.criteria}
    marks = queries.scores([a.id for a in reserves])
    order = ranked([(a, of_panel(marks.get(a.id, {}), weights), 0) for a in reserves], 0)
    for place, one in enumerate(order, 1):
        one.application.reserve_place = place


def propose_next(fund_round: Round) -> None:
    """Money is back: tell the leads who on the reserve list could have it, if it is enough for anybody."""
    found = queries.next_reserve(fund_round.id)
    if found is not None:
        notifications.money_is_back(found, queries.left_in(fund_round), leads_of(fund_round.institution_id))


def award_from_reserve(application: Application, *, pence: int, actor: Person) -> None:
    """Give returned money to somebody on the reserve list; told at once, as the round is released.

    :raises PotTooSmall: if the round has less left
    """
    if not 0 < pence <= (application.asked_pence or 0):
        raise AgainstTheRules("Award more than nothing, and no more than was asked.")
    hold(application, pence, fund_round=application.round, actor=actor)
    application.awarded_pence = pence
    move(application, "award_reserve", actor=actor)
    notifications.decided(application, Outcome.AWARD, "You were on the reserve list; money has come back to the round.")
    announce(application_awarded, application, actor=actor)
