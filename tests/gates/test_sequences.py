"""Forms that the world has overtaken: sent a year late, about a row that has moved on, by somebody who may no more."""

import html
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from hub.accounts.models import Person, RoleGrant, SignIn, Status
from hub.core import clock
from hub.core.audit import JournalEntry
from hub.core.db import Base, db
from hub.core.workflow import Workflow
from tests.support import images
from tests.support.stages import NOW
from tests.support.sweeping import Form, endpoint_of, undone
from tests.support.torture import one_in, some

pytestmark = pytest.mark.xdist_group("forms")

LATER = NOW + timedelta(days=366)
FOR_ANYBODY = {"accounts.look", "accounts.sign_out"}  # who may do nothing any more may still do these


def tried(reached, form: Form, *, changed=lambda: None, who: str = "", **sent) -> list[str]:
    """What is wrong with the answer to *form* once something has *changed*: a failure, a move that no workflow has,
    or a deed that the form's own page does not offer any more."""
    with undone(reached.app):
        changed()
        db.session.commit()
        is_offered = offers(reached, form, who or form.role)
        before = images.image(without=images.KEPT | images.JOURNAL)
        last = db.session.scalar(select(JournalEntry.id).order_by(JournalEntry.id.desc()).limit(1)) or 0
        answer = reached.sweep.keep(form, form.filled(**sent))
        deeds = db.session.scalars(select(JournalEntry.id).where(JournalEntry.id > last)).all()
        rows = images.image(without=images.KEPT | images.JOURNAL) if deeds else before
    told = f"{form.endpoint} ({who or form.role}, {form.action})"
    if answer.status >= 500:
        return [f"{told}: {answer.status}"]
    faults = [f"{told}: {jump}" for jump in jumps(before, rows)]
    if deeds and is_offered is False and form.endpoint not in FOR_ANYBODY:
        faults.append(f"{told}: done, though its page offers it no more")
    return faults


def offers(reached, form: Form, who: str) -> bool | None:
    """Whether the page where *form* was found shows it to *who*; nothing if it is not known where it would stand."""
    if not form.found_at:
        return None
    page = reached.sweep.client.get(form.found_at, headers={"Cookie": reached.sweep.cookies[who]})
    if page.status_code != 200:
        return False
    text = html.unescape(page.get_data(as_text=True))
    if endpoint_of(reached.app, form.found_at) == form.endpoint:
        return 'method="post"' in text[text.index("<main") :]
    return f'"{form.action}"' in text


# -- moves -------------------------------------------------------------------------------------------------------------


def workflows() -> Iterator[Workflow]:
    for name, module in list(sys.modules.items()):
        if name.startswith("hub.") and name.endswith(".workflow") and name != "hub.core.workflow":
            yield from (value for value in vars(module).values() if isinstance(value, Workflow))


def edges() -> set[tuple[type, str, str]]:
    """(kind of stage, from, to) of every move, and of two that one deed makes after another."""
    single = {
        (type(m.target), str(s.value), str(m.target.value)) for flow in workflows() for m in flow for s in m.sources
    }
    return single | {(k, a, d) for k, a, b in single for other, c, d in single if (k, b) == (other, c)}


EDGES = edges()


def jumps(before: images.Image, after: images.Image) -> list[str]:
    """Rows whose stage went where no move leads."""
    found = []
    for name, rows in after.items():
        table = Base.metadata.tables[name]
        if "stage" not in table.columns or rows == before[name]:
            continue
        at, kind = images.columns_of(name).index("stage"), getattr(table.columns["stage"].type, "enum_class", None)
        for key, row in rows.items():
            old = before[name].get(key)
            if old is not None and old[at] != row[at] and (kind, old[at], row[at]) not in EDGES:
                found.append(f"{name} {key} went from {old[at]} to {row[at]}")
    return found


# -- time and people ---------------------------------------------------------------------------------------------------


def sessions_go_on() -> None:
    db.session.execute(update(SignIn).values(seen_at=LATER, ends_at=LATER + timedelta(days=1)))


def test_a_form_that_is_sent_a_year_later_does_nothing_that_its_page_offers_no_more(full_world):
    faults = []
    with clock.held(LATER):
        for form in one_in(6, full_world.forms):
            faults += tried(full_world, form, changed=sessions_go_on)
    assert faults == []


def test_whoever_was_suspended_or_lost_their_role_does_nothing_any_more(full_world):
    people = full_world.world.people
    faults = []
    for form in one_in(6, full_world.forms):
        if form.role in people:
            mine = people[form.role].id
            faults += tried(full_world, form, changed=lambda mine=mine: lose_role(mine))
            faults += tried(full_world, form, changed=lambda mine=mine: suspend(mine))
    assert faults == []


