"""The search as a list page: what the list macros and the exports read, kept for as long as nothing changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import abort, g, get_template_attribute, request
from markupsafe import Markup
from sqlalchemy import select, true
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from hub.accounts import queries as accounts
from hub.accounts.models import Person, UnitKind
from hub.core.db import in_pieces
from hub.core.links import path_to
from hub.core.lists import COUNT_UP_TO, Column, Filter, Listing, ShownFilter, ShownOption
from hub.core.words import joined, spoken
from hub.directory import finding, policy
from hub.directory.cards import Found, Look, found
from hub.directory.finding import Answer, Choice
from hub.directory.lexicon import Lexicon, lexicon
from hub.directory.models import Level, PersonSkill, Profile, SkillGroup
from hub.directory.policy import Viewer
from hub.directory.reading import Reading, read

PER_PAGE = 20
KEPT = 128
EVERYBODY = select(Person.id)
MOST_UNITS = 12  # of one facet
LEVELS = {str(level): level.label.capitalize() for level in reversed(Level)}
GROUPS = SkillGroup.choices()
FACETS = {
    "level": ("Level", "levels"),
    "faculty": ("Faculty", "faculties"),
    "unit": ("School or department", "departments"),
    "campus": ("Campus", "campuses"),
    "group": ("Kind of skill", "groups"),
    "mark": ("Registration", "marks"),
}


MENTORS = "Offers to mentor"
COLUMNS = (
    Column("name", "Name", lambda found: found.name),
    Column("title", "Job title", lambda found: found.title),
    Column("unit", "School or department", lambda found: found.unit),
    Column("place", "Place", lambda found: found.place),
    Column("why", "Why they match", lambda found: "; ".join(" ".join(filter(None, why)) for why in found.why)),
)


@dataclass(kw_only=True)
class Results(Listing):
    """What one person finds. The order is the search's own, so no column sorts."""

    where: finding.Scope
    known: Lexicon
    campus: str  # of the person who asks
    ask: str  # where a colleague can be asked for their time, if they may

    @cached_property
    def reading(self) -> Reading:
        return read(self.q, self.known)

    @property
    def is_nothing(self) -> bool:
        """Something was asked for of which no word means anything here."""
        return bool(self.q) and not self.reading.parts

    @cached_property
    def everyone(self) -> Answer:
        """Before the facets."""
        return finding.NOBODY_FOUND if self.is_nothing else finding.find(self.where, self.reading)

    @cached_property
    def choice(self) -> Choice:
        order = {"level": {str(level): level.step for level in Level}}
        order["group"] = {str(group): at for at, group in enumerate(SkillGroup)}
        return Choice(
            faculties=frozenset(int(unit) for unit in self.chosen["faculty"]),
            departments=frozenset(int(unit) for unit in self.chosen["unit"]),
            campuses=frozenset(self.chosen["campus"]),
            levels=frozenset(order["level"][level] for level in self.chosen["level"]),
            groups=frozenset(order["group"][group] for group in self.chosen["group"]),
            marks=frozenset(self.chosen["mark"]),
        )

    @cached_property
    def answer_shown(self) -> Answer:
        if self.everyone.capped and self.choice:
            return finding.find(self.where, self.reading, self.choice)
        return self.everyone.narrowed(self.choice)

    @cached_property
    def total(self) -> int:
        return len(self.answer_shown) + self.answer_shown.capped

    @cached_property
    def items(self) -> Sequence[Found]:
        return list(found(self.look, self._ids))

    @cached_property
    def _ids(self) -> tuple[int, ...]:
        """The people of the page asked for."""
        start = (self.at - 1) * self.per_page
        ids = tuple(self.answer_shown.people[start : start + self.per_page])
        if not ids and self.at > 1:
            abort(404)
        return ids

    @property
    def query(self) -> str:
        """The search as its address has it, whatever the page: the same for the same search."""
        chosen = [(key, value) for key in FACETS for value in sorted(self.chosen[key])]
        return urlencode(([("q", self.q)] if self.q else []) + chosen)

    @property
    def look(self) -> Look:
        return Look(self.where, self.reading, self.campus, self.path)

    @cached_property
    def drawn(self) -> Markup:
        """How many, the page's cards and the way to the next."""
        markup: Markup = get_template_attribute("components/directory.html", "found")(self)
        return markup

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.answer_shown) // self.per_page))

    def _all(self) -> Iterator[Found]:
        for some in in_pieces(self.answer_shown.people):
            yield from found(self.look, some)

    # -- facets --------------------------------------------------------------------------------------------------------

    def _options(self, offered: Filter) -> dict[str, str]:
        if offered.key not in {"campus", "mark"}:
            return super()._options(offered)
        known = {*self.everyone.counts[FACETS[offered.key][1]], *self.args.getlist(offered.key)}
        return {value: MENTORS if value == finding.MENTOR else value for value in sorted(known) if value}

    @cached_property
    def filters(self) -> list[ShownFilter]:
        shown = (self._facet(offered) for offered in self.filters_offered)
        return [facet for facet in shown if len(facet.options) > 1 or any(o.on for o in facet.options)]

    @cached_property
    def facets(self) -> Markup:
        """The filters as markup, if there are any."""
        if not self.filters:
            return Markup()
        markup: Markup = get_template_attribute("components/lists.html", "facets")(self.filters)
        return markup

    def _facet(self, offered: Filter) -> ShownFilter:
        """Counts of one facet are of those whom the others leave, so that its own values can be compared."""
        column = FACETS[offered.key][1]
        others = replace(self.choice, **{column: frozenset()})
        left = self.answer_shown if others == self.choice else self.everyone.narrowed(others)
        counts = None if self.everyone.capped else left.counts[column]
        on = set(self.chosen[offered.key])
        options = [
            ShownOption(value, text, count, value in on)
            for value, text in self._options(offered).items()
            if (count := counts[_key(offered.key, value)] if counts is not None else None) != 0 or value in on
        ]
        if offered.key in {"unit", "faculty"}:
            options = sorted(options, key=lambda o: (not o.on, -(o.count or 0), o.text))[:MOST_UNITS]
        return ShownFilter(offered.key, offered.label, tuple(options))

    # -- in words ------------------------------------------------------------------------------------------------------

    @property
    def sentence(self) -> str:
        """How many, and what the query was taken to mean."""
        if not self.q:
            return self.count_words
        many = f"More than {COUNT_UP_TO:,}" if self.total > COUNT_UP_TO else spoken(self.total).capitalize()
        people = f"{many} {'person matches' if self.total == 1 else 'people match'} “{self.q}”"
        meant = f", which we read as {joined([_lower(n) for n in self.reading.understood[:3]], 'or')}"
        if self.reading.instead and not self.reading.understood:
            meant = f"; these are for {self.reading.instead}"
        return people + (meant if self.reading.understood or self.reading.instead else "") + "."

    @property
    def is_partial(self) -> bool:
        """Whether nobody has everything that was asked for."""
        asked = len(self.reading.parts) + len(self.reading.unknown)
        return bool(self.total) and self.everyone.parts < asked


