"""Every form of the site found, sent with something hostile in one field, judged, and undone."""

import io
import math
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote_plus

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import Connection, Select, func, select
from sqlalchemy.orm import scoped_session, sessionmaker
from werkzeug.datastructures import MultiDict

from hub.core import clock
from hub.core.audit import QUIET, JournalEntry
from hub.core.db import Base, db, writing
from hub.core.text import clean
from tests.support import hostile

HIDDEN = {"csrf_token", "_once", "_version", "_fields"}
FORM_TAG, ACTION = re.compile(r"<form[^>]*>"), re.compile(r'action="([^"]*)"')
AUTOSAVE = re.compile(r'data-autosave="([^"]*)"')
SPOKEN = re.compile(r"[A-Za-z].*\s.*\s\S")
COLLEAGUE = "abena.ashby@northmere.example"
STYLES = (
    (20, "Honest words that say why it matters"),
    (-5, "Honest words that say why it matters"),
    (900, "HWT"),
    (-5, "Honest people | 40 | 31/07/2027"),
)
LED = {"link", "url", "web", "next"}
SPACING = {"closes_at": 30, "judging_until": 60, "ends_on": 1000, "due_on": 300, "renewal_on": 200, "use_until": 200}
SKILL = "Vacuum pumps"  # a word of the vocabulary of the full world
TABLE = "Objective\tTheme\tOwner\nMore people\tRecognition\tLead\nFewer\tRecognition\tLead\n"
EXAMPLES = {"levels": "One\nTwo\nThree\nFour\nFive", "targets": "40 | 31/07/2027", "look": "dark"}
EXAMPLES_OF = {
    ("attribution.edit", "doi"): "10.5555/12345678",
    ("attribution.edit", "year"): "2026",
    ("attribution.record", "doi"): "10.5555/12345678",
    ("attribution.record", "year"): "2026",
    ("directory.edit_profile", "orcid"): "0000-0002-1825-0097",
    ("directory.write_profile", "orcid"): "0000-0002-1825-0097",
    ("directory.welcome", "is_right"): "no",
    ("directory.welcome", "wishes"): SKILL,
    ("directory.merge_skill", "into"): SKILL,
    ("directory.recognise_suggestion", "known_as"): SKILL,
    ("directory.import_skills", "file"): b"Name,Kind\nKite flying,arts\n",
    ("charters.import_points", "file"): b"Number,Topic\n77,Kite flying\n",
    ("workforce.send_file", "file"): b"Staff ID,Name,E-mail\nN77,Ada Finch,ada.finch@northmere.example\n",
    ("directory.my_skills", "name"): SKILL,
    ("evidence.add_item", "sort"): "figure",
    ("evidence.edit_item", "sort"): "figure",
    ("plan.import_file", "file"): "",
    ("plan.import_file", "text"): TABLE,
    ("plan.correct_draft", "targets"): "Honest people | 40 | 31/07/2027",
}
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


@dataclass(frozen=True)
class Field:
    """One named control as its page shows it."""

    name: str
    kind: str
    values: tuple[str, ...] = ()  # as the page fills it
    offered: tuple[str, ...] = ()
    is_one_of_many: bool = False  # another of the same family, such as to-2 after to-1, stands before it


@dataclass(frozen=True)
class Form:
    """A POST form, and who found it where."""

    endpoint: str
    action: str
    role: str
    found_at: str
    fields: tuple[Field, ...]
    style: int = 0
    is_taken: bool = False

    @property
    def has_file(self) -> bool:
        return any(f.kind == "file" for f in self.fields)

    def filled(self, **changes: Any) -> MultiDict[str, Any]:
        """What is sent: the form as it stands, its empty places filled honestly, *changes* on top."""
        sent: MultiDict[str, Any] = MultiDict()
        for one in self.fields:
            if one.kind == "button":
                continue
            example = EXAMPLES_OF.get((self.endpoint, one.name))
            if isinstance(example, bytes):
                example = (io.BytesIO(example), "list.csv")
            sent.setlist(one.name, list(honest(one, self.style)) if example is None else [example])
        pressed = next((f for f in self.fields if f.kind == "button"), None)
        if pressed:
            sent.setlist(pressed.name, list(pressed.offered[:1]))
        for name, value in changes.items():
            sent.poplist(name)
            if value is not None:
                sent.setlist(name, value if isinstance(value, list) else [value])
        return sent


