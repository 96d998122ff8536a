"""A session as a calendar file. Source: RFC 5545."""

from datetime import UTC, datetime

from hub.core.clock import now
from hub.core.content_lines import document, escaped
from hub.core.links import address_of, path_to
from hub.skills.models import Session, SessionStage


def calendar(session: Session) -> str:
    """One event that updates itself when it is fetched again: same UID, higher SEQUENCE."""
    address = address_of(path_to("skills.session", session_id=session.id))
    host = address.split("/")[2]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Technicians Hub//Skills//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:skill-session-{session.id}@{host}",
        f"SEQUENCE:{session.version}",
        f"DTSTAMP:{_utc(now())}",
        f"DTSTART:{_utc(session.starts_at)}",
        f"DTEND:{_utc(session.ends_at)}",
        f"SUMMARY:{escaped(session.title)}",
        f"LOCATION:{escaped(session.place)}",
        f"DESCRIPTION:{escaped(f'With {session.host.name}. {address}')}",
        f"STATUS:{'CANCELLED' if session.stage == SessionStage.CANCELLED else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return document(lines)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
