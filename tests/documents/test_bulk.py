"""Many drafts in one archive: streamed, safely named, listed; a failing row stops no other."""

import csv
import hashlib
import io
import zipfile

import pytest

from portal.documents import bulk, render
from portal.documents.refusal import TemplateRefused
from tests.documents import builders

TEMPLATE = builders.template(builders.text("Kepada {{ nama }}: {{ jumlah | terbilang }}"))


class OneWay(io.RawIOBase):
    """A stream that can only be written on, as one to a browser."""

    def __init__(self):
        self.pieces = []

    def writable(self):
        return True

    def write(self, piece):
        self.pieces.append(bytes(piece))
        return len(piece)


def archive(rows, template=TEMPLATE):
    stream = OneWay()
    made = bulk.write_zip(stream, template, rows)
    return made, zipfile.ZipFile(io.BytesIO(b"".join(stream.pieces)))


def listed(packed):
    return list(csv.DictReader(io.StringIO(packed.read(bulk.LIST).decode("utf-8-sig"))))


def test_every_row_is_a_file_and_a_line_of_the_list():
    rows = [(f"Yayasan {n}", {"nama": f"N{n}", "jumlah": n, "nomor": f"{n}/PKS"}) for n in range(3)]
    made, packed = archive(rows)
    assert packed.testzip() is None
    assert [one.compress_type for one in packed.infolist()] == [zipfile.ZIP_STORED] * 4
    for one, (_, values) in zip(made, rows, strict=True):
        content = packed.read(one.name)
        assert content == render.render(TEMPLATE, values).content
        assert (one.digest, one.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert [(line["Nomor Naskah"], line["Mitra"], line["Berkas"]) for line in listed(packed)] == [
        (f"{n}/PKS", f"Yayasan {n}", f"Yayasan {n}.docx") for n in range(3)
    ]
    assert [line["SHA-256"] for line in listed(packed)] == [one.digest for one in made]


def test_a_failing_row_is_named_and_stops_no_other():
    rows = [("A", {"nama": "A", "jumlah": 1}), ("B", {"nama": "B", "jumlah": "x"}), ("C", None), ("D", {"nama": "D"})]
    made, packed = archive(rows)
    assert [bool(one.error) for one in made] == [False, True, True, False]
    assert [one.missing for one in made] == [0, 0, 0, 1]
    assert packed.namelist() == ["A.docx", "D.docx", bulk.LIST]
    assert ["jumlah" in line["Keterangan"] for line in listed(packed)] == [False, True, False, False]


def test_rows_are_taken_one_by_one():
    stream, taken = OneWay(), []

    def rows():
        for number in range(3):
            taken.append(len(stream.pieces))
            yield f"M{number}", {"nama": "x", "jumlah": number}

    bulk.write_zip(stream, TEMPLATE, rows())
    assert taken == [0, 2, 4]


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
    assert bulk.safe_name(called, set()) == name


def test_names_are_unique_whatever_their_case():
    made, packed = archive([(name, {"nama": "x", "jumlah": 1}) for name in ("Sinar", "SINAR", "sinar")])
    assert [one.name for one in made] == ["Sinar.docx", "SINAR (2).docx", "sinar (3).docx"]
    assert len(set(packed.namelist())) == 4


def test_the_list_holds_no_formula():
    _, packed = archive([("=1+1", {"nama": "x", "jumlah": 1})])
    assert listed(packed)[0]["Mitra"] == "'=1+1"


def test_a_broken_template_makes_nothing():
    stream = OneWay()
    with pytest.raises(TemplateRefused):
        bulk.write_zip(stream, builders.template(builders.text("{{ nma }}")), [("A", {})])
    assert stream.pieces == []


def test_an_archive_of_nothing_is_its_list():
    _, packed = archive([])
    assert packed.namelist() == [bulk.LIST]
