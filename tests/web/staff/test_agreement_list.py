"""The list of agreements as its address asks for it: saved views, filters, chips, order, pages, empty states."""

import re
from datetime import date

import pytest

from portal.domain.agreement import AgreementKind, Stage
from portal.domain.policy import Role
from portal.queries.agreement_list import PAGE_SIZE
from tests.factories import make_account, make_agreement, make_ministry, make_parties, make_partner
from tests.harness import markup


def titles(page):
    """The titles of the rows."""
    return [markup.words(a) for a in page.all("//tbody//td[1]/a")]


def asked(visitor, query: str, **options):
    """The list with this query."""
    return visitor.read(f"/kantor/naskah?{query}", **options)


@pytest.fixture
def officer(session, as_account):
    """An officer who looks after two of the agreements."""
    account = make_account(session, Role.OFFICER)
    ministry = make_ministry(session)
    rows = {
        "Rehabilitasi Lansia": {"ends_on": date(2027, 1, 1), "officer_id": account.id},
        "Pelindungan Anak": {"kind": AgreementKind.MOU, "ends_on": None, "officer_id": account.id},
        "Data Terpadu": {"stage": Stage.DRAFTING, "ends_on": None},
        "Contoh Terbatas": {"ends_on": date(2029, 1, 1), "is_sample": True, "is_confidential": True},
    }
    for title, values in rows.items():
        partner = make_partner(session, name=f"Yayasan {title}", code=title.split()[0].upper())
        make_agreement(session, (ministry, partner), title=title, **values)
    return as_account(account)


def test_every_saved_view_has_as_many_rows_as_it_says(officer):
    page = officer.page("staff.agreements.index")
    views = page.all("//nav[contains(@class, 'saved-views')]//a")
    assert len(views) == 8
    for view in views:
        number = int(view.xpath("./span")[0].text)
        shown = officer.read(view.get("href"))
        assert len(titles(shown)) == number
        assert shown.one("//a[@aria-current='true']").get("href") == view.get("href")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("jenis=mou", ["Pelindungan Anak"]),
        ("tahap=penyusunan", ["Data Terpadu"]),
        ("tahap=dalam-proses", ["Data Terpadu"]),
        ("keadaan=akan-berakhir", ["Rehabilitasi Lansia"]),
        ("keadaan=akhir-belum-diketahui", ["Pelindungan Anak"]),
        ("berakhir=2027-01", ["Rehabilitasi Lansia"]),
        ("berakhir=90", ["Rehabilitasi Lansia"]),
        ("pic=saya&urut=judul", ["Pelindungan Anak", "Rehabilitasi Lansia"]),
        ("mitra=DATA", ["Data Terpadu"]),
        ("contoh=ya", ["Contoh Terbatas"]),
        ("q=lansia", ["Rehabilitasi Lansia"]),
        ("contoh=tidak&urut=mitra", ["Data Terpadu", "Pelindungan Anak", "Rehabilitasi Lansia"]),
    ],
)
def test_the_address_says_what_is_listed(officer, query: str, expected: list[str]):
    assert titles(asked(officer, query)) == expected


def test_chosen_filters_are_chips_that_can_be_removed_one_by_one(officer):
    page = asked(officer, "jenis=pks&contoh=ya&urut=judul")
    chips = page.all("//ul[contains(@class, 'chosen')]//a")
    assert [markup.words(chip).removeprefix("Hapus saringan ") for chip in chips] == [
        "Jenis: Perjanjian Kerja Sama (PKS)",
        "Contoh: Hanya data contoh",
    ]
    assert "jenis=pks" not in chips[0].get("href")
    assert "contoh=ya" in chips[0].get("href")
    assert "urut=judul" in chips[0].get("href")


def test_a_word_that_is_not_known_is_told_and_asks_nothing(officer):
    page = asked(officer, "jenis=sewa")
    assert "Saringan ini tidak dikenal dan diabaikan: jenis=sewa." in page.main
    assert len(titles(page)) == 4


def test_the_form_of_the_filter_works_without_script(officer):
    page = officer.page("staff.agreements.index")
    assert titles(officer.submit(page, "Terapkan saringan", {"jenis": "mou"})) == ["Pelindungan Anak"]


def test_nothing_found_says_how_many_are_hidden(officer):
    page = asked(officer, "q=tidakadasamasekali")
    assert "Tidak ada yang cocok" in page.main
    assert "4 naskah tersembunyi" in page.main


def test_an_empty_house_says_what_the_list_will_hold(as_staff):
    page = as_staff().page("staff.agreements.index")
    assert "Belum ada naskah" in page.main
    assert page.link("Buat naskah")


def test_sample_rows_and_confidential_ones_are_marked(officer):
    row = markup.words(asked(officer, "contoh=ya").one("//tbody/tr"))
    assert "Contoh" in row.replace("Contoh Terbatas", "")
    assert "Dibatasi" in row


def test_an_administrator_neither_sees_nor_counts_confidential_agreements(officer, as_staff):
    page = as_staff(Role.ADMIN).page("staff.agreements.index")
    assert "Contoh Terbatas" not in page.main
    assert page.heading == "Naskah 3 naskah"


def test_pages_are_numbered_and_keep_the_filter(session, as_staff):
    parties = make_parties(session)
    for _ in range(PAGE_SIZE + 3):
        make_agreement(session, parties)
    visitor = as_staff()
    first = asked(visitor, "jenis=pks")
    assert f"1–{PAGE_SIZE} dari {PAGE_SIZE + 3}" in first.main
    second = visitor.read(first.link("Berikutnya"))
    assert len(titles(second)) == 3
    assert not set(titles(first)) & set(titles(second))
    assert "jenis=pks" in second.link("Sebelumnya")
    assert "hal=" not in second.link("Sebelumnya")


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize("page", ["0", "-1", "99", "abc", "9" * 40, "²"])
def test_an_absurd_page_number_is_the_nearest_page(officer, page: str):
    assert len(titles(asked(officer, f"hal={page}"))) == 4


def test_a_column_head_orders_the_list_and_says_so(officer):
    page = officer.page("staff.agreements.index")
    ordered = officer.read(page.link("Judul"))
    assert titles(ordered) == sorted(titles(ordered))
    assert ordered.one("//th[@aria-sort]").get("aria-sort") == "ascending"


def test_hostile_words_find_nothing_and_break_nothing(officer):
    for words in ("%25", "'%20OR%201=1--", "%3Cscript%3E", "%00", "\\", "é" * 300):
        page = asked(officer, f"q={words}")
        assert "<script>" not in re.sub(r"<script src[^>]*></script>", "", page.markup)
