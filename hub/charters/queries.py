"""Reads of charters, their points, and what is placed on them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hub.charters.models import Charter, Point, PointEntry
from hub.core.db import Base, db
from hub.core.lists import matching


def charters(institution_id: int, *, in_force: bool = False) -> Sequence[Charter]:
    """All of an institution with their points, the standard ones first; those in force only if asked."""
    rows = select(Charter).options(joinedload(Charter.points)).where(Charter.institution_id == institution_id)
    if in_force:
        rows = rows.where(Charter.retired_on.is_(None))
    return db.session.scalars(rows.order_by(Charter.id)).unique().all()


def charter(charter_id: int) -> Charter:
    return db.session.scalars(
        select(Charter).options(selectinload(Charter.points)).where(Charter.id == charter_id)
    ).one()


def standard_charter(institution_id: int, key: str) -> Charter:
    return db.session.scalars(
        select(Charter)
        .options(selectinload(Charter.points))
        .where(Charter.institution_id == institution_id, Charter.standard == key)
    ).one()


def standards_had(institution_id: int) -> set[str]:
    """The keys of the standard charters that an institution has, in whatever shape."""
    had = select(Charter.standard).where(Charter.institution_id == institution_id, Charter.standard.is_not(None))
    return set(db.session.scalars(had))


def charter_called(institution_id: int, name: str) -> Charter | None:
    return db.session.scalars(
        select(Charter).where(Charter.institution_id == institution_id, func.lower(Charter.name) == name.lower())
    ).one_or_none()


# -- points ------------------------------------------------------------------------------------------------------------


def points_of(charter_id: int) -> Select[Any]:
    """A charter's points, for a list."""
    return select(Point).where(Point.charter_id == charter_id)


IN_ORDER = (Point.position, Point.id)


def matches(q: str) -> ColumnElement[bool]:
    return matching(q, Point.number, Point.topic, Point.wording)


def point(point_id: int) -> Point:
    """With its charter and all points of that."""
    return db.session.scalars(
        select(Point).options(joinedload(Point.charter).selectinload(Charter.points)).where(Point.id == point_id)
    ).one()


def points(institution_id: int, ids: Collection[int]) -> Sequence[Point]:
    """Those of *ids* that are of an institution, each with its charter."""
    return db.session.scalars(
        select(Point)
        .join(Point.charter)
        .options(contains_eager(Point.charter))
        .where(Point.institution_id == institution_id, Point.id.in_(ids))
        .order_by(Charter.id, *IN_ORDER)
    ).all()


def points_used(point_ids: Collection[int]) -> set[int]:
    """Those of *point_ids* to which a row of whatever feature refers."""
    target = Base.metadata.tables["charter_point"].c.id
    references = [
        key.parent for table in Base.metadata.sorted_tables for key in table.foreign_keys if key.column is target
    ]
    return {found for column in references for found in db.session.scalars(select(column).where(column.in_(point_ids)))}


# -- evidence on points ------------------------------------------------------------------------------------------------


def placed(point_id: int, entry_id: int) -> PointEntry:
    return db.session.scalars(
        select(PointEntry)
        .options(joinedload(PointEntry.point), joinedload(PointEntry.entry))
        .where(PointEntry.point_id == point_id, PointEntry.entry_id == entry_id)
    ).one()


def points_shown_by(entry_ids: Collection[int]) -> Sequence[Point]:
    """The points on which entries are placed directly, each with its charter."""
    return db.session.scalars(
        select(Point)
        .join(Point.charter)
        .options(contains_eager(Point.charter))
        .where(Point.id.in_(select(PointEntry.point_id).where(PointEntry.entry_id.in_(entry_ids))))
        .order_by(Charter.id, *IN_ORDER)
    ).all()
