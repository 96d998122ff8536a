"""The demo institution as a world to walk about in: who is there, and every page that each of them can reach."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, SoupStrainer
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import Select, event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import aliased
from werkzeug.exceptions import HTTPException

from hub.accounts import queries
from hub.accounts import services as accounts
from hub.accounts.models import Institution, Person, Role, RoleGrant
from hub.awards.models import Judge, Nominee
from hub.cli import demo, demo_people
from hub.core import clock, schema
from hub.core.clock import at_london
from hub.core.db import db, writing
from hub.fund.models import Application, PanelMember
from hub.pages import tasks
from hub.registration.models import Mentoring
from tests.support.html import check_html
from tests.support.reading import Executed, without_reading
from tests.support.torture import EVERYTHING

NOW = at_london(date(2026, 11, 25), 18)  # in the world, whatever day the tests run on
PEOPLE = 24  # the fewest, and the shortest time, that still fill every page
MONTHS = 12
EACH = 6 if EVERYTHING else 2  # addresses that are tried of one endpoint, and one more of each kind of question mark
ANYBODY = "anybody"
NOT_PAGES = {"static", "bootstrap.static"}
_WRITES = ("INSERT", "UPDATE", "DELETE")
_LINKS = SoupStrainer("a")
_NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA")


@dataclass(frozen=True)
class Somebody:
    """A person of the world, by what a test needs to sign in as them and to find them."""

    id: int
    role: str
    name: str
    email: str
    slug: str
    institution_id: int


@dataclass(frozen=True)
class Visit:
    """One address as one person got it."""

    path: str
    endpoint: str
    linked_from: str  # empty: not linked, only tried
    status: int
    mimetype: str
    is_html: bool
    statements: tuple[str, ...]
    writes: tuple[str, ...]
    links: tuple[str, ...]
    text: str = field(default="", repr=False)  # of a page

    @cached_property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with the page, found when somebody asks: that takes longer than drawing it."""
        return tuple(check_html(self.text)) if self.is_html else ()


class World:
    """An application with the demo and a second, empty institution in a database of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._walks: dict[str, list[Visit]] = {}

    @contextmanager
    def at_home(self) -> Iterator[None]:
        """Inside the block the database is this world's; what changes there is kept, for everybody."""
        with self.app.app_context(), writing():
            yield
            db.session.commit()

    @cached_property
    def institution(self) -> Institution:
        with self.at_home():
            found = db.session.scalars(select(Institution).where(Institution.email_domain == demo_people.DOMAIN)).one()
            db.session.refresh(found)
            db.session.expunge(found)
            return found

    @cached_property
    def people(self) -> dict[str, Somebody]:
        with self.at_home():
            return {role: self._somebody(role, chosen) for role, chosen in _CAST.items()}

    def person(self, role: str) -> Somebody:
        return self.people[role]

    def addresses(self, person: Somebody) -> list[str]:
        """The pages that *person* can reach by links, and those that need no link."""
        return [visit.path for visit in self.walk(person.role) if visit.status == 200 and visit.is_html]

    def walk(self, role: str) -> list[Visit]:
        """Everything that *role* is shown a link to, and every address without an argument; walked once."""
        if role not in self._walks:
            self._walks[role] = list(Walk(self, role).visits())
        return self._walks[role]

    def tasks(self) -> list[Visit]:
        """Every page that the hub of anybody in the demo asks them to open."""
        return [visit for visits in self.tasks_by_person.values() for visit in visits]

    @cached_property
    def tasks_by_person(self) -> dict[int, list[Visit]]:
        with self.at_home():
            ids = db.session.scalars(_of_the_demo().with_only_columns(Person.id)).all()
            asked = {person_id: [task.href for task in tasks.of(queries.person(person_id))] for person_id in ids}
        visits = {}
        for person_id, paths in asked.items():
            client, of = self.signed_in_as(person_id), f"the hub of {person_id}"
            visits[person_id] = [fetch(self.app, client, path, linked_from=of) for path in ["/hub", *paths]]
        return visits

    def signed_in(self, role: str) -> FlaskClient:
        """A browser without scripts for *role*, or for anybody."""
        return self.app.test_client() if role == ANYBODY else self.signed_in_as(self.person(role).id)

    def signed_in_as(self, person_id: int) -> FlaskClient:
        client = self.app.test_client()
        with self.at_home():
            token = accounts.open_session(queries.person(person_id))
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        return client

    @staticmethod
    def _somebody(role: str, chosen: Select[Any]) -> Somebody:
        row = db.session.scalars(chosen.limit(1)).first()
        assert row is not None, f"the demo has no {role}"
        return Somebody(row.id, role, row.name, row.email, row.slug, row.institution_id)


