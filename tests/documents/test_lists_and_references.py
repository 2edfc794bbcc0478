"""Lists that begin anew, references for every combination, bookmarks and final texts."""

import re
from itertools import product

import pytest

from portal.documents import numbering, package, recount, render
from portal.documents.starters import blocks
from portal.documents.wordxml import parse, w
from tests.documents import builders, papers, reading, soundness

FIVE = ("nama", "pilihan", "jumlah", "hari", "benda")


def made(body, **values):
    return render.render(builders.template(body), values).content


def letters(content):
    return [line.split(" ")[0] for line in reading.lines(content) if line[1:2] == "."]


def four_loops():
    sub = blocks.each(
        "b", "p.butir", blocks.huruf("{{ b }}"), blocks.paragraph("Angka", "x"), blocks.paragraph("Angka", "y")
    )
    return blocks.each(
        "q", "benda", blocks.pasal("Judul"), blocks.each("p", "pihak", blocks.ayat("{{ p.sebutan }}"), sub)
    )


PIHAK = [{"sebutan": "A", "butir": ["1", "2"]}, {"sebutan": "B", "butir": ["1"]}]


def test_every_level_restarts_under_the_one_above_when_all_come_from_loops():
    found = [
        line.split(" –")[0].split(" ")[:1] for line in reading.lines(made(four_loops(), benda=["x", "y"], pihak=PIHAK))
    ]
    article = ["Pasal", "(1)", "a.", "1.", "2.", "b.", "1.", "2.", "(2)", "a.", "1.", "2."]
    assert [one[0] for one in found] == article * 2


def party_list(*before):
    items = blocks.each("b", "p.butir", blocks.paragraph("Konsiderans", "{{ b }}"))
    return blocks.each("p", "pihak", *before, items)


@pytest.mark.parametrize("style", ["Konsiderans", "Huruf"])
def test_a_list_begins_anew_for_every_party_with_the_tag_and_counts_on_without(style):
    def body(*before):
        return blocks.pasal("Hak") + party_list(*before).replace("Konsiderans", style)

    anew = made(body(builders.text("{% ulang nomor %}")), pihak=PIHAK)
    assert letters(anew) == ["a.", "b.", "a."]
    assert soundness.faults(anew) == []
    assert letters(made(body(), pihak=PIHAK)) == ["a.", "b.", "c."]


def test_a_restarted_list_has_lists_of_its_own_in_the_file():
    parts = package.unpack(made(party_list(builders.text("{% ulang nomor %}")), pihak=PIHAK))
    root = parse(parts["word/numbering.xml"])
    numbers = {num.get(w("numId")): num.find(w("abstractNumId")).get(w("val")) for num in root.iter(w("num"))}
    used = [node.get(w("val")) for node in parse(parts["word/document.xml"]).iter(w("numId"))]
    assert len(set(used)) == 2
    assert len({numbers[one] for one in used}) == 2
    assert [child.tag for child in root] == sorted(
        (child.tag for child in root), key=lambda tag: tag != w("abstractNum")
    )


def test_the_articles_count_on_past_a_restarted_list():
    body = blocks.pasal("A") + builders.text("{% ulang nomor %}") + blocks.huruf("x", "y")
    body += builders.text("{% ulang nomor %}") + blocks.huruf("z") + blocks.pasal("B") + blocks.huruf("p")
    said = [line.split(" –")[0] for line in reading.lines(made(body))]
    assert said == ["Pasal 1", "a. x", "b. y", "a. z", "Pasal 2", "a. p"]


def referring():
    articles = [
        blocks.when(name, blocks.pasal(f"Boleh {name}", f"p_{name}") + blocks.ayat("x", "{% label a_" + name + " %}y"))
        for name in FIVE
    ]
    target = blocks.pasal("Tetap", "tetap") + blocks.ayat("x", "y") + blocks.huruf("p") + blocks.paragraph("Angka", "q")
    target += blocks.paragraph("Angka", "{% label dalam %}r")
    inside = blocks.ayat("di sini {{ rujuk_dekat.dalam }}, di mana pun {{ rujuk.dalam }}")
    return (
        "".join(articles[:3])
        + target
        + inside
        + "".join(articles[3:])
        + blocks.pasal("Akhir")
        + blocks.isi("lihat {{ rujuk.dalam }} dan {{ rujuk_dekat.dalam }}")
    )


def combinations():
    """Every choice of the five articles: how many stand before the target, and the file."""
    template = builders.template(referring())
    for shown in product((True, False), repeat=5):
        values = {name: 1 for name, is_shown in zip(FIVE, shown, strict=True) if is_shown}
        yield 1 + sum(shown[:3]), render.render(template, values, final=True).content


