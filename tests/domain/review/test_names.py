"""Names of people, bodies and places as the rules compare them."""

import pytest

from portal.domain.review import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. (H.C.) SITI CONTOH, S.Sos., M.Si.", "Siti Contoh"),
        ("Prof. Dr. H. AHMAD CONTOH", "Ahmad Contoh, Ph.D."),
        ("Hj. Siti Contoh", "SITI CONTOH"),
    ],
)
def test_degrees_and_capitals_do_not_make_another_person(one, other):
    assert names.same_person(one, other)


def test_two_people_are_two():
    assert not names.same_person("Siti Contoh", "Siti Contoh Lain")


def test_a_name_inside_a_longer_one_is_not_found_there():
    text = "ANTARA DIREKTORAT JENDERAL CONTOH KEMENTERIAN SOSIAL DENGAN KEMENTERIAN SOSIAL"
    found = names.positions(text, ["Kementerian Sosial", "Direktorat Jenderal Contoh Kementerian Sosial"])
    assert sorted(found, key=found.__getitem__) == [
        "Direktorat Jenderal Contoh Kementerian Sosial",
        "Kementerian Sosial",
    ]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("di Kabupaten Garut Provinsi Jawa Barat", {"kabupaten garut"}),
        ("DI KABUPATEN BANDUNG BARAT TAHUN 2026", {"kabupaten bandung barat"}),
        ("di Kabupaten Bandung", {"kabupaten bandung"}),
        ("kegiatan di Lembata dan sekitarnya", {"lembata"}),
        ("di Kabupaten Lembata", {"kabupaten lembata"}),
        ("kota layak anak dan kabupaten lain", set()),
    ],
)
def test_regions_that_a_text_names(text, regions):
    assert names.regions(text, ("Kabupaten Bandung", "Kabupaten Bandung Barat", "Lembata")) == regions
