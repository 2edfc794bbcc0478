"""Every shipped template agrees with its schema, with the snapshot and with the program that wrote it."""

import dataclasses
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from portal import paths
from portal.documents import context, gate, package, render, samples, templates
from portal.documents.facts import AgreementFacts, PartyFacts
from portal.domain.template_settings import SignatureSide
from portal.documents.starters import build
from portal.documents.wordxml import parse, text_of
from portal.domain.agreement import AgreementKind
from portal.domain.errors import NotFound
from portal.domain.wording import PartyStyle
from tests.documents import reading

CODES = templates.CODES
OUTSIDE_TAGS = re.compile(r"\{[{%#]|[}%#]\}")


def parties(count):
    return tuple(PartyFacts(name=f"Badan Contoh {n}", short_name=f"BC{n}") for n in range(1, count + 1))


@pytest.mark.parametrize("code", CODES)
def test_the_shipped_file_is_what_the_program_writes(code):
    assert (paths.DOC_TEMPLATES / f"{code}.docx").read_bytes() == build.build(code)


@pytest.mark.parametrize("code", CODES)
def test_the_template_keeps_to_its_schema(code):
    template = templates.get(code)
    render.check(template)
    assert template.title


@pytest.mark.parametrize("code", CODES)
def test_every_name_of_the_schema_is_in_the_snapshot_and_in_the_template(code):
    template = templates.get(code)
    filled = samples.FULL if code != "addendum" else samples.CHANGED
    known = context.snapshot(filled)
    whole = "".join(
        text_of(parse(part)) for name, part in package.unpack(template.content).items() if name.endswith(".xml")
    )
    for path, shape in leaves(template.schema):
        assert shape.label, path
        name = path.replace("[]", "").split(".")[-1]
        assert re.search(rf"\b{name}\b", whole), f"{path} is never used"
        assert known_at(known, path), f"{path} is not in the snapshot"


def leaves(shape):
    below = [*shape.fields.values(), *([shape.item] if shape.item else [])]
    yield from [(shape.path, shape)] if shape.label else []
    for child in below:
        yield from leaves(child)


def known_at(value, path):
    steps = path.replace("[]", ".[]").split(".")
    found = [value]
    for step in steps:
        below = []
        for owner in found:
            if step == "[]":
                below += owner or [""]  # an empty list is known to be a list
            elif owner is not None and step in owner:
                below.append(owner[step])
        found = below
    return bool(found)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_two_to_five_parties_each_have_their_number_place_and_signature(code, count):
    facts = dataclasses.replace(samples.BY_TEMPLATE[code], parties=parties(count), obligations=())
    made = render.render(templates.get(code), context.snapshot(facts))
    lines = reading.lines(made.content)
    called = ["PIHAK KESATU", "PIHAK KEDUA", "PIHAK KETIGA", "PIHAK KEEMPAT", "PIHAK KELIMA"][:count]
    assert lines[0].count("[Logo BC") == count
    assert sum(line.startswith("NOMOR: ") for line in lines) == count
    assert [line.split(" ")[0] for line in lines if " | : | " in line] == [f"{n}." for n in range(1, count + 1)]
    signed = [cell for line in lines for cell in line.split(" | ") if cell.split(" / ")[0] in called and " / " in cell]
    assert [cell.split(" / ")[0] for cell in signed] == called
    assert reading.lines(made.content, "word/footer1.xml")[1] == " | ".join(f"Paraf {name}" for name in called)
    assert not [line for line in lines if OUTSIDE_TAGS.search(line)]


@pytest.mark.parametrize("count", [2, 3])
def test_parties_are_joined_in_the_title_as_the_field_does(count):
    facts = AgreementFacts(kind=AgreementKind.MOU, printed_label="Nota", title="Uji", parties=parties(count))
    lines = reading.lines(render.render(templates.get("mou"), context.snapshot(facts)).content)
    start = lines.index("ANTARA")
    title = lines[start + 1 : lines.index("TENTANG")]
    assert (
        title
        == {
            2: ["BADAN CONTOH 1", "DENGAN", "BADAN CONTOH 2"],
            3: ["BADAN CONTOH 1,", "BADAN CONTOH 2,", "DAN", "BADAN CONTOH 3"],
        }[count]
    )


def test_the_first_party_may_sign_on_the_right_and_be_called_pertama():
    facts = dataclasses.replace(
        samples.LITTLE_KNOWN, signature_side=SignatureSide.FIRST_RIGHT, party_style=PartyStyle.PERTAMA
    )
    lines = reading.lines(render.render(templates.get("mou"), context.snapshot(facts)).content)
    signed = next(line for line in lines if line.startswith("PIHAK KEDUA / "))
    assert " | PIHAK PERTAMA / " in signed
    assert not any("PIHAK KESATU" in line for line in lines)


