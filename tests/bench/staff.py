"""Bringing the staff list up to date with a file, as each night’s feed does: on the clock, in a process of its own."""

import csv
import io
import tempfile
from pathlib import Path

from tests.bench.harness import Measured, child, row

MOST_MEGABYTES = 300.0
MOST_SECONDS = 60.0
OF = 100_000  # rows to which both limits apply
HEADINGS = (
    *("Staff ID", "Preferred name", "E-mail", "Job title", "Department", "Faculty", "Campus", "Manager ID"),
    *("Technician", "Grade", "HESA level", "SOC", "TERMS", "MOEMP", "FTE", "Contract start"),
)
FEED = """
import os, time
from hub import create_app
from hub.accounts import services
from hub.cli.commands import main
from hub.core import schema
from hub.core.db import db, writing

with create_app("config.Config", serves=False).app_context():
    schema.upgrade()
    with writing():
        services.add_institution(name="Bench", short_name="Bench", email_domain="bench.example")
        db.session.commit()
start = time.perf_counter()
try:
    main(["staff", "import", os.environ["STAFF_FILE"]])
except SystemExit as end:
    assert not end.code
print(time.perf_counter() - start)
"""


def staff_file(people: int) -> str:
    """One contract for each of so many people, all of them new."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    for n in range(people):
        unit = n % 40
        who = (f"B{n}", f"Person{n % 977} Name{n // 977}", f"person{n}@bench.example", f"Technician {n % 50}")
        where = (f"School {unit}", f"Faculty {unit % 4}", "North", f"B{n // 10}" if n else "")
        writer.writerow([*who, *where, "Yes", "Grade 5", "J0", "311", "1", "1", "0.8", "01/09/2019"])
    return file.getvalue()


def _fed(people: int) -> tuple[float, float, float]:
    """Seconds on the clock and of the processor, and megabytes."""
    with tempfile.TemporaryDirectory() as var:
        path = Path(var) / "staff.csv"
        path.write_text(staff_file(people), encoding="utf-8")
        ended = child(FEED, HUB_VAR=var, STAFF_FILE=str(path), DATABASE_URL="")
    assert f"{people:,} join" in ended.lines[0]
    return float(ended.lines[2]), ended.seconds, ended.megabytes


@row("staff-import", target=1, sizes=(10_000,))
def staff_import(people: int) -> Measured:
    """The seconds that so many of a hundred thousand may take; memory beside it, which grows by less than the file."""
    seconds, processor, megabytes = _fed(people)
    held = {"processor s": processor, "MB": megabytes, "most MB": MOST_MEGABYTES}
    return Measured(seconds, MOST_SECONDS * people / OF, {"unit": "s", "rows": people} | held)
