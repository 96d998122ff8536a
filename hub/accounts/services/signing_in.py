"""Signing in and out: passwords, one-time links, sessions."""

import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from sqlalchemy import delete, or_, update

from hub.accounts import passwords, queries, signals
from hub.accounts.models import OneTimeLink, Person, Purpose, SignIn, Status
from hub.accounts.queries import hashed
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import Refusal

LONGEST_SESSION = timedelta(days=14)
LONGEST_ADMINISTRATOR_SESSION = timedelta(hours=12)
LASTS = {
    Purpose.SIGN_IN: timedelta(minutes=15),
    Purpose.RESET: timedelta(minutes=60),
    Purpose.INVITE: timedelta(days=7),
}


class WrongPassword(Refusal):
    """Or nobody has that address: the words do not tell."""


class LinkIsOver(Refusal):
    """Used, run out, or never made."""


def sign_in(email: str, password: str, *, hasher: PasswordHasher, browser: str = "") -> Person:
    """Open a session for whoever *email* and *password* belong to.

    The slow check of the password holds no transaction: reading ends before it, writing begins after it.

    :raises WrongPassword: in the same words and time whether or not the address is known
    """
    person = queries.person_by_email(email)
    kept = person.password_hash if person is not None and person.is_active else None
    db.session.rollback()
    if not passwords.fits(password, kept, by=hasher):
        raise WrongPassword("The address or the password is not right.")
    person = queries.person_by_email(email)
    if person is None or not person.is_active or person.password_hash != kept:
        raise WrongPassword("The address or the password is not right.")
    if kept is not None and hasher.check_needs_rehash(kept):
        person.password_hash = hasher.hash(password)
    open_session(person, browser=browser)
    return person


def set_password(person: Person, password: str, *, hasher: PasswordHasher) -> None:
    """Keep *password* as argon2id only, and end every session and link opened before."""
    person.password_hash = hasher.hash(password)
    close_all_sessions(person)
    forget_links(person)
    db.session.flush()


def change_password(person: Person, old: str, new: str, *, hasher: PasswordHasher) -> None:
    """Replace one's own password; every other browser is signed out.

    :raises WrongPassword: if *old* is not the password
    :raises WeakPassword: if *new* would be guessed
    """
    if not passwords.fits(old, person.password_hash, by=hasher):
        raise WrongPassword("This is not your password.")
    _check(person, new)
    set_password(person, new, hasher=hasher)
    signals.password_changed.send(person)


def _check(person: Person, password: str) -> None:
    institution = person.institution
    passwords.check(password, about=[person.name, person.email, institution.name, institution.short_name])


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
    link = queries.link_of(token)
    if link is None or link.purpose != purpose or not queries.may_use(link):
        raise LinkIsOver("This link has been used, or its time has run out.")
    taken = db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now())
        .returning(OneTimeLink.id)
    ).one_or_none()
    if taken is None:
        raise LinkIsOver("This link has been used, or its time has run out.")
    return queries.person(link.person_id)


def reset_password(token: str, password: str, *, hasher: PasswordHasher) -> Person:
    """Set a new password with the help of a mailed link.

    :raises LinkIsOver: if there is no such link, or not any more
    :raises WeakPassword: if *password* would be guessed
    """
    person = use_link(token, Purpose.RESET)
    _check(person, password)
    set_password(person, password, hasher=hasher)
    signals.password_changed.send(person)
    return person


def accept_invitation(token: str, password: str, *, hasher: PasswordHasher) -> Person:
    """Begin with a password of one's own.

    :raises LinkIsOver: if there is no such link, or not any more
    :raises WeakPassword: if *password* would be guessed
    """
    person = use_link(token, Purpose.INVITE)
    _check(person, password)
    set_password(person, password, hasher=hasher)
    person.status, person.joined_at = Status.ACTIVE, now()
    db.session.flush()
    return person


# -- sessions ---------------------------------------------------------------------------------------------------------


def open_session(person: Person, *, browser: str = "") -> str:
    """A new server-side session; the token returned is for the cookie and kept nowhere else."""
    token = secrets.token_urlsafe(32)
    longest = LONGEST_ADMINISTRATOR_SESSION if person.is_lead or person.is_administrator else LONGEST_SESSION
    db.session.add(
        SignIn(token_hash=hashed(token), person_id=person.id, browser=browser[:200], ends_at=now() + longest)
    )
    db.session.flush()
    person.sign_in_token = token
    return token


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
