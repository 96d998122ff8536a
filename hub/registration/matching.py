"""Who should mentor whom: the cheapest assignment of a whole round, with the reasons. Plain rows in, pairs out.

The costs below are the whole opinion of the hub about a good pairing: a lead can argue over this page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a pair's cost, in points, and what it means."""

    points: int
    reason: str


SAME_REGISTER = Part(0, "knows the way to the same register")
SAME_HOLDER = Part(25, "knows another register of the same holder")
OTHER_REGISTER = Part(60, "knows other registers only")

SAME_BODY = Part(0, "knows the same body")
ANY_BODY = Part(0, "no body chosen yet")
OTHER_BODY = Part(10, "knows other bodies")

SAME_DISCIPLINE = Part(0, "works in the same discipline")
ANY_DISCIPLINE = Part(0, "any discipline suits")
OTHER_DISCIPLINE = Part(25, "works in another discipline")

SAME_CAMPUS = Part(0, "is on the same campus")
BY_VIDEO = Part(8, "is elsewhere, and meeting by video is fine")
OTHER_CAMPUS = Part(40, "is on another campus")

SAME_LANGUAGE = Part(0, "shares a language you asked for")
ANY_LANGUAGE = Part(0, "no other language asked for")
OTHER_LANGUAGE = Part(12, "does not speak the language you asked for")

EACH_MENTEE_MORE = 4  # so that work is spread: a mentor's second mentee costs this, the third twice this
NOBODY = 90  # the price of waiting for the next round: any dearer pair is left unmade
EACH_WEEK_WAITED = 1  # added to the price of waiting, so that the longest waiting come first …
MOST_WEEKS = 26  # … within reason


@dataclass(frozen=True, slots=True)
class Seeker:
    """A technician who waits for a mentor. *id* is the wish's."""

    id: int
    person_id: int
    manager_id: int | None
    register: str
    holder: str
    body: str | None = None
    disciplines: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    campus: str = ""
    remote: bool = True
    weeks_waited: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A mentor with *free* places besides the mentees they *have*. *id* is the mentor's."""

    id: int
    person_id: int
    manager_id: int | None
    registers: frozenset[str]
    holders: frozenset[str]
    bodies: frozenset[str] = frozenset()
    disciplines: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    campus: str = ""
    free: int = 1
    have: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """What was decided for one seeker: *offer_id* is ``None`` for those who wait for the next round."""

    seeker_id: int
    offer_id: int | None
    cost: int
    reasons: tuple[str, ...]


Failed = frozenset[tuple[int, int]]
"""Pairs of (mentor's person, mentee's person) that did not work before."""


def is_barred(seeker: Seeker, offer: Offer, failed: Failed) -> bool:
    """Never oneself, never line management in either direction, never a pairing that failed before."""
    return (
        seeker.person_id == offer.person_id
        or seeker.manager_id == offer.person_id
        or offer.manager_id == seeker.person_id
        or (offer.person_id, seeker.person_id) in failed
    )


def parts(seeker: Seeker, offer: Offer) -> tuple[Part, ...]:
    """What speaks for and against this pair, register first."""
    return (
        _register(seeker, offer),
        _body(seeker, offer),
        _discipline(seeker, offer),
        _campus(seeker, offer),
        _language(seeker, offer),
    )


def cost(seeker: Seeker, offer: Offer) -> int:
    return sum(part.points for part in parts(seeker, offer))


def waiting_cost(seeker: Seeker) -> int:
    return NOBODY + EACH_WEEK_WAITED * min(seeker.weeks_waited, MOST_WEEKS)


def _register(seeker: Seeker, offer: Offer) -> Part:
    if seeker.register in offer.registers:
        return SAME_REGISTER
    return SAME_HOLDER if seeker.holder in offer.holders else OTHER_REGISTER


def _body(seeker: Seeker, offer: Offer) -> Part:
    if seeker.body is None:
        return ANY_BODY
    return SAME_BODY if seeker.body in offer.bodies else OTHER_BODY


def _discipline(seeker: Seeker, offer: Offer) -> Part:
    if not seeker.disciplines:
        return ANY_DISCIPLINE
    return OTHER_DISCIPLINE if seeker.disciplines.isdisjoint(offer.disciplines) else SAME_DISCIPLINE


def _campus(seeker: Seeker, offer: Offer) -> Part:
    if seeker.campus == offer.campus:
        return SAME_CAMPUS
    return BY_VIDEO if seeker.remote else OTHER_CAMPUS


def _language(seeker: Seeker, offer: Offer) -> Part:
    if not seeker.languages:
        return ANY_LANGUAGE
    return OTHER_LANGUAGE if seeker.languages.isdisjoint(offer.languages) else SAME_LANGUAGE


def match(seekers: Sequence[Seeker], offers: Sequence[Offer], *, failed: Failed = frozenset()) -> list[Pair]:
    """The cheapest way to give each seeker one mentor, or nobody; no mentor gets more than their free places.

    Each free place is a column of its own, the later ones of one mentor a little dearer; each seeker has one more
    column for waiting. The sum of the chosen cells is the least there is.
    """
    if not seekers:
        return []
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 -- slow import

    places = list(_places(offers))
    rows, columns = linear_sum_assignment(_costs(seekers, places, failed))
    found = []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        offer, surcharge = places[column] if column < len(places) else (None, 0)
        found.append(_pair(seekers[row], offer, surcharge))
    return found


def _places(offers: Sequence[Offer]) -> Iterator[tuple[Offer, int]]:
    """Each free place with what it costs extra."""
    for offer in offers:
        for nth in range(offer.free):
            yield offer, EACH_MENTEE_MORE * (offer.have + nth)


def _costs(seekers: Sequence[Seeker], places: Sequence[tuple[Offer, int]], failed: Failed) -> list[list[float]]:
    never = float("inf")
    own = {offer.id: offer for offer, _ in places}
    rows = []
    for at, seeker in enumerate(seekers):
        base = {key: never if is_barred(seeker, offer, failed) else cost(seeker, offer) for key, offer in own.items()}
        waiting = [never] * len(seekers)
        waiting[at] = waiting_cost(seeker)
        rows.append([base[offer.id] + surcharge for offer, surcharge in places] + waiting)
    return rows


def _pair(seeker: Seeker, offer: Offer | None, surcharge: int) -> Pair:
    if offer is None:
        return Pair(seeker.id, None, waiting_cost(seeker), ("no free mentor fits well enough yet",))
    return Pair(seeker.id, offer.id, cost(seeker, offer) + surcharge, reasons(seeker, offer))


def reasons(seeker: Seeker, offer: Offer) -> tuple[str, ...]:
    """Why this pair, best first; what anybody would have matched is left unsaid."""
    said = [part for part in parts(seeker, offer) if part not in {ANY_BODY, ANY_DISCIPLINE, ANY_LANGUAGE}]
    return tuple(part.reason for part in sorted(said, key=lambda part: part.points))
