"""Nobody waits for a writer who is busy with something else: no mail, no PDF, no program while the database is held."""

import smtplib
import socket
import subprocess
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import argon2
import pikepdf
import pytest
import typst
from PIL import Image
from sqlalchemy import select

from hub.core import clock
from hub.core import db as core
from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.jobs.schedule import JOBS
from tests.support.stages import NOW
from tests.support.undoing import work_undone

pytestmark = pytest.mark.xdist_group("forms")

SLOW = {
    "a mail server": (smtplib.SMTP, "connect"),
    "the network": (socket, "create_connection"),
    "a PDF": (typst, "compile"),
    "another program": (subprocess, "Popen"),
    "a password": (argon2.PasswordHasher, "hash"),
    "a password's proof": (argon2.PasswordHasher, "verify"),
    "a picture": (Image, "open"),
    "a PDF of somebody's": (pikepdf, "open"),
}
# A hash takes as long as its settings say, a file as long as 10 MB allow; both are part of whether the deed is done.
PASSWORDS = {"a password", "a password's proof"}
FILES = {"a picture", "a PDF of somebody's"}


def test_no_form_does_anything_slow_while_it_holds_the_database(full_world, monkeypatch):
    faults, done = [], 0
    with noting(monkeypatch) as seen:
        for form in full_world.forms:
            seen.clear()
            full_world.sweep.send(form, form.filled())
            kinds = {one.kind for one in form.fields}
            may = (FILES if "file" in kinds else set()) | (PASSWORDS if "password" in kinds else set())
            faults += [f"{form.endpoint}: {what}" for what in seen if what not in may]
            done += form.is_taken
    assert faults == []
    assert done > 50


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_no_job_does_anything_slow_while_it_holds_the_database(full_world, job, monkeypatch):
    with work_undone(full_world.app), noting(monkeypatch) as seen:
        for days in (0, 30, 400):
            with clock.held(NOW + timedelta(days=days)):
                job.run()
    assert seen == {}


def test_a_deed_that_draws_a_pdf_while_it_holds_the_database_would_be_noticed(full_world, monkeypatch):
    with work_undone(full_world.app), noting(monkeypatch) as seen:
        with unit_of_work("test.slow"):
            db.session.execute(select(1))
            with pytest.raises(OSError, match="nowhere"):
                subprocess.Popen(["/nowhere"])
        assert seen == {"another program": 1}
        with pytest.raises(OSError, match="nowhere"):
            subprocess.Popen(["/nowhere"])
        assert seen == {"another program": 1}


@contextmanager
def noting(monkeypatch):
    """What of the slow things is begun while a transaction holds the database for writing, and how often."""
    seen = Counter()
    with monkeypatch.context() as patched:
        for what, (owner, name) in SLOW.items():
            patched.setattr(owner, name, _noted(getattr(owner, name), what, seen))
        yield seen


def _noted(real, what, seen):
    def noted(*args, **kwargs):
        if core._writing.get() and db.session().in_transaction():
            seen[what] += 1
        return real(*args, **kwargs)

    return noted
