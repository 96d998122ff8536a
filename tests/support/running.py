"""The hub as a process of its own, started by its command line, that can be killed and asked things over HTTP."""

import http.cookiejar
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from argon2 import PasswordHasher
from flask import Flask

from hub import create_app
from hub.accounts.models import Person
from hub.core import schema
from hub.core.db import db, writing
from tests.accounts.making import PASSWORD
from tests.support.processes import Process, run
from tests.support.smtp import HOST, free_port

FORM = "application/x-www-form-urlencoded"
KEY = "one key for the hub and for the test that looks at it"
GIVE_UP = 60  # seconds after which a server that does not answer never will


@contextmanager
def looking_at(database_url: str, var: Path) -> Iterator[Flask]:
    """An application of the test's own on the database of a running hub, to fill it and to look at it."""
    from config import TestConfig  # noqa: PLC0415 -- read only when an application is wanted

    var.mkdir(exist_ok=True)
    settings = {"SQLALCHEMY_DATABASE_URI": database_url, "VAR": var, "SECRET_KEY": KEY}
    app = create_app(type("Settings", (TestConfig,), settings))
    with app.app_context():
        with writing():
            schema.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def may_sign_in(person: Person) -> str:
    """Give *person* ``PASSWORD``; the address to sign in with."""
    person.password_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    return person.email


class Hub:
    """``python -m hub run`` on a port, a database and a folder of its own, without the demo."""

    def __init__(self, var: Path, database_url: str = "", **settings: str) -> None:
        self.port = free_port()
        self.address = f"http://{HOST}:{self.port}"
        self.log = var / "server.log"
        self.environment = {**os.environ, "HUB_VAR": str(var), "HUB_BASE_URL": self.address, "HUB_PRODUCTION": "1"}
        self.environment |= {"DATABASE_URL": database_url, "HUB_SECRET_KEY": KEY, **settings}
        self.process: Process | None = None

    def start(self) -> float:
        """How many seconds of the processor it took until the hub was ready."""
        begun = time.monotonic()
        words = ("hub", "run", "--host", HOST, "--port", str(self.port))
        self.process = Process(*words, environment=self.environment, out=self.log, err=self.log)
        while not self._is_ready():
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            assert time.monotonic() - begun < GIVE_UP, self.log.read_text()[-3000:]
            time.sleep(0.05)
        return self._worked_seconds() or time.monotonic() - begun

    def _worked_seconds(self) -> float:
        """Not the clock, where that can be told: others share the machine."""
        told = Path(f"/proc/{self.process.pid}/stat")
        if not told.exists():
            return 0
        user, system = told.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def kill(self) -> None:
        """As a power cut would: no goodbye."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=GIVE_UP)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """``python -m hub …`` on the same database."""
        return run("hub", *words, environment=self.environment | {"HUB_PRODUCTION": "0"})


class Caller:
    """A person's browser, as far as forms and cookies go."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), _NoRedirect()
        )

    def sign_in(self, email: str, password: str) -> None:
        status, _ = self.send("/sign-in", self.form("/sign-in") | {"email": email, "password": password})
        assert status == 302, status

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of the page's own form."""
        with self.opener.open(self.hub.address + path, timeout=20) as answer:
            html = answer.read().decode()
        main = html[html.index("<main") :]
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main))

    def send(self, path: str, values: dict[str, str], **files: tuple[str, bytes]) -> tuple[int, str]:
        """Status and location of the answer. A file is its name and its bytes."""
        body, kind = _parts(values, files) if files else (urllib.parse.urlencode(values).encode(), FORM)
        asked = urllib.request.Request(self.hub.address + path, body, {"Content-Type": kind})
        try:
            with self.opener.open(asked, timeout=20) as answer:
                return answer.status, ""
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.headers.get("Location", "")

    def get(self, path: str) -> bytes:
        with self.opener.open(self.hub.address + path, timeout=20) as answer:
            return answer.read()


def _parts(values: dict[str, str], files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    line = "where-one-part-ends-and-the-next-begins"
    head = '--{}\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    parts = [head.format(line, name, "").encode() + value.encode() for name, value in values.items()]
    parts += [
        head.format(line, name, f'; filename="{called}"').encode() + content
        for name, (called, content) in files.items()
    ]
    return b"\r\n".join([*parts, f"--{line}--\r\n".encode()]), f"multipart/form-data; boundary={line}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None
