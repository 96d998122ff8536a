"""``python -m hub …`` as somebody types it: what it prints where, and its exit status."""

import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import docx
import pytest
import xlsxwriter
from click.testing import CliRunner
from sqlalchemy import delete, select

from hub.cli import checks, main
from hub.core import storage
from hub.core.audit import JournalEntry
from hub.core.clock import today
from hub.core.db import db
from hub.core.themes import Theme
from hub.core.unit import unit_of_work
from hub.evidence import services as evidence
from hub.evidence.models import Entry, Item, Total
from hub.plan.models import Placement
from tests import factories
from tests.fund.making import PDF
from tests.journeys.acting import HEADINGS, plan_on_paper, rows_of_plan
from tests.rules.tree import ROOT
from tests.support.databases import empty_database
from tests.support.processes import run
from tests.support.running import KEY, looking_at

KEYS = {
    "ref", "themes", "objective", "details", "impact", "owner", "start", "due", "rag", "progress", "milestones",
    "targets",
}  # fmt: skip


@pytest.fixture
def var(tmp_path):
    return tmp_path / "var"


@pytest.fixture
def database(request, var):
    """The address of an empty database; SQLite's default when it is empty."""
    if request.config.getoption("database") == "sqlite":
        yield ""
        return
    with empty_database("postgresql", var) as address:
        yield address


@pytest.fixture
def hub(var, database):
    """Run a command on an installation of this test's own."""

    def command(*words, at=var, url=database):
        environment = {**os.environ, "HUB_VAR": str(at), "DATABASE_URL": url, "HUB_PRODUCTION": "0"}
        environment |= {"HUB_SECRET_KEY": KEY}
        return run("hub", *map(str, words), environment=environment)

    return command


def preview(file):
    """``python -m hub plan preview FILE --json`` without a database: there is no application that could ask one."""
    return CliRunner().invoke(main, ["plan", "preview", str(file), "--json"])


