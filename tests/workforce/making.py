"""Staff files of every shape, and the hub brought up to date with one."""

import csv
import io

import xlsxwriter

from hub.accounts import queries as accounts
from hub.accounts.models import Person
from hub.core.db import db
from hub.workforce import queries, services
from hub.workforce.models import Finding, Sort, StaffImport

HEADINGS = ["Staff ID", "Preferred name", "E-mail", "Job title", "Department", "Manager ID", "Leaver date"]


def row(number: int, **given: str) -> dict[str, str]:
    """Somebody as a row; *given* by heading, spaces and hyphens as underscores, small letters."""
    usual = {"staff_id": f"N{number}", "preferred_name": f"Person {number}", "e_mail": f"p{number}@north.example"}
    return usual | given


def text_of(*rows: dict[str, str], headings: list[str] = HEADINGS, delimiter: str = ",", end: str = "\r\n") -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    writer.writerow(headings)
    writer.writerows([[one.get(key(heading), "") for heading in headings] for one in rows])
    return file.getvalue()


def key(heading: str) -> str:
    return heading.casefold().replace(" ", "_").replace("-", "_")


def csv_of(*rows: dict[str, str], **how: object) -> bytes:
    return text_of(*rows, **how).encode()


def workbook(write) -> bytes:
    """An .xlsx whose one sheet *write*(book, sheet) fills."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    write(book, book.add_worksheet("Staff"))
    book.close()
    return file.getvalue()


def sent(content: bytes, actor: Person, name: str = "staff.csv") -> StaffImport:
    """Sent, and worked on as the child process does."""
    read = services.send(content, name, actor=fresh(actor))
    db.session.commit()
    return worked(read)


def worked(read: StaffImport) -> StaffImport:
    services.work()
    return again(read)


def again(read: StaffImport) -> StaffImport:
    db.session.expire_all()
    return queries.staff_import(read.id)


def stored(content: bytes, actor: Person, *, missing_leave: bool = False) -> StaffImport:
    read = sent(content, actor)
    services.confirm(read, missing_leave=missing_leave, has_looked=True, actor=fresh(actor))
    db.session.commit()
    return worked(read)


def fresh(person: Person) -> Person:
    """*person* as a request would have them: a new transaction knows nobody yet."""
    return accounts.person(person.id)


def lines(read: StaffImport, sort: Sort) -> list[tuple[int | None, str, str]]:
    """What the file's page tells: row, column or name, in words."""
    found = db.session.scalars(queries.findings(read.id).where(Finding.sort == sort).order_by(Finding.id))
    return [(one.row, one.column or one.who, one.what) for one in found]
