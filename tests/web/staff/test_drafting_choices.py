"""Choosing in the drafting workspace: parties and who signs for them, duties and where they come from."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.agreement import AgreementKind, SigningCapacity, Stage
from portal.domain.obligation import Cadence, PeriodAnchor, ScheduleKind
from portal.domain.policy import SYSTEM
from portal.models import LksProfile, Obligation, OfficeHolder, Organisation
from portal.queries import doc_templates, drafts
from portal.services import drafts as writing
from tests.factories import make_agreement, make_obligation, make_partner
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries


@pytest.fixture(autouse=True)
def _libraries(session, app):
    make_calendar(session)
    seed_libraries(session, app.extensions["storage"])


@pytest.fixture
def row(session):
    """An unsigned PKS of three parties with a draft."""
    made = make_agreement(session, stage=Stage.DRAFTING, signed_on=None)
    writing.ensure(session, made, actor=SYSTEM, now=NOW)
    return made


@pytest.fixture
def writer(as_staff):
    """An officer."""
    return as_staff()


def section(visitor, row, word):
    """Open one section."""
    return visitor.page("staff.drafting.section", code=row.code, part=word)


def holder(party, name, **more):
    """Somebody in an office of a party."""
    return OfficeHolder(organisation_id=party.organisation_id, name=name, office="Ketua Pengurus", **more)


@pytest.mark.sqlite_only
def test_each_party_says_whether_it_is_ready_and_why_not(writer, row, session):
    session.add(LksProfile(organisation_id=row.parties[1].organisation_id, accreditation_expires_on=date(2024, 1, 1)))
    page = section(writer, row, "pihak")
    assert page.all("//span[@id='kesiapan-0']//text()[normalize-space()]") == ["Siap"]
    assert page.all("//span[@id='kesiapan-1']//text()[normalize-space()]") == ["2 hal perlu dilihat"]
    assert "Akreditasi lembaga ini habis berlaku pada 1 Januari 2024." in "".join(
        page.all("//div[@id='register-1']//text()")
    )


@pytest.mark.sqlite_only
def test_a_signatory_in_office_brings_office_capacity_and_basis(writer, row, session):
    party = row.parties[1]
    session.add(holder(party, "Siti Contoh", capacity=SigningCapacity.ACTING, instrument="SK 7", ends_on=None))
    session.add(holder(party, "Budi Contoh", ends_on=date(2024, 1, 1)))
    page = section(writer, row, "pihak")
    assert page.all("//datalist[@id='pejabat-1']/option/@value") == ["Siti Contoh"]
    assert "tidak menjabat pada hari penandatanganan" in page.main
    page = writer.submit(page, "Simpan bagian ini", {"parties-1-signatory_name": "siti contoh"})
    session.expire_all()
    assert (party.signatory_office, party.capacity, party.instrument) == (
        "Ketua Pengurus",
        SigningCapacity.ACTING,
        "SK 7",
    )
    page = writer.submit(
        page, "Simpan bagian ini", {"parties-1-signatory_name": "Budi Contoh", "parties-1-instrument": "SK lama"}
    )
    assert "Budi Contoh tidak menjabat pada" in page.main
    session.expire_all()
    assert party.instrument == "SK lama"


def test_a_partner_is_found_by_words_in_any_order_and_chosen(writer, row, session):
    wanted = make_partner(session, name="Yayasan Harapan Bangsa", regency="Kabupaten Garut", address="Jalan Contoh 9")
    make_partner(session, name="Yayasan Harapan Lain", regency="Kota Bandung")
    page = section(writer, row, "pihak")
    page = writer.read(next(href for text, href in page.links if href.endswith("pihak=2") and text.startswith("Cari")))
    page = writer.submit(page, "Cari", {"q": "garut harapan"})
    assert "Yayasan Harapan Bangsa" in page.main
    assert "Yayasan Harapan Lain" not in page.main
    page = writer.submit(page, "Pilih Yayasan Harapan Bangsa")
    assert "Yayasan Harapan Bangsa menjadi Pihak Kedua." in page.main
    session.expire_all()
    assert [party.name_printed for party in row.parties][1] == wanted.name
    assert row.parties[1].address_printed == "Jalan Contoh 9"
    page = writer.page("staff.drafting.find_party", code=row.code, pihak=3, q="garut")
    assert "Organisasi ini sudah menjadi pihak." in writer.submit(page, "Pilih Yayasan Harapan Bangsa").main


@pytest.mark.sqlite_only
def test_another_partner_in_the_list_brings_its_own_name_and_address(writer, row, session):
    wanted = make_partner(session, name="Yayasan Harapan Bangsa", address="Jalan Contoh 9")
    form = dict(section(writer, row, "pihak").form("Simpan bagian ini").fields)
    assert form["parties-1-name_printed"] == row.parties[1].name_printed
    path = writer.path("staff.drafting.autosave", code=row.code, part="pihak")
    answer = writer.open(path, method="POST", data=form | {"parties-1-organisation_code": wanted.code})
    assert 'value="Yayasan Harapan Bangsa"' in answer.text
    assert 'id="register-1"' in answer.text
    session.expire_all()
    assert (row.parties[1].organisation_id, row.parties[1].name_printed, row.parties[1].address_printed) == (
        wanted.id,
        "Yayasan Harapan Bangsa",
        "Jalan Contoh 9",
    )


@pytest.mark.sqlite_only
def test_a_new_partner_leads_back_to_the_choice(writer, row, session):
    page = writer.page("staff.organisations.record", naskah=row.code, pihak=2)
    page = writer.submit(page, "Simpan", {"kind": "lks", "name": "Yayasan Baru Contoh"})
    assert page.heading == "Pilih Pihak Kedua"
    made = session.scalars(select(Organisation).where(Organisation.name == "Yayasan Baru Contoh")).one()
    writer.submit(page, f"Pilih {made.name}")
    session.expire_all()
    assert row.parties[1].organisation_id == made.id


@pytest.mark.sqlite_only
def test_a_recorded_duty_says_who_owes_whom_and_when(writer, row, session):
    assert row.starts_on
    page = writer.submit(section(writer, row, "kewajiban"), "Terima semua usulan")
    duty = session.scalars(select(Obligation).order_by(Obligation.id)).first()
    assert f"kepada {row.parties[0].name_printed}" in page.main
    assert "Jadwal yang terjadi" in page.main
    page = writer.read(next(href for text, href in page.links if text == duty.title and "kembali=susun" in href))
    page = writer.submit(page, "Simpan kewajiban", {"title": "Menyampaikan laporan lain"})
    assert page.heading == "Kewajiban dan jadwal"
    assert "Menyampaikan laporan lain" in page.main


def test_duties_of_another_agreement_are_proposed(writer, row, session):
    other = make_agreement(session, code="PKS-2020-0007", title="Layanan Lama")
    yearly = {
        "schedule": ScheduleKind.RECURRING,
        "cadence": Cadence.SEMESTER,
        "period_anchor": PeriodAnchor.ANNIVERSARY,
        "fixed_on": None,
    }
    make_obligation(session, agreement=other, title="Menyampaikan laporan tahunan", **yearly)
    page = writer.read(section(writer, row, "kewajiban").link("Salin dari naskah lain"))
    page = writer.submit(page, "Cari", {"q": "lama"})
    page = writer.read(page.link("PKS-2020-0007"))
    ticked = page.all("//input[@name='duty']/@value")
    page = writer.submit(page, "Usulkan yang dipilih", [("duty", one) for one in ticked])
    assert "disalin dari PKS-2020-0007" in page.main
    before = len(drafts.duties(session, row.id))
    (accepted,) = [one for one in page.all("//input[@name='key']/@value") if one.startswith("salinan.")][:1]
    token = page.all("//input[@name='csrf_token']/@value")[0]
    writer.post("staff.drafting.accept", {"csrf_token": token, "key": accepted}, code=row.code)
    assert len(drafts.duties(session, row.id)) == before + 1
    assert "disalin dari PKS-2020-0007" not in section(writer, row, "kewajiban").main


@pytest.mark.sqlite_only
def test_a_text_without_scheduled_duties_can_be_complete(as_staff, session):
    mou = make_agreement(session, kind=AgreementKind.MOU, stage=Stage.DRAFTING, signed_on=None)
    writing.ensure(session, mou, actor=SYSTEM, now=NOW)
    visitor = as_staff()
    page = visitor.submit(section(visitor, mou, "kewajiban"), "Simpan bagian ini", {"no_duties": "y"})
    page = visitor.page("staff.drafting.overview", code=mou.code)
    assert "Tidak ada kewajiban yang dijadwalkan" in page.main
    assert "Belum bisa" not in page.main


@pytest.mark.sqlite_only
def test_lists_in_two_languages_have_as_many_lines(as_staff, session):
    mou = make_agreement(session, kind=AgreementKind.MOU, stage=Stage.DRAFTING, signed_on=None)
    version = doc_templates.get(session, "mou_bilingual", 1)
    writing.start(session, mou, version=version, actor=SYSTEM, now=NOW)
    visitor = as_staff()
    page = section(visitor, mou, "dasar")
    page = visitor.submit(page, "Simpan bagian ini", {"recitals": "satu\ndua", "recitals_en": "one"})
    assert "Bahasa Inggris berisi 1 butir, bahasa Indonesia 2." in page.main
    assert page.all("//textarea[@name='recitals_en']/text()")[0].strip() == "one"
    page = visitor.submit(page, "Simpan bagian ini", {"recitals_en": "one\ntwo"})
    assert drafts.get(session, mou.id).facts["recitals_en"] == ["one", "two"]


@pytest.mark.sqlite_only
def test_an_added_row_waits_empty_and_is_stored_once_something_is_typed(writer, row, session):
    page = writer.submit(section(writer, row, "pilihan"), "Simpan bagian ini", {"answers": "aid"})
    page = writer.submit(section(writer, row, "biaya"), "Simpan bagian ini", {"aid_items-0-name": "Mesin pres"})
    page = writer.submit(page, "Tambah barang")
    page = writer.submit(page, "Simpan bagian ini", {"aid_items-1-quantity": "5"})
    assert "Tulis nama barang ini." in page.main
    writer.submit(page, "Simpan bagian ini", {"aid_items-1-name": "Mesin cacah"})
    goods = drafts.get(session, row.id).facts["aid_items"]
    assert [(one["name"], one["quantity"]) for one in goods] == [("Mesin pres", None), ("Mesin cacah", 5)]


@pytest.mark.sqlite_only
def test_a_search_of_thousands_of_words_is_answered(writer, row):
    assert writer.get("staff.drafting.copy_duties", code=row.code, q="kata " * 4000).status_code == 200


@pytest.mark.sqlite_only
def test_an_amount_that_no_words_say_is_answered(writer, row):
    page = section(writer, row, "biaya")
    assert writer.send(page, "Simpan bagian ini", {"value_rupiah": "9" * 26}).status_code < 500
    assert "9" * 26 in section(writer, row, "biaya").markup.replace(".", "")
