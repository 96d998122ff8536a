"""What a staff file may tell, and by which headings it is known."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hub.core.text import one_line

PUNCTUATION = re.compile(r"[^\w#]+")
LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a column may tell. *example* is a right value; *headings* are what such columns are called."""

    key: str
    label: str
    example: str
    headings: tuple[str, ...] = ()
    is_required: bool = False


_FIELDS = (
    Field("staff_id", "Staff number", "B10234", (
        "staff id", "staff no", "staff number", "employee id", "employee no", "employee number", "personnel number",
        "person number", "payroll number", "payroll no", "staff reference", "staff ref", "hr number",
    ), is_required=True),
    Field("name", "Name", "Maren Okafor", (
        "name", "preferred name", "full name", "display name", "known as", "employee name", "staff name",
    ), is_required=True),
    Field("email", "E-mail", "m.okafor@university.ac.uk", (
        "email", "e-mail", "email address", "e-mail address", "work email", "work e-mail", "mail", "university email",
    ), is_required=True),
    Field("job_title", "Job title", "Microscopy technician", (
        "job title", "title of post", "post title", "position", "position title", "role", "job", "post",
    )),
    Field("unit", "Unit", "School of Chemistry", (
        "unit", "department", "dept", "school", "school or department", "school department", "organisational unit",
        "org unit", "team", "service", "division",
    )),
    Field("faculty", "Faculty", "Faculty of Science", ("faculty", "college", "directorate", "faculty or college")),
    Field("campus", "Campus", "North campus", ("campus", "site", "location", "work location")),
    Field("manager_id", "Manager’s staff number", "B10017", (
        "manager id", "manager staff id", "manager staff number", "manager number", "manager no", "line manager id",
        "line manager staff number", "line manager number", "line manager no", "reports to", "supervisor id",
    )),
    Field("is_technician", "Technician", "Yes", (
        "technician", "technician flag", "is technician", "technical staff", "technical", "in remit",
    )),
    Field("left_on", "Last day", "31/07/2026", (
        "leaver date", "leaving date", "leave date", "date of leaving", "date left", "last day", "termination date",
    )),
    Field("job_family", "Job family", "Technical services", ("job family", "family", "staff group", "job group")),
    Field("grade", "Grade", "Grade 6", ("grade", "local grade", "pay grade", "band", "pay band")),
    Field("hesa_level", "HESA level", "K0", ("hesa level", "levels", "level", "hesa levels", "contract level")),
    Field("soc", "SOC code", "311", ("soc", "soc code", "soc2020", "soc 2020", "actsoc", "occupation code")),
    Field("terms", "Terms (TERMS)", "1", ("terms", "terms of employment", "contract type", "contract terms")),
    Field("mode", "Mode (MOEMP)", "1", ("moemp", "mode of employment", "mode", "full time part time", "ft pt")),
    Field("fte", "FTE", "0.8", ("fte", "contract fte", "confte", "full time equivalent")),
    Field("starts_on", "Contract starts", "01/09/2023", (
        "contract start", "contract start date", "start date", "startcon", "starts on", "date started",
    )),
    Field("ends_on", "Contract ends", "31/08/2026", (
        "contract end", "contract end date", "end date", "endcon", "ends on", "expiry date",
    )),
)  # fmt: skip
FIELDS = {field.key: field for field in _FIELDS}
REQUIRED = tuple(field.key for field in _FIELDS if field.is_required)
OF_CONTRACTS = ("job_family", "grade", "hesa_level", "soc", "terms", "mode", "fte", "starts_on", "ends_on")


def plain(heading: str) -> str:
    """A heading as it is compared: small letters, no punctuation."""
    return " ".join(
        PUNCTUATION.sub(" ", heading.replace("_", " ").replace("’", "").replace("'", "").casefold()).split()
    )


_KNOWN = {plain(heading): field.key for field in _FIELDS for heading in (*field.headings, field.label, field.key)}


def shown(headings: Iterable[str]) -> list[str]:
    """Headings as they are kept and shown; a column without one is called by its number."""
    return [one_line(h)[:LONGEST_HEADING] or f"Column {n}" for n, h in enumerate(headings, start=1)]


def guess(headings: Iterable[str], remembered: Mapping[str, str]) -> list[str]:
    """What each column means, or an empty text: as somebody said before, else by its heading; nothing twice."""
    meanings: list[str] = []
    for heading in headings:
        key = plain(heading)
        meaning = remembered.get(key, _KNOWN.get(key, ""))
        meanings.append(meaning if meaning not in meanings else "")
    return meanings


def lacking(meanings: Iterable[str]) -> list[Field]:
    """What a file cannot be read without, and has not."""
    return [FIELDS[key] for key in REQUIRED if key not in set(meanings)]
