"""Who may read what packs of evidence say: the rules that tests/gates/readers.py names."""

from sqlalchemy import select
from sqlalchemy.orm import object_session

from hub.accounts.models import Person
from hub.evidence import policy as evidence
from hub.evidence.models import Entry, Item
from hub.packs.models import Pack, PackPiece
from hub.packs.policy import kept_out
from tests.gates.readers_of_plans import makes_plan


def _last_of(piece: PackPiece) -> Entry:
    same = (Entry.kind == piece.entry.kind, Entry.source_id == piece.entry.source_id)
    return object_session(piece).scalars(select(Entry).where(*same, Entry.corrected_at.is_(None))).one()


def _item_of(piece: PackPiece) -> Item | None:
    return piece.version.item if piece.version else None


def reads_piece(viewer: Person | None, piece: PackPiece) -> bool:
    if not makes_plan(viewer, piece) or piece.why is not None:
        return False
    return kept_out(_last_of(piece), _item_of(piece), piece.pack.audience, words=piece.words) is None


def reads_uses(viewer: Person | None, pack: Pack) -> bool:
    items = filter(None, map(_item_of, pack.pieces))
    return makes_plan(viewer, pack) or (viewer is not None and any(evidence.can_take_out(viewer, i) for i in items))
