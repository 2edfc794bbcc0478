"""Which names of the schema a text or a Word file uses, and how often."""

import pytest

from portal.documents import about, usage
from portal.documents.refusal import FileRefused
from tests.factories.doc_templates import misspelt, shipped

NAMES = {
    "judul",
    "tanggal",
    "tempat",
    "pihak",
    "pihak[].nama",
    "pihak[].kewajiban",
    "pihak[].kewajiban[]",
    "induk.judul",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ judul | kapital }} dan {{judul}}", {"judul": 2}),
        ("{% untuk p dalam pihak %}{{ p.nama }}{% akhir untuk %}", {"pihak": 1, "pihak[].nama": 1}),
        ("{% for p in pihak %}{{ p.nama }}{% endfor %}{{ p.nama }}", {"pihak": 1, "pihak[].nama": 1}),
        (
            "{% untuk p dalam pihak %}{% untuk k dalam p.kewajiban %}{{ k }}{% akhir %}{% akhir %}",
            {"pihak": 1, "pihak[].kewajiban": 1, "pihak[].kewajiban[]": 1},
        ),
        (
            '{% jika induk.judul == “tempat” dan tanggal %}{{ tempat | baku("judul") }}{% akhir jika %}',
            {"induk.judul": 1, "tanggal": 1, "tempat": 1},
        ),
        ("{%p jika judul %}{{ entah }}", {"judul": 1}),
        ("judul tanpa tag", {}),
    ],
)
def test_names_are_counted_where_tags_use_them(text, expected):
    assert dict(usage.of_text(text, NAMES)) == expected


def test_the_names_of_a_word_file_are_found_in_every_part():
    names = about.read("mou").names
    used = usage.of_file(shipped(), names)
    assert used["judul"] >= 1
    assert used["pihak[].nama"] >= 2
    assert usage.of_file(misspelt(), names)["judul"] == used["judul"] - 1
    assert "word/document.xml" in usage.paragraphs(shipped())


def test_a_file_that_is_no_word_file_is_refused():
    with pytest.raises(FileRefused):
        usage.of_file(b"PK\x03\x04", NAMES)