def lose_role(person_id: int) -> None:
    """All roles end; the session itself goes on as that of somebody without one."""
    db.session.execute(delete(RoleGrant).where(RoleGrant.person_id == person_id))
    db.session.execute(update(SignIn).where(SignIn.person_id == person_id).values(leads=False))


def suspend(person_id: int) -> None:
    db.session.execute(update(Person).where(Person.id == person_id).values(status=Status.SUSPENDED))


# -- stages ------------------------------------------------------------------------------------------------------------


def test_a_form_sent_for_a_row_in_another_stage_makes_no_move_that_there_is_not(full_world):
    """As those who have to do with that row, whose own pages are asked whether they offer it."""
    tokens = {role: token_of(full_world, role) for role in full_world.world.people if role != "lead_of_nothing"}
    rows = images.standing(full_world.app)
    faults = []
    count = 0
    for form in full_world.forms:
        for other, version, roles in elsewhere(full_world, form, rows):
            for role in roles:
                count += 1
                faults += tried(full_world, other, who=role, csrf_token=tokens[role], _version=version)
    assert count > 50
    assert faults == []


def token_of(reached, role: str) -> str:
    """What a form of *role* carries."""
    page = reached.sweep.client.get("/hub", headers={"Cookie": reached.sweep.cookies[role]})
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get_data(as_text=True))[1]


def elsewhere(reached, form: Form, rows: images.Image):
    """*form* as it would stand for rows in other stages, with their version and those who are named there."""
    with undone(reached.app):
        reached.sweep.keep(form, form.filled())
        subject = db.session.scalar(select(JournalEntry.subject).order_by(JournalEntry.id.desc()).limit(1)) or ""
    table, _, key = subject.partition(":")
    columns = list(Base.metadata.tables[table].columns.keys()) if table else []
    if "stage" not in columns or not key.isdigit() or (int(key),) not in rows[table]:
        return
    own = dict(zip(columns, rows[table][(int(key),)], strict=True))
    others = [dict(zip(columns, row, strict=True)) for row in rows[table].values()]
    others = [row for row in others if row["stage"] != own["stage"]]
    ids = {somebody.id: role for role, somebody in reached.world.people.items()}
    for row in some(1, others, seed=form.endpoint):
        moved = pointed(reached.app, form, int(key), row["id"])
        named = {ids[row[name]] for name in people_in(table) if row[name] in ids}
        if moved is not None:
            yield moved, str(row.get("version", "")), sorted(named & reached.sweep.cookies.keys() | {form.role})


def people_in(table: str) -> list[str]:
    """The columns that name a person."""
    columns = Base.metadata.tables[table].columns
    return [c.name for c in columns if any(key.target_fullname == "person.id" for key in c.foreign_keys)]


def pointed(app: Flask, form: Form, key: int, other: int) -> Form | None:
    """*form* with the number of another row in its address; nothing if its address does not name the row."""
    moved = at(app, form.action, key, other, "POST")
    if moved is None:
        return None
    name, action = moved
    found = at(app, form.found_at, key, other, "GET")
    return replace(form, action=action, found_at=found[1] if found and found[0] == name else "")


def at(app: Flask, path: str, key: int, other: int, method: str) -> tuple[str, str] | None:
    """The argument that names the row, and the address with another row in it."""
    adapter = app.url_map.bind("localhost")
    endpoint, values = adapter.match(path.split("?")[0], method=method)
    name = next((name for name, value in values.items() if value == key), None)
    return (name, str(adapter.build(endpoint, values | {name: other}))) if name else None


# -- what is planted ---------------------------------------------------------------------------------------------------


def test_a_row_that_jumps_is_found():
    name = "fund_application"
    at = images.columns_of(name).index("stage")

    def image_of(stage: str) -> images.Image:
        row = [None] * len(Base.metadata.tables[name].columns)
        row[at] = stage
        return {name: {(1,): tuple(row)}}

    assert jumps(image_of("draft"), image_of("paid")) == [f"{name} (1,) went from draft to paid"]
    assert jumps(image_of("draft"), image_of("awaiting_manager")) == []


def test_a_deed_that_no_page_offers_is_found(full_world):
    """A form that was found on a page which, by now, shows something else."""
    form = next(form for form in full_world.forms if form.endpoint == "evidence.add_item")
    assert tried(full_world, form) == []
    (told,) = tried(full_world, replace(form, found_at="/hub"))
    assert told.endswith("done, though its page offers it no more")
