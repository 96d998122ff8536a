"""A frozen piece as it is read today: with its words, or with the line that stands in their place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.core.words import counted, day
from hub.packs.models import Pack, PackPiece
from hub.packs.queries import Became, Corrected, Gone


@dataclass(frozen=True, slots=True)
class Shown:
    """Empty apart from its number and *gone* if it may be sent no longer; *corrected*: what it says today instead."""

    n: int
    gone: str = ""
    corrected: str = ""
    title: str = ""
    claim: str = ""
    words: str = ""  # unless the title says the same
    source: str = ""
    unit: str = ""
    on: str = ""
    people: int = 0
    proof: str = ""
    file: str = ""
    file_sha256: str = ""
    sha256: str = ""  # of the piece: proves a gone one, too


def shown(piece: PackPiece, became: Became | None) -> Shown:
    if isinstance(became, Gone):
        since = day(became.since, weekday=False)
        return Shown(n=piece.n, gone=f"Withdrawn on {since}. {became.why.label}.", sha256=piece.sha256)
    file = piece.version.file if piece.version else None
    return Shown(
        n=piece.n,
        corrected=_in_words(became) if became else "",
        title=piece.title,
        claim=piece.claim,
        words="" if piece.words == piece.title else piece.words,
        source=piece.source,
        unit=piece.unit,
        on=day(piece.happened_on, weekday=False),
        people=piece.people,
        proof=piece.proof,
        file=file.name if file else "",
        file_sha256=file.sha256 if file else "",
        sha256=piece.sha256,
    )


def _in_words(corrected: Corrected) -> str:
    before, after = corrected.before, corrected.after
    pairs = [
        (f"“{before.title}”", f"“{after.title}”"),
        _figures(before.claim, after.claim),
        (day(before.happened_on, weekday=False), day(after.happened_on, weekday=False)),
        (before.unit or "no unit", after.unit or "no unit"),
    ]
    if before.claim == after.claim:
        pairs.append((counted(before.people, "person", "people"), counted(after.people, "person", "people")))
    changes = [f"was {was}, is {now}" for was, now in pairs if was != now]
    if (before.words, before.source) != (after.words, after.source):
        changes.append("its words are others now")
    on = f", on {day(corrected.on, weekday=False)}" if corrected.on else ""
    return f"Corrected since{on}: {'; '.join(changes)}."


def _figures(before: str, after: str) -> tuple[str, str]:
    """The clauses of two claims that are not the same."""
    was, now = (claim.removesuffix(".").split(", ") for claim in (before, after))
    if len(was) == len(now):
        unlike = [at for at, (one, other) in enumerate(zip(was, now, strict=True)) if one != other]
        was, now = ([clauses[at] for at in unlike] for clauses in (was, now))
    quoted = (f"“{', '.join(clauses)}”" if any(clauses) else "without a figure" for clauses in (was, now))
    return next(quoted), next(quoted)


def headings(pack: Pack) -> dict[int, str]:
    """Number → the heading that it stands under first."""
    return {n: section["heading"] for section in reversed(pack.sections) for n in section["numbers"]}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it; *over* only where a larger part begins."""

    over: str
    heading: str
    pieces: Sequence[Shown]  # that stand here in full
    again: Sequence[int]  # numbers that stand in full further up


def parts(pack: Pack, pieces: Sequence[PackPiece], became: Mapping[int, Became]) -> Iterator[Part]:
    by_number = {piece.n: shown(piece, became.get(piece.id)) for piece in pieces}
    over, told = "", set[int]()
    for section in pack.sections:
        numbers = section["numbers"]
        yield Part(
            over="" if section["over"] == over else section["over"],
            heading=section["heading"],
            pieces=[by_number[n] for n in numbers if n not in told],
            again=[n for n in numbers if n in told],
        )
        over = section["over"]
        told |= set(numbers)


def no_longer(became: Mapping[int, Became]) -> list[int]:
    """The numbers of those that may be sent no longer."""
    return sorted(one.n for one in became.values() if isinstance(one, Gone))


def corrected(became: Mapping[int, Became]) -> list[int]:
    """The numbers of those that say something else today."""
    return sorted(one.n for one in became.values() if isinstance(one, Corrected))


def facts(pack: Pack) -> dict[str, Any]:
    """What is said of a pack before its pieces."""
    return {
        "name": pack.name,
        "plan": pack.plan.name,
        "audience": pack.audience.label,
        "frozen": day(pack.frozen_at.date(), weekday=False),
        "sha256": pack.sha256,
    }
