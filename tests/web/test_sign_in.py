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


def test_a_part_that_is_asked_for_after_the_session_is_a_sentence_and_no_page(client):
    here = {"HX-Request": "true", "Referer": "http://localhost/kantor/naskah?q=lansia"}
    answer = client.open("/kantor/naskah?q=lansia", headers=here)
    assert answer.status_code == 401
    assert "Sesi Anda berakhir." in answer.text
    assert "<html" not in answer.text
    assert "/masuk?lanjut=/kantor/naskah?q%3Dlansia" in answer.text


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("sender", "target"),
    [
        ("http://localhost/kantor/naskah/X/susun/dasar", "/kantor/naskah/X/susun/dasar"),
        ("http://localhost/kantor/naskah/X/susun/dasar/pilih", "/kantor/naskah/X/susun/masa"),
        ("http://jahat.test/kantor/naskah", "/kantor/naskah/X/susun/masa"),
        (None, "/kantor/naskah/X/susun/masa"),
    ],
)
def test_after_sending_without_a_session_the_way_back_is_a_page(client, sender, target):
    token = client.read("/masuk").form("Masuk").fields[0][1]
    headers = {"Referer": sender} if sender else {}
    answer = client.open("/kantor/naskah/X/susun/masa", method="POST", data={"csrf_token": token}, headers=headers)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/masuk?lanjut={target}")


def test_an_address_that_is_only_sent_to_leads_home(client):
    token = client.read("/masuk").form("Masuk").fields[0][1]
    answer = client.open("/kantor/naskah/X/susun/masa/otomatis", method="POST", data={"csrf_token": token})
    assert answer.headers["Location"].endswith("/masuk?lanjut=/")


def test_who_signed_in_meanwhile_goes_on_to_the_page(as_staff):
    staff = as_staff()
    assert staff.open("/masuk?lanjut=/kantor/naskah").headers["Location"] == "/kantor/naskah"
    assert staff.open("/masuk?lanjut=//jahat.test").headers["Location"] == "/"


def test_an_open_page_keeps_its_session_and_gets_a_token(as_staff, clock):
    staff = as_staff()
    clock.advance(hours=7, minutes=58)
    told = staff.open("/sesi").json
    clock.advance(hours=3)
    assert staff.open("/sesi").status_code == 200
    assert told["account"] == staff.account.id
    data = {"csrf_token": told["token"]}
    assert staff.open("/keluar", method="POST", data=data).headers["Location"].endswith("/masuk")
