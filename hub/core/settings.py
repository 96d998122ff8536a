"""Settings that are unsafe for real use, each with what to do; on the worst of them production does not start."""

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

Settings = Mapping[str, Any]

SOURCE = Path(__file__).parents[2]
LOOPBACK = frozenset({None, "", "localhost", "127.0.0.1", "::1"})
KNOWN_KEYS = re.compile(
    r"(only.?for.?tests|change.?me|secret|default|example|insecure|dev|test|password|key|hub)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Unsafe:
    """*is_so* tells whether settings are unsafe in this way, *advice* what to do; on a *fatal* one nothing starts."""

    is_so: Callable[[Settings], bool]
    advice: str
    fatal: bool = False


def _has_weak_key(settings: Settings) -> bool:
    key = str(settings["SECRET_KEY"] or "")
    return len(key) < 32 or len(set(key)) < 8 or bool(KNOWN_KEYS.match(key))


def _is_key_readable(settings: Settings) -> bool:
    kept = Path(settings["VAR"]) / "secret_key"
    return kept.exists() and bool(kept.stat().st_mode & 0o077)


def _trusts_any_host(settings: Settings) -> bool:
    hosts = settings["TRUSTED_HOSTS"] or ["*"]
    return any("*" in host or host.startswith(".") for host in hosts)


def _is_folder_open(settings: Settings) -> bool:
    folder = Path(settings["VAR"])
    return folder.exists() and bool(folder.stat().st_mode & 0o007)


def _is_database_open(settings: Settings) -> bool:
    """Reached over a network without a password, or in clear text."""
    url = make_url(settings["SQLALCHEMY_DATABASE_URI"])
    host = url.query.get("host", url.host)
    if url.get_backend_name() == "sqlite" or host in LOOPBACK or str(host).startswith("/"):
        return False
    return not url.password or url.query.get("sslmode") not in {"require", "verify-ca", "verify-full"}


UNSAFE: dict[str, Unsafe] = {
    "settings.production": Unsafe(
        lambda settings: not settings["PRODUCTION"],
        "The demo and the developers’ pages are on. Set HUB_PRODUCTION=1.",
    ),
    "settings.secret-key": Unsafe(
        _has_weak_key,
        "HUB_SECRET_KEY is short or easily guessed. Take it away and the hub makes a good one and keeps it.",
        fatal=True,
    ),
    "settings.secret-key-file": Unsafe(
        _is_key_readable,
        "Others on this machine can read the file secret_key in HUB_VAR. Make it its owner’s alone: chmod 600.",
    ),
    "settings.debug": Unsafe(
        lambda settings: bool(settings["DEBUG"]),
        "Debugging shows the program’s insides to visitors. Take FLASK_DEBUG away.",
        fatal=True,
    ),
    "settings.hosts": Unsafe(
        _trusts_any_host,
        "Any host name is answered, so a forged one could reach links. Name one host in HUB_BASE_URL.",
        fatal=True,
    ),
    "settings.base-url": Unsafe(
        lambda settings: not str(settings["BASE_URL"]).startswith("https:"),
        "HUB_BASE_URL does not begin with https, so cookies travel unprotected. Put TLS before the hub and say so.",
    ),
    "settings.proxies": Unsafe(
        lambda settings: str(settings["BASE_URL"]).startswith("https:") and not settings["PROXIES"],
        "Everybody behind the proxy that ends TLS counts as one visitor. Say how many there are in HUB_PROXIES.",
    ),
    "settings.mail": Unsafe(
        lambda settings: str(settings["MAIL_URL"]).startswith("folder:"),
        "Mail is kept in a folder, so nobody receives any. Name a mail server in HUB_MAIL_URL.",
    ),
    "settings.mail-from": Unsafe(
        lambda settings: "localhost" in str(settings["MAIL_FROM"]),
        "Mail comes from an address that nobody can answer. Name one of yours in HUB_MAIL_FROM.",
    ),
    "settings.folder": Unsafe(
        lambda settings: Path(settings["VAR"]).resolve().is_relative_to(SOURCE),
        "Files and key lie inside the program’s own folder, where an update may lose them. Name another in HUB_VAR.",
    ),
    "settings.folder-open": Unsafe(
        _is_folder_open,
        "Everybody on this machine can look into HUB_VAR. Close it to others: chmod o= on the folder.",
    ),
    "settings.database": Unsafe(
        _is_database_open,
        "The database is reached over a network without a password or without TLS. "
        "Put both into DATABASE_URL: …//user:password@host/hub?sslmode=require.",
    ),
}


def warnings(settings: Settings) -> list[str]:
    """``name: what to do`` for every setting that real use should not have."""
    return [f"{name}: {unsafe.advice}" for name, unsafe in UNSAFE.items() if unsafe.is_so(settings)]


def refuse_unsafe(settings: Settings) -> None:
    """End the program, saying why in one line, rather than serve real people with settings that are a trap."""
    if not settings["PRODUCTION"]:
        return
    fatal = {name: unsafe for name, unsafe in UNSAFE.items() if unsafe.fatal}
    found = [f"{name}: {unsafe.advice}" for name, unsafe in fatal.items() if unsafe.is_so(settings)]
    if found:
        sys.stderr.write(f"The hub does not start. {' '.join(found)}\n")
        raise SystemExit(2)
