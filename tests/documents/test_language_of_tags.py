"""The words of the language: Indonesian and English, filters, indices, and what it refuses to do."""

import pytest

from portal.documents import lint, render
from portal.documents.refusal import TemplateRefused
from portal.documents.starters import blocks
from tests.documents import builders, reading


def lines(body, **values):
    made = render.render(builders.template(body), values)
    return [line for line in reading.lines(made.content) if line]


def paragraphs(*texts):
    return "".join(map(builders.text, texts))


def test_english_words_do_the_same():
    body = paragraphs(
        "{% for b in benda %}",
        "{{ loop.index }}{% if loop.first %} first{% elif loop.last %} last{% else %} amid{% endif %}: {{ b }}",
        "{% endfor %}",
        "{% if jumlah > 1 and not pilihan or false %}",
        "many of {{ benda | length }}",
        "{% endif %}",
    ).replace(" of {{ benda | length }}", "")
    assert lines(body, benda=["x", "y", "z"], jumlah=2) == ["1 first: x", "2 amid: y", "3 last: z", "many"]


def test_prefixes_of_older_templates_are_read():
    body = paragraphs("{%p if nama %}", "a {{r nama }} b", "{%p endif %}")
    cells = [blocks.cell(9, builders.text(text)) for text in ("{%tr for b in benda %}", "{{ b }}", "{%tr endfor %}")]
    table = blocks.table((9,), *(blocks.row(cell) for cell in cells))
    assert lines(body + table, nama="N", benda=["x", "y"]) == ["a N b", "x", "y"]


def test_dashes_of_typography_and_of_jinja_are_let_pass_in_tags_only():
    body = paragraphs(
        "{%- jika nama \u2013%}", "A\u2013B \u201c{{ pilihan|baku(\u2018q\u2019) }}\u201d", "{%\u00a0akhir\u00a0%}"
    )
    assert lines(body, nama="N") == ["A\u2013B \u201cq\u201d"]


@pytest.mark.parametrize(
    ("filtered", "value", "said"),
    [
        ("judul", "PERAWATAN LANJUT USIA DAN ANAK", "Perawatan Lanjut Usia dan Anak"),
        ("judul", "layanan LKS di rumah", "Layanan LKS di Rumah"),
        ("judul", "dengan hormat", "Dengan Hormat"),
        ("kapital", "a & b", "A & B"),
        ("awal_kapital", "lanjut usia", "Lanjut usia"),
    ],
)
def test_filters_of_text(filtered, value, said):
    assert lines(builders.text(f"{{{{ nama | {filtered} }}}}"), nama=value) == [said]


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_parties_sign_in_pairs_and_the_last_may_stand_alone(count):
    cells = [
        blocks.cell(9, builders.text(f"{{{{ dua[{at}].sebutan }}}}") + builders.text(f"{{{{ dua[{at}].nomor }}}}"))
        for at in (0, 1)
    ]
    rows = (
        blocks.command_row("untuk dua dalam pihak | pasangkan", 2),
        blocks.row(*cells),
        blocks.command_row("akhir untuk", 2),
    )
    pihak = [{"sebutan": f"P{n}", "nomor": str(n)} for n in range(count)]
    made = render.render(builders.template(blocks.table((9, 9), *rows)), {"pihak": pihak})
    said = [f"P{n} / {n}" for n in range(count)]
    expected = [" | ".join([*said[at : at + 2], ""][:2]) for at in range(0, count, 2)]
    assert [line.rstrip() for line in reading.lines(made.content) if line.strip()] == [one.rstrip() for one in expected]
    assert made.missing == ()
    cells_made = list(reading.main_part(made.content).iter(reading.TC))
    assert [len(list(cell.iter(reading.P))) for cell in cells_made][count:] == [1] * (count % 2)


def test_a_row_loop_may_open_in_the_first_cell_and_close_in_the_last():
    cells = (
        blocks.cell(9, builders.text("{% untuk b dalam benda %}{{ putaran.nomor }}")),
        blocks.cell(9, builders.text("{{ b }}{% akhir untuk %}")),
    )
    table = blocks.table(
        (9, 9), blocks.row(blocks.cell(9, builders.text("No")), blocks.cell(9, "")), blocks.row(*cells)
    )
    assert lines(table, benda=["x", "y"])[1:] == ["1 | x", "2 | y"]


def test_a_table_goes_with_its_last_row_and_a_row_with_its_condition():
    rows = (
        blocks.command_row("jika pilihan", 1),
        blocks.row(blocks.cell(9, builders.text("ada"))),
        blocks.command_row("akhir jika", 1),
    )
    made = render.render(builders.template(blocks.table((9,), *rows) + builders.text("akhir")), {})
    assert list(reading.main_part(made.content).iter(reading.TBL)) == []
    kept = blocks.table((9,), *rows, blocks.row(blocks.cell(9, builders.text("tetap"))))
    assert lines(kept) == ["tetap"]


PAYLOADS = (
    "{{ nama.__class__.__mro__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ pihak.hapus() }}",
    "{{ nama.format(nama) }}",
    "{{ 'x' * 100000000 }}",
    "{% untuk b dalam range(99999) %}{% akhir %}",
    "{{ nama['__class__'] }}",
    "{{ _rahasia }}",
    "{{ nama | attr('x') }}",
    "{{ ((((((((((((((((((((((nama)))))))))))))))))))))) }}",
    "{{ lipsum }}",
    "{% import 'os' %}",
    "{% set x = 1 %}",
    "{{ nama[0].__dict__ }}",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_attack_by_template_does_not_compile(payload):
    template = builders.template(builders.text(payload))
    assert any(one.is_error for one in lint.check(template.content, template.schema))
    with pytest.raises(TemplateRefused):
        render.render(template, {"nama": "N"})


class Canary:
    """An object that must never be touched."""

    def __getattribute__(self, name):
        if name == "__class__":
            return object.__getattribute__(self, name)
        raise AssertionError(name)

    def __bool__(self):
        raise AssertionError

    def __str__(self):
        raise AssertionError

    def __eq__(self, other):
        raise AssertionError

    def __len__(self):
        raise AssertionError

    __hash__ = None


def test_an_object_among_the_values_is_never_touched_and_never_printed():
    body = paragraphs("{{ nama }}", "{% jika pilihan %}a{% akhir %}{% jika jumlah == 1 %}b{% akhir %}", "{{ hari }}.")
    body += blocks.each("p", "pihak", builders.text("{{ p.sebutan }}"))
    found = lines(body, nama=Canary(), pilihan=Canary(), jumlah=Canary(), hari="Sabtu", pihak=[Canary()])
    assert found == ["[belum diketahui: nama mitra]", "Sabtu.", "[belum diketahui: sebutan]"]
    assert lines(blocks.each("p", "pihak", builders.text("{{ p.sebutan }}")) + builders.text("x"), pihak=Canary()) == [
        "x"
    ]


def test_a_draft_beyond_all_measure_is_stopped():
    wide = builders.text("kata " * 4000 + "{{ b }}")
    with pytest.raises(TemplateRefused, match="terlalu panjang"):
        lines(blocks.each("b", "benda", wide), benda=["b"] * 2000)


def test_blocks_nest_only_so_deep():
    deep = builders.text("x")
    for _ in range(21):
        deep = blocks.when("nama", deep)
    template = builders.template(deep)
    assert [one.code for one in lint.check(template.content, template.schema) if one.is_error] == ["T135"]
