"""What the tags of a template turn into."""

import pytest

from portal.documents import package, render
from portal.documents.refusal import TemplateRefused
from portal.documents.starters import blocks
from portal.documents.wordxml import parse
from tests.documents import builders, reading, soundness


def lines(body, **values):
    rendered = render.render(builders.template(body), values)
    return [line for line in reading.lines(rendered.content) if line]


@pytest.mark.parametrize(
    "value",
    ["PT A & B", "CV <Sinar> Abadi", "\"q\" 'q'", "{{ jumlah }}", "{% akhir %}", "emoji 🙂", "ä" * 10_000],
)
def test_values_are_text_and_never_markup(value):
    assert lines(builders.text("Nama: {{ nama }}.") + builders.text("Sesudahnya."), nama=value) == [
        f"Nama: {value}.",
        "Sesudahnya.",
    ]


def test_line_breaks_of_a_value_become_words_own():
    made = render.render(builders.template(builders.text("{{ nama }}")), {"nama": "satu\ndua\ttiga"})
    root = reading.main_part(made.content)
    assert len(list(root.iter(reading.w("br")))) == 1
    assert len(list(root.iter(reading.w("tab")))) == 1


def test_control_characters_are_left_out():
    assert lines(builders.text("{{ nama }}"), nama="a\x00b\x0bc\ud800d") == ["abcd"]


@pytest.mark.parametrize("part", ["word/document.xml", "word/footer1.xml"])
def test_odd_values_in_a_cell_or_beside_the_page_harm_nothing_after_them(part):
    """A value with breaks, tabs and signs that XML cannot carry stays in its cell; what follows is as it was."""
    row = blocks.row(blocks.cell(9, builders.text("{{ nama }}")), blocks.cell(9, builders.text("b")))
    body = blocks.table((9, 9), row) + builders.text("Sesudahnya.")
    is_main = part.endswith("document.xml")
    template = builders.template(body if is_main else builders.text("x"), footer=None if is_main else body)
    content = render.render(template, {"nama": "A & <B>\nC\tD\x0b\x00{{ x }}"}).content
    assert soundness.faults(content, has_tags=True) == []
    assert reading.lines(content, part) == ["A & <B> – CD{{ x }} | b", "Sesudahnya."]
    root = parse(package.unpack(content)[part])
    cell = next(root.iter(reading.TC))
    assert (len(list(cell.iter(reading.w("br")))), len(list(cell.iter(reading.w("tab"))))) == (1, 1)
    assert len(list(root.iter(reading.P))) == 3


BETWEEN = (
    '<w:proofErr w:type="spellStart"/><w:proofErr w:type="spellEnd"/>'
    "<w:r><w:rPr><w:b/></w:rPr><w:lastRenderedPageBreak/></w:r>"
    '<w:bookmarkStart w:id="9" w:name="_GoBack"/><w:bookmarkEnd w:id="9"/>'
)
"""Marks of proofing, an old break of pages, the last place of typing."""


@pytest.mark.parametrize("between", ["", BETWEEN], ids=["nothing", "what Word leaves"])
def test_a_tag_torn_over_runs_at_any_two_places_prints_the_same(between):
    """Every pair of cuts, one paragraph each, with what Word leaves between the pieces."""
    words = "Kepada {{ nama | kapital }}."
    cuts = [(one, two) for one in range(1, len(words)) for two in range(one, len(words))]
    body = "".join(builders.split(words[:one], words[one:two], words[two:], between=between) for one, two in cuts)
    assert lines(body, nama="Yayasan") == ["Kepada YAYASAN."] * len(cuts)
    assert len(cuts) > 300  # every pair


def test_curly_quotes_and_hard_spaces_work_inside_tags_and_stay_outside():
    body = builders.text("“Nama”\u00a0{{\u00a0pilihan | baku(“tidak ada”) }}")
    assert lines(body) == ["“Nama”\u00a0tidak ada"]


def test_a_value_keeps_the_look_of_its_tag():
    made = render.render(builders.template(builders.text("**{{ nama }}**")), {"nama": "Yayasan"})
    run = next(run for run in reading.main_part(made.content).iter(reading.R) if reading.text_of(run) == "Yayasan")
    assert run.find(f"{reading.w('rPr')}/{reading.w('b')}") is not None


def test_a_condition_takes_its_paragraphs_away():
    body = blocks.when("pilihan", builders.text("ada"), otherwise=[builders.text("tidak ada")])
    made = render.render(builders.template(body), {"pilihan": "x"})
    assert reading.lines(made.content) == ["ada"]
    assert lines(body) == ["tidak ada"]


def test_an_inline_condition_that_prints_nothing_leaves_no_paragraph():
    body = builders.text("{% jika pilihan %}ada{% akhir jika %}") + builders.text("akhir")
    assert reading.lines(render.render(builders.template(body), {}).content) == ["akhir"]


