"""The code of a mail on a new device: it works once, for a while, and three tries; then the same place as before."""

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import Account, Message, TrustedDevice
from portal.web.auth.pages import DEVICES
from tests.factories import make_account, make_partner
from tests.factories.accounts import PASSWORD
from tests.harness.visitors import Visitor


@pytest.fixture
def writer(session):
    """Somebody of a partner."""
    account = make_account(session, Role.PARTNER_WRITER, make_partner(session))
    session.commit()
    return account


def type_password(client, email, path="/masuk"):
    return client.send(client.read(path), "Masuk", {"email": email, "password": PASSWORD})


def newest_code(session):
    """The code of the last mail."""
    session.expire_all()
    mails = session.scalars(select(Message).where(Message.template == "sign_in_code").order_by(Message.id))
    return mails.all()[-1].values["code"]


def wrong(code):
    return "000000" if code != "000000" else "111111"


def type_code(client, code):
    return client.send(client.read("/masuk/kode"), "Lanjut", {"code": code})


def test_a_new_device_asks_for_the_code_and_goes_to_the_same_place(client, session, writer):
    answer = type_password(client, writer.email, path="/masuk?lanjut=/mitra/laporan?x=1")
    assert answer.headers["Location"] == "/masuk/kode?lanjut=/mitra/laporan?x%3D1"
    assert client.open("/mitra/").headers["Location"].startswith("/masuk")
    page = client.read(answer.headers["Location"])
    control = page.one("//input[@name='code']")
    assert (control.get("inputmode"), control.get("autocomplete")) == ("numeric", "one-time-code")
    landed = client.send(page, "Lanjut", {"code": newest_code(session)})
    assert landed.headers["Location"] == "/mitra/laporan?x=1"
    assert client.read("/mitra/")


def test_a_known_device_is_not_asked_again_for_thirty_days(client, session, writer, clock):
    type_password(client, writer.email)
    type_code(client, newest_code(session))
    clock.advance(days=29)
    assert type_password(client, writer.email).headers["Location"] == "/"
    clock.advance(days=2)
    assert "/masuk/kode" in type_password(client, writer.email).headers["Location"]


def test_a_device_is_known_for_the_person_who_typed_the_code_only(client, session, writer):
    other = make_account(session, Role.PARTNER_WRITER, writer.organisation)
    session.commit()
    type_password(client, writer.email)
    type_code(client, newest_code(session))
    client.http.delete_cookie("simpul")
    assert "/masuk/kode" in type_password(client, other.email).headers["Location"]
    type_code(client, newest_code(session))
    client.http.delete_cookie("simpul")
    for account in (writer, other):
        assert type_password(client, account.email).headers["Location"] == "/"
        client.http.delete_cookie("simpul")


def test_of_codes_and_devices_only_hashes_are_kept(client, session, writer):
    type_password(client, writer.email)
    type_code(client, newest_code(session))
    secret = client.http.get_cookie(DEVICES).value
    session.expire_all()
    assert secret not in session.scalars(select(TrustedDevice.token_hash)).all()


def test_a_code_works_once(client, session, writer):
    type_password(client, writer.email)
    code, page = newest_code(session), client.read("/masuk/kode")
    other = client.app.test_client()
    for cookie in ("simpul-form",):
        other.set_cookie(cookie, client.http.get_cookie(cookie).value)
    assert client.send(page, "Lanjut", {"code": code}).status_code == 302
    token = dict(page.form("Lanjut").fields)["csrf_token"]
    again = other.post("/masuk/kode", data={"csrf_token": token, "code": code})
    assert again.headers["Location"].startswith("/masuk")
    assert "simpul=" not in str(again.headers.getlist("Set-Cookie"))


def test_after_three_wrong_codes_only_a_new_one_lets_in(client, session, writer, clock):
    type_password(client, writer.email)
    first = newest_code(session)
    texts = [type_code(client, wrong(first)).get_data(as_text=True) for _ in range(3)]
    assert "Masih ada 2 kesempatan" in texts[0]
    assert "tidak berlaku lagi" in texts[2]
    assert type_code(client, first).status_code == 422
    clock.advance(seconds=31)
    assert "Kode baru sedang dikirim" in client.submit(client.read("/masuk/kode"), "Kirim kode baru").text
    assert type_code(client, first).status_code == 422
    assert type_code(client, newest_code(session)).status_code == 302


def test_a_new_code_is_sent_after_thirty_seconds_only_and_five_times_at_most(client, session, writer, clock):
    type_password(client, writer.email)
    assert "Tunggu 30 detik" in client.submit(client.read("/masuk/kode"), "Kirim kode baru").text
    for _ in range(6):
        clock.advance(seconds=31)
        told = client.submit(client.read("/masuk/kode"), "Kirim kode baru")
    assert "belum dapat dikirim" in told.text
    assert len(session.scalars(select(Message)).all()) == 5


def test_a_code_is_over_after_fifteen_minutes(client, session, writer, clock):
    type_password(client, writer.email)
    clock.advance(minutes=15)
    assert "tidak berlaku lagi" in type_code(client, newest_code(session)).get_data(as_text=True)
    clock.advance(minutes=15)
    assert client.open("/masuk/kode").headers["Location"].startswith("/masuk")


def test_who_was_suspended_meanwhile_is_not_let_in(client, session, writer):
    type_password(client, writer.email)
    page, code = client.read("/masuk/kode"), newest_code(session)
    session.get(Account, writer.id).is_active = False
    assert client.send(page, "Lanjut", {"code": code}).headers["Location"].startswith("/masuk")


def test_what_was_sent_after_the_session_ended_is_not_lost_on_the_way(client, session, writer):
    token = dict(client.read("/masuk").form("Masuk").fields)["csrf_token"]
    sent = {"csrf_token": token, "reason": "Banjir di Kupang"}
    ended = client.understand(
        client.open("/mitra/tim/undang", method="POST", data=sent), "/mitra/tim/undang", expect=401
    )
    step = client.understand(
        client.send(ended, "Masuk", {"email": writer.email, "password": PASSWORD}), "/masuk", expect=200
    )
    refused = client.understand(client.send(step, "Lanjut", {"code": "12"}), "/masuk/kode", expect=422)
    last = client.send(refused, "Lanjut", {"code": newest_code(session)})
    again = client.understand(last, "/masuk/kode", expect=200)
    form = again.form("Simpan isian saya")
    assert form.action == "/mitra/tim/undang"
    assert ("reason", "Banjir di Kupang") in form.fields


def test_people_of_the_ministry_are_not_asked(client, session):
    officer = make_account(session)
    session.commit()
    assert type_password(client, officer.email).headers["Location"] == "/"


def test_the_switch_turns_it_off(make_app, session, writer):
    visitor = Visitor(make_app(second_step=False), session)
    assert type_password(visitor, writer.email).headers["Location"] == "/"


def test_the_page_of_the_code_without_a_sign_in_leads_to_the_door(client):
    assert client.open("/masuk/kode").headers["Location"].startswith("/masuk")


def test_a_demonstration_without_a_mail_server_shows_its_codes_and_others_never(make_app, session, writer, client):
    demo = Visitor(make_app(demo=True), session)
    type_password(demo, writer.email)
    shown = demo.submit(demo.read("/masuk/kode"), "Kirim kode baru")
    assert shown.one("//a[@href='/peragaan/surel']") is not None
    assert newest_code(session) in demo.read("/peragaan/surel").text
    assert client.open("/peragaan/surel").status_code == 404
