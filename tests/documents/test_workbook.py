"""Excel lists: what is written can be read back, wrong cells say why, and text never becomes a formula."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from portal.documents import workbook
from portal.documents.workbook import Heading, WrongRow
from portal.domain.errors import RuleBroken

HEADINGS = (Heading(text="Mitra", hint="Nama atau kode."), Heading(text="Judul", width=40))


def book(rows) -> bytes:
    made = Workbook()
    for cells in rows:
        made.worksheets[0].append(cells)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def test_rows_carry_the_numbers_that_excel_shows():
    sheet = workbook.read(book([["Mitra"], ["A"], [None], ["B"]]), most_rows=10)
    assert sheet.headings[0] == "Mitra"
    assert [(number, cells[0]) for number, cells in sheet.rows] == [(2, "A"), (4, "B")]


def test_more_rows_than_allowed_are_refused():
    with pytest.raises(RuleBroken, match="lebih dari 3 baris"):
        workbook.read(book([["Mitra"], *(["x"] for _ in range(4))]), most_rows=3)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04kosong", b"Mitra;Judul\n"])
def test_what_is_no_workbook_is_refused_with_the_way_out(content):
    with pytest.raises(RuleBroken, match="Simpan ulang sebagai"):
        workbook.read(content, most_rows=10)


def test_the_empty_list_carries_headings_and_hints():
    page = load_workbook(io.BytesIO(workbook.blank(HEADINGS, sheet="Daftar"))).worksheets[0]
    assert [cell.value for cell in page[1]] == ["Mitra", "Judul"]
    assert page["A1"].comment.text == "Nama atau kode."
    assert page.freeze_panes == "A2"


def test_wrong_rows_come_back_as_typed_with_the_reason_at_the_cell():
    wrong = WrongRow(
        values={"Mitra": "Yayasan X", "Judul": ["satu", "dua"]}, problems={"Mitra": "Mitra ini tidak ada."}
    )
    made = workbook.with_problems(HEADINGS, [wrong], sheet="Daftar", last="Yang perlu diperbaiki")
    page = load_workbook(io.BytesIO(made)).worksheets[0]
    assert [cell.value for cell in page[2]] == ["Yayasan X", "satu\ndua", "Mitra ini tidak ada."]
    assert page["A2"].comment.text == "Mitra ini tidak ada."
    assert page["B2"].comment is None
    assert [cells[:3] for _, cells in workbook.read(made, most_rows=10).rows] == [
        ("Yayasan X", "satu\ndua", "Mitra ini tidak ada.")
    ]


@pytest.mark.parametrize("text", ["=1+1", "+62 812", "-", "@nama"])
def test_text_never_becomes_a_formula(text):
    made = workbook.with_problems(HEADINGS, [WrongRow(values={"Mitra": text}, problems={})], sheet="D", last="Z")
    cell = load_workbook(io.BytesIO(made)).worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