def as_workbook(rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Plan")
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    return out.getvalue()


def without_table():
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("The plan will follow.")
    document.save(out)
    return out.getvalue()


ROWS = [HEADINGS, *rows_of_plan(2026)]
PLANS = {
    "plan.docx": plan_on_paper(2026),
    "plan.xlsx": as_workbook(ROWS),
    "plan.txt": "\n".join("\t".join(row) for row in ROWS).encode(),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_is_printed_as_json(tmp_path, name):
    (tmp_path / name).write_bytes(PLANS[name])
    done = preview(tmp_path / name)
    assert (done.exit_code, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert set(found) == {"actions", "warnings"}
    assert [a["ref"] for a in found["actions"]] == ["V1", "V2", "R1", "R2", "C1", "C2", "S1"]
    assert {frozenset(a) for a in found["actions"]} == {frozenset(KEYS)}
    assert [a["themes"] for a in found["actions"]][4:6] == [["career_development"], ["career_development"]]
    counted = [(t["text"], t["value"], t["due"]) for t in found["actions"][2]["targets"]]
    assert counted == [("Number of staff registered", 3, "2027-08-31"), ("Number of staff registered", 6, "2028-08-31")]
    assert [m["due"] for m in found["actions"][0]["milestones"]] == ["2026-10-31", "2026-11-01"]


def test_a_plan_is_printed_the_same_as_somebody_types_it_and_nothing_is_stored(var, tmp_path):
    (tmp_path / "plan.docx").write_bytes(PLANS["plan.docx"])
    words = [sys.executable, "-m", "hub", "plan", "preview", str(tmp_path / "plan.docx"), "--json"]
    environment = {**os.environ, "HUB_VAR": str(var), "HUB_SECRET_KEY": KEY}
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == preview(tmp_path / "plan.docx").stdout
    assert not (var / "hub.sqlite3").exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.docx", b"", "empty"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("half.docx", PLANS["plan.docx"][:9000], "damaged"),
        ("large.docx", b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
        ("words.docx", without_table(), "No table"),
        ("nowhere.docx", None, "cannot be opened"),
    ],
)
def test_a_bad_file_is_one_line_on_standard_error(tmp_path, name, content, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = preview(tmp_path / name)
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert says in line


def test_a_database_is_migrated_and_then_everything_holds(hub):
    early = hub("check")
    assert early.returncode == 1
    assert "run python -m hub migrate" in early.stdout
    assert hub("migrate").returncode == 0
    assert hub("migrate").returncode == 0
    done = hub("check")
    assert (done.returncode, done.stdout) == (0, "Everything holds.\n")
    deployed = hub("check", "--deploy")
    assert deployed.returncode == 1
    assert "does not begin with https" in deployed.stdout


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////nowhere/at/all.sqlite3"])
def test_a_database_that_is_not_there_is_one_line_on_standard_error(hub, url):
    done = hub("check", url=url)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("The database that DATABASE_URL names cannot be used: ")


def test_several_processes_may_migrate_at_once(hub):
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _: hub("migrate"), range(3)))
    assert [(d.returncode, d.stdout) for d in done] == [(0, "")] * 3
    assert hub("check").returncode == 0


@pytest.fixture
def installation(var, request):
    """An installation on SQLite with a piece of evidence and its file."""
    if request.config.getoption("database") != "sqlite":
        pytest.skip("PostgreSQL is copied by its own programs")
    with looked_at(var), unit_of_work("test.fill"):
        lead = factories.lead()
        file = storage.keep(PDF, "letter.pdf", owner=lead)
        evidence.add_item(actor=lead, title="A letter", theme=Theme.VISIBILITY, happened_on=today(), file=file)
    return var


def looked_at(var):
    return looking_at(f"sqlite:///{var / 'hub.sqlite3'}", var)


def test_a_backup_is_restored_into_an_empty_installation(hub, installation, tmp_path):
    copy, elsewhere = tmp_path / "copy", tmp_path / "elsewhere"
    made = hub("backup", copy)
    assert (made.returncode, made.stderr) == (0, "")
    restored = hub("restore", copy, at=elsewhere)
    assert (restored.returncode, restored.stderr) == (0, "")
    with looked_at(elsewhere):
        (item,) = db.session.query(Item).all()
        assert item.title == "A letter"
        assert checks.broken_data() == []
    assert hub("check", at=elsewhere).stdout == "Everything holds.\n"


def test_the_ledger_is_proved_and_mended(hub, installation, var):
    assert hub("evidence", "rebuild", "--check").stdout == "The ledger says what its sources say.\n"
    with looked_at(var), unit_of_work("test.break"):
        for table in (Placement, Total, Entry):
            db.session.execute(delete(table))
    found = hub("evidence", "rebuild", "--check")
    assert (found.returncode, found.stdout.splitlines()[0]) == (1, "evidence.item 1 is not in the ledger")
    mended = hub("evidence", "rebuild", "--institution", "nowhere")
    assert (mended.returncode, mended.stderr) == (2, "There is no institution called nowhere.\n")
    mended = hub("evidence", "rebuild")
    assert (mended.returncode, mended.stdout.splitlines()[-1]) == (0, "1 thing mended.")
    assert hub("check").stdout == "Everything holds.\n"
    with looked_at(var):
        assert (
            db.session.scalars(select(JournalEntry.deed).order_by(JournalEntry.id.desc())).first() == "evidence.rebuild"
        )


def test_what_cannot_be_copied_is_one_line_on_standard_error(hub, installation, tmp_path):
    copy, nothing = tmp_path / "copy", tmp_path / "nothing"
    nothing.mkdir()
    assert hub("backup", copy).returncode == 0
    for words, says in (
        (("backup", copy), "is not empty"),
        (("restore", copy), "has data already"),
        (("restore", nothing), "holds no backup"),
    ):
        done = hub(*words)
        assert (done.returncode, done.stdout) == (1, "")
        (line,) = done.stderr.splitlines()
        assert says in line
    with (copy / "hub.sqlite3").open("ab") as database:
        database.write(b"changed")
    assert "does not match its note" in hub("restore", copy, at=tmp_path / "fresh").stderr
    assert "no database to copy yet" in hub("backup", tmp_path / "new", at=tmp_path / "fresh").stderr
