"""The SMTP server that tests use takes mail, and refuses, defers and hangs on request."""

import smtplib
from email.message import EmailMessage

import pytest

from tests.support.smtp import Inbox, free_port, smtp_server


def _send(inbox: Inbox) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "hub@uni.example", "ada@uni.example", "Your session – 3 June"
    message.set_content("See you in the workshop.")
    with smtplib.SMTP(inbox.host, inbox.port, timeout=0.5) as client:
        client.send_message(message)


def test_mail_arrives_as_it_was_written():
    with smtp_server() as inbox:
        _send(inbox)

        (message,) = inbox.messages
        assert (message["subject"], message["x-envelope-to"]) == ("Your session – 3 June", "ada@uni.example")
        assert message.get_content().strip() == "See you in the workshop."


def test_a_refusal_is_for_good_and_a_deferral_is_not():
    with smtp_server() as inbox:
        inbox.refuse()
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            _send(inbox)
        inbox.defer()
        with pytest.raises(smtplib.SMTPRecipientsRefused) as deferred:
            _send(inbox)
        inbox.accept()
        _send(inbox)

        assert refused.value.recipients["ada@uni.example"][0] == 550
        assert deferred.value.recipients["ada@uni.example"][0] == 451
        assert len(inbox.messages) == 1


def test_a_hanging_server_keeps_the_sender_waiting_and_can_be_stopped():
    with smtp_server() as inbox:
        inbox.hang()
        with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
            _send(inbox)


def test_nothing_listens_on_a_free_port():
    with pytest.raises(ConnectionRefusedError):
        _send(Inbox(free_port()))
