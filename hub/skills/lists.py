"""The lists of skills sharing: sessions, requests, offers, hours."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement

from hub.accounts.models import Person
from hub.core.lists import Column, Filter, Listing
from hub.skills import queries
from hub.skills.models import Kind, Offer, Request, Session

SESSION_VIEWS = {"coming": "Coming", "past": "Past"}


def _kind_filter(where: Callable[[list[str]], ColumnElement[bool]]) -> Filter:
    return Filter("kind", "Kind", Kind.choices, where)


def _skill_filter(user: Person, rows: Any, column: Any) -> Filter:
    """Only the skills that the list has something of."""
    return Filter(
        "skill",
        "Skill",
        lambda: queries.skill_names(user.institution_id, among=rows.with_only_columns(column)),
        lambda chosen: column.in_([int(one) for one in chosen]),
    )


def _skill_of(row: Session | Request | Offer) -> str:
    return row.skill.name if row.skill else ""


def sessions(user: Person, view: str) -> Listing:
    coming = view == "coming"
    rows = queries.coming_sessions(user) if coming else queries.past_sessions(user)
    return Listing(
        name="sessions",
        noun=("session", "sessions"),
        rows=rows,
        columns=[
            Column("starts", "When", lambda s: s.starts_at, Session.starts_at),
            Column("title", "Session", lambda s: s.title, Session.title),
            Column("skill", "Skill", _skill_of),
            Column("kind", "Kind", lambda s: s.kind.label, Session.kind),
            Column("host", "With", lambda s: s.host.name),
            Column("place", "Where", lambda s: s.place, Session.place),
            Column("left", "Places left", lambda s: s.places_left, numeric=True)
            if coming
            else Column("taught", "People taught", lambda s: s.evidence_quantity, numeric=True),
        ],
        default_order=[Session.starts_at if coming else Session.starts_at.desc(), Session.id],
        filters_offered=[
            _kind_filter(Session.kind.in_),
            _skill_filter(user, rows, Session.skill_id),
        ],
        search=queries.session_matches,
    )


def requests(user: Person) -> Listing:
    rows = queries.open_requests(user)
    return Listing(
        name="requests",
        noun=("open request", "open requests"),
        rows=rows,
        columns=[
            Column("what", "What", lambda r: r.what, Request.what),
            Column("skill", "Skill", _skill_of),
            Column("kind", "Kind", lambda r: r.kind.label, Request.kind),
            Column("asker", "Asked by", lambda r: r.asker.name),
            Column("when", "When it suits", lambda r: r.when_suits),
            Column("until", "Open until", lambda r: r.expires_on, Request.expires_on),
        ],
        default_order=[Request.expires_on, Request.id],
        filters_offered=[
            _kind_filter(Request.kind.in_),
            _skill_filter(user, rows, Request.skill_id),
        ],
        search=queries.request_matches,
    )


def offers(user: Person) -> Listing:
    rows = queries.open_offers(user)
    return Listing(
        name="offers",
        noun=("offer", "offers"),
        rows=rows,
        columns=[
            Column("summary", "Offer", lambda o: o.summary, Offer.summary),
            Column("skill", "Skill", _skill_of),
            Column("kind", "Kind", lambda o: o.kind.label, Offer.kind),
            Column("host", "With", lambda o: o.host.name),
            Column("minutes", "Minutes", lambda o: o.minutes, Offer.minutes, numeric=True),
            Column("until", "Open until", lambda o: o.expires_on or "standing", Offer.expires_on),
        ],
        default_order=[Offer.id.desc()],
        filters_offered=[
            _kind_filter(Offer.kind.in_),
            _skill_filter(user, rows, Offer.skill_id),
        ],
        search=queries.offer_matches,
    )


def hours(user: Person) -> Listing:
    return Listing(
        name="my-sharing-hours",
        noun=("session", "sessions"),
        rows=queries.hours_of(user),
        columns=[
            Column("starts", "Day", lambda s: s.evidence_on, Session.starts_at),
            Column("title", "Session", lambda s: s.title, Session.title),
            Column("part", "My part", lambda s: "taught" if s.host_id == user.id else "learnt"),
            Column("people", "People taught", lambda s: s.evidence_quantity, numeric=True),
            Column("hours", "Hours", lambda s: round(s.minutes / 60, 2), Session.minutes, numeric=True),
        ],
        default_order=[Session.starts_at.desc(), Session.id],
        search=queries.session_matches,
    )
