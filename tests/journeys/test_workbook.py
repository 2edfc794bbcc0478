"""A partner downloads the workbook on a telephone, fills it in elsewhere, and has accepted what is right in it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.harness.sample import SampleHouse
from tests.harness.workbooks import Filled

PARTNER = "siti@arunika.example"
STRANGER = "danang@nirwasita.example"


def download(phone: Page) -> Filled:
    """From the list of reports to the workbook."""
    phone.goto("/mitra/laporan")
    phone.get_by_role("link", name="Isi tanpa internet").tap()
    with phone.expect_download() as coming:
        phone.get_by_role("link", name="Unduh buku kerja").tap()
    return Filled(Path(coming.value.path()).read_bytes())


def upload(phone: Page, content: bytes) -> None:
    """From the page of the workbook to what was found in it."""
    phone.goto("/mitra/isian")
    chosen = {"name": "isian-laporan.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    phone.get_by_label("Buku kerja yang sudah diisi").set_input_files(chosen)
    phone.get_by_role("button", name="Unggah dan periksa").tap()


def accept(phone: Page, rows: int) -> str:
    """Accept the rows that are right; the number on the receipt."""
    phone.get_by_role("button", name=f"Terima {rows} baris").tap()
    expect(phone.get_by_role("heading", name="Buku kerja diterima")).to_be_visible()
    number = re.search(r"TI-[\w-]+", phone.get_by_role("main").inner_text())
    assert number is not None
    return number[0]


def begin_in_the_portal(phone: Page) -> str:
    """Begin a report in the portal while the workbook is away; return what it is called."""
    phone.goto("/mitra/laporan")
    phone.get_by_role("button", name=re.compile("^Mulai")).first.tap()
    phone.wait_for_url(re.compile(r"/mitra/laporan/[\w-]+$"))
    name, address = phone.get_by_role("heading", level=1).inner_text(), phone.url
    phone.goto(f"{address}/kegiatan")
    phone.locator("textarea[name=narrative]").fill("Ditulis di portal.")
    phone.get_by_role("button", name="Lanjut", exact=True).tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Jumlah")
    return name


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_what_is_right_in_the_workbook_is_accepted_once(house: SampleHouse, browse, javascript: bool):
    foreign = house.visitor(STRANGER).get("partner.offline_packs.download").data
    cookies = house.visitor(PARTNER).cookies
    phone: Page = browse(width=390, height=844, touch=True, javascript=javascript, cookies=cookies, expect=(422,))
    upload(phone, foreign)
    expect(phone.get_by_role("main")).to_contain_text("bukan untuk lembaga Anda")

    book = download(phone)
    changed = begin_in_the_portal(phone)
    names = [book.page[book.place(row, "duty")].value for row in range(book.count)]
    stale = names.index(changed)
    right, wrong = (row for row in range(book.count) if row != stale)
    for row in range(book.count):
        book.put(row, "narrative", "Pelatihan menjahit untuk 60 anak.")
    cell = book.put(wrong, "beneficiaries", "enam puluh")

    content = book.save()
    upload(phone, content)
    main = phone.get_by_role("main")
    expect(main).to_contain_text("Belum diterima")
    expect(main).to_contain_text(f"Laporan!{cell}")
    expect(main).to_contain_text(f"Laporan!{book.place(stale, 'duty')}: ")
    expect(main).to_contain_text("sudah diubah di portal")
    phone.get_by_label("Kirim sekarang juga").check()
    number = accept(phone, 1)
    receipt = phone.url

    upload(phone, content)
    expect(phone).to_have_url(receipt)
    book.put(wrong, "beneficiaries", 60)
    upload(phone, book.save())
    expect(main).not_to_contain_text(f"Laporan!{cell}")
    assert accept(phone, 1) != number
    phone.goto("/mitra/laporan")
    sent = phone.locator("section", has=phone.get_by_role("heading", name="Sedang kami periksa"))
    expect(sent).to_contain_text(names[right])
