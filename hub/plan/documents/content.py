"""What the documents of a plan say: plain data, the same for PDF and Word."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.accounts.models import Institution
from hub.core.clock import today
from hub.core.db import db
from hub.core.rag import Rag
from hub.core.text import one_line
from hub.core.themes import Theme
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry
from hub.evidence.queries import may_travel
from hub.plan import queries
from hub.plan.importing.stated import NO_TARGET
from hub.plan.models import Action, Indicator, Placement, PlacementState, Plan
from hub.plan.wording import said


class Audience(StrEnum):
    """*INTERNAL* carries the evidence entry by entry; *PUBLIC* counts it and names roles only."""

    INTERNAL = "internal"
    PUBLIC = "public"


def title(institution: Institution, on: date, *, between: str = "/") -> str:
    """The guidance's “Institution Name/Month/Year”; *between* where no slash may stand, as in the name of a file."""
    return between.join((institution.name, f"{on:%B}", f"{on:%Y}"))


def content(plan: Plan, institution: Institution, audience: Audience) -> dict[str, Any]:
    """Everything that is printed, in order; evidence is numbered through the whole document."""
    actions = list(queries.actions(plan.id))
    values = queries.values_on([i for a in actions for i in a.indicators], today())
    numbers, evidence = _numbered(plan, actions)
    notes = queries.latest_notes(plan.id)
    return {
        "institution": institution.name,
        "title": title(institution, today()),
        "plan": plan.name,
        "period": f"{_day(plan.starts_on)} to {_day(plan.ends_on)}",
        "printed": _day(today()),
        "contact": _contact(institution),
        "counts": [[rag.label, sum(a.rag == rag for a in actions)] for rag in (Rag.GREEN, Rag.AMBER, Rag.RED)],
        "themes": [
            {"name": theme.label, "actions": [_action(a, values, numbers, notes, audience) for a in mine]}
            for theme in Theme
            if (mine := [a for a in actions if a.themes and a.themes[0] == theme])
        ],
        "evidence": evidence if audience == Audience.INTERNAL else [],
        "totals": [[KINDS[kind].label, count] for kind, count in _totals(evidence)],
    }


def appendix(plan: Plan, institution: Institution) -> dict[str, Any]:
    """The statuses by themselves: evidence is counted, as its numbered list is not there to be looked up."""
    whole = content(plan, institution, Audience.INTERNAL)
    themes = [
        theme | {"actions": [action | {"evidence": []} for action in theme["actions"]]} for theme in whole["themes"]
    ]
    return whole | {"themes": themes, "evidence": []}


def _contact(institution: Institution) -> str:
    parts = (institution.contact_name, institution.contact_email, institution.contact_phone)
    return ", ".join(p for p in parts if p) or "No contact is named yet"


def _action(
    action: Action,
    values: dict[int, int | None],
    numbers: dict[int, list[int]],
    notes: dict[int, str],
    audience: Audience,
) -> dict[str, Any]:
    return {
        "ref": action.ref,
        "objective": action.objective,
        "themes": ", ".join(t.label for t in action.themes),
        "details": action.details,
        "impact": action.impact,
        "delivery": action.delivery,
        "owner": action.owner_role,
        "group": action.working_group,
        "starts": _day(action.starts_on) if action.starts_on else "",
        "due": _day(action.due_on) if action.due_on else "",
        "resource": action.resource if audience == Audience.INTERNAL else "",
        "milestones": [_milestone(m.text, m.due_on, m.met_on) for m in action.milestones],
        "targets": [f"{one_line(i.text)}: {_aims(i)}" for i in action.indicators],
        "measured": [_measured(i, values.get(i.id)) for i in action.indicators],
        "rag": action.rag.value,
        "rag_words": action.rag.label,
        "explanation": action.rag_explanation,
        "progress": notes.get(action.id, "") if audience == Audience.INTERNAL else "",
        "evidence": numbers.get(action.id, []) if audience == Audience.INTERNAL else [],
        "pieces": len(numbers.get(action.id, [])),
    }


def _milestone(text: str, due: date | None, met: date | None) -> str:
    """One line, which ``importing.stated`` takes word for word, as it does the targets."""
    done = f", met {_day(met)}" if met else ""
    return f"{one_line(text)} ({f'due {_day(due)}' if due else 'no date'}{done})"


def _aims(indicator: Indicator) -> str:
    wanted = [(said(indicator, t.value), t.due_on) for t in indicator.targets]
    return ", ".join(f"{value} by {_day(due)}" if due else f"{value} (no date)" for value, due in wanted) or NO_TARGET


def _measured(indicator: Indicator, value: int | None) -> str:
    now = "not counted yet" if value is None else f"{said(indicator, value)} on {_day(today())}"
    targets = f"; projected {_aims(indicator)}" if indicator.targets else ""
    baseline = f"; baseline {indicator.baseline:,}" if indicator.baseline is not None else ""
    return f"{indicator.text}: {now}{baseline}{targets}"


def _numbered(plan: Plan, actions: list[Action]) -> tuple[dict[int, list[int]], list[dict[str, Any]]]:
    """Accepted evidence that may leave the hub, numbered from 1 in the order of the actions and of what happened."""
    placed = db.session.scalars(
        select(Placement)
        .join(Placement.entry)
        .join(Placement.action)
        .options(joinedload(Placement.entry).joinedload(Entry.unit))
        .where(Action.plan_id == plan.id, Placement.state == PlacementState.ACCEPTED, may_travel())
        .order_by(Action.position, Entry.happened_on, Entry.id)
    ).all()
    refs = {a.id: a.ref for a in actions}
    numbers: dict[int, list[int]] = {}
    listed: list[dict[str, Any]] = []
    for n, placement in enumerate(placed, start=1):
        action_id = placement.action_id or 0
        numbers.setdefault(action_id, []).append(n)
        entry = placement.entry
        unit = entry.unit.name if entry.unit else ""
        listed.append(
            {
                "n": n,
                "ref": refs[action_id],
                "title": entry.title,
                "kind": entry.kind,
                "on": _day(entry.happened_on),
                "unit": unit,
            }
        )
    return numbers, listed


def _totals(evidence: list[dict[str, Any]]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for piece in evidence:
        counts[piece["kind"]] = counts.get(piece["kind"], 0) + 1
    return sorted(counts.items())


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
