"""Every form of the hub, sent with honest words: one deed, told truly, of nothing but what the form asks."""

from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from flask import Flask, redirect, request
from sqlalchemy import select, text, update

from config import TestConfig
from hub import create_app
from hub.accounts.models import Institution
from hub.core.audit import QUIET
from hub.core.db import Base, db, in_pieces, writing
from hub.core.web import public, saves
from tests import factories
from tests.support import images, sweeping
from tests.support.hostile import MARK, PAYLOADS
from tests.support.html import check_html
from tests.support.images import Left, left_by, standing
from tests.support.torture import one_in

pytestmark = pytest.mark.xdist_group("forms")

# What no page shows as a form, or what is no deed: an endpoint, and why.
NOT_SENT = {
    "galleries.choose": "its buttons stand beside those who were searched for by name",
    "plan.undo_mapping": "its button stands on the answer to what it takes back",
}
# Statements that change many rows at once, or figures worked out from others: the journal names the deed, not each row.
IN_BULK = {
    "directory_edition": "the search index is made anew from what people say",
    "directory_listed": "the same",
    "directory_posting": "the same",
    "staff_import_finding": "what was read in a staff file, until it is read again or let go",
    "directory_word": "the same",
    "evidence_entry_person": "who is counted is kept with the entry, which the journal names",
    "evidence_reach": "totals of the ledger",
    "evidence_reached": "the same",
    "evidence_total": "the same",
    "notice": "all of somebody’s are marked as read, or put off to a digest, at once",
    "fund_statement_link": "links that were mailed before die by one statement when another is asked",
    "one_time_link": "a link is used, or an older one dies, by one statement, so that two clicks cannot both win",
    "plan_placement": "which rule suggested it is forgotten with the rule",
    "plan_action": "how much evidence an action has is counted where it is placed",
    "second_step": "a code is used up by one statement, so that two who typed it cannot both come in",
    "profile": "how complete a profile is follows from its skills",
}
FOR_A_SCRIPT = {"registration.autosave"}  # which shows no page, and leaves the words where they were typed
SENTENCE = "Meanwhile somebody else wrote this"


@pytest.fixture(scope="module")
def left(full_world, before) -> dict[str, Left]:
    """What each form leaves when it is sent honestly."""
    found = {}
    for form in full_world.forms:
        images.rewind(full_world.app)
        one = left_by(full_world.sweep, form, form.filled())
        found[form.endpoint] = replace(one, rows=images.sharing(one.rows, before))
    return found


@pytest.fixture(scope="module")
def before(full_world) -> images.Image:
    return standing(full_world.app)


def test_every_address_that_takes_a_post_is_found_as_a_form_and_taken(full_world):
    posts = {r.endpoint for r in full_world.app.url_map.iter_rules() if "POST" in (r.methods or ())}
    taken = {form.endpoint for form in full_world.forms if form.is_taken}
    assert sorted(posts - taken - NOT_SENT.keys()) == []
    assert sorted(NOT_SENT.keys() & taken) == [], "these are sent after all"


# -- the journal -------------------------------------------------------------------------------------------------------


def test_every_deed_is_one_row_of_the_journal_that_says_who_did_what_to_which_rows(full_world, left, before):
    faults = []
    for form in full_world.forms:
        faults += told_badly(left[form.endpoint], before, form)
    assert faults == []


def told_badly(one: Left, before: images.Image, form: sweeping.Form) -> list[str]:
    """What is wrong with the journal's account of a form that was taken."""
    if len(one.deeds) != 1:
        return [f"{form.endpoint}: {len(one.deeds)} rows in the journal"]
    (deed,) = one.deeds
    faults = images.unsaid(images.changes(before, one.rows), deed, in_bulk=QUIET | IN_BULK.keys())
    if deed.deed != form.endpoint:
        faults.append(f"{form.endpoint}: is called {deed.deed}")
    table, _, key = deed.subject.partition(":")
    if table not in {"", *QUIET} and not any("-".join(map(str, known)) == key for known in before[table]):
        faults.append(f"{form.endpoint}: is about {deed.subject}, which was not there")
    return faults


def test_every_deed_is_the_deed_of_whoever_was_signed_in(full_world, left):
    people = {role: somebody.id for role, somebody in full_world.world.people.items()}
    faults = []
    for form in full_world.forms:
        (actor,) = {deed.actor_id for deed in left[form.endpoint].deeds}
        if form.role in people and actor != people[form.role]:
            faults.append(f"{form.endpoint}: {actor}, not {form.role}")
    assert faults == []


def test_a_deed_that_the_journal_cannot_note_has_not_happened(full_world, before):
    """Even what was flushed long before the journal's row is gone, and the form can be sent again."""
    faults = []
    for form in one_in(4, full_world.forms):
        one = left_by(full_world.sweep, form, form.filled(), after=close_the_journal)
        if one.answer.status < 400 or one.deeds:
            faults.append(f"{form.endpoint}: {one.answer.status}")
        faults += [f"{form.endpoint}: {row} stays" for row in images.changes(before, one.rows)]
    assert faults == []


