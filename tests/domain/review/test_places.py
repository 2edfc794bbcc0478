"""Where lines stand: by their styles, and by their words where a template of a partner has other styles."""

import pytest

from portal.domain import review
from portal.domain.review import places
from tests.domain.review.kinds import GOOD

FOREIGN = (
    ("", "PERJANJIAN KERJA SAMA", "Judul"),
    ("", "ANTARA A DENGAN B TENTANG C", ""),
    ("", "NOMOR : 1/A/2026", ""),
    ("", "NOMOR / NUMBER: 2/B/2026", ""),
    ("", "Pada hari ini, Sabtu tanggal 21 bulan November tahun 2026", "Body"),
    ("1.", "SITI | : | Ketua, bertindak untuk dan atas nama A, selanjutnya disebut PIHAK KESATU;", ""),
    ("a.", "bahwa A dan B bekerja sama;", ""),
    ("", "Dengan memperhatikan:", ""),
    ("1.", "Undang-Undang Nomor 11 Tahun 2009.", ""),
    ("Pasal 1", "TUJUAN", ""),
    ("", "Tujuannya:", ""),
    ("a.", "satu; dan", ""),
    ("b.", "dua.", ""),
    ("", "Pasal 2", "Heading1"),
    ("(1)", "Ayat satu:", ""),
    ("a.", "huruf a:", ""),
    ("1.", "angka satu.", ""),
    ("(2)", "Pasal 1 berlaku bagi PARA PIHAK.", ""),
    ("", "PIHAK KESATU", ""),
    ("", "SITI", ""),
    ("", "LAMPIRAN I", ""),
    ("", "NOMOR: 1/A/2026", "NomorNaskah"),
)
STAND = (
    "Judul", "Judul", "Nomor", "Nomor", "Pembukaan", "Identitas para pihak", "Pertimbangan", "Dasar hukum",
    "Dasar hukum", "Pasal 1", "Pasal 1", "Pasal 1 huruf a", "Pasal 1 huruf b", "Pasal 2", "Pasal 2 ayat (1)",
    "Pasal 2 ayat (1) huruf a", "Pasal 2 ayat (1) huruf a angka 1", "Pasal 2 ayat (2)", "Tanda tangan",
    "Tanda tangan", "Lampiran", "Lampiran",
)  # fmt: skip


def test_a_template_with_unknown_styles_is_placed_by_its_words():
    assert tuple(line.place for line in review.placed(FOREIGN)) == STAND


@pytest.mark.parametrize("name", ["mou", "pks", "synergy_note", "extension"])
def test_a_good_draft_stays_good_without_styles(name):
    subject = GOOD[name]()
    stripped = review.placed((line.label, line.text, "") for line in subject.lines)
    articles = [line.place for line in subject.lines if line.place.startswith(("Pasal", "Tanda"))]
    assert [line.place for line in stripped if line.place.startswith(("Pasal", "Tanda"))] == articles


def test_a_table_in_an_article_is_no_signature():
    lines = review.placed([("Pasal 1", "SURAT", ""), ("", "PIHAK KESATU", "Tabel"), ("(2)", "Surat dikirim.", "Ayat")])
    assert [line.place for line in lines] == ["Pasal 1", "Pasal 1", "Pasal 1 ayat (2)"]


def test_empty_paragraphs_have_no_place():
    assert review.placed([("", "  ", "IsiPasal"), ("(1)", "", "Ayat")]) == (
        review.TextLine(place="Judul", text="", label="(1)", style="Ayat"),
    )


@pytest.mark.parametrize(("place", "number"), [("Pasal 12 ayat (3)", 12), ("Pembukaan", 0)])
def test_the_number_of_an_article_is_read_from_a_place(place, number):
    assert places.article_number(place) == number


def test_a_finding_in_an_article_tells_the_key_of_the_article():
    subject = GOOD["pks"]()
    subject = review.ReviewSubject(
        **{name: getattr(subject, name) for name in subject.__dataclass_fields__ if name != "lines"},
        lines=tuple(
            review.TextLine(
                place=one.place, text=one.text.replace("14 (empat", "15 (empat"), label=one.label, style=one.style
            )
            for one in subject.lines
        ),
    )
    (finding,) = review.check(subject)
    assert (finding.place, finding.article, finding.section) == ("Pasal 10", "kahar", "articles")
