"""A session as a calendar file. Source: RFC 5545."""

from datetime import UTC, datetime

from hub.core.clock import now
from hub.core.links import address_of, path_to
from hub.skills.models import Session, SessionStage

LONGEST_LINE = 75  # octets


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
        f"SUMMARY:{_text(session.title)}",
        f"LOCATION:{_text(session.place)}",
        f"DESCRIPTION:{_text(f'With {session.host.name}. {address}')}",
        f"STATUS:{'CANCELLED' if session.stage == SessionStage.CANCELLED else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> str:
    """*line* broken so that no piece is longer than 75 octets; no character is split."""
    pieces: list[str] = []
    piece = ""
    for character in line:
        if len((piece + character).encode()) > LONGEST_LINE - (1 if pieces else 0):
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join([*pieces, piece])
