"""Two worlds that differ in one hidden thing, and everything that somebody is shown of each, byte for byte."""

import difflib
import html
import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any

from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from hub.accounts import queries as accounts
from hub.accounts import services
from hub.accounts.models import Person
from hub.core import clock
from hub.core.db import db
from hub.notifications.letters import plain_text
from hub.notifications.models import OutboxMail
from tests.support.torture import EVERYTHING
from tests.support.world import endpoint_of

EVERYBODY = EVERYTHING  # walk as those too who are shown what another is shown
EACH = 2  # addresses of one endpoint that are asked with the same questions
MAIL = "their mail"
NOT_PAGES = {"", "static", "bootstrap.static", "kit.index", "kit.show"}
LINK = re.compile(r'href="(/[^"#]*)')
SEARCH = re.compile(r'<input[^>]*\bname="q"')
MASKED = {"Content-Security-Policy", "Set-Cookie"}
# What is new in every answer, whatever it says: tokens against forgery, against sending twice, and of the style sheet.
FRESH = (
    re.compile(r'(name="(?:csrf_token|_once)"[^>]*? value=")[^"]*'),
    re.compile(r'((?:nonce=")|(?:nonce-))[\w-]+'),
    re.compile(r"(\bhub=)[^;]+"),  # the signed cookie
    re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*"),  # the clock that a spreadsheet's writer reads itself
)


@dataclass(frozen=True)
class Answer:
    """What came back from one address, without what is new every time."""

    status: int
    headers: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]

    @property
    def told(self) -> list[str]:
        return [f"status {self.status}", *(f"{name}: {value}" for name, value in self.headers), *self.lines]


@dataclass
class Scene:
    """People and things by name, looked at from one moment; *guesses* are ids by argument that no link gives away."""

    app: Flask
    at: datetime
    ids: dict[str, int]
    guesses: dict[str, list[int]] = field(default_factory=dict)
    words: tuple[str, ...] = ()  # to search for, on every page that searches
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    _seen: dict[str, dict[str, Answer]] = field(default_factory=dict)

    def person(self, who: str) -> Person:
        return accounts.person(self.ids[who])

    def sign_in(self, *everybody: str) -> None:
        """Before the worlds part, so that both know the same sessions."""
        with clock.held(self.at):
            for who in everybody:
                client = self.app.test_client()
                token = services.open_session(self.person(who))
                with client.session_transaction() as session:
                    session["_user_id"], session["_fresh"] = token, True
                self.clients[who] = client
            db.session.commit()

    def as_it_is(self, who: str) -> dict[str, Answer]:
        """Everything that *who* is shown in the first world; walked once."""
        if who not in self._seen:
            with supposing():
                self._seen[who] = self.shown_to(who)
        return self._seen[who]

    def shown_to(self, who: str) -> dict[str, Answer]:
        with clock.held(self.at):
            shown = dict(Walk(self, who).answers())
            shown[MAIL] = self._mail(who)
        return shown

    def ask(self, who: str, address: str) -> Answer:
        with clock.held(self.at):
            return asked(self.clients[who], address) if address != MAIL else self._mail(who)

    def _mail(self, who: str) -> Answer:
        db.session.remove()
        wanted = select(OutboxMail).where(OutboxMail.recipient_id == self.ids[who]).order_by(OutboxMail.id)
        loaded = wanted.options(
            joinedload(OutboxMail.recipient).joinedload(Person.institution), selectinload(OutboxMail.notices)
        )
        letters = [[str(m.queued_at), m.subject, *plain_text(m).splitlines()] for m in db.session.scalars(loaded)]
        return Answer(200, (), tuple(line for letter in letters for line in letter))


class Walk:
    """All that one person reaches by links, guesses and searches, with a few addresses of each kind."""

    def __init__(self, scene: Scene, who: str) -> None:
        self.scene = scene
        self.client = scene.clients[who]
        self.tried: Counter[str] = Counter()
        self.endpoint_of = cache(partial(endpoint_of, scene.app))

    def answers(self) -> Iterator[tuple[str, Answer]]:
        waiting = deque(["/", "/hub", *self._without_arguments()])
        seen = set(waiting)
        while waiting:
            path = waiting.popleft()
            if not self._is_wanted(path):
                continue
            answer = asked(self.client, path)
            yield path, answer
            found = [link for link in self._leads_to(path, answer) if link not in seen]
            seen.update(found)
            waiting.extend(found)
        for path in self._guessed():
            if path not in seen:
                yield path, asked(self.client, path)

    def _is_wanted(self, path: str) -> bool:
        endpoint = self.endpoint_of(path.split("?")[0])
        kind = " ".join([endpoint, *re.findall(r"[?&](\w+=)", path)])
        self.tried[kind] += 1
        return endpoint not in NOT_PAGES and self.tried[kind] <= EACH

    def _leads_to(self, path: str, answer: Answer) -> list[str]:
        text = "\n".join(answer.lines)
        found = [html.unescape(link) for link in LINK.findall(text)]
        found += [value for name, value in answer.headers if name == "Location" and value.startswith("/")]
        if SEARCH.search(text) and "?" not in path:
            found += [f"{path}?q={word}" for word in self.scene.words]
        return found

    def _without_arguments(self) -> list[str]:
        rules = [r for r in self.scene.app.url_map.iter_rules() if "GET" in (r.methods or ()) and not r.arguments]
        return sorted(str(rule.rule) for rule in rules)

    def _guessed(self) -> Iterator[str]:
        """Every page about the hidden things, whether or not anything leads there."""
        for rule in self.scene.app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and len(rule.arguments) == 1:
                (argument,) = rule.arguments
                for guess in self.scene.guesses.get(argument, []):
                    yield re.sub(r"<[^>]+>", str(guess), str(rule.rule))


