"""What is done to charters: their points worded, ordered and retired, and evidence placed on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from hub.accounts.models import Person
from hub.charters import queries
from hub.charters.models import Charter, Point, PointEntry
from hub.charters.point_file import Line
from hub.charters.standard import Standard, standards
from hub.core.db import db
from hub.core.errors import Refusal
from hub.evidence.models import Entry


class NameTaken(Refusal):
    """Two charters of one institution cannot have one name."""


class NumberTaken(Refusal):
    """Two points of one charter cannot have one number."""


class InUse(Refusal):
    """An action serves the point, or evidence stands on it."""


class CountsNoMore(Refusal):
    """What its source has taken back proves nothing."""


def add_standard(institution_id: int) -> int:
    """Give the institution what it lacks of the standard charters; what it has is left as it is. How many were new."""
    lacking = standards_lacking(institution_id)
    for one in lacking:
        taken = queries.charter_called(institution_id, one.name) is not None
        charter = Charter(
            institution_id=institution_id,
            standard=one.key,
            name=f"{one.name} (standard list)" if taken else one.name,
            about=one.about,
        )
        charter.points = [
            Point(institution_id=institution_id, number=str(n), topic=topic, position=n)
            for n, topic in enumerate(one.topics, 1)
        ]
        db.session.add(charter)
    db.session.flush()
    return len(lacking)


def standards_lacking(institution_id: int) -> list[Standard]:
    had = queries.standards_had(institution_id)
    return [one for one in standards() if one.key not in had]


def add_charter(*, actor: Person, name: str, about: str = "") -> Charter:
    """:raises NameTaken: if the institution has one of that name"""
    _refuse_taken(actor.institution_id, name)
    charter = Charter(institution_id=actor.institution_id, name=name, about=about, points=[])
    db.session.add(charter)
    db.session.flush()
    return charter


def edit_charter(charter: Charter, *, actor: Person, name: str, about: str) -> None:  # noqa: ARG001
    """:raises NameTaken: if another charter of the institution has that name"""
    if name.casefold() != charter.name.casefold():
        _refuse_taken(charter.institution_id, name)
    charter.name, charter.about = name, about
    db.session.flush()


def _refuse_taken(institution_id: int, name: str) -> None:
    if queries.charter_called(institution_id, name) is not None:
        raise NameTaken("There is a charter of this name already.")


def retire(row: Charter | Point, *, actor: Person, on: date | None) -> None:  # noqa: ARG001
    """Offer it no longer from a day on, and keep what stands on it; ``None`` brings it back."""
    row.retired_on = on
    db.session.flush()


# -- points ------------------------------------------------------------------------------------------------------------


def add_point(
    charter: Charter,
    *,
    actor: Person,  # noqa: ARG001
    number: str,
    topic: str,
    wording: str = "",
    after: Point | None = None,
) -> Point:
    """Add a point behind *after*, or before all others.

    :raises NumberTaken: if the charter has a point of that number
    """
    _refuse_number(charter, number)
    point = Point(institution_id=charter.institution_id, number=number, topic=topic, wording=wording, position=0)
    _put(charter, point, after)
    return point


def edit_point(
    point: Point,
    *,
    actor: Person,  # noqa: ARG001
    number: str,
    topic: str,
    wording: str,
    after: Point | None,
) -> None:
    """Word a point anew, and put it behind *after*, or before all others.

    :raises NumberTaken: if another point of the charter has that number
    """
    if number.casefold() != point.number.casefold():
        _refuse_number(point.charter, number)
    point.number, point.topic, point.wording = number, topic, wording
    _put(point.charter, point, after)


def _refuse_number(charter: Charter, number: str) -> None:
    if any(one.number.casefold() == number.casefold() for one in charter.points):
        raise NumberTaken("This charter has a point of that number already.")


def _put(charter: Charter, point: Point, after: Point | None) -> None:
    others = [one for one in charter.points if one is not point]
    at = others.index(after) + 1 if after in others else 0
    _order(charter, [*others[:at], point, *others[at:]])


def _order(charter: Charter, points: Sequence[Point]) -> None:
    for position, point in enumerate(points, 1):
        if point.position != position:
            point.position = position
    charter.points = list(points)
    db.session.flush()


def remove_point(point: Point, *, actor: Person) -> None:  # noqa: ARG001
    """:raises InUse: if anything stands on it: then it can only be retired"""
    if queries.points_used([point.id]):
        raise InUse("Actions or evidence stand on this point. Retire it instead: they stay, and it is offered no more.")
    point.charter.points.remove(point)
    db.session.flush()


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file changed of a charter."""

    added: int
    changed: int
    same: int


def bring_points(charter: Charter, lines: Sequence[Line], *, actor: Person) -> Brought:  # noqa: ARG001
    """Make the points that a file names say what it says, in its order; others stay behind them as they are."""
    known = {point.number.casefold(): point for point in charter.points}
    named: list[Point] = []
    added = changed = 0
    for line in lines:
        point = known.get(line.number.casefold())
        if point is None:
            point = Point(institution_id=charter.institution_id, number=line.number, topic=line.topic, position=0)
            point.wording, added = line.wording or "", added + 1
        else:
            changed += _reword(point, line)
        named.append(point)
    _order(charter, [*named, *(point for point in known.values() if point not in named)])
    return Brought(added, changed, len(lines) - added - changed)


def _reword(point: Point, line: Line) -> bool:
    """Whether *line* says something else; a file without wordings leaves those that are there."""
    wording = point.wording if line.wording is None else line.wording
    differs = (point.topic, point.wording) != (line.topic, wording)
    point.topic, point.wording = line.topic, wording
    return differs


# -- evidence on points ------------------------------------------------------------------------------------------------


def place(entry: Entry, points: Iterable[Point], *, actor: Person) -> None:
    """Place *entry* on *points*, on each once.

    :raises CountsNoMore: if it was corrected or withdrawn meanwhile
    """
    if not entry.counts:
        raise CountsNoMore("This was corrected or withdrawn meanwhile, and proves nothing any more.")
    there = set(db.session.scalars(select(PointEntry.point_id).where(PointEntry.entry_id == entry.id)))
    db.session.add_all(
        PointEntry(point_id=point.id, entry_id=entry.id, placed_by_id=actor.id)
        for point in points
        if point.id not in there
    )
    db.session.flush()


def take_off(placed: PointEntry, *, actor: Person) -> None:  # noqa: ARG001
    db.session.delete(placed)
    db.session.flush()


def follow_correction(first: Entry, second: Entry) -> None:
    """What was placed stays placed as the entry that corrects it."""
    for placed in db.session.scalars(select(PointEntry).where(PointEntry.entry_id == first.id)).all():
        whose = {"placed_by_id": placed.placed_by_id, "placed_at": placed.placed_at}
        db.session.add(PointEntry(point_id=placed.point_id, entry_id=second.id, **whose))
        db.session.delete(placed)
    db.session.flush()
