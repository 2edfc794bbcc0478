"""The door from outside: sign-in, sign-out, the way back, and what a cookie is worth afterwards."""

import pytest

from portal.domain.policy import Role
from portal.web.addresses import own_path
from tests.factories import make_account, make_partner
from tests.factories.accounts import PASSWORD


def sign_in(client, email, password=PASSWORD, path="/masuk"):
    page = client.read(path)
    return client.send(page, "Masuk", {"email": email, "password": password})


def test_a_visitor_is_led_to_sign_in_and_back(client, session):
    account = make_account(session)
    answer = client.open("/kantor/mitra/ORG-0001/undang?a=1")
    assert answer.status_code == 302
    landed = sign_in(client, account.email, path=answer.headers["Location"])
    assert landed.headers["Location"].endswith("/kantor/mitra/ORG-0001/undang?a=1")


def test_wrong_mail_and_wrong_password_get_the_same_words(client, session):
    account = make_account(session)
    texts = set()
    for email in (account.email, "tidak.ada@contoh.test"):
        answer = sign_in(client, email, "salah-sekali-ini")
        assert answer.status_code == 422
        texts.add("tidak cocok" in answer.get_data(as_text=True))
    assert texts == {True}


def test_the_sixth_try_is_told_when_to_come_back(client, session):
    account = make_account(session)
    for _ in range(6):
        answer = sign_in(client, account.email, "salah-sekali-ini")
    assert "Coba lagi sesudah 21 Nov 2026, 09.01 WIB" in answer.get_data(as_text=True)


def test_a_copied_cookie_is_worth_nothing_after_sign_out(client, session, as_account):
    staff = as_account(make_account(session))
    page = staff.read("/bantuan")
    assert page
    copied = dict(staff.cookies)["simpul"]
    staff.app.config["WTF_CSRF_ENABLED"] = False
    try:
        assert staff.open("/keluar", method="POST").status_code == 302
    finally:
        staff.app.config["WTF_CSRF_ENABLED"] = True
    client.http.set_cookie("simpul", copied)
    assert client.open("/kantor/mitra/X/undang").headers["Location"].startswith("/masuk")


def test_every_answer_carries_the_headers_of_the_house(client):
    answer = client.open("/masuk")
    assert "script-src 'self'; style-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_without_its_token_is_refused(client):
    assert client.open("/masuk", method="POST", data={"email": "a@b.c", "password": "x"}).status_code == 400


def test_a_form_from_another_site_is_refused(client):
    page = client.read("/masuk")
    fields = {"email": "a@contoh.test", "password": "x"}
    answer = client.send(page, "Masuk", fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["//jahat.test", "https://jahat.test", "/\\jahat.test", "jahat", "/a\r\nb", ""])
def test_the_way_back_never_leads_outside(path):
    assert own_path(path, "/") == "/"


def test_opening_an_invitation_changes_nothing_and_the_button_does(client, session, as_staff):
    partner = make_partner(session, name="Yayasan Contoh Melati", code="MELATI")
    officer = as_staff(Role.OFFICER)
    sent = officer.submit(
        officer.page("staff.invitations.create", code=partner.code),
        "Kirim undangan",
        {"name": "Siti", "email": "siti@lembaga.test", "role": "partner_writer"},
    )
    link = next(word for word in sent.text.split() if "/undangan/" in word)
    path = "/undangan/" + link.rpartition("/")[2]
    for _ in range(3):
        page = client.read(path)
    answer = client.send(page, "Terima undangan", {"name": "Siti", "password": "payung biru di halte"})
    assert answer.status_code == 302
    assert "Undangan ini sudah dipakai" in client.read(path).text
