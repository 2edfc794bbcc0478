"""Ways a mail leaves: a real SMTP server, the portal's own mailbox page, or a list in memory for tests.

Each `send` returns when the mail is taken, or raises one of three refusals. What becomes of the row is not known here.
"""

import select
import smtplib
import ssl
import time
from collections.abc import Callable
from email.message import EmailMessage
from typing import Protocol

from portal.config import Smtp

TIMEOUT_SECONDS = 10
"""Twenty mails of ten seconds each stay within a lease of five minutes (design: platform A2.5)."""
PERMANENT = 500
SERVICE_CLOSING = 421
IDLE_SECONDS = 5.0
"""A connection that carried a mail so short a while ago is not asked whether it lives, unless the server has spoken."""


class SendError(Exception):
    """The mail did not leave; the text says what the server answered."""


class TryLaterError(SendError):
    """Not now: a 4xx answer, a time-out, no connection."""


class AddressRefusedError(SendError):
    """The server knows no such address (5xx to the recipient): never try again, and mend the address."""


class MailRefusedError(SendError):
    """The server refuses the content of this mail for good (5xx)."""


class Transport(Protocol):
    """A way for mail to leave."""

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Send one mail to one address or raise a SendError."""

    def close(self) -> None:
        """Let go of what is kept open."""


class Mailbox:
    """No mail server: what is sent stays in the outbox, and the mailbox page shows it."""

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Do nothing: the row in the outbox is the mail."""

    def close(self) -> None:
        """Do nothing: nothing is open."""


class Memory:
    """Keeps what was sent in a list; `answers` may raise instead, one call each."""

    def __init__(self, answers: list[Callable[[], None]] | None = None) -> None:
        """Begin with nothing sent."""
        self.sent: list[tuple[str, EmailMessage]] = []
        self.answers = answers or []

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Keep the mail, unless the next answer raises."""
        if self.answers:
            self.answers.pop(0)()
        self.sent.append((recipient, message))

    def close(self) -> None:
        """Do nothing: nothing is open."""


class SmtpTransport:
    """One kept connection to an SMTP server; it is opened again when the server has closed it."""

    def __init__(self, settings: Smtp) -> None:
        """Remember where to connect; nothing is opened before the first mail."""
        self._settings = settings
        self._server: smtplib.SMTP | None = None
        self._used_at = 0.0

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Send one mail; raise TryLaterError, AddressRefusedError or MailRefusedError."""
        try:
            self._connected().send_message(message, to_addrs=[recipient])
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = error.recipients[recipient]
            self._after_answer(code)
            raise _refusal(code, answer, AddressRefusedError) from error
        except smtplib.SMTPResponseException as error:
            self._after_answer(error.smtp_code)
            # Sign-in, greeting and sender are ours to mend, and then the same mail goes through.
            kind = MailRefusedError if isinstance(error, smtplib.SMTPDataError) else TryLaterError
            raise _refusal(error.smtp_code, error.smtp_error, kind) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise TryLaterError(f"{type(error).__name__}: {error}") from error
        self._used_at = time.monotonic()

    def _after_answer(self, code: int) -> None:
        """A closing server is left; any other answer ends the mail only."""
        if code == SERVICE_CLOSING:
            self.close()

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None and self._is_alive(self._server):
            return self._server
        self.close()
        settings = self._settings
        host = settings.host or "localhost"
        if settings.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, settings.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, settings.port, timeout=TIMEOUT_SECONDS)
        self._server = server
        if settings.tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.username:
            server.login(settings.username, settings.password or "")
        return server

    def _is_alive(self, server: smtplib.SMTP) -> bool:
        """Return whether the next mail may go over the connection: a server that closes it has spoken unasked."""
        if server.sock is None:
            return False
        is_fresh = time.monotonic() - self._used_at < IDLE_SECONDS
        try:
            if is_fresh and not select.select([server.sock], [], [], 0)[0]:
                return True
            return server.noop()[0] == 250  # noqa: PLR2004 (SMTP's word for yes)
        except (OSError, ValueError, smtplib.SMTPException):
            return False

    def close(self) -> None:
        """Leave the server politely if it still listens."""
        server, self._server = self._server, None
        if server is None:
            return
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()


def _refusal(code: int, answer: bytes | str, kind: type[SendError]) -> SendError:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return (kind if code >= PERMANENT else TryLaterError)(f"{code} {text}")


def transport_of(settings: Smtp) -> Transport:
    """Return the way that the settings ask for: SMTP with a host, else the mailbox page."""
    return SmtpTransport(settings) if settings.host else Mailbox()
