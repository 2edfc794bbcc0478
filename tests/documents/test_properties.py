"""Title and subject of a draft as a file: filled from the facts, never markup, wrong tags told."""

import dataclasses
import io

import docx
import pytest

from portal.documents import lint, package, render, templates
from portal.documents.properties import PART
from tests.documents import builders, golden, soundness


def titled(words):
    """A template whose properties have this title."""
    made = builders.template(builders.text("x"))
    parts = package.unpack(made.content)
    parts[PART] = parts[PART].replace(b"<dc:title>Uji<", f"<dc:title>{words}<".encode())
    content = package.pack(parts)
    return dataclasses.replace(made, content=content, digest=str(hash(content)))


def title(words, **values):
    made = render.render(titled(words), values).content
    assert soundness.faults(made) == []
    return docx.Document(io.BytesIO(made)).core_properties.title


@pytest.mark.parametrize("code", templates.CODES)
def test_every_starter_is_titled_by_what_it_is_about(code):
    about = docx.Document(io.BytesIO(golden.rendered(code).content)).core_properties
    facts = golden.FACTS[code]
    assert (about.title, about.subject, about.language) == (facts.title, facts.printed_label, "id-ID")
    assert about.author == ""


def test_values_are_text_and_never_markup():
    assert title("Naskah {{ nama }}", nama="A & <B>\n\tC\x00") == "Naskah A & <B> C"
    assert title("{{ nama | kapital }}, {{ jumlah | terbilang }}", nama="a", jumlah=2) == "A, dua"


def test_what_is_not_known_stays_empty_and_is_not_listed():
    made = render.render(titled("Naskah {{ nama }}"), {})
    assert docx.Document(io.BytesIO(made.content)).core_properties.title == "Naskah "
    assert made.missing == ()


@pytest.mark.parametrize(("words", "code"), [("{{ nma }}", "T107"), ("{% jika nama %}x{% akhir %}", "T112")])
def test_a_wrong_tag_is_a_fault_of_the_properties(words, code):
    template = titled(words)
    found = [one for one in lint.check(template.content, template.schema) if one.is_error]
    assert {(one.code, one.part, one.place) for one in found} == {(code, PART, "Properti berkas")}


def test_a_name_in_the_title_alone_counts_as_not_used():
    template = titled("{{ nama }}")
    unused = [one.values["name"] for one in lint.check(template.content, template.schema) if one.code == "T201"]
    assert "nama" in unused


def test_a_broken_part_is_one_fault():
    made = builders.template(builders.text("x"))
    content = package.pack({**package.unpack(made.content), PART: b"<a>"})
    assert [one.code for one in lint.check(content, made.schema)] == ["T100"]
