"""What the portal is about to send or has sent, read from its own table."""

import pytest
from sqlalchemy import select

from portal.models import Message
from portal.models.scope import ScopedSession


class Outbox:
    """Rows of the outbox, oldest first; each look is a fresh one."""

    def __init__(self, session: ScopedSession) -> None:
        """Look through the test's own session."""
        self.session = session

    @property
    def all(self) -> list[Message]:
        """Every message, whatever became of it."""
        self.session.commit()
        return list(self.session.scalars(select(Message).order_by(Message.id)))

    def to(self, address: str) -> list[Message]:
        """The messages to one address."""
        return [message for message in self.all if message.recipient == address]

    def of(self, template: str) -> list[Message]:
        """The messages made from one template."""
        return [message for message in self.all if message.template == template]


@pytest.fixture
def outbox(session: ScopedSession) -> Outbox:
    """The outbox: `outbox.all`, `outbox.to(address)`, `outbox.of(template)`."""
    return Outbox(session)
