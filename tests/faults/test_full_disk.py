"""A full disk: nothing is half saved, what was typed comes back, reading goes on, and with room so does writing."""

import io
import logging
import os
import shutil
from contextlib import contextmanager

import psycopg
import pytest
from flask_wtf import FlaskForm
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from wtforms import PasswordField
from wtforms.fields.core import UnboundField

from hub.cli.checks import broken_data
from hub.core.db import db
from hub.core.forms import HubForm
from hub.core.links import path_to
from hub.core.storage import StoredFile
from hub.core.unit import unit_of_work
from hub.core.web import PASSWORDS
from hub.evidence.models import Item
from tests import factories
from tests.fund.making import PDF
from tests.support.disks import small_disk
from tests.support.pages import Page
from tests.support.postgres import OVERRIDE
from tests.support.running import looking_at

WORDS = "Three schools share one cutter, <b>says Ines</b>."
FIELDS = {"title": "Shared cutter", "theme": "visibility", "happened_on": "2026-01-05", "text": WORDS,
          "people": "3", "scope": "hub"}  # fmt: skip
MOST_TRIES = 300


@pytest.fixture
def disk():
    with small_disk(48) as disk:
        yield disk


@pytest.fixture
def address_on_disk(request, disk):
    """An empty database whose tables lie on the small disk."""
    if request.config.getoption("database") == "sqlite":
        yield f"sqlite:///{disk.path / 'hub.sqlite3'}"
        return
    if OVERRIDE in os.environ:
        pytest.skip("NOT TESTED: what a full disk does to a database server that is not ours")
    address = request.getfixturevalue("database")
    _move(make_url(address), disk)
    yield address


def _move(url, disk):
    tables = disk.path / "tables"
    tables.mkdir(mode=0o700)
    shutil.chown(tables, "nobody")  # as whom the server runs
    plain = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as server:
        server.execute(f"CREATE TABLESPACE small LOCATION '{tables}'")
        server.execute(f'ALTER DATABASE "{url.database}" SET TABLESPACE small')


@contextmanager
def page_at(address, var):
    """A page of somebody who may bring evidence."""
    with looking_at(address, var) as app:
        with unit_of_work("test.people"):
            person = factories.person()
        yield Page(app).as_user(person)


def items():
    return db.session.scalar(select(func.count(Item.id)))


def send(page, file=None):
    """The answer to one more piece of evidence, brought with the form as it stands."""
    values = page._filled(page._form(page.get("evidence.add_item"), 0)) | FIELDS | ({"file": file} if file else {})
    answer = page._send("POST", path_to("evidence.add_item"), data=values, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # a long body lies in a file of the client's own
    return answer


def bring(page, *, status, file=None):
    return page._checked(send(page, file), status)


def gives_back_what_was_typed(answer):
    told = answer.get_text(" ")
    return "Nothing was saved" in told and "Your text is below" in told and WORDS in told and "csrf" not in told.lower()


def test_a_full_database_saves_nothing_by_half_gives_back_what_was_typed_and_goes_on_with_room(
    address_on_disk, disk, tmp_path, caplog
):
    with page_at(address_on_disk, tmp_path) as page:
        bring(page, status=302)
        disk.fill()
        saved, answer = fill_up(page)
        assert gives_back_what_was_typed(answer)
        assert items() == saved
        page.get("evidence.mine")
        disk.make_room()
        bring(page, status=302)
        assert items() == saved + 1
        assert broken_data() == []
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert told
    assert all(line.startswith("database: ") and len(line) < 40 for line in told)


def fill_up(page):
    """Bring evidence until it does not fit any more. How many pieces there are, and the last answer."""
    saved = items()
    for _ in range(MOST_TRIES):
        answer = send(page)
        if answer.status_code != 302:
            return saved, page._checked(answer, 507)
        saved += 1
    raise AssertionError("the disk was never full")


def test_a_file_that_does_not_fit_is_not_kept_by_half(database, disk, caplog):
    with page_at(database, disk.path) as page:
        bring(page, status=302, file=sent_as_file())
        disk.fill(but=1 << 20)
        answer = bring(page, status=507, file=sent_as_file(3 << 20))
        assert gives_back_what_was_typed(answer)
        assert items() == db.session.scalar(select(func.count(StoredFile.id))) == 1
        assert len([path for path in (disk.path / "files").rglob("*") if path.is_file()]) == 1
        disk.make_room()
        bring(page, status=302, file=sent_as_file(3 << 20))
        assert broken_data() == []
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == ["files: no room, ENOSPC"]


def sent_as_file(size=0):
    return io.BytesIO(PDF + b"\n%" + b"x" * size), "letter.pdf"


def test_no_page_that_gives_back_what_was_typed_gives_back_a_password(app):
    assert passwords_of(HubForm) <= PASSWORDS


def test_a_password_under_another_name_would_be_found():
    class Planted(FlaskForm):
        secret_word = PasswordField("Secret word")

    class Below(Planted):
        password = PasswordField("Password")

    assert passwords_of(Planted) - PASSWORDS == {"secret_word"}


def passwords_of(form):
    own = {n for n, f in vars(form).items() if isinstance(f, UnboundField) and issubclass(f.field_class, PasswordField)}
    return own.union(*(passwords_of(child) for child in form.__subclasses__()))
