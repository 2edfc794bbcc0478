"""Every shipped template agrees with its schema, with the snapshot and with the program that wrote it."""

import dataclasses
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from portal import paths
from portal.documents import about, clauses, context, gate, lint, package, render, samples, templates
from portal.documents.facts import AgreementFacts, PartyFacts
from portal.documents.starters import articles, build
from portal.documents.wordxml import parse, text_of
from portal.domain.agreement import AgreementKind
from portal.domain.errors import NotFound
from portal.domain.template_settings import SignatureSide
from portal.domain.wording import PartyStyle
from tests.documents import reading

CODES = templates.CODES
CALLED = ["PIHAK KESATU", "PIHAK KEDUA", "PIHAK KETIGA", "PIHAK KEEMPAT", "PIHAK KELIMA"]
OUTSIDE_TAGS = re.compile(r"\{[{%#]|[}%#]\}")


def parties(count):
    return tuple(PartyFacts(name=f"Badan Contoh {n}", short_name=f"BC{n}") for n in range(1, count + 1))


@pytest.mark.parametrize("code", CODES)
def test_the_shipped_file_is_what_the_program_writes(code):
    assert (paths.DOC_TEMPLATES / f"{code}.docx").read_bytes() == build.build(code)


@pytest.mark.parametrize("code", CODES)
def test_the_template_keeps_to_its_schema_with_every_article_it_offers(code):
    template = templates.get(code)
    render.check(template)
    offered = tuple(dataclasses.replace(one, is_included=True) for one in articles.tree(code))
    render.check(clauses.splice(template, offered))
    assert template.title


@pytest.mark.parametrize("code", CODES)
def test_the_check_of_uploads_finds_nothing_in_a_starter(code):
    template = templates.get(code)
    assert lint.check(template.content, template.schema) == ()


def test_every_name_has_a_label_is_in_the_snapshot_and_is_used():
    known = [context.snapshot(facts) for facts in samples.BY_TEMPLATE.values()]
    whole = "".join(written(templates.get(code)) for code in CODES) + "".join(
        one.text + one.text_en for code in CODES for one in articles.tree(code)
    )
    for path, shape in leaves(about.read("pks").shape):
        assert shape.label, path
        name = path.replace("[]", "").split(".")[-1]
        assert re.search(rf"\b{name}\b", whole), f"{path} is never used"
        assert any(known_at(one, path) for one in known), f"{path} is not in the snapshot"


def written(template):
    parts = package.unpack(template.content)
    return "".join(text_of(parse(part)) for name, part in parts.items() if name.endswith(".xml"))


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


def drafted(code, facts):
    return render.render(articles.filled(templates.get(code), facts), context.snapshot(facts))


def signed(content):
    """Who signs, row by row: the designations that head the signature table."""
    rows = [line.split(" | ") for line in reading.lines(content)]
    heads = [[cell.split(" / ")[0] for cell in row] for row in rows if row[0].startswith("PIHAK ") and " / " in row[0]]
    return [row for row in heads if all(cell in CALLED for cell in row)]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_two_to_five_parties_each_have_their_number_place_and_signature(code, count):
    facts = dataclasses.replace(samples.BY_TEMPLATE[code], parties=parties(count), obligations=())
    made = drafted(code, facts)
    lines = reading.lines(made.content)
    called = CALLED[:count]
    assert lines[0].count("Logo BC") == count
    assert sum(cell.startswith("[belum diketahui: nomor naskah") for line in lines for cell in line.split(": ", 1)[1:2])
    assert reading.lines(made.content, "word/footer1.xml")[1] == " | ".join(f"Paraf {name}" for name in called)
    assert [name for row in signed(made.content) for name in row] == called
    assert not [line for line in lines if OUTSIDE_TAGS.search(line)]


