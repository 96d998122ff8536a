"""A file that was read against a plan that is there: by reference, what is the same, changed, new and missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zlib import crc32

from hub.core.differences import Told
from hub.core.rag import Rag
from hub.core.themes import Theme
from hub.plan import queries
from hub.plan.importing.cleaning import clean
from hub.plan.models import Action, Plan
from hub.plan.rag import against
from hub.plan.snapshots import WORDING, dated, told, wording

Draft = Mapping[str, Any]
Dated = tuple[str | int, date | None]
COLUMNS = {  # of a draft, and of an action
    "objective": "objective",
    "details": "details",
    "impact": "impact",
    "owner": "owner_role",
    "delivery": "delivery",
    "working_group": "working_group",
    "resource": "resource",
    "start": "starts_on",
    "due": "due_on",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What a draft would change in an action, or that it would be a new one. What the file leaves empty is no change.

    *columns*, *targets*, *note* and *rag*: what would be taken; *refused*: what cannot be, and why.
    """

    index: int
    draft: Draft
    action: Action | None
    columns: dict[str, Any] = field(default_factory=dict)
    targets: dict[str, list[tuple[int, date | None]]] = field(default_factory=dict)
    note: str = ""
    rag: Rag | None = None
    refused: str = ""
    fields: list[Told] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Which draft, and what it would change: what was edited meanwhile has another key."""
        told = repr((self.action and (self.action.id, self.action.version), self.fields))
        return f"{self.index}-{crc32(told.encode()):x}"

    @property
    def is_same(self) -> bool:
        return self.action is not None and not self.fields and not self.refused

    @property
    def can_be_taken(self) -> bool:
        return self.action is None or bool(self.fields)


@dataclass(frozen=True, slots=True)
class Comparison:
    changed: list[Difference]
    new: list[Difference]
    same: list[Difference]
    missing: list[Action]

    @property
    def offered(self) -> list[Difference]:
        """What can be taken or left."""
        return [one for one in [*self.changed, *self.new] if one.can_be_taken]


def compare(plan: Plan, drafts: Sequence[Draft]) -> Comparison:
    """Each draft beside the action of the same objective or reference, in a fixed number of statements."""
    actions = queries.actions(plan.id)
    said = queries.noted(plan.id)
    matched = _matched(actions, drafts)
    found = [
        _difference(n, draft, matched.get(n), said.get(matched[n].id, set()) if n in matched else set())
        for n, draft in enumerate(drafts)
    ]
    met = {action.id for action in matched.values()}
    return Comparison(
        changed=[one for one in found if one.action is not None and not one.is_same],
        new=[one for one in found if one.action is None],
        same=[one for one in found if one.is_same],
        missing=[action for action in actions if action.id not in met],
    )


def _matched(actions: Sequence[Action], drafts: Sequence[Draft]) -> dict[int, Action]:
    """Place of a draft → its action: one that says the same comes before one that is only called the same."""
    found: dict[int, Action] = {}
    refs, objectives = [draft["ref"] for draft in drafts], [objective_of(draft) for draft in drafts]
    both = [f"{ref} {objective}" for ref, objective in zip(refs, objectives, strict=True)]
    _match(found, [(f"{action.ref} {action.objective}", action) for action in actions], both)
    _match(found, [(action.objective, action) for action in actions], objectives)
    _match(found, [(action.ref, action) for action in actions], refs)
    return found


def _match(found: dict[int, Action], actions: list[tuple[str, Action]], texts: list[str]) -> None:
    free = {_plain(text): action for text, action in actions if action not in found.values()}
    for n, text in enumerate(texts):
        action = None if n in found else free.pop(_plain(text), None)
        if action is not None:
            found[n] = action


def _plain(text: str) -> str:
    return " ".join(clean(text).casefold().split())


def alike(one: str, other: str) -> bool:
    """Whether two texts read the same: files keep neither every space nor every odd sign."""
    return clean(one) == clean(other)


def _all_alike(rows: Sequence[Dated], others: Sequence[Dated]) -> bool:
    """The same for what has a day each, in whatever order it stands."""
    told, others_told = (sorted((clean(str(what)), str(on)) for what, on in each) for each in (rows, others))
    return told == others_told


def objective_of(draft: Draft) -> str:
    return str(draft["objective"] or draft["details"] or "")


def _difference(index: int, draft: Draft, action: Action | None, said: set[str]) -> Difference:
    rag = Rag(draft["rag"]) if draft["rag"] else None
    note = draft["progress"] or ""
    if action is None:
        refused = against(rag, note, 0) if rag else ""
        return Difference(index, draft, None, note=note, rag=None if refused else rag, refused=refused)
    columns = _columns(draft, action)
    targets = _targets(draft, action)
    note = _unsaid(note, said, action.rag_explanation)
    rag = None if rag == action.rag else rag
    refused = against(rag, draft["progress"] or "", action.accepted) if rag else ""
    rag = None if refused else rag
    before = wording(action)
    fields = told(before, before | _as_words(columns), WORDING)
    fields += [Told(text, _figures(_now(action, text)), _aims(rows)) for text, rows in targets.items()]
    fields += [Told("Status", action.rag.label, rag.label)] if rag else []
    fields += [Told("Progress", "", note)] if note else []
    return Difference(index, draft, action, columns, targets, note, rag, refused, fields)


def _unsaid(note: str, said: set[str], explanation: str) -> str:
    """What of a note is new: it may begin with why the status stands where it does."""
    rest = clean(note).removeprefix(clean(explanation)).strip()
    return "" if rest in {clean(text) for text in said} else rest


def _columns(draft: Draft, action: Action) -> dict[str, Any]:
    """The columns of an action that the file fills and that say something else; without days it has the plan's."""
    read = {COLUMNS[name]: _read(name, draft) for name in COLUMNS}
    read["themes"] = [Theme(theme) for theme in draft["themes"]]
    read["milestones"] = milestones_of(draft)
    now = {name: getattr(action, name) for name in read} | {
        "milestones": [(one.text, one.due_on) for one in action.milestones],
        "starts_on": action.starts_on or action.plan.starts_on,
        "due_on": action.due_on or action.plan.ends_on,
    }
    return {name: value for name, value in read.items() if value and not _says(name, value, now[name])}


