"""What docxtpl prints from the templates that both can read, we print too."""

import re
from itertools import product

import pytest

from portal.documents import render
from tests.benchmarks import drafts, measures, pks
from tests.documents import soundness


@pytest.mark.parametrize("parties", [2, 3, 4, 5])
def test_every_combination_of_conditional_articles_reads_the_same(parties):
    template = pks.template()
    for conditions in product((True, False), repeat=5):
        data = pks.data(parties, 7, conditions)
        ours = render.render(template, data).content
        theirs = measures.docxtpl_draft(template.content, data)
        for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
            said = [alike(text) for text in drafts.texts(ours, part)]
            assert said
            assert said == [alike(text) for text in drafts.texts(theirs, part)], conditions


def alike(text):
    """A text without the number that a reference repeats: docxtpl leaves there whatever the template had."""
    return re.sub(r"dimaksud dalam Pasal \d+", "dimaksud dalam Pasal", text)


def test_a_draft_of_such_a_template_is_sound():
    assert soundness.faults(render.render(pks.template(), pks.data()).content) == []
