"""“Which letters could I get?”: three questions, a few registers, nothing stored."""

from typing import NamedTuple

from hub.registration.registers import Register, all_registers

FIELDS = {
    "science": "Science: laboratories, samples, instruments, animals",
    "engineering": "Engineering: workshops, rigs, electronics, buildings",
    "it": "Computers, networks and data",
    "arts": "Arts, design, media and craft",
    "teaching": "Mostly teaching and supporting learners",
}
EXPERIENCE = {
    "new": "A year or two",
    "practised": "Several years; I choose how a job is done",
    "senior": "Many years; I lead others or decide with incomplete information",
}
TEACHES = {"yes": "Yes, regularly", "no": "No, or seldom"}

RANKS = {"new": (1,), "practised": (2, 1), "senior": (3, 2)}


class Suggestion(NamedTuple):
    register: Register
    why: str


def suggestions(field: str, experience: str, teaches: str) -> list[Suggestion]:
    """The registers that fit, the likeliest first."""
    likely = {rank: place for place, rank in enumerate(RANKS[experience])}
    of_field = [register for register in all_registers().values() if register.field == field]
    fitting = [register for register in of_field if register.rank in likely] or of_field
    fitting.sort(key=lambda r: likely.get(r.rank, 9))
    found = [
        Suggestion(r, "Fits your work and experience" if not n else "Also possible") for n, r in enumerate(fitting)
    ]
    if teaches == "yes" and field != "teaching":
        fellow = all_registers()["fhea" if experience == "senior" else "afhea"]
        found.append(Suggestion(fellow, "Because you teach or support learning"))
    return found
