"""Which rows of a file belong to a plan, and under which headings they stand."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from hub.plan.importing import columns, dates, status, themes
from hub.plan.importing.columns import Headings
from hub.plan.importing.grid import Cell, Row, Table

SURE_HEADINGS = 2
FEWEST_LABELS = 3
LONGEST_STATUS = 30
NUMBERS = re.compile(r"(?:nos?\.? )?[0-9]+(?:(?:, ?| ?[–-] ?)[0-9]+)*|none", re.IGNORECASE)
REFERENCE = re.compile(r"[A-Z]{0,2}[-. ]?[0-9]{1,3}(?:\.[0-9]{1,3})*[a-z]?")


@dataclass(slots=True)
class Section:
    """Rows under one set of headings; *theme_title* is the theme announced above the table, if any.

    *begins* is the first day of the plan, where a title says so.
    """

    name: str
    headings: Headings
    theme_title: str = ""
    rows: list[Row] = field(default_factory=list)
    theme_explains: bool = False
    begins: date | None = None
    listed: bool = False

    @property
    def main(self) -> str:
        """The field that every action has: its objective, or its progress where themes stand in place of objectives."""
        return "progress" if self.theme_explains else "objective"


def read(tables: list[Table]) -> list[Section]:
    """The sections that hold a plan, without tables of other kinds."""
    sections: list[Section] = []
    for table in map(_upright, tables):
        if table.listed and sections:
            continue
        open_section = _continued(sections[-1] if sections else None, table)
        sections.extend(_of_table(table, open_section))
    begins: date | None = None
    for section in sections:
        begins = section.begins = section.begins or begins
    for section in sections:
        _settle_by_content(section)
    return _without_explanations(sections)


def _continued(last: Section | None, table: Table) -> Section | None:
    """The section that a table goes on with, when it stands right below it or only a theme stands between."""
    if last is None or table.width != len(last.headings.texts):
        return None
    announced = themes.exactly(table.titles[0]) if table.titles else []
    if not table.follows and not announced:
        return None
    if any(columns.read(row) for row in table.rows[:1]) and not columns.repeats(last.headings, table.rows[0]):
        return None
    if announced and not table.follows:
        last.rows.append(Row([], table.titles[0]))
    return last


def _of_table(table: Table, section: Section | None) -> Iterator[Section]:
    """Walks down a table, opening a section at each row of headings."""
    above: list[str] = []
    skip = 0
    for position, row in enumerate(table.rows):
        if skip:
            skip -= 1
            continue
        if section is not None and columns.repeats(section.headings, row):
            continue
        below = table.rows[position + 1] if position + 1 < len(table.rows) else None
        headings = columns.read(row, below)
        if headings is not None and (section is None or _is_sure(headings, row)):
            titles = [*above, *table.titles]
            begins = next((day for day in map(dates.beginning, titles) if day), None)
            section = Section(table.name, headings, _theme_title(titles), begins=begins, listed=table.listed)
            skip = headings.lines - 1
            yield section
        elif section is not None:
            title = _is_title(section, row, below)
            section.rows.append(Row([Cell(row.texts[0]), Cell(beside=True)], row.place) if title else row)
        else:
            above = row.texts[:1] + above


def _upright(table: Table) -> Table:
    """A form whose labels stand at the left of what they name, turned so that they stand above it."""
    labels = [columns.reading_of(row.text(0)) for row in table.rows]
    named = {meaning for meaning, exact in labels if exact and meaning}
    if "objective" not in named or len(named) < FEWEST_LABELS or any(columns.read(row) for row in table.rows):
        return table
    turned = replace(table, rows=[])
    for column in range(table.width):
        cells = [row.cell(column) for row in table.rows]
        if any(cell.text for cell in cells):
            turned.rows.append(Row(cells, table.name if column else ""))
    return turned


def _is_sure(headings: Headings, row: Row) -> bool:
    return headings.exact >= SURE_HEADINGS and headings.exact == len(row.texts)


def _is_title(section: Section, row: Row, below: Row | None) -> bool:
    """Whether a row only says what the headings repeated right below it are about."""
    alone = len(row.texts) == 1 and not themes.exactly(row.texts[0])
    return alone and below is not None and columns.repeats(section.headings, below)


def _theme_title(titles: list[str]) -> str:
    return next((title for title in titles if themes.is_heading(title)), "")


def _settle_by_content(section: Section) -> None:
    """Where headings leave it open, what stands in a column says what it means."""
    headings = section.headings
    headings.texts += [""] * (max((len(row.cells) for row in section.rows), default=0) - len(headings.texts))
    headings.meanings += [""] * (len(headings.texts) - len(headings.meanings))
    for column in headings.columns("impact"):
        if _is_count(section.rows, column):
            headings.meanings[column] = ""
    if not headings.theme_columns:
        _settle_themes(section)
    if not headings.columns("rag"):
        for column in headings.columns("") + headings.columns("progress"):
            if _is_status(section.rows, column):
                headings.meanings[column] = "rag"
                break


def _settle_themes(section: Section) -> None:
    meanings = section.headings.meanings
    named = section.headings.columns("theme")
    if named:
        naming = [column for column in named if _theme_share(section.rows, column) > 0]
        for column in named:
            if column not in naming and (naming or section.theme_title):
                meanings[column] = "extra"
        return
    for column in section.headings.columns("") + section.headings.columns("extra"):
        if _theme_share(section.rows, column) * 2 >= 1:
            meanings[column] = "theme"
            return
    objective = section.headings.columns("objective")
    if objective and _theme_share(section.rows, objective[0]) * 2 >= 1:
        meanings[objective[0]] = "theme"
        details = section.headings.columns("details")
        if details:
            meanings[details[0]] = "objective"
        else:
            section.theme_explains = True


def _theme_share(rows: list[Row], column: int) -> float:
    """How many of the written cells of a column name a theme, between 0 and 1."""
    written = [row.text(column) for row in rows if row.text(column) and len(row.texts) > 1]
    return sum(1 for text in written if themes.exactly(text)) / len(written) if written else 0


def _is_count(rows: list[Row], column: int) -> bool:
    """Whether only numbers stand in a column: how many pieces of evidence there are, or under which numbers."""
    written = [row.text(column) for row in rows if row.text(column)]
    return bool(written) and all(NUMBERS.fullmatch(text) for text in written)


def _is_status(rows: list[Row], column: int) -> bool:
    written = [row.text(column) for row in rows if row.text(column)]
    return bool(written) and all(len(text) <= LONGEST_STATUS and status.read(text).rag for text in written)


def _without_explanations(sections: list[Section]) -> list[Section]:
    """Leaves out tables that only say what each theme means, when there is a plan beside them, or only refer to it."""
    plans = [section for section in sections if not _only_explains(section)]
    references = {text for section in plans for text in _written(section, "ref")}
    return [section for section in plans or sections if not _only_refers(section, references)]


def _only_refers(section: Section, references: set[str]) -> bool:
    """Whether its actions are only named by their numbers, as where evidence is listed for them."""
    written = _written(section, "objective")
    return bool(written) and all(text in references or REFERENCE.fullmatch(text) for text in written)


def _written(section: Section, meaning: str) -> list[str]:
    columns_of_it = section.headings.columns(meaning)
    return [row.text(column) for row in section.rows for column in columns_of_it if row.text(column)]


def _only_explains(section: Section) -> bool:
    if section.headings.distinct - {"theme", "objective", "details"} or not section.headings.columns("theme"):
        return False
    column = section.headings.columns("theme")[0]
    named = Counter(theme for row in section.rows for theme in themes.exactly(row.text(column)))
    return bool(named) and max(named.values()) == 1 and len(section.rows) == sum(named.values())
