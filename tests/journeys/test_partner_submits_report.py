"""An invited partner reports from a telephone; the report is returned, sent again and accepted."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal.models import Organisation
from tests.harness.browser import LiveServer
from tests.harness.sample import SampleHouse
from tests.journeys.conftest import Enter

OFFICER = "ratna@kemensos.example"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def photo() -> bytes:
    """A small photo."""
    target = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(target, "JPEG")
    return target.getvalue()


def invite(page: Page, code: str) -> str:
    """Invite Bu Melati, and return the path of the secret link from the text for WhatsApp."""
    page.goto(f"/kantor/mitra/{code}/undang")
    page.get_by_label("Nama orang").fill("Melati Contoh")
    page.get_by_label("Alamat surel").fill("melati@arunika.example")
    page.get_by_label("Peran").select_option("partner_responsible")
    page.get_by_role("button", name="Kirim undangan").click()
    text = page.get_by_label("Pesan").input_value()
    found = re.search(r"/undangan/[\w-]+", text)
    assert found is not None
    return found[0]


def accept(page: Page, link: str) -> None:
    """Open the link, which changes nothing, and press the button."""
    page.goto(link)
    page.goto(link)
    page.get_by_label("Kata sandi baru").fill("payung biru di halte")
    page.get_by_role("button", name="Terima undangan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Halo")


def write(page: Page, text: str) -> None:
    """Fill in the first step of the report whose first page is open, and go on."""
    page.get_by_role("link", name="Kegiatan").click()
    page.locator("textarea[name=narrative]").fill(text)
    page.get_by_role("button", name="Lanjut", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jumlah")


def attach(page: Page, address: str, files: list[dict[str, object]]) -> None:
    """Attach files on the step of evidence; with script they go at once, without it by the button."""
    page.goto(f"{address}/bukti")
    page.get_by_label("Tambah foto atau berkas").set_input_files(files)
    button = page.get_by_role("button", name="Unggah berkas")
    if button.count():
        button.click()
    expect(page.locator("#kept-files li")).to_have_count(len(files))


def send(page: Page, address: str) -> None:
    """From the check to the receipt."""
    page.goto(f"{address}/periksa")
    expect(page.get_by_text("Belum dikirim").first).to_be_visible()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Tanda terima laporan").first).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_report_goes_through_two_rounds_to_its_receipt(
    house: SampleHouse, live: LiveServer, browse, enter: Enter, javascript: bool
):
    code = house.session.scalars(
        select(Organisation.code).where(Organisation.name == "Yayasan Cahaya Arunika Lestari")
    ).one()
    house.session.rollback()
    office: Page = browse(javascript=javascript)
    enter(office, OFFICER)
    link = invite(office, code)

    phone: Page = browse(width=390, height=844, javascript=javascript)
    accept(phone, link)
    phone.goto("/mitra/laporan")
    phone.get_by_role("button", name=re.compile("^(Mulai|Isi)")).first.click()
    address = phone.url
    write(phone, "Pendampingan 60 anak di tiga kelurahan.")
    report_file = {"name": "laporan.pdf", "mimeType": "application/pdf", "buffer": PDF}
    attach(phone, address, [report_file, {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": photo()}])
    send(phone, address)

    report = address.rstrip("/").rpartition("/")[2]
    office.goto(f"/kantor/laporan/{report}")
    expect(office.get_by_text("laporan.pdf").first).to_be_visible()
    expect(office.get_by_text("foto.jpg").first).to_be_visible()
    office.get_by_role("link", name="Kembalikan").click()
    office.get_by_label("Apa yang perlu diperbaiki?").fill("Mohon lampirkan daftar hadir.")
    office.get_by_label("Batas perbaikan").fill("2026-12-04")
    office.get_by_role("button", name="Kembalikan laporan").click()
    expect(office.get_by_text("Mohon lampirkan daftar hadir.").first).to_be_visible()

    phone.goto("/mitra/")
    expect(phone.get_by_text("Perlu diperbaiki").first).to_be_visible()
    phone.goto(address)
    expect(phone.get_by_text("Mohon lampirkan daftar hadir.").first).to_be_visible()
    write(phone, "Pendampingan 60 anak di tiga kelurahan; daftar hadir terlampir.")
    send(phone, address)

    office.goto(f"/kantor/laporan/{report}")
    office.get_by_role("button", name="Terima laporan").click()
    expect(office.get_by_text("Diterima").first).to_be_visible()
    number = re.search(r"TT-[\w-]+", office.locator("main").inner_text())
    assert number is not None
    phone.goto(f"/mitra/laporan/{report}/tanda-terima")
    expect(phone.get_by_text(number[0]).first).to_be_visible()
