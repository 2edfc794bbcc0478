"""Requests about personal data at the office: hours left, answered by mail, frozen, erased, noted from a letter."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.domain.personal import Asked, RequestKind, RequestStage, RequestWay
from portal.domain.policy import Actor, Role
from portal.jobs import data_requests as job
from portal.models import Account, AccountFreeze, DataRequest, Entry, Message
from portal.services import accounts, audit, data_requests
from tests.factories import make_account, make_partner
from tests.factories.accounts import PASSWORD
from tests.factories.instants import NOW


@pytest.fixture
def siti(session):
    """A partner's person who asks."""
    return make_account(session, Role.PARTNER_WRITER, make_partner(session), name="Siti Kenari", phone="0812-777")


@pytest.fixture
def row(session, siti):
    """Her request to be erased."""
    actor = Actor(account_id=siti.id, name=siti.name, organisation_id=siti.organisation_id)
    asked = Asked(kind=RequestKind.ERASURE, words="Saya sudah pindah.", name=siti.name)
    made = data_requests.ask(session, siti, asked=asked, actor=actor, now=NOW)
    session.commit()
    return made


@pytest.fixture
def admin(as_staff):
    """Who decides."""
    return as_staff(Role.ADMIN)


def test_a_request_is_a_task_with_hours_and_red_when_late(admin, row):
    assert "Sisa 72 jam" in admin.page("staff.home.show").text
    row.due_at = NOW - timedelta(minutes=30)
    page = admin.page("staff.home.show")
    assert "Terlambat 1 jam" in page.text
    assert "1 permintaan data pribadi terlambat dijawab" in page.text


def test_leaders_see_the_count_and_no_name(as_staff, row):
    head = as_staff(Role.DIRECTOR)
    assert "1 permintaan data pribadi menunggu jawaban" in head.page("staff.home.show").text
    page = head.page("staff.personal_data.index")
    assert "Penghapusan data" in page.text
    assert "Siti Kenari" not in page.text
    assert head.get("staff.personal_data.show", request_id=row.id).status_code == 403


def test_those_who_decide_hear_at_once_and_a_day_before_the_end(app, session, admin, row):
    number = row.id
    session.commit()
    for hours in (0, 1, 49, 50):
        job.run(app, now=NOW + timedelta(hours=hours))
    slots = session.scalars(select(Message.slot).where(Message.template == "data_request_waits")).all()
    assert slots == [f"data-request-{number}-new", f"data-request-{number}-last"]


def test_an_answer_goes_to_the_person_by_mail_and_only_once(admin, row, session):
    page = admin.page("staff.personal_data.show", request_id=row.id)
    fields = {"granted": "y", "answer": "Sudah kami hapus.", "path": "/akun/data"}
    after = admin.submit(page, "Kirim jawaban", fields)
    assert "Sudah kami hapus." in after.text
    message = session.scalars(select(Message).where(Message.template == "data_request_decided")).one()
    assert (message.recipient, message.values["granted"]) == (row.email, True)
    assert row.stage is RequestStage.GRANTED
    again = admin.send(page, "Kirim jawaban", fields)
    assert again.status_code == 422
    assert "sudah dijawab" in again.get_data(as_text=True)
    late = admin.submit(page, "Kirim jawaban", {"answer": "Lihat juga surat kami."}, expect=422)
    assert "Lihat juga surat kami." in late.one("//section[@id='isian']").text_content()


def test_a_frozen_account_is_out_until_it_is_taken_up_again(admin, row, siti, as_account, session):
    inside = as_account(siti)
    assert inside.get("own_data.show").status_code == 200
    page = admin.page("staff.personal_data.freeze", request_id=row.id)
    admin.submit(page, "Bekukan akun", {"reason": "Diminta lewat surat."})
    assert inside.get("own_data.show").status_code == 302
    assert session.scalars(select(AccountFreeze.reason)).all() == ["Diminta lewat surat."]
    browser = accounts.Browser(address="127.0.0.1")
    wish = {"password": PASSWORD, "browser": browser, "second_step": False, "now": NOW}
    assert accounts.try_sign_in(session, email=siti.email, **wish).is_frozen
    assert not accounts.try_sign_in(session, email=siti.email, **wish | {"password": "salah"}).is_frozen
    session.rollback()
    back = admin.page("staff.personal_data.freeze", request_id=row.id)
    admin.submit(back, "Buka kembali", {"reason": "Sudah selesai."})
    assert session.get_one(Account, siti.id).is_active
    assert session.scalars(select(AccountFreeze.lifted_reason)).all() == ["Sudah selesai."]


def test_a_copy_for_the_office_leaves_a_trace_and_can_be_read(admin, row, session):
    page = admin.page("staff.personal_data.show", request_id=row.id)
    copy = json.loads(admin.send(page, "Unduh salinan (JSON)").data)
    assert copy["person"]["names"] == ["Siti Kenari"]
    assert "data_copied" in session.scalars(select(Entry.action)).all()
    assert "0812-777" in admin.page("staff.personal_data.read", request_id=row.id).text


def test_of_a_change_that_names_the_person_only_its_own_fields_are_shown(admin, row, siti, session):
    changes = {"parties.2.contact": [None, "Siti Kenari"], "parties.3.contact_phone": [None, "0899-111"]}
    actor = Actor(account_id=admin.account.id, name=admin.account.name, organisation_id=None)
    audit.record(
        session, "agreement_changed", subject=siti.organisation, actor=actor, now=NOW, detail={"changes": changes}
    )
    session.commit()
    page = admin.page("staff.personal_data.read", request_id=row.id)
    assert "parties.2.contact: Siti Kenari" in page.text
    assert "0899-111" not in page.text


def test_erasing_from_the_page_leaves_a_number(admin, row, siti, session):
    page = admin.page("staff.personal_data.erase", request_id=row.id)
    assert "arsip negara" in page.text
    after = admin.submit(page, "Hapus data")
    assert "Siti Kenari" not in after.text
    assert f"Orang #{siti.id} (data dihapus)" in after.text


def test_erasing_later_than_a_quarter_of_an_hour_asks_for_the_password_first(admin, row, siti, session, clock):
    page = admin.page("staff.personal_data.erase", request_id=row.id)
    clock.advance(minutes=15)
    asked = admin.understand(admin.send(page, "Hapus data"), page.path, expect=401)
    session.expire_all()
    assert session.get(Account, siti.id).name == "Siti Kenari"
    assert f"Orang #{siti.id} (data dihapus)" in admin.submit(asked, "Lanjutkan", {"proof": PASSWORD}).text


def test_a_letter_is_noted_with_its_own_hours(as_staff, session):
    partner = make_partner(session)
    officer = as_staff(Role.OFFICER)
    page = officer.page("staff.personal_data.note")
    fields = {
        "kind": "correction",
        "words": "Jabatan salah.",
        "organisation": partner.code,
        "name": "Budi Jalak",
        "email": "budi@contoh.test",
        "way": "letter",
        "asked_on": "2026-11-20",
        "asked_hour": "9",
    }
    assert "tidak dikenal" in officer.submit(page, "Catat", fields | {"organisation": "TIDAK"}, expect=422).text
    officer.submit(page, "Catat", fields)
    row = session.scalars(select(DataRequest)).one()
    assert (row.way, row.name, row.account_id) == (RequestWay.LETTER, "Budi Jalak", None)
    assert row.due_at.isoformat() == "2026-11-23T02:00:00+00:00"