def test_references_are_right_for_every_combination_of_conditional_articles():
    for number, content in combinations():
        said = f"Pasal {number} ayat (2) huruf a angka 2"
        lines = reading.lines(content)
        assert lines[-1] == f"lihat {said} dan {said}"
        assert f"(3) di sini ayat (2) huruf a angka 2, di mana pun {said}" in lines
        again = recount.recount(content)
        assert (again.changes, again.dangling) == ((), ())
        assert soundness.faults(content) == []


def test_what_the_engine_counts_is_what_a_reader_counts():
    marks = "".join(blocks.isi(f"{{{{ rujuk.l{n} }}}}") for n in range(4))
    body = four_loops() + blocks.pasal("P", "l0") + blocks.ayat("{% label l1 %}x") + blocks.huruf("{% label l2 %}y")
    content = made(body + blocks.paragraph("Angka", "{% label l3 %}z") + marks, benda=["x", "y"], pihak=PIHAK)
    parts = package.unpack(content)
    known = {one.paragraph: one for _, one in numbering.read(parts).walk(parse(parts["word/document.xml"])) if one}
    assert len(known) > 20
    assert reading.lines(content)[-4:] == [
        "Pasal 3", "Pasal 3 ayat (1)", "Pasal 3 ayat (1) huruf a", "Pasal 3 ayat (1) huruf a angka 1",
    ]  # fmt: skip
    assert recount.recount(content).changes == ()


def test_a_final_text_is_refused_while_something_is_missing_or_leads_nowhere():
    body = blocks.when("pilihan", blocks.pasal("Hilang", "hilang")) + builders.text("{{ nama }} {{ rujuk.hilang }}")
    template = builders.template(body)
    with pytest.raises(render.Incomplete) as refusal:
        render.render(template, {}, final=True)
    assert [one.name for one in refusal.value.missing] == ["nama", "rujuk.hilang"]
    assert refusal.value.missing == render.render(template, {}).missing
    with pytest.raises(render.Incomplete):
        render.render(template, {"nama": "N"}, final=True)
    assert render.render(template, {"nama": "N", "pilihan": 1}, final=True).missing == ()


def test_bookmarks_and_drawings_in_loops_keep_numbers_and_names_of_their_own():
    mark = '<w:bookmarkStart w:id="4" w:name="_RefA"/>{}<w:bookmarkEnd w:id="4"/>'
    heading = f'<w:p><w:pPr><w:pStyle w:val="Pasal"/></w:pPr>{mark.format(blocks.run("x"))}</w:p>'
    reference = f"<w:p>{blocks.field('REF _RefA &#92;n &#92;h', 'Pasal 9')}</w:p>"
    picture = f"<w:p>{builders.layout.logo()}</w:p>"
    body = heading.replace("_RefA", "_RefB").replace('"4"', '"3"')
    body += blocks.each("b", "benda", heading, reference, picture)
    content = made(body, benda=["x", "y", "z"])
    assert soundness.faults(content) == []
    lines = reading.lines(content)
    assert [line for line in lines if re.fullmatch(r"Pasal \d", line)] == ["Pasal 2", "Pasal 3", "Pasal 4"]
    assert recount.recount(content).changes == ()


def test_no_draft_asks_word_to_update_its_fields():
    parts = package.unpack(made(referring(), nama="N"))
    assert b"updateFields" not in parts["word/settings.xml"]


@pytest.mark.libreoffice
def test_a_word_processor_counts_every_combination_and_every_new_list_alike(libreoffice):
    """The references in the files say something wrong: what is printed was counted by the word processor."""
    body = blocks.pasal("Hak") + party_list(builders.text("{% ulang nomor %}")).replace("Konsiderans", "Huruf")
    anew = made(body + blocks.pasal("Lain") + blocks.huruf("akhir"), pihak=PIHAK)
    made_files = list(combinations())
    files = {str(place): papers.stale(content) for place, (_, content) in enumerate(made_files)}
    printed = libreoffice.texts({**files, "anew": anew})
    assert re.findall(r"^([a-z]\.|Pasal \d+)", printed.pop("anew"), re.MULTILINE) == [
        "Pasal 1", "a.", "b.", "a.", "Pasal 2", "a.",
    ]  # fmt: skip
    assert len(printed) == 32
    for place, (number, _) in enumerate(made_files):
        said = f"Pasal {number} ayat (2) huruf a angka 2"
        words = " ".join(printed[str(place)].split())
        assert f"lihat {said} dan {said}" in words, words
        assert f"di sini ayat (2) huruf a angka 2, di mana pun {said}" in words, words
