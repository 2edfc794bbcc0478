"""The page that decides renewals: sums and measured days, four ways, what follows each."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.obligation import OffsetUnit
from portal.domain.policy import Role
from portal.models import Agreement, LksProfile, RenewalDecision
from portal.services import renewal_days
from tests.factories import make_agreement
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW

CHECK, RECORD = "Periksa keputusan", "Catat keputusan"


@pytest.fixture
def row(session):
    """An agreement whose notice is due on 11 January 2027."""
    make_calendar(session)
    clause = {"notice_count": 3, "notice_unit": OffsetUnit.MONTHS, "notice_article": "Pasal 12"}
    found = make_agreement(session, term_years=3, **clause)
    renewal_days.refresh_all(session, now=NOW)
    session.commit()
    return found


def chosen(visitor, row, choice, **fields):
    """Fill in the page and ask to check the decision."""
    page = visitor.page("staff.agreements.renewal", code=row.code)
    return visitor.submit(page, CHECK, {"choice": choice, "reason": "Rapat evaluasi"} | fields)


def test_every_day_is_printed_with_its_sum_and_every_stage_with_its_basis(as_staff, row):
    main = as_staff().page("staff.agreements.renewal", code=row.code).main
    assert "Pasal 12: 11 Apr 2027 dikurangi 3 bulan = 11 Jan 2027." in main
    assert "11 Jan 2027 dikurangi 55 hari kerja = 23 Okt 2026" in main
    assert main.count("hari kerja") >= 6
    assert "angka bawaan yang dipakai" in main
    assert "Bawaan portal, belum ada ukuran" not in main, "told once, not in every row"
    assert "Jangka waktu yang sama, 3 tahun, berakhir 11 April 2030." in main


def test_the_light_of_each_partner_stands_beside_the_days(as_staff, row, session):
    partner = row.parties[1].organisation
    expired = date(2026, 1, 31)
    session.add(LksProfile(organisation_id=partner.id, registration_number="R/1", registration_expires_on=expired))
    page = as_staff().page("staff.agreements.renewal", code=row.code)
    assert "Perlu diperbaiki" in page.main
    assert "Tanda daftar lembaga ini habis berlaku pada 31 Januari 2026." in page.main
    assert page.link(partner.name).endswith(f"/mitra/{partner.code}#kelayakan")


def test_a_tacit_renewal_is_confirmed_with_what_it_does_and_then_stands_on_the_page(as_staff, session, row):
    visitor = as_staff()
    asked = chosen(visitor, row, "tacit", until_on="2030-04-11")
    assert "Tanggal berakhir berubah dari 11 April 2027 menjadi 11 April 2030" in asked.main
    assert not session.scalars(select(RenewalDecision)).all()
    page = visitor.submit(asked, RECORD)
    assert page.path.endswith(row.code)
    assert "Diperpanjang dengan sendirinya sampai 11 April 2030, diputuskan 21 November 2026." in page.main
    assert "Yang tercetak" not in page.main
    assert session.get_one(Agreement, row.id).ends_on == date(2030, 4, 11)


def test_a_new_document_is_begun_with_the_decision_and_the_page_leads_to_it(as_staff, session, row):
    visitor = as_staff()
    page = visitor.submit(chosen(visitor, row, "new_document", begin="y"), RECORD)
    assert page.heading == row.title
    assert not page.path.endswith(row.code)
    decided = visitor.page("staff.agreements.renewal", code=row.code)
    assert decided.link(page.path.rpartition("/")[2]) == page.path
    again = visitor.page("staff.agreements.show", code=row.code)
    assert "Putuskan perpanjangan" not in again.main
    assert "Diputuskan: diperbarui dengan naskah baru, 21 Nov 2026" in again.main


def test_what_was_typed_is_kept_when_a_colleague_has_decided_meanwhile(as_staff, row):
    visitor, other = as_staff(), as_staff()
    late = chosen(visitor, row, "extension", reason="Hasil rapat evaluasi 3")
    other.submit(chosen(other, row, "extension"), RECORD)
    page = visitor.submit(late, RECORD, expect=422)
    assert "Hasil rapat evaluasi 3" in page.one("//section[@id='isian']").text_content()


def test_what_was_decided_without_a_paper_asks_for_it_and_can_be_withdrawn(as_staff, row):
    visitor = as_staff()
    page = visitor.submit(chosen(visitor, row, "extension"), RECORD)
    assert "Naskah lanjutannya belum dicatat." in page.main
    decided = visitor.read(page.link("Catat naskah lanjutan"))
    withdrawn = visitor.submit(decided, "Tarik keputusan")
    assert "Ditarik: diperpanjang dengan adendum, 21 Nov 2026" in withdrawn.main
    assert CHECK in withdrawn.main


def test_mistakes_stay_on_the_page(as_staff, row):
    visitor = as_staff()
    page = visitor.page("staff.agreements.renewal", code=row.code)
    for fields, words in (
        ({"choice": "tacit", "reason": "x"}, "Isi tanggal berakhir yang baru."),
        ({"choice": "lapse", "reason": ""}, "Tulis alasan atau dasar keputusan ini."),
        ({"reason": "x"}, "Pilih satu keputusan."),
        ({"choice": "lapse", "reason": "x", "decided_on": "2026-11-22"}, "tidak boleh sesudah hari ini"),
    ):
        assert words in visitor.submit(page, CHECK, fields, expect=422).main


def test_a_director_decides_without_recording_papers(as_staff, row):
    page = as_staff(Role.DIRECTOR).page("staff.agreements.renewal", code=row.code)
    assert CHECK in page.main
    assert "Catat naskah lanjutannya" not in page.main