def _says(name: str, value: Any, now: Any) -> bool:
    if name == "milestones":
        return _all_alike(value, now)
    return alike(value, now) if isinstance(value, str) else bool(value == now)


def _read(name: str, draft: Draft) -> Any:
    value = draft.get(name) or ""
    return date_of(value) if name in {"start", "due"} else value


def date_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def milestones_of(draft: Draft) -> list[tuple[str, date | None]]:
    return [(one["text"], date_of(one["due"])) for one in draft["milestones"]]


def targets_of(draft: Draft) -> dict[str, list[tuple[int, date | None]]]:
    """What is counted → its figures with their days, none where it has no target."""
    groups: dict[str, list[tuple[int, date | None]]] = {}
    for target in draft["targets"]:
        groups.setdefault(str(target["text"]), []).append((round(target["value"]), date_of(target["due"])))
    return groups | {str(text): [] for text in draft.get("measures", ()) if text not in groups}


def _targets(draft: Draft, action: Action) -> dict[str, list[tuple[int, date | None]]]:
    known = [one.text for one in action.indicators]
    return {
        text: rows
        for text, rows in targets_of(draft).items()
        if (not _all_alike(rows, _now(action, text)) if rows else not any(alike(one, text) for one in known))
    }


def _now(action: Action, text: str) -> list[tuple[int, date | None]]:
    return [(t.value, t.due_on) for one in action.indicators if alike(one.text, text) for t in one.targets]


def _figures(rows: list[tuple[int, date | None]]) -> str:
    return ", ".join(dated(f"{value:,}", on) for value, on in rows)


def _aims(rows: list[tuple[int, date | None]]) -> str:
    return _figures(rows) or "measured without a target"


def _as_words(columns: Mapping[str, Any]) -> dict[str, str]:
    """Columns as ``snapshots.wording`` says them."""
    words = dict(columns)
    for name in ("starts_on", "due_on"):
        if name in words:
            words[name] = words[name].isoformat()
    if "themes" in words:
        words["themes"] = ", ".join(theme.label for theme in words["themes"])
    if "milestones" in words:
        words["milestones"] = "\n".join(dated(text, on) for text, on in words["milestones"])
    return words
