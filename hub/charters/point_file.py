"""A charter's points as a file, as their list is exported."""

from dataclasses import dataclass

from hub.core.spreadsheets.tables import Problem, Record, Table
from hub.core.text import is_visible, one_line

LONGEST_NUMBER, LONGEST_TOPIC, LONGEST_WORDING = 12, 200, 20_000
POINTS = Table(
    whole="a charter",
    asked="Number, Topic, Official wording",
    needed=("number", "topic"),
    columns={
        "number": ("number", "no", "no.", "reference"),
        "topic": ("topic", "point"),
        "wording": ("official wording", "wording"),
    },
    most=500,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One point of the file; without a *wording* if the file has no such column."""

    number: str
    topic: str
    wording: str | None


def read(content: bytes) -> tuple[list[Line], list[Problem]]:
    """Every point, and everything that is wrong.

    :raises UnreadableFile: if it is no such list at all
    """
    return POINTS.read(content, _line)


def _line(record: Record) -> Line | str:
    number, topic, wording = one_line(record["number"]), one_line(record["topic"]), record.get("wording")
    if not is_visible(number) or len(number) > LONGEST_NUMBER:
        return f"a point needs a number of at most {LONGEST_NUMBER} characters, such as 4 or 4.2."
    if not is_visible(topic) or len(topic) > LONGEST_TOPIC:
        return f"a point needs a topic of at most {LONGEST_TOPIC} characters, such as Fair credit."
    if len(wording or "") > LONGEST_WORDING:
        return f"an official wording has at most {LONGEST_WORDING:,} characters."
    return Line(number, topic, wording)
