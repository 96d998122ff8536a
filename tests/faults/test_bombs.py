"""Every file field takes every dangerous file with little memory: refused in words, or kept as a harmless download."""

import builtins
import io
import os
import resource
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hub.accounts.models import Person
from hub.core import storage
from hub.core.db import db
from hub.core.storage import StoredFile
from tests.support.bombs import bombs, pdf
from tests.support.sweeping import refused_badly, undone
from tests.support.torture import one_in, some

pytestmark = pytest.mark.xdist_group("forms")

ROOM = 300 << 20  # bytes of memory beyond what there is
LEAST_FIELDS = 6
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@pytest.fixture(scope="module")
def fields(full_world):
    """Every field for a file, with its form."""
    found = [(form, one.name) for form in full_world.forms for one in form.fields if one.kind == "file"]
    assert len(found) >= LEAST_FIELDS
    return found


def test_every_dangerous_file_in_every_field_is_refused_in_words_or_becomes_a_harmless_download(full_world, fields):
    faults = []
    for form, field in one_in(2, fields):
        for danger in some(1, sorted(bombs()), seed=f"{form.endpoint} {field}"):
            told = faults_of(full_world, form, field, *bombs()[danger])
            faults += [f"{form.endpoint} {field}, {danger}: {fault}" for fault in told]
    assert faults == []


def test_an_honest_file_is_kept_so_the_dangerous_ones_were_looked_at(full_world, fields):
    honest = [full_world.sweep.send(form, filled(form, field, "a.pdf", pdf())) for form, field in fields]
    assert sum(bool(answer.deeds) for answer in honest) >= LEAST_FIELDS - 2, honest  # pictures and plans are no PDF


def test_what_is_written_elsewhere_and_what_needs_more_memory_would_be_noticed(tmp_path):
    with only_below(tmp_path / "var") as strayed, little_memory():
        (tmp_path / "stray").write_text("x")
        with pytest.raises(MemoryError):
            bytearray(2 * ROOM)
    assert strayed == [f"wrote {tmp_path / 'stray'}"]


@pytest.mark.parametrize("danger", ["a PDF that is a page", "a name with a line break", "a name with turned round"])
def test_a_kept_file_that_a_browser_would_run_would_be_noticed(full_world, danger, monkeypatch):
    monkeypatch.setattr(storage, "dump_options_header", lambda _kind, _options: "inline")
    with full_world.app.app_context(), undone(full_world.app):
        owner = db.session.get_one(Person, full_world.world.person("lead").id)
        row = storage.keep(bombs()[danger][1], bombs()[danger][0], owner=owner)
        assert dangers_of(full_world.app, row) == ["is not a download: inline"]


def faults_of(full_world, form, field, called, content):
    with undone(full_world.app), only_below(Path(full_world.app.config["VAR"])) as strayed, little_memory():
        known = db.session.scalar(select(func.max(StoredFile.id))) or 0
        answer = full_world.sweep.keep(form, filled(form, field, called, content))
        kept = db.session.scalars(select(StoredFile).where(StoredFile.id > known)).all()
        dangers = [danger for row in kept for danger in dangers_of(full_world.app, row)]
    if answer.status >= 500:
        return [f"answered {answer.status}: {answer.text[:200]}"]
    return strayed + dangers + (refused_badly(answer) if answer.status >= 400 else [])


def filled(form, field, called, content):
    return form.filled(**{field: (io.BytesIO(content), called)})


def dangers_of(app, row):
    """What is wrong with the way that a kept file is sent."""
    with app.test_request_context(), storage.send(row) as answer:
        app.process_response(answer)
        head = answer.headers
    told = []
    if not head["Content-Disposition"].startswith("attachment"):
        told.append(f"is not a download: {head['Content-Disposition']}")
    if "sandbox" not in head["Content-Security-Policy"] or head["X-Content-Type-Options"] != "nosniff":
        told.append("may be run")
    if row.media_type not in {"application/pdf", "image/jpeg", *(kind for _, kind in storage.OFFICE.values())}:
        told.append(f"is sent as {row.media_type}")
    if any(not c.isprintable() or c in "/\\" for c in row.name):
        told.append(f"is called {row.name!r}")
    return told


@contextmanager
def little_memory():
    """This process may grow by *ROOM* and no more."""
    if not sys.platform.startswith("linux"):
        pytest.skip("NOT TESTED: dangerous files with little memory, which only Linux can limit")
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now + ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def only_below(folder):
    """What is opened to be written elsewhere than in *folder*, but for files without a name, which the system forgets.

    An audit hook would see the same, and slow down everything that runs after it.
    """
    opened: list[str] = []
    strayed: list[str] = []

    def noting(real):
        def open_it(path, *args, **kwargs):
            how = args[0] if args else kwargs.get("mode", kwargs.get("flags", "r"))
            if isinstance(path, str | os.PathLike) and _writes(how):
                opened.append(os.fspath(path))
            return real(path, *args, **kwargs)

        return open_it

    with pytest.MonkeyPatch.context() as patch:
        for module in (builtins, io, os):
            patch.setattr(module, "open", noting(module.open))
        yield strayed
    nameless = tempfile.gettempdir()
    strayed += [
        f"wrote {path}" for path in opened if not path.startswith((str(folder), f"{nameless}/tmp")) and path != nameless
    ]


def _writes(how: str | int) -> bool:
    return bool(how & WRITING) if isinstance(how, int) else bool(set(how) & set("wax+"))
