"""Recording and editing through the pages, without script: rows, mistakes, two people at once."""

import pytest
from sqlalchemy import select

from portal.domain.agreement import Relation, Stage
from portal.domain.policy import Role
from portal.models import Agreement, AgreementParty
from tests.factories import make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar import make_calendar


@pytest.fixture(autouse=True)
def _calendar(session):
    make_calendar(session)


@pytest.fixture
def bodies(session):
    """The ministry and two partners, by code."""
    return [make_ministry(session).code, make_partner(session).code, make_partner(session).code]


def all_fields(page):
    """Everything the form holds now, as it would be sent."""
    return page.form("Simpan naskah").fields


def of_three(bodies):
    """What an officer types about three parties."""
    return {
        "kind": "pks",
        "title": "Pendampingan Lansia Terlantar",
        "parties-0-organisation_code": bodies[0],
        "parties-1-organisation_code": bodies[1],
        "parties-1-number_printed": "7/YC/XI/2026",
        "parties-2-organisation_code": bodies[2],
        "parties-2-capacity": "kuasa",
        "signed_on": "2026-11-20",
        "starts_on": "2026-11-20",
        "term_years": "3",
        "value_rupiah": "325.000.000",
        "scope": "Pendampingan\n\n  Permakanan  ",
    }


def test_three_parties_are_recorded_without_script(as_staff, session, bodies):
    visitor = as_staff()
    page = visitor.page("staff.agreements.record")
    page = visitor.submit(page, "Tambah pihak")
    assert "Pihak Ketiga" in page.main
    page = visitor.submit(page, "Simpan naskah", of_three(bodies))
    assert page.heading == "Pendampingan Lansia Terlantar"
    assert "Naskah tercatat dengan kode PKS-2026-0001" in page.main
    row = session.scalars(select(Agreement)).one()
    seats = session.scalars(select(AgreementParty).order_by(AgreementParty.position)).all()
    assert [seat.organisation.code for seat in seats] == bodies
    assert (row.value_rupiah, row.scope, row.ends_on.isoformat()) == (
        325_000_000,
        ["Pendampingan", "Permakanan"],
        "2029-11-20",
    )


def test_rows_move_up_and_down_and_go_with_what_was_typed(as_staff, bodies):
    visitor = as_staff()
    page = visitor.submit(visitor.page("staff.agreements.record"), "Tambah pihak")
    page = visitor.submit(page, "Naik Pihak Ketiga", of_three(bodies))
    values = dict(all_fields(page))
    assert [values[f"parties-{n}-organisation_code"] for n in range(3)] == [bodies[0], bodies[2], bodies[1]]
    assert values["parties-2-number_printed"] == "7/YC/XI/2026"
    page = visitor.submit(page, "Hapus Pihak Kedua")
    values = dict(all_fields(page))
    assert values["parties-1-organisation_code"] == bodies[1]
    assert "parties-2-organisation_code" not in values


def test_there_is_no_sixth_party(as_staff):
    visitor = as_staff()
    page = visitor.page("staff.agreements.record")
    for _ in range(3):
        page = visitor.submit(page, "Tambah pihak")
    assert "Pihak Kelima" in page.main
    assert not page.all("//button[@value='parties.add']")


def test_the_end_is_counted_on_asking_and_the_sum_is_shown(as_staff):
    visitor = as_staff()
    typed = {"starts_on": "2024-04-12", "term_years": "2", "term_months": "6"}
    page = visitor.submit(visitor.page("staff.agreements.record"), "Hitung tanggal berakhir", typed)
    assert dict(all_fields(page))["ends_on"] == "2026-10-12"
    assert "12 April 2024 + 2 tahun 6 bulan = 12 Oktober 2026" in page.main
    assert "Senin, 12 Oktober 2026" in page.main


