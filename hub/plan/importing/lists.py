"""Plans without a table: lines in lists, below the themes that they serve, become a table of their own."""

import re
from collections import Counter
from dataclasses import dataclass, field

from hub.plan.importing import columns, dates, themes
from hub.plan.importing.cleaning import BULLETS, clean
from hub.plan.importing.grid import Cell, Line, Row, Table, refuse_size

HEADINGS = {
    "ref": "Number", "theme": "Theme", "objective": "Action", "details": "Details", "owner": "Lead", "start": "Start",
    "due": "Deadline", "impact": "Success measure", "rag": "Status", "progress": "Progress",
}  # fmt: skip
NUMBER = r"[A-Z]{0,2}[0-9]{1,3}(?:\.[0-9]{1,3})*"
MARK = re.compile(
    rf"(?:(?:Action|Objective)\s+)?(?P<number>{NUMBER})(?:[.):]+\s+|\s+(?=[A-Z]))(?=\S)"
    rf"|(?P<letter>\(?(?:[a-z]|[ivx]{{2,4}})[.)])\s+(?=\S)|[{re.escape(BULLETS)}]\s+(?=\S)"
)
LABEL = re.compile(r"(?:^|(?<=[(;,.|\n–-]))\s*(?P<label>[A-Za-z][A-Za-z /&]{1,28}?)\s*:\s+")
EDGES = " \n\t;,|([–—-"
FEWEST = 2


@dataclass(slots=True)
class _Item:
    """One action in the making."""

    place: str
    level: int
    texts: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, text: str) -> None:
        self.texts[name] = "\n".join(part for part in (self.texts.get(name, ""), text) if part)


def line(text: str, place: str, level: int | None = None) -> Line:
    """A line with the number or bullet that was typed before it taken off; *level* where the file itself says it."""
    plain = clean(text)
    match = MARK.match(plain)
    if match is None or themes.exactly(plain):
        return Line(plain, place, level)
    indented = len(text.expandtabs(4)) - len(text.expandtabs(4).lstrip()) > 1
    typed = 1 if indented or match["letter"] else 0
    return Line(plain[match.end() :], place, typed if level is None else level, match["number"] or "")


def table(lines: list[Line]) -> Table | None:
    """The actions in lists below themes, as a table; nothing if there are no such lists.

    :raises UnreadableFile: if there are more of them than a plan ever has
    """
    reading = _Reading()
    for each in lines:
        reading.take(each)
    return _as_table(reading.items, reading.titles) if len(reading.items) >= FEWEST else None


@dataclass(slots=True)
class _Reading:
    """How far down the lines the reading is: below which theme, and in which year of the plan."""

    theme: str = ""
    due: str = ""
    year_in_theme: bool = False
    last: _Item | None = None
    items: list[_Item] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def take(self, each: Line) -> None:
        if themes.exactly(each.text) or (each.level is None and themes.is_heading(each.text)):
            self.theme, self.last = each.text, None
            self.due = "" if self.year_in_theme else self.due
        elif each.level is None and _is_period(each.text):
            self.due, self.last, self.year_in_theme = each.text, None, bool(self.theme)
        elif not self.theme:
            self.titles.insert(0, each.text)
        elif self.last is not None and (each.level is None or each.level > self.last.level):
            self.last = self.last if _take(self.last, each) else None
        elif each.level is not None:
            self._begin(each, each.level)

    def _begin(self, each: Line, level: int) -> None:
        self.last = _Item(each.place, level, {"theme": self.theme, "ref": each.number})
        _spread(self.last, each.text, "objective")
        if not dates.find(each.text):
            self.last.texts["due"] = self.due or self.last.texts.get("due", "")
        self.items.append(self.last)
        refuse_size(len(self.items), len(HEADINGS))


def _is_period(text: str) -> bool:
    return len(text) <= columns.LONGEST_HEADING and bool(dates.whole(text) or dates.PLAN_YEARS.match(text))


def _take(item: _Item, each: Line) -> bool:
    """Adds a line below an action to it, if it is a point of its own list or says which field it is."""
    labelled = LABEL.match(each.text)
    known = bool(labelled and _field(labelled["label"]))
    if each.level is None and not known:
        return False
    _spread(item, each.text, "details")
    return True


def _spread(item: _Item, text: str, name: str) -> None:
    """Parts a text at the labels in it: “Map careers (Lead: HR; Deadline: July 2025)”."""
    begin = 0
    for match in LABEL.finditer(text):
        meaning = _field(match["label"])
        if meaning:
            item.add(name, text[begin : match.start()].rstrip(EDGES + ("." if begin else "")))
            name, begin = meaning, match.end()
    rest = text[begin:].strip()
    item.add(name, rest.rstrip(EDGES + ".)") if begin else rest)


def _field(label: str) -> str:
    meaning, exact = columns.reading_of(label)
    return meaning if exact and meaning in HEADINGS and meaning not in {"theme", "objective", "ref"} else ""


def _as_table(items: list[_Item], titles: list[str]) -> Table:
    numbers = Counter(item.texts["ref"] for item in items)
    if any(count > 1 for number, count in numbers.items() if number):  # each theme counts from one
        for item in items:
            item.texts["ref"] = ""
    used = [name for name in HEADINGS if any(item.texts.get(name) for item in items)]
    made = Table("List", titles=titles, listed=True)
    made.rows.append(Row([Cell(HEADINGS[name]) for name in used], ""))
    for item in items:
        made.rows.append(Row([Cell(item.texts.get(name, "")) for name in used], item.place))
    return made
