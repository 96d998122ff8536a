"""What a cell of a staff file means, told by its column; a wrong one says what is wrong with it."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from hub.core.text import is_visible, one_line

LONGEST = {"staff_id": 40, "name": 150, "email": 254, "job_title": 150, "unit": 150, "faculty": 150, "manager_id": 40}
LONGEST_OTHER = 80
EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
EMAIL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+")
YES, NO = frozenset({"yes", "y", "true", "t", "1", "x", "✓", "✔"}), frozenset({"no", "n", "false", "f", "0", "", "-"})
DAYS = (
    "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y", "%Y%m%d",
    "%d/%m/%y", "%d.%m.%y", "%d-%b-%y", "%d %b %y", "%Y/%m/%d", "%B %d %Y", "%b %d %Y",
)  # fmt: skip
AFTER_DAY = re.compile(r"[T ]00:00(:00(\.0+)?)?Z?$")
WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thur?s?|fri|sat(ur)?|sun)(day)?\.?,? ", re.IGNORECASE)
ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
SERIAL = re.compile(r"[1-7]\d{4}(\.0+)?")
DAY_ZERO = date(1899, 12, 30)  # from which spreadsheets count
EARLIEST, LATEST = date(1930, 1, 1), date(2100, 1, 1)
LEVELS = frozenset("A0 B0 C1 C2 D1 D2 D3 E1 E2 F1 F2 I0 J0 K0 L0 M0 N0 O0 P0".split())  # noqa: SIM905 -- codes
TERMS = {
    "1": "1", "open-ended": "1", "open ended": "1", "permanent": "1", "indefinite": "1",
    "2": "2", "fixed-term": "2", "fixed term": "2", "temporary": "2", "3": "3", "atypical": "3",
}  # fmt: skip
MODES = {str(n): str(n) for n in range(1, 7)} | {
    "full-time": "1", "full time": "1", "ft": "1", "part-time": "3", "part time": "3", "pt": "3", "dormant": "6",
}  # fmt: skip


class Wrong(Exception):
    """The cell cannot mean anything; ``str`` of it is a sentence without the cell's own words."""


def cleaned(cell: str) -> str:
    """On one line, without what nobody sees."""
    return " ".join(cell.split()) if cell.isascii() and cell.isprintable() else one_line(cell)


def text(key: str) -> Callable[[str], str]:
    """:raises Wrong: from the reader it gives, if a cell is too long, invisible, or a formula"""
    longest = LONGEST.get(key, LONGEST_OTHER)

    def read(cell: str) -> str:
        if cell[:1] == "=" or cell in EXCEL_ERRORS:
            raise Wrong("This is a formula or its error, not a value. Paste values only and save the file again.")
        if len(cell) > longest:
            raise Wrong(f"This has {len(cell):,} characters; {longest} is the most.")
        if cell and not cell.isascii() and not is_visible(cell):
            raise Wrong("There is nothing here that a reader could see.")
        return cell

    return read


def email(cell: str) -> str:
    address = text("email")(cell).lower()
    if address and not EMAIL.fullmatch(address):
        raise Wrong("This is not an e-mail address.")
    return address


def yes_or_no(cell: str) -> bool:
    answer = text("")(cell).casefold()
    if answer not in YES | NO:
        raise Wrong("This is neither yes nor no.")
    return answer in YES


def day(cell: str) -> date | None:
    """A day as a spreadsheet counts it, or as people in Britain write it."""
    written = AFTER_DAY.sub("", text("")(cell))
    if not written:
        return None
    found = _day(ORDINAL.sub("", WEEKDAY.sub("", written)).replace(",", " "))
    if found is None or not EARLIEST <= found < LATEST:
        raise Wrong("This is not a day: write day, month and year.")
    return found


def _day(written: str) -> date | None:
    if SERIAL.fullmatch(written):
        return DAY_ZERO + timedelta(days=int(float(written)))
    spaced = " ".join(written.split())
    for form in DAYS:
        with suppress(ValueError):
            return datetime.strptime(spaced, form).date()  # noqa: DTZ007 -- a day has no zone
    return None


def thousandths(cell: str) -> int | None:
    """A full-time equivalent: 0.8, 0,8 or 80%."""
    written = text("")(cell)
    if not written:
        return None
    try:
        number = float(written.rstrip("% ").replace(",", ".")) / (100 if written.endswith("%") else 1)
    except ValueError:
        number = -1
    if not 0 <= number <= 2:
        raise Wrong("A full-time equivalent lies between 0 and 2.")
    return round(number * 1000)


def level(cell: str) -> str:
    code = text("")(cell).upper()
    if code and code not in LEVELS:
        raise Wrong("This is not a code of HESA’s LEVELS.")
    return code


def soc(cell: str) -> str:
    code = text("")(cell)
    if code and not (code.isascii() and code.isdigit() and len(code) <= 4):
        raise Wrong("A SOC code has one to four digits.")
    return code


def coded(codes: dict[str, str], what: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        written = text("")(cell).casefold()
        if written and written not in codes:
            raise Wrong(f"This is not a code of HESA’s {what}.")
        return codes.get(written, "")

    return read


READERS: dict[str, Callable[[str], Any]] = {
    "email": email,
    "is_technician": yes_or_no,
    "left_on": day,
    "starts_on": day,
    "ends_on": day,
    "fte": thousandths,
    "hesa_level": level,
    "soc": soc,
    "terms": coded(TERMS, "TERMS"),
    "mode": coded(MODES, "MOEMP"),
}


def reader(key: str) -> Callable[[str], Any]:
    return READERS.get(key) or text(key)
