"""A list from Excel: headings are found, cells read as people type them, and what is wrong is named by its column."""

from datetime import date, datetime

import pytest

from portal.domain import bulk_list
from portal.domain.bulk_list import CellError
from portal.domain.errors import RuleBroken


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        (date(2026, 12, 31), "2026-12-31"),
        (datetime(2026, 12, 31, 0, 0), "2026-12-31"),  # noqa: DTZ001 - as Excel keeps it
        ("31-12-2026", "2026-12-31"),
        ("31/12/2026", "2026-12-31"),
        ("1 Nopember 2026", "2026-11-01"),
        ("2026-02-28", "2026-02-28"),
        ("  ", None),
        (None, None),
    ],
)
def test_dates_are_read_as_people_write_them(cell, iso):
    assert bulk_list.read_day(cell) == iso


@pytest.mark.parametrize("cell", ["31-02-2026", "besok", "12-31-2026", 46000])
def test_what_is_no_date_is_refused_with_an_example(cell):
    with pytest.raises(CellError, match="31-12-2026"):
        bulk_list.read_day(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [(36, 36), (36.0, 36), ("36", 36), ("Rp325.000.000", 325_000_000), ("1.000,00", 1000), ("", None)],
)
def test_numbers_are_read_with_dots_and_rp(cell, number):
    assert bulk_list.read_count(10**12)(cell) == number


@pytest.mark.parametrize("cell", ["tiga", 0, -4, 2.5, "1,5"])
def test_what_is_no_whole_number_is_refused(cell):
    with pytest.raises(CellError, match="angka bulat"):
        bulk_list.read_count(100)(cell)


def test_headings_are_found_in_any_order_and_case():
    found = bulk_list.match(("judul", None, " MITRA ", "Catatan saya", "Ruang  lingkup"))
    assert [column.key if column else None for column in found] == ["title", None, "partner", None, "scope"]


def test_a_sheet_without_partner_or_code_is_refused():
    with pytest.raises(RuleBroken, match="Unduh contoh"):
        bulk_list.match(("Judul", "Nilai (Rp)"))


def test_a_heading_that_stands_twice_is_refused_by_name():
    with pytest.raises(RuleBroken, match="“Judul” ada dua kali"):
        bulk_list.match(("Mitra", "Judul", "Judul"))


def row(*cells):
    return bulk_list.read_row(7, bulk_list.match(("Mitra", "Mulai berlaku", "Ruang lingkup", "Abaikan")), cells)


def test_a_row_tells_its_values_by_the_key_of_the_column():
    read = row(" Yayasan  Contoh ", "1-1-2027", "asesmen\n\n pendampingan ", "x")
    assert read.number == 7
    assert read.values == {
        "partner": "Yayasan Contoh",
        "starts_on": "2027-01-01",
        "scope": ["asesmen", "pendampingan"],
    }
    assert read.problems == ()


def test_what_cannot_be_read_is_kept_as_typed_and_named_by_its_column():
    read = row(None, "besok", "", "")
    assert read.values["starts_on"] == "besok"
    assert [one.column for one in read.problems] == ["Mulai berlaku", "Mitra"]
    assert all(one.sentence for one in read.problems)


def test_an_empty_row_is_no_row():
    assert row(None, "", " ", "hanya catatan") is None


def test_an_end_before_the_start_or_the_signing_is_seen():
    assert bulk_list.is_wrong_order({"ends_on": "2026-01-01", "starts_on": "2026-02-01"})
    assert bulk_list.is_wrong_order({"ends_on": "2026-01-01", "signed_on": "2026-01-02", "starts_on": None})
    assert not bulk_list.is_wrong_order({"ends_on": "2026-01-01", "starts_on": "2026-01-01"})
    assert not bulk_list.is_wrong_order({"ends_on": None, "starts_on": "2026-01-01"})
