"""The preview says all that the Word file says: every number, every cell, every change, every mark."""

import sys
import time

import pytest

from portal.documents import numbering, package, preview
from portal.documents.preview import Block, Piece
from portal.documents.refusal import FileRefused
from portal.documents.starters import blocks
from portal.documents.wordxml import parse
from tests.documents import attacks, builders, papers


def read(body):
    return preview.blocks(builders.docx(attacks.document(body)))


def labels(made):
    for block in made:
        if block.label:
            yield block.label
        for row in block.rows:
            for cell in row:
                yield from labels(cell)


def text_run(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize("name", papers.PAPERS)
def test_every_number_is_shown(name):
    content = papers.PAPERS[name]()
    parts = package.unpack(content)
    counted = numbering.read(parts).walk(parse(parts["word/document.xml"]))
    ours = [found.label for _, found in counted if found]
    assert list(labels(preview.blocks(content))) == ours
    assert ours


def test_the_kinds_of_blocks():
    body = (
        "<w:p><w:pPr><w:jc w:val='center'/></w:pPr>" + text_run("JUDUL", "<w:b/>") + "</w:p>"
        + blocks.pasal("Satu") + blocks.isi("biasa") + blocks.ayat("x") + blocks.huruf("p")
        + "<w:p><w:r><w:drawing/></w:r></w:p>"
    )  # fmt: skip
    made = read(body)
    assert [(block.kind, block.level, block.label) for block in made] == [
        ("title", 0, ""),
        ("article", 0, "Pasal 1"),
        ("text", 0, ""),
        ("item", 1, "(1)"),
        ("item", 2, "a."),
        ("picture", 0, ""),
    ]
    assert made[1].text == "\nSATU"


def test_letters_straight_under_an_article_stand_at_the_margin():
    made = read(blocks.pasal("Satu") + blocks.isi("meliputi:") + blocks.huruf("p", shallow=True))
    assert [(block.label, block.level) for block in made] == [("Pasal 1", 0), ("", 0), ("a.", 1)]


def test_tracked_changes_are_told_apart():
    body = (
        f"<w:p>{text_run('lama ')}<w:del>{text_run('hilang').replace('w:t', 'w:delText')}</w:del>"
        f"<w:ins>{text_run('baru')}</w:ins><w:moveFrom>{text_run('dari')}</w:moveFrom>"
        f"<w:moveTo>{text_run('ke')}</w:moveTo></w:p>"
    )
    [block] = read(body)
    assert [(piece.text, piece.change) for piece in block.pieces] == [
        ("lama ", ""),
        ("hilang", "del"),
        ("baru", "ins"),
        ("dari", "del"),
        ("ke", "ins"),
    ]
    assert block.text == "lama baruke"


def test_what_is_missing_and_what_is_marked_are_told_apart():
    yellow, plain = '<w:highlight w:val="yellow"/>', '<w:highlight w:val="none"/>'
    missing = text_run("[belum diketahui: nama]", yellow)
    [block] = read(f"<w:p>{text_run('a ')}{missing}{text_run('b', yellow)}{text_run('c', plain)}</w:p>")
    assert [(piece.text, piece.mark) for piece in block.pieces] == [
        ("a ", ""),
        ("[belum diketahui: nama]", "missing"),
        ("b", "highlight"),
        ("c", ""),
    ]


def test_text_torn_over_runs_is_one_piece_and_looks_are_kept():
    [block] = read(builders.split("sa", "tu ").replace("</w:p>", text_run("dua", "<w:i/>") + "</w:p>"))
    assert block.pieces == (Piece(text="satu ", is_bold=True), Piece(text="dua", is_italic=True))


def test_the_look_of_a_style_counts():
    [block] = read(blocks.paragraph("JudulNaskah", "JUDUL"))
    assert (block.kind, block.pieces[0].is_bold) == ("title", True)


def test_instructions_of_fields_are_no_text():
    [block] = read(f"<w:p>{blocks.run('lihat ')}{blocks.field('REF _Ref1 &#92;n &#92;h', 'Pasal 2')}</w:p>")
    assert block.text == "lihat Pasal 2"


def test_tables_are_read_by_rows_and_inner_tables_stay_inside():
    inner = blocks.table((1000,), blocks.row(blocks.cell(1000, blocks.isi("dalam"))))
    outer = blocks.table(
        (4000, 4000),
        blocks.row(blocks.cell(4000, blocks.isi("a")), blocks.cell(4000, blocks.isi("b"))),
        blocks.row(blocks.cell(4000, blocks.isi("c")), blocks.cell(4000, inner, blocks.isi("d"))),
    )
    [table] = read(outer)
    assert [[[block.kind for block in cell] for cell in row] for row in table.rows] == [
        [["text"], ["text"]],
        [["text"], ["table", "text"]],
    ]
    assert list(preview.lines(table)) == ["a | b", "c | dalam d"]


def test_content_controls_and_links_are_read_through():
    [block] = read(
        "<w:sdt><w:sdtContent><w:p>"
        f"<w:sdt><w:sdtContent>{text_run('isi ')}</w:sdtContent></w:sdt><w:hyperlink>{text_run('tautan')}</w:hyperlink>"
        "</w:p></w:sdtContent></w:sdt>"
    )
    assert block.text == "isi tautan"


def test_text_in_a_box_is_read_once_after_its_paragraph():
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{blocks.ayat('dalam kotak')}</w:txbxContent>"
    body = (
        f"<w:p>{blocks.run('luar')}<w:r><mc:AlternateContent xmlns:mc='{compatible}'><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [(block.label, block.text) for block in read(body)] == [("", "luar"), ("(1)", "dalam kotak")]


def test_the_plain_text_has_a_line_for_every_paragraph_and_row():
    row = blocks.row(blocks.cell(4000, blocks.isi("Unit")), blocks.cell(4000, blocks.isi("Direktorat")))
    body = blocks.pasal("Satu") + blocks.ayat("x") + blocks.isi("") + blocks.table((4000, 4000), row)
    content = builders.docx(attacks.document(body))
    assert preview.text(content).split("\n") == ["Pasal 1 SATU", "(1) x", "Unit | Direktorat"]


def test_markup_in_a_value_stays_text():
    assert read(blocks.isi("<script>alert(1)</script>"))[0].text == "<script>alert(1)</script>"


def test_a_dangerous_file_is_not_shown():
    with pytest.raises(FileRefused):
        preview.blocks(attacks.BAD["DDE"][0])


def test_ten_pages_take_little_time(capsys):
    """Printed, not judged: the machine decides how long a millisecond is."""
    article = blocks.pasal("Judul") + blocks.ayat(*["kata " * 40] * 4) + blocks.huruf(*["kata " * 12] * 4)
    content = builders.docx(attacks.document(article * 25))
    preview.blocks(content)
    started = time.process_time()
    made = preview.blocks(content)
    spent = (time.process_time() - started) * 1000
    with capsys.disabled():
        sys.stdout.write(f"\npreview of {len(made)} paragraphs: {spent:.0f} ms CPU\n")
    assert sum(block.kind == "article" for block in made) == 25
    assert all(isinstance(block, Block) for block in made)