def close_the_journal() -> None:
    """Make the database refuse every further row of the journal."""
    refusals = {
        "sqlite": [
            """CREATE TRIGGER journal_is_closed BEFORE INSERT ON journal_entry
            BEGIN SELECT RAISE(ABORT, 'closed'); END"""
        ],
        "postgresql": [
            """CREATE FUNCTION journal_is_closed() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RAISE EXCEPTION 'closed' USING ERRCODE = 'check_violation'; END $$""",
            """CREATE TRIGGER journal_is_closed BEFORE INSERT ON journal_entry
            FOR EACH ROW EXECUTE FUNCTION journal_is_closed()""",
        ],
    }
    for statement in refusals[db.session.connection().dialect.name]:
        db.session.execute(text(statement))


# -- what a form did not ask for ---------------------------------------------------------------------------------------


def test_a_column_that_a_form_does_not_offer_cannot_be_sent_with_it(full_world, left):
    with full_world.app.app_context():
        everything = columns(other=db.session.scalar(select(Institution.id).where(Institution.short_name == "Fenwick")))
    assert len(everything) > 300
    faults = []
    for form in one_in(4, full_world.forms):
        faults += taken_along(full_world, form, everything, left[form.endpoint])
    assert faults == []


def taken_along(full_world, form: sweeping.Form, everything: dict[str, str], honest: Left) -> list[str]:
    """Where the answer, or what is stored, is another with columns that *form* has no field for."""
    offered = {one.name for one in form.fields}
    extra = {name: value for name, value in everything.items() if name not in offered}
    room = full_world.app.config["MAX_FORM_PARTS"] - len(list(form.filled().items(multi=True))) - 1
    pieces = (dict(piece) for piece in in_pieces(extra.items(), room))
    return [fault for piece in pieces for fault in taken_along_at_once(full_world, form, piece, honest)]


def taken_along_at_once(full_world, form: sweeping.Form, extra: dict[str, str], honest: Left) -> list[str]:
    images.rewind(full_world.app)
    one = left_by(full_world.sweep, form, form.filled(**extra))
    if one.answer.status != honest.answer.status:
        return [f"{form.endpoint}: {one.answer.status}, not {honest.answer.status}"]
    other = images.differences(honest.rows, one.rows)
    if other:  # what comes out differently every time, such as a token, is no matter
        images.rewind(full_world.app)
        other -= images.differences(honest.rows, left_by(full_world.sweep, form, form.filled()).rows)
    return [f"{form.endpoint}: {what}" for what in sorted(other)]


def columns(other: int | None) -> dict[str, str]:
    """A value that somebody would wish for every column of every table; ids lead to the institution *other*."""
    return {
        attribute.key: _wished(attribute.key, attribute.columns[0].type, str(other))
        for mapper in Base.registry.mappers
        for attribute in mapper.column_attrs
    }


def _wished(name: str, kind, other: str) -> str:
    if getattr(kind, "enum_class", None) is not None:
        return str(list(kind.enum_class)[-1].value)
    try:
        kind = kind.python_type
    except NotImplementedError:
        return "[]"
    wished = {bool: "y", int: other if name.endswith("id") else "999", date: "2026-12-24", datetime: "2026-12-24T10:00"}
    if issubclass(kind, Enum):
        return str(list(kind)[-1].value)
    return "administrator" if name == "role" else wished.get(kind, "wished for")


# -- lost updates ------------------------------------------------------------------------------------------------------


def test_a_form_that_was_overtaken_is_answered_with_both_versions_and_stores_nothing(full_world, left):
    versioned = [form for form in full_world.forms if any(one.name == "_version" for one in form.fields)]
    assert len(versioned) > 60
    faults = []
    for form in one_in(3, versioned):
        faults += overtaken_badly(full_world, form, left[form.endpoint].deeds[0].subject)
    assert faults == []


def overtaken_badly(full_world, form: sweeping.Form, subject: str) -> list[str]:
    """What is wrong with the answer to *form* after somebody else has changed its row."""
    if not subject:
        return [f"{form.endpoint}: has a version, and the journal names no row"]
    words = [one.name for one in form.fields if one.kind in {"text", "textarea"}]
    meanwhile = _Meanwhile(subject, words)
    expected = standing(full_world.app, meanwhile)
    one = left_by(full_world.sweep, form, form.filled(**dict.fromkeys(words, PAYLOADS["script"])), after=meanwhile)
    faults = [f"{row} changed" for row in images.changes(expected, one.rows)]
    if one.answer.status != 409 or one.deeds:
        return [f"{form.endpoint}: {one.answer.status}, {len(one.deeds)} deeds", *faults]
    if form.endpoint not in FOR_A_SCRIPT:
        faults += shown_badly(one.answer.text, words, meanwhile.written)
    return [f"{form.endpoint}: {fault}" for fault in faults]


