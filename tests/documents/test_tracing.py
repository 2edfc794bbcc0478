"""A traced draft says the same as any other, and where each of its values comes from."""

import pytest

from portal.documents import context, package, preview, render, samples, templates
from portal.documents.starters import blocks
from portal.documents.tracing import Source
from tests.documents import builders


def words(content, **how):
    """What a file says, block by block, without the looks of its pieces."""
    return list(told(preview.blocks(content, **how)))


def told(found):
    for block in found:
        yield block.kind, block.label, block.text
        for row in block.rows:
            for cell in row:
                yield from told(cell)


@pytest.mark.parametrize("code", templates.CODES)
def test_a_traced_draft_reads_as_the_draft_itself(code):
    template, snapshot = templates.get(code), context.snapshot(samples.BY_TEMPLATE[code])
    plain, traced = render.render(template, snapshot), render.render(template, snapshot, is_traced=True)
    assert words(traced.content, is_traced=True) == words(plain.content)
    assert traced.missing == plain.missing
    assert len(traced.sources) > 10
    assert plain.sources == ()


def test_every_value_names_its_place_in_the_schema_and_its_party():
    body = blocks.each("p", "pihak", builders.text("NOMOR: {{ p.nomor }}")) + builders.text("{{ nama }} ada")
    known = {"pihak": [{"urutan": 1, "nomor": "7"}, {"urutan": 2}], "nama": ""}
    made = render.render(builders.template(body), known, is_traced=True)
    pieces = [piece for block in preview.blocks(made.content, is_traced=True) for piece in block.pieces]
    said = [(piece.text, piece.mark, made.sources[piece.source]) for piece in pieces if piece.source is not None]
    assert said == [
        ("7", "", Source(name="pihak[].nomor", position=1)),
        ("[belum diketahui: nomor]", "missing", Source(name="pihak[].nomor", position=2)),
        ("[belum diketahui: nama mitra]", "missing", Source(name="nama")),
    ]
    assert [piece.text for piece in pieces if piece.source is None] == ["NOMOR: ", "NOMOR: ", " ada"]


def test_signs_in_a_fact_lead_nowhere_and_a_kept_file_has_none():
    template = builders.template(builders.text("{{ nama }}"))
    evil = {"nama": "a\ufdd07\ufdd1b\ufdd2 & <c>\nd"}
    made = render.render(template, evil, is_traced=True)
    (block,) = preview.blocks(made.content, is_traced=True)
    assert [(piece.text, piece.source) for piece in block.pieces] == [("a7b & <c>\nd", 0)]
    kept = package.unpack(render.render(template, {"nama": "x"}).content)["word/document.xml"].decode()
    assert not any(sign in kept for sign in "\ufdd0\ufdd1\ufdd2")
