"""A real SMTP server on a free local port, which can be told to misbehave."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"


class Inbox:
    """What arrived, and how the next message will be answered."""

    def __init__(self, port: int) -> None:
        self.host = HOST
        self.port = port
        self.messages: list[EmailMessage] = []
        self.accept()

    def accept(self) -> None:
        """Behave again."""
        self._answer, self._hanging, self._mute, self._pause = "", False, False, 0.0

    def refuse(self, answer: str = "550 5.1.1 No such mailbox here") -> None:
        """Say no for good to every recipient."""
        self._answer = answer

    def defer(self, answer: str = "451 4.3.2 Try again later") -> None:
        """Say not now to every recipient."""
        self._answer = answer

    def hang(self) -> None:
        """Leave the sender waiting for an answer to its first command."""
        self._hanging = True

    def fall_silent_after_taking(self) -> None:
        """Take a message, and leave its sender without the answer that says so."""
        self._mute = True

    def dawdle(self, seconds: float) -> None:
        """Answer well, but slowly."""
        self._pause = seconds

    async def handle_EHLO(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        if self._hanging:
            await asyncio.sleep(3600)
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self._pause)
        if self._answer:
            return self._answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.default)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        if self._mute:
            await asyncio.sleep(3600)
        return "250 OK"


@contextmanager
def smtp_server() -> Iterator[Inbox]:
    """An inbox that answers on ``inbox.host`` and ``inbox.port`` as long as the block lasts."""
    inbox = Inbox(free_port())
    controller = Controller(inbox, hostname=HOST, port=inbox.port)
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()


def free_port() -> int:
    """A port on which nothing listens: for a server about to start, or for a mail server that is down."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
