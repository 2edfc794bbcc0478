"""What is taken from outside and what is refused, with the sentence that says why."""

import io
import time
import zipfile
from collections.abc import Mapping

import pytest

from portal.domain import upload
from portal.domain.errors import RuleBroken

TYPES = b'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="urn:t"/>'
MEGABYTE = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(13) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + bytes(40) + b"\xff\xd9"


def office(parts: Mapping[str, bytes] | None = None, *, main: str = "word/document.xml") -> bytes:
    """A small but true office file with more parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": TYPES, main: b"<w/>", **(parts or {})}.items():
            archive.writestr(name, content)
    return target.getvalue()


def refused(name: str, content: bytes) -> str:
    with pytest.raises(RuleBroken) as refusal:
        upload.check(name, content)
    assert refusal.value.field == "files"
    return str(refusal.value)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("Laporan.PDF", PDF, "application/pdf"),
        ("foto.png", PNG, "image/png"),
        ("foto.jpg", JPEG, "image/jpeg"),
        ("foto.jpeg", JPEG, "image/jpeg"),
        ("laporan.docx", office(), upload.MEDIA_TYPES["docx"]),
        ("daftar.xlsx", office(main="xl/workbook.xml"), upload.MEDIA_TYPES["xlsx"]),
    ],
)
def test_files_of_the_list_are_taken_with_their_type(name: str, content: bytes, media_type: str) -> None:
    assert upload.check(name, content) == media_type


def test_a_good_file_of_nineteen_megabytes_is_taken() -> None:
    content = PDF.replace(b"%%EOF", b"x" * 19 * MEGABYTE + b"\n%%EOF")
    assert upload.check("besar.pdf", content) == "application/pdf"


def test_a_file_above_twenty_megabytes_is_refused() -> None:
    assert "lebih dari 20 MB" in refused("besar.pdf", PDF + bytes(21 * MEGABYTE))


@pytest.mark.parametrize("name", ["virus.exe", "halaman.html", "gambar.svg", "naskah.doc", "tanpa", "laporan.pdf.exe"])
def test_other_kinds_are_refused_by_name(name: str) -> None:
    assert "Pilih PDF, Word, Excel, PNG, atau JPG" in refused(name, PDF)


def test_an_empty_file_is_refused() -> None:
    assert "kosong" in refused("laporan.pdf", b"")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("laporan.pdf", PNG),
        ("foto.png", JPEG),
        ("foto.jpg", PDF),
        ("laporan.pdf", b"<html><script>alert(1)</script></html>"),
        ("laporan.pdf", b"%PDF-1.7 terpotong"),
        ("foto.png", PNG[:-4]),
        ("laporan.docx", PDF),
        ("laporan.docx", office(main="xl/workbook.xml")),
        ("laporan.docx", office()[:-30]),
    ],
)
def test_name_and_content_must_agree(name: str, content: bytes) -> None:
    assert "tidak sesuai dengan jenisnya atau rusak" in refused(name, content)


@pytest.mark.parametrize("cover", [("laporan.pdf", PDF), ("foto.png", PNG), ("foto.jpg", JPEG)])
def test_a_file_that_is_an_archive_too_is_refused(cover: tuple[str, bytes]) -> None:
    name, content = cover
    end = content[-12:] if name.endswith("png") else b"%%EOF\xff\xd9"
    assert "tidak sesuai" in refused(name, content + office() + end)


def test_an_office_file_behind_something_else_is_refused() -> None:
    assert "tidak sesuai" in refused("laporan.docx", b"PK\x03\x04" + PDF + office())


def test_an_office_file_with_a_tail_is_refused() -> None:
    target = io.BytesIO(office())
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"%PDF-1.7"
    assert "tidak sesuai" in refused("laporan.docx", target.getvalue())


@pytest.mark.parametrize("name", ["/etc/passwd", "../../lain.xml", "word/../../lain.xml", "C:\\lain.xml", "a\\b.xml"])
def test_parts_that_point_outside_are_refused(name: str) -> None:
    assert "tidak sesuai" in refused("laporan.docx", office({name: b"<a/>"}))


def test_macros_are_refused_by_their_part() -> None:
    assert "makro" in refused("laporan.docx", office({"word/VbaProject.bin": b"x"}))


def test_macro_enabled_content_types_are_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", b'<Types><O ContentType="x.document.macroEnabled.main+xml"/></Types>')
        archive.writestr("word/document.xml", b"<w/>")
    assert "makro" in refused("laporan.docx", target.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_dtd_is_refused_in_every_encoding(encoding: str) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert "tidak sesuai" in refused("laporan.docx", office({"word/styles.xml": text.encode(encoding)}))


def test_an_encoding_that_could_hide_a_dtd_is_refused() -> None:
    part = b'<?xml version="1.0" encoding="UTF-7"?><a/>'
    assert "tidak sesuai" in refused("laporan.docx", office({"word/styles.xml": part}))


def test_a_bomb_of_two_hundred_megabytes_is_refused_at_once() -> None:
    parts = {f"word/p{n}.xml": bytes(10 * MEGABYTE) for n in range(20)}
    content = office(parts)
    before = time.process_time()
    assert "terlalu besar bila dibuka" in refused("laporan.docx", content)
    assert time.process_time() - before < 1


def test_a_single_part_above_twenty_megabytes_is_refused() -> None:
    assert "terlalu besar" in refused("laporan.docx", office({"word/p.xml": bytes(21 * MEGABYTE)}))


def test_sizes_that_lie_are_counted_while_unpacking() -> None:
    content = office({"word/p.xml": bytes(21 * MEGABYTE)})
    true, false = (21 * MEGABYTE).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert content.count(true) == 2
    assert "rusak" in refused("laporan.docx", content.replace(true, false))


def test_too_many_parts_are_refused_by_kind() -> None:
    many = {f"x/{n}.xml": b"<a/>" for n in range(700)}
    assert "terlalu besar" in refused("laporan.docx", office(many))
    assert upload.check("daftar.xlsx", office(many, main="xl/workbook.xml")) == upload.MEDIA_TYPES["xlsx"]


def test_an_archive_inside_is_refused_unless_it_is_an_embedded_sheet() -> None:
    sheet = office(main="xl/workbook.xml")
    assert "arsip di dalamnya" in refused("laporan.docx", office({"word/data.zip": sheet}))
    assert upload.check("laporan.docx", office({"word/embeddings/a.xlsx": sheet})) == upload.MEDIA_TYPES["docx"]


def test_a_nested_bomb_shares_the_count_of_its_cover() -> None:
    inner = office({f"xl/p{n}.xml": bytes(19 * MEGABYTE) for n in range(3)}, main="xl/workbook.xml")
    outer = office({"word/embeddings/a.xlsx": inner, "word/embeddings/b.xlsx": inner})
    assert "terlalu besar" in refused("laporan.docx", outer)


def test_an_archive_two_levels_deep_is_refused() -> None:
    sheet = office(main="xl/workbook.xml")
    inner = office({"xl/embeddings/b.xlsx": sheet}, main="xl/workbook.xml")
    assert "arsip di dalamnya" in refused("laporan.docx", office({"word/embeddings/a.xlsx": inner}))


def test_a_locked_or_old_word_file_is_refused_with_the_way_out() -> None:
    assert "tanpa kata sandi" in refused("laporan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Laporan Triwulan III.PDF", "Laporan Triwulan III.pdf"),
        ("C:\\Users\\siti\\Dokumen\\foto.JPG", "foto.jpg"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("lap\x00oran\u202efdp.pdf", "laporanfdp.pdf"),
        ('a"b<c>|?.pdf', "a b c.pdf"),
        (".pdf", "berkas.pdf"),
        ("", "berkas"),
    ],
)
def test_names_are_kept_without_path_and_tricks(name: str, kept: str) -> None:
    assert upload.safe_name(name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = upload.safe_name("x" * 300 + ".docx")
    assert len(kept) == upload.MAX_NAME
    assert kept.endswith(".docx")
