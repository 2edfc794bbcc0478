"""Every fault of a template is reported once, in Indonesian, with a place that a Word user can find."""

import pytest

from portal.documents import lint, render
from portal.documents.refusal import TemplateRefused
from portal.documents.starters import blocks
from portal.domain.clause import Article
from tests.documents import builders, reading


def paragraphs(*texts):
    return "".join(map(builders.text, texts))


def cells(*texts):
    return blocks.row(*(blocks.cell(900, builders.text(text)) for text in texts))


def table(*rows):
    return blocks.table((900, 900), *rows)


def check(body, **more):
    template = builders.template(body, **more)
    return lint.check(template.content, template.schema)


def errors(body, **more):
    return [one for one in check(body, **more) if one.is_error]


HEAD = blocks.pasal("Satu") + blocks.ayat("x") + blocks.pasal("Dua")
TRACKED = '<w:p><w:del w:id="1" w:author="a"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>'

BROKEN = {
    "unclosed value": (HEAD + blocks.ayat("{{ nama"), "T102", "Pasal 2 ayat (1), paragraf ke-4"),
    "stray closing braces": (HEAD + blocks.ayat("nama }}"), "T102", "Pasal 2 ayat (1), paragraf ke-4"),
    "one brace too few": (paragraphs("x", "{ nama }}"), "T102", "paragraf ke-2"),
    "missing end": (paragraphs("{% jika nama %}", "x"), "T130", "paragraf ke-1"),
    "wrong end": (paragraphs("{% jika nama %}", "x", "{% akhir untuk %}"), "T132", "paragraf ke-3"),
    "typo in a name": (HEAD + blocks.ayat("{{ nma }}"), "T107", "Pasal 2 ayat (1)"),
    "unknown filter": (paragraphs("{{ nama | kapitall }}"), "T106", "paragraf ke-1"),
    "row tag outside a table": (paragraphs("a {%tr untuk b dalam benda %}", "{% akhir %}"), "T120", "paragraf ke-1"),
    "opened in one cell, closed in another": (
        HEAD + table(cells("{% untuk b dalam benda %}{{ b }}", "x"), cells("y", "{{ b }}{% akhir %}")),
        "T131",
        "Pasal 2, tabel 1 baris 1 kolom 1, paragraf ke-4",
    ),
    "over two paragraphs": (paragraphs("{{ na", "ma }}"), "T102", "paragraf ke-1"),
    "text lost beside a tag": (paragraphs("{%p jika nama %} hilang{% akhir %}"), "T111", "paragraf ke-1"),
    "empty tag": (table(cells("a", "{{ }}")), "T101", "tabel 1 baris 1 kolom 2"),
    "stray else": (paragraphs("x", "{% selain itu %}"), "T133", "paragraf ke-2"),
    "unknown command": (paragraphs("{% ulangi benda %}"), "T103", "paragraf ke-1"),
    "not a list": (paragraphs("{% untuk b dalam nama %}", "{% akhir untuk %}"), "T110", "paragraf ke-1"),
    "not one value": (paragraphs("{{ pihak }}"), "T109", "paragraf ke-1"),
    "unknown label": (HEAD + blocks.ayat("{{ rujuk.kahar }}"), "T140", "Pasal 2 ayat (1)"),
    "label used twice": (HEAD + blocks.ayat("{% label a %}x", "{% label a %}y"), "T141", "Pasal 2 ayat (2)"),
    "tracked changes": (paragraphs("x") + TRACKED, "T150", "paragraf ke-2"),
    "unfinished expression": (paragraphs("{% jika nama == %}", "x", "{% akhir %}"), "T104", "paragraf ke-1"),
    "name with an underscore": (paragraphs("{{ _nama }}"), "T108", "paragraf ke-1"),
    "bookmark inside a tag": (
        builders.text("x") + builders.split("{{ na", "ma }}", between='<w:bookmarkStart w:id="1" w:name="A"/>'),
        "T113",
        "paragraf ke-2",
    ),
    "unclosed bracket": (paragraphs("{{ pihak[0 }}"), "T105", "paragraf ke-1"),
    "branch inside a loop": (
        paragraphs("{% untuk b dalam benda %}", "{% selain itu %}", "{% akhir %}"),
        "T134",
        "paragraf ke-2",
    ),
    "branch after the last": (
        paragraphs("{% jika nama %}", "x", "{% selain itu %}", "y", "{% atau jika hari %}", "{% akhir %}"),
        "T134",
        "paragraf ke-5",
    ),
    "label in a loop": (
        HEAD + blocks.each("b", "benda", blocks.ayat("{% label a %}{{ b }}")),
        "T142",
        "Pasal 2 ayat (1), paragraf ke-5",
    ),
    "footnote in a loop": (
        blocks.each("b", "benda", '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'),
        "T151",
        "paragraf ke-2",
    ),
    "broken row of a header": (
        table(cells("{% untuk b dalam bendo %}{{ b }}", "x{% akhir %}")),
        "T107",
        "tabel 1 baris 1 kolom 1",
    ),
    "restart beside text": (paragraphs("x {% ulang nomor %}"), "T136", "paragraf ke-1"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_template_is_reported_at_its_place(name):
    body, code, place = BROKEN[name]
    found = errors(body)
    assert found[0].code == code
    assert place in found[0].place
    assert found[0].part == "word/document.xml"
    assert "%(" not in found[0].sentence
    with pytest.raises(TemplateRefused):
        render.render(builders.template(body), {"nama": "N"})


@pytest.mark.parametrize("name", BROKEN)
def test_one_mistake_is_not_many_faults(name):
    assert len(errors(BROKEN[name][0])) <= 2


def test_a_broken_footer_is_named():
    (one,) = errors(builders.text("x"), footer=builders.text("{{ nma }}"))
    assert (one.code, one.part) == ("T107", "word/footer1.xml")
    assert one.place.startswith("Kaki halaman, paragraf ke-1")


def test_a_broken_row_of_a_footer_is_placed_in_its_cell():
    rows = (cells("x", "y"), cells("a", "{{ nma }}"))
    (one,) = errors(builders.text("x"), footer=table(*rows) + "<w:p/>")
    assert (one.code, one.part) == ("T107", "word/footer1.xml")
    assert one.place.startswith("Kaki halaman, tabel 1 baris 2 kolom 2, paragraf ke-4")


def test_all_faults_of_all_parts_come_in_one_pass():
    body = paragraphs("{{ nma }}", "{{ nama | besar }}", "ok {{ nama }}", "{% jika nama %}", "{{ jumlh }}", "{{ }}")
    found = errors(body, footer=builders.text("{{ hri }}"))
    assert [one.code for one in found] == ["T107", "T106", "T130", "T107", "T101", "T107"]
    assert [one.paragraph for one in found] == [1, 2, 4, 5, 6, 1]


GOOD = {
    "values": paragraphs("{{ nama }} {{ jumlah | angka_terbilang }} {{ hari | tanggal_pembuka }}"),
    "braces that are no tags": paragraphs("{ a } dan % dan #"),
    "conditions": blocks.when("nama dan bukan pilihan", builders.text("a"), otherwise=[builders.text("b")]),
    "inline conditions": paragraphs("a{% jika nama %}, b{% atau jika pilihan == 'x' %}, c{% selain itu %}{% akhir %}"),
    "loops": blocks.each(
        "p", "pihak", builders.text("{{ p.sebutan }}"), blocks.each("b", "p.butir", paragraphs("{{ b }}"))
    ),
    "rows": table(blocks.command_row("untuk b dalam benda", 2), cells("{{ b }}", "x"), blocks.command_row("akhir", 2)),
    "cells": table(
        blocks.row(
            blocks.command_cell("untuk b dalam benda"),
            blocks.cell(9, paragraphs("{{ b }}")),
            blocks.command_cell("akhir"),
        )
    ),
    "references": blocks.pasal("A", "a") + blocks.ayat("{% label b %}x", "{{ rujuk.a }} dan {{ rujuk_dekat.b }}"),
    "notes and the slot": paragraphs("{# catatan #}", "{% pasal %}", "x {# y #}"),
    "older words": paragraphs("{%p if nama %}", "{{r nama }}", "{%p endif %}"),
    "pairs": table(
        blocks.command_row("untuk d dalam pihak | pasangkan", 2),
        cells("{{ d[0].sebutan }}", "{{ d[1].sebutan }}"),
        blocks.command_row("akhir", 2),
    ),
    "nothing": builders.text("x"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_template_has_no_fault(name):
    assert errors(GOOD[name], footer=builders.text("{{ nama }}")) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [("nma", "nama"), ("jumlha", "jumlah"), ("hri", "hari"), ("pihk", "pihak"), ("xyzzy", "")],
)
def test_the_name_that_was_meant_is_asked_for(written, meant):
    (one,) = (
        errors(builders.text(f"{{{{ {written} }}}}"))
        if written != "pihk"
        else errors(blocks.each("p", "pihk", builders.text("x")))[:1]
    )
    assert one.suggestion == meant
    assert one.sentence.endswith(f"Maksud Anda “{meant}”?") == bool(meant)


def test_fields_filters_commands_and_labels_are_guessed_too():
    body = blocks.each("p", "pihak", builders.text("{{ p.nomr }}")) + paragraphs(
        "{{ nama | kapitl }}", "{% jka nama %}"
    )
    body += blocks.pasal("A", "kahar") + blocks.isi("{{ rujuk.kahr }}")
    assert [one.suggestion for one in errors(body)] == ["nomor", "kapital", "jika", "kahar"]


def warned(body, **more):
    return [one.code for one in check(body, **more) if not one.is_error and one.code != "T201"]


REQUIRED = paragraphs("{{ nama }} {{ jumlah }} {{ hari }}") + blocks.each("b", "benda", builders.text("{{ b }}"))
DOUBTFUL = {
    "T202": paragraphs("PIHAK KESATU wajib membayar PIHAK KEDUA."),
    "T203": paragraphs("(1) Ayat yang diketik."),
    "T204": f"<w:p>{blocks.field('REF _Ref1 &#92;r &#92;h', 'Pasal 2(2)')}</w:p>",
    "T205": blocks.each("p", "pihak", blocks.each("b", "p.butir", blocks.paragraph("Konsiderans", "{{ b }}"))),
    "T207": '<w:p><w:commentRangeStart w:id="1"/><w:r><w:t>x</w:t></w:r><w:commentRangeEnd w:id="1"/></w:p>',
    "T208": '<w:p><w:r><w:rPr><w:rFonts w:ascii="Bookman Old Style"/></w:rPr><w:t>x</w:t></w:r></w:p>',
    "T209": blocks.when("nama", blocks.pasal("A", "a")) + blocks.isi("{{ rujuk.a }}"),
    "T210": paragraphs("{% label a %}tanpa nomor"),
}


@pytest.mark.parametrize("code", DOUBTFUL)
def test_a_doubt_is_a_warning_and_blocks_nothing(code):
    assert warned(DOUBTFUL[code]) == [code]
    assert render.render(builders.template(DOUBTFUL[code]), {"nama": "N"}).content


def test_a_required_name_that_is_never_used_is_a_doubt():
    found = [one.values["name"] for one in check(builders.text("{{ nama }}")) if one.code == "T201"]
    assert found == ["jumlah", "hari", "benda", "pihak[].sebutan", "pihak[].nomor"]
    assert "T201" not in [one.code for one in check(REQUIRED) if str(one.values.get("name", "")).startswith("b")]


def test_a_style_cut_from_its_list_is_a_doubt():
    template = builders.template(blocks.pasal("A") + blocks.ayat("x"))
    parts = reading.package.unpack(template.content)
    parts["word/numbering.xml"] = parts["word/numbering.xml"].replace(b'<w:pStyle w:val="Ayat"/>', b"")
    found = lint.check(reading.package.pack(parts), template.schema)
    assert [one.values["style"] for one in found if one.code == "T206"] == ["Ayat"]


def test_articles_are_examined_with_the_template():
    template = builders.template(builders.text("{% pasal %}"))
    articles = [Article(key="a", title="A", text="(1) {{ nma }}\n(2) {{ rujuk.tiada }}")]
    found = lint.check(template.content, template.schema, articles=articles)
    assert [(one.code, one.is_error) for one in found[:2]] == [("T107", True), ("T211", False)]
    assert "Pasal 1 ayat (1)" in found[0].place


def test_what_is_no_word_file_is_one_fault():
    assert [one.code for one in lint.check(b"PK\x03\x04 x", builders.template("").schema)] == ["T100"]


def test_tags_in_content_controls_are_read_however_deep_they_stand():
    deep = builders.text("{{ nma }}")
    for _ in range(40):
        deep = f"<w:sdt><w:sdtContent>{deep}</w:sdtContent></w:sdt>"
    assert [one.suggestion for one in errors(deep)] == ["nama"]