@dataclass
class Answer:
    """What came back for one try, and what it left in the database before it was undone."""

    status: int
    text: str
    seconds: float
    location: str = ""
    deeds: int = 0
    stored: list[Any] = field(default_factory=list)


def honest(one: Field, style: int = 0) -> tuple[Any, ...]:
    """A valid value of a field: the page's own, else one of its kind, in one of several styles."""
    if one.kind in {"select", "radio"}:
        chosen = [v for v in one.values if v] or [v for v in one.offered if v]
        return tuple(chosen[:1]) or one.values or ("",) * (one.kind == "select")
    if one.kind == "checkboxes":
        return one.values or one.offered[:1]
    if one.kind == "confirm":
        return ("y",)
    if one.kind == "hidden":
        return one.values
    if one.kind == "file":
        return ((io.BytesIO(PICTURE), "receipt.png"),)
    return one.values if any(one.values) and style < len(STYLES) - 1 else (_of_kind(one, style),)


def _of_kind(one: Field, style: int) -> str:
    days, words = STYLES[style]
    day = (clock.today() + timedelta(days=days + SPACING.get(one.name, 0))).isoformat()
    if one.name in LED:
        return "https://example.org/page"
    if one.name in EXAMPLES:
        return EXAMPLES[one.name]
    return {
        "number": "2",
        "range": "2",
        "money": "20",
        "date": day,
        "datetime-local": f"{day}T10:00",
        "email": "honest@example.org" if style % 2 else COLLEAGUE,
    }.get("email" if one.name == "email" else one.kind, words)


def settled(sweep: "Sweep", form: Form) -> Form:
    """*form* filled so that it is taken, if any style of honesty is; else as it was."""
    for style in range(len(STYLES)):
        filled = replace(form, style=style)
        answer = sweep.send(filled, filled.filled())
        if answer.status < 400 and answer.deeds:
            return replace(filled, is_taken=True)
    return form


# -- undoing -----------------------------------------------------------------------------------------------------------


_Session = sessionmaker(join_transaction_mode="create_savepoint")  # made once: each is a class of its own


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    """Whatever requests commit inside the block is gone after it; one block may stand in another."""
    with app.app_context():
        bind = db.session.get_bind()
    kept = db.session
    with nullcontext(bind) if isinstance(bind, Connection) else bind.connect() as connection:
        with writing():
            transaction = connection.begin_nested() if connection.in_transaction() else connection.begin()
        mine = scoped_session(partial(_Session, bind=connection))
        db.session = mine
        try:
            yield
        finally:
            mine.remove()
            db.session = kept
            transaction.rollback()


def cookie_of(client: Any) -> str:
    """What the client of somebody signed in would send."""
    found = client.get_cookie("hub")
    return f"hub={found.value}" if found else ""


# -- finding -----------------------------------------------------------------------------------------------------------


def forms_on(app: Flask, text: str, role: str, path: str, known: set[str]) -> list[Form]:
    """The POST forms of a page whose endpoints are not *known* yet."""
    posts = [tag for tag in FORM_TAG.findall(text) if 'method="post"' in tag]
    actions = [found[1] if (found := ACTION.search(tag)) else path for tag in posts] + AUTOSAVE.findall(text)
    if all(endpoint_of(app, action, "POST") in known for action in actions):
        return []  # before the page is parsed, which takes as long as drawing it
    found = []
    for form in BeautifulSoup(text, "lxml").select("form[method=post]"):
        for action in _ways_of(form, path):
            endpoint = endpoint_of(app, action, "POST")
            if endpoint and endpoint not in known:
                known.add(endpoint)
                found.append(Form(endpoint, action, role, path, tuple(_fields(form))))
    return found


def _ways_of(form: Any, path: str) -> list[str]:
    """Where a form is sent: by its button, and while it is being written."""
    return [str(form.get("action") or path), *(str(line["data-autosave"]) for line in form.select("[data-autosave]"))]


