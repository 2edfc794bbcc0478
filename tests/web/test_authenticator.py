"""The authenticator app: set up, asked for at sign-in, replaced by codes that work once, demanded where it is due."""

import re

import pyotp
import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import Authenticator, Entry, Message, RecoveryCode, SignInSession
from tests.factories import make_account, make_partner
from tests.factories.accounts import PASSWORD
from tests.harness.visitors import Visitor

SPOKEN = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


@pytest.fixture
def officer(session):
    """Somebody of the ministry."""
    account = make_account(session)
    session.commit()
    return account


def code(text_key, clock):
    return pyotp.TOTP(text_key).at(clock.now)


def set_up(visitor, clock):
    """Set an app up; return its text key and the recovery codes."""
    page = visitor.submit(visitor.read("/akun/aplikasi"), "Pasang aplikasi")
    text_key = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.text).group().replace(" ", "")
    shown = visitor.submit(page, "Selesaikan pemasangan", {"code": code(text_key, clock)})
    return text_key, SPOKEN.findall(shown.text)


def type_password(client, email):
    return client.send(client.read("/masuk"), "Masuk", {"email": email, "password": PASSWORD})


def type_code(client, typed):
    return client.send(client.read("/masuk/kode"), "Lanjut", {"code": typed})


def test_an_app_is_set_up_with_its_first_code_and_gives_ten_recovery_codes(as_account, session, officer, clock):
    visitor = as_account(officer)
    text_key, codes = set_up(visitor, clock)
    assert len(set(codes)) == len(codes) == 10
    kept = session.scalars(select(Authenticator)).one()
    assert text_key not in (kept.secret, kept.next_secret)
    hashes = session.scalars(select(RecoveryCode.code_hash)).all()
    assert not set(codes) & set(hashes)
    assert "authenticator_added" in session.scalars(select(Entry.action)).all()
    assert session.scalars(select(Message.template)).all() == ["authenticator_changed"]
    assert "10 belum dipakai" in visitor.read("/akun/aplikasi").text
    assert text_key[:4] not in visitor.read("/akun/aplikasi").text


def test_a_wrong_first_code_sets_nothing_up(as_account, session, officer):
    visitor = as_account(officer)
    page = visitor.submit(visitor.read("/akun/aplikasi"), "Pasang aplikasi")
    again = visitor.submit(page, "Selesaikan pemasangan", {"code": "12345"}, expect=422)
    assert "Kode tidak cocok." in again.text
    assert session.scalars(select(Authenticator.secret)).one() is None


def test_sign_in_asks_for_the_code_and_takes_it_once(as_account, client, session, officer, clock):
    text_key, _ = set_up(as_account(officer), clock)
    assert "/masuk/kode" in type_password(client, officer.email).headers["Location"]
    assert client.open("/kantor").headers["Location"].startswith("/masuk")
    used = code(text_key, clock)
    assert type_code(client, used).status_code == 422
    clock.advance(seconds=30)
    fresh = code(text_key, clock)
    assert type_code(client, fresh).status_code == 302
    assert client.read("/kantor")
    other = Visitor(client.app, session)
    type_password(other, officer.email)
    assert type_code(other, fresh).status_code == 422


def test_a_code_of_an_hour_ago_is_refused(as_account, client, officer, clock):
    text_key, _ = set_up(as_account(officer), clock)
    clock.advance(minutes=1)
    old = code(text_key, clock)
    clock.advance(hours=1)
    type_password(client, officer.email)
    assert type_code(client, old).status_code == 422


def test_a_recovery_code_works_once_and_is_told_by_mail(as_account, client, session, officer, clock):
    _, codes = set_up(as_account(officer), clock)
    type_password(client, officer.email)
    assert type_code(client, codes[0].lower().replace("-", " ")).status_code == 302
    other = Visitor(client.app, session)
    type_password(other, officer.email)
    assert type_code(other, codes[0]).status_code == 422
    assert type_code(other, codes[1]).status_code == 302
    told = [values["change"] for values in session.scalars(select(Message.values))]
    assert "recovery_code_used" in told


def test_new_recovery_codes_shut_out_the_old_ones(as_account, client, officer, clock):
    visitor = as_account(officer)
    _, old = set_up(visitor, clock)
    shown = visitor.submit(visitor.read("/akun/aplikasi"), "Buat kode cadangan baru")
    new = SPOKEN.findall(shown.text)
    assert not set(new) & set(old)
    type_password(client, officer.email)
    assert type_code(client, old[0]).status_code == 422
    assert type_code(client, new[0]).status_code == 302


