"""A mail may come once more only where somebody died with it in his hands."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import Message
from portal.services import notices, outbox
from tests.factories import make_account, make_partner
from tests.factories.calendar_days import make_calendar
from tests.proof.dead import Dead
from tests.proof.posting import NOW


def enqueue(session, count: int) -> list[str]:
    """Let mails wait; return their Message-IDs in the order of sending."""
    make_calendar(session)
    account = make_account(session, Role.PARTNER_WRITER, make_partner(session))
    values = dict.fromkeys(notices.NEEDS["report_accepted"], "2026-11-24") | {"period_key": "once"}
    for number in range(count):
        notices.enqueue(session, template="report_accepted", account=account, values=values, slot=str(number), now=NOW)
    session.commit()
    return list(session.scalars(select(Message.message_id).order_by(Message.id)))


def test_only_what_a_dead_worker_held_may_come_once_more(session, database):
    held, other = enqueue(session, 2)
    outbox.claim(session, worker="host-7-a", lease=timedelta(minutes=1), now=NOW, limit=1)
    session.commit()
    dead = Dead(session.get_bind())
    assert dead.bury_worker(7, lease_ends=True)
    assert not dead.bury_worker(8, lease_ends=True)
    assert dead.too_often(Counter({held: 2, other: 1})) == []
    assert dead.too_often(Counter({held: 3, other: 2})) == [held, other]
    taken = outbox.claim(session, worker="host-8-a", lease=timedelta(minutes=1), now=NOW)
    assert len(taken) == 2, "the lease of the dead has ended"


def test_what_was_tried_when_the_server_died_may_come_once_more(session, database):
    tried, waiting = enqueue(session, 2)
    first = session.scalars(select(Message).order_by(Message.id)).first()
    first.tries = 1
    session.commit()
    dead = Dead(session.get_bind())
    dead.bury_server()
    assert dead.too_often(Counter({tried: 2, waiting: 2})) == [waiting]