def endpoint_of(app: Flask, path: str, method: str = "GET") -> str:
    try:
        return str(app.url_map.bind("localhost").match(path.split("?")[0], method=method)[0])
    except Exception:  # noqa: BLE001 -- anything that is no address of ours
        return ""


def _fields(form: Any) -> Iterator[Field]:
    named: dict[str, list[Any]] = {}
    for control in form.select("input[name], select[name], textarea[name], button[name]"):
        if not control.has_attr("disabled"):
            named.setdefault(control["name"], []).append(control)
    families: Counter[str] = Counter()
    for name, controls in named.items():
        families[re.sub(r"\d+", "#", name)] += 1
        yield replace(_field(name, controls), is_one_of_many=families[re.sub(r"\d+", "#", name)] > 1)


def _field(name: str, controls: list[Any]) -> Field:
    first = controls[0]
    kind = first.get("type", "text") if first.name == "input" else {"button": "button"}.get(first.name, first.name)
    if kind == "checkbox":
        kind = "confirm" if len(controls) == 1 and first.get("value", "y") in {"y", "on", "1"} else "checkboxes"
    if first.get("inputmode") == "decimal":
        kind = "money"
    if kind == "select":
        options = first.select("option")
        chosen = first.select("option[selected]") or ([] if first.has_attr("multiple") else options[:1])
        return Field(name, kind, _values(chosen), _values(options))
    if kind in {"radio", "checkboxes", "confirm"}:
        return Field(name, kind, _values([c for c in controls if c.has_attr("checked")]), _values(controls))
    if kind == "textarea":
        return Field(name, kind, (first.text.removeprefix("\n"),))
    return Field(name, "hidden" if kind == "hidden" else kind, _values(controls[:1]), _values(controls))


def _values(controls: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(c.get("value", c.text.strip() if c.name == "option" else "")) for c in controls)


# -- sending -----------------------------------------------------------------------------------------------------------


class Sweep:
    """Sends forms in their finder's name and tells what is wrong with the answers."""

    def __init__(self, app: Flask, cookies: dict[str, str]) -> None:
        self.client = app.test_client(use_cookies=False)  # what an answer sets is undone as well
        self.app = app
        self.cookies = cookies

    def send(self, form: Form, sent: MultiDict[str, Any], **kwargs: Any) -> Answer:
        """Send it, look at what it left, undo it."""
        with undone(self.app):
            before = db.session.scalar(_last_deed()) or 0
            answer = self._post(form, sent, **kwargs)
            deeds = db.session.scalars(select(JournalEntry).where(JournalEntry.id > before)).all()
            answer.deeds = len(deeds)
            answer.stored = [value for deed in deeds for value in stored_by(deed)]
        return answer

    def send_twice(self, form: Form, sent: MultiDict[str, Any]) -> tuple[Answer, Answer]:
        """Send it, send it again, and undo both; each answer says how many deeds there had been by then."""
        with undone(self.app):
            before = db.session.scalar(_count_deeds()) or 0
            answers = []
            for _ in range(2):
                answer = self._post(form, sent)
                answer.deeds = (db.session.scalar(_count_deeds()) or 0) - before
                answers.append(answer)
        return answers[0], answers[1]

    def keep(self, form: Form, sent: MultiDict[str, Any]) -> Answer:
        """Send it and let it stay, until whoever asked undoes it."""
        return self._post(form, sent)

    def _post(self, form: Form, sent: MultiDict[str, Any], **kwargs: Any) -> Answer:
        body: dict[str, Any] = {"data": sent.to_dict(flat=False), "content_type": "multipart/form-data"}
        if not form.has_file:
            body = {"data": encoded(sent), "content_type": "application/x-www-form-urlencoded"}
        start = time.process_time()  # not the clock: others share the machine
        headers = {"Cookie": self.cookies[form.role]} | kwargs.pop("headers", {})
        try:
            response = self.client.open(form.action, method="POST", headers=headers, **{**body, **kwargs})
        except Exception as broken:  # noqa: BLE001 -- outside of tests each of them is a 500
            return Answer(500, repr(broken), time.process_time() - start)
        seconds = time.process_time() - start
        response.request.environ["wsgi.input"].close()  # a long body lies in a file of the client's own
        return Answer(response.status_code, response.get_data(as_text=True), seconds, response.location or "")

    def try_out(self, form: Form, one: Field, value: Any) -> Answer:
        """Send it with *value* in a field."""
        if form.has_file and isinstance(value, bytes):
            value = hostile.as_read(value)
        return self.send(form, form.filled(**{one.name: value}))


def encoded(sent: MultiDict[str, Any]) -> bytes:
    return b"&".join(
        f"{quote_plus(name)}={quote_plus(value)}".encode() for name in sent for value in sent.getlist(name)
    )


# -- judging -----------------------------------------------------------------------------------------------------------


def judged(answer: Answer, one: Field, value: Any) -> list[str]:
    """What is wrong with *answer* to *value* in a field: nothing for a refusal in words or for what was meant."""
    if answer.status >= 500:
        return [f"answered {answer.status}: {answer.text[:200]}"]
    faults = [f"stored {bad!r}" for bad in answer.stored if is_poison(bad)]
    if answer.seconds > 2:
        faults.append(f"took {answer.seconds:.1f} s")
    if answer.status >= 400:
        return faults + refused_badly(answer)
    wanted = hostile.meant(one.kind, one.name, value) if not isinstance(value, list) else hostile.REFUSED
    if wanted is hostile.REFUSED:
        faults.append(f"taken ({answer.status})" if not is_untouched(answer, one) else "")
    elif wanted is not hostile.ANYTHING and answer.deeds and not hostile.is_among(wanted, answer.stored):
        faults.append(f"taken ({answer.status}) but not kept: {[s for s in answer.stored if s != ''][:12]!r}"[:400])
    return [f for f in faults if f]


def is_untouched(answer: Answer, one: Field) -> bool:
    """A page that was only shown again, without a deed."""
    return answer.status == 200 and answer.deeds == 0 and one.kind != "button"


def refused_badly(answer: Answer) -> list[str]:
    faults = [f"answered {answer.status} and yet wrote"] if answer.deeds else []
    if not has_sentence(answer.text):
        faults.append(f"answered {answer.status} without a sentence")
    return faults


def has_sentence(text: str) -> bool:
    """Whether the page says in words what was wrong, beside the field or as the page itself."""
    if text.startswith("{"):  # for a script
        return bool(SPOKEN.search(text))
    soup = BeautifulSoup(text, "lxml")
    told = soup.select(".errors li, p.error, main .empty p, main p.lede, main h1")
    return any(SPOKEN.search(" ".join(p.get_text(" ").split())) for p in told)


def is_poison(value: Any) -> bool:
    """What must be in no column: numbers that are none, and characters that cleaning takes away."""
    if isinstance(value, float):
        return math.isnan(value) or math.isinf(value)
    return isinstance(value, str) and clean(value) != value.strip()


def stored_by(deed: JournalEntry) -> Iterator[Any]:
    """Every value of the rows that *deed* wrote, as the database gives them back; also the days and moments in them."""
    tables = Base.metadata.tables
    for row, columns in deed.changes.items():
        name, key = row.rsplit(":", 1)
        if name in QUIET or columns == ["deleted"]:
            continue
        table = tables[name]
        parts = key.split("-") if len(table.primary_key) > 1 else [key]
        asked = select(table).where(
            *[c == c.type.python_type(part) for c, part in zip(table.primary_key, parts, strict=True)]
        )
        for found in db.session.execute(asked):
            yield from (v for column in found for v in flat(column))


def flat(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from flat(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from flat(inner)
    elif isinstance(value, datetime):
        yield clock.london(value).replace(tzinfo=None)
        yield clock.london(value).date()
    else:
        yield value


def _count_deeds() -> Select[Any]:
    return select(func.count()).select_from(JournalEntry)


def _last_deed() -> Select[Any]:
    return select(func.max(JournalEntry.id))


def unchanged(answer: Answer, told: str) -> list[str]:
    """What is wrong if *answer* had to be a refusal in words."""
    if answer.status >= 500:
        return [f"{told}: {answer.status} {answer.text[:160]}"]
    if answer.deeds or (answer.status < 400 and answer.status != 200):
        return [f"{told}: taken ({answer.status}, {answer.deeds} deeds)"]
    return [f"{told}: {fault}" for fault in refused_badly(answer)] if answer.status >= 400 else []
