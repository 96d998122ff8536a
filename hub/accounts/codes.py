"""Codes for the second step: from an app that shares a key with the hub, and from a list kept for a rainy day."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256
from typing import Any

from flask import current_app

from hub.core.clock import now

HALF_MINUTE = 30  # seconds for which an app shows one code
SKEW = 1  # half minutes by which a phone's clock may be wrong
RECOVERY_CODES, RECOVERY_DIGITS = 10, 12


def safe() -> Any:
    """What encrypts the apps' keys: with the secret key of now, and opens what earlier ones encrypted."""
    return _safe((str(current_app.secret_key), *current_app.config["EARLIER_KEYS"]))


@cache
def _safe(keys: tuple[str, ...]) -> Any:
    from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415 -- slow import

    derived = (hmac.digest(key.encode(), b"keys of the second step", sha256) for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in derived])


def new_key() -> str:
    from pyotp import random_base32  # noqa: PLC0415 -- slow import

    return random_base32()


def sealed(key: str, *, safe: Any) -> str:
    return str(safe.encrypt(key.encode()).decode())


def opened(kept: str | None, *, safe: Any) -> str | None:
    """The key again; nothing if there is none, or if the hub has lost the secret that encrypted it."""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 -- slow import

    try:
        return str(safe.decrypt(kept.encode()).decode()) if kept else None
    except InvalidToken:
        return None


def address_for_app(key: str, *, account: str, issuer: str) -> str:
    """What a QR code says to an app."""
    from pyotp import TOTP  # noqa: PLC0415 -- slow import

    return TOTP(key).provisioning_uri(name=account, issuer_name=issuer.replace(":", " "))


def half_minute_of(typed: str, key: str | None) -> int | None:
    """The half minute, as a number since 1970, whose code was typed; nothing if it is none of about now."""
    from pyotp import HOTP  # noqa: PLC0415 -- slow import

    if key is None:
        return None
    app, this = HOTP(key), int(now().timestamp()) // HALF_MINUTE
    near = range(this - SKEW, this + SKEW + 1)
    return next((at for at in near if hmac.compare_digest(app.at(at), typed)), None)


def digits(typed: str) -> str:
    """A code as it counts, without the spaces that make it readable; nothing if it is no code."""
    bare = "".join(typed.replace("-", " ").split())
    return bare if bare.isascii() and bare.isdigit() else ""


def is_recovery(code: str) -> bool:
    return len(code) == RECOVERY_DIGITS


def new_recovery_codes() -> list[str]:
    return [f"{secrets.randbelow(10**RECOVERY_DIGITS):0{RECOVERY_DIGITS}}" for _ in range(RECOVERY_CODES)]


def spaced(text: str) -> str:
    """In groups of four, as people copy it."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
