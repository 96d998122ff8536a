"""What a stopwatch tells of who has an account: the gap between the answers for somebody known and somebody unknown."""

import logging
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median

from tests.bench.harness import Measured, row

PAIRS = 200
MOST_SECONDS = 0.005
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
KNOWN, UNKNOWN = "somebody@hub.example", "whoever.is@hub.example"


@row("enumeration-sign-in", target=1)
def sign_in() -> Measured:
    """A wrong password, for an address with an account and for one without."""
    return _gap("/sign-in", password="wrong horse entirely")


@row("enumeration-link", target=1)
def sign_in_link() -> Measured:
    """A mailed link asked for, as with a forgotten password: made and put into the outbox, or not."""
    return _gap("/sign-in/link")


def _gap(path: str, **values: str) -> Measured:
    """The median difference of pairs taken in turn, each from an address of its own, so that no limit is met."""
    with _hub() as ask:
        for email in (KNOWN, UNKNOWN):
            ask(path, values | {"email": email})  # what is computed once is
        gaps, known = [], []
        for n in range(PAIRS):
            took = {e: ask(path, values | {"email": e}) for e in ((KNOWN, UNKNOWN) if n % 2 else (UNKNOWN, KNOWN))}
            gaps.append(took[KNOWN] - took[UNKNOWN])
            known.append(took[KNOWN])
    return Measured(abs(median(gaps)), MOST_SECONDS, {"known": median(known), "pairs": PAIRS})


@contextmanager
def _hub() -> Iterator[Callable[[str, dict[str, str]], float]]:
    """A hub with one person, passwords as strong as in earnest: asked something, it says how many seconds that took."""
    from config import Config, TestConfig  # noqa: PLC0415 -- the application is imported only where needed
    from hub import create_app  # noqa: PLC0415 -- as above
    from hub.accounts import passwords  # noqa: PLC0415 -- as above
    from hub.core.db import db, writing  # noqa: PLC0415 -- as above
    from tests import factories  # noqa: PLC0415 -- as above

    with tempfile.TemporaryDirectory() as folder:
        settings = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/hub.sqlite3", "VAR": Path(folder)}
        settings |= {"ARGON2": Config.ARGON2, "EVEN_SECONDS": Config.EVEN_SECONDS}
        logging.getLogger("hub").setLevel(logging.ERROR)
        app = create_app(type("Settings", (TestConfig,), settings))
        with app.app_context(), writing():
            db.create_all()
            factories.person(email=KNOWN).password_hash = passwords.hasher().hash("tall kettle sings green")
            db.session.commit()
            db.session.remove()
        numbers = count(1)

        def ask(path: str, values: dict[str, str]) -> float:
            n = next(numbers)
            where = {"REMOTE_ADDR": f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}"}
            client = app.test_client()
            main = client.get(path, environ_base=where).text.partition("<main")[2]
            sent = dict(HIDDEN.findall(main)) | values
            begun = time.perf_counter()
            answer = client.post(path, data=sent, environ_base=where)
            took = time.perf_counter() - begun
            if answer.status_code not in {302, 422}:
                raise RuntimeError(f"{path}: {answer.status}")
            return took

        yield ask
        with app.app_context():
            db.engine.dispose()
