"""What the documents of a pack say: plain data, the same for PDF and Word."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from hub.accounts.models import Institution
from hub.core.words import counted, ranges
from hub.packs.models import Pack, PackPiece
from hub.packs.queries import Became
from hub.packs.showing import corrected, facts, no_longer, parts


def content(
    pack: Pack, institution: Institution, pieces: Sequence[PackPiece], became: Mapping[int, Became]
) -> dict[str, Any]:
    """Everything that is printed, in order."""
    made = [asdict(part) for part in parts(pack, pieces, became)]
    for part in made:
        part["again"] = ranges(part["again"])
        for piece in part["pieces"]:
            piece["about"] = _about(piece)
    return {
        "institution": institution.name,
        **facts(pack),
        "count": counted(len(pieces), "piece of evidence", "pieces of evidence"),
        "gone": ranges(no_longer(became)),
        "corrected": ranges(corrected(became)),
        "parts": made,
        "files": [piece for part in made for piece in part["pieces"] if piece["file"]],
    }


def _about(piece: Mapping[str, Any]) -> str:
    """When, where and how many, in a line."""
    people = counted(piece["people"], "person", "people") if piece["people"] else ""
    return ", ".join(filter(None, (piece["on"], piece["unit"], people)))
