"""A new key of the portal: who is in stays in, open forms can be sent, as long as the key before it is listed."""

import pytest
from sqlalchemy import select

from portal.models import Account, SignInSession
from portal.services import sign_in
from tests.factories import make_account
from tests.harness.visitors import Visitor

NEW = "k" * 40


@pytest.fixture
def begun(app, session, clock):
    """Somebody who opened a form under the old key, the form, and what the browser holds."""
    account = make_account(session)
    token = sign_in.open_session(session, account, agent="uji", now=clock.now)
    visitor = Visitor(app, session, account, token)
    return visitor, visitor.read("/akun")


def moved(visitor, app):
    """The same browser at an application with other keys."""
    other = Visitor(app, visitor.session, visitor.account)
    other.http._cookies = visitor.http._cookies
    return other


def test_with_the_key_before_listed_a_form_that_was_open_can_be_sent(begun, make_app, session):
    visitor, page = begun
    old = visitor.app.config["SETTINGS"].secret_key
    later = moved(visitor, make_app(secret_key=NEW, old_secret_keys=(old,)))
    assert later.open("/akun").status_code == 200
    assert later.send(page, "Ganti kata sandi").status_code == 422
    assert later.send(later.read("/akun"), "Ganti kata sandi").status_code == 422
    assert len(session.scalars(select(SignInSession)).all()) == 1


def test_without_it_the_person_stays_in_and_is_asked_to_load_the_form_anew(begun, make_app, session):
    visitor, page = begun
    later = moved(visitor, make_app(secret_key=NEW))
    refused = later.send(page, "Ganti kata sandi")
    assert refused.status_code == 400
    assert "sudah kedaluwarsa" in refused.get_data(as_text=True)
    assert later.send(later.read("/akun"), "Ganti kata sandi").status_code == 422
    assert session.scalars(select(Account.is_active)).all() == [True]


def test_what_the_new_key_signed_the_old_one_does_not_take(begun, make_app):
    visitor, _ = begun
    later = moved(visitor, make_app(secret_key=NEW, old_secret_keys=(visitor.app.config["SETTINGS"].secret_key,)))
    later.http.delete_cookie("simpul-form")
    page = later.read("/akun")
    assert moved(later, visitor.app).send(page, "Ganti kata sandi").status_code == 400
