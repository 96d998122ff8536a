"""Which passwords are taken, and how they are kept."""

from contextlib import suppress

import pytest

from hub.accounts import passwords
from hub.accounts.passwords import WeakPassword, check, fits

ABOUT = ["Maren Okafor", "maren.okafor@brackenholm.example", "Brackenholm University", "Brackenholm"]


@pytest.mark.parametrize(
    "password",
    [
        "tall kettle sings green",
        "Sommerregen im Park",
        "zXk9#mm2Lq!vB",
        "ärger über öfen",
        "x" * 500 + "abcdefgh strange",
        "кот пьёт молоко",
    ],
)
def test_long_ones_of_ones_own_are_taken(password):
    check(password, about=ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "elevenchars",
        "x" * 1025,
        "password1234",
        "P@ssw0rd2026!",
        "Password Password",
        "qwertyuiop12",
        "123456789012",
        "aaaaaaaaaaaaaa",
        "abababababab",
        "Technician2026!",
        "Liverpool-2025",
        "correct horse battery staple",
        "Brackenholm2026!!",
        "maren-okafor-1987",
        "iloveyouiloveyou",
        "            ",
        "1qaz2wsx3edc",
        "mailcreated5240",
        "2026 chelsea 2026",
        "!!Scooter!!1975",
    ],
)
def test_what_others_would_guess_is_refused(password):
    with pytest.raises(WeakPassword):
        check(password, about=ABOUT)


def test_none_of_the_passwords_that_most_people_use_is_taken():
    known = passwords.common()
    assert len(known) >= 10_000

    def is_taken(password: str) -> bool:
        with suppress(WeakPassword):
            check(password)
            return True
        return False

    assert [password for password in known if is_taken(password)] == []


def test_a_password_fits_its_own_hash_only(app):
    by = passwords.hasher()
    kept = by.hash("tall kettle sings green")

    assert kept.startswith("$argon2id$")
    assert fits("tall kettle sings green", kept, by=by)
    assert not fits("tall kettle sings blue", kept, by=by)
    assert not fits("tall kettle sings green", None, by=by)
    assert not fits("tall kettle sings green", "not a hash", by=by)


def test_the_default_strength(app):
    from config import Config  # noqa: PLC0415 -- read only when an application is wanted

    assert Config.ARGON2 == {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1}