def test_wrong_codes_lock_the_account_and_the_right_password_does_not_unlock_it(as_account, client, officer, clock):
    text_key, _ = set_up(as_account(officer), clock)
    clock.advance(minutes=1)
    for _ in range(2):
        type_password(client, officer.email)
        for _ in range(2):
            assert "Kode tidak cocok" in type_code(client, "000000").get_data(as_text=True)
    assert "Coba lagi sesudah" in type_code(client, "000000").get_data(as_text=True)
    assert "Coba lagi sesudah" in type_code(client, code(text_key, clock)).get_data(as_text=True)
    assert "Coba lagi sesudah" in type_password(client, officer.email).get_data(as_text=True)
    clock.advance(minutes=1)
    type_password(client, officer.email)
    assert type_code(client, code(text_key, clock)).status_code == 302


def test_no_code_of_the_app_is_sent_by_mail(as_account, client, session, officer, clock):
    set_up(as_account(officer), clock)
    type_password(client, officer.email)
    page = client.read("/masuk/kode")
    assert "Kode dari aplikasi" in page.text
    assert "Kirim kode baru" not in page.text
    token = dict(page.form("Lanjut").fields)["csrf_token"]
    assert client.open("/masuk/kode/baru", method="POST", data={"csrf_token": token}).status_code == 303
    assert "sign_in_code" not in session.scalars(select(Message.template)).all()


def test_a_partner_may_use_the_app_in_place_of_the_mail(as_account, client, session, clock):
    writer = make_account(session, Role.PARTNER_WRITER, make_partner(session))
    text_key, _ = set_up(as_account(writer), clock)
    clock.advance(minutes=1)
    type_password(client, writer.email)
    assert type_code(client, code(text_key, clock)).status_code == 302
    assert client.read("/mitra/")
    assert "sign_in_code" not in session.scalars(select(Message.template)).all()


def test_the_app_is_taken_away_by_its_owner_where_nobody_needs_one(as_account, client, session, officer, clock):
    visitor = as_account(officer)
    set_up(visitor, clock)
    assert "Aplikasi dilepas." in visitor.submit(visitor.read("/akun/aplikasi"), "Lepas aplikasi").text
    assert session.scalars(select(RecoveryCode)).all() == []
    assert type_password(client, officer.email).headers["Location"] == "/"


def test_another_telephone_takes_over_with_its_first_code_only(as_account, client, session, officer, clock):
    visitor = as_account(officer)
    old, _ = set_up(visitor, clock)
    clock.advance(minutes=1)
    visitor.submit(visitor.read("/akun/aplikasi"), "Pasang di telepon lain")
    type_password(client, officer.email)
    assert type_code(client, code(old, clock)).status_code == 302
    new, _ = set_up_again(visitor, clock)
    clock.advance(minutes=1)
    other = Visitor(client.app, session)
    type_password(other, officer.email)
    assert type_code(other, code(old, clock)).status_code == 422
    assert type_code(other, code(new, clock)).status_code == 302


def set_up_again(visitor, clock):
    page = visitor.read("/akun/aplikasi")
    text_key = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.text).group().replace(" ", "")
    shown = visitor.submit(page, "Selesaikan pemasangan", {"code": code(text_key, clock)})
    return text_key, SPOKEN.findall(shown.text)


def test_where_it_is_required_staff_reach_nothing_before_it(make_app, session, officer, clock):
    visitor = Visitor(make_app(authenticator="required"), session)
    type_password(visitor, officer.email)
    for path in ("/", "/kantor", "/kantor/naskah", "/akun"):
        assert visitor.open(path).headers["Location"] in {"/akun/aplikasi", "/kantor"}, path
    assert "Peran Anda memerlukan aplikasi ini." in visitor.read("/akun/aplikasi").text
    set_up(visitor, clock)
    assert visitor.read("/kantor")
    page = visitor.read("/akun/aplikasi")
    assert "Lepas aplikasi" not in page.text
    token = dict(page.form("Buat kode cadangan baru").fields)["csrf_token"]
    assert visitor.post("own_authenticator.remove", {"csrf_token": token}).status_code == 409


def test_where_it_is_required_partners_go_on_as_before(make_app, session, clock):
    visitor = Visitor(make_app(authenticator="required", second_step=False), session)
    writer = make_account(session, Role.PARTNER_WRITER, make_partner(session))
    type_password(visitor, writer.email)
    assert visitor.read("/mitra/")


def test_an_app_outlives_a_change_of_the_portals_key(make_app, as_account, session, officer, clock):
    text_key, _ = set_up(as_account(officer), clock)
    before = session.scalars(select(Authenticator.secret)).one()
    old = make_app().config["SETTINGS"].secret_key
    for settings, seconds in (({"old_secret_keys": (old,)}, 30), ({}, 60)):
        clock.advance(seconds=seconds)
        visitor = Visitor(make_app(secret_key="k" * 40, **settings), session)
        type_password(visitor, officer.email)
        assert type_code(visitor, code(text_key, clock)).status_code == 302
    session.expire_all()
    assert session.scalars(select(Authenticator.secret)).one() != before
    assert session.scalars(select(SignInSession)).all()
