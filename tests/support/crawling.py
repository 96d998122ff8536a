"""A quick way through the site for every role: its pages, its POST forms, its addresses."""

import html
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from tests.support.sweeping import Form, endpoint_of, forms_on

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
NOT_PAGES = {"static", "bootstrap.static", "kit.index", "kit.show"}
SEEN_ENOUGH = 3
OWN = (
    *("/hub", "/fund", "/awards", "/awards/mine", "/skills", "/skills/sessions", "/skills/requests", "/registrations/"),
    *("/registrations/mentoring", "/registrations/mentees"),
)


@dataclass
class Found:
    """What the roles together were shown: forms by endpoint, addresses and questions by endpoint."""

    forms: list[Form] = field(default_factory=list)
    paths: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # endpoint → [(role, path)]
    asked: dict[str, set[str]] = field(default_factory=dict)  # endpoint → names of its query


class Crawl:
    """Walks as each in turn: all of the site as the first few, what is new or somebody's own as the others."""

    def __init__(self, app: Flask, look: Callable[[str, str], object] | None = None) -> None:
        self.app = app
        self.look = look or (lambda _path, _text: None)  # is shown each path with its page
        self.found = Found()
        self.known: set[str] = set()
        self.visits: Counter[str] = Counter()

    def walk(self, who: str, client: Any, *, each: int, starts: Iterable[str]) -> None:
        tried: Counter[str] = Counter()
        waiting = deque(starts)
        seen, asked_for = set(waiting), frozenset(waiting)
        while waiting:
            path = waiting.popleft()
            endpoint = endpoint_of(self.app, path)
            if not self._is_wanted(endpoint, path, tried, each, is_start=path in asked_for):
                continue
            links = self._visit(who, client, endpoint, path)
            waiting.extend(link for link in links if link not in seen)
            seen.update(links)

    def _is_wanted(self, endpoint: str, path: str, tried: Counter[str], each: int, *, is_start: bool) -> bool:
        if not endpoint or endpoint in NOT_PAGES:
            return False
        self.found.asked.setdefault(endpoint, set()).update(re.findall(r"[?&]([\w-]+)=", path))
        most = each if any(c.isdigit() for c in path) else 1
        is_known = most == 1 and self.visits[endpoint] >= SEEN_ENOUGH and not is_start
        if ("?" in path and not is_start) or tried[endpoint] >= most or is_known:
            return False
        tried[endpoint] += 1
        self.visits[endpoint] += 1
        return True

    def _visit(self, who: str, client: Any, endpoint: str, path: str) -> list[str]:
        response = client.get(path)
        if response.status_code >= 400:
            return []
        text = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        self.look(f"{path} as {who}", text)
        if response.status_code == 200:
            self.found.paths.setdefault(endpoint, []).append((who, path))
            self.found.forms += forms_on(self.app, text, who, path, self.known)
            self.found.asked[endpoint].update(_questions(text))
        links = [html.unescape(link) for link in LINK.findall(text)]
        return [*links, response.location] if response.location else links


def _questions(text: str) -> set[str]:
    """Names in the GET forms of a page."""
    names = set()
    for form in re.findall(r"<form(?![^>]*method)[^>]*>.*?</form>", text, re.DOTALL):
        names.update(re.findall(r'name="([\w-]+)"', form))
    return names


def without_arguments(app: Flask) -> list[str]:
    return sorted(str(r.rule) for r in app.url_map.iter_rules() if "GET" in (r.methods or ()) and not r.arguments)