def shown_badly(page: str, typed: list[str], written: list[str]) -> list[str]:
    """What a page of two versions lacks: the words typed, the words saved, and ways on for who has no mouse."""
    faults = check_html(page)
    main = BeautifulSoup(page, "lxml").select_one("main")
    kept = {i["name"]: i.get("value") for i in main.select("input[type=hidden][name]")}
    if f"<script>{MARK}" in page:
        faults.append("a script came through")
    faults += [f"{name} was lost" for name in typed if kept.get(name) != PAYLOADS["script"]]
    if written and SENTENCE not in main.get_text(" "):
        faults.append("what somebody else saved is not shown")
    if not main.select("a[href]:not([tabindex='-1'])") or not main.select("form button:not([disabled])"):
        faults.append("no way on")
    return faults


class _Meanwhile:
    """Somebody else saves the row: another version, and other words wherever the form has words."""

    def __init__(self, subject: str, words: list[str]) -> None:
        table, _, self.key = subject.partition(":")
        self.table = Base.metadata.tables[table]
        self.written = [
            name for name in words if name in self.table.columns and self._is_free(self.table.columns[name])
        ]

    @staticmethod
    def _is_free(column) -> bool:
        return column.type.python_type is str and not hasattr(column.type, "enum_class")

    def __call__(self) -> None:
        changed = self.table.update().where(self.table.c.id == int(self.key))
        db.session.execute(
            changed.values({"version": self.table.c.version + 1} | dict.fromkeys(self.written, SENTENCE))
        )


# -- forms that do wrong, planted --------------------------------------------------------------------------------------


@pytest.fixture
def planted(tmp_path) -> SimpleNamespace:
    """A hub with four forms that break each a rule of its own."""
    settings = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'hub.sqlite3'}", "VAR": tmp_path}
    settings |= {"WTF_CSRF_CHECK_DEFAULT": False, "PROPAGATE_EXCEPTIONS": False}
    app = create_app(type("Settings", (TestConfig,), settings))
    plant(app)
    with app.app_context():
        with writing():
            db.create_all()
            subject = f"institution:{factories.institution(short_name='Fenwick').id}"
            db.session.commit()
        yield SimpleNamespace(app=app, sweep=sweeping.Sweep(app, {"anybody": ""}), subject=subject)
        db.session.remove()
        db.engine.dispose()


def plant(app: Flask) -> None:
    @app.post("/planted/silent")
    @public
    def silent():
        db.session.scalars(select(Institution)).one().phase = 3
        db.session.commit()
        return redirect("/")

    @app.post("/planted/bulk")
    @public
    @saves
    def bulk():
        db.session.execute(update(Institution).values(phase=3))
        return redirect("/")

    @app.post("/planted/greedy")
    @public
    @saves
    def greedy():
        institution = db.session.scalars(select(Institution)).one()
        institution.short_name = request.form["short_name"]
        institution.contact_name = request.form.get("contact_name", "")
        return redirect("/")

    @app.post("/planted/late")
    @public
    @saves
    def late():
        db.session.scalars(select(Institution)).one().short_name = request.form["short_name"]
        return redirect("/")


def form_of(planted, name: str) -> sweeping.Form:
    words = sweeping.Field("short_name", "text", ("Fen",))
    hidden = [sweeping.Field(n, "hidden", (v,)) for n, v in (("_once", "once-and-only-once"), ("_version", "1"))]
    return sweeping.Form(name, f"/planted/{name}", "anybody", "/", (words, *hidden))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("silent", ["silent: 0 rows in the journal"]),
        ("bulk", ["bulk: institution:1 changed in ['phase'], which the journal does not say"]),
        ("late", []),
    ],
)
def test_a_form_that_the_journal_does_not_tell_of_is_found(planted, name, told):
    form = form_of(planted, name)
    assert told_badly(left_by(planted.sweep, form, form.filled()), standing(planted.app), form) == told


@pytest.mark.parametrize(("name", "told"), [("greedy", ["greedy: institution.contact_name"]), ("late", [])])
def test_a_form_that_takes_a_column_that_it_does_not_offer_is_found(planted, name, told):
    form = form_of(planted, name)
    honest = left_by(planted.sweep, form, form.filled())
    assert taken_along(planted, form, columns(other=1), honest) == told


def test_a_form_that_overwrites_a_newer_version_is_found(planted):
    told = overtaken_badly(planted, form_of(planted, "late"), planted.subject)
    assert told[0] == "late: 302, 1 deeds"
    assert told[1].startswith("institution:1 changed")


def test_a_form_of_which_something_stays_though_the_journal_refused_it_is_found(planted):
    one = left_by(
        planted.sweep, form_of(planted, "silent"), form_of(planted, "silent").filled(), after=close_the_journal
    )
    assert images.changes(standing(planted.app), one.rows)


def test_a_page_of_two_versions_that_lost_the_words_or_the_way_on_is_found():
    page = "<main><h1>Somebody else saved</h1></main>"
    assert {"title was lost", "no way on", "what somebody else saved is not shown"} <= {
        *shown_badly(page, ["title"], ["title"])
    }
