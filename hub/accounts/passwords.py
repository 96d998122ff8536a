"""Passwords: which ones are taken, and how they are kept and checked."""

import re
import string
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
DECORATION = string.digits + string.punctuation + " "
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
    ways = (password.lower(), password.lower().translate(LOOKS_LIKE))
    if any(_own(way, known) < LEAST_OF_ONES_OWN or _is_common(way) for way in ways):
        raise WeakPassword("Others would guess this one. Use three or four words that only you would put together.")


def _is_common(text: str) -> bool:
    """Whether it is one of the passwords that most people use, perhaps with digits and signs before or after it."""
    return not common().isdisjoint({text, text.strip(DECORATION), text.rstrip(DECORATION), text.lstrip(DECORATION)})


@cache
def common() -> frozenset[str]:
    """The thirty thousand passwords most often found in what was stolen elsewhere: read when the first one is set."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415 -- slow import

    return frozenset(FREQUENCY_LISTS["passwords"])


def hashed(password: str, *, about: Iterable[str], by: PasswordHasher) -> str:
    """*password* as it is kept.

    :raises WeakPassword: if others would guess it
    """
    check(password, about=about)
    return by.hash(password)


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
