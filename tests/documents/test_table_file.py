"""Lists as Excel files: values stand as what they are, text never becomes a formula, and rows are not kept."""

import io
import tracemalloc
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from portal.documents import table_file
from portal.documents.table_file import Column, Sheet

WALL = datetime(2026, 11, 24, 9, 30)  # noqa: DTZ001 - cells carry no zone
COLUMNS = [Column(text="Perihal", width=40), Column(text="Kapan"), Column(text="Sisa")]


def written(*sheets):
    kept = io.BytesIO()
    table_file.write(kept, sheets)
    kept.seek(0)
    return kept


def rows_of(kept, sheet=0):
    return list(load_workbook(kept).worksheets[sheet].iter_rows(values_only=True))


def test_numbers_dates_and_instants_stand_as_what_they_are():
    rows = [("Laporan", date(2026, 12, 1), -3), (None, WALL, 0), ("", None, None)]
    book = load_workbook(written(Sheet(name="Rencana", columns=COLUMNS, rows=rows)))
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]] == ["Perihal", "Kapan", "Sisa"]
    assert [cell.value for cell in page[2]] == ["Laporan", datetime(2026, 12, 1), -3]  # noqa: DTZ001 - as Excel has it
    assert page["B2"].number_format == r"d\ mmm\ yyyy"
    assert [cell.value for cell in page[3]] == [None, WALL, 0]
    assert (page.title, page.freeze_panes, page.auto_filter.ref) == ("Rencana", "A2", "A1:C4")
    assert page.column_dimensions["A"].width == 40


@pytest.mark.parametrize("text", ["=1+1", "+62 812", "-", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_text_never_becomes_a_formula_even_after_it_is_edited_in_excel(text):
    kept = written(Sheet(name="a", columns=COLUMNS, rows=[(text, None, None)]))
    cell = load_workbook(kept).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix
    assert b"<f>" not in zipfile.ZipFile(kept).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("baris satu\nbaris dua", "baris satu\nbaris dua"),
        (" <b> & \"'", " <b> & \"'"),
        ("bel\x07, \ud800 dan \x00nol", "bel,  dan nol"),
        ("_x0041_", "_x0041_"),
        ("é 漢 🙂", "é 漢 🙂"),
        ("a" * 40_000, "a" * 32_766 + "…"),
    ],
    ids=["lines", "markup", "forbidden", "code", "letters", "long"],
)
def test_any_text_can_be_read_back(text, read):
    [_, (found, *_rest)] = rows_of(written(Sheet(name="a", columns=COLUMNS, rows=[(text, None, None)])))
    assert unescape(found) == read


def test_sheets_stand_in_order_under_names_that_excel_takes():
    kept = written(*(Sheet(name=name, columns=COLUMNS, rows=[]) for name in ("Rencana", "Gagal/dilewati" * 4)))
    assert load_workbook(kept).sheetnames == ["Rencana", "Gagal dilewatiGagal dilewatiGag"]
    assert rows_of(kept, sheet=1) == [("Perihal", "Kapan", "Sisa")]


def test_equal_rows_give_equal_bytes():
    sheet = Sheet(name="a", columns=COLUMNS, rows=[("x", date(2026, 1, 2), 3)])
    assert written(sheet).getvalue() == written(sheet).getvalue()


def test_rows_are_taken_one_after_the_other_and_not_kept():
    def rows(count):
        return ((f"Laporan {number} " * 20, date(2026, 1, 1), number) for number in range(count))

    def peak(count):
        tracemalloc.start()
        table_file.write(Away(), [Sheet(name="a", columns=COLUMNS, rows=rows(count))])
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(8_000) < peak(1_000) * 1.5


class Away(io.RawIOBase):
    """A file that forgets what is written to it."""

    def writable(self):
        return True

    def write(self, content):
        return len(content)
