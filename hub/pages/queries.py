"""What the pages that draw on many features read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from hub.accounts.models import Institution, Person, Status
from hub.core.clock import today
from hub.core.db import db
from hub.core.money import pounds
from hub.core.words import counted
from hub.directory import queries as directory
from hub.directory.faces import Face, public_face
from hub.directory.models import Covers, PublicConsent
from hub.evidence import queries as evidence
from hub.plan import queries as plans
from hub.plan.lines import ActionLine, lines
from hub.plan.models import Plan
from hub.registration import queries as registration

WINDOWS = ((1, 31), (7, 31))  # the two hand-in dates of the Technician Commitment, month and day


@dataclass(frozen=True, slots=True)
class Number:
    """A headline number with its date; *kind*: of the entries that it was counted from."""

    kind: str
    value: str
    label: str
    note: str
    on: date


def next_window(after: date) -> date:
    """The next day on which a submission window closes."""
    days = (date(year, month, day) for year in (after.year, after.year + 1) for month, day in WINDOWS)
    return next(d for d in days if d >= after)


def technician_count(institution_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Person)
            .where(Person.institution_id == institution_id, Person.status == Status.ACTIVE, Person.is_technician)
        )
        or 0
    )


def gallery(institution_id: int, *, most: int) -> list[Face]:
    """Technicians who agreed to be on the open web and show their name there, latest permission first."""
    agreed = (
        select(PublicConsent.person_id)
        .where(PublicConsent.institution_id == institution_id, PublicConsent.withdrawn_at.is_(None))
        .where(PublicConsent.covers == Covers.PAGE)
        .order_by(PublicConsent.agreed_at.desc(), PublicConsent.id.desc())
        .limit(3 * most)
    )
    profiles = directory.public_profiles(agreed)
    return [public_face(profiles[key]) for key in sorted(profiles)][:most]


def headline_numbers(institution_id: int) -> list[Number]:
    """What may be quoted, each counted now from the records behind it: those that are not nothing."""
    kinds = {t.kind: t for t in evidence.totals(institution_id)}
    found = []
    registered = registration.count_registered(institution_id, today())
    if registered:
        nouns = ("technician", "technicians")
        found.append(_count("registration.registered", registered, *nouns, "professionally registered"))
    if "fund.award" in kinds:
        award = kinds["fund.award"]
        note = f"{counted(award.n, 'award')} to {counted(award.people, 'technician')}"
        worth = pounds(award.quantity).removesuffix(".00")
        found.append(Number(award.kind, worth, "awarded for technicians’ development", note, today()))
    if "skills.session" in kinds:
        session = kinds["skills.session"]
        note = f"{counted(session.quantity, 'place')} taken up"
        nouns = ("skills-sharing session", "skills-sharing sessions")
        found.append(_count(session.kind, session.n, *nouns, "run by technicians", note))
    if "directory.profile" in kinds:
        profile = kinds["directory.profile"]
        found.append(_count(profile.kind, profile.n, "technician", "technicians", "in the directory by their own word"))
    return found


def _count(kind: str, n: int, one: str, many: str, rest: str, note: str = "") -> Number:
    return Number(kind, f"{n:,}", f"{one if n == 1 else many} {rest}", note, today())


def public_plan(institution: Institution) -> tuple[Plan, list[ActionLine]] | None:
    """The published plan and its lines, or nothing."""
    plan = plans.published_plan(institution.id)
    return (plan, lines(plan, plans.actions(plan.id))) if plan else None


def checks(actions: list[ActionLine], institution: Institution) -> list[tuple[str, str, str, str]]:
    """What would stop a submission, what is not well, what is right: (stop|warn|ok, sentence, link text, address)."""
    red = [a for a in actions if a.rag == "red" and not a.explanation]
    bare = [a for a in actions if a.rag == "green" and not a.evidence]
    nobody = [a for a in actions if not a.owner]
    other = [a for a in actions if a.proposed != a.rag]
    found: list[tuple[str, str, str, str]] = []
    found += [("stop", f"“{a.title}” has not started, and nobody has said why", "Explain it", a.href) for a in red]
    found += [("stop", f"“{a.title}” is called done, and nothing proves it", "Look at it", a.href) for a in bare]
    found += [("stop", f"“{a.title}” has no owner", "Choose one", a.href) for a in nobody]
    if not institution.contact_email:
        found.append(("stop", "The public page names no contact", "", ""))
    found += [
        ("warn", f"The hub proposes “{a.proposed.label.lower()}” for “{a.title}”", "Decide", a.href) for a in other[:5]
    ]
    found += _well(red, bare, nobody, institution)
    return found


def _well(
    red: list[Any], bare: list[Any], nobody: list[Any], institution: Institution
) -> list[tuple[str, str, str, str]]:
    said = [
        (not red, "Every action that has not started is explained"),
        (not bare, "Every action that is done has evidence"),
        (not nobody, "Every action has an owner"),
        (bool(institution.contact_email), "The public page names a contact"),
    ]
    return [("ok", text, "", "") for holds, text in said if holds]