@pytest.mark.parametrize("code", [code for code in CODES if code != "mou_bilingual"])
@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_every_party_has_a_number_line_and_a_row_of_its_own(code, count):
    named = parties(count)
    numbered = tuple(dataclasses.replace(one, number_printed=f"{n}/X/2026") for n, one in enumerate(named, start=1))
    lines = reading.lines(drafted(code, dataclasses.replace(samples.BY_TEMPLATE[code], parties=numbered)).content)
    first = next(n for n, line in enumerate(lines) if line.startswith("Pada hari ini"))
    assert [line for line in lines[:first] if line.startswith("NOMOR")] == [
        f"NOMOR: {n}/X/2026" for n in range(1, count + 1)
    ]
    assert [line.split(" ")[0] for line in lines if " | : | " in line] == [f"{n}." for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("count", "left", "right"),
    [
        (2, [["PIHAK KESATU", "PIHAK KEDUA"]], [["PIHAK KEDUA", "PIHAK KESATU"]]),
        (3, [["PIHAK KESATU", "PIHAK KEDUA"], ["PIHAK KETIGA"]], [["PIHAK KEDUA", "PIHAK KESATU"], ["PIHAK KETIGA"]]),
        (
            4,
            [["PIHAK KESATU", "PIHAK KEDUA"], ["PIHAK KETIGA", "PIHAK KEEMPAT"]],
            [["PIHAK KEDUA", "PIHAK KESATU"], ["PIHAK KEEMPAT", "PIHAK KETIGA"]],
        ),
        (
            5,
            [["PIHAK KESATU", "PIHAK KEDUA"], ["PIHAK KETIGA", "PIHAK KEEMPAT"], ["PIHAK KELIMA"]],
            [["PIHAK KEDUA", "PIHAK KESATU"], ["PIHAK KEEMPAT", "PIHAK KETIGA"], ["PIHAK KELIMA"]],
        ),
    ],
)
@pytest.mark.parametrize("code", ["mou", "pks"])
def test_signatures_stand_in_pairs_and_an_odd_one_alone(code, count, left, right):
    facts = dataclasses.replace(samples.BY_TEMPLATE[code], parties=parties(count), obligations=())
    assert signed(drafted(code, facts).content) == left
    other = dataclasses.replace(facts, signature_side=SignatureSide.FIRST_RIGHT)
    assert signed(drafted(code, other).content) == right


def test_a_single_signature_leaves_no_blank_line_for_another():
    content = drafted("pks", dataclasses.replace(samples.FULL, obligations=())).content
    lines = reading.lines(content)
    last = next(n for n, line in enumerate(lines) if line.startswith("PIHAK KETIGA / "))
    assert " | " not in lines[last]
    assert lines[last + 1] == "Drs. CONTOH ABDURRAHMAN WAHID WIRASASMITA"


@pytest.mark.parametrize("count", [2, 3])
def test_parties_are_joined_in_the_title_as_the_field_does(count):
    facts = AgreementFacts(kind=AgreementKind.MOU, printed_label="Nota", title="Uji", parties=parties(count))
    lines = reading.lines(drafted("mou", facts).content)
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
    lines = reading.lines(drafted("mou", facts).content)
    heads = next(line for line in lines if line.startswith("PIHAK KEDUA / "))
    assert " | PIHAK PERTAMA / " in heads
    assert not any("PIHAK KESATU" in line for line in lines)


@pytest.mark.parametrize("code", CODES)
def test_missing_marks_are_yellow_and_a_full_sample_has_none(code):
    bare = dataclasses.replace(samples.BY_TEMPLATE[code], signed_on=None, place=None)
    made = drafted(code, bare)
    marks = [
        text for text in map(reading.text_of, reading.main_part(made.content).iter(reading.R)) if "belum dik" in text
    ]
    assert marks
    assert marks == reading.marked(made.content)
    assert {"tanggal", "tempat"} <= {entry.name for entry in made.missing}
    assert drafted(code, samples.BY_TEMPLATE[code]).missing == ()


