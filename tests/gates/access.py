"""The access tables of the features, and what is wrong between them and the application."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask

from tests.gates.access_cast import CHAIRS, PRINCIPALS, Stage, Visitor
from tests.gates.access_things import KINDS, Kind, Thing, kind_for
from tests.rules.test_routes import STATIC
from tests.support.torture import EVERYTHING
from tests.support.world import changing, watched

HUB = Path(__file__).parents[2] / "hub"
NEVER, OWN, CHAIR, ALL, YES = "–", "own", "chair", "all", "yes"
WORTH = (NEVER, CHAIR, OWN, YES, ALL)  # from the least that somebody may to the most
METHODS = ("GET", "POST")
REFUSED = {401, 403, 404}
BROKEN = {405, 415, 429}
FORM_TOO_OLD = "This form was open for too long"
EACH = (
    8 if EVERYTHING else 1
)  # others’ things that are tried for a cell, another choice for every cell: fewer than any limit


# -- the tables --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One endpoint and method, with a word for each principal."""

    endpoint: str
    method: str
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"

    @property
    def feature(self) -> str:
        return self.endpoint.partition(".")[0]

    @property
    def is_public(self) -> bool:
        return self.cells["anonymous"] != NEVER


def tables(hub: Path = HUB) -> list[Row]:
    """The rows of every feature’s access.md."""
    return [row for path in sorted(hub.glob("*/access.md")) for row in rows_of(path.read_text(encoding="utf-8"))]


def rows_of(text: str) -> list[Row]:
    heading, *lines = table_in(text, "address")
    return [
        Row(endpoint.strip("`"), method, dict(zip(heading[2:], cells, strict=True)))
        for endpoint, method, *cells in lines
    ]


def table_in(text: str, first: str) -> list[list[str]]:
    """The lines of the Markdown table whose *first* heading this is, without the rule under it."""
    for block in text.split("\n\n"):
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.strip().splitlines()]
        if lines and lines[0][0] == first:
            return [lines[0], *lines[2:]]
    raise AssertionError(f"no table that begins with “{first}”")


