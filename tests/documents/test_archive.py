"""Many files in one ZIP: names that differ and are safe, a list beside them, the same bytes each time."""

import csv
import io
import zipfile

from portal.documents import archive, bulk
from portal.documents.archive import Entry

ENTRIES = (
    Entry(name="PKS-1 Yayasan A/B", content=b"satu", told=(2, "=1+1")),
    Entry(name="PKS-1 yayasan b", content=b"dua", told=(3, "biasa; saja")),
    Entry(name="pks-1 yayasan b", content=b"tiga", told=(4, "x")),
)


def opened():
    return zipfile.ZipFile(io.BytesIO(archive.bundle(ENTRIES, headings=["Berkas", "Baris", "Mitra"])))


def test_names_are_safe_and_differ_on_every_system():
    with opened() as made:
        names = made.namelist()
        assert names == ["PKS-1 Yayasan A B.docx", "PKS-1 yayasan b.docx", "pks-1 yayasan b (2).docx", bulk.LIST]
        assert [made.read(name) for name in names[:3]] == [b"satu", b"dua", b"tiga"]
        assert {each.compress_type for each in made.infolist()} == {zipfile.ZIP_STORED}


def test_the_list_tells_of_every_file_and_holds_no_formula():
    with opened() as made:
        text = made.read(bulk.LIST).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Berkas", "Baris", "Mitra"]
    assert rows[1] == ["PKS-1 Yayasan A B.docx", "2", "'=1+1"]
    assert rows[2] == ["PKS-1 yayasan b.docx", "3", "biasa; saja"]


def test_the_same_files_make_the_same_bytes():
    assert archive.bundle(ENTRIES, headings=["a"]) == archive.bundle(iter(ENTRIES), headings=["a"])
