"""The articles of a draft in the slot of a template: styles, tables, commands, two languages."""

import pytest

from portal.documents import clauses, render
from portal.documents.refusal import TemplateRefused
from portal.documents.starters import blocks
from portal.documents.wordxml import TBL, TC, TR, P, style_of, w
from portal.domain.clause import Article
from tests.documents import builders, reading, soundness

SLOT = builders.template(builders.text("awal") + builders.text("{% pasal %}") + builders.text("akhir"))
TEXT = """(1) Ayat pertama:
a. huruf {{ nama }};
1. angka
a) kecil
1) lebih kecil
(2) {% label kedua %}Ayat & kedua <penuh>
{% jika pilihan %}
(3) Boleh hilang, lihat {{ rujuk.satu }}
{% akhir jika %}
Tanpa nomor"""


def article(key="satu", title="Judul & Satu", text=TEXT, **more):
    return Article(key=key, title=title, text=text, **more)


def lines(articles, **values):
    return [line for line in reading.lines(drafted(articles, **values).content) if line]


def drafted(articles, template=SLOT, **values):
    return render.render(clauses.splice(template, articles), values)


def test_lines_get_the_styles_of_their_levels():
    made = drafted([article()], nama="N", pilihan=1)
    paragraphs = list(reading.main_part(made.content).iter(P))
    styles = ["Pasal", "Ayat", "Huruf", "Angka", "HurufKecil", "AngkaKecil", "Ayat", "Ayat", "IsiPasal"]
    assert [style_of(one) for one in paragraphs][1:-1] == styles
    assert soundness.faults(made.content) == []
    assert reading.lines(made.content)[:4] == ["awal", "Pasal 1 – JUDUL & SATU", "(1) Ayat pertama:", "a. huruf N;"]


def test_the_key_of_an_article_is_a_label_of_its_pasal():
    found = lines([article(), article("dua", text="lihat {{ rujuk.satu }} dan {{ rujuk.kedua }}")], pilihan=1, nama="N")
    assert "(3) Boleh hilang, lihat Pasal 1" in found
    assert "lihat Pasal 1 dan Pasal 1 ayat (2)" in found


def test_a_reference_to_an_article_that_is_not_printed_is_marked_and_never_a_fault():
    made = drafted([article("dua", text="lihat {{ rujuk.satu }}")])
    assert [one.name for one in made.missing] == ["rujuk.satu"]
    assert "lihat [rujukan ke “satu” tidak ada]" in reading.lines(made.content)


def test_letters_without_ayat_stand_at_the_margin():
    root = reading.main_part(drafted([article(text="meliputi:\na. x\n1. y")]).content)
    found = {style_of(one): one.find(f".//{w('ind')}") for one in root.iter(P)}
    assert found["Huruf"].get(w("left")) == "567"
    assert found["Angka"].get(w("left")) == "1021"
    deep = reading.main_part(drafted([article(text="(1) x\na. y")]).content)
    assert all(one.find(f".//{w('ind')}") is None for one in deep.iter(P))


def test_rows_become_a_bordered_table_of_the_text_width():
    text = "Definisi:\n| Mitra | yayasan\n{% untuk b dalam benda %}\n| {{ b }} | {{ putaran.nomor }}\n{% akhir %}\nlain"
    made = drafted([article(text=text)], benda=["x", "y"])
    root = reading.main_part(made.content)
    (table,) = root.iter(TBL)
    widths = [int(column.get(w("w"))) for column in table.find(w("tblGrid"))]
    assert widths == [blocks.TEXT_WIDTH // 4, blocks.TEXT_WIDTH - blocks.TEXT_WIDTH // 4]
    assert [line for line in reading.lines(made.content) if "|" in line] == ["Mitra | yayasan", "x | 1", "y | 2"]
    assert table.find(f"{w('tblPr')}/{w('tblBorders')}/{w('top')}").get(w("val")) == "single"
    three = reading.main_part(drafted([article(text="| a | b | c")]).content)
    assert len({column.get(w("w")) for column in three.iter(w("gridCol"))}) == 1


def test_a_condition_around_text_and_a_table_hides_both():
    text = "x\n{% jika pilihan %}\ny\n| a | b\n{% akhir jika %}\nz"
    assert lines([article(text=text)]) == ["awal", "Pasal 1 – JUDUL & SATU", "x", "z", "akhir"]
    assert "a | b" in lines([article(text=text)], pilihan=1)


def test_the_same_articles_give_the_same_template_and_others_another():
    one, again = clauses.splice(SLOT, [article()]), clauses.splice(SLOT, (article(),))
    assert one.digest == again.digest != SLOT.digest
    assert clauses.splice(SLOT, [article(title="Lain")]).digest != one.digest
    assert clauses.splice(SLOT, []).digest != SLOT.digest
    assert lines([]) == ["awal", "akhir"]


def test_a_template_without_a_slot_takes_no_articles():
    bare = builders.template(builders.text("x"))
    assert clauses.has_slot(SLOT)
    assert not clauses.has_slot(bare)
    with pytest.raises(TemplateRefused, match="pasal"):
        clauses.splice(bare, [article()])


def test_two_languages_stand_side_by_side_and_refer_to_themselves():
    row = blocks.command_row("pasal dua bahasa", 2)
    template = builders.template(blocks.table((4000, 5000), row) + builders.text("akhir"))
    one = article(text="(1) Satu\n(2) {% label b %}Dua", title_en="Title", text_en="(1) One\n(2) {% label b %}Two")
    two = article("dua", text="lihat {{ rujuk.b }}", title_en="Other", text_en="see {{ rujuk.b }}")
    content = drafted([one, two], template).content
    rows = [
        [[style_of(p) for p in cell.iter(P)] for cell in row.iter(TC)] for row in reading.main_part(content).iter(TR)
    ]
    assert rows[:3] == [[["Pasal"], ["Article"]], [["Ayat"], ["Para"]], [["Ayat"], ["Para"]]]
    assert reading.lines(content)[0].startswith("Pasal 1 – JUDUL & SATU | ")
    assert [line.split(" | ")[0] for line in reading.lines(content)][-2] == "lihat Pasal 1 ayat (2)"
