"""Rows put together again to one record for each action: split cells joined, themes and merged cells filled down."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hub.plan.importing import columns, dates, themes, words
from hub.plan.importing.cleaning import shortened, without_bullet
from hub.plan.importing.grid import EMPTY, Cell, Row
from hub.plan.importing.sections import Section

PIECES = re.compile(r"[;\n]|,(?=\s*;)")
FEWEST_POINTS = 2
LOOSE_WORDS = {"due", "by", "deadline", "date", "timescale"}
SHORT_FIELDS = ("owner", "start", "due", "rag")
ENDED = (".", "!", "?", ":", ";")
OPEN_END = ("–", "—", "-", ":", ",", "(", "&")


@dataclass(slots=True)
class Theme:
    """What the theme cell over one or more actions says; grows when its rest comes a page later."""

    text: str = ""


@dataclass(slots=True)
class Record:
    """One action as the file has it: a text for each field, and where it stood."""

    place: str
    texts: dict[str, str]
    theme: Theme
    cells: list[Cell]
    ticked: list[str] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)

    def cell(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else EMPTY


@dataclass(slots=True)
class Reading:
    """How far down a section the reading is."""

    section: Section
    theme: Theme
    lower_case: bool = False
    last: Record | None = None
    above: dict[str, str] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read(section: Section) -> tuple[list[Record], list[str]]:
    """The records of a section, and sentences on what was left out of it."""
    reading = Reading(section, Theme(section.theme_title), _is_lower_case(section))
    for row in section.rows:
        if not row.cells:  # a theme that stood between two tables
            reading.theme, reading.last = Theme(row.place), None
        elif section.headings.is_matrix:
            reading.records.extend(_matrix_records(reading, row))
        elif row.texts and not _is_heading(reading, row):
            _take(reading, row)
    return [each for record in reading.records for each in _points(section, record)], reading.left_out


def _points(section: Section, record: Record) -> Iterator[Record]:
    """Several actions as the points of one cell; what stands beside them counts for each."""
    lines = record.texts.get(section.main, "").split("\n")
    if len(lines) < FEWEST_POINTS or any(without_bullet(line) == line for line in lines):
        yield record
        return
    for line in lines:
        texts = record.texts | {section.main: without_bullet(line)}
        guesses = [*record.guesses, "Each point of the cell was taken for an action."]
        yield replace(record, texts=texts, guesses=guesses)


def _is_heading(reading: Reading, row: Row) -> bool:
    """Whether a row is a heading within the table; a theme there is kept for the rows below."""
    if len(row.texts) != 1:
        return False
    column = next(column for column, cell in enumerate(row.cells) if cell.text)
    text = row.text(column)
    meaning = reading.section.headings.meanings[column]
    spans = row.cell(column + 1).beside
    told = themes.is_heading(text) if spans or meaning != "objective" else bool(themes.exactly(text))
    if told and (spans or meaning in {"objective", "ref", "theme", ""}):
        if not _theme_goes_on(reading.theme.text, text):
            reading.theme, reading.last = Theme(text), None
            return True
        return False
    if spans or meaning == "ref" or text.casefold().startswith(words.NOTES):
        reading.left_out.append(
            f"{row.place}: “{shortened(text)}” stands alone in its row and names no theme, left out."
        )
        reading.last = None
        if not words.ENDS_THEME.isdisjoint(text.casefold().split()):
            reading.theme = Theme()
        return True
    return False


def _take(reading: Reading, row: Row) -> None:
    """Adds a row to the action above or makes a new one of it."""
    texts = _texts(reading, row)
    split = _take_theme(reading, texts.pop("theme", ""))
    if not any(texts.values()):
        return
    if split is False:
        reading.last = None
    elif reading.last is not None and _goes_on(reading.last, reading, texts):
        _join(reading.last, texts)
        return
    record = Record(row.place, texts, reading.theme, row.cells, _ticked(reading.section, row))
    _fill_down(reading, row, record)
    reading.records.append(record)
    reading.last = record


def _texts(reading: Reading, row: Row) -> dict[str, str]:
    """Field -> text; several columns of one field are put together."""
    headings = reading.section.headings
    texts: dict[str, str] = {}
    for column, meaning in enumerate(headings.meanings):
        text = row.text(column)
        if meaning == "extra":
            meaning, text = "details", f"{headings.texts[column]}: {text}" if text else ""  # noqa: PLW2901
        if meaning in columns.WITH_DUE.values():
            for name, part in zip(meaning.split(" and "), _without_due(text), strict=True):
                texts[name] = "; ".join(each for each in (texts.get(name, ""), part) if each)
        elif meaning and ":" not in meaning:
            between = "; " if meaning == "owner" else "\n"
            texts[meaning] = between.join(part for part in (texts.get(meaning, ""), text) if part)
    return texts


def _without_due(text: str) -> tuple[str, str]:
    """What a cell says besides the day, and the day: “Head of Communications, by July 2025”, “July 2025 (Amber)”."""
    found = dates.find(text, bare_years=True)
    due = "; ".join(text[each.begin : each.end] for each in found)
    for each in reversed(found):
        text = text[: each.begin] + ";" + text[each.end :]
    parts = [part.strip(" .:()–—-") for part in PIECES.split(text)]
    times = [part for part in parts if part and part.casefold() in words.NO_DATE]
    rest = [part for part in parts if part and part.casefold() not in words.NO_DATE | LOOSE_WORDS]
    return "; ".join(rest), due or "; ".join(times)


def _take_theme(reading: Reading, text: str) -> bool | None:
    """Begins a theme or goes on with the one above; nothing said: None, went on: True, begun: False."""
    if not text:
        return None
    if _theme_goes_on(reading.theme.text, text):
        reading.theme.text = _joined(reading.theme.text, text)
        return True
    reading.theme = Theme(text)
    return False


def _theme_goes_on(before: str, text: str) -> bool:
    """Whether a theme cell is the rest of the one above, cut by the end of a page."""
    if not before:
        return False
    goes_on = text[0].islower() or text[0] in "(),&;"
    if goes_on and before.count("(") > before.count(")"):
        return True
    together = bool(themes.exactly(before + text))
    if themes.exactly(text):
        return together and not themes.read(before).themes
    if before.endswith(OPEN_END) or (goes_on and not before.endswith(ENDED)):
        return True
    return together and not themes.read(text).themes


def _goes_on(last: Record, reading: Reading, texts: dict[str, str]) -> bool:
    """Whether a row without a theme of its own is the rest of the action above."""
    if texts.get("ref"):
        return False
    main = reading.section.main
    flows = [name for name, text in texts.items() if name != main and _flows(last.texts.get(name, ""), text)]
    if not texts.get(main):
        if reading.section.headings.actions_in_details and texts.get("details"):
            return "details" in flows
        return bool(flows) or not any(texts.get(name) for name in SHORT_FIELDS)
    contradicts = any(
        texts.get(name) and last.texts.get(name) and name not in flows for name in ("start", "due", "rag")
    )
    return not reading.lower_case and not contradicts and _flows(last.texts.get(main, ""), texts[main])


def _flows(before: str, text: str) -> bool:
    """Whether *text* is the middle of a sentence that *before* has begun."""
    return bool(before and text) and not before.endswith(ENDED) and (text[0].islower() or text[0] in "),;&")


def _is_lower_case(section: Section) -> bool:
    """Whether this plan begins its actions with small letters, so that one says nothing about a split."""
    columns = section.headings.columns(section.main)
    written = [row.text(column) for row in section.rows for column in columns if row.text(column)]
    return sum(1 for text in written if text[0].islower()) * 2 > len(written)


def _join(record: Record, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if text:
            record.texts[name] = _joined(record.texts.get(name, ""), text)


def _joined(before: str, text: str) -> str:
    if not before:
        return text
    return f"{before} {text}" if _flows(before, text) or not before.endswith(ENDED) else f"{before}\n{text}"


def _fill_down(reading: Reading, row: Row, record: Record) -> None:
    """A merged cell counts for each row beside it; an objective left out is that of the action above."""
    headings = reading.section.headings
    for name in SHORT_FIELDS:
        if any(row.cell(column).under for column in headings.columns(name)) and not record.texts.get(name):
            record.texts[name] = reading.above.get(name, "")
    main = reading.section.main
    if not record.texts.get(main) and reading.above.get(main) and reading.last is not None:
        record.texts[main] = reading.above[main]
        record.guesses.append("The objective is that of the row above.")
    reading.above.update({name: text for name, text in record.texts.items() if text})


def _ticked(section: Section, row: Row) -> list[str]:
    return [
        theme
        for column, theme in section.headings.theme_columns.items()
        if row.text(column).casefold().strip() not in words.NO_TICK
    ]


def _matrix_records(reading: Reading, row: Row) -> Iterator[Record]:
    """Where actions stand under their themes, each paragraph is one."""
    texts = _texts(reading, row)
    for column, theme in reading.section.headings.theme_columns.items():
        for line in row.text(column).split("\n"):
            if line:
                yield Record(row.place, {**texts, "objective": without_bullet(line)}, reading.theme, row.cells, [theme])
