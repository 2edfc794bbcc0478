"""Invitations on their pages: what they tell, by link and by spoken code, and what an old one offers."""

import re

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.models import Account, Invitation, Message
from tests.factories import make_account, make_agreement, make_ministry, make_partner
from tests.harness.visitors import Visitor

GOOD = "payung biru di halte"
INVITEE = {"name": "Siti", "email": "siti@lembaga.test", "role": "partner_writer"}


@pytest.fixture
def partner(session):
    """A partner with an agreement that may be told and one that may not."""
    own = make_partner(session, name="Yayasan Contoh Melati", code="MELATI")
    ministry = make_ministry(session)
    make_agreement(session, parties=(ministry, own), title="Pendampingan Anak")
    make_agreement(session, parties=(ministry, own), title="Rahasia Bersama", is_confidential=True)
    session.commit()
    return own


def invite(officer, partner, **changes):
    """Invite somebody; what the officer sees this once."""
    page = officer.page("staff.invitations.create", code=partner.code)
    return officer.submit(page, "Kirim undangan", INVITEE | changes)


def path_of(page):
    return re.search(r"/undangan/[\w-]{20,}", page.text)[0]


def code_of(page):
    return page.one("//*[@id='spoken-code']").text


def by_code(client, typed):
    return client.send(client.read("/undangan"), "Buka undangan", {"code": typed})


def test_the_page_tells_who_invites_to_what_with_which_agreements_and_abilities(client, as_staff, partner):
    officer = as_staff()
    page = client.read(path_of(invite(officer, partner)))
    for words in (officer.account.name, "Yayasan Contoh Melati", "Pendampingan Anak", "Mengisi dan mengirim laporan."):
        assert words in page.text
    assert "Rahasia Bersama" not in page.text


def test_a_spoken_code_opens_the_same_page_and_makes_the_same_account(client, session, as_staff, partner):
    shown = invite(as_staff(), partner)
    answer = by_code(client, code_of(shown).lower())
    assert answer.headers["Location"] == "/undangan/kode"
    page = client.read("/undangan/kode")
    assert "siti@lembaga.test" in page.text
    assert client.send(page, "Terima undangan", {"name": "Siti", "password": GOOD}).status_code == 302
    assert session.scalars(select(Account).where(Account.email == "siti@lembaga.test")).one().last_sign_in_at
    assert client.read("/mitra/")


def test_the_code_never_stands_in_an_address(client, as_staff, partner):
    code = code_of(invite(as_staff(), partner))
    assert client.open(f"/undangan/{code}").status_code == 404
    assert client.open("/undangan/kode").status_code == 404


def test_a_wrong_code_is_told_and_after_ten_the_address_waits(client, as_staff, partner):
    code = code_of(invite(as_staff(), partner))
    for _ in range(10):
        told = by_code(client, "ZZZZ-ZZZZ")
    assert "tidak kami kenal" in told.get_data(as_text=True)
    assert "Coba lagi sesudah" in by_code(client, code).get_data(as_text=True)


def test_neither_mail_nor_organisation_can_be_changed(client, session, as_staff, partner):
    other = make_partner(session)
    page = client.read(path_of(invite(as_staff(), partner)))
    form = dict(page.form("Terima undangan").fields)
    sent = form | {"password": GOOD, "email": "lain@jahat.test", "organisation_id": str(other.id), "role": "admin"}
    client.open(page.path, method="POST", data=sent)
    account = session.scalars(select(Account).where(Account.name == "Siti")).one()
    assert (account.email, account.organisation_id) == ("siti@lembaga.test", partner.id)
    assert [role.role for role in account.roles] == [Role.PARTNER_WRITER]


def test_an_expired_one_offers_to_ask_for_a_new_one_once_a_day(client, session, as_staff, partner, clock):
    path = path_of(invite(as_staff(), partner))
    clock.advance(hours=73)
    page = client.read(path)
    assert "sudah kedaluwarsa" in page.text
    assert "Permintaan Anda sudah dikirim." in client.submit(page, "Minta undangan baru").text
    assert "sudah kami terima" in client.submit(client.read(path), "Minta undangan baru").text
    mails = session.scalars(select(Message).where(Message.template == "invitation_wanted")).all()
    assert len(mails) == 1


def test_a_used_one_leads_to_the_door(client, as_staff, partner):
    path = path_of(invite(as_staff(), partner))
    other = Visitor(client.app, client.session)
    twice = other.read(path)
    client.send(client.read(path), "Terima undangan", {"name": "Siti", "password": GOOD})
    page = client.read(path)
    assert "sudah dipakai" in page.text
    assert not page.all("//section[@id='isian']")
    late = other.submit(twice, "Terima undangan", {"name": "Siti Aminah", "password": GOOD}, expect=422)
    typed = late.one("//section[@id='isian']").text_content()
    assert "Siti Aminah" in typed
    assert GOOD not in typed
    assert page.one("//a[@href='/lupa-sandi']") is not None


def test_the_page_is_the_same_for_who_is_signed_in(as_staff, as_partner, session, partner):
    path = path_of(invite(as_staff(), partner))
    stranger = as_partner(make_partner(session))
    assert "Yayasan Contoh Melati" in stranger.read(path).text
    assert stranger.open("/undangan/bukan-tautan-kami").status_code == 404


def test_the_office_sees_who_was_invited_sends_again_and_withdraws(client, session, as_staff, partner):
    officer = as_staff()
    first = invite(officer, partner, phone="0812-3456-7890")
    assert first.all("//a[starts-with(@href, 'https://wa.me/6281234567890?text=')]")
    page = officer.page("staff.organisations.show", code=partner.code)
    assert "Diundang, belum masuk" in page.text
    second = officer.submit(page, "Kirim ulang")
    assert client.open(path_of(first)).status_code == 404
    assert client.read(path_of(second))
    number = session.scalars(select(Invitation.id)).one()
    confirm = officer.page("staff.invitations.withdraw", code=partner.code, number=number)
    told = officer.submit(confirm, "Batalkan undangan")
    assert "siti@lembaga.test" not in told.text
    assert "sudah dibatalkan" in client.read(path_of(second)).text


def test_an_invitation_is_found_under_its_own_organisation_only(session, as_staff, partner):
    officer = as_staff()
    invite(officer, partner)
    number, other = session.scalars(select(Invitation.id)).one(), make_partner(session, code="KENARI")
    assert officer.get("staff.invitations.withdraw", code=other.code, number=number).status_code == 404


def test_the_directory_finds_partners_of_whom_nobody_has_ever_signed_in(session, as_staff, partner, clock):
    officer = as_staff()
    silent, busy = make_partner(session, name="Yayasan Sunyi"), make_partner(session, name="Yayasan Ramai")
    make_account(session, Role.PARTNER_WRITER, silent)
    make_account(session, Role.PARTNER_WRITER, busy, last_sign_in_at=clock.now)
    invite(officer, partner)
    found = officer.read("/kantor/mitra?akun=belum-masuk")
    assert "Yayasan Sunyi" in found.text
    assert "Yayasan Contoh Melati" in found.text
    assert "Yayasan Ramai" not in found.text
