"""Backup and restore of one installation: the database as it is at one moment, and the files."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
from pathlib import Path

from flask import current_app
from sqlalchemy.engine import make_url

from hub.core import audit, schema
from hub.core.clock import now
from hub.core.db import db

NOTE = "backup.json"


class CannotCopy(Exception):
    """Nothing was written or restored; the message says why."""


def write(folder: Path) -> str:
    """Write a consistent copy into *folder*, which must not exist; readers and writers go on meanwhile.

    :raises CannotCopy: if *folder* holds something, there is no database yet, or its own program fails
    """
    if folder.exists() and any(folder.iterdir()):
        raise CannotCopy(f"{folder} is not empty: name a new folder.")
    if schema.current() is None:
        raise CannotCopy("There is no database to copy yet: run python -m hub migrate.")
    folder.mkdir(parents=True, exist_ok=True)
    var = Path(current_app.config["VAR"])
    _copy_notes(var, folder)  # before the database: it must hold every row that a note names
    database = _dump(folder)
    _copy_files(var, folder)  # after it: every row must find its file
    note = {
        "made_at": now().isoformat(),
        "revision": schema.current(),
        "database": database.name,
        "sha256": _sha256(database),
    }
    (folder / NOTE).write_text(json.dumps(note, indent=2), encoding="utf-8")
    return (
        f"Backup of revision {note['revision']} written to {folder}. Keep the secret key apart from it: {_key_hint()}."
    )


def _copy_notes(source: Path, target: Path) -> None:
    if (source / audit.NOTES).exists():
        shutil.copyfile(source / audit.NOTES, target / audit.NOTES)


def _copy_files(source: Path, target: Path) -> None:
    if (source / "files").exists():
        halves = shutil.ignore_patterns("*.part")  # what is just being written has no row yet
        shutil.copytree(source / "files", target / "files", ignore=halves, dirs_exist_ok=True)


def _dump(folder: Path) -> Path:
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite":
        target = folder / "hub.sqlite3"
        with sqlite3.connect(str(url.database)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        connection.close()
        return target
    target = folder / "hub.dump"
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    command = ["pg_dump", "--format=custom", f"--file={target}", f"--dbname={plain}"]
    try:
        subprocess.run(command, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as fault:
        raise CannotCopy(f"pg_dump did not make a copy: {type(fault).__name__}.") from None
    return target


def read(folder: Path) -> str:
    """Put the backup in *folder* in place. PostgreSQL is restored with its own ``pg_restore``: see the README.

    :raises CannotCopy: if it is no whole backup, or the installation has data already
    """
    note = _note(folder)
    source = folder / note["database"]
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() != "sqlite":
        raise CannotCopy(
            f"Restore the database with pg_restore from {source}, then copy {folder / 'files'} and "
            f"{folder / audit.NOTES} into place."
        )
    target = Path(str(url.database))
    db.engine.dispose()
    if target.exists() and target.stat().st_size:
        raise CannotCopy(f"{target} has data already: move it away first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    var = Path(current_app.config["VAR"])
    _copy_notes(folder, var)
    _copy_files(folder, var)
    half = target.with_suffix(".part")  # a restore that was broken off leaves no database, and is begun again
    shutil.copyfile(source, half)
    half.replace(target)
    return f"Restored the backup of {note['made_at']}, revision {note['revision']}."


def _note(folder: Path) -> dict[str, str]:
    try:
        note: dict[str, str] = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        kept = _sha256(folder / note["database"])
    except (OSError, ValueError, KeyError):
        raise CannotCopy(f"{folder} holds no backup of the hub.") from None
    if kept != note["sha256"]:
        raise CannotCopy("The backup's database does not match its note: nothing was restored.")
    return note


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _key_hint() -> str:
    kept = Path(current_app.config["VAR"]) / "secret_key"
    return str(kept) if kept.exists() else "HUB_SECRET_KEY"
