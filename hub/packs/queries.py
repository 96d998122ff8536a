"""Reads of packs, of what could go into one, and of what still may be sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from hub.core.clock import london, today
from hub.core.db import db, in_pieces
from hub.evidence.models import Entry, Item, ItemVersion
from hub.evidence.queries import by_hand
from hub.packs.models import Pack, PackPiece, Stage, Why
from hub.packs.policy import kept_out
from hub.packs.saying import Says, frozen, says_of
from hub.plan.models import Action, Placement, PlacementState


def pack(pack_id: int) -> Pack:
    """With its plan, who made it, and the packs before and after it."""
    return db.session.scalars(
        select(Pack)
        .options(
            joinedload(Pack.plan),
            joinedload(Pack.made_by),
            joinedload(Pack.predecessor),
            joinedload(Pack.successor),
        )
        .where(Pack.id == pack_id)
    ).one()


def packs(institution_id: int) -> Select[Any]:
    """Every pack with how many pieces it has, and how many of them may be sent no longer."""
    of_it = select(func.count()).where(PackPiece.pack_id == Pack.id).correlate(Pack)
    return (
        select(
            Pack,
            of_it.scalar_subquery().label("pieces"),
            of_it.where(PackPiece.stopped_at.is_not(None)).scalar_subquery().label("stopped"),
        )
        .options(joinedload(Pack.plan))
        .where(Pack.institution_id == institution_id)
    )


NEWEST_FIRST = (Pack.frozen_at.desc(), Pack.id.desc())


def pieces_of(pack_id: int) -> Select[Any]:
    """Its pieces, each with its entry, and the version and the file that it was taken from."""
    return (
        select(PackPiece)
        .options(joinedload(PackPiece.entry), joinedload(PackPiece.version).joinedload(ItemVersion.file))
        .where(PackPiece.pack_id == pack_id)
    )


def pieces(pack_id: int) -> Sequence[PackPiece]:
    return db.session.scalars(pieces_of(pack_id).order_by(PackPiece.n)).all()


# -- what could go in --------------------------------------------------------------------------------------------------


def actions_of(plan_id: int) -> Sequence[Action]:
    return db.session.scalars(
        select(Action)
        .options(selectinload(Action.theme_rows))
        .where(Action.plan_id == plan_id)
        .order_by(Action.position, Action.id)
    ).all()


def _meant_for(plan_id: int) -> tuple[Any, ...]:
    """Placements on the plan's actions that were accepted, or that were taken back with their source."""
    taken_back = and_(
        Placement.state == PlacementState.SET_ASIDE,
        Placement.decided_by_id.is_(None),
        Entry.withdrawn_at.is_not(None),
    )
    return Action.plan_id == plan_id, or_(Placement.state == PlacementState.ACCEPTED, taken_back)


def placed_on(plan_id: int) -> Sequence[tuple[int, Entry]]:
    """Action id and entry, as it happened."""
    rows = db.session.execute(
        select(Action.id, Entry)
        .join(Placement, Placement.action_id == Action.id)
        .join(Placement.entry)
        .options(joinedload(Entry.unit))
        .where(*_meant_for(plan_id))
        .order_by(Action.position, Entry.happened_on, Entry.id)
    )
    return [(action_id, entry) for action_id, entry in rows]


def items_of(entries: Sequence[Entry]) -> dict[int, Item]:
    """What of them was brought by hand, by its id, with its words and what was agreed about it."""
    ids = sorted({entry.source_id for entry in entries if entry.kind == "evidence.item"})
    return {key: item for some in in_pieces(ids, 5_000) for key, item in _items(Item.id.in_(some)).items()}


def _items(which: ColumnElement[bool]) -> dict[int, Item]:
    whole = select(Item).options(joinedload(Item.versions), joinedload(Item.consents)).where(which)
    return {item.id: item for item in db.session.scalars(whole).unique()}


# -- what may be sent still --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gone:
    """The number of a piece that is sent no longer, why, and since when."""

    n: int
    why: Why
    since: date


@dataclass(frozen=True, slots=True)
class Corrected:
    """The number of a piece that says something else today, and since when, if that is known."""

    n: int
    on: date | None
    before: Says
    after: Says


Became = Gone | Corrected


def became(pack_id: int) -> dict[int, Became]:
    """What became of a pack’s pieces since it was frozen, by their ids: those that say what they said are not there."""
    return _became(PackPiece.pack_id == pack_id)


