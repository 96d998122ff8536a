"""A real Chromium for tests: found, or installed where that is possible; and what we ask of a page in it."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from werkzeug.serving import make_server

from hub.core import clock
from tests.support.looking import sticking_out

OVERRIDE = "HUB_CHROMIUM"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_INSTALL_SECONDS = 600
_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OF_COLOUR = ["color-contrast", "link-in-text-block"]
_JUDGED = """options => axe.run(document, options).then(told => told.violations.flatMap(fault =>
  fault.nodes.map(node => `${fault.id}: ${fault.help}: ${node.html.slice(0, 160)}`)))"""

_FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  window.__visited ??= new Set();
  if (window.__visited.has(at)) return null;
  window.__visited.add(at);
  const name = at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText || at.title || at.id;
  return `${at.tagName.toLowerCase()} ${name.trim().replace(/\\s+/g, " ")}`;
}"""


class ChromiumMissing(Exception):
    """There is no Chromium and none could be installed; the message says how to get one."""


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium for as long as the block lasts.

    :raises ChromiumMissing: if there is none and none can be had
    """
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=_chromium(playwright), args=_FLAGS)
        try:
            yield running
        finally:
            running.close()


@contextmanager
def served(app: Flask, host: str, at: datetime | None = None) -> Iterator[str]:
    """The address at which *app* answers for as long as the block lasts, for which it may be one moment, *at*."""

    def answer(environ: Any, start_response: Any) -> Any:
        with clock.held(at) if at else nullcontext():
            return app(environ, start_response)

    server = make_server("127.0.0.1", 0, answer, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))  # else it takes half a second to stop
    thread.start()
    try:
        yield f"http://{host}:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def axe(page: Page) -> list[str]:
    """What breaks WCAG 2.2 AA or good practice on *page* as it now stands, one line a fault."""
    return _judged(page, {"type": "tag", "values": _WCAG})


def axe_colours(page: Page) -> list[str]:
    """What of that depends on the look alone: for a page that axe has judged in another look."""
    return _judged(page, {"type": "rule", "values": _OF_COLOUR})


def tab_order(page: Page, at_most: int = 200) -> list[str]:
    """What the Tab key reaches on *page*, in its order, as ``tag name``."""
    page.evaluate("() => { delete window.__visited; document.activeElement?.blur(); }")
    reached: list[str] = []
    for _ in range(at_most):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused is None:
            break
        reached.append(focused)
    return reached


def no_horizontal_scroll(page: Page) -> None:
    """Fail, naming what sticks out, if *page* can be scrolled sideways at its present width."""
    found = sticking_out(page)
    assert found == [], found


def _judged(page: Page, rules: dict[str, object]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False, "elementRef": False}
    return list(page.evaluate(_JUDGED, options))


def _chromium(playwright: Playwright) -> str:
    own = Path(playwright.chromium.executable_path)
    for install in (_nothing, _install_from_debian, _install_from_playwright):
        install()
        if found := _found(own):
            return found
    raise ChromiumMissing(
        "The browser tests need Chromium: install your system's package (on Debian: apt-get install chromium), "
        f"or run .venv/bin/python -m playwright install --with-deps chromium, or name yours in {OVERRIDE}."
    )


def _found(own: Path) -> str | None:
    if named := os.environ.get(OVERRIDE):
        return named
    on_path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    return on_path or (str(own) if own.exists() else None)


def _nothing() -> None:
    """The first try: perhaps there is one already."""


def _install_from_debian() -> None:
    release = Path("/etc/os-release")
    if os.geteuid() != 0 or not release.exists() or "ID=debian" not in release.read_text().splitlines():
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ["chromium", "fonts-liberation"]
    for command in (["update", "-qq"], ["install", "-qq", "--yes", "--no-install-recommends", *packages]):
        _try(["apt-get", *command], environment)


def _install_from_playwright() -> None:
    libraries = ["--with-deps"] if os.geteuid() == 0 else []
    _try([sys.executable, "-m", "playwright", "install", *libraries, "chromium"], dict(os.environ))


def _try(command: list[str], environment: dict[str, str]) -> None:
    """Run *command*; whether it helped is seen by looking for Chromium again."""
    sys.stderr.write(f"No Chromium yet, trying: {' '.join(command)}\n")
    try:
        subprocess.run(command, env=environment, check=False, timeout=_INSTALL_SECONDS, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as reason:
        sys.stderr.write(f"{reason}\n")


def main() -> None:
    """Say which Chromium the tests will drive, having installed one if need be."""
    try:
        with browser() as found:
            sys.stderr.write(f"Chromium {found.version}\n")
    except ChromiumMissing as missing:
        sys.exit(str(missing))


if __name__ == "__main__":
    main()
