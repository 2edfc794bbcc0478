"""A template comes back with its faults as Word comments on the paragraphs they are about."""

import io

import docx
import pytest

from portal.documents import annotate, gate, lint, package, schema
from portal.documents.lint import Finding
from portal.documents.starters import blocks
from portal.documents.wordxml import PPR, P, parse, text_of, w
from tests.documents import attacks, builders, soundness

NAMED = Finding(
    code="T110",
    is_error=True,
    message="Nama “%(name)s” tidak dikenal.",
    values={"name": "piihak"},
    place="Pasal 1, paragraf ke-2",
    paragraph=2,
    tag="{{ piihak }}",
    suggestion="pihak",
)
DOUBT = Finding(code="T210", is_error=False, message="Nomor diketik sebagai teks.", paragraph=3)


def template(body=None):
    body = body or blocks.pasal("Satu") + blocks.isi("{{ piihak }}") + blocks.isi("1. diketik") + blocks.isi("baik")
    return builders.docx(attacks.document(body))


def roots(content):
    parts = package.unpack(content)
    return parse(parts["word/document.xml"]), parse(parts["word/comments.xml"])


def commented(content):
    """The texts of comments by the text of the paragraph they stand on."""
    document, comments = roots(content)
    said = {made.get(w("id")): [text_of(line) for line in made.iter(P)] for made in comments.iter(w("comment"))}
    return {
        (text_of(paragraph), mark.get(w("id"))): said[mark.get(w("id"))]
        for paragraph in document.iter(P)
        for mark in paragraph.iter(w("commentReference"))
    }


def test_each_finding_stands_on_its_paragraph_with_its_words():
    made = commented(annotate.annotate(template(), [NAMED, DOUBT]))
    assert made == {
        ("{{ piihak }}", "0"): [
            "Kesalahan T110: Nama “piihak” tidak dikenal. Maksud Anda “pihak”?",
            "{{ piihak }}",
            "Pasal 1, paragraf ke-2",
        ],
        ("1. diketik", "1"): ["Peringatan T210: Nomor diketik sebagai teks."],
    }


def test_the_file_is_sound_and_passes_the_gate():
    made = annotate.annotate(template(), [NAMED, DOUBT, NAMED])
    assert soundness.faults(made, has_tags=True) == []
    assert "word/comments.xml" in gate.check(made, "templat.docx")


def test_another_reader_of_word_files_finds_the_comments_and_their_paragraphs():
    made = docx.Document(io.BytesIO(annotate.annotate(template(), [NAMED, DOUBT])))
    said = {one.comment_id: (one.author, one.text) for one in made.comments}
    assert [text.splitlines()[0] for _, text in said.values()] == [
        "Kesalahan T110: Nama “piihak” tidak dikenal. Maksud Anda “pihak”?",
        "Peringatan T210: Nomor diketik sebagai teks.",
    ]
    assert all(author for author, _ in said.values())
    marked = [one.text for one in made.paragraphs if one._p.findall(f".//{w('commentReference')}")]
    assert marked == ["{{ piihak }}", "1. diketik"]


def test_the_text_of_the_template_stays_as_it_was():
    before = parse(package.unpack(template())["word/document.xml"])
    after, _ = roots(annotate.annotate(template(), [NAMED]))
    assert [text_of(paragraph) for paragraph in after.iter(P)] == [text_of(paragraph) for paragraph in before.iter(P)]


def test_a_range_begins_behind_the_properties_of_the_paragraph():
    document, _ = roots(annotate.annotate(template(), [NAMED]))
    paragraph = list(document.iter(P))[1]
    assert [child.tag for child in paragraph][:2] == [PPR, w("commentRangeStart")]


def test_the_style_of_comment_marks_is_added_once():
    once = annotate.annotate(template(), [NAMED])
    twice = annotate.annotate(once, [DOUBT])
    styles = parse(package.unpack(twice)["word/styles.xml"])
    ids = [style.get(w("styleId")) for style in styles.iter(w("style"))]
    assert ids.count("CommentReference") == 1


def test_comments_that_are_already_there_stay():
    twice = annotate.annotate(annotate.annotate(template(), [NAMED]), [DOUBT])
    assert soundness.faults(twice, has_tags=True) == []
    assert [key[1] for key in commented(twice)] == ["0", "1"]


def test_a_finding_in_the_footer_stands_on_the_first_paragraph_and_says_where_it_is():
    found = Finding(
        code="T110", is_error=True, message="Salah.", part="word/footer1.xml", place="Kaki halaman", paragraph=7
    )
    assert commented(annotate.annotate(template(), [found])) == {
        ("SATU", "0"): ["Kesalahan T110: Salah.", "Kaki halaman"]
    }


@pytest.mark.parametrize("paragraph", [1, 4, 40])
def test_a_finding_counted_with_articles_in_their_slot_is_led_back_to_its_tag(paragraph):
    found = Finding(code="T110", is_error=True, message="Salah.", paragraph=paragraph, tag="{{ piihak }}")
    assert list(commented(annotate.annotate(template(), [found]))) == [("{{ piihak }}", "0")]


def test_a_finding_without_a_paragraph_stands_on_the_first_one():
    found = Finding(code="T190", is_error=False, message="Nama tidak dipakai.")
    assert list(commented(annotate.annotate(template(), [found]))) == [("SATU", "0")]


def test_what_the_check_of_templates_finds_can_be_annotated():
    content = builders.template(blocks.pasal("Satu") + blocks.isi("{{ namaa }}") + blocks.isi("{{ jumlah }}")).content
    found = lint.check(content, schema.read(builders.NAMES))
    made = annotate.annotate(content, found)
    errors = {finding.code for finding in found if finding.is_error}
    said = {key[0]: lines for key, lines in commented(made).items() if any(code in lines[0] for code in errors)}
    assert list(said) == ["{{ namaa }}"]
    assert soundness.faults(made, has_tags=True) == []


def test_without_findings_the_file_comes_back_as_it_was():
    assert annotate.annotate(template(), []) == template()


def test_equal_input_gives_equal_bytes():
    assert annotate.annotate(template(), [NAMED]) == annotate.annotate(template(), [NAMED])


def test_words_before_the_faults_can_be_given():
    made = commented(annotate.annotate(template(), [DOUBT], words={True: "Error", False: "Warning"}))
    assert made == {("1. diketik", "0"): ["Warning T210: Nomor diketik sebagai teks."]}


@pytest.mark.libreoffice
def test_it_opens_in_a_word_processor(libreoffice):
    text = libreoffice.text(annotate.annotate(template(), [NAMED, DOUBT]))
    assert "{{ piihak }}" in text
    assert "Pasal 1" in text
