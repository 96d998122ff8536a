"""How long the hub takes to be there, and what it then holds in memory."""

import tempfile

from tests.bench.harness import Measured, child, paired, row

OURS = "from hub import create_app; create_app('config.Config')"
BARE = "import flask, flask_login, sqlalchemy.orm, wtforms"
NOTHING = "pass"
MOST_MEGABYTES = 100.0


@row("start", target=1.5)
def start() -> Measured:
    """Importing and building the application against importing what any such application imports."""
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = paired(lambda: child(OURS, **_apart(folder)).seconds, lambda: child(BARE).seconds)
    return Measured(ours, bare, {"python alone": child(NOTHING).seconds})


@row("memory-at-start", target=1)
def memory_at_start() -> Measured:
    """What one process holds once it is built, against what a worker may hold."""
    with tempfile.TemporaryDirectory() as folder:
        held = child(OURS, **_apart(folder)).megabytes
    return Measured(held, MOST_MEGABYTES, {"unit": "MB", "bare": child(BARE).megabytes})


def _apart(folder: str) -> dict[str, str]:
    """An installation of its own, so that measuring touches nobody's database."""
    return {"HUB_VAR": folder, "HUB_SCHEDULER": "0"}
