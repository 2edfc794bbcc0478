"""Many files in one ZIP: written one by one, names that differ and are safe, a list beside them, the same bytes."""

import csv
import io
import zipfile

import pytest

from portal.documents import archive
from portal.documents.archive import Entry

ENTRIES = (
    Entry(name="PKS-1 Yayasan A/B", content=b"satu", told=(2, "=1+1")),
    Entry(name="PKS-1 yayasan b", content=b"dua", told=(3, "biasa; saja")),
    Entry(name="pks-1 yayasan b", content=b"tiga", told=(4, "x")),
)


class OneWay(io.RawIOBase):
    """A stream that can only be written on, as one to a browser."""

    def __init__(self):
        self.pieces = []

    def writable(self):
        return True

    def write(self, piece):
        self.pieces.append(bytes(piece))
        return len(piece)


def written(entries, headings=("Berkas", "Baris", "Mitra")):
    stream = OneWay()
    size = archive.write(stream, entries, headings=headings)
    content = b"".join(stream.pieces)
    assert size == len(content)
    return content


def opened(entries=ENTRIES):
    return zipfile.ZipFile(io.BytesIO(written(entries)))


def test_names_are_safe_and_differ_on_every_system():
    with opened() as made:
        names = made.namelist()
        assert names == ["PKS-1 Yayasan A B.docx", "PKS-1 yayasan b.docx", "pks-1 yayasan b (2).docx", archive.LIST]
        assert made.testzip() is None
        assert [made.read(name) for name in names[:3]] == [b"satu", b"dua", b"tiga"]
        assert {each.compress_type for each in made.infolist()} == {zipfile.ZIP_STORED}


def test_the_list_tells_of_every_file_and_holds_no_formula():
    with opened() as made:
        text = made.read(archive.LIST).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows == [
        ["Berkas", "Baris", "Mitra"],
        ["PKS-1 Yayasan A B.docx", "2", "'=1+1"],
        ["PKS-1 yayasan b.docx", "3", "biasa; saja"],
        ["pks-1 yayasan b (2).docx", "4", "x"],
    ]


def test_the_same_files_make_the_same_bytes():
    assert written(ENTRIES) == written(iter(ENTRIES))


def test_files_are_taken_one_by_one():
    stream, taken = OneWay(), []

    def entries():
        for entry in ENTRIES:
            taken.append(len(stream.pieces))
            yield entry

    archive.write(stream, entries(), headings=["a"])
    assert taken == [0, 2, 4]


def test_an_archive_of_nothing_is_its_list():
    with opened(()) as made:
        assert made.namelist() == [archive.LIST]


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("../../etc/passwd", "etc passwd.docx"),
        ("C:\\x|y?*", "C x y.docx"),
        ("", "naskah.docx"),
        ("CON", "naskah CON.docx"),
        ("a" * 300, "a" * 80 + ".docx"),
        ("PT Ånd & Mitra, Tbk.", "PT Ånd & Mitra, Tbk.docx"),
        ("x\u202ecod.exe", "x cod.exe.docx"),
    ],
)
def test_names_are_safe(called, name):
    assert archive.safe_name(called, set()) == name
