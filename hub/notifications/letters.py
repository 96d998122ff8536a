"""A mail as it is read: plain text, and the same in simple HTML."""

import re
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from flask import current_app

from hub.core.clock import now
from hub.core.links import address_of, path_to
from hub.core.text import one_line
from hub.notifications.models import OutboxMail

GAPS = re.compile(r"\n{3,}")


def compose(mail: OutboxMail) -> EmailMessage:
    """*mail* with its recipient and notices, ready to be sent; the same Message-ID every time."""
    letter = EmailMessage()
    letter["Message-ID"] = mail.message_id
    letter["Date"] = format_datetime(now())
    letter["From"] = current_app.config["MAIL_FROM"]
    letter["To"] = one_line(mail.address)
    letter["Subject"] = one_line(mail.subject)
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(plain_text(mail))
    letter.add_alternative(_rendered("notifications/email/letter.html", mail), subtype="html")
    return letter


def plain_text(mail: OutboxMail) -> str:
    return GAPS.sub("\n\n", _rendered("notifications/email/letter.txt", mail))


def _rendered(template: str, mail: OutboxMail) -> str:
    # Not render_template: that asks who is looking, and nobody is.
    return current_app.jinja_env.get_template(template).render(**_read_by(mail))


def _read_by(mail: OutboxMail) -> dict[str, Any]:
    person = mail.recipient
    return {
        "mail": mail,
        "blocks": [(block, _is_link(block)) for block in mail.text.split("\n\n") if block],
        "name": person.name if person else "colleague",
        "hub_name": f"Technicians’ Hub, {person.institution.name}" if person else "Technicians’ Hub",
        "hub_href": address_of("/"),
        "preferences_href": "" if mail.is_private else address_of(path_to("notifications.preferences")),
        "notices": [(notice, address_of(notice.path)) for notice in mail.notices],
    }


def _is_link(block: str) -> bool:
    """Whether *block* is nothing but an address of this hub."""
    return block.startswith(address_of("/")) and not any(c.isspace() for c in block)
