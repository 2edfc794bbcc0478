"""The way into the outbox: idempotent, open to partners' acts, strict about values, at once unless told otherwise."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.domain.organisation import Zone
from portal.domain.policy import Role
from portal.domain.reminder import MessageStage
from portal.models import Account, Message
from portal.models.scope import GateScope, ScopedSession
from portal.services import notices
from tests.factories import make_account, make_agreement, make_ministry, make_partner

INVITATION = dict.fromkeys(notices.NEEDS["invitation"], "x")
RECEIPT = dict.fromkeys(notices.NEEDS["report_receipt"], "x") | {"files": []}


def enqueue(session, account, now, slot="uji", **more):
    return notices.enqueue(
        session, template="report_receipt", account=account, values=RECEIPT, slot=slot, now=now, **more
    )


def test_a_notice_is_a_row_that_may_leave_at_once(session, clock):
    account = make_account(session, Role.PARTNER_WRITER)
    message = enqueue(session, account, clock.now)
    assert (message.stage, message.next_try_at) == (MessageStage.PENDING, clock.now)
    assert message.recipient == account.email
    assert message.message_id == notices.message_key(account.email, message.local_day, "uji")


def test_a_notice_can_wait(session, clock):
    later = clock.now + timedelta(hours=3)
    message = enqueue(session, make_account(session), clock.now, not_before=later)
    assert message.next_try_at == message.not_before == later


def test_the_same_slot_of_a_day_is_one_message_and_nothing_else_is_lost(session, clock):
    account = make_account(session)
    assert enqueue(session, account, clock.now) is not None
    account.name = "Nama Baru"
    assert enqueue(session, account, clock.now) is None
    assert enqueue(session, account, clock.now + timedelta(days=1)) is not None
    session.commit()
    assert session.scalars(select(Account.name)).all() == ["Nama Baru"]
    assert len(session.scalars(select(Message)).all()) == 2


def test_the_day_is_that_of_the_reader(session, clock):
    eastern = make_partner(session, zone=Zone.WIT)
    clock.advance(hours=13.5)  # 22.30 in Jakarta, half past midnight in Jayapura
    message = enqueue(session, make_account(session, Role.PARTNER_WRITER, eastern), clock.now)
    assert message.local_day == clock.today + timedelta(days=1)


def test_a_partners_act_tells_the_office_and_itself_twice_without_harm(session, session_of, clock):
    ministry, partner = make_ministry(session), make_partner(session)
    officer = make_account(session, Role.OFFICER, ministry)
    writer = make_account(session, Role.PARTNER_WRITER, partner)
    make_agreement(session, (ministry, partner), officer_id=officer.id)
    session.commit()
    kept = session_of(partner.id)
    for _ in range(2):
        for account in (kept.get(Account, writer.id), kept.get(Account, officer.id)):
            enqueue(kept, account, clock.now)
    kept.commit()
    session.rollback()
    assert sorted(session.scalars(select(Message.recipient))) == sorted((officer.email, writer.email))


def test_before_sign_in_a_notice_can_be_made(engine, session, clock):
    session.commit()
    with ScopedSession(bind=engine) as gate:
        gate.work_for(GateScope())
        made = notices.enqueue(
            gate,
            template="invitation",
            account=None,
            recipient="baru@contoh.test",
            values=INVITATION,
            slot="invitation-1",
            now=clock.now,
        )
        assert made is not None
        gate.commit()


def test_missing_values_and_unknown_templates_are_refused(session, clock):
    account = make_account(session)
    with pytest.raises(ValueError, match="files"):
        notices.enqueue(
            session, template="report_receipt", account=account, values=INVITATION, slot="uji", now=clock.now
        )
    with pytest.raises(KeyError):
        notices.enqueue(session, template="tidak-ada", account=account, values={}, slot="uji", now=clock.now)
    with pytest.raises(ValueError, match="address"):
        notices.enqueue(session, template="invitation", account=None, values=INVITATION, slot="uji", now=clock.now)
