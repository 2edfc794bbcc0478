"""The directory, an organisation's page, recording, changing, two editors at once, and the holiday table."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from portal.domain.organisation import OrganisationKind
from portal.domain.policy import Role
from portal.domain.report import ReportStage
from portal.models import CalendarDay, Contact, LksProfile, Organisation
from portal.services import reference
from tests.factories import make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW
from tests.factories.reports import make_report


@pytest.fixture
def officer(session, as_staff):
    """An officer, with the reference data loaded."""
    reference.load(session, now=NOW)
    return as_staff()


def test_a_partner_is_recorded_with_its_profile_and_shown(session, officer):
    form = officer.page("staff.organisations.record")
    typed = {
        "kind": "lks",
        "name": "Yayasan Melati Kupang",
        "zone": "WITA",
        "province_code": "NT",
        "registration_number": "CTH/12",
        "registration_expires_on": "2026-01-31",
        "accreditation": "B",
    }
    page = officer.submit(form, "Simpan", typed)
    assert page.heading == "Yayasan Melati Kupang"
    assert "Nusa Tenggara Timur" in page.main
    assert "Habis 31 Jan 2026" in page.main
    assert "belum diketahui" in page.main
    row = session.scalars(select(Organisation).where(Organisation.name == "Yayasan Melati Kupang")).one()
    assert session.get_one(LksProfile, row.id).registration_number == "CTH/12"


def test_what_seems_recorded_already_is_asked_about_before_it_is_recorded_again(session, officer):
    known = make_partner(session, name="Yayasan Melati Kupang")
    form = officer.page("staff.organisations.record")
    typed = {"kind": "lks", "name": "Yys. Melati, Kupang", "zone": "WITA", "short_name": "Melati"}
    page = officer.submit(form, "Simpan", typed, expect=422)
    assert "Mungkin sudah tercatat" in page.main
    assert page.link("Yayasan Melati Kupang").endswith(known.code)
    assert page.one("//input[@name='short_name']").get("value") == "Melati"
    page = officer.submit(page, "Simpan", {"distinct": "y"})
    assert page.heading == "Yys. Melati, Kupang"
    assert "nama mirip" in page.main
    listed = officer.read(officer.page("staff.organisations.index").link("Periksa yang ganda"))
    assert "Yayasan Melati Kupang" in listed.main
    assert "Yys. Melati, Kupang" in listed.main


def test_without_any_pair_the_list_says_so(officer):
    assert "Tidak ada mitra yang tampak ganda" in officer.page("staff.organisation_likeness.index").main


def test_how_reports_went_stands_on_the_card_and_on_the_partners_own_page(session, officer, as_partner):
    agreement = make_agreement(session)
    partner = agreement.parties[1].organisation
    duty = make_obligation(session, agreement)
    assert "Kinerja laporan" not in officer.page("staff.organisations.show", code=partner.code).main
    for key, due_on in (("2026-Q2", date(2026, 7, 1)), ("2026-Q4", date(2026, 12, 1))):
        occurrence = make_occurrence(session, duty, due_on=due_on, period_key=key)
        make_report(session, occurrence, partner, stage=ReportStage.ACCEPTED)
    words = ("Laporan tepat waktu 1 dari 2", "Diterima tanpa perbaikan 2 dari 2", "rata-rata 1 kali")
    own = as_partner(partner).page("partner.profile.show")
    for page in (officer.page("staff.organisations.show", code=partner.code), own):
        shown = " ".join(page.main.split())
        assert all(each in shown for each in words), shown


def test_the_second_of_two_editors_keeps_everything_typed(session, officer):
    partner = make_partner(session, name="Yayasan Melati")
    first = officer.page("staff.organisations.edit", code=partner.code)
    second = officer.page("staff.organisations.edit", code=partner.code)
    officer.submit(first, "Simpan", {"phone": "021-111", "short_name": "Melati"})
    page = officer.submit(second, "Simpan", {"phone": "021-222"}, expect=409)
    for words in ("Punya saya", "021-222", "021-111"):
        assert words in page.main
    assert page.one("//input[@name='phone']").get("value") == "021-222"
    officer.submit(page, "Simpan isian saya")
    session.refresh(partner)
    assert partner.phone == "021-222"


def test_a_name_is_needed(officer):
    form = officer.page("staff.organisations.record")
    page = officer.submit(form, "Simpan", {"kind": "company", "name": ""}, expect=422)
    assert "Tulis nama lengkap organisasi." in page.main


def test_people_are_added_and_removed(session, officer):
    partner = make_partner(session)
    code = partner.code
    form = officer.page("staff.organisation_people.add_holder", code=code)
    page = officer.submit(form, "Simpan", {"name": "Sri", "office": "Ketua", "starts_on": "2026-01-01"})
    assert "Sri" in page.main
    edit = officer.read(page.link("Sri"))
    page = officer.submit(edit, "Simpan", {"ends_on": "2026-06-30"})
    assert "1 Januari 2026 – 30 Juni 2026" in page.main
    form = officer.page("staff.organisation_people.add_contact", code=code)
    page = officer.submit(form, "Simpan", {"name": "Andi", "phone": "0812-3456-7890"})
    assert page.link("WhatsApp") == "https://wa.me/6281234567890"
    officer.submit(page, "Hapus")
    assert session.scalars(select(Contact)).all() == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("jenis=perusahaan", {"PT Maju"}),
        ("q=melati", {"Yayasan Melati"}),
        ("wilayah=JB", {"PT Maju"}),
        ("akun=ya", set()),
        ("contoh=ya", {"Yayasan Melati"}),
    ],
)
def test_the_directory_is_filtered_by_its_address(session, officer, query, expected):
    make_partner(session, name="Yayasan Melati", is_sample=True)
    make_partner(session, name="PT Maju", kind=OrganisationKind.COMPANY, province_code="JB")
    page = officer.read(f"/kantor/mitra?{query}")
    assert {name for name in ("Yayasan Melati", "PT Maju") if name in page.main} == expected


def test_the_ministry_s_units_have_their_own_register(session, officer):
    ministry = make_ministry(session)
    assert ministry.name not in officer.page("staff.organisations.index").main
    assert ministry.name in officer.read("/kantor/mitra?milik=kemensos&q=kemensos").main


def test_the_page_of_a_partner_lists_its_agreements(session, officer):
    agreement = make_agreement(session)
    page = officer.page("staff.organisations.show", code=agreement.parties[1].organisation.code)
    assert agreement.title in page.main
    assert officer.read(page.link("Lihat daftar")).heading == "Naskah 1 naskah"


def test_confidential_agreements_stay_hidden_from_administrators(session, as_staff):
    agreement = make_agreement(session, is_confidential=True)
    page = as_staff(Role.ADMIN).page("staff.organisations.show", code=agreement.parties[1].organisation.code)
    assert agreement.title not in page.main


@pytest.fixture
def legal(session, as_staff):
    """Somebody of the legal bureau, with the calendar loaded."""
    make_calendar(session)
    return as_staff(Role.LEGAL)


def test_a_holiday_is_added_changed_and_removed(session, legal):
    form = legal.page("staff.holidays.record", year=2026)
    typed = {"day": "2026-12-02", "name": "Pilkada", "kind": "national", "source": "SKB uji"}
    page = legal.submit(form, "Simpan", typed)
    assert "Rabu, 2 Desember 2026" in page.main
    edit = legal.read(page.link("Rabu, 2 Desember 2026"))
    page = legal.submit(edit, "Simpan", {"name": "Hari pemungutan suara"})
    assert "Hari pemungutan suara" in page.main
    ask = legal.read(legal.read(page.link("Rabu, 2 Desember 2026")).link("Hapus"))
    page = legal.submit(ask, "Hapus hari libur")
    assert "Hari pemungutan suara" not in page.main


def test_an_officer_reads_the_holidays_and_is_told_who_edits_them(legal, as_staff):
    officer = as_staff()
    page = officer.page("staff.holidays.show", year=2026)
    assert "17 libur nasional, 8 cuti bersama" in page.main
    assert "Hanya administrator dan Biro Hukum" in page.main
    officer.page("staff.holidays.record", year=2026, expect=403)


def test_a_year_without_confirmed_joint_leave_is_told_before_it_begins(session, legal):
    for row in session.scalars(select(CalendarDay)):
        if row.day.year == 2027 and row.kind == "joint_leave":
            row.confirmed = False
    page = legal.page("staff.holidays.show", year=2026)
    assert "Cuti bersama tahun 2027 belum dipastikan" in page.main
    assert "Cuti bersama tahun 2027 belum dipastikan" in legal.page("staff.home.show").main


def test_a_year_that_no_decree_has_named_is_told_from_120_days_before(session, as_staff, clock):
    make_calendar(session)
    clock.set(date(2027, 9, 4))
    legal = as_staff(Role.LEGAL)
    assert "Cuti bersama tahun 2028 belum dipastikan" in legal.page("staff.holidays.show", year=2028).main


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize("path", ["987654", "2026-12-25/9", "kemarin/1", "987654/baru"])
def test_days_that_are_not_there_are_not_found(legal, path):
    legal.read(f"/kantor/kelola/libur/{path}", expect=404)


@pytest.mark.parametrize(("due_on", "tone"), [(date(2027, 3, 1), "bad"), (date(2028, 1, 3), "warn")])
def test_a_year_that_is_not_loaded_is_told_while_dates_rest_on_it(session, legal, due_on, tone):
    make_occurrence(session, make_obligation(session), due_on=due_on, is_estimated=True)
    if due_on.year == 2027:
        session.execute(delete(CalendarDay).where(CalendarDay.day >= date(2027, 1, 1)))
    page = legal.page("staff.holidays.show", year=2026)
    notes = [each.text_content() for each in page.all(f"//*[contains(@class, 'flash-{tone}')]")]
    assert any(f"Hari libur {due_on.year} belum dimuat: 1 tenggat masih perkiraan" in note for note in notes)
