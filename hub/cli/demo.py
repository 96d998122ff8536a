"""An invented university whose two years are made through the services, so that its evidence is real."""

import calendar
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from argon2 import PasswordHasher
from flask import current_app
from sqlalchemy import select

from hub.accounts import queries as accounts
from hub.accounts.models import Institution, Person, Role
from hub.attribution import demo as attribution
from hub.awards import demo as awards
from hub.cli import demo_people, demo_plan
from hub.core import audit, clock, schema
from hub.core.db import db
from hub.core.unit import unit_of_work
from hub.directory import demo as directory
from hub.fund import demo as fund
from hub.galleries import demo as galleries
from hub.registration import demo as registration
from hub.skills import demo as skills
from hub.workforce import demo as workforce

PASSWORD = "steel-rule-and-loupe"  # noqa: S105 -- printed at every start, for invented people only
MONTHS = 24
A_YEAR = timedelta(days=365)
FEATURES = {
    "directory": directory,
    "skills": skills,
    "registration": registration,
    "fund": fund,
    "awards": awards,
    "attribution": attribution,
    "galleries": galleries,
}


def is_there() -> bool:
    """Whether the database has an institution already, invented or real."""
    return db.session.scalar(select(Institution.id).limit(1)) is not None


def empty() -> None:
    """Take the whole schema away, with everything in it."""
    db.session.remove()
    if schema.current() is not None:
        schema.downgrade("base")
    audit.forget_noted_ends()


def load(*, people: int, tell: Callable[[str], object], months: int = MONTHS) -> None:
    """Make the institution, its *people* technicians and their last *months* of work; *tell* hears how far it is."""
    rng = Random(1851)  # noqa: S311 -- the same demo every time
    today = clock.today()
    lived = list(_months(today, months))
    with clock.held(_at(lived[0])), unit_of_work("demo.begin"):
        cast = demo_people.make(people, rng)
        _give_passwords(cast, without_second_step_until=today + A_YEAR)
        demo_plan.begin(cast, lived[0])
        for feature in FEATURES.values():
            feature.begin(cast.institution, cast.lead, cast.technicians, rng)
    tell(f"{cast.institution.name}: {len(cast.technicians)} technicians, 3 faculties, 12 departments")
    for n, month in enumerate(lived, start=1):
        _live_through(month, cast, rng, is_last=n == months)
        if n % 6 == 0:
            tell(f"{n} of {months} months")
    with clock.held(min(_at(_last_day(lived[-1])), clock.now())):
        workforce.send_files(rng)


def _live_through(month: date, cast: demo_people.Cast, rng: Random, *, is_last: bool) -> None:
    end = min(_at(_last_day(month)), clock.now())
    for name, feature in FEATURES.items():
        with clock.held(end), unit_of_work(f"demo.{name}", actor=cast.lead):
            demo_people.wake(cast)
            feature.month(cast.institution, cast.lead, cast.technicians, month, rng)
    with clock.held(end), unit_of_work("demo.plan", actor=cast.lead):
        demo_people.wake(cast)
        demo_plan.month(cast, month, rng, is_last=is_last)


def _months(today: date, months: int) -> Iterator[date]:
    """The first days of the last *months*, the current one included."""
    year, month = divmod(today.year * 12 + today.month - months, 12)
    for n in range(months):
        yield date(year + (month + n) // 12, (month + n) % 12 + 1, 1)


def _last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC) - timedelta(minutes=1)


def _give_passwords(cast: demo_people.Cast, *, without_second_step_until: date) -> None:
    hashed = PasswordHasher(**current_app.config["ARGON2"]).hash(PASSWORD)
    for person in (*cast.leading, *cast.technicians[:12], *cast.managers):
        person.password_hash = hashed
    for given in (grant for person in cast.leading for grant in person.roles if grant.second_step_from):
        given.second_step_from = without_second_step_until  # whoever tries the demo has no phone of its people


def sign_ins() -> str:
    """Who can be tried, with the password that all of them share; nothing if this is no demo."""
    found = db.session.scalars(select(Institution).where(Institution.email_domain == demo_people.DOMAIN)).one_or_none()
    if found is None:
        return ""
    rows = [f"  {title:<28} {email}" for title, email in _shown(found)]
    return "\n".join([f"Sign in to {found.name} with the password {PASSWORD} as", *rows])


def _shown(institution: Institution) -> Iterator[tuple[str, str]]:
    for role, title in (
        (Role.LEAD, "lead"),
        (Role.LEADER, "head of institution"),
        (Role.ADMINISTRATOR, "administrator"),
    ):
        yield from ((title, holder.email) for holder in accounts.holders(institution.id, role)[:1])
    people = db.session.scalars(
        select(Person)
        .where(Person.institution_id == institution.id, Person.password_hash.is_not(None))
        .order_by(Person.id)
    ).all()
    technicians = [p for p in people if p.is_technician]
    managers = [p for p in people if not p.is_technician and p.job_title == demo_people.MANAGER_TITLE]
    for title, person in zip(("technician", "another technician"), technicians, strict=False):
        yield title, person.email
    yield from (("line manager and panel", p.email) for p in managers[:1])
