"""The second step: setting an app up, taking its codes, doing without it."""

from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import delete, update

from hub.accounts import codes, passwords, queries, signals
from hub.accounts.models import Person, RecoveryCode, SecondStep, SignIn
from hub.accounts.services.signing_in import (
    aside,
    close_all_sessions,
    close_other_sessions,
    close_session,
    open_session,
    renew_session,
)
from hub.accounts.signals import StepChange
from hub.core.clock import now
from hub.core.db import db
from hub.core.errors import MoveRefused, Refusal

NOT_SHOWN_NOW = "This is not what the app shows now. Wait for its next code and type that one."


class WrongCode(Refusal):
    """No code of about now, or one that was used before: the words do not tell."""


def offer_second_step(person: Person, *, safe: Any) -> None:
    """Make the key of a new app. Until a code from it arrives, all stays as it was."""
    step = queries.second_step(person.id) or SecondStep(person_id=person.id)
    step.offered = codes.sealed(codes.new_key(), safe=safe)
    db.session.add(step)
    db.session.flush()


def turn_on(person: Person, typed: str, *, hasher: PasswordHasher, safe: Any) -> list[str]:
    """Ask for a code of the app that was offered from now on. The recovery codes returned are told only here.

    :raises WrongCode: if *typed* is not what that app shows
    """
    fresh = codes.new_recovery_codes()
    if _half_minute_of_offered(person, typed, safe) is None:
        raise WrongCode(NOT_SHOWN_NOW)
    hashes = aside(person, lambda: [hasher.hash(code) for code in fresh])
    at = _half_minute_of_offered(person, typed, safe)
    step = queries.second_step(person.id)
    if step is None or at is None:
        raise WrongCode(NOT_SHOWN_NOW)
    change = StepChange.ANOTHER_APP if step.secret else StepChange.TURNED_ON
    step.secret, step.offered, step.on_since, step.last_step = step.offered, None, now(), at
    _keep_recovery_codes(person, hashes)
    close_other_sessions(person)
    db.session.execute(update(SignIn).where(SignIn.person_id == person.id).values(second_step_from=None))
    renew_session(person)
    signals.second_step_changed.send(person, what=change, actor=person)
    return fresh


def _half_minute_of_offered(person: Person, typed: str, safe: Any) -> int | None:
    step = queries.second_step(person.id)
    return codes.half_minute_of(codes.digits(typed), codes.opened(step.offered, safe=safe)) if step else None


def renew_recovery_codes(person: Person, *, hasher: PasswordHasher) -> list[str]:
    """Ten new ones; the old ones are worth nothing.

    :raises MoveRefused: if there is no second step that they could stand in for
    """
    if not queries.has_second_step(person.id):
        raise MoveRefused("Set up your second step first.")
    fresh = codes.new_recovery_codes()
    _keep_recovery_codes(person, aside(person, lambda: [hasher.hash(code) for code in fresh]))
    signals.second_step_changed.send(person, what=StepChange.NEW_CODES, actor=person)
    return fresh


def _keep_recovery_codes(person: Person, hashes: list[str]) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    db.session.add_all([RecoveryCode(person_id=person.id, code_hash=code_hash) for code_hash in hashes])
    db.session.flush()


def stop_second_step(person: Person) -> None:
    """Sign in with the password alone again.

    :raises MoveRefused: if there is none
    """
    _remove(person)
    close_other_sessions(person)
    renew_session(person)
    signals.second_step_changed.send(person, what=StepChange.TURNED_OFF, actor=person)


def reset_second_step(person: Person, *, actor: Person) -> None:
    """For whoever has lost phone and codes: signed out everywhere, they sign in with the password and set up another.

    :raises MoveRefused: if there is none
    """
    _remove(person)
    close_all_sessions(person)
    signals.second_step_changed.send(person, what=StepChange.RESET, actor=actor)


def _remove(person: Person) -> None:
    step = queries.second_step(person.id)
    if step is None or step.on_since is None:
        raise MoveRefused("There is no second step.")
    db.session.delete(step)
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    db.session.flush()


def pass_second_step(token: str, typed: str, *, hasher: PasswordHasher, safe: Any, browser: str = "") -> Person:
    """Make the half session behind *token* a whole one, under a new token.

    :raises WrongCode: if *typed* is neither a new code of the app nor an unused recovery code
    """
    half, code = queries.half_session(token), codes.digits(typed)
    if half is None:
        raise WrongCode("This took too long. Sign in again.")
    person = half.person
    taken = _take_recovery_code(person, code, hasher) if codes.is_recovery(code) else _take_code(person, code, safe)
    if not taken or queries.half_session(token) is None:
        raise WrongCode("This code is not right, or was used before. Type the one that the app shows now.")
    close_session(token)
    open_session(person, browser=browser)
    return person


def _take_code(person: Person, code: str, safe: Any) -> bool:
    """Whether it is one of about now, and newer than any that was used before: of two at once, one is."""
    step = queries.second_step(person.id)
    at = codes.half_minute_of(code, codes.opened(step.secret, safe=safe)) if step else None
    if step is None or at is None:
        return False
    newer = (SecondStep.id == step.id) & (SecondStep.last_step < at)
    taken = db.session.execute(update(SecondStep).where(newer).values(last_step=at).returning(SecondStep.id))
    return taken.one_or_none() is not None


def _take_recovery_code(person: Person, code: str, hasher: PasswordHasher) -> bool:
    kept = {row.id: row.code_hash for row in queries.unused_recovery_codes(person.id)}
    fitting = aside(person, lambda: [n for n, code_hash in kept.items() if passwords.fits(code, code_hash, by=hasher)])
    unused = RecoveryCode.id.in_(fitting) & RecoveryCode.used_at.is_(None)
    taken = db.session.execute(update(RecoveryCode).where(unused).values(used_at=now()).returning(RecoveryCode.id))
    if taken.one_or_none() is None:
        return False
    signals.second_step_changed.send(person, what=StepChange.CODE_USED, actor=person)
    return True
