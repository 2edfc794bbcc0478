"""A draft fresh from every starter passes all that uploads have to pass: nothing to mend, nothing to report."""

from functools import cache

import pytest

from portal.documents import context, gate, numbering, package, preview, recount, render, samples, templates, typed
from portal.documents.starters import articles
from portal.documents.wordxml import parse
from tests.documents import soundness

CODES = [code for code in templates.CODES if code in samples.BY_TEMPLATE]


@cache
def draft(code):
    facts = samples.BY_TEMPLATE[code]
    return render.render(articles.filled(templates.get(code), facts), context.snapshot(facts)).content


def labels(blocks):
    for block in blocks:
        if block.label:
            yield block.label
        for row in block.rows:
            for cell in row:
                yield from labels(cell)


@pytest.mark.parametrize("code", CODES)
def test_it_passes_the_gate_and_is_sound(code):
    assert "word/document.xml" in gate.check(draft(code), f"{code}.docx")
    assert soundness.faults(draft(code)) == []


@pytest.mark.parametrize("code", CODES)
def test_its_references_are_right_already(code):
    made = recount.recount(draft(code))
    assert (made.changes, made.dangling) == ((), ())
    assert made.content == draft(code)


@pytest.mark.parametrize("code", CODES)
def test_no_typed_reference_leads_nowhere(code):
    assert typed.check(draft(code)) == ()


@pytest.mark.parametrize("code", CODES)
def test_its_preview_shows_every_number(code):
    parts = package.unpack(draft(code))
    counted = numbering.read(parts).walk(parse(parts["word/document.xml"]))
    assert list(labels(preview.blocks(draft(code)))) == [found.label for _, found in counted if found]


def test_every_starter_has_a_sample_with_many_numbers():
    assert set(CODES) == set(templates.CODES)
    assert sum(len(list(labels(preview.blocks(draft(code))))) for code in CODES) > 500
