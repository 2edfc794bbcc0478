"""Word files of the office and of partners pass the same gate, with the reason at the field of the form."""

import pytest

from portal.domain.errors import RuleBroken
from portal.services import taking_in
from tests.documents import attacks, builders

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_a_good_word_file_comes_in():
    assert taking_in.media_type("naskah.docx", builders.docx()) == WORD


def test_other_kinds_are_no_business_of_the_gate():
    assert taking_in.media_type("naskah.pdf", PDF) == "application/pdf"


@pytest.mark.parametrize(
    "name", ["DDEAUTO over runs", "remote template", "file link", "altChunk", "3 million paragraphs"]
)
def test_what_the_gate_refuses_does_not_come_in(name):
    content, reason = attacks.BAD[name] if name in attacks.BAD else (attacks.LARGE[name][0](), attacks.LARGE[name][1])
    with pytest.raises(RuleBroken, match=reason) as refused:
        taking_in.media_type("naskah.docx", content)
    assert refused.value.field == "files"


def test_the_field_is_the_one_of_the_form():
    with pytest.raises(RuleBroken) as refused:
        taking_in.media_type("naskah.docx", attacks.BAD["DDE"][0], field="paper")
    assert refused.value.field == "paper"
