"""Who lost app and recovery codes begins anew: by whoever runs the portal, told by mail, with every session ended."""

import pytest
from sqlalchemy import select

from portal.domain.errors import NotFound
from portal.models import Authenticator, Entry, Message
from portal.services import accounts, authenticators, lost_apps, sign_in
from portal.services.accounts import Browser
from tests.factories import make_account
from tests.factories.accounts import PASSWORD
from tests.factories.instants import NOW

KEY = "kunci-untuk-pengujian"


def test_the_app_goes_sessions_end_and_the_password_is_still_needed(session):
    account = make_account(session)
    authenticators.begin(session, account, key=KEY)
    token = sign_in.open_session(session, account, agent=None, now=NOW)
    lost_apps.release(session, account.email.upper(), now=NOW)
    assert session.scalars(select(Authenticator)).all() == []
    assert sign_in.resolve(session, token, now=NOW) is None
    assert session.scalars(select(Entry.action)).all() == ["authenticator_reset"]
    assert session.scalars(select(Message.recipient)).all() == [account.email]
    browser = Browser(address="127.0.0.1")
    entered = accounts.try_sign_in(
        session, email=account.email, password=PASSWORD, browser=browser, second_step=True, now=NOW
    )
    assert entered.token


def test_who_has_no_app_is_not_found(session):
    account = make_account(session)
    for email in (account.email, "tidak.ada@contoh.test"):
        with pytest.raises(NotFound):
            lost_apps.release(session, email, now=NOW)


def test_the_command_says_what_it_did_or_that_there_was_nothing(session, spawn):
    account = make_account(session)
    authenticators.begin(session, account, key=KEY)
    email = account.email
    session.commit()
    first, second = (
        spawn("portal.cli", "authenticator", "release", email).communicate(timeout=60)[0] for _ in range(2)
    )
    assert f"Aplikasi dilepas dari akun {email}." in first
    assert "Tidak ada akun dengan aplikasi" in second
    assert session.scalars(select(Authenticator)).all() == []
