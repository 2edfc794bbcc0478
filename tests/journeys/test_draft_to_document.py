"""A draft becomes a Word document, and an agreement is recorded from nothing."""

import re
import zipfile
from io import BytesIO

import pytest
from lxml import etree
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal.domain.agreement import AgreementKind
from portal.models import Agreement, AgreementParty, Organisation
from tests.harness.libreoffice import LibreOffice
from tests.harness.sample import SampleHouse
from tests.journeys.conftest import Enter

LEGAL, OFFICER = "dewi@kemensos.example", "ratna@kemensos.example"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def lpsk_pks(house: SampleHouse) -> Agreement:
    """The PKS with LPSK of the real set: talked about, not signed."""
    query = (
        select(Agreement)
        .join(AgreementParty)
        .join(Organisation, Organisation.id == AgreementParty.organisation_id)
        .where(Agreement.kind == AgreementKind.PKS, Organisation.short_name == "LPSK", Agreement.is_sample.is_(False))
    )
    return house.session.scalars(query).one()


def highlighted(docx: bytes) -> list[str]:
    """The texts that are marked in yellow."""
    root = etree.fromstring(zipfile.ZipFile(BytesIO(docx)).read("word/document.xml"))
    runs = [run for run in root.iter(f"{W}r") if run.find(f"{W}rPr/{W}highlight") is not None]
    return ["".join(run.itertext(f"{W}t")) for run in runs]


@pytest.mark.browser
@pytest.mark.libreoffice
def test_legal_staff_complete_the_lpsk_pks_and_make_its_draft(
    house: SampleHouse, browse, enter: Enter, libreoffice: LibreOffice
):
    agreement = lpsk_pks(house)
    page: Page = browse()
    enter(page, LEGAL)
    page.goto(f"/kantor/naskah/{agreement.code}")
    expect(page.get_by_text("belum diketahui").first).to_be_visible()
    expect(page.get_by_text("Penjajakan").first).to_be_visible()

    page.goto(f"/kantor/naskah/{agreement.code}/ubah")
    page.get_by_role("textbox", name="Maksud dan tujuan").fill(
        "memadukan pelindungan saksi & korban dengan rehabilitasi sosial"
    )
    page.get_by_role("textbox", name="Ruang lingkup").fill("rujukan saksi dan korban\nasesmen bersama")
    page.get_by_label("Tanggal penandatanganan").fill("2027-01-04")
    page.get_by_label("Mulai berlaku").fill("2027-01-04")
    page.get_by_label("Jangka waktu (tahun)").fill("3")
    page.get_by_role("button", name="Simpan perubahan").click()
    expect(page.get_by_text("4 Januari 2030").first).to_be_visible()

    page.get_by_role("button", name="Buat naskah Word").first.click()
    expect(page.get_by_text(re.compile(r"Naskah 1 dibuat; \d+ isian masih kosong"))).to_be_visible()
    with page.expect_download() as download:
        page.locator(f"a[href$='/naskah/{agreement.code}/naskah-word/1']").first.click()
    docx = download.value.path().read_bytes()

    text = libreoffice.text(docx)
    joined = " ".join(text.split())
    squeezed = joined.replace(" ", "")
    numbers = [int(n) for n in re.findall(r"^\s*Pasal (\d+)\s*$", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 15
    opening = "Senin tanggal empat bulan Januari tahun dua ribu dua puluh tujuh (04-01-2027)"
    assert opening.replace(" ", "") in squeezed, "a line may break inside the digits"
    assert "3 (tiga) tahun" in joined
    assert "saksi & korban" in joined
    assert "LEMBAGA PERLINDUNGAN SAKSI DAN KORBAN" in joined
    assert re.search(r"\(1\).*\(2\)", joined)
    marked = highlighted(docx)
    assert any("nomor" in mark for mark in marked)
    assert all("belum diketahui" in mark for mark in marked if mark.startswith("["))


@pytest.mark.browser
def test_an_officer_records_an_agreement_of_three_parties_from_nothing(house: SampleHouse, browse, enter: Enter):
    page: Page = browse(javascript=False)
    enter(page, OFFICER)
    page.get_by_role("link", name="Buat naskah").first.click()
    page.get_by_role("combobox", name="Jenis naskah").select_option("pks")
    page.get_by_role("textbox", name="Judul").fill("Pendampingan Lanjut Usia di Tiga Kelurahan")
    page.get_by_role("button", name="Tambah pihak").click()
    parties = page.get_by_role("combobox", name="Organisasi")
    expect(parties).to_have_count(3)
    names = (
        "Direktorat Kemitraan Rehabilitasi Sosial",
        "Yayasan Cahaya Arunika Lestari",
        "PT Kriya Plastindo Sirkular",
    )
    for place, name in enumerate(names):
        code = house.session.scalars(select(Organisation.code).where(Organisation.name == name)).one()
        house.session.rollback()
        parties.nth(place).select_option(code)
    page.get_by_label("Mulai berlaku").fill("2027-01-04")
    page.get_by_label("Jangka waktu (tahun)").fill("2")
    page.get_by_role("button", name="Simpan naskah").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Pendampingan Lanjut Usia di Tiga Kelurahan")
    expect(page.get_by_text("PKS-2026-").first).to_be_visible()
    expect(page.get_by_text("4 Januari 2029").first).to_be_visible()
    for name in names:
        expect(page.locator("main").get_by_text(name).first).to_be_visible()
    expect(page.get_by_text("Naskah dicatat").first).to_be_visible()
