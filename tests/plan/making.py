"""Plans and actions for tests, made through the services."""

from datetime import date
from typing import Any

from hub.accounts.models import Person
from hub.core.clock import today
from hub.core.themes import Theme
from hub.plan import services
from hub.plan.measures import TYPED, Definition
from hub.plan.models import Action, Counting, Outlook, Period, Plan, Verdict


def plan(lead: Person, *, published: bool = True, **given: Any) -> Plan:
    made = services.add_plan(
        actor=lead,
        **{"name": "Action plan 2024 to 2027", "starts_on": date(2024, 8, 1), "ends_on": date(2027, 7, 31)} | given,
    )
    if published:
        action(made, lead)
        services.make_move(made, "approve", actor=lead)
        services.make_move(made, "publish", actor=lead)
    return made


def action(of: Plan, lead: Person, *, feeds: tuple[str, ...] = (), **given: Any) -> Action:
    defaults = {
        "objective": "More technicians registered",
        "themes": [Theme.RECOGNITION],
        "owner_role": "Commitment lead",
        "reason": "The steering group asked for it",
    }
    made = services.add_action(of, actor=lead, **defaults | given)
    if feeds:
        services.add_rules(made, feeds, actor=lead)
    return made


def measured(of: Action, lead: Person, *, typed_on: date) -> None:
    """By a figure that is typed in and by one that the hub counts."""
    goal = {"actor": lead, "targets": [(4, date(2027, 7, 31))]}
    typed = services.add_indicator(of, text="People registered", definition=TYPED, **goal)
    services.read_indicator(typed, actor=lead, value=2, on=typed_on, source="The register of the body")
    brought = Definition(Counting.ENTRIES, ("evidence.item",), period=Period.PLAN)
    services.add_indicator(of, text="Brought by hand", definition=brought, **goal)


def ruled(of: Action, lead: Person, *words: str) -> None:
    """A rule for each of *words*: what waits is suggested, what is older is offered."""
    for one in words:
        services.add_rule(of, actor=lead, kind="evidence.item", words=one)


def asked(lead: Person, **given: Any) -> Action:
    """An action of a plan that is open to consultation."""
    made = action(plan(lead, published=False, **given), lead)
    services.make_move(made.plan, "consult", actor=lead)
    return made


def followed(lead: Person, *refs: str) -> tuple[Plan, dict[str, Action], Plan]:
    """A published plan with an action for each of *refs*, and a draft that follows it, nothing decided yet."""
    before = plan(lead, published=False)
    actions = {ref: action(before, lead, ref=ref, objective=f"Promise {ref}") for ref in refs}
    services.make_move(before, "approve", actor=lead)
    services.make_move(before, "publish", actor=lead)
    after = plan(lead, published=False, name="The next", starts_on=date(2027, 8, 1), ends_on=date(2030, 7, 31))
    services.follow(after, before, actor=lead)
    return before, actions, after


def in_every_stage(of: Action, *, lead: Person, owner: Person, other: Person) -> None:
    """*owner* wants something decided on *of*; the plan after it is asked about, one comment answered and one not."""
    of.owner_id = owner.id
    services.add_note(
        of,
        actor=owner,
        text="It stands still.",
        outlook=Outlook.OFF_TRACK,
        needed="Who pays?",
        wants_decision=True,
    )
    services.ask_decision(of.plan, today(), actor=lead, text="May the fund pay for it until July?")
    next_one = asked(lead, name="Action plan 2028 to 2031", starts_on=date(2028, 8, 1), ends_on=date(2031, 7, 31))
    services.follow(next_one.plan, of.plan, actor=lead)
    services.add_comment(next_one, actor=owner, text="Say who pays for it.")
    answered = services.add_comment(next_one, actor=other, text="Say by when.", unnamed=True)
    services.edit_action(next_one, actor=lead, themes=next_one.themes, details="By July, paid by the faculties.")
    services.answer_comment(answered, actor=lead, verdict=Verdict.CHANGED, answer="It says so now.")
