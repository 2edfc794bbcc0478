"""A mail to oneself through the same outbox as every other, to see whether mail leaves and what the server says."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Actor
from portal.models import Account, Message
from portal.queries.jobs import TEST_MAIL
from portal.services import audit, notices


def send(session: Session, *, actor: Actor, now: datetime) -> Message:
    """Put a test mail to the actor into the outbox; one a minute. Raises RuleBroken for the second."""
    account = session.get_one(Account, actor.account_id)
    values = {"asked_at": now.isoformat()}
    slot = f"test-{now:%H%M}"
    message = notices.enqueue(session, template=TEST_MAIL, account=account, values=values, slot=slot, now=now)
    if message is None:
        raise RuleBroken(N_("Surel uji baru saja diminta. Tunggu satu menit."))
    audit.record(session, "test_mail_asked", subject=message, actor=actor, now=now, detail={})
    return message
