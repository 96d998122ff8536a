"""Who is too close to a nomination to judge it, from what the hub knows of people. A pure function."""

from dataclasses import dataclass

from hub.accounts.models import Person, UnitKind
from hub.awards.models import Nomination, Verdict


@dataclass(frozen=True, slots=True)
class Tie:
    """*blocks* hides the nomination from the judge; otherwise the chair is warned. *reason* is for the chair alone."""

    reason: str
    blocks: bool


def tie(judge: Person, nomination: Nomination) -> Tie | None:
    """The strongest tie of *judge* to a nomination: a blocking one before a warning.

    Nominees and nominator must be loaded, each with unit, and the judgements.
    """
    found = [*_declared(judge, nomination), *_of_nominator(judge, nomination)]
    for nominee in nomination.nominees:
        found += _of_nominee(judge, nominee.person)
    return next((t for t in found if t.blocks), found[0] if found else None)


def blocks(judge: Person, nomination: Nomination) -> bool:
    found = tie(judge, nomination)
    return found is not None and found.blocks


def _declared(judge: Person, nomination: Nomination) -> list[Tie]:
    own = nomination.judgement_of(judge)
    return [Tie(f"Declared: {own.reason}", blocks=True)] if own and own.verdict == Verdict.CONFLICT else []


def _of_nominator(judge: Person, nomination: Nomination) -> list[Tie]:
    nominator = nomination.nominator
    if nominator.id == judge.id:
        return [Tie("Wrote the nomination.", blocks=True)]
    if nominator.manager_id == judge.id:
        return [Tie(f"Manages {nominator.name}, who wrote the nomination.", blocks=False)]
    if judge.manager_id == nominator.id:
        return [Tie(f"Is managed by {nominator.name}, who wrote the nomination.", blocks=False)]
    return []


def _of_nominee(judge: Person, nominee: Person) -> list[Tie]:
    if nominee.id == judge.id:
        return [Tie("Is nominated.", blocks=True)]
    if nominee.manager_id == judge.id:
        return [Tie(f"Manages {nominee.name}.", blocks=True)]
    if judge.manager_id == nominee.id:
        return [Tie(f"Is managed by {nominee.name}.", blocks=True)]
    if judge.unit_id is None or judge.unit_id != nominee.unit_id:
        return []
    if nominee.unit is not None and nominee.unit.kind == UnitKind.TEAM:
        return [Tie(f"Is in the same team as {nominee.name}.", blocks=True)]
    return [Tie(f"Is in the same department as {nominee.name}.", blocks=False)]
