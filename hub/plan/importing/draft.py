"""What a plan file was understood to say: drafts to be corrected by a person before anything is stored."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(slots=True)
class MilestoneDraft:
    text: str
    due: date | None = None


@dataclass(slots=True)
class TargetDraft:
    """An indicator (*text*) and the figure it is to reach; per cents are numbers whose text says so."""

    value: int | float
    due: date | None
    text: str


@dataclass(slots=True)
class ActionDraft:
    ref: str = ""
    themes: list[str] = field(default_factory=list)
    objective: str = ""
    details: str = ""
    impact: str = ""
    owner: str = ""
    delivery: str = ""
    working_group: str = ""
    resource: str = ""
    start: date | None = None
    due: date | None = None
    rag: str | None = None
    progress: str = ""
    milestones: list[MilestoneDraft] = field(default_factory=list)
    targets: list[TargetDraft] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)  # indicators that have no target
    source: str = ""
    guesses: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """One column of the file; *meaning* is a field of an action, or empty when it was left out."""

    heading: str
    meaning: str
    table: str = ""


@dataclass(slots=True)
class Preview:
    actions: list[ActionDraft] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    columns: list[ColumnReading] = field(default_factory=list)


def as_json(preview: Preview) -> dict[str, Any]:
    """The preview as the command line prints it: ISO dates, null where nothing is known."""
    return {"actions": [_action(action) for action in preview.actions], "warnings": list(preview.warnings)}


def _action(action: ActionDraft) -> dict[str, Any]:
    return {
        "ref": action.ref,
        "themes": list(action.themes),
        "objective": action.objective,
        "details": action.details,
        "impact": action.impact,
        "owner": action.owner,
        "start": _iso(action.start),
        "due": _iso(action.due),
        "rag": action.rag,
        "progress": action.progress,
        "milestones": [{"text": each.text, "due": _iso(each.due)} for each in action.milestones],
        "targets": [{"value": each.value, "due": _iso(each.due), "text": each.text} for each in action.targets],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