def asked(client: FlaskClient, path: str) -> Answer:
    db.session.remove()  # what the request before has read
    for kept in list(g):
        g.pop(kept)
    response = client.get(path)
    body = response.get_data()
    response.close()
    headers = tuple((n, _masked(v) if n in MASKED else v) for n, v in sorted(response.headers))
    if zipfile.is_zipfile(io.BytesIO(body)):
        headers = tuple((name, value) for name, value in headers if name != "Content-Length")
        lines = tuple(_unpacked(body))
    else:
        lines = tuple(_masked(body.decode("utf-8", "backslashreplace")).splitlines())
    return Answer(response.status_code, headers, lines)


def _masked(text: str) -> str:
    for pattern in FRESH:
        text = pattern.sub(r"\1…", text)
    return text


def _unpacked(body: bytes) -> Iterator[str]:
    """What is in a spreadsheet or a document, hidden sheets and all."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in sorted(archive.namelist()):
            yield name
            yield from _masked(archive.read(name).decode("utf-8", "backslashreplace")).splitlines()


@contextmanager
def supposing() -> Iterator[None]:
    """A world of its own inside the block; after it nothing of it has happened. Only inside of ``undone``."""
    db.session.remove()
    savepoint = db.session.get_bind().begin_nested()
    try:
        yield
    finally:
        db.session.remove()
        savepoint.rollback()


@dataclass(frozen=True)
class Case:
    """One hidden thing: how to change it, whom nothing may be shown of it, and who is shown it, where."""

    hidden: str
    change: Callable[[Scene], Any]
    kept_from: tuple[str, ...]
    shown_to: tuple[str, str]
    apart: bool = False  # cannot happen together with the other cases

    def happen(self, scene: Scene) -> None:
        with clock.held(scene.at):
            self.change(scene)
            db.session.commit()


def also(*who: str) -> tuple[str, ...]:
    """Those as whom the worlds are walked only when there is time."""
    return who if EVERYBODY else ()


def looks(cases: Sequence[Case]) -> list[tuple[str, tuple[Case, ...]]]:
    """Everybody from whom something is kept, with what happens in their second world: all that can, at once."""
    found = []
    for who in dict.fromkeys(who for case in cases for who in case.kept_from):
        theirs = [case for case in cases if who in case.kept_from]
        together = tuple(case for case in theirs if not case.apart)
        found += [
            (who, happening) for happening in (together, *((case,) for case in theirs if case.apart)) if happening
        ]
    return found


def leaks(scene: Scene, who: str, cases: Sequence[Case]) -> list[str]:
    """By what *who* could tell the world in which *cases* happened from the one in which they did not."""
    before = scene.as_it_is(who)
    with supposing():
        for case in cases:
            case.happen(scene)
        found = differences(before, scene.shown_to(who))
    return [f"{_blamed(scene, who, cases, address)} at {address}\n    {lines}" for address, lines in found.items()]


def _blamed(scene: Scene, who: str, cases: Sequence[Case], address: str) -> str:
    """Which of *cases* shows at an address by itself."""
    shown = []
    for case in cases:
        with supposing():
            before = scene.ask(who, address)
        with supposing():
            case.happen(scene)
            if scene.ask(who, address) != before:
                shown.append(case.hidden)
    return ", ".join(shown) or "all together"


def is_shown(scene: Scene, case: Case) -> bool:
    """Whether somebody who may see it sees the difference: else the case would vary nothing."""
    somebody, address = case.shown_to
    with supposing():
        before = scene.ask(somebody, address.format(**scene.ids))
    with supposing():
        case.happen(scene)
        return scene.ask(somebody, address.format(**scene.ids)) != before


def differences(one: dict[str, Answer], other: dict[str, Answer]) -> dict[str, str]:
    """Addresses whose answers differ, each with the lines that do."""
    nothing = Answer(0, (), ("(not reached)",))
    found = {}
    for address in sorted(one.keys() | other.keys()):
        here, there = one.get(address, nothing), other.get(address, nothing)
        if here != there:
            lines = [d for d in difflib.unified_diff(here.told, there.told, n=0, lineterm="") if d[:2] not in _MARKS]
            found[address] = "\n    ".join(line.strip()[:400] for line in lines[:8])
    return found


_MARKS = {"--", "++", "@@"}