@pytest.mark.parametrize("code", CODES)
def test_drafts_pass_the_gate_and_never_ask_word_to_update_fields(code):
    made = drafted(code, samples.BY_TEMPLATE[code])
    parts = gate.check(made.content)
    assert b"updateFields" not in parts["word/settings.xml"]
    ids = [node.get("id") for node in parse(parts["word/document.xml"]).iter("{*}docPr")]
    assert len(ids) == len(set(ids)) == len(samples.BY_TEMPLATE[code].parties)


@pytest.mark.parametrize("code", CODES)
def test_another_reader_finds_the_same_words(code):
    """python-docx, which knows nothing of our code, opens the draft and reads the same paragraphs."""
    import io

    import docx

    made = drafted(code, samples.BY_TEMPLATE[code])
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
    lines = reading.lines(drafted("mou", facts).content)
    assert f"(1) Nota Kesepahaman ini berlaku {said}" in lines


def test_an_addendum_to_something_not_recorded_says_so():
    facts = dataclasses.replace(samples.CHANGED, amended=None, changes=())
    made = drafted("addendum", facts)
    assert {"jenis naskah yang diubah", "ketentuan yang diubah"} <= {entry.label for entry in made.missing}
    assert any("[belum diketahui: ketentuan yang diubah]" in line for line in reading.lines(made.content))


def test_a_pks_without_parent_money_or_duties_says_what_is_missing_and_nothing_of_a_parent():
    facts = dataclasses.replace(samples.FULL, parent=None, funding=None, obligations=())
    made = drafted("pks", facts)
    assert [entry.label for entry in made.missing] == [f"kewajiban PIHAK {n}" for n in ("KESATU", "KEDUA", "KETIGA")]
    assert not any("merupakan pelaksanaan" in line for line in reading.lines(made.content))
    assert any("dibebankan pada anggaran masing-masing PIHAK" in line for line in reading.lines(made.content))


def test_four_threads_make_the_same_bytes():
    with ThreadPoolExecutor(max_workers=4) as threads:
        made = list(threads.map(lambda _: drafted("pks", samples.FULL).content, range(8)))
    assert len(set(made)) == 1


def test_each_kind_of_agreement_has_its_template():
    assert {kind: found.code for kind in AgreementKind if (found := templates.for_kind(kind))} == {
        AgreementKind.MOU: "mou",
        AgreementKind.SYNERGY_NOTE: "synergy_note",
        AgreementKind.PKS: "pks",
        AgreementKind.AMENDMENT: "addendum",
        AgreementKind.EXTENSION: "extension",
        AgreementKind.TERMINATION: "termination",
    }


def test_an_unknown_template_is_not_found():
    assert templates.find("../mou") is None
    with pytest.raises(NotFound):
        templates.get("tidak-ada")


def test_the_digest_changes_with_file_schema_and_shared_names():
    one = templates.from_bytes("mou", b"a", b'title = "x"\n[names]\n')
    other = templates.from_bytes("mou", b"a", b'title = "x"\n[names]\n', shared=b'[names]\n"judul" = {label = "judul"}')
    assert other.digest != one.digest
    assert templates.from_bytes("mou", b"b", b'title = "x"\n[names]\n').digest != one.digest
    assert templates.from_bytes("mou", b"a", b'title = "y"\n[names]\n').digest != one.digest


@pytest.mark.parametrize(
    ("code", "label"),
    [("pks_aid", "rincian barang bantuan"), ("bast", "rincian barang bantuan"), ("synergy_note", "rencana kerja")],
)
def test_an_annex_of_which_nothing_is_known_says_so(code, label):
    sample = samples.BY_TEMPLATE[code]
    aid = None if sample.aid is None else dataclasses.replace(sample.aid, items=())
    made = drafted(code, dataclasses.replace(sample, aid=aid, obligations=()))
    assert label in {entry.label for entry in made.missing}
    assert reading.lines(made.content).count("LAMPIRAN") == 1
