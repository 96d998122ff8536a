"""What a lead chooses for a pack, what of it goes in, and why the rest stays out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from hub.charters import queries as charters
from hub.core.themes import Theme
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry, Item
from hub.packs import queries
from hub.packs.models import Audience, Why
from hub.packs.policy import kept_out
from hub.packs.saying import Says, mark, says_of
from hub.plan import queries as plans
from hub.plan.models import Action, Plan
from hub.plan.snapshots import digest


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; nothing chosen means everything that is accepted on the plan's actions."""

    audience: Audience = Audience.INTERNAL
    themes: tuple[Theme, ...] = ()
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    proved: bool = False  # only what has a document, an address or a page behind it
    charter_id: int | None = None  # by whose points it is put in order; by the plan’s own themes if by none

    @property
    def query(self) -> dict[str, Any]:
        """As an address says it, and as a pack keeps it."""
        said = {
            "audience": self.audience.value,
            "themes": [theme.value for theme in self.themes],
            "kinds": list(self.kinds),
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "proved": "y" if self.proved else None,
            "charter": self.charter_id,
        }
        return {name: value for name, value in said.items() if value}

    @classmethod
    def kept(cls, query: Mapping[str, Any]) -> "Choice":
        """The choice that *query* was kept of."""
        days = {name: date.fromisoformat(query[name]) for name in ("since", "until") if name in query}
        return cls(
            audience=Audience(query["audience"]),
            themes=tuple(Theme(theme) for theme in query.get("themes", ())),
            kinds=tuple(query.get("kinds", ())),
            proved="proved" in query,
            charter_id=query.get("charter"),
            **days,
        )

    def wants(self, entry: Entry, item: Item | None, theme: Theme) -> bool:
        return (
            (not self.themes or theme in self.themes)
            and (not self.kinds or entry.kind in self.kinds)
            and (self.since is None or entry.happened_on >= self.since)
            and (self.until is None or entry.happened_on <= self.until)
            and (not self.proved or _has_proof(entry, item))
        )


def _has_proof(entry: Entry, item: Item | None) -> bool:
    if item is not None and item.is_usable:
        return item.latest.link is not None or item.latest.file_id is not None
    return bool(KINDS[entry.kind].endpoint)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that was asked for; *why* it stays out, if it does."""

    entry: Entry
    item: Item | None
    says: Says
    why: Why | None

    @property
    def fact(self) -> tuple[str, int]:
        """What stays the same when an entry is corrected."""
        return self.entry.kind, self.entry.source_id

    @property
    def sha256(self) -> str:
        return mark(self.says, self.item.latest.sha256 if self.item else None)


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces under a heading; *over*: the larger part of the pack that it belongs to."""

    over: str
    heading: str
    candidates: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class Offer:
    """What would be frozen now, section by section, and what would not."""

    sections: list[Section] = field(default_factory=list)
    out: list[tuple[Candidate, str]] = field(default_factory=list)  # with the heading that it was meant for

    @property
    def goes_in(self) -> list[Candidate]:
        """Each piece once, in the order of its number."""
        return list({c.entry.id: c for section in self.sections for c in section.candidates}.values())

    @property
    def mark(self) -> str:
        """By which one sees whether what goes in is still what somebody was shown."""
        return digest({"pieces": [c.sha256 for c in self.goes_in], "headings": [s.heading for s in self.sections]})


def offer(plan: Plan, choice: Choice) -> Offer:
    """By theme and action, or by the points of a charter; then as it happened."""
    made = Offer()
    parts = [*(_by_action(plan) if choice.charter_id is None else _by_point(plan, choice.charter_id))]
    items = queries.items_of([entry for part in parts for entry in part.entries])
    for part in parts:
        asked = [_candidate(entry, _item_of(entry, items), choice) for entry in part.entries]
        wanted = [c for c in asked if choice.wants(c.entry, c.item, part.theme or c.entry.theme)]
        if inside := [c for c in wanted if c.why is None]:
            made.sections.append(Section(part.over, part.heading, inside))
        made.out.extend((c, part.heading) for c in wanted if c.why is not None)
    return made


class _Part(NamedTuple):
    """What belongs under a heading before anything is left out."""

    over: str
    heading: str
    entries: Sequence[Entry]
    theme: Theme | None = None  # of all of them; else each has its own


def _by_action(plan: Plan) -> Iterator[_Part]:
    placed: dict[int, list[Entry]] = {}
    for action_id, entry in queries.placed_on(plan.id):
        placed.setdefault(action_id, []).append(entry)
    for theme, action in _in_order(queries.actions_of(plan.id)):
        yield _Part(theme.label, f"{action.ref}. {action.objective}", placed.get(action.id, ()), theme)


def _by_point(plan: Plan, charter_id: int) -> Iterator[_Part]:
    charter = charters.charter(charter_id)
    for point, entries in plans.evidence_by_point(charter, plan).items():
        yield _Part(charter.name, point.title, entries)


def _in_order(actions: Sequence[Action]) -> Iterator[tuple[Theme, Action]]:
    """Each action under its first theme."""
    for theme in Theme:
        yield from ((theme, a) for a in actions if (a.themes[0] if a.themes else Theme.EVALUATING_IMPACT) == theme)


def _item_of(entry: Entry, items: Mapping[int, Item]) -> Item | None:
    return items[entry.source_id] if entry.kind == "evidence.item" else None


def _candidate(entry: Entry, item: Item | None, choice: Choice) -> Candidate:
    says = says_of(entry, item, choice.audience)
    return Candidate(entry, item, says, kept_out(entry, item, choice.audience))