def test_branches_are_tried_in_order():
    body = builders.text("{% jika jumlah > 2 %}banyak{% atau jika jumlah == 2 %}dua{% selain itu %}sedikit{% akhir %}")
    assert [lines(body, jumlah=count) for count in (3, 2, 1)] == [["banyak"], ["dua"], ["sedikit"]]


def test_a_loop_repeats_paragraphs_and_knows_its_place():
    body = blocks.each("b", "benda", builders.text("{{ putaran.huruf }}) {{ b }}" + blocks.ENDING))
    assert lines(body, benda=["satu", "dua", "tiga"]) == ["a) satu;", "b) dua; dan", "c) tiga."]


def test_an_empty_list_leaves_nothing():
    rows = (blocks.command_row("untuk b dalam benda", 1), blocks.row(blocks.cell(99, builders.text("{{ b }}"))))
    table = blocks.table((99,), *rows, blocks.command_row("akhir untuk", 1))
    body = table + blocks.each("b", "benda", builders.text("{{ b }}")) + builders.text("akhir")
    made = render.render(builders.template(body), {"benda": []})
    assert reading.lines(made.content) == ["akhir"]
    assert not list(reading.main_part(made.content).iter(reading.TBL))


def test_a_loop_repeats_rows():
    rows = (
        blocks.command_row("untuk b dalam benda", 2),
        blocks.row(blocks.cell(9, builders.text("{{ putaran.nomor }}")), blocks.cell(9, builders.text("{{ b }}"))),
        blocks.command_row("akhir untuk", 2),
    )
    assert lines(blocks.table((9, 9), *rows), benda=["x", "y"]) == ["1 | x", "2 | y"]


def test_a_loop_repeats_cells_and_shares_the_width_of_the_table():
    cells = (
        blocks.command_cell("untuk b dalam benda"),
        blocks.cell(300, builders.text("{{ b }}")),
        blocks.command_cell("akhir untuk"),
    )
    table = blocks.table((300, 300, 300), blocks.row(*cells))
    made = render.render(builders.template(table), {"benda": ["x", "y"]})
    assert reading.lines(made.content) == ["x | y"]
    grid = next(reading.main_part(made.content).iter(reading.w("tblGrid")))
    assert [column.get(reading.w("w")) for column in grid] == ["450", "450"]


def test_every_cell_keeps_a_paragraph():
    table = blocks.table((9,), blocks.row(blocks.cell(9, builders.text("{{ pilihan }}"))))
    made = render.render(builders.template(table + builders.text("akhir")), {})
    cell = next(reading.main_part(made.content).iter(reading.TC))
    assert [child.tag for child in cell][-1] == reading.P


def test_notes_are_not_printed():
    assert lines(builders.text("{# nanti #}") + builders.text("a{# x #}b")) == ["ab"]


def test_loops_within_loops():
    inner = blocks.each("b", "p.butir", builders.text("- {{ b }}"))
    body = blocks.each("p", "pihak", builders.text("{{ p.sebutan }}"), inner)
    pihak = [{"sebutan": "A", "butir": ["1", "2"]}, {"sebutan": "B", "butir": []}]
    assert lines(body, pihak=pihak) == ["A", "- 1", "- 2", "B"]


def test_footers_are_filled_too():
    template = builders.template(builders.text("isi"), footer=builders.text("{{ nama }}"))
    made = render.render(template, {"nama": "Yayasan"})
    assert reading.lines(made.content, "word/footer1.xml") == ["Yayasan"]


def test_equal_input_gives_equal_bytes():
    template = builders.template(builders.text("{{ nama }}"))
    assert render.render(template, {"nama": "A"}).content == render.render(template, {"nama": "A"}).content


def test_a_runaway_list_is_stopped():
    body = blocks.each("p", "pihak", blocks.each("b", "p.butir", builders.text("x")))
    pihak = [{"sebutan": "A", "butir": ["b"] * 200}] * 200
    with pytest.raises(TemplateRefused, match="20000"):
        render.render(builders.template(body), {"pihak": pihak})


def test_a_value_that_does_not_fit_its_filter_is_named():
    with pytest.raises(TemplateRefused, match=r"jumlah \| rupiah"):
        render.render(builders.template(builders.text("{{ jumlah | rupiah }}")), {"jumlah": "banyak"})


def test_a_picture_does_not_vanish_with_a_tag_beside_it():
    picture = f"<w:p><w:r><w:drawing/></w:r>{blocks.run('{% jika pilihan %}x{% akhir jika %}')}</w:p>"
    made = render.render(builders.template(picture), {})
    assert len(list(reading.main_part(made.content).iter(reading.w("drawing")))) == 1
