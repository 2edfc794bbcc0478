"""Accounts: who gets in, who is locked out, when a session ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import Entry, SignInSession
from portal.services import accounts, sign_in
from portal.services.accounts import Browser
from tests.factories import make_account
from tests.factories.accounts import PASSWORD
from tests.factories.instants import NOW


def try_in(session, email, password=PASSWORD, *, now=NOW, address="127.0.0.1"):
    browser = Browser(address=address, agent="uji")
    return accounts.try_sign_in(session, email=email, password=password, browser=browser, second_step=False, now=now)


def test_the_right_password_opens_a_session_and_leaves_an_entry(session):
    account = make_account(session)
    outcome = try_in(session, account.email.upper())
    signed = sign_in.resolve(session, outcome.token, now=NOW)
    assert signed.actor.account_id == account.id
    assert session.scalar(select(Entry.action).where(Entry.subject_id == account.id)) == "signed_in"


def test_only_the_hash_of_a_token_is_kept(session):
    token = try_in(session, make_account(session).email).token
    kept = session.scalars(select(SignInSession.token_hash)).all()
    assert token not in kept
    assert len(kept) == 1


def test_unknown_account_wrong_password_and_inactive_account_look_alike(session):
    known, inactive = make_account(session), make_account(session, is_active=False)
    outcomes = {
        try_in(session, "tidak.ada@contoh.test", "salah-sekali-ini"),
        try_in(session, known.email, "salah-sekali-ini"),
        try_in(session, inactive.email),
    }
    assert outcomes == {accounts.SignInOutcome()}


def test_five_wrong_passwords_lock_and_the_right_one_waits(session):
    account = make_account(session)
    for _ in range(5):
        outcome = try_in(session, account.email, "salah-sekali-ini")
    assert outcome.locked_until == NOW + timedelta(minutes=1)
    assert try_in(session, account.email).token is None
    assert try_in(session, account.email, now=NOW + timedelta(minutes=2)).token


def test_the_lock_doubles_up_to_an_hour(session):
    account, now = make_account(session), NOW
    waits = []
    for _ in range(14):
        outcome = try_in(session, account.email, "salah-sekali-ini", now=now, address=str(now))
        if outcome.locked_until:
            waits.append(outcome.locked_until - now)
            now = outcome.locked_until
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert waits[-1] == timedelta(hours=1)


def test_one_address_may_try_sixty_times_in_an_hour(session):
    account = make_account(session)
    for _ in range(59):
        try_in(session, "siapa@contoh.test", "salah-sekali-ini")
    assert try_in(session, account.email).token
    refused = try_in(session, account.email)
    assert (refused.token, refused.locked_until) == (None, NOW.replace(minute=0) + timedelta(hours=1))
    assert try_in(session, account.email, address="127.0.0.2").token


@pytest.mark.parametrize(
    ("role", "idle", "alive"),
    [
        (Role.OFFICER, timedelta(hours=7, minutes=59), True),
        (Role.OFFICER, timedelta(hours=8, minutes=1), False),
        (Role.PARTNER_WRITER, timedelta(minutes=29), True),
        (Role.PARTNER_WRITER, timedelta(minutes=31), False),
    ],
)
def test_an_idle_session_ends(session, role, idle, alive):
    token = try_in(session, make_account(session, role).email).token
    assert bool(sign_in.resolve(session, token, now=NOW + idle)) is alive


def test_a_session_ends_after_twelve_hours_of_use(session):
    token = try_in(session, make_account(session).email).token
    for hours in (6, 11):
        signed = sign_in.resolve(session, token, now=NOW + timedelta(hours=hours))
        sign_in.touch(session, signed.session_id, now=NOW + timedelta(hours=hours))
    assert sign_in.resolve(session, token, now=NOW + timedelta(hours=12)) is None


def test_an_ended_session_and_a_disabled_account_are_refused(session):
    account = make_account(session)
    first, second = try_in(session, account.email).token, try_in(session, account.email).token
    sign_in.end(session, sign_in.resolve(session, first, now=NOW).session_id, now=NOW)
    assert sign_in.resolve(session, first, now=NOW) is None
    assert sign_in.resolve(session, second, now=NOW)
    account.is_active = False
    assert sign_in.resolve(session, second, now=NOW) is None


def test_who_holds_no_role_any_more_is_told_so_and_not_let_in(session):
    account = make_account(session)
    account.roles[0].ends_on = NOW.date() - timedelta(days=1)
    assert try_in(session, account.email) == accounts.SignInOutcome(is_over=True)
    assert try_in(session, account.email, "salah-sekali-ini") == accounts.SignInOutcome()


def test_a_session_ends_with_the_last_role(session):
    account = make_account(session, Role.PARTNER_WRITER)
    token = try_in(session, account.email).token
    assert sign_in.resolve(session, token, now=NOW)
    account.roles[0].ends_on = NOW.date() - timedelta(days=1)
    assert sign_in.resolve(session, token, now=NOW) is None
