"""A frozen pack against what the same choice finds today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.core.differences import Told
from hub.packs.choosing import Candidate
from hub.packs.models import PackPiece
from hub.packs.queries import Gone
from hub.packs.saying import Says, frozen
from hub.packs.showing import Shown, shown

SAID = {"title": "What it shows", "claim": "Figures", "words": "Words", "source": "Whose words", "unit": "Unit"}


@dataclass(frozen=True, slots=True)
class Differences:
    new: Sequence[Candidate]
    gone: Sequence[Shown]
    changed: Sequence[tuple[int, str, list[Told]]]  # its number, what it shows today, what it said and says
    same: int


def differences(pieces: Sequence[PackPiece], gone: Mapping[int, Gone], candidates: Sequence[Candidate]) -> Differences:
    """By fact, so that what was corrected since is the same piece, changed; what is gone and came back is new."""
    today = {candidate.fact: candidate for candidate in candidates}
    before = {piece.fact: piece for piece in pieces if piece.id not in gone}
    changed = [
        (before[fact].n, candidate.says.title, told)
        for fact, candidate in today.items()
        if fact in before and (told := _told(frozen(before[fact]), candidate.says))
    ]
    left = [piece for piece in pieces if piece.id in gone or piece.fact not in today]
    return Differences(
        new=[candidate for fact, candidate in today.items() if fact not in before],
        gone=[shown(piece, gone.get(piece.id)) for piece in left],
        changed=changed,
        same=len(pieces) - len(left) - len(changed),
    )


def _told(before: Says, after: Says) -> list[Told]:
    pairs = ((label, getattr(before, name), getattr(after, name)) for name, label in SAID.items())
    return [Told(label, was, now) for label, was, now in pairs if was != now]
