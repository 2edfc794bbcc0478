"""Templates that break the rules of tags are refused with the tag's place, before anything is printed."""

import pytest

from portal.documents import render
from portal.documents.refusal import TemplateRefused
from portal.documents.starters import blocks
from tests.documents import builders


def paragraphs(*texts):
    return "".join(map(builders.text, texts))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (paragraphs("{{ nma }}"), "Nama “nma” tidak dikenal"),
        (paragraphs("{{ nama.depan }}"), "Nama “nama.depan” tidak dikenal"),
        (paragraphs("{{ nama | besar }}"), "Penyaring “besar” tidak dikenal"),
        (paragraphs("{{ nama"), "tidak ditutup"),
        (paragraphs("nama }}"), "tidak dibuka"),
        (paragraphs("{{ na", "ma }}"), "tidak ditutup"),
        (paragraphs("{{ }}"), "kosong"),
        (paragraphs("{% ulangi benda %}"), "Perintah “ulangi benda” tidak dikenal"),
        (paragraphs("{% jika nama %}", "x"), "tidak ditutup"),
        (paragraphs("x", "{% akhir jika %}"), "tanpa pembuka"),
        (paragraphs("{% jika nama %}", "{% akhir untuk %}"), "menutup"),
        (paragraphs("{% untuk b dalam benda %}", "{% selain itu %}", "{% akhir %}"), "tidak berada di dalam “jika”"),
        (paragraphs("{% jika nama %}", "{% selain itu %}", "{% selain itu %}", "{% akhir %}"), "hanya boleh"),
        (paragraphs("{% untuk b dalam nama %}", "{% akhir untuk %}"), "bukan daftar"),
        (paragraphs("{{ benda }}"), "bukan satu nilai"),
        (paragraphs("{% jika nama %}x", "y{% akhir jika %}"), "tidak ditutup di tingkat yang sama"),
        (paragraphs("{% jika nama == %}", "{% akhir %}"), "tidak dimengerti"),
        (paragraphs("{{ nama() }}"), "tidak dimengerti"),
        (paragraphs("{{ nama.__class__ }}"), "tidak dikenal"),
        (paragraphs("{{ 2 * 3 }}"), "tidak dimengerti"),
        (paragraphs("{{ rujuk.kahar }}"), "label “kahar” yang tidak ada"),
        (paragraphs("{% label a %}x", "{% label a %}y"), "dua kali"),
        (blocks.each("b", "benda", builders.text("{% label a %}{{ b }}")), "di dalam “untuk”"),
        (blocks.each("b", "benda", builders.text("x")) + builders.text("{{ b }}"), "Nama “b” tidak dikenal"),
    ],
)
def test_broken_template_is_refused(body, reason):
    with pytest.raises(TemplateRefused, match="Templat ditolak") as refusal:
        render.check(builders.template(body))
    assert reason in str(refusal.value)


def test_the_place_is_one_that_a_word_user_can_find():
    body = blocks.pasal("Satu") + blocks.pasal("Dua") + blocks.ayat("Nama mitra adalah {{ nma }}.")
    with pytest.raises(TemplateRefused) as refusal:
        render.check(builders.template(body))
    assert "Pasal 2 ayat (1), paragraf ke-3 (“Nama mitra adalah {{ nma }}.”)" in str(refusal.value)


def test_a_block_that_opens_in_one_cell_and_closes_in_another_is_refused():
    cells = (blocks.cell(9, builders.text("{% jika nama %}x")), blocks.cell(9, builders.text("y{% akhir jika %}")))
    with pytest.raises(TemplateRefused, match="tingkat yang sama"):
        render.check(builders.template(blocks.table((9, 9), blocks.row(*cells))))


def test_a_branch_that_is_not_taken_is_checked_all_the_same():
    body = blocks.when("pilihan", builders.text("{{ tidak_ada }}"))
    with pytest.raises(TemplateRefused, match="tidak_ada"):
        render.render(builders.template(body), {})
