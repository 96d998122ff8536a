"""People who use a running hub without a pause, whatever becomes of it: what got no answer is asked again as it is."""

import http.client
import threading
import time
from collections.abc import Callable
from typing import Any

from tests.support.running import Caller, Hub

LOST = (OSError, http.client.HTTPException)  # the server is gone, before or after it did what was asked
NEW_ITEM = "/evidence/items/new"
FIELDS = {
    "theme": "visibility", "happened_on": "2026-01-05", "text": "Somebody said so.", "source": "", "link": "",
    "people": "1", "scope": "hub", "use_until": "",
    "sort": "document", "figure": "", "figure_unit": "", "unit_id": "",
}  # fmt: skip


class Visitor(threading.Thread):
    """Visits until it is over, or until something was wrong."""

    def __init__(self, hub: Hub, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.caller, self.over = Caller(hub), over
        self.asked_again = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        while not self.over.is_set() and not self.wrong:
            self.visit()

    def visit(self) -> None:
        raise NotImplementedError

    def until_answered(self, ask: Callable[[], Any]) -> Any:
        while True:
            try:
                return ask()
            except LOST:
                self.asked_again += 1
                time.sleep(0.05)


class Writer(Visitor):
    """Brings evidence, with *files* or without."""

    def __init__(self, hub: Hub, over: threading.Event, email: str, **files: tuple[str, bytes]) -> None:
        super().__init__(hub, over)
        self.email, self.files = email, files
        self.acknowledged: list[str] = []

    def visit(self) -> None:
        title = f"{self.email} {len(self.acknowledged)}"
        form = self.until_answered(lambda: self.caller.form(NEW_ITEM))
        values = form | FIELDS | {"title": title}
        status, location = self.until_answered(lambda: self.caller.send(NEW_ITEM, values, **self.files))
        if status in {302, 303} and "/evidence/items/" in location:
            self.acknowledged.append(title)
        else:
            self.wrong.append(f"{title}: {status} {location}")


class Reader(Visitor):
    """Has a document drawn as PDF."""

    def __init__(self, hub: Hub, over: threading.Event, path: str) -> None:
        super().__init__(hub, over)
        self.path = path
        self.answered = 0

    def visit(self) -> None:
        document = self.until_answered(lambda: self.caller.get(self.path))
        if not (document.startswith(b"%PDF-") and document.rstrip().endswith(b"%%EOF")):
            self.wrong.append(f"half a document: {document[:40]!r}")
        self.answered += 1
        self.over.wait(0.5)
