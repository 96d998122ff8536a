"""What a piece says, word by word: the same for what is about to be frozen and for what was."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from hub.core.links import address_of, path_to
from hub.core.words import counted
from hub.evidence.kinds import KINDS
from hub.evidence.models import Entry, Item
from hub.packs.models import Audience, Pack, PackPiece
from hub.plan.snapshots import digest


@dataclass(frozen=True, slots=True)
class Says:
    """The columns of a piece that are frozen."""

    title: str
    claim: str
    words: str
    source: str
    unit: str
    happened_on: date
    people: int
    proof: str

    @property
    def columns(self) -> dict[str, Any]:
        return asdict(self)


def says_of(entry: Entry, item: Item | None, audience: Audience) -> Says:
    """What *entry* says today: a claim with its figures; of what was brought by hand the words agreed to."""
    at_home = audience != Audience.PUBLIC  # a page that asks who you are proves nothing to anybody else
    record = address_of(path_to("evidence.entry", entry_id=entry.id)) if at_home else ""
    said: dict[str, Any] = {
        "title": entry.title,
        "unit": entry.unit.name if entry.unit else "",
        "happened_on": entry.happened_on,
        "people": entry.people,
    }
    if item is None:
        claim = KINDS[entry.kind].said(1, entry.quantity, entry.people)
        return Says(claim=claim, words="", source="", proof=record, **said)
    words = item.consent.wording if item.about_somebody and item.consent else item.latest.text
    claim = counted(item.figure, item.figure_unit, item.figure_unit) if item.figure is not None else ""
    return Says(claim=claim, words=words, source=item.source, proof=item.latest.link or record, **said)


def frozen(piece: PackPiece) -> Says:
    return Says(**{name: getattr(piece, name) for name in Says.__slots__})


def mark(says: Says, version_sha256: str | None) -> str:
    """SHA-256 of what a piece says, and of the version that it was taken from."""
    written = says.columns | {"happened_on": says.happened_on.isoformat(), "version": version_sha256 or ""}
    return digest(written)


def seal(pack: Pack, marks: list[str]) -> str:
    """SHA-256 of a whole pack, its pieces in their order."""
    about: dict[str, Any] = {"name": pack.name, "audience": pack.audience.value, "sections": pack.sections}
    return digest(about | {"pieces": marks})