def _lower(name: str) -> str:
    """A skill's name inside a sentence: “PCB design” and “Python programming” keep their capitals."""
    first = name.split()[0]
    return name if first[1:] != first[1:].lower() or first in KEEP_CAPITAL else name[0].lower() + name[1:]


KEEP_CAPITAL = frozenset({"Python", "Raman", "Western", "Linux", "Windows", "Drosophila", "Xenopus", "Caenorhabditis"})


def _key(facet: str, value: str) -> Any:
    """A value of the address as the answer has it."""
    if facet == "level":
        return Level(value).step
    if facet == "group":
        return list(SkillGroup).index(SkillGroup(value))
    return value if facet in {"campus", "mark"} else int(value)


def people_found(user: Person, args: MultiDict[str, str] | None = None, ask: str = "") -> Results:
    """What *user* finds with the query of this address, or with another's."""
    audiences = policy.audiences(policy.viewer_of(user), user.institution_id)
    where, campus = finding.scope(user.institution_id, audiences, user.id)
    results = _results(where, campus, ask, tuple((request.args if args is None else args).items(multi=True)))
    g.listed = results.rows  # of this request, whoever asked first
    return results


@lru_cache(maxsize=KEPT)
def _results(where: finding.Scope, campus: str, ask: str, args: tuple[tuple[str, str], ...]) -> Results:
    """Whatever they show changes a mark in *where*, so that none outlive their truth."""
    known = lexicon(where.institution_id, where.audiences, where.words, where.vocabulary)
    return Results(
        name="technicians",
        noun=("technician", "technicians"),
        rows=EVERYBODY,
        columns=COLUMNS,
        default_order=(),
        filters_offered=[_filter(key, known) for key in FACETS],
        per_page=PER_PAGE,
        where=where,
        known=known,
        campus=campus,
        ask=ask,
        args=MultiDict(args),
        path=path_to("directory.search"),
    )


def found_again(user: Person, query: str) -> Sequence[int]:
    """Whom *user* finds today with the query of an address; nobody if it asks for a unit that is no more."""
    try:
        return people_found(user, MultiDict(parse_qsl(query))).answer_shown.people
    except NotFound:
        return ()


def _filter(key: str, known: Lexicon) -> Filter:
    def options() -> dict[str, str]:
        if key == "level":
            return LEVELS
        if key == "group":
            return GROUPS
        return {
            str(unit_id): name
            for unit_id, (name, kind) in known.units.items()
            if (kind == UnitKind.FACULTY) == (key == "faculty")
        }

    return Filter(key, FACETS[key][0], options, lambda _: true())


def in_words(query: str, institution_id: int) -> str:
    """A kept search as a person would say it: “welding, at Moor Park, who can teach”."""
    asked = MultiDict(parse_qsl(query))
    units = {str(unit.id): unit.name for unit in accounts.units(institution_id)}
    names = {"level": LEVELS, "group": GROUPS, "faculty": units, "unit": units, "mark": {finding.MENTOR: MENTORS}}
    chosen = [names.get(key, {}).get(value, value) for key in FACETS for value in asked.getlist(key)]
    said = [f"“{asked['q']}”"] if asked.get("q") else []
    return joined(said + chosen, "and")


def people_alike(viewer: Viewer, profile: Profile, known: Sequence[PersonSkill]) -> Sequence[Any]:
    """A few others who know the same things, as far as *viewer* may see them."""
    if viewer.institution_id != profile.institution_id or not known:
        return []
    where, _ = finding.scope(profile.institution_id, policy.audiences(viewer, profile.institution_id))
    return finding.alike(where, profile.person_id, [own.skill_id for own in known])
