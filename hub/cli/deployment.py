"""What would be unsafe about this installation in real use: its settings, and what is in its database."""

from collections.abc import Callable
from datetime import timedelta

from flask import current_app
from sqlalchemy import Select, exists, select

from hub.accounts.models import Institution, Person, Role, RoleGrant, SecondStep, Status
from hub.cli import demo_people
from hub.core import schema, settings
from hub.core.clock import now, today
from hub.core.db import db
from hub.jobs.models import JobRun


def warnings() -> list[str]:
    """``name: what to do``, as Django's ``check --deploy`` has them."""
    found = settings.warnings(current_app.config)
    if schema.current() == schema.head():
        found += [f"{name}: {advice}" for name, (is_so, advice) in OF_THE_DATABASE.items() if is_so()]
    return found


def _has_demo_people() -> bool:
    return _any(select(Institution.id).where(Institution.email_domain == demo_people.DOMAIN))


def _has_administrator_without_second_step() -> bool:
    in_force = (RoleGrant.starts_on <= today()) & (RoleGrant.ends_on.is_(None) | (RoleGrant.ends_on >= today()))
    secured = exists().where(SecondStep.person_id == Person.id, SecondStep.on_since.is_not(None))
    administrators = select(Person.id).join(RoleGrant, RoleGrant.person_id == Person.id)
    return _any(
        administrators.where(RoleGrant.role == Role.ADMINISTRATOR, in_force, Person.status == Status.ACTIVE, ~secured)
    )


def _runs_no_jobs() -> bool:
    lately = select(JobRun.id).where(JobRun.finished_at > now() - timedelta(hours=1))
    return not current_app.config["SCHEDULER"] and not _any(lately)


def _any(ids: Select[int]) -> bool:
    return db.session.scalar(ids.limit(1)) is not None


OF_THE_DATABASE: dict[str, tuple[Callable[[], bool], str]] = {
    "people.demo": (
        _has_demo_people,
        "The invented university is here, with passwords that everybody can read. Begin with an empty database.",
    ),
    "people.second-step": (
        _has_administrator_without_second_step,
        "An administrator signs in with a password alone. Let each set up a code from an app, under My account.",
    ),
    "jobs.none-run": (
        _runs_no_jobs,
        "HUB_SCHEDULER is 0 here and no job has run for an hour, so no mail leaves. Run python -m hub jobs somewhere.",
    ),
}