@pytest.mark.parametrize("code", CODES)
def test_missing_marks_are_yellow_and_a_full_sample_has_none(code):
    bare = dataclasses.replace(samples.BY_TEMPLATE[code], signed_on=None, place=None)
    made = render.render(templates.get(code), context.snapshot(bare))
    marks = [
        text for text in map(reading.text_of, reading.main_part(made.content).iter(reading.R)) if "belum dik" in text
    ]
    assert marks
    assert marks == reading.marked(made.content)
    assert {"tanggal", "tempat"} <= {entry.name for entry in made.missing}
    assert render.render(templates.get("pks"), context.snapshot(samples.FULL)).missing == ()


@pytest.mark.parametrize("code", CODES)
def test_drafts_pass_the_gate_and_never_ask_word_to_update_fields(code):
    made = render.render(templates.get(code), context.snapshot(samples.BY_TEMPLATE[code]))
    parts = gate.check(made.content)
    assert b"updateFields" not in parts["word/settings.xml"]
    ids = [node.get("id") for node in parse(parts["word/document.xml"]).iter("{*}docPr")]
    assert len(ids) == len(set(ids)) == len(samples.BY_TEMPLATE[code].parties)


@pytest.mark.parametrize("code", CODES)
def test_another_reader_finds_the_same_words(code):
    """python-docx, which knows nothing of our code, opens the draft and reads the same paragraphs."""
    import io

    import docx

    made = render.render(templates.get(code), context.snapshot(samples.BY_TEMPLATE[code]))
    read = docx.Document(io.BytesIO(made.content))
    ours = [text_of(paragraph) for paragraph in reading.main_part(made.content)[0].iterchildren(reading.P)]
    assert [paragraph.text.replace("\n", "") for paragraph in read.paragraphs] == ours
    assert read.paragraphs[-1].style.name == "Kaki"


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (
            {"term_months": 36, "starts_on": date(2026, 1, 5), "ends_on": date(2029, 1, 5)},
            "untuk jangka waktu 3 (tiga) tahun terhitung sejak tanggal 5 Januari 2026 "
            "sampai dengan tanggal 5 Januari 2029.",
        ),
        ({"term_months": 6}, "untuk jangka waktu 6 (enam) bulan terhitung sejak tanggal ditandatangani."),
        (
            {"ends_on": date(2029, 1, 5)},
            "terhitung sejak tanggal ditandatangani sampai dengan tanggal 5 Januari 2029.",
        ),
        (
            {"starts_on": date(2026, 1, 5), "ends_on": date(2029, 1, 5)},
            "terhitung sejak tanggal 5 Januari 2026 sampai dengan tanggal 5 Januari 2029.",
        ),
        ({}, "untuk jangka waktu [belum diketahui: jangka waktu] terhitung sejak tanggal ditandatangani."),
    ],
)
def test_the_term_is_said_from_what_is_known(known, said):
    facts = dataclasses.replace(samples.LITTLE_KNOWN, **known)
    lines = reading.lines(render.render(templates.get("mou"), context.snapshot(facts)).content)
    assert f"(1) Nota Kesepahaman ini berlaku {said}" in lines


def test_an_addendum_to_something_not_recorded_says_so():
    facts = dataclasses.replace(samples.CHANGED, amended=None, changes=())
    made = render.render(templates.get("addendum"), context.snapshot(facts))
    assert {"jenis naskah yang diubah", "ketentuan yang diubah"} <= {entry.label for entry in made.missing}
    assert "[belum diketahui: ketentuan yang diubah]" in reading.lines(made.content)


def test_a_pks_without_parent_money_or_duties_says_what_is_missing_and_nothing_of_a_parent():
    facts = dataclasses.replace(samples.FULL, parent=None, funding=None, obligations=())
    made = render.render(templates.get("pks"), context.snapshot(facts))
    assert [entry.label for entry in made.missing] == [f"kewajiban PIHAK {n}" for n in ("KESATU", "KEDUA", "KETIGA")]
    assert not any("merupakan pelaksanaan" in line for line in reading.lines(made.content))
    assert any("dibebankan pada anggaran masing-masing PIHAK" in line for line in reading.lines(made.content))


def test_four_threads_make_the_same_bytes():
    snapshot = context.snapshot(samples.FULL)
    with ThreadPoolExecutor(max_workers=4) as threads:
        made = list(threads.map(lambda _: render.render(templates.get("pks"), snapshot).content, range(8)))
    assert len(set(made)) == 1


def test_each_kind_of_agreement_has_its_template():
    assert {kind: found.code for kind in AgreementKind if (found := templates.for_kind(kind))} == {
        AgreementKind.MOU: "mou",
        AgreementKind.SYNERGY_NOTE: "mou",
        AgreementKind.PKS: "pks",
        AgreementKind.AMENDMENT: "addendum",
        AgreementKind.EXTENSION: "addendum",
    }


def test_an_unknown_template_is_not_found():
    assert templates.find("../mou") is None
    with pytest.raises(NotFound):
        templates.get("tidak-ada")


def test_the_digest_changes_with_file_and_schema():
    one = templates.from_bytes("mou", b"a", b'title = "x"\n[names]\n')
    assert templates.from_bytes("mou", b"b", b'title = "x"\n[names]\n').digest != one.digest
    assert templates.from_bytes("mou", b"a", b'title = "y"\n[names]\n').digest != one.digest
