"""Settings, read once from the environment. Every default runs on one laptop."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

ROOT = Path(__file__).parent


def own_key(var: Path) -> str:
    """A key of this installation's own: made at the first start, kept beside the database."""
    kept = var / "secret_key"
    if not kept.exists():
        var.mkdir(parents=True, exist_ok=True)
        fresh = var / f"secret_key.{secrets.token_hex(8)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32), encoding="ascii")
        with suppress(FileExistsError):
            os.link(fresh, kept)  # of several processes that start at once, the first one's is everybody's
        fresh.unlink()
    return kept.read_text(encoding="ascii")


class Config:
    VAR = Path(os.environ.get("HUB_VAR", ROOT / "var"))  # database, files and mail, unless set apart
    PRODUCTION = os.environ.get("HUB_PRODUCTION", "") == "1"
    SECRET_KEY = os.environ.get("HUB_SECRET_KEY") or own_key(VAR)
    EARLIER_KEYS: ClassVar[list[str]] = os.environ.get("HUB_EARLIER_KEYS", "").split()  # they seal nothing any more
    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'hub.sqlite3'}"
    SQLALCHEMY_ENGINE_OPTIONS: ClassVar[dict[str, Any]] = {"pool_pre_ping": True, "hide_parameters": True}
    BASE_URL = os.environ.get("HUB_BASE_URL", "http://127.0.0.1:5000")  # the only source of links in mail
    MAIL_URL = os.environ.get("HUB_MAIL_URL", "folder:")  # folder: | smtp://user:password@host:port | smtps://…
    MAIL_FROM = os.environ.get("HUB_MAIL_FROM", "Technicians’ Hub <hub@localhost.localdomain>")
    PROXIES = int(os.environ.get("HUB_PROXIES", "0"))  # how many of our own stand before the hub and say who asked
    SCHEDULER = os.environ.get("HUB_SCHEDULER", "1") == "1"
    KIT_PAGES = not PRODUCTION
    TRUSTED_HOSTS: ClassVar[list[str]] = [h for h in {urlsplit(BASE_URL).hostname, "127.0.0.1", "localhost"} if h]

    MAX_CONTENT_LENGTH = 12 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 1024 * 1024
    MAX_FORM_PARTS = 500
    SESSION_COOKIE_NAME = "__Host-hub" if BASE_URL.startswith("https:") else "hub"
    SESSION_COOKIE_SECURE = BASE_URL.startswith("https:")
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    WTF_CSRF_TIME_LIMIT = None  # as long as the session: a long form must not die under its writer
    BOOTSTRAP_SERVE_LOCAL = True
    ARGON2: ClassVar[dict[str, int]] = {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1}
    EVEN_SECONDS = 0.2  # before it is answered whether a link was mailed: a stopwatch must not tell


class TestConfig(Config):
    TESTING = True
    SECRET_KEY = "only-for-tests"  # noqa: S105
    EARLIER_KEYS: ClassVar[list[str]] = []
    SQLALCHEMY_DATABASE_URI = "sqlite://"
    SQLALCHEMY_ENGINE_OPTIONS: ClassVar[dict[str, Any]] = {}
    BASE_URL = "http://localhost"
    TRUSTED_HOSTS: ClassVar[list[str]] = ["localhost", "127.0.0.1"]
    PROXIES = 0
    SCHEDULER = False
    SESSION_COOKIE_NAME = "hub"
    SESSION_COOKIE_SECURE = False
    ARGON2: ClassVar[dict[str, int]] = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
    EVEN_SECONDS = 0.0
