"""Setting up schemes and rounds, opening and closing them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from hub.accounts.models import Person, Role
from hub.accounts.queries import holders, person_by_email
from hub.core.clock import now
from hub.core.db import db, lock
from hub.fund import notifications, policy, queries
from hub.fund.errors import AgainstTheRules, NotReady
from hub.fund.models import (
    FundCriterion,
    FundScheme,
    PanelMember,
    Round,
    RoundStage,
    SchemeKind,
    Stage,
)
from hub.fund.services.steps import move
from hub.fund.workflow import ROUND

SMALLEST_PANEL = 2


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be right before a round opens."""

    ok: bool
    text: str


def leads_of(institution_id: int) -> Sequence[Person]:
    return holders(institution_id, Role.LEAD, Role.DEPUTY_LEAD)


def colleague(email: str, *, institution_id: int) -> Person:
    """Whoever has that address here.

    :raises AgainstTheRules: if nobody does
    """
    found = person_by_email(email)
    if found is None or found.institution_id != institution_id:
        raise AgainstTheRules("The hub knows nobody here with that address.")
    return found


def add_round(
    scheme: FundScheme,
    *,
    name: str,
    budget_pence: int,
    opens_at: datetime,
    closes_at: datetime,
    panel_on: date,
    decisions_on: date,
    like: Round | None = None,
    actor: Any,
    **switches: bool,
) -> Round:
    """Make a round; *like* another, it has the same panel, but for those who have left.."""
    del actor
    _refuse_bad_switches(switches)
    _refuse_round_name(scheme.id, name, 0)
    fund_round = Round(
        institution_id=scheme.institution_id,
        scheme=scheme,
        scheme_id=scheme.id,
        name=name,
        budget_pence=budget_pence,
        opens_at=opens_at,
        closes_at=closes_at,
        panel_on=panel_on,
        decisions_on=decisions_on,
        **switches,
        panel=[
            PanelMember(person_id=m.person_id, person=m.person, is_chair=m.is_chair)
            for m in (like.panel if like else ())
            if m.person.is_active
        ],
        criteria=[],
    )
    db.session.add(fund_round)
    db.session.flush()
    return fund_round


def edit_round(
    fund_round: Round,
    *,
    name: str,
    budget_pence: int,
    opens_at: datetime,
    closes_at: datetime,
    panel_on: date,
    decisions_on: date,
    actor: Any,
    **switches: bool,
) -> None:
    """Change a round. Once it is open its budget never falls below what is committed, its closing never moves back."""
    lock(fund_round)
    committed = fund_round.budget_pence - queries.left_in(fund_round)
    if budget_pence < fund_round.budget_pence and not queries.money_told(actor, fund_round.id):
        raise AgainstTheRules("You sit on this panel or ask for money yourself: lower the budget after the release.")
    if budget_pence < committed:
        raise AgainstTheRules("The budget cannot be less than what is already committed.")
    if fund_round.stage != RoundStage.DRAFT and (closes_at < fund_round.closes_at or opens_at != fund_round.opens_at):
        raise AgainstTheRules("Once a round is open it can close later than announced, never earlier.")
    if fund_round.stage in {RoundStage.CLOSED, RoundStage.DECIDED, RoundStage.RELEASED} and (
        closes_at != fund_round.closes_at
    ):
        raise AgainstTheRules("This round has closed: its closing date stands.")
    if fund_round.stage != RoundStage.DRAFT and any(
        getattr(fund_round, switch) != on for switch, on in switches.items()
    ):
        raise AgainstTheRules("Once a round is open it stays sealed, blind, rolling, or a test, as it is.")
    _refuse_bad_switches(switches)
    _refuse_round_name(fund_round.scheme_id, name, fund_round.id)
    for switch, on in switches.items():
        setattr(fund_round, switch, on)
    fund_round.name, fund_round.budget_pence = name, budget_pence
    fund_round.opens_at, fund_round.closes_at = opens_at, closes_at
    fund_round.panel_on, fund_round.decisions_on = panel_on, decisions_on
    if fund_round.stage != RoundStage.DRAFT and not all(c.ok for c in can_open(fund_round)):
        raise AgainstTheRules(next(c.text for c in can_open(fund_round) if not c.ok))
    db.session.flush()


def _refuse_bad_switches(switches: Mapping[str, bool]) -> None:
    if switches.get("is_sealed") and switches.get("is_rolling"):
        raise AgainstTheRules("A sealed round cannot decide as applications come: nobody reads them before it closes.")


def _refuse_round_name(scheme_id: int, name: str, own_id: int) -> None:
    with db.session.no_autoflush:
        taken = select(Round.id).where(Round.scheme_id == scheme_id, Round.name == name, Round.id != own_id)
        if db.session.scalar(taken):
            raise AgainstTheRules("Another round of this scheme has that name. Choose another.")


