"""Signing in and out: passwords, one-time links, sessions."""

import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from argon2 import PasswordHasher
from sqlalchemy import delete, or_, update

from hub.accounts import passwords, policy, queries, signals
from hub.accounts.models import OneTimeLink, Person, Purpose, SignIn, Status
from hub.accounts.queries import hashed
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import Refusal

LONGEST_SESSION = timedelta(days=14)
LONGEST_ADMINISTRATOR_SESSION = timedelta(hours=12)
LONGEST_HALF_SESSION = timedelta(minutes=10)
LASTS = {
    Purpose.SIGN_IN: timedelta(minutes=15),
    Purpose.RESET: timedelta(minutes=60),
    Purpose.INVITE: timedelta(days=7),
}


T = TypeVar("T")


class WrongPassword(Refusal):
    """Or nobody has that address: the words do not tell."""


class LinkIsOver(Refusal):
    """Used, run out, or never made."""


def sign_in(email: str, password: str, *, hasher: PasswordHasher, browser: str = "") -> SignIn:
    """Begin a session for whoever *email* and *password* belong to.

    The slow check of the password holds no transaction: reading ends before it, writing begins after it.

    :raises WrongPassword: in the same words and time whether or not the address is known
    """
    person = queries.person_by_email(email)
    kept = person.password_hash if person is not None and person.is_active else None
    db.session.rollback()
    if not passwords.fits(password, kept, by=hasher):
        raise WrongPassword("The address or the password is not right.")
    renewed = hasher.hash(password) if kept is not None and hasher.check_needs_rehash(kept) else kept
    person = queries.person_by_email(email)
    if person is None or not person.is_active or person.password_hash != kept:
        raise WrongPassword("The address or the password is not right.")
    person.password_hash = renewed
    return begin_session(person, browser=browser)


def aside(person: Person, work: Callable[[], T]) -> T:
    """What *work* gives, done while no transaction is held: hashing takes long, and everybody else would wait."""
    person_id = person.id
    db.session.rollback()
    try:
        return work()
    finally:
        queries.person(person_id)  # known again, to the page that is drawn after a refusal too


def prove(person: Person, password: str, *, hasher: PasswordHasher) -> None:
    """Say once more who is sitting here; the session goes on under a new token.

    :raises WrongPassword: if it is not the password
    """
    kept = person.password_hash
    if not aside(person, lambda: passwords.fits(password, kept, by=hasher)) or person.password_hash != kept:
        raise WrongPassword("This is not your password.")
    renew_session(person)


def change_password(person: Person, old: str, new: str, *, hasher: PasswordHasher) -> None:
    """Replace one's own password; every other browser is signed out.

    :raises WrongPassword: if *old* is not the password
    :raises WeakPassword: if *new* would be guessed
    """
    kept, about = person.password_hash, _known_of(person)

    def work() -> str:
        if not passwords.fits(old, kept, by=hasher):
            raise WrongPassword("This is not your password.")
        return passwords.hashed(new, about=about, by=hasher)

    hashed_new = aside(person, work)
    if person.password_hash != kept:
        raise WrongPassword("This is not your password.")
    _keep_password(person, hashed_new)
    signals.password_changed.send(person)


def _known_of(person: Person) -> list[str]:
    """What others know of somebody: the first things that they would try."""
    return [person.name, person.email, person.institution.name, person.institution.short_name]


def _keep_password(person: Person, hashed_password: str) -> None:
    """It ends every session and link opened before."""
    person.password_hash = hashed_password
    close_all_sessions(person)
    forget_links(person)
    db.session.flush()


# -- links ------------------------------------------------------------------------------------------------------------


def forget_links(person: Person) -> None:
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None)))


def make_link(person: Person, purpose: Purpose, *, actor: Person | None = None) -> str:
    """The token of a new link that works once; older ones for the same purpose stop working."""
    token = secrets.token_urlsafe(32)
    db.session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.person_id == person.id, OneTimeLink.purpose == purpose, OneTimeLink.used_at.is_(None)
        )
    )
    link = OneTimeLink(token_hash=hashed(token), purpose=purpose, person=person, ends_at=now() + LASTS[purpose])
    db.session.add(link)
    db.session.flush()
    signals.link_made.send(link, token=token, actor=actor)
    return token


def send_sign_in_link(email: str) -> None:
    """Mail a link to *email* if somebody has it; the caller cannot tell."""
    _send_link(email, Purpose.SIGN_IN)


def send_reset_link(email: str) -> None:
    _send_link(email, Purpose.RESET)


