"""How mail leaves the hub: into a folder on a laptop, to a mail server otherwise."""

import smtplib
import ssl
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from flask import current_app

TIMEOUT = 10  # seconds for each answer of the mail server
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Undelivered(Exception):
    """The mail did not leave. *for_good*: asking again would not help."""

    def __init__(self, trouble: str, *, for_good: bool = False) -> None:
        super().__init__(trouble)
        self.for_good = for_good


class Transport(Protocol):
    def send(self, letter: EmailMessage) -> None:
        """:raises Undelivered: if it did not leave"""


@dataclass(frozen=True, slots=True)
class Folder:
    """One file per mail, named after its Message-ID: sent twice, it is still one."""

    at: Path

    def send(self, letter: EmailMessage) -> None:
        self.at.mkdir(parents=True, exist_ok=True)
        half = self._file(letter["Message-ID"]).with_suffix(".part")
        half.write_bytes(letter.as_bytes(policy=policy.SMTP))
        half.replace(self._file(letter["Message-ID"]))

    def text_of(self, message_id: str) -> str | None:
        """The plain text of a mail that was sent into this folder."""
        file = self._file(message_id)
        if not file.is_file():
            return None
        body = message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("plain",))
        return str(body.get_content()) if body is not None else None

    def _file(self, message_id: str) -> Path:
        return self.at / f"{message_id.strip('<>').partition('@')[0]}.eml"


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    user: str = ""
    password: str = ""
    encrypted: bool = False  # from the first byte; otherwise as soon as the server offers it

    def send(self, letter: EmailMessage) -> None:
        try:
            with self._connected() as server:
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise Undelivered(_said(code, words), for_good=code >= 500) from None
        except smtplib.SMTPDataError as refused:
            raise Undelivered(_said(refused.smtp_code, refused.smtp_error), for_good=refused.smtp_code >= 500) from None
        except smtplib.SMTPResponseException as refused:
            raise Undelivered(_said(refused.smtp_code, refused.smtp_error)) from None
        except (OSError, smtplib.SMTPException) as fault:
            raise Undelivered(f"{type(fault).__name__}: {fault}"[:200]) from None
        except UnicodeError:
            raise Undelivered("The mail server cannot take this address.", for_good=True) from None

    def _connected(self) -> smtplib.SMTP:
        safe = ssl.create_default_context()
        if self.encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=safe)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        try:
            server.ehlo()
            if not self.encrypted and server.has_extn("starttls"):
                server.starttls(context=safe)
            if self.user:
                self._log_in(server)
        except BaseException:
            server.close()
            raise
        return server

    def _log_in(self, server: smtplib.SMTP) -> None:
        if not isinstance(server.sock, ssl.SSLSocket) and self.host not in LOOPBACK:
            raise Undelivered("The mail server offers no encryption, so no password was sent to it.")
        server.login(self.user, self.password)


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(f"{code} {text}".split())[:200]


def configured() -> Transport:
    """What ``MAIL_URL`` names: ``folder:``, ``smtp://user:password@host:port`` or ``smtps://…``."""
    parts = urlsplit(current_app.config["MAIL_URL"])
    if parts.scheme == "folder":
        return folder()
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("HUB_MAIL_URL must be folder:, smtp://host:port or smtps://host:port")
    encrypted = parts.scheme == "smtps"
    return MailServer(
        parts.hostname,
        parts.port or (465 if encrypted else 25),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        encrypted,
    )


def folder() -> Folder:
    return Folder(Path(current_app.config["VAR"]) / "mail")
