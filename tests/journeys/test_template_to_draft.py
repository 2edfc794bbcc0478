"""A lawyer changes a starter in Word, is told which tag is wrong, mends it, publishes, and drafts with it."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Download, Page, expect

from tests.harness.sample import SampleHouse
from tests.journeys.conftest import Enter
from tests.journeys.test_draft_to_document import lpsk_pks

LEGAL = "dewi@kemensos.example"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SENTENCE = "Naskah ini disusun bersama oleh PARA PIHAK mengenai "
WRONG, RIGHT = ("{{ jud", "ul", "l }}"), ("{{ jud", "ul", " }}")


def edited_in_word(docx: bytes, tag: tuple[str, ...]) -> bytes:
    """The file after somebody typed a sentence with a tag before the signatures, saved as Word saves."""
    source = zipfile.ZipFile(io.BytesIO(docx))
    root = etree.fromstring(source.read("word/document.xml"))
    root.set(f"{W}rsidR", "00AB12CD")
    opening = next(each for each in root.iter(f"{W}p") if "bertanda tangan" in "".join(each.itertext()))
    typed = etree.Element(f"{W}p", {f"{W}rsidR": "00AB12CD", f"{W}rsidRDefault": "00AB12CD"})
    if (properties := opening.find(f"{W}pPr")) is not None:
        typed.append(etree.fromstring(etree.tostring(properties)))
    for place, piece in enumerate((SENTENCE, *tag, ".")):
        run = etree.SubElement(typed, f"{W}r", {f"{W}rsidRPr": f"00AB12{place:02}"})
        language = etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}lang")
        language.set(f"{W}val", "en-US")
        text = etree.SubElement(run, f"{W}t")
        text.text = piece
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        etree.SubElement(typed, f"{W}proofErr").set(f"{W}type", "spellStart" if place % 2 else "spellEnd")
    opening.addprevious(typed)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            part = source.read(name)
            made.writestr(name, etree.tostring(root, standalone=True) if name == "word/document.xml" else part)
    return kept.getvalue()


def content_of(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def fetched(page: Page, name: str) -> bytes:
    """What a download link gives."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name, exact=True).first.click()
    return content_of(waiting.value)


def upload(page: Page, content: bytes) -> None:
    """Send the next version of the template."""
    page.get_by_label("Berkas Word").set_input_files(
        {"name": "pks-kami.docx", "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Unggah dan periksa").click()


def words_of(docx: bytes, part: str = "word/document.xml") -> str:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read(part))
    return "".join(node.text or "" for node in root.iter(f"{W}t"))


@pytest.mark.browser
def test_a_lawyer_changes_a_template_is_told_of_a_wrong_tag_and_drafts_with_the_mended_one(
    house: SampleHouse, browse, enter: Enter
):
    agreement = lpsk_pks(house)
    page: Page = browse()
    enter(page, LEGAL)
    page.goto("/kantor/templat/pks")
    starter = fetched(page, "Unduh Word")

    page.get_by_role("link", name="Unggah versi baru").click()
    upload(page, edited_in_word(starter, WRONG))
    wrong = page.locator("main")
    expect(wrong.get_by_text("judull").first).to_be_visible()
    expect(wrong.get_by_text(re.compile("Maksud Anda .*judul")).first).to_be_visible()
    expect(wrong.get_by_text(SENTENCE.strip()).first).to_be_visible()
    expect(page.get_by_role("link", name="Terbitkan")).to_have_count(0)
    annotated = fetched(page, "Unduh Word beranotasi")
    assert "judull" in words_of(annotated, "word/comments.xml")

    page.get_by_role("link", name="Unggah perbaikan").click()
    upload(page, edited_in_word(starter, RIGHT))
    page.get_by_role("link", name="Terbitkan").click()
    page.get_by_role("button", name=re.compile("Terbitkan versi")).click()
    expect(page.get_by_text(re.compile("terbit")).first).to_be_visible()

    page.goto(f"/kantor/naskah/{agreement.code}/susun")
    page.get_by_role("button", name="Mulai dari templat").click()
    page.goto(f"/kantor/naskah/{agreement.code}/susun/periksa")
    page.get_by_role("button", name="Buat naskah Word").first.click()
    page.goto(f"/kantor/naskah/{agreement.code}")
    with page.expect_download() as waiting:
        page.locator(f"a[href$='/naskah/{agreement.code}/naskah-word/1']").first.click()
    assert f"{SENTENCE}{agreement.title}." in words_of(content_of(waiting.value))
