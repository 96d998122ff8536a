"""The menus as data: features add their entries, the frame shows those that exist and that the person may open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import current_app, g, request, url_for


def everyone(_user: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a menu. *key* is what a page sets as ``here``; *fragment* leads to a part of the page."""

    key: str
    text: str
    endpoint: str
    order: int = 100
    rule: Callable[[Any], bool] = everyone
    fragment: str = ""


class Link(NamedTuple):
    """An entry as a page shows it."""

    key: str
    text: str
    href: str


class Row:
    """The entries of one menu, by key: adding a key again replaces it, so building a second app changes nothing."""

    def __init__(self, *entries: Entry) -> None:
        self._entries = {entry.key: entry for entry in entries}
        self._edition = 0

    def add(
        self,
        key: str,
        text: str,
        endpoint: str,
        order: int = 100,
        rule: Callable[[Any], bool] = everyone,
        fragment: str = "",
    ) -> None:
        self._entries[key] = Entry(key, text, endpoint, order, rule, fragment)
        self._edition += 1

    def __iter__(self) -> Iterator[Entry]:
        return iter(sorted(self._entries.values(), key=lambda entry: entry.order))

    def shown_to(self, user: Any) -> tuple[Link, ...]:
        return tuple(link for link, rule in self._links() if rule(user))

    def _links(self) -> list[tuple[Link, Callable[[Any], bool]]]:
        """What this app has of the row: found once, as every page of everybody needs it."""
        known: dict[Any, list[tuple[Link, Callable[[Any], bool]]]] = current_app.extensions.setdefault("menus", {})
        key = (self, self._edition, request.script_root)
        if key not in known:
            known[key] = [(_link(entry), entry.rule) for entry in self if is_place(entry.endpoint)]
        return known[key]


def _link(entry: Entry) -> Link:
    return Link(entry.key, entry.text, place(entry.endpoint) + (f"#{entry.fragment}" if entry.fragment else ""))


main = Row(
    Entry("hub", "My hub", "pages.my_hub", 10),
    Entry("directory", "Directory", "directory.search", 20),
)
lead = Row()
upkeep = Row()  # what is set up once and looked at seldom: folded away beside the lead's row
me = Row(
    Entry("profile", "My profile", "directory.edit_profile", 10),
    Entry("notices", "What I am told", "notifications.preferences", 80),
    Entry("sessions", "Where I am signed in", "accounts.sessions", 90),
)
visitor = Row()
foot = Row(
    Entry("public", "Public page", "pages.public_page", 10),
    Entry("accessibility", "Accessibility", "pages.accessibility", 20),
    Entry("privacy", "Privacy", "pages.privacy", 30),
    Entry("help", "Help", "pages.help_page", 40),
)

bell: Callable[[Any], int] | None = None
"""How many unread notices somebody has: set by the feature that keeps them, asked once a request."""


def bell_count(user: Any) -> int:
    if "bell_count" not in g:
        g.bell_count = bell(user) if bell else 0
    return int(g.bell_count)


def is_place(endpoint: str) -> bool:
    """Whether this app has a page of that name that needs no arguments."""
    return bool(place(endpoint))


def place(endpoint: str) -> str:
    """The address of a page without arguments, or nothing if there is none; built once, as ``url_for`` is slow."""
    known: dict[tuple[str, str], str] = current_app.extensions.setdefault("places", {})
    key = (request.script_root, endpoint)
    if key not in known:
        known[key] = url_for(endpoint) if _needs_nothing(endpoint) else ""
    return known[key]


def _needs_nothing(endpoint: str) -> bool:
    if endpoint not in current_app.view_functions:
        return False
    return any(rule.arguments <= set(rule.defaults or ()) for rule in current_app.url_map.iter_rules(endpoint))