def declared(app: Flask) -> set[tuple[str, str]]:
    """Every endpoint of the application with every method that a form or a link can send."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC]
    return {(rule.endpoint, method) for rule in rules for method in METHODS if method in (rule.methods or set())}


def faults_in(app: Flask, rows: Iterable[Row]) -> list[str]:
    """What the tables forget, what they have too much of, and cells that say nothing."""
    rows = list(rows)
    told = [(row.endpoint, row.method) for row in rows]
    there = declared(app)
    faults = [f"{m} {e} is in no access.md: say who may ask for it" for e, m in sorted(there - set(told))]
    faults += [f"{m} {e} is in an access.md, and there is no such address" for e, m in sorted(set(told) - there)]
    faults += [f"{m} {e} is in an access.md twice" for e, m in sorted({one for one in told if told.count(one) > 1})]
    for row in rows:
        if tuple(row.cells) != PRINCIPALS:
            faults.append(f"{row}: the columns are not the principals")
        elif (row.endpoint, row.method) in there:
            wanted = set(WORTH) - {YES} if _arguments(app, row) else {NEVER, YES}
            faults += [f"{row}: “{w}” for {p} says nothing" for p, w in row.cells.items() if w not in wanted]
    return faults


def _arguments(app: Flask, row: Row) -> set[str]:
    return {name for rule in app.url_map.iter_rules(row.endpoint) for name in rule.arguments}


# -- asking ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    status: int
    location: str

    @property
    def is_allowed(self) -> bool:
        return self.status not in REFUSED and not self.leads_to_sign_in

    @property
    def leads_to_sign_in(self) -> bool:
        return self.status in {302, 303} and self.location.startswith("/sign-in?next=")


class Gate:
    """Asks for addresses as people, and compares what they get with the tables; *broken*: what nobody should get."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.app = stage.app
        self.broken: list[str] = []

    # -- one request ---------------------------------------------------------------------------------------------------

    def ask(
        self, visitor: Visitor, row: Row, thing: Thing | None = None, *, query: str = "", method: str = ""
    ) -> Answer:
        """A GET as it is, a POST with the session’s token and nothing else."""
        path = self.path(row, thing)
        path += f"{'&' if '?' in path else '?'}{query}" if query else ""
        sent = {"data": {"csrf_token": visitor.token}} if row.method == "POST" else {}
        response = visitor.client.open(path, method=method or row.method, **sent)
        answer = Answer(response.status_code, response.location or "")
        if answer.status >= 500 or answer.status in BROKEN:
            self.broken.append(f"{row} {path} as {visitor.principal}: {answer.status}")
        response.close()
        return answer

    def path(self, row: Row, thing: Thing | None) -> str:
        return str(self.app.url_map.bind("localhost").build(row.endpoint, thing.args if thing else {}))

    # -- one cell ------------------------------------------------------------------------------------------------------

    def wrong_cells(self, rows: Iterable[Row], columns: dict[str, list[Visitor]] | None = None) -> list[str]:
        """A sentence for every cell that is not as its table says. *columns*: who asks, for which column."""
        found = []
        for row in rows:
            for principal, visitors in (columns or self.stage.principals).items():
                found += self._faults(row, principal, visitors)
        return found

    def _faults(self, row: Row, principal: str, visitors: list[Visitor]) -> Iterator[str]:
        word = row.cells[principal]
        if not _arguments(self.app, row):
            answer = self.ask(visitors[0], row)
            if answer.is_allowed != (word == YES):
                yield _told(row, visitors[0], "", answer, word)
            return
        own, others = self.pairs(self._kind(row), visitors)
        chance = Random(f"{row} {principal}")
        chance.shuffle(own)
        chance.shuffle(others)
        yield from self._refused_or_reached(row, _spread(others), "others’", word, reached=word == ALL)
        if own and word != ALL:
            yield from self._refused_or_reached(row, _spread(own), "own", word, reached=word == OWN)
        if word == CHAIR:
            seats = next(seat for seat, of in CHAIRS.items() if of == principal)
            theirs, _ = self.pairs(self._kind(row), self.stage.cast[seats])
            yield from self._refused_or_reached(row, _spread(theirs), "the chair’s own", word, reached=True)

    def pairs(self, kind: Kind, visitors: list[Visitor]) -> tuple[list[Any], list[Any]]:
        """(visitor, thing): those of the things in which the visitor has a part, and the others of the institution."""
        own, others = [], []
        for n, thing in enumerate(t for t in self.stage.things_of(kind) if t.institution_id in {self.stage.home, None}):
            parts = [v for v in visitors if v.id in thing.parts]
            own += [(visitor, thing) for visitor in parts]
            without = [v for v in visitors if v.id not in thing.parts]
            others += [(without[n % len(without)], thing)] if without else []
        return own, others

    def _refused_or_reached(
        self, row: Row, pairs: list[tuple[Visitor, Thing]], whose: str, word: str, *, reached: bool
    ) -> Iterator[str]:
        """If *reached*, one of the things must be; otherwise none of a few may be."""
        answer, visitor, thing = None, None, None
        for visitor, thing in pairs if reached else pairs[:EACH]:
            answer = self.ask(visitor, row, thing)
            if answer.is_allowed:
                break
        if answer is None:
            if reached:
                yield f"{row}: the world has no {whose} thing to try “{word}” on"
        elif answer.is_allowed != reached:
            yield _told(row, visitor, f"{whose} {thing}", answer, word)

    # -- other questions -----------------------------------------------------------------------------------------------

    def opened(
        self, rows: Iterable[Row], principal: str, visitors: list[Visitor], *, own: bool = False, method: str = ""
    ) -> Iterator[tuple[Visitor, Row, Thing | None]]:
        """One thing for each of the *rows* that really opens to the *visitors*; with *own* only what is theirs."""
        for row in rows:
            if row.cells[principal] == NEVER:
                continue
            for visitor, thing in self._candidates(row, visitors, own=own):
                if self.ask(visitor, row, thing, method=method).is_allowed:
                    yield visitor, row, thing
                    break

    def _candidates(self, row: Row, visitors: list[Visitor], *, own: bool) -> list[tuple[Visitor, Thing | None]]:
        if not _arguments(self.app, row):
            return [] if own else [(visitors[0], None)]
        theirs, others = self.pairs(self._kind(row), visitors)
        return [*_spread(theirs), *([] if own else _spread(others))]

    def still_open(self, opened: Iterable[tuple[Visitor, Row, Thing | None]]) -> list[str]:
        """Those that are not refused any more at the next request, nor as an export."""
        found = []
        for visitor, row, thing in opened:
            for query in ("", "export=csv") if row.method == "GET" else ("",):
                answer = self.ask(visitor, row, thing, query=query)
                if answer.is_allowed:
                    found.append(_told(row, visitor, f"{thing or ''}{query}", answer, "no more"))
        return found

    def has_part(self, visitor: Visitor, row: Row, thing: Thing) -> bool:
        """Whether *visitor* has a part in *thing*, as things are now."""
        now = self._again(row, thing)
        return now is not None and visitor.id in now.parts

    def is_at_home(self, row: Row, thing: Thing) -> bool:
        now = self._again(row, thing)
        return now is not None and now.institution_id == self.stage.home

    def _again(self, row: Row, thing: Thing) -> Thing | None:
        return next((one for one in self.stage.things_of(self._kind(row)) if one.args == thing.args), None)

    def _kind(self, row: Row) -> Kind:
        found = kind_for(KINDS, row.feature, _arguments(self.app, row))
        assert found is not None, f"{row}: see unlisted"
        return found

    def taken_without_token(self, rows: Iterable[Row], visitor: Visitor, stranger: Visitor) -> list[str]:
        """POSTs that get past the guard without a token, with a *stranger*’s, or with one that was garbled."""
        wrong = {"no token": "", "a stranger’s token": stranger.token, "a garbled token": visitor.token[:-3] + "abc"}
        found = []
        for row in rows:
            thing = self.stage.things_of(self._kind(row))[0] if _arguments(self.app, row) else None
            for told, token in wrong.items():
                sent = {"_once": "x" * 24, **({"csrf_token": token} if token else {})}
                response = visitor.client.post(self.path(row, thing), data=sent)
                if response.status_code != 400 or FORM_TOO_OLD not in response.get_data(as_text=True):
                    found.append(f"{row} with {told}: {response.status_code}")
        return found

    # -- other institutions --------------------------------------------------------------------------------------------

    def leaks(self, rows: Iterable[Row]) -> list[str]:
        """Things of the demo that somebody of another institution can tell from what does not exist."""
        found = []
        for row in rows:
            if row.is_public or not _arguments(self.app, row):
                continue
            ours = [thing for thing in self.stage.things_of(self._kind(row)) if thing.institution_id == self.stage.home]
            chance = Random(str(row))
            for visitor in self.stage.elsewhere:
                for thing in chance.sample(ours, min(EACH, len(ours))):
                    answer = self.ask(visitor, row, thing)
                    if answer.status != 404:
                        found.append(_told(row, visitor, str(thing), answer, "404"))
        return found


def _told(row: Row, visitor: Any, thing: str, answer: Answer, word: str) -> str:
    came = f"{answer.status}{' ' + answer.location if answer.location else ''}"
    return f"{row} as {visitor.principal} {visitor.id or ''}: {thing}: got {came}, the table says “{word}”"


def _spread(pairs: list[tuple[Visitor, Thing]]) -> list[tuple[Visitor, Thing]]:
    """Every part and stage once before any comes twice."""
    seen: dict[tuple[str, str], int] = {}
    ranked = []
    for visitor, thing in pairs:
        sort = (thing.parts.get(visitor.id or 0, ""), thing.stage)
        seen[sort] = seen.get(sort, 0) + 1
        ranked.append((seen[sort], len(ranked), visitor, thing))
    return [(visitor, thing) for _, _, visitor, thing in sorted(ranked, key=lambda one: one[:2])]


# -- reading changes nothing -------------------------------------------------------------------------------------------


@contextmanager
def writes() -> Iterator[list[str]]:
    """Every statement inside the block that changes a row; a session may note its use, and the journal, who read."""
    changed: list[str] = []
    with watched() as statements:
        yield changed
    changed += changing(statements)
