"""Numbers of Pasal, ayat, huruf and angka, and references to them."""

import re

from portal.documents import render
from portal.documents.starters import blocks
from portal.documents.wordxml import P, text_of, w
from tests.documents import builders, reading


def numbered(body, **values):
    return reading.lines(render.render(builders.template(body), values).content)


def test_levels_restart_under_each_higher_one():
    small = "".join(blocks.paragraph(style, style) for style in ("Angka", "Angka", "HurufKecil", "AngkaKecil"))
    article = blocks.pasal("Judul") + blocks.ayat("x", "y") + blocks.huruf("p", "q") + small + blocks.ayat("z")
    first = [line.split(" ")[0] for line in numbered(article + article)]
    assert first == ["Pasal", "(1)", "(2)", "a.", "b.", "1.", "2.", "a)", "1)", "(3)"] * 2


def test_number_and_title_are_one_paragraph():
    assert numbered(blocks.pasal("Satu") + blocks.pasal("Dua")) == ["Pasal 1 – SATU", "Pasal 2 – DUA"]


def test_letters_straight_under_a_pasal_restart_too():
    article = blocks.pasal("Judul") + blocks.isi("meliputi:") + blocks.huruf("p", "q", shallow=True)
    assert [line[:2] for line in numbered(article + article) if line[1] == "."] == ["a.", "b."] * 2


def test_recitals_and_articles_count_apart():
    body = blocks.paragraph("Konsiderans", "x") + blocks.pasal("Judul") + blocks.paragraph("Konsiderans", "y")
    assert [line[:2] for line in numbered(body)] == ["a.", "Pa", "b."]


def test_references_follow_when_an_article_drops_out():
    body = (
        blocks.when("pilihan", blocks.pasal("Boleh Hilang"))
        + blocks.pasal("Tetap", "tetap")
        + blocks.ayat("x", "{% label kedua %}y")
        + blocks.huruf("{% label butir %}z")
        + blocks.isi("lihat {{ rujuk.tetap }}, {{ rujuk.kedua }}, {{ rujuk.butir }}, {{ rujuk_dekat.butir }}")
    )
    expected = "lihat Pasal {0}, Pasal {0} ayat (2), Pasal {0} ayat (2) huruf a, ayat (2) huruf a"
    assert numbered(body, pilihan="ya")[-1] == expected.format(2)
    assert numbered(body)[-1] == expected.format(1)


def test_a_reference_is_a_real_field_with_each_part_in_its_own_run():
    body = blocks.pasal("Satu", "satu") + blocks.isi("{{ rujuk.satu }}")
    root = reading.main_part(render.render(builders.template(body), {}).content)
    mark = next(root.iter(w("bookmarkStart")))
    runs = [
        run for run in root.iter(w("r")) if run.find(w("fldChar")) is not None or run.find(w("instrText")) is not None
    ]
    assert [child.tag for run in runs for child in run] == [w("fldChar"), w("instrText"), w("fldChar"), w("fldChar")]
    assert next(root.iter(w("instrText"))).text == f" REF {mark.get(w('name'))} \\n \\h "
    assert mark.getparent() is next(root.iter(P))


def test_a_reference_to_an_absent_article_is_marked_and_listed():
    body = blocks.when("pilihan", blocks.pasal("Hilang", "hilang")) + builders.text("lihat {{ rujuk.hilang }}")
    made = render.render(builders.template(body), {})
    assert reading.lines(made.content) == ["lihat [rujukan ke “hilang” tidak ada]"]
    assert reading.marked(made.content) == ["[rujukan ke “hilang” tidak ada]"]
    assert [entry.name for entry in made.missing] == ["rujuk.hilang"]


def test_fields_made_in_word_are_refreshed():
    mark = '<w:bookmarkStart w:id="7" w:name="_Ref123"/>'
    target = (
        '<w:p><w:pPr><w:pStyle w:val="Pasal"/></w:pPr>' + mark + blocks.run("x") + '<w:bookmarkEnd w:id="7"/></w:p>'
    )
    body = blocks.pasal("Satu") + target + f"<w:p>{blocks.field('REF _Ref123 &#92;n &#92;h', 'Pasal 99')}</w:p>"
    root = reading.main_part(render.render(builders.template(body), {}).content)
    assert text_of(list(root.iter(P))[2]) == "Pasal 2"
    assert "".join(root.itertext(w("instrText"))) == " REF _Ref123 \\n \\h "


def test_bookmarks_have_names_and_numbers_of_their_own():
    body = "".join(
        blocks.pasal(f"Judul {n}", f"label_{n}") + blocks.isi(f"{{{{ rujuk.label_{n} }}}}") for n in range(9)
    )
    root = reading.main_part(render.render(builders.template(body), {}).content)
    names = [mark.get(w("name")) for mark in root.iter(w("bookmarkStart"))]
    numbers = [mark.get(w("id")) for mark in root.iter(w("bookmarkStart"))]
    assert len(set(names)) == len(set(numbers)) == 9
    assert all(re.fullmatch(r"_Ref_label_\d_\d+", name) for name in names)