def _send_link(email: str, purpose: Purpose) -> None:
    person = queries.person_by_email(email)
    if person is None or person.status not in {Status.ACTIVE, Status.INVITED}:
        return
    make_link(person, purpose if person.is_active else Purpose.INVITE)


def use_link(token: str, purpose: Purpose) -> Person:
    """Use the link up: whoever comes second with it is refused.

    :raises LinkIsOver: if there is no such link, or not any more
    """
    link = _link(token, purpose)
    taken = db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now())
        .returning(OneTimeLink.id)
    ).one_or_none()
    if taken is None:
        raise LinkIsOver("This link has been used, or its time has run out.")
    return queries.person(link.person_id)


def _link(token: str, purpose: Purpose) -> OneTimeLink:
    link = queries.link_of(token)
    if link is None or link.purpose != purpose or not queries.may_use(link):
        raise LinkIsOver("This link has been used, or its time has run out.")
    return link


def _set_by_link(token: str, purpose: Purpose, password: str, hasher: PasswordHasher) -> Person:
    """Hashed before the link is used up: between the two somebody faster is refused nothing, and comes first."""
    person = _link(token, purpose).person
    about = _known_of(person)
    hashed_password = aside(person, lambda: passwords.hashed(password, about=about, by=hasher))
    person = use_link(token, purpose)
    _keep_password(person, hashed_password)
    return person


def reset_password(token: str, password: str, *, hasher: PasswordHasher) -> Person:
    """Set a new password with the help of a mailed link.

    :raises LinkIsOver: if there is no such link, or not any more
    :raises WeakPassword: if *password* would be guessed
    """
    person = _set_by_link(token, Purpose.RESET, password, hasher)
    signals.password_changed.send(person)
    return person


def accept_invitation(token: str, password: str, *, hasher: PasswordHasher) -> Person:
    """Begin with a password of one's own.

    :raises LinkIsOver: if there is no such link, or not any more
    :raises WeakPassword: if *password* would be guessed
    """
    person = _set_by_link(token, Purpose.INVITE, password, hasher)
    person.status, person.joined_at = Status.ACTIVE, now()
    db.session.flush()
    return person


# -- sessions ---------------------------------------------------------------------------------------------------------


def begin_session(person: Person, *, browser: str = "") -> SignIn:
    """What a password or a link opens: half a session where a second step is on; else a whole one, for as long as
    *person* may be without.
    """
    opened = _open(person, browser)
    if queries.has_second_step(person.id):
        opened.awaits_code, opened.ends_at = True, now() + LONGEST_HALF_SESSION
    else:
        opened.second_step_from = policy.second_step_from(person)
    db.session.flush()
    return opened


def open_session(person: Person, *, browser: str = "", second_step_from: date | None = None) -> str:
    """A new server-side session that wants nothing more; its token is for the cookie and kept nowhere else."""
    _open(person, browser).second_step_from = second_step_from
    db.session.flush()
    return str(person.sign_in_token)


def _open(person: Person, browser: str) -> SignIn:
    token, longest = secrets.token_urlsafe(32), LONGEST_ADMINISTRATOR_SESSION if person.leads else LONGEST_SESSION
    opened = SignIn(
        token_hash=hashed(token),
        person=person,
        browser=browser[:200],
        leads=person.leads,
        awaits_code=False,
        ends_at=now() + longest,
    )
    db.session.add(opened)
    person.sign_in_token = token
    return opened


def renew_session(person: Person) -> None:
    """The session that this request came with goes on under a new token, as just proved."""
    token, old = secrets.token_urlsafe(32), hashed(person.sign_in_token or "")
    renewed = {"token_hash": hashed(token), "proved_at": now()}
    db.session.execute(update(SignIn).where(SignIn.token_hash == old).values(renewed))
    person.sign_in_token = token


def note_seen(session_id: int) -> None:
    db.session.execute(update(SignIn).where(SignIn.id == session_id).values(seen_at=now()))


def end_session(session: SignIn) -> None:
    db.session.delete(session)
    db.session.flush()


def close_session(token: str) -> None:
    db.session.execute(delete(SignIn).where(SignIn.token_hash == hashed(token)))


def close_all_sessions(person: Person) -> None:
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))


def close_other_sessions(person: Person) -> None:
    """All but the one that this request came with."""
    mine = hashed(person.sign_in_token or "")
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id, SignIn.token_hash != mine))


def forget_what_ended() -> None:
    """Sessions and links that are over are of no use to anybody."""
    idle = SignIn.seen_at < now() - queries.LONGEST_IDLE
    db.session.execute(delete(SignIn).where(or_(SignIn.ends_at < now(), idle)))
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.ends_at < now() - timedelta(days=7)))
