"""Passwords: which ones are taken, and how they are kept and checked."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app

from hub.core.errors import Refusal
from hub.core.text import slugify

SHORTEST, LONGEST = 12, 1024
LEAST_OF_ONES_OWN = 5  # characters that must remain when everything guessable is taken away

COMMON = sorted((Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").split(), key=len, reverse=True)
LOOKS_LIKE = str.maketrans("@4301!|$57", "aaeoiiisst")


class WeakPassword(Refusal):
    """Others would guess it."""


def check(password: str, *, about: Iterable[str] = ()) -> None:
    """*about* is what others know of its owner: name, address, institution.

    :raises WeakPassword: saying what to do instead
    """
    if len(password) < SHORTEST:
        raise WeakPassword(f"Use {SHORTEST} characters or more: three or four words that only you would put together.")
    if len(password) > LONGEST:
        raise WeakPassword(f"Use {LONGEST:,} characters or fewer.")
    known = [word for text in about for word in slugify(text).split("-") if len(word) > 2]
    if min(_own(password.lower(), known), _own(password.lower().translate(LOOKS_LIKE), known)) < LEAST_OF_ONES_OWN:
        raise WeakPassword("Others would guess this one. Use three or four words that only you would put together.")


def _own(text: str, known: list[str]) -> int:
    """How many different characters are left without common words, what is *known*, years, and repetitions."""
    for word in (*sorted(known, key=len, reverse=True), *COMMON):
        text = text.replace(word, " ")
    text = re.sub(r"\b(?:19|20)\d\d\b", " ", text)
    return len(set(re.sub(r"[\W_]", "", text)))


def init_app(app: Flask) -> None:
    app.extensions["passwords"] = PasswordHasher(**app.config["ARGON2"])


def hasher() -> PasswordHasher:
    found: PasswordHasher = current_app.extensions["passwords"]
    return found


@cache
def _nobodys(by: PasswordHasher) -> str:
    return by.hash("the password of somebody who does not exist")


def fits(password: str, kept: str | None, *, by: PasswordHasher) -> bool:
    """Whether *password* belongs to the hash; without one it takes as long, and is wrong."""
    try:
        return by.verify(kept or _nobodys(by), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
