"""What every reader of Excel workbooks needs to know of their XML; and the rows of a sheet too large to be held."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.core.spreadsheets.archives import Archive

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
DATE_FORMATS = {14, 15, 16, 17, 22}
NOT_PATTERN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class Parts:
    """Where in the archive things lie, and the day from which the workbook counts. *sheets*: (name, path), if shown."""

    sheets: list[tuple[str, str]]
    strings: str | None
    styles: str | None
    theme: str | None
    first_day: datetime


def parts_of(archive: Archive) -> Parts:
    """:raises UnreadableFile: if the workbook's own part is missing or damaged"""
    part = archive.main_part("xl/workbook.xml")
    workbook = archive.xml(part)
    targets = archive.targets(part)
    paths = {kind: path for kind, path in targets.values() if path in archive.names}
    properties = workbook.find("workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    sheets = []
    for sheet in workbook.iter("sheet"):
        kind, path = targets.get(sheet.get("id", ""), ("", ""))
        if kind == "worksheet" and path in archive.names and sheet.get("state", "visible") == "visible":
            sheets.append((sheet.get("name", ""), path))
    return Parts(
        sheets,
        paths.get("sharedStrings"),
        paths.get("styles"),
        paths.get("theme"),
        datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30),  # noqa: DTZ001  a day in a sheet has no zone
    )


def is_date_format(number: int, written: Mapping[int, str]) -> bool:
    """Whether a number in that format is a day; *written* are the workbook's own formats."""
    if number in DATE_FORMATS:
        return True
    code = NOT_PATTERN.sub("", written.get(number, "")).lower()
    return "d" in code or "yy" in code or "mmm" in code


def number_as_text(raw: str, first_day: datetime | None) -> str:
    """A number as a reader sees it; with *first_day* it is a day, counted from there."""
    try:
        number = float(raw)
        if first_day is not None:
            return (first_day + timedelta(days=number)).date().isoformat()
        return str(int(number)) if number.is_integer() else f"{number:.10g}"
    except (ValueError, OverflowError):
        return raw


def column_number(letters: str) -> int:
    """“A” is 0, “AA” is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def whole(text: str | None, otherwise: int = -1) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise
