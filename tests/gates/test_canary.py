"""Every text of the hub carries a token, everybody looks everywhere: nobody reads what the register does not give."""

import logging
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from hub.accounts.models import Institution, Person
from hub.core.audit import JournalEntry
from hub.core.db import Base, db
from hub.core.storage import StoredFile
from hub.directory import services as directory
from hub.directory.models import Profile
from hub.jobs import upkeep
from hub.notifications import jobs as notifications
from hub.notifications import queries as mails
from hub.notifications.letters import plain_text
from hub.notifications.models import Notice, OutboxMail
from hub.registration.models import Note
from tests.gates import canary
from tests.gates.canary import Cell, Planted, text_of
from tests.gates.canary_stage import arrange, cast, is_beside
from tests.gates.readers import BY_FIELD, RULES, Readers, legend, register
from tests.support import sweeping
from tests.support.crawling import OWN, Crawl, Found
from tests.support.sweeping import STYLES, Form, Sweep, cookie_of, undone
from tests.support.torture import EVERYTHING, one_in
from tests.support.world import ANYBODY, World

pytestmark = pytest.mark.xdist_group("world")

JUDGED = ("fund.", "awards.")
EACH = 6 if EVERYTHING else 1  # addresses of an endpoint that each looks at
CLOSER = {"lead", "panel_member", "judge", "mentor", "asked mentor"}  # who sees most of what is kept from others
OTHERS = 6 if EVERYTHING else 1  # and of those that only others were shown


class Watching:
    """A browser that shows everything it is given, whatever it is, to the crawl that it is part of."""

    def __init__(self, client: Any, who: str, crawled: "Crawled") -> None:
        self.client, self.who, self.crawled = client, who, crawled
        self.got: set[str] = set()

    def get(self, path: str) -> Any:
        self.got.add(path)
        response = self.client.get(path)
        head = " ".join(f"{name}: {value}" for name, value in response.headers if name != "Set-Cookie")
        if self.crawled.judge(self.who, path, f"{head} {text_of(response.get_data())}", known=path):
            self.crawled.kinds.add(response.mimetype)
        return response


@dataclass
class Crawled:
    """What was seen by whom, and what should not have been."""

    ids: dict[str, int | None]
    planted: Planted = field(default_factory=Planted)
    readers: Readers | None = None
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    kinds: set[str] = field(default_factory=set)  # media types that tokens were found in
    faults: dict[tuple[str, str], str] = field(default_factory=dict)
    answers: int = 0
    letters: int = 0
    taken: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    journal: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)

    def judge(self, who: str, where: str, text: str, *, known: str = "") -> set[Cell]:
        """Find the tokens in what *who* was shown, except those in what they asked with; note what they may not see."""
        self.answers += 1
        found = self.planted.cells_in(text) - self.planted.cells_in(known)
        for cell in found:
            self.seen[cell.column].add(who)
            if not self.readers.may(self.ids[who], cell):
                self.faults.setdefault((who, cell.column), f"{who} is shown {cell} at {where}")
        return found


class Everybody:
    """All who walk through the planted world, in steps: each step plants the same tokens and puts the world back."""

    def __init__(self, world: World) -> None:
        self.app = world.app
        self.people = cast(world)
        self.clients = {
            who: world.signed_in_as(key) if key else world.app.test_client() for who, key in self.people.items()
        }
        self.crawl = Crawl(world.app)
        self.crawled = Crawled(dict(self.people))
        self.browsers = [Watching(client, who, self.crawled) for who, client in self.clients.items()]
        self.done: set[str] = set()

    def crawl_all(self) -> Crawled:
        for step in STEPS:
            self.take(step)
        return self.crawled

    def take(self, step: str) -> list[str]:
        """What is wrong after *step*, which comes after those before it and is taken once."""
        for earlier in STEPS[: STEPS.index(step)]:
            self.take(earlier)
        if step not in self.done:
            with undone(self.app), listening() as log:
                more = begun(self.app, self.people, self.crawled)
                self._step(step, more)
                self.crawled.log += log
            self.done.add(step)
        return sorted(self.crawled.faults.values())

    def _step(self, step: str, more: list[str]) -> None:
        if step == "others’ pages":
            look_at_others(self.browsers, self.crawl.found)
        elif step == "forms and jobs":
            cookies = {who: cookie_of(client) for who, client in self.clients.items()}
            work(Sweep(self.app, cookies), self.crawled, self.crawl.found.forms)
        else:
            for turn, browser in enumerate(self.browsers):
                if (browser.who in WALKS[step]) if step in WALKS else not any(browser.who in w for w in WALKS.values()):
                    walk(self.crawl, browser, more, ("csv", "xlsx")[turn % 2])


WALKS = {
    "the lead’s and public pages": {"lead", "leader", "administrator", ANYBODY},
    "technicians’ pages": {"technician", "mentor", "mentee", "panel_member", "judge", "nominee"},
}
STEPS = [*WALKS, "pages of all the rest", "others’ pages", "forms and jobs"]


def begun(app: Flask, people: dict[str, int | None], crawled: Crawled) -> list[str]:
    """The world gets its tokens; addresses that nothing leads to."""
    with app.app_context():
        more = arrange(people)
        crawled.planted = canary.plant()
        for institution in db.session.scalars(select(Institution)):
            directory.reindex_all(institution.id)
        db.session.commit()
    crawled.readers = Readers(register())
    return more


@contextmanager
def listening() -> Iterator[list[str]]:
    """Every line that is logged inside, as it would be written."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(logging.Formatter().format(record))  # type: ignore[method-assign]
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


# -- looking -----------------------------------------------------------------------------------------------------------


def walk(crawl: Crawl, browser: Watching, more: list[str], kind: str) -> None:
    """Somebody follows their links and opens their lists as files."""
    starts = sorted(str(r.rule) for r in crawl.app.url_map.iter_rules() if "GET" in r.methods and not r.arguments)
    crawl.visits.clear()
    before = {endpoint: len(visits) for endpoint, visits in crawl.found.paths.items()}
    each = EACH + 1 if browser.who in CLOSER else EACH
    crawl.walk(browser.who, browser, each=each, starts=OWN if is_beside(browser.who) else [*OWN, *more, *starts])
    for endpoint, visits in crawl.found.paths.items():
        if visits[before.get(endpoint, 0) :] and "export" in crawl.found.asked[endpoint]:
            browser.get(f"{visits[-1][1]}?export={kind}")


def look_at_others(browsers: Sequence[Watching], found: Found) -> None:
    """Everybody asks for what only others were shown; what they may not see is an error page, which is read as well."""
    for turn, browser in enumerate(browsers):
        for place, (endpoint, visits) in enumerate(found.paths.items()):
            if (turn + place) % 2 and not EVERYTHING:
                continue  # the other half look at it
            strange = sorted({path for _who, path in visits if re.search(r"\d", path)} - browser.got)
            if endpoint.startswith(JUDGED) or not is_beside(browser.who):
                for path in (strange[turn % len(strange or "-") :] + strange)[:OTHERS]:
                    browser.get(path)


# -- working -----------------------------------------------------------------------------------------------------------


def work(sweep: Sweep, result: Crawled, forms: list[Form]) -> None:
    """Every form is sent too late, sent wrongly and sent well; then the jobs run. What people are told is judged."""
    colleague = db.session.get_one(Person, result.ids["mentor"]).email
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeping, "COLLEAGUE", colleague)
        _send(sweep, result, forms)
    with tried(result), told(sweep.app, result), sweep.app.app_context():
        for name, deed in upkeep.DEEDS.items():
            upkeep.in_one_unit(name, deed)()
        notifications.gather_daily()
        notifications.gather_weekly()


def _send(sweep: Sweep, result: Crawled, forms: list[Form]) -> None:
    for form in forms:
        if form.endpoint != "accounts.sign_out":
            with tried(result):
                for name, changes in _badly(form):
                    answer = sweep.keep(form, form.filled(_once=uuid4().hex, **changes))
                    known = f"{form.action} {sweeping.COLLEAGUE}"
                    result.judge(form.role, f"{form.action} sent {name}", answer.text, known=known)
            with tried(result), told(sweep.app, result):
                (result.taken if _is_taken(sweep, form) else result.refused).append(form.endpoint)


@contextmanager
def tried(result: Crawled) -> Iterator[None]:
    """Whatever is done inside is undone, so that no deed stands in the way of the next."""
    db.session.remove()
    before = db.session.get_bind().begin_nested()
    yield
    db.session.remove()
    before.rollback()
    result.readers.again()


def _is_taken(sweep: Sweep, form: Form) -> bool:
    styles = (replace(form, style=style) for style in range(len(STYLES)))
    return any(sweep.keep(one, one.filled(_once=uuid4().hex)).status < 400 for one in styles)


def _badly(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    """Ways to send *form* that are refused with a page that repeats what was sent, or what is stored."""
    if any(one.name == "_version" for one in form.fields):
        yield "too late", {"_version": "0"}
    wordy = [one.name for one in form.fields if one.kind in {"text", "textarea", "email", "number", "date", "money"}]
    if wordy:
        yield "without a word", dict.fromkeys(wordy, "")


@contextmanager
def told(app: Flask, result: Crawled) -> Iterator[None]:
    """Judge what is written inside: mails for whoever gets them, notices likewise, the journal for nobody."""
    last = {model: db.session.scalar(select(func.max(model.id))) or 0 for model in (OutboxMail, Notice, JournalEntry)}
    yield
    result.readers.again()
    new = {model: db.session.scalars(select(model.id).where(model.id > since)).all() for model, since in last.items()}
    with app.app_context():
        for mail in map(mails.mail, new[OutboxMail]):
            _delivered(result, mail.recipient_id, f"the mail “{mail.kind}”", f"{mail.subject} {plain_text(mail)}")
        for notice in map(mails.notice, new[Notice]):
            _delivered(result, notice.recipient_id, f"the notice “{notice.kind}”", f"{notice.title} {notice.body}")
        for key in new[JournalEntry]:
            entry = db.session.get(JournalEntry, key)
            result.journal.append(f"{entry.deed} {entry.subject} {entry.changes}")


def _delivered(result: Crawled, recipient_id: int | None, where: str, text: str) -> None:
    who = f"person {recipient_id}" if recipient_id else ANYBODY
    result.ids[who] = recipient_id
    result.letters += 1
    result.judge(who, where, text)


# -- the gate ----------------------------------------------------------------------------------------------------------

LEAST_COLUMNS = 110  # of about 150 that could be seen; the others are for nobody, or empty in the demo
PAPERS = {"text/html", "text/csv", "text/calendar", "application/pdf", "text/plain"}


@pytest.fixture(scope="module")
def everybody(world) -> Everybody:
    return Everybody(world)


@pytest.fixture
def crawled(everybody) -> Crawled:
    return everybody.crawl_all()


@pytest.mark.parametrize("step", STEPS)
def test_nobody_is_shown_what_the_register_does_not_give_them(everybody, step):
    assert everybody.take(step) == []


def test_nothing_personal_is_logged_or_journalled(crawled):
    lines = [*crawled.log, *crawled.journal]
    assert len(crawled.log) >= 100
    assert len(crawled.journal) >= 50
    assert [line for line in lines if crawled.planted.cells_in(line)] == []


def test_the_gate_is_not_blind(crawled):
    """Most texts are seen by those who may, in every kind of answer; most forms are taken, and people are told."""
    never = sorted(set(canary.texts()) - set(canary.NO_TOKEN) - set(crawled.seen))
    assert len(crawled.seen) >= LEAST_COLUMNS, f"seen by nobody: {never}"
    assert crawled.kinds >= PAPERS
    assert sum("officedocument" in kind for kind in crawled.kinds) == 2
    assert len(crawled.taken) >= 0.75 * len(crawled.taken + crawled.refused), f"refused: {crawled.refused}"
    assert crawled.letters >= 30


def test_every_text_of_the_hub_is_in_the_register_and_nothing_else_is():
    assert unregistered(register(), canary.texts()) == []


def unregistered(rules: dict[str, str], texts: dict[str, Any]) -> list[str]:
    """What is wrong with the register, a sentence a fault."""
    columns = {f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns}
    return [
        *(f"{column} holds text and is not in the register" for column in sorted(set(texts) - set(rules))),
        *(f"{column} is in the register and not in the hub" for column in sorted(set(rules) - columns)),
        *(f"{column}: nobody knows the rule “{rule}”" for column, rule in rules.items() if rule not in known_rules()),
    ]


def known_rules() -> set[str]:
    return {*RULES, BY_FIELD}


def test_every_rule_is_explained_and_needed():
    assert set(legend()) == set(register().values()) == known_rules()


def test_what_takes_no_token_is_a_text_of_the_hub():
    assert sorted(set(canary.NO_TOKEN) - set(canary.texts())) == []


# -- planted faults ----------------------------------------------------------------------------------------------------


def test_a_text_without_a_row_a_row_without_a_text_and_a_rule_without_a_meaning_are_found():
    rules = register()
    del rules["mentoring_note.text"]
    found = unregistered(rules | {"person.shoe_size": "nobody", "notice.body": "whoever"}, canary.texts())
    assert found == [
        "mentoring_note.text holds text and is not in the register",
        "person.shoe_size is in the register and not in the hub",
        "notice.body: nobody knows the rule “whoever”",
    ]


def test_a_page_that_shows_a_private_text_a_key_or_a_hidden_name_is_found(world, monkeypatch):
    """A help page, for once, that prints what its writer thought harmless."""
    people = {who: key for who, key in cast(world).items() if not is_beside(who)}
    shown = select(Note.text).union_all(select(StoredFile.key), select(Person.password_hash))
    monkeypatch.setitem(world.app.view_functions, "pages.help_page", lambda: " ".join(filter(None, _all(shown))))
    with undone(world.app):
        begun(world.app, people, result := Crawled(people))
        Watching(world.app.test_client(), ANYBODY, result).get("/help")
    assert {column for _who, column in result.faults} == {
        "mentoring_note.text",
        "person.password_hash",
        "stored_file.key",
    }
    assert result.faults[ANYBODY, "stored_file.key"].endswith(" at /help")


def _all(statement: Any) -> Sequence[str]:
    return db.session.scalars(statement).all()


def test_a_mail_to_the_wrong_person_and_a_name_in_the_log_are_found(world):
    people = {who: key for who, key in cast(world).items() if not is_beside(who)}
    with undone(world.app):
        begun(world.app, people, result := Crawled(people))
        words = db.session.scalars(select(Note.text)).first()
        with told(world.app, result), world.app.app_context():
            given = {"kind": "accounts.invited", "is_private": True, "recipient_id": people["technician"]}
            db.session.add(OutboxMail(**given, address="a@hub.example", subject="News", text=words, message_id="<1>"))
            db.session.commit()
        with listening() as log:
            logging.getLogger("hub").warning("refused: %s", words)
    assert [column for _who, column in result.faults] == ["mentoring_note.text"]
    assert [cell.column for line in log for cell in result.planted.cells_in(line)] == ["mentoring_note.text"]


# -- counting ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [ANYBODY, "lead_of_nothing"])
def test_nobody_gets_to_a_profile_by_guessing_its_address(world, who):
    client = world.signed_in(who)
    assert [path for path in guesses(world) if _leads_to_a_profile(client, path)] == []


def test_a_profile_whose_address_is_known_would_be_noticed(world):
    assert _leads_to_a_profile(world.signed_in("lead"), f"/people/{world.person('mentor').slug}")


def guesses(world: World) -> list[str]:
    """A thousand addresses as somebody would try them who counts, or who knows the names of the staff."""
    with world.at_home():
        here = Person.institution_id == world.institution.id
        names = db.session.scalars(select(Person.slug).where(here).order_by(Person.id)).all()
        own = set(db.session.scalars(select(Profile.id).where(Profile.institution_id != world.institution.id)))
    plain = [name.rsplit("-", 1)[0] for name in names]
    found = [f"/people/{name}" for name in plain]
    found += [f"/people/profiles/{number}" for number in range(1, 501) if number not in own]
    found += [f"/people/{plain[n % len(plain)]}-{n * 16_777:06x}" for n in range(500)]
    return one_in(12, found)


def _leads_to_a_profile(client: Any, path: str) -> bool:
    response = client.get(path)
    return response.status_code == 200 or "/people/" in urlsplit(response.location or "").path
