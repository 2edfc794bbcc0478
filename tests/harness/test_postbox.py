"""The SMTP server of the tests keeps mails and refuses them as it is told."""

import smtplib
from email.message import EmailMessage

import pytest

from tests.harness.postbox import Postbox


def mail(recipient: str) -> EmailMessage:
    """A small mail."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@contoh.test", recipient, "Pengingat · 21 November"
    made["Message-ID"] = "<satu@contoh.test>"
    made.set_content("Isi surel\n")
    return made


def send(postbox: Postbox, recipient: str) -> None:
    """Send one mail over the wire."""
    with smtplib.SMTP(postbox.host, postbox.port, timeout=10) as connection:
        connection.send_message(mail(recipient))


def test_a_mail_is_kept_as_it_came(smtp: Postbox):
    send(smtp, "b@contoh.test")
    kept = smtp.to("b@contoh.test")[0]
    assert (kept.subject, kept.message_id) == ("Pengingat · 21 November", "<satu@contoh.test>")
    assert kept.text == "Isi surel\n"


def test_a_recipient_can_be_refused(smtp: Postbox):
    smtp.refuse["c@contoh.test"] = "550 5.1.1 unknown"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(smtp, "c@contoh.test")
    assert smtp.received == []


def test_a_mail_can_be_put_off_once(smtp: Postbox):
    smtp.answers.append("451 4.3.0 later")
    with pytest.raises(smtplib.SMTPDataError):
        send(smtp, "d@contoh.test")
    send(smtp, "d@contoh.test")
    assert len(smtp.received) == 1
