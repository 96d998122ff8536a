"""Staff files of every shape, and the hub brought up to date with one."""

import csv
import io
from datetime import timedelta

import xlsxwriter

from hub.accounts import queries as accounts
from hub.accounts.models import Person
from hub.core import storage
from hub.core.clock import now
from hub.core.db import db
from hub.workforce import queries, services
from hub.workforce.models import UNDER_WAY, Finding, Sort, StaffImport, Stage
from hub.workforce.services import sending

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


def at_stage(stage: Stage, actor: Person) -> StaffImport:
    """A file as the work on it left it, or is at it; unlike one that is sent, it takes no other's place."""
    content = csv_of(row(1, preferred_name="Ana Ash"))
    file = storage.keep_checked(storage.Checked(content, "csv", "text/csv"), f"{stage}.csv", owner=actor)
    own = {"institution_id": actor.institution_id}
    read = StaffImport(**own, owner_id=actor.id, file=file, file_name=file.name, stage=stage)
    if stage in UNDER_WAY:
        read.taken_until = now() + timedelta(days=9_999)  # by a process that no job of these tests starts once more
    db.session.add(read)
    db.session.flush()
    if stage != Stage.WAITING:
        told = (("Staff ID", "N1", "staff_id"), ("Name", "Ana Ash", "name"), ("E-mail", "ana@north.example", "email"))
        read.columns = [{"heading": h, "key": h.casefold(), "example": e, "meaning": m} for h, e, m in told]
        read.counts = dict.fromkeys(("leaves", "managers", "units", "notes", "changes", "errors"), 0)
        read.counts |= {"joins": 1, "missing": 1, "rows": 1, "people_before": 4}
        for sort, who in ((Sort.JOINS, "Ana Ash"), (Sort.MISSING, "Ben Ash")):
            db.session.add(Finding(**own, import_id=read.id, sort=sort, row=2, who=who, what="Technician"))
    if stage in {Stage.FAILED, Stage.DISCARDED, Stage.DONE}:
        sending.drop_file(read)
    if stage == Stage.FAILED:
        read.trouble = "There is no table in the file."
    db.session.flush()
    return read


def fresh(person: Person) -> Person:
    """*person* as a request would have them: a new transaction knows nobody yet."""
    return accounts.person(person.id)


def lines(read: StaffImport, sort: Sort) -> list[tuple[int | None, str, str]]:
    """What the file's page tells: row, column or name, in words."""
    found = db.session.scalars(queries.findings(read.id).where(Finding.sort == sort).order_by(Finding.id))
    return [(one.row, one.column or one.who, one.what) for one in found]