def test_mistakes_are_said_in_indonesian_at_their_field_and_nothing_typed_is_lost(as_staff, bodies):
    visitor = as_staff()
    typed = {
        "title": "  ",
        "starts_on": "2026-13-40",
        "term_years": "tiga",
        "parties-0-organisation_code": bodies[0],
        "parties-0-signatory_name": "Nama Uji",
        "regions-0-regencies": "Garut",
        "relations-0-other_code": "MOU-2024-0001",
    }
    page = visitor.submit(visitor.page("staff.agreements.record"), "Simpan naskah", typed, expect=422)
    assert page.title.startswith("Kesalahan:")
    for sentence in (
        "Pilih jenis naskah.",
        "Tulis judul naskah.",
        "Tulis tanggal yang ada, misalnya 31-12-2026.",
        "Tulis angka bulat, misalnya 325.000.000.",
        "Baris 2, Organisasi: Pilih organisasi pihak ini.",
        "Pilih provinsi dari kabupaten/kota ini.",
        "Isi hubungan dan kode naskah bersama-sama.",
    ):
        assert sentence in page.main
    assert "Nama Uji" in dict(all_fields(page)).values()
    for href in page.all("//div[@id='error-summary']//a/@href"):
        assert page.all("//*[@id=$key]", key=href.removeprefix("#")), href


def test_a_rule_that_is_broken_is_said_at_its_field(as_staff, session, bodies):
    visitor = as_staff()
    typed = of_three(bodies) | {"ends_on": "2026-01-01"}
    page = visitor.submit(visitor.page("staff.agreements.record"), "Tambah pihak")
    page = visitor.submit(page, "Simpan naskah", typed, expect=422)
    assert "Tulis tanggal berakhir yang sama dengan atau sesudah tanggal mulai." in page.main
    assert session.scalars(select(Agreement)).all() == []


def test_an_old_agreement_is_recorded_in_force(as_staff, session, bodies):
    visitor = as_staff()
    page = visitor.submit(visitor.page("staff.agreements.record"), "Tambah pihak")
    visitor.submit(page, "Simpan naskah", of_three(bodies) | {"stage": "active", "signed_on": "2020-12-11"})
    row = session.scalars(select(Agreement)).one()
    assert (row.stage, row.code) == (Stage.ACTIVE, "PKS-2020-0001")


def test_what_follows_an_agreement_begins_with_its_parties_and_names_it(as_staff, session):
    parent = make_agreement(session)
    visitor = as_staff()
    page = visitor.page("staff.agreements.record", dari=parent.code, hubungan="mengubah", jenis="adendum")
    values = dict(all_fields(page))
    assert (values["kind"], values["title"]) == ("amendment", parent.title)
    assert (values["relations-0-relation"], values["relations-0-other_code"]) == (Relation.AMENDS, parent.code)
    assert values["parties-2-organisation_code"] == parent.parties[2].organisation.code
    assert values["parties-1-number_printed"] == ""


@pytest.mark.parametrize(
    ("button", "ends_on"), [("Simpan dan pindahkan", "2030-12-31"), ("Simpan tanpa memindahkan", "2027-04-11")]
)
def test_an_extension_recorded_in_force_asks_whether_the_end_moves(as_staff, session, button, ends_on):
    parent = make_agreement(session)
    make_occurrence(session, make_obligation(session, parent))
    visitor = as_staff()
    page = visitor.page("staff.agreements.record", dari=parent.code, hubungan="mengubah", jenis="adendum")
    days = {"signed_on": "2026-11-20", "starts_on": "2026-11-20", "ends_on": "2030-12-31"}
    page = visitor.submit(page, "Simpan naskah", days | {"stage": "active"})
    assert page.heading == "Pindahkan akhir masa berlaku"
    assert "Berakhir 11 April 2027 → 31 Desember 2030" in page.main
    assert "2030-12-31" in dict(all_fields(visitor.submit(page, "Kembali ke isian"))).values()
    page = visitor.submit(page, button)
    assert "Naskah tercatat dengan kode" in page.main
    session.refresh(parent)
    assert parent.ends_on.isoformat() == ends_on


def test_a_number_used_twice_in_a_year_is_a_warning(as_staff, session, bodies):
    visitor = as_staff()
    for _ in range(2):
        page = visitor.submit(visitor.page("staff.agreements.record"), "Tambah pihak")
        page = visitor.submit(page, "Simpan naskah", of_three(bodies))
    assert "tercatat juga pada PKS-2026-0001. Periksa bila keliru." in page.main


