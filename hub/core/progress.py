"""How far long work is, for its page: noted in a file, as nobody sees into a transaction before its end."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flask import current_app


@dataclass(frozen=True, slots=True)
class Progress:
    doing: str
    done: int
    of: int


def note(work: str, doing: str, done: int, of: int) -> None:
    """Say of *work*, a name such as ``staff-import-12``, what it is at and how far."""
    path = _path(work)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(f"{done} {of} {doing}", encoding="utf-8")
    fresh.replace(path)


def of(work: str) -> Progress | None:
    """Nothing if it has not begun, or is over."""
    with suppress(OSError, ValueError):
        done, total, doing = _path(work).read_text(encoding="utf-8").split(" ", 2)
        return Progress(doing, int(done), int(total))
    return None


def forget(work: str) -> None:
    _path(work).unlink(missing_ok=True)


def _path(work: str) -> Path:
    return Path(current_app.config["VAR"]) / "progress" / work
