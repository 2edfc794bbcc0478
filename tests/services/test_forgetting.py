"""What let people in and is worth nothing now is deleted when its time is over, and not a moment earlier."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.domain import retention
from portal.domain.personal import RequestKind, RequestStage, RequestWay
from portal.domain.policy import Actor, Role
from portal.domain.reminder import MessageStage
from portal.jobs import forget_keys
from portal.models import (
    Attempt,
    DataRequest,
    Entry,
    Invitation,
    JobRun,
    Message,
    PasswordReset,
    SecondStep,
    SignInLock,
    SignInSession,
    TrustedDevice,
)
from portal.services import audit, forgetting, locks, notices, password_resets, second_steps, sign_in
from tests.factories import make_account, make_partner
from tests.factories.instants import NOW

TABLES = (SecondStep, TrustedDevice, PasswordReset, Invitation, SignInSession, Attempt, SignInLock)
MOMENT = timedelta(seconds=1)


def invitation(account, **ended) -> Invitation:
    """An invitation of the organisation of somebody."""
    return Invitation(
        organisation_id=account.organisation_id,
        token_hash="".join(ended) or "waiting",
        email="melati@contoh.test",
        name="Melati",
        role=Role.PARTNER_WRITER,
        created_at=NOW,
        expires_at=NOW + timedelta(days=3),
        **ended,
    )


@pytest.fixture
def account(session):
    """Somebody who has one row of every kind, made at NOW."""
    made = make_account(session, Role.PARTNER_WRITER, make_partner(session))
    second_steps.begin(session, made, by_app=False, now=NOW)
    locks.of(session, made.email, now=NOW)
    second_steps.trust(session, made, now=NOW)
    password_resets.ask(session, email=made.email, address="127.0.0.1", now=NOW)
    password_resets.answer_waiting(session, base_url="http://localhost", now=NOW)
    sign_in.open_session(session, made, agent="tests", now=NOW)
    session.add(invitation(made, accepted_at=NOW))
    session.commit()
    return made


def left(session):
    """How many rows of each table there are."""
    return [session.scalar(select(func.count()).select_from(table)) for table in TABLES]


def test_each_row_goes_when_its_time_is_over_and_not_before(session, account) -> None:
    signed_in = session.scalars(select(SignInSession)).one()
    link = session.scalars(select(PasswordReset)).one()
    hours = {row.window_at for row in session.scalars(select(Attempt))}
    ends = {
        SecondStep: NOW + second_steps.LONGEST + retention.SECOND_STEPS,
        TrustedDevice: NOW + second_steps.KNOWN_FOR + retention.TRUSTED_DEVICES,
        PasswordReset: link.expires_at + retention.PASSWORD_RESETS,
        Invitation: NOW + retention.INVITATIONS,
        SignInSession: signed_in.expires_at + retention.SESSIONS,
        Attempt: max(hours) + retention.ATTEMPTS,
        SignInLock: NOW + retention.LOCKS,
    }
    for table in sorted(ends, key=lambda table: ends[table]):
        assert table.__tablename__ not in gone(forgetting.forget(session, now=ends[table]))
        assert gone(forgetting.forget(session, now=ends[table] + MOMENT)) == {table.__tablename__}
    assert left(session) == [0] * len(TABLES)


def gone(counts):
    """The tables of which something was deleted."""
    return {table for table, count in counts.items() if count}


def test_what_still_waits_for_somebody_stays(session, account) -> None:
    session.add(invitation(account))
    session.add(PasswordReset(email="tidak.dijawab@contoh.test", asked_at=NOW))
    session.commit()
    forgetting.forget(session, now=NOW + timedelta(days=4000))
    assert session.scalars(select(Invitation.accepted_at)).all() == [None]
    assert session.scalars(select(PasswordReset.email)).all() == ["tidak.dijawab@contoh.test"]


def test_the_job_runs_once_a_slot_and_can_be_tried_without_keeping(app, session, account) -> None:
    later = NOW + timedelta(days=4000)
    before = left(session)
    tried = forget_keys.run(app, now=later, keep=False)
    assert "1 perangkat" in tried
    session.rollback()
    assert left(session) == before
    assert forget_keys.run(app, now=later, slot="WIB 2037-11-03") == tried
    assert forget_keys.run(app, now=later, slot="WIB 2037-11-03") is None
    assert forget_keys.run(app, now=later) == "0 baris lama dihapus"
    session.rollback()
    assert left(session) == [0] * len(TABLES)
    assert session.scalars(select(JobRun.detail)).all() == [tried]


def test_mails_details_of_the_trail_and_answered_requests_go_after_their_years(app, session, account) -> None:
    row = DataRequest(
        organisation_id=account.organisation_id,
        kind=RequestKind.ACCESS,
        stage=RequestStage.GRANTED,
        way=RequestWay.LETTER,
        name="Melati",
        asked_at=NOW,
        due_at=NOW,
        decided_at=NOW,
        created_at=NOW,
        updated_at=NOW,
    )
    session.add(row)
    actor = Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id)
    audit.record(session, "account_changed", subject=account, actor=actor, now=NOW, detail={"name": ["A", "B"]})
    notices.enqueue(session, template="test_mail", account=account, values={"asked_at": ""}, slot="uji", now=NOW)
    session.flush()
    for message in session.scalars(select(Message)):
        message.stage = MessageStage.SENT
    session.commit()
    names = {"message": retention.MAILS, "entry": retention.TRAIL_DETAILS, "data_request": retention.DATA_REQUESTS}
    for name, kept in names.items():
        due = {each.name: each for each in forgetting.report(session, now=NOW + kept)}
        assert due[name].number == 0
        due = {each.name: each for each in forgetting.report(session, now=NOW + kept + MOMENT)}
        assert (due[name].number, due[name].oldest) == (due[name].total, NOW)
    last = NOW + retention.DATA_REQUESTS + MOMENT
    gone_now = forgetting.forget(session, now=last)
    session.commit()
    assert all(gone_now[name] for name in names)
    assert session.scalars(select(Message)).all() == []
    assert session.scalars(select(DataRequest)).all() == []
    assert "B" not in str(session.scalars(select(Entry.detail).where(Entry.action == "account_changed")).all())
    assert not any(forgetting.forget(session, now=last).values())