def test_directors_are_told_why_they_cannot_record(as_staff):
    page = as_staff(Role.DIRECTOR).page("staff.agreements.record", expect=403)
    assert "Hanya petugas kerja sama yang dapat melakukan ini." in page.main


def test_an_edit_comes_back_filled_in_and_is_saved(as_staff, session):
    row = make_agreement(session, scope=["Satu", "Dua"], value_rupiah=1_250_000)
    visitor = as_staff()
    page = visitor.page("staff.agreements.edit", code=row.code)
    values = dict(page.form("Simpan perubahan").fields)
    assert (values["scope"], values["value_rupiah"], values["starts_on"]) == ("Satu\nDua", "1.250.000", "2024-04-12")
    page = visitor.submit(page, "Simpan perubahan", {"title": "Judul Baru", "parties-0-signatory_name": "Nama Uji"})
    assert page.heading == "Judul Baru"
    assert "Perubahan tersimpan." in page.main
    assert "Penanda tangan: Nama Uji" in page.main


def test_of_two_people_the_second_chooses_and_nothing_is_lost(as_staff, session):
    row = make_agreement(session)
    first, second = as_staff(), as_staff(Role.LEGAL)
    mine = second.page("staff.agreements.edit", code=row.code)
    theirs = first.page("staff.agreements.edit", code=row.code)
    first.submit(theirs, "Simpan perubahan", {"signed_place": "Jakarta", "beneficiaries": "90 anak"})
    typed = {"signed_place": "Bandung", "funding_source": "DIPA", "parties-2-signatory_name": "Nama Uji"}
    page = second.submit(mine, "Simpan perubahan", typed, expect=409)
    for words in ("Bandung", "Jakarta", "90 anak", "DIPA", "Pihak Ketiga: Penanda tangan", first.account.name):
        assert words in page.main
    page = second.submit(page, "Simpan pilihan")
    assert "Perubahan tersimpan." in page.main
    session.expire_all()
    assert (row.signed_place, row.beneficiaries, row.funding_source) == ("Bandung", "90 anak", "DIPA")
    assert row.parties[2].signatory_name == "Nama Uji"


def test_the_stored_value_can_be_kept(as_staff, session):
    row = make_agreement(session)
    first, second = as_staff(), as_staff(Role.LEGAL)
    mine = second.page("staff.agreements.edit", code=row.code)
    first.submit(first.page("staff.agreements.edit", code=row.code), "Simpan perubahan", {"signed_place": "Jakarta"})
    page = second.submit(mine, "Simpan perubahan", {"signed_place": "Bandung", "originals": "3"}, expect=409)
    second.submit(page, "Simpan pilihan", {"choose-signed_place": "stored"})
    session.expire_all()
    assert (row.signed_place, row.originals) == ("Jakarta", 3)


def test_a_third_change_meanwhile_asks_again(as_staff, session):
    row = make_agreement(session)
    first, second = as_staff(), as_staff(Role.LEGAL)
    mine = second.page("staff.agreements.edit", code=row.code)
    first.submit(first.page("staff.agreements.edit", code=row.code), "Simpan perubahan", {"signed_place": "Jakarta"})
    page = second.submit(mine, "Simpan perubahan", {"signed_place": "Bandung"}, expect=409)
    first.submit(first.page("staff.agreements.edit", code=row.code), "Simpan perubahan", {"signed_place": "Medan"})
    page = second.submit(page, "Simpan pilihan", expect=409)
    assert "Medan" in page.main
    assert "Bandung" in page.main


def test_an_amount_that_no_words_say_stays_as_it_was_typed(as_staff):
    visitor = as_staff()
    typed = {"value_rupiah": "9" * 26}
    page = visitor.submit(visitor.page("staff.agreements.record"), "Simpan naskah", typed, expect=422)
    [kept] = page.all("//input[@name='value_rupiah']/@value")
    assert kept.replace(".", "") == "9" * 26
