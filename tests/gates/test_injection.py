"""What hostile words were taken is shown as words: on every page, in exports, documents and mail."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from itertools import cycle
from uuid import uuid4

import pikepdf
import pytest
from sqlalchemy import select

from hub.core.db import db
from hub.core.lists import FORMULA_STARTS
from hub.notifications.models import OutboxMail
from tests.support import sweeping
from tests.support.crawling import Crawl
from tests.support.hostile import MARK, PAYLOADS
from tests.support.sweeping import Sweep, cookie_of, settled, undone

pytestmark = pytest.mark.xdist_group("world")

WORDY = {"text", "textarea"}
LEAKS = {
    "a script": f"<script>{MARK}",
    "a picture": f"<img src=x onerror={MARK}",
    "an attribute": f"' onmouseover='{MARK}",
    "code of a template": f"49{MARK}",
    "a script as a link": 'href="javascript:',
    "a page as a link": '="data:text/html',
    "letters turned round": "\u202e",
}
DOCUMENTS = {"docx": "PK", "pdf": "%PDF"}


@dataclass
class Seen:
    """All that could be read once the payloads were in."""

    kept: int = 0
    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    subjects: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def seen(world) -> Seen:
    """The world with a payload in every text that would take one, read, and put back as it was."""
    sweeping.COLLEAGUE = world.person("mentor").email
    clients = {role: world.signed_in(role) for role in ("lead", "technician", "mentor", "anybody")}
    first = Crawl(world.app)
    for who, client in clients.items():
        first.walk(who, client, each=2, starts=["/hub", "/impact"] if who != "lead" else _starts(world.app))
    sweep = Sweep(world.app, {who: cookie_of(client) for who, client in clients.items()})
    forms = [settled(sweep, form) for form in first.found.forms]
    seen = Seen()
    with undone(world.app):
        seen.kept = sum(_poison(sweep, form) for form in forms if form.endpoint != "accounts.sign_out")
        second = Crawl(world.app, seen.pages.__setitem__)
        for who, client in clients.items():
            second.walk(who, client, each=2, starts=["/hub", "/impact", "/public", *_starts(world.app)])
        seen.files = dict(_files(clients["lead"], second.found))
        seen.subjects = list(db.session.scalars(select(OutboxMail.subject)))
    return seen


def _starts(app):
    return sorted(str(r.rule) for r in app.url_map.iter_rules() if "GET" in (r.methods or ()) and not r.arguments)


def _poison(sweep, form) -> int:
    """Put payloads into the texts of a form: into all at once, or one by one if they are refused together."""
    names = [f.name for f in form.fields if f.kind in WORDY]
    payloads = cycle(PAYLOADS.values())
    together = {name: next(payloads) for name in names}
    for changes in [together, *({name: text} for name, text in together.items())] if names else []:
        answer = sweep.keep(form, form.filled(_once=uuid4().hex, **changes))
        if answer.status < 400:
            return len(changes)
    return 0


def _files(client, found):
    """Every list as a file, and every document."""
    for endpoint, visits in found.paths.items():
        _who, path = visits[0]
        kinds = [kind for kind in ("csv", "xlsx") if "export" in found.asked.get(endpoint, ())]
        for kind in kinds:
            response = client.get(path, query_string={"export": kind})
            if "attachment" in response.headers.get("Content-Disposition", ""):
                yield f"{path}?export={kind}", response.get_data()
        if path.endswith(tuple(f".{ending}" for ending in DOCUMENTS)):
            response = client.get(path)
            if response.status_code == 200:  # a technician's own card is not the lead's
                yield path, response.get_data()


def test_many_texts_take_the_payloads_as_words(seen):
    assert seen.kept >= 40
    assert sum(MARK in text for text in seen.pages.values()) >= 20


@pytest.mark.parametrize("leak", LEAKS)
def test_no_page_shows_them_as_anything_but_words(seen, leak):
    assert [path for path, text in seen.pages.items() if LEAKS[leak] in text] == []


def test_no_cell_of_an_export_starts_a_formula(seen):
    sheets = {path: content for path, content in seen.files.items() if path.endswith("export=csv")}
    assert len(sheets) >= 5
    for path, content in sheets.items():
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        bad = [c for row in rows for c in row if c.startswith(FORMULA_STARTS) and not re.fullmatch(r"-?[\d.]+", c)]
        assert bad == [], path


def test_no_workbook_holds_a_formula_or_a_link(seen):
    books = {path: content for path, content in seen.files.items() if path.endswith("export=xlsx")}
    assert len(books) >= 5
    for path, content in books.items():
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            inside = {name: book.read(name) for name in book.namelist() if "worksheets" in name}
        assert not [n for n, xml in inside.items() if b"<f>" in xml or b"<hyperlink" in xml], path


def test_documents_are_still_documents(seen):
    documents = {path: content for path, content in seen.files.items() if "export" not in path}
    assert {path.rsplit(".", 1)[1] for path in documents} == set(DOCUMENTS)
    for path, content in documents.items():
        assert content.startswith(DOCUMENTS[path.rsplit(".", 1)[1]].encode())
        if path.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(content)) as paper:
                assert "/JavaScript" not in paper.Root
                assert len(paper.pages) >= 1


def test_no_subject_of_a_mail_carries_a_second_line(seen):
    assert any(MARK in subject for subject in seen.subjects) or seen.subjects
    assert [s for s in seen.subjects if "\n" in s or "\r" in s] == []
