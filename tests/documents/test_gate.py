"""Word files from outside: good ones pass, dangerous ones are refused with a plain reason."""

import struct
import time
import zipfile

import pytest

from portal.documents import gate
from portal.documents.refusal import FileRefused
from tests.documents import builders

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def document(inside, head=""):
    return {"word/document.xml": f"{head}<w:document {W}><w:body>{inside}</w:body></w:document>".encode()}


def relation(kind, target, mode=""):
    row = f'<Relationship Id="rId9" Type="{OFFICE}/{kind}" Target="{target}" {mode}/>'
    return {"word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{row}</Relationships>'.encode()}


def field(*pieces):
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    text = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f"<w:p>{begin}{text}{end}</w:p>"


EXTERNAL = 'TargetMode="External"'
ENTITY = '<!DOCTYPE a [<!ENTITY b "x">]>'


def types(kind):
    text = f'<Types xmlns="x"><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    return {"[Content_Types].xml": text.encode()}


BAD = {
    "old office file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "Simpan ulang sebagai .docx"),
    "no zip": (b"%PDF-1.7", "bukan berkas Word"),
    "empty": (b"", "bukan berkas Word"),
    "broken zip": (builders.docx()[:200], "rusak"),
    "no types": (builders.docx(without=("[Content_Types].xml",)), "bukan berkas Word"),
    "a workbook": (builders.docx(types("application/vnd.ms-excel")), "bukan berkas Word"),
    "docm": (builders.docx(types("application/vnd.ms-word.document.macroEnabled.main+xml")), "makro"),
    "vba": (builders.docx({"word/vbaProject.bin": b"x"}), "makro"),
    "ole": (builders.docx({"word/embeddings/a.xlsx": b"x"}), "makro"),
    "html chunk": (builders.docx({"word/chunk.html": b"x"}), "makro"),
    "parent folder": (builders.docx({"../x.xml": b"<a/>"}), "berbahaya"),
    "absolute name": (builders.docx({"/etc/passwd": b"x"}), "berbahaya"),
    "drive name": (builders.docx({"c:x.xml": b"<a/>"}), "berbahaya"),
    "names by case": (builders.docx({"WORD/document.xml": b"<a/>"}), "dua kali"),
    "bzip": (builders.zipped({"a.xml": b"<a/>"}, zipfile.ZIP_BZIP2), "dipadatkan"),
    "dtd": (builders.docx(document("", ENTITY)), "DTD"),
    "dtd in utf-16": (builders.docx({"word/x.xml": (ENTITY + "<a/>").encode("utf-16")}), "penyandian"),
    "broken xml": (builders.docx({"word/x.xml": b"<a>"}), "word/x.xml"),
    "remote template": (builders.docx(relation("attachedTemplate", "https://x.example/a.dotm", EXTERNAL)), "templat"),
    "remote picture": (builders.docx(relation("image", "https://x.example/a.png", EXTERNAL)), "dari luar"),
    "file link": (builders.docx(relation("hyperlink", "file:///c:/x", EXTERNAL)), "alamat web"),
    "altChunk": (builders.docx(document("<w:altChunk/>")), "menyertakan"),
    "altChunk relation": (builders.docx(relation("aFChunk", "a.txt")), "menyertakan"),
    "DDE": (builders.docx(document(field("DDE c:\\cmd"))), "bidang"),
    "DDEAUTO over runs": (builders.docx(document(field(" DDE", "AUTO c:\\cmd"))), "bidang"),
    "field in field": (builders.docx(document(field("IF ", "x") + field("INCLUDETEXT a"))), "bidang"),
    "simple field": (builders.docx(document('<w:p><w:fldSimple w:instr="INCLUDEPICTURE a"/></w:p>')), "bidang"),
}


@pytest.mark.parametrize("name", BAD)
def test_dangerous_file_is_refused_with_its_reason(name):
    content, reason = BAD[name]
    with pytest.raises(FileRefused) as refusal:
        gate.check(content)
    assert reason in str(refusal.value)


def test_a_good_file_passes_and_gives_its_parts():
    parts = gate.check(builders.docx(relation("hyperlink", "https://kemensos.example", EXTERNAL)))
    assert b"Isi" in parts["word/document.xml"]


def test_harmless_fields_pass():
    parts = gate.check(builders.docx(document(field(" REF _Ref1 \\n \\h ") + field(" PAGE "))))
    assert "word/document.xml" in parts


def test_a_cleaned_file_passes_again():
    assert gate.check(gate.cleaned(builders.docx())) == gate.check(builders.docx())


def test_a_part_that_unpacks_too_large_is_stopped_while_unpacking():
    content = builders.docx({"word/media/a.png": bytes(gate.MOST_OF_A_PART + 1)})
    assert len(content) < 100_000
    with pytest.raises(FileRefused, match="terlalu besar"):
        gate.check(content)


def test_many_large_parts_together_are_stopped():
    large = bytes(gate.MOST_OF_A_PART - 1)
    content = builders.docx({f"word/media/{n}.png": large for n in range(4)})
    with pytest.raises(FileRefused, match="terlalu besar"):
        gate.check(content)


def test_a_size_that_lies_in_the_directory_is_found_out():
    """The directory says 10 bytes; what counts is what comes out."""
    content = bytearray(builders.zipped({"[Content_Types].xml": b"<a/>" * 1000}))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    with pytest.raises(FileRefused):
        gate.check(bytes(content))


def test_millions_of_paragraphs_in_a_small_file_are_refused_at_once():
    content = builders.docx(document("<w:p/>" * 3_000_000))
    assert len(content) < 100_000
    started = time.process_time()
    with pytest.raises(FileRefused, match="terlalu panjang"):
        gate.check(content)
    assert time.process_time() - started < 5


def test_more_members_than_allowed_are_refused():
    content = builders.docx({f"word/x{n}.txt": b"" for n in range(gate.MOST_MEMBERS)})
    with pytest.raises(FileRefused, match="600"):
        gate.check(content)


def test_a_file_above_the_limit_is_refused_unread():
    with pytest.raises(FileRefused, match="20 MB"):
        gate.check(b"PK\x03\x04" + bytes(gate.MOST_BYTES))