def gone(pack_id: int) -> dict[int, Gone]:
    """By id the pieces of a pack that may be sent no longer, as of this moment."""
    return only_gone(became(pack_id))


def gone_of(kind: str, source_id: int) -> dict[int, Gone]:
    """The same for the pieces of one fact, in whatever pack."""
    return only_gone(_became(PackPiece.entry_id.in_(_entries_of(kind, source_id))))


def only_gone(became: Mapping[int, Became]) -> dict[int, Gone]:
    return {key: one for key, one in became.items() if isinstance(one, Gone)}


def _entries_of(kind: str, source_id: int) -> Select[Any]:
    return select(Entry.id).where(Entry.kind == kind, Entry.source_id == source_id)


def _became(which: Any) -> dict[int, Became]:
    """Two statements: the last entry of each fact, and what was brought by hand."""
    said, last = aliased(Entry), aliased(Entry)
    rows = db.session.execute(
        select(PackPiece, Pack.audience, last)
        .join(Pack, Pack.id == PackPiece.pack_id)
        .join(said, said.id == PackPiece.entry_id)
        .join(last, and_(last.kind == said.kind, last.source_id == said.source_id, last.corrected_at.is_(None)))
        .options(joinedload(last.unit))
        .where(which)
    ).all()
    brought = select(Entry.source_id).join(PackPiece, PackPiece.entry_id == Entry.id)
    items = _items(Item.id.in_(brought.where(which, by_hand()))) if rows else {}
    found: dict[int, Became] = {}
    for piece, audience, entry in rows:
        item = items[entry.source_id] if entry.kind == "evidence.item" else None
        why = piece.why or kept_out(entry, item, audience, words=piece.words)
        if why is not None:
            found[piece.id] = Gone(piece.n, why, _gone_since(piece, why, item))
        elif corrected := _corrected(piece, says_of(entry, item, audience), entry, item):
            found[piece.id] = corrected
    return found


def _corrected(piece: PackPiece, says: Says, entry: Entry, item: Item | None) -> Corrected | None:
    """By a second entry; what was brought by hand has figures and words that the ledger does not keep."""
    before, on = frozen(piece), None
    if entry.id != piece.entry_id:
        after, on = replace(says, proof=before.proof), london(entry.recorded_at).date()
    elif item is not None:
        after = replace(before, claim=says.claim, words=says.words, source=says.source)
        on = london(item.latest.made_at).date() if item.latest.id != piece.version_id else None
    else:
        return None
    return Corrected(piece.n, on, before, after) if after != before else None


def _gone_since(piece: PackPiece, why: Why, item: Item | None) -> date:
    if piece.stopped_at is not None:
        return london(piece.stopped_at).date()
    if why == Why.EXPIRED and item is not None and item.use_until is not None:
        return item.use_until + timedelta(days=1)
    return today()


def still_sent(kind: str, source_id: int) -> Sequence[PackPiece]:
    """Pieces of one fact that nothing has stopped, each with its pack."""
    return db.session.scalars(
        select(PackPiece)
        .options(joinedload(PackPiece.pack))
        .where(PackPiece.entry_id.in_(_entries_of(kind, source_id)), PackPiece.stopped_at.is_(None))
        .order_by(PackPiece.id)
    ).all()


def pieces_saying(entry_id: int) -> Sequence[PackPiece]:
    """In every pack, stopped or not."""
    pieces = select(PackPiece).where(PackPiece.entry_id == entry_id)
    return db.session.scalars(pieces.order_by(PackPiece.id)).all()


def in_use_with(entry_ids: Collection[int]) -> Sequence[tuple[Pack, int]]:
    """Packs in use in which the facts of entries stand, and under which number."""
    asked, same = aliased(Entry), aliased(Entry)
    rows = db.session.execute(
        select(Pack, PackPiece.n)
        .join(PackPiece, PackPiece.pack_id == Pack.id)
        .join(same, same.id == PackPiece.entry_id)
        .join(asked, and_(asked.kind == same.kind, asked.source_id == same.source_id))
        .where(asked.id.in_(entry_ids), Pack.stage == Stage.IN_USE, PackPiece.stopped_at.is_(None))
        .order_by(Pack.id.desc(), PackPiece.n)
    )
    return list(dict.fromkeys((found, n) for found, n in rows))
