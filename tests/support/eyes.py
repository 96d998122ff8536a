"""Several Chromiums at once, each in a thread of its own, so that one judges a page while another is drawn."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any

from playwright.sync_api import Browser, Page

from tests.support.browser import browser

GRAVE = {"error", "warning"}
_COUNT = 2


class Eyes:
    """``with Eyes(address, cookies) as eyes: eyes.over(sheets, look)``; *look* gets a tab of the sheet's reader."""

    def __init__(self, address: str, cookies: dict[str, str]) -> None:
        self.address = address
        self.cookies = cookies
        self._waiting: SimpleQueue[tuple[Future[Any], Callable[..., Any], Any] | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(_COUNT)]

    def __enter__(self) -> "Eyes":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def over(self, sheets: Iterable[Any], look: Callable[[Page, Any], Any]) -> list[Any]:
        """What *look* says of each sheet, in their order."""
        futures = []
        for sheet in sheets:
            futures.append(future := Future())
            self._waiting.put((future, look, sheet))
        return [future.result() for future in futures]

    def _work(self) -> None:
        with browser() as chromium:
            tabs: dict[str, Page] = {}
            while (job := self._waiting.get()) is not None:
                future, look, sheet = job
                try:
                    if sheet.role not in tabs:
                        tabs[sheet.role] = self._tab(chromium, sheet.role)
                    future.set_result(look(tabs[sheet.role], sheet))
                except BaseException as fault:  # noqa: BLE001 -- whoever asked gets it
                    future.set_exception(fault)

    def _tab(self, chromium: Browser, role: str) -> Page:
        return tab_of(chromium, self.address, self.cookies.get(role, ""))


def tab_of(chromium: Browser, address: str, cookie: str, **settings: Any) -> Page:
    """A tab in which the owner of *cookie* is signed in; ``tab.said`` is what its pages complained of."""
    context = chromium.new_context(**{"base_url": address, "reduced_motion": "reduce"} | settings)
    if cookie:
        context.add_cookies([{"name": "hub", "value": cookie, "url": address}])
    tab: Any = context.new_page()
    tab.said = []
    tab.on("console", lambda message: message.type in GRAVE and tab.said.append(message.text))
    tab.on("pageerror", lambda error: tab.said.append(str(error)))
    return tab