class Walk:
    """One person's way through the site, breadth first, with a few addresses of each kind."""

    def __init__(self, world: World, role: str) -> None:
        self.app = world.app
        self.client = world.signed_in(role)
        self.seen: set[str] = set()
        self.tried: Counter[str] = Counter()

    def visits(self) -> Iterator[Visit]:
        waiting = deque([("/", ""), ("/hub", "")])
        waiting.extend((path, "") for path in self._without_arguments())
        while waiting:
            path, linked_from = waiting.popleft()
            endpoint = endpoint_of(self.app, path)
            if path in self.seen or endpoint in NOT_PAGES or self.tried[self._kind(endpoint, path)] >= EACH:
                continue
            self.seen.add(path)
            self.tried[self._kind(endpoint, path)] += 1 if not urlsplit(path).query else EACH
            visit = fetch(self.app, self.client, path, linked_from=linked_from)
            waiting.extendleft((link, path) for link in reversed(visit.links))
            yield visit

    def _without_arguments(self) -> list[str]:
        rules = [r for r in self.app.url_map.iter_rules() if "GET" in (r.methods or ()) and not r.arguments]
        return sorted(str(rule.rule) for rule in rules)

    @staticmethod
    def _kind(endpoint: str, path: str) -> str:
        asked = sorted(name for name, _value in parse_qsl(urlsplit(path).query))
        return " ".join([endpoint or path, *asked])


def endpoint_of(app: Flask, path: str) -> str:
    """The page that *path* leads to, or nothing."""
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(path).path)[0])
    except HTTPException:
        return ""


def fetch(app: Flask, client: Any, path: str, *, linked_from: str = "") -> Visit:
    """Get *path* and note all that could be wrong with the answer."""
    with watched() as statements:
        for kept in list(g) if g else []:
            g.pop(kept)
        response = client.get(path, base_url=app.config["BASE_URL"])
        text = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
    response.close()
    is_page = bool(text) and response.status_code not in {301, 302, 303}
    return Visit(
        path=path,
        endpoint=endpoint_of(app, path),
        linked_from=linked_from,
        status=response.status_code,
        mimetype=response.mimetype or "",
        is_html=is_page,
        statements=tuple(statements),
        writes=tuple(changing(statements)),
        links=_links(text, path) if is_page else _target(response.location, path),
        text=text if is_page else "",
    )


@contextmanager
def watched() -> Iterator[list[str]]:
    """What was executed in the block, but for the noting of who read: known when the block is over."""
    seen: list[Executed] = []
    statements: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_args: Any) -> None:
        if not statement.startswith(_NOT_COUNTED):
            seen.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
        statements += without_reading(seen)


def changing(statements: Iterable[str]) -> list[str]:
    """Those that change a row; a session may note its use."""
    return [s for s in statements if s.lstrip().upper().startswith(_WRITES) and "sign_in" not in s]


def _links(text: str, path: str) -> tuple[str, ...]:
    found = BeautifulSoup(text, "lxml", parse_only=_LINKS).select("a[href]")
    return tuple(link for a in found for link in _target(str(a["href"]), path))


def _target(address: str | None, path: str) -> tuple[str, ...]:
    """*address* as a path of ours; nothing if it leads elsewhere."""
    parts = urlsplit(urljoin(path, urldefrag(address or "").url))
    if not address or address.startswith("#") or parts.netloc or parts.scheme:
        return ()
    return (parts.path + (f"?{parts.query}" if parts.query else ""),)


def make(app: Flask) -> World:
    """The world in *app*'s empty database."""
    with app.app_context(), clock.held(NOW):
        schema.upgrade()
        demo.load(people=PEOPLE, months=MONTHS, tell=lambda _line: None)
        with writing():
            _add_empty_institution()
            db.session.commit()
        db.session.remove()
    return World(app)


def _add_empty_institution() -> None:
    quiet = accounts.add_institution(name="Fenwick Institute", short_name="Fenwick", email_domain="fenwick.example")
    lead = accounts.add_person(quiet, name="Ottoline Grey", email="lead@fenwick.example", is_technician=False)
    accounts.grant(lead, Role.LEAD, actor=None)
    accounts.add_person(quiet, name="Piers Holm", email="technician@fenwick.example", job_title="Workshop technician")


def _of_the_demo() -> Select[Any]:
    ours = select(Institution.id).where(Institution.email_domain == demo_people.DOMAIN).scalar_subquery()
    return select(Person).where(Person.institution_id == ours).order_by(Person.id)


def _with(role: Role) -> Select[Any]:
    return _of_the_demo().where(Person.id.in_(select(RoleGrant.person_id).where(RoleGrant.role == role)))


def _most(column: Any) -> Select[Any]:
    """The people of the demo, those first whom *column* names most often."""
    times = select(func.count()).where(column == Person.id).scalar_subquery()
    return _of_the_demo().where(times > 0).order_by(None).order_by(times.desc(), Person.id)


def _of_fenwick(email: str) -> Select[Any]:
    return select(Person).where(Person.email == f"{email}@fenwick.example")


_CAST: dict[str, Select[Any]] = {
    "lead": _with(Role.LEAD),
    "leader": _with(Role.LEADER),
    "administrator": _with(Role.ADMINISTRATOR),
    "technician": _most(Application.applicant_id),
    "mentor": _most(Mentoring.mentor_id),
    "mentee": _most(Mentoring.mentee_id),
    "panel_member": _most(PanelMember.person_id),
    "judge": _most(Judge.person_id),
    "manager": _most(aliased(Person).manager_id),
    "nominee": _most(Nominee.person_id),
    "outsider": _of_fenwick("technician"),
    "lead_of_nothing": _of_fenwick("lead"),
}

ROLES = tuple(_CAST)
