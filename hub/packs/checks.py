"""What must always hold of packs."""

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased, selectinload

from hub.core.db import db
from hub.core.invariants import Invariants
from hub.evidence.models import Entry
from hub.packs.models import Pack, PackPiece, Stage
from hub.packs.saying import frozen, mark, seal


def _rewritten() -> list[str]:
    """A pack and its pieces say what they said when they were frozen."""
    packs = db.session.scalars(
        select(Pack).options(selectinload(Pack.pieces).joinedload(PackPiece.version)).order_by(Pack.id)
    )
    faults = []
    for pack in packs:
        faults += [
            f"no. {piece.n} of pack {pack.id} does not say what was frozen"
            for piece in pack.pieces
            if piece.anonymised_on is None
            and piece.sha256 != mark(frozen(piece), piece.version.sha256 if piece.version else None)
        ]
        if pack.sha256 != seal(pack, [piece.sha256 for piece in pack.pieces]):
            faults.append(f"pack {pack.id} is not what was frozen")
    return faults


def _sent_still() -> list[str]:
    """A fact that counts no more is stopped in every pack that is in use."""
    placed, last = aliased(Entry), aliased(Entry)
    of_fact = and_(last.kind == placed.kind, last.source_id == placed.source_id, last.corrected_at.is_(None))
    rows = db.session.scalars(
        select(PackPiece)
        .join(PackPiece.pack)
        .join(placed, placed.id == PackPiece.entry_id)
        .join(last, of_fact)
        .where(Pack.stage == Stage.IN_USE, PackPiece.stopped_at.is_(None), last.withdrawn_at.is_not(None))
        .order_by(PackPiece.id)
    )
    return [f"no. {piece.n} of pack {piece.pack_id} is sent although it was taken back" for piece in rows]


INVARIANTS: Invariants = {
    "packs.say-what-was-frozen": _rewritten,
    "packs.taken-back-is-stopped": _sent_still,
}
