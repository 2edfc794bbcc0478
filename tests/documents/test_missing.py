"""What is not known is marked in yellow, listed with its label and its place, and never invented."""

from portal.documents import render
from portal.documents.render import Missing
from portal.documents.starters import blocks
from tests.documents import builders, reading


def test_a_missing_value_is_marked_in_yellow_and_listed():
    made = render.render(builders.template(builders.text("Kepada {{ nama }}.")), {})
    assert reading.lines(made.content) == ["Kepada [belum diketahui: nama mitra]."]
    assert reading.marked(made.content) == ["[belum diketahui: nama mitra]"]
    assert made.missing == (Missing(name="nama", label="nama mitra", place="Awal naskah"),)


def test_an_empty_text_is_missing_and_zero_is_not():
    made = render.render(builders.template(builders.text("{{ nama }} {{ jumlah }}")), {"nama": "", "jumlah": 0})
    assert reading.lines(made.content) == ["[belum diketahui: nama mitra] 0"]


def test_a_filter_leaves_what_is_missing_missing():
    made = render.render(builders.template(builders.text("{{ hari | tanggal | kapital }}")), {})
    assert [entry.label for entry in made.missing] == ["hari"]


def test_what_is_not_required_is_left_out_quietly():
    made = render.render(builders.template(builders.text("x{{ pilihan }}")), {})
    assert reading.lines(made.content) == ["x"]
    assert made.missing == ()


def test_the_label_names_the_record():
    body = blocks.each("p", "pihak", builders.text("NOMOR: {{ p.nomor }}"))
    made = render.render(
        builders.template(body), {"pihak": [{"sebutan": "PIHAK KESATU", "nomor": "1"}, {"sebutan": "PIHAK KEDUA"}]}
    )
    assert made.missing == (Missing(name="pihak[].nomor", label="nomor PIHAK KEDUA", place="Awal naskah"),)


def test_the_place_is_the_pasal_and_the_ayat():
    body = blocks.pasal("Satu") + blocks.pasal("Dua") + blocks.ayat("ada", "{{ nama }}") + blocks.huruf("{{ jumlah }}")
    made = render.render(builders.template(body), {})
    assert [(entry.label, entry.place) for entry in made.missing] == [
        ("nama mitra", "Pasal 2 ayat (2)"),
        ("jumlah", "Pasal 2 ayat (2) huruf a"),
    ]


def test_unnumbered_text_and_tables_belong_to_their_pasal():
    table = blocks.table((9,), blocks.row(blocks.cell(9, blocks.paragraph("Tabel", "{{ jumlah }}"))))
    body = blocks.pasal("Satu") + blocks.isi("{{ nama }}") + table
    made = render.render(builders.template(body), {})
    assert [entry.place for entry in made.missing] == ["Pasal 1", "Pasal 1"]


def test_each_missing_value_is_listed_once_in_the_order_of_the_text():
    body = builders.text("{{ jumlah }}") + builders.text("{{ nama }} {{ jumlah }}")
    made = render.render(builders.template(body), {})
    assert [entry.name for entry in made.missing] == ["jumlah", "nama"]


def test_a_whole_list_can_be_missing():
    body = blocks.items_or_mark("benda", style="IsiPasal")
    assert [entry.label for entry in render.render(builders.template(body), {"benda": []}).missing] == ["daftar benda"]
    assert render.render(builders.template(body), {"benda": ["x"]}).missing == ()
