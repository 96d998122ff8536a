"""Every form of the pages that somebody saw, sent empty, with wrong values and out of date; and what was answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask

from tests.support.sweeping import Field, Form, Sweep, forms_on

WRONG = {
    "number": "twelve",
    "range": "twelve",
    "money": "1,0",
    "date": "2026-02-31",
    "datetime-local": "2026-01-01T25:00",
    "email": "ana@",
    "url": "javascript:alert(1)",
    "select": "no-such-choice",
    "radio": "no-such-choice",
    "checkboxes": "no-such-choice",
    "text": "x" * 2100,
    "textarea": "wrong " * 3000,
    "password": "short",
}
_SHOWN = {*WRONG, "confirm", "file", "search"}


@dataclass(frozen=True)
class Refusal:
    """The page that a form was answered with."""

    form: Form
    sent: str  # how it was filled: empty, wrong or out of date
    status: int
    text: str = field(repr=False)


def forms_of(app: Flask, clients: dict[str, Any], pages: Iterable[tuple[str, str, str]]) -> list[Form]:
    """The POST forms of *pages*, each (role, path, text): one for each address, with its sender's own tokens."""
    met: set[str] = set()
    found = {(role, path) for role, path, text in pages if forms_on(app, text, role, path, met)}
    known: set[str] = set()
    forms = []
    for role, path in sorted(found):
        forms += forms_on(app, clients[role].get(path).get_data(as_text=True), role, path, known)
    return forms


def refusals_of(sweep: Sweep, forms: Iterable[Form]) -> Iterator[Refusal]:
    """What *forms* are answered with when they must be refused; nothing of it stays."""
    for form in forms:
        for how, changes in _ways(form):
            answer = sweep.send(form, form.filled(**changes))
            if answer.status >= 400 and "<html" in answer.text:  # a script is answered in JSON
                yield Refusal(form, how, answer.status, answer.text)


def has_fields(form: Form) -> bool:
    """Whether somebody fills it, and does not only press its button."""
    return any(one.kind in _SHOWN for one in form.fields)


def summary_faults(refusal: Refusal) -> list[str]:
    """What is wrong with how the page says what was wrong: at the top, with the focus, each line a link to a field."""
    page = BeautifulSoup(refusal.text, "lxml")
    summary = page.select_one("main .errors[role=alert][tabindex='-1'][data-focus]")
    if summary is None:
        return ["no summary of what is wrong"]
    lines = summary.select("li")
    found = [] if lines else ["the summary is empty"]
    for line in lines:
        link = line.select_one("a[href^='#']")
        if link and not _is_marked(page, str(link["href"])[1:]):
            found.append(f"“{line.get_text(' ', strip=True)}” leads to {link['href']}, which says nothing of it")
    return found


def _is_marked(page: BeautifulSoup, target: str) -> bool:
    """Whether the field, or one of its group, says that it is wrong."""
    found = page.find(id=target)
    if found is None:
        return False
    group = found if found.name == "fieldset" else found.find_parent("fieldset")
    marked = "[aria-invalid=true]"
    return found.get("aria-invalid") == "true" or bool(group and (group.select(marked) or group.select(".error")))


def _ways(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    filled = [one for one in form.fields if one.kind in _SHOWN]
    if filled:
        yield "empty", {one.name: _nothing(one) for one in filled}
        yield "wrong", {one.name: WRONG[one.kind] for one in filled if one.kind in WRONG}
    if any(one.name == "_version" for one in form.fields):
        yield "out of date", {"_version": "0"}


def _nothing(one: Field) -> str | None:
    return None if one.kind in {"radio", "checkboxes", "confirm", "file"} else ""
