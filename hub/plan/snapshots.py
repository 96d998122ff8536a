"""The plan as plain words: what a version keeps, and what differs between two of them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hub.core.differences import Told
from hub.core.rag import Rag
from hub.core.words import day
from hub.plan.models import Action, Indicator, Plan

WORDING = {
    "objective": "Objective",
    "themes": "Themes",
    "details": "How it will be done",
    "delivery": "What will be there",
    "impact": "How impact will be evidenced",
    "owner_role": "Whose task it is",
    "working_group": "Working group",
    "resource": "Resources",
    "starts_on": "Starts",
    "due_on": "Due",
    "milestones": "Milestones",
}
PROMISED = WORDING | {"indicators": "Measured by"}
ALL = PROMISED | {"rag": "Status", "rag_explanation": "Why it stands there"}
HEAD = {"name": "Name", "starts_on": "First day", "ends_on": "Last day"}
DAYS = {"starts_on", "due_on", "ends_on"}


def wording(action: Action) -> dict[str, str]:
    """What an action says: every column that people may comment on, as text."""
    texts = ("objective", "details", "delivery", "impact", "owner_role", "working_group", "resource")
    return {
        **{name: getattr(action, name) for name in texts},
        "themes": ", ".join(theme.label for theme in action.themes),
        "starts_on": _iso(action.starts_on),
        "due_on": _iso(action.due_on),
        "milestones": "\n".join(dated(m.text, m.due_on) for m in action.milestones),
    }


def snapshot(plan: Plan, actions: Sequence[Action]) -> dict[str, Any]:
    """The whole plan at this moment."""
    return {
        "name": plan.name,
        "starts_on": _iso(plan.starts_on),
        "ends_on": _iso(plan.ends_on),
        "actions": [
            {
                "id": action.id,
                "ref": action.ref,
                **wording(action),
                "indicators": "\n".join(map(_measured, action.indicators)),
                "rag": action.rag.value,
                "rag_explanation": action.rag_explanation,
            }
            for action in actions
        ],
    }


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def dated(text: str, on: date | None) -> str:
    """“Minutes published, 31 July 2027”."""
    return f"{text}, {day(on, weekday=False)}" if on else text


def _measured(indicator: Indicator) -> str:
    targets = ", ".join(
        f"{t.value:,} by {day(t.due_on, weekday=False)}" if t.due_on else f"{t.value:,}" for t in indicator.targets
    )
    return f"{indicator.text}: {targets}" if targets else indicator.text


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of a snapshot, however the database orders its keys."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Changed:
    """One action in two versions: ``new``, ``gone`` or ``changed`` in *fields*."""

    id: int
    ref: str
    title: str
    kind: str
    fields: list[Told] = field(default_factory=list)


def differences(before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str] = ALL) -> list[Changed]:
    """What differs between two snapshots in the columns *names*, in the order of the later one."""
    old = {action["id"]: action for action in before["actions"]}
    new = {action["id"]: action for action in after["actions"]}
    found = [_changed(old.get(key), action, names) for key, action in new.items()]
    gone = [Changed(a["id"], a["ref"], a["objective"], "gone") for key, a in old.items() if key not in new]
    return [one for one in found if one.kind == "new" or one.fields] + gone


def _changed(old: Mapping[str, Any] | None, new: Mapping[str, Any], names: Mapping[str, str]) -> Changed:
    if old is None:
        return Changed(new["id"], new["ref"], new["objective"], "new")
    return Changed(new["id"], new["ref"], new["objective"], "changed", told(old, new, names))


def told(old: Mapping[str, Any], new: Mapping[str, Any], names: Mapping[str, str] = WORDING) -> list[Told]:
    """The columns that differ, each before and after in words."""
    return [
        Told(label, said(name, old.get(name, "")), said(name, new.get(name, "")))
        for name, label in names.items()
        if old.get(name, "") != new.get(name, "")
    ]


def said(name: str, value: str) -> str:
    """A column of a snapshot as it is read."""
    if not value:
        return ""
    if name in DAYS:
        return day(date.fromisoformat(value), weekday=False)
    return Rag(value).label if name == "rag" else value
