"""A real SMTP server on loopback that keeps what it receives and answers as it is told."""

import email.message
import email.policy
import socket
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.parser import BytesParser

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPTED = "250 2.0.0 OK"


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """One mail as it came over the wire."""

    sender: str
    recipients: tuple[str, ...]
    message: email.message.EmailMessage

    @property
    def subject(self) -> str:
        """The subject line, decoded."""
        return str(self.message["Subject"])

    @property
    def message_id(self) -> str:
        """The Message-ID header."""
        return str(self.message["Message-ID"])

    @property
    def text(self) -> str:
        """The plain text part."""
        body = self.message.get_body(("plain",))
        return "" if body is None else str(body.get_content()).replace("\r\n", "\n")


@dataclass(kw_only=True)
class Postbox:
    """What the server received, and what it is to answer next.

    `refuse["x@example.test"] = "550 5.1.1 unknown"` answers that recipient so, always.
    `answers.extend(["451 4.3.0 later"])` answers the next mails so, one each, without keeping them.
    `before_answer` is called with each mail kept, before the server says 250.
    `hang_up()` closes the connection over which the last mail came.
    """

    host: str = "127.0.0.1"
    port: int = 0
    received: list[Received] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    answers: deque[str] = field(default_factory=deque)
    before_answer: Callable[[Received], None] = lambda mail: None
    hang_up: Callable[[], object] = lambda: None

    def to(self, address: str) -> list[Received]:
        """The mails kept for one address, in the order they came."""
        return [mail for mail in self.received if address in mail.recipients]

    async def handle_RCPT(  # noqa: N802  (the library looks for this name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer one recipient."""
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return ACCEPTED

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Answer one mail, keeping it when it is accepted."""
        self.hang_up = lambda: server.loop.call_soon_threadsafe(server.transport.close)
        if self.answers:
            return self.answers.popleft()
        content = envelope.original_content or b""
        mail = Received(
            sender=envelope.mail_from or "",
            recipients=tuple(envelope.rcpt_tos),
            message=BytesParser(email.message.EmailMessage, policy=email.policy.default).parsebytes(content),
        )
        self.received.append(mail)
        self.before_answer(mail)
        return ACCEPTED


def free_port() -> int:
    """A port of loopback that nobody holds at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def smtp() -> Iterator[Postbox]:
    """A running SMTP server: `smtp.host`, `smtp.port`, `smtp.received`."""
    postbox = Postbox(port=free_port())
    controller = Controller(postbox, hostname=postbox.host, port=postbox.port)
    controller.start()
    yield postbox
    controller.stop()