def add_panel_member(fund_round: Round, *, person: Person, is_chair: bool, actor: Any) -> PanelMember:
    """Give *person* a seat; the panel stands once decisions are made.

    :raises AgainstTheRules: if they cannot have one
    """
    del actor
    if fund_round.stage in {RoundStage.DECIDED, RoundStage.RELEASED}:
        raise AgainstTheRules("The panel of this round has finished.")
    if person.institution_id != fund_round.institution_id or not person.is_active:
        raise AgainstTheRules("Choose somebody who works here and has an account.")
    if any(m.person_id == person.id for m in fund_round.panel):
        raise AgainstTheRules(f"{person.name} is on the panel already.")
    member = PanelMember(person_id=person.id, person=person, is_chair=is_chair)
    fund_round.panel.append(member)
    db.session.flush()
    return member


def remove_panel_member(member: PanelMember, *, actor: Any) -> None:
    del actor
    if not policy.can_lose_members(member.round):
        raise AgainstTheRules("The panel stands once it judges.")
    db.session.delete(member)
    db.session.flush()


def can_open(fund_round: Round) -> list[Check]:
    """Everything that must be right before the round can go live; a refund needs neither panel nor criteria."""
    scheme = fund_round.scheme
    criteria = fund_round.criteria or scheme.criteria
    weights = sum(c.weight for c in criteria)
    in_order = fund_round.opens_at < fund_round.closes_at
    checks = [
        Check(fund_round.budget_pence > 0, "The budget is more than nothing."),
        Check(in_order, "It closes after it opens."),
        Check(
            fund_round.closes_at.date() <= fund_round.panel_on <= fund_round.decisions_on,
            "The panel meets after the closing day, and decisions come after the panel.",
        ),
        Check(fund_round.stage != RoundStage.DRAFT or fund_round.closes_at > now(), "It closes in the future."),
    ]
    if scheme.kind == SchemeKind.DEVELOPMENT:
        seats = len(fund_round.panel)
        checks += [
            Check(bool(scheme.pays.strip()), "The fund says what it pays."),
            Check(seats >= SMALLEST_PANEL, f"The panel has two people or more; now {seats}."),
            Check(any(m.is_chair for m in fund_round.panel), "One of the panel is its chair."),
            Check(weights == 100, f"The criteria’s weights make 100%; now {weights}%."),
        ]
    return checks


def open_round(fund_round: Round, *, actor: Any) -> None:
    """Make the round live; it takes applications from its opening time. Its criteria are copied and stand from now on.

    :raises NotReady: if a check fails
    """
    failed = [check.text for check in can_open(fund_round) if not check.ok]
    if failed:
        raise NotReady(f"Not ready to open. {failed[0]}")
    ROUND.make(fund_round, "open", actor=actor)
    for criterion in fund_round.scheme.criteria:
        fund_round.criteria.append(
            FundCriterion(
                scheme_id=criterion.scheme_id,
                place=criterion.place,
                name=criterion.name,
                question=criterion.question,
                weight=criterion.weight,
                levels=criterion.levels,
            )
        )
    db.session.flush()


def close_round(fund_round: Round, *, actor: Any) -> None:
    """End the time for applications and hand what was supported to the panel.

    :raises NotReady: before the closing second
    """
    if fund_round.closes_at >= now().replace(microsecond=0):
        raise NotReady("This round is still open: applicants were promised its closing time.")
    ROUND.make(fund_round, "close", actor=actor)
    for application in queries.in_round(fund_round.id, Stage.SUBMITTED):
        move(application, "hand_over", actor=actor)
    db.session.flush()
    if fund_round.is_sealed:
        for application in queries.in_round(fund_round.id, Stage.AWAITING_MANAGER):
            if application.manager_id is None:
                notifications.manager_wanted(application, leads_of(fund_round.institution_id))
    if fund_round.scheme.kind == SchemeKind.DEVELOPMENT:
        notifications.panel_ready(fund_round)


def close_due() -> int:
    """Close every round whose time is over: for a job. How many were."""
    due = db.session.scalars(
        select(Round.id)
        .where(Round.stage == RoundStage.OPEN, Round.closes_at < now().replace(microsecond=0))
        .order_by(Round.id)
    ).all()
    for round_id in due:
        close_round(queries.fund_round(round_id), actor=None)
    return len(due)


def finish_panel(fund_round: Round, *, actor: Any) -> None:
    """The chair says that every decision is made.

    :raises NotReady: while one is missing
    """
    lock(fund_round)
    if queries.undecided(fund_round.id):
        raise NotReady("Not every application of this round has a decision yet.")
    ROUND.make(fund_round, "finish", actor=actor)
    db.session.flush()
    notifications.release_ready(fund_round, leads_of(fund_round.institution_id))


def hand_back(fund_round: Round, *, actor: Any) -> None:
    """Let the panel change its decisions again."""
    ROUND.make(fund_round, "hand_back", actor=actor)
    db.session.flush()
