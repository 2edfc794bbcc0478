"""What let people in and is worth nothing now is deleted when its time is over, and not a moment earlier."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.domain import retention
from portal.domain.policy import Role
from portal.jobs import forget_keys
from portal.models import Attempt, Invitation, JobRun, PasswordReset, SecondStep, SignInSession, TrustedDevice
from portal.services import forgetting, password_resets, second_steps, sign_in
from tests.factories import make_account, make_partner
from tests.factories.instants import NOW

TABLES = (SecondStep, TrustedDevice, PasswordReset, Invitation, SignInSession, Attempt)
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
    second_steps.begin(session, made, now=NOW)
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
