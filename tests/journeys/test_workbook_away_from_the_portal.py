"""A partner downloads the workbook on a telephone, fills it in elsewhere, and has accepted what is right in it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.harness.sample import SampleHouse
from tests.harness.workbooks import Filled
from tests.journeys.conftest import Enter

PARTNER = "siti@arunika.example"


def upload(page: Page, content: bytes) -> None:
    """From the page of the workbook to what was found in it."""
    page.goto("/mitra/isian")
    chosen = {"name": "isian-laporan.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_label("Buku kerja yang sudah diisi").set_input_files(chosen)
    page.get_by_role("button", name="Unggah dan periksa").click()


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_what_is_right_in_the_workbook_is_accepted_once(house: SampleHouse, browse, enter: Enter, javascript: bool):
    phone: Page = browse(width=390, height=844, touch=True, javascript=javascript)
    enter(phone, PARTNER)
    phone.goto("/mitra/laporan")
    phone.get_by_role("link", name="Isi tanpa internet").click()
    with phone.expect_download() as coming:
        phone.get_by_role("link", name="Unduh buku kerja").click()
    book = Filled(Path(coming.value.path()).read_bytes())
    assert book.count >= 2
    for row in range(2):
        book.put(row, "narrative", "Pelatihan menjahit untuk 60 anak.")
    wrong = book.put(1, "beneficiaries", "enam puluh")

    content = book.save()
    upload(phone, content)
    expect(phone.get_by_text("Belum diterima").first).to_be_visible()
    expect(phone.get_by_role("main")).to_contain_text(f"Laporan!{wrong}")
    phone.get_by_label("Kirim sekarang juga").check()
    phone.get_by_role("button", name="Terima 1 baris").click()
    expect(phone.get_by_role("heading", name="Buku kerja diterima")).to_be_visible()
    receipt = phone.url

    upload(phone, content)
    expect(phone).to_have_url(receipt)
    book.put(1, "beneficiaries", 60)
    upload(phone, book.save())
    phone.get_by_role("button", name="Terima 1 baris").click()
    expect(phone.get_by_role("heading", name="Buku kerja diterima")).to_be_visible()
    assert phone.url != receipt
