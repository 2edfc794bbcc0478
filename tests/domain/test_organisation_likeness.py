"""Spellings of one name are found, names of different bodies are not; numbers that only one can have always are."""

import pytest

from portal.domain.organisation_likeness import Body, Likeness, core, like, likenesses, pairs


def body(name, number=1, **more):
    """A record."""
    return Body(id=number, code=f"MTR-{number:04d}", name=name, **more)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yayasan Harapan Bunda", "Yys. Harapan Bunda"),
        ("Yayasan Harapan Bunda", "HARAPAN BUNDA, Yayasan"),
        ("LKS Yayasan Melati Kupang", "Yayasan Melati Kupang"),
        ("Yayasan Al-Ma'un Sejahtera", "Yayasan Al Maun Sejahtera"),
        ("Yayasan Cahaya Arunika Lestari", "Yayasan Cahaya Arunika Lestri"),
        ("Panti Sosial Bina Remaja", "Panti Sosial Bina-Remaja"),
    ],
)
def test_spellings_of_one_name_are_found(one, other):
    assert likenesses(body(one), body(other, 2)) == (Likeness.NAME,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yayasan Harapan Bunda", "Yayasan Harapan Bangsa"),
        ("Yayasan Melati Kupang", "Yayasan Melati Ende"),
        ("Dinas Sosial Kota Bandung", "Dinas Sosial Kota Bogor"),
        ("Yayasan", "LKS"),
    ],
)
def test_different_bodies_are_left_alone(one, other):
    assert likenesses(body(one), body(other, 2)) == ()


def test_a_common_number_is_found_however_it_is_written():
    one = body("Yayasan Satu", tax_number="01.234.567.8-901.000", registration_number="460/12/DINSOS")
    other = body("Perkumpulan Dua", 2, tax_number="012345678901000", registration_number="460 12 dinsos")
    assert likenesses(one, other) == (Likeness.TAX_NUMBER, Likeness.REGISTRATION)
    empty = body("Yayasan Tiga", 3, tax_number="00.000.000.0-000.000")
    assert likenesses(empty, body("Perkumpulan Empat", 4, tax_number="000000000000000")) == ()


def test_other_names_count_as_well():
    former = body("Yayasan Kasih Ibu", names=("Panti Asuhan Melati Indah",))
    assert likenesses(former, body("Yayasan Asuhan Melati Indah", 2)) == (Likeness.NAME,)


def test_pairs_are_told_once_and_nobody_is_like_itself():
    rows = [body("Yayasan Melati Kupang"), body("Yys Melati Kupang", 2), body("Yayasan Kenanga", 3)]
    assert [(one.id, other.id) for one, other, _ in pairs(rows)] == [(1, 2)]
    assert [other.id for other, _ in like(rows[0], rows)] == [2]
    assert core("Yys. Melati, Kupang") == "kupang melati"
