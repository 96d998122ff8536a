"""An installation with its demonstration: how soon it answers, and what it holds once every page was read."""

import atexit
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from functools import cache

from tests.bench.harness import Measured, child, row

MOST_MEGABYTES = 200.0
MOST_SECONDS = 3.0
READ = """
from hub import create_app
from hub.accounts import queries as accounts, services
from hub.accounts.models import Institution, Role
from hub.core.db import db, writing
from sqlalchemy import select
from tests.bench.reading import reader

app = create_app("config.Config")
with app.app_context(), writing():
    institution = db.session.scalars(select(Institution)).one()
    lead = accounts.person(accounts.holders(institution.id, Role.LEAD)[0].id)
    token = services.open_session(lead)
    db.session.commit()
pages = [str(rule) for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
read = 0
for page in pages:
    try:
        reader(app, page, token)()
        read += 1
    except RuntimeError:
        pass  # a redirect, or a page that the lead has not
print(read)
"""


@row("memory-with-demo", target=1)
def memory_with_demo() -> Measured:
    """The most that one process held while it served every page that needs no argument, lists and totals among them."""
    ended = child(READ, **_installed())
    return Measured(ended.megabytes, MOST_MEGABYTES, {"unit": "MB", "pages": int(ended.lines[0])})


@row("start-up", target=1)
def start_up() -> Measured:
    """From the command to the first answer, on the clock."""
    settings = _installed()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = time.perf_counter()
    command = [sys.executable, "-m", "hub", "run", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, env=os.environ | settings, **quiet)
    try:
        while not _answers(f"http://127.0.0.1:{port}/sign-in") and time.perf_counter() - start < 60:
            time.sleep(0.02)
        return Measured(time.perf_counter() - start, MOST_SECONDS, {"unit": "s on the clock"})
    finally:
        server.terminate()
        server.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.URLError:
        return False


@cache
def _installed() -> dict[str, str]:
    """The settings of an installation with the demonstration in it, made once a run."""
    folder = tempfile.TemporaryDirectory(prefix="hub-bench-demo-")
    atexit.register(folder.cleanup)
    settings = {"HUB_VAR": folder.name, "HUB_SCHEDULER": "0", "DATABASE_URL": "", "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-m", "hub", "demo", "--quiet"]
    subprocess.run(command, env=os.environ | settings, stdout=subprocess.DEVNULL, check=True)
    return settings
