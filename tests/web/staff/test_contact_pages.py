"""Reaching people outside the portal: the text to copy, the link to WhatsApp, and what is written down of it."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from portal.domain.contact import ContactWay
from portal.domain.errors import RuleBroken
from portal.domain.policy import SYSTEM, Role
from portal.models import ContactEntry
from portal.services import contacts
from portal.services.contacts import Contact
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence, make_partner
from tests.factories.instants import NOW


@pytest.fixture
def row(session):
    """A report that the second party owes; its contact person has a mobile number."""
    officer = make_account(session, Role.OFFICER, name="Ratna Wulandari", phone="(021) 310-3591")
    agreement = make_agreement(session, officer_id=officer.id)
    agreement.parties[1].contact_name, agreement.parties[1].contact_phone = "Siti Maryam", "0812-3456-7890"
    return make_occurrence(session, make_obligation(session, agreement), due_on=date(2026, 12, 1))


def here(row):
    """The words that name a date in addresses."""
    return {"code": row.agreement.code, "number": 1, "key": row.period_key}


def test_the_text_is_ready_and_whatsapp_opens_with_it(as_staff, row):
    page = as_staff().page("staff.contacts.duty", **here(row))
    text = page.one("//textarea[starts-with(@id, 'pesan-')]").text.strip()
    for fact in ("Siti Maryam", "Laporan pelaksanaan", "Selasa, 1 Desember 2026", "10 hari lagi", row.agreement.code):
        assert fact in text
    assert "Petugas: Ratna Wulandari, (021) 310-3591." in text
    link = next(href for _, href in page.links if "wa.me" in href)
    assert link.startswith("https://wa.me/6281234567890?")
    assert parse_qs(urlsplit(link).query)["text"] == [text]


def test_without_a_mobile_number_there_is_no_link(session, as_staff, row):
    row.agreement.parties[1].contact_phone = "(021) 555 0100"
    session.flush()
    page = as_staff().page("staff.contacts.duty", **here(row))
    assert not [href for _, href in page.links if "wa.me" in href]


def test_a_contact_is_written_down_and_stands_on_three_pages(session, as_staff, row):
    officer = as_staff()
    page = officer.page("staff.contacts.duty", **here(row))
    typed = {"way": "phone", "person": "Siti Maryam", "note": "Dikirim besok", "on": "2026-11-20"}
    officer.submit(page, "Catat sudah dihubungi", typed)
    entry = session.scalars(select(ContactEntry)).one()
    assert (entry.way, entry.occurrence_id, entry.organisation_id) == (
        ContactWay.PHONE,
        row.id,
        row.agreement.parties[1].organisation_id,
    )
    code = row.agreement.parties[1].organisation.code
    for shown in (
        officer.page("staff.obligations.show", code=row.agreement.code, number=1),
        officer.page("staff.agreements.show", code=row.agreement.code),
        officer.page("staff.organisations.show", code=code),
    ):
        assert "Telepon: Siti Maryam" in shown.main
        assert "Dikirim besok" in shown.main


def test_a_contact_about_the_agreement_as_a_whole(session, as_staff, row):
    officer = as_staff()
    page = officer.page("staff.contacts.agreement", code=row.agreement.code)
    refused = officer.submit(page, "Catat sudah dihubungi", {"on": "2026-11-22"}, expect=422)
    assert "Tanggalnya tidak boleh sesudah hari ini." in refused.main
    officer.submit(refused, "Catat sudah dihubungi", {"on": "2026-11-21", "way": "visit"})
    assert session.scalars(select(ContactEntry.at)).all() == [NOW]


def test_only_parties_of_the_agreement_are_written_down(session, row):
    stranger = Contact(organisation_id=make_partner(session).id, way=ContactWay.PHONE, at=NOW)
    with pytest.raises(RuleBroken) as broken:
        contacts.note(session, row.agreement, contact=stranger, actor=SYSTEM, now=NOW)
    assert broken.value.field == "party"


def test_who_may_not_change_duties_does_not_find_the_page(as_staff, row):
    assert as_staff(Role.DIRECTOR).get("staff.contacts.duty", **here(row)).status_code == 403
