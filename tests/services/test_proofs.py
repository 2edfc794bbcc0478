"""Proving once more who one is: by the password, or by the app where there is one; wrong tries count as at sign-in."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from portal.models import Entry, SignInLock
from portal.services import authenticators, locks, proofs, sign_in
from portal.services.proofs import Proof
from tests.factories import make_account
from tests.factories.accounts import PASSWORD
from tests.factories.instants import NOW

KEY = "kunci-uji-yang-panjang-sekali"
STEP = timedelta(seconds=30)


@pytest.fixture
def account(session):
    return make_account(session)


@pytest.fixture
def opened(session, account):
    """The number of an open session."""
    token = sign_in.open_session(session, account, agent=None, now=NOW)
    return sign_in.resolve(session, token, now=NOW).session_id


def prove(session, account, opened, typed, *, now=NOW) -> Proof:
    return proofs.prove(session, account.id, opened, typed, keys=(KEY,), now=now)


def test_the_right_password_proves_it_and_gives_the_session_a_new_token(session, account, opened):
    locks.note_wrong(locks.of(session, account.email, now=NOW), now=NOW)
    proof = prove(session, account, opened, PASSWORD)
    assert (proof.is_right, proof.locked_until) == (True, None)
    going_on = sign_in.resolve(session, proof.token, now=NOW)
    assert going_on.session_id == opened
    assert session.scalars(select(SignInLock)).all() == []
    assert session.scalars(select(Entry.action)).all().count("proof_refused") == 0


def test_wrong_ones_are_written_down_and_lock_from_the_fifth_on(session, account, opened):
    told = [prove(session, account, opened, "salah-sekali-ini") for _ in range(6)]
    shut = Proof(locked_until=NOW + locks.FIRST_LOCK)
    assert told == [Proof()] * 4 + [shut] * 2
    entries = session.scalars(select(Entry).where(Entry.action == "proof_refused")).all()
    assert [(each.actor_id, each.subject_id) for each in entries] == [(account.id, account.id)] * 5
    assert prove(session, account, opened, PASSWORD) == shut
    assert prove(session, account, opened, PASSWORD, now=NOW + locks.FIRST_LOCK).is_right


def test_whoever_has_the_app_proves_it_with_a_code_and_not_with_the_password(session, account, opened):
    authenticators.begin(session, account, key=KEY)
    app = pyotp.TOTP(authenticators.text_key(authenticators.find(session, account.id), key=KEY))
    authenticators.confirm(session, account, app.at(NOW), key=KEY, now=NOW)
    assert prove(session, account, opened, PASSWORD) == Proof()
    assert prove(session, account, opened, app.at(NOW + STEP), now=NOW + STEP).is_right
    assert proofs.knows_password(session, account.id, PASSWORD, now=NOW + STEP) == Proof(is_right=True)
