"""The shipped clauses: every one complete, in the tone of the field, in two languages, with readable patterns."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from portal.domain import clause, clause_check, pattern
from portal.domain.agreement import AgreementKind
from portal.domain.calendar import WorkingCalendar
from portal.domain.clause import Block, Condition, Level
from portal.domain.obligation import Cadence, DayType, OffsetUnit, ScheduleKind
from portal.domain.period import Period
from portal.domain.reading import numbers
from portal.domain.review.blocks import REQUIRED
from portal.domain.schedule import Anchors, occurrences
from portal.domain.schedule_check import WAITING
from portal.domain.wording import figure_and_words
from portal.domain.wording.deadlines import hours_in_words
from portal.services.clause_seed import FOLDER, shipped

CLAUSES = shipped()
BY_CODE = {row["code"]: row for row in CLAUSES}
VARIED = {row["variant_of"] for row in CLAUSES if "variant_of" in row} | {
    row["code"] for row in CLAUSES if "variant_of" in row
}
each_clause = pytest.mark.parametrize("row", CLAUSES, ids=[row["code"] for row in CLAUSES])

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
ENDS = (";", "; dan", "; atau", "; dan/atau", ".", ":", ".”")
ENDS_EN = (";", "; and", "; or", ".", ":", ".”")
SECTIONS = {**REQUIRED, AgreementKind.PKS: (*REQUIRED[AgreementKind.PKS], (Block.FUNDING,), (Block.MONEV,))}
NEGOTIATED = (
    Block.TERM,
    Block.TERMINATION,
    Block.DISPUTE,
    Block.FORCE_MAJEURE,
    Block.SANCTIONS,
    Block.DATA_PROTECTION,
    Block.CONFIDENTIALITY,
)
TERM = Anchors(
    term=Period(starts_on=date(2026, 2, 1), ends_on=date(2029, 2, 1)),
    signed_on=date(2026, 2, 1),
    parent_signed_on=date(2025, 2, 1),
)
YEARS = WorkingCalendar(holidays=frozenset(), years=frozenset(range(2025, 2032)))
SAID_EVERY = {
    Cadence.MONTHLY: "bulan",
    Cadence.QUARTERLY: "triwulan",
    Cadence.SEMESTER: "semester",
    Cadence.YEARLY: "tahun",
}


def key(code):
    return code.replace("-", "_")


def sentences(text) -> Iterator[clause.Line]:
    return (line for line in clause.parse(text) if line.level not in {Level.COMMAND, Level.ROW})


def bare(text):
    """The words that are printed whatever the values are, a dot for each tag."""
    return TAG.sub("·", text)


def texts(row):
    return (row["text"], *(one["text"] for one in row.get("fallbacks", ())))


def patterns():
    return [
        pytest.param(row, pattern.read(plain), id=f"{row['code']}-{place}")
        for row in CLAUSES
        for place, plain in enumerate(row.get("patterns", ()))
    ]


def test_the_library_holds_at_least_sixty_clauses_each_with_its_own_code():
    assert len(CLAUSES) >= 60
    assert max(Counter(row["code"] for row in CLAUSES).values()) == 1
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", row["code"]) and len(row["code"]) <= 60 for row in CLAUSES)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_each_file_holds_the_clauses_of_its_block(path):
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["clause"]
    assert {row["block"] for row in rows} == {Block(path.stem).value}


def test_every_block_of_the_field_has_a_clause():
    assert {row["block"] for row in CLAUSES} == {block.value for block in Block}


@each_clause
def test_a_clause_says_all_that_the_library_needs(row):
    kinds = {AgreementKind(kind) for kind in row["kinds"]}
    assert kinds
    assert {AgreementKind(kind) for kind in row["mandatory_kinds"]} <= kinds
    assert Condition(row["condition"]) in Condition
    assert not row["mandatory_kinds"] or Condition(row["condition"]) is not Condition.CHOSEN
    for name in ("title", "title_en", "text", "text_en", "guidance"):
        assert row[name].strip(), name
    assert 1 <= len(re.findall(r"[.?!](?:\s|$)", row["guidance"])) <= 3
    assert len(row["guidance"].split()) <= 50


@each_clause
def test_a_variant_follows_a_clause_of_the_same_block_and_title(row):
    if "variant_of" not in row:
        return
    base = BY_CODE[row["variant_of"]]
    assert "variant_of" not in base
    assert (row["block"], row["title"]) == (base["block"], base["title"])
    assert set(row["kinds"]) <= set(base["kinds"])
    assert CLAUSES.index(base) < CLAUSES.index(row)


@each_clause
def test_texts_are_in_order_and_their_commands_balanced(row):
    clause_check.check(row["text"], row["text_en"])
    for fallback in row.get("fallbacks", ()):
        assert fallback["name"].strip()
        clause_check.check(fallback["text"])


@each_clause
def test_typed_marks_count_as_the_numbers_will_be_printed(row):
    """Lists from loops repeat their first letter, so only clauses without loops are compared."""
    if "{% untuk" not in row["text"] and "{% jika pembiayaan" not in row["text"]:
        assert clause.write(clause.parse(row["text"])) == row["text"].strip()
        assert clause.write(clause.parse(row["text_en"])) == row["text_en"].strip()


@each_clause
def test_two_languages_have_the_same_lines_commands_labels_and_references(row):
    ours, theirs = clause.parse(row["text"]), clause.parse(row["text_en"])
    assert [line.level for line in ours] == [line.level for line in theirs]
    assert [line.text for line in ours if line.level is Level.COMMAND] == [
        line.text for line in theirs if line.level is Level.COMMAND
    ]
    for one, other in zip(ours, theirs, strict=True):
        assert clause.labels(one.text) == clause.labels(other.text)
        assert clause.references(one.text) == clause.references(other.text)


def test_labels_are_unique_and_begin_with_the_key_of_their_clause():
    given = [(label, row["code"]) for row in CLAUSES for label in clause.labels(row["text"])]
    assert max(Counter(label for label, _ in given).values()) == 1
    assert not {label for label, _ in given} & {key(code) for code in BY_CODE}
    assert [pair for pair in given if not pair[0].startswith(f"{key(pair[1])}_")] == []


@each_clause
def test_references_lead_to_what_is_printed_whenever_they_are(row):
    """A target is a label of the same clause, or a clause that nobody can leave out or exchange there."""
    own = set(clause.labels(row["text"]))
    for text in texts(row):
        for near in re.findall(r"rujuk_dekat\.(\w+)", text):
            assert near in own
        for far in re.findall(r"rujuk\.(\w+)", text):
            target = next(one for one in CLAUSES if key(one["code"]) == far)
            assert target["code"] not in VARIED
            assert set(row["kinds"]) <= set(target["mandatory_kinds"])
            assert target["condition"] in {Condition.ALWAYS.value, row["condition"]}


@each_clause
def test_lines_end_as_lists_and_sentences_do(row):
    for text, ends, last in ((row["text"], ENDS, "; dan"), (row["text_en"], ENDS_EN, "; and")):
        looped = "{% jika putaran.sisa == 0 %}.{% atau jika putaran.sisa == 1 %}" + last + "{% selain itu %};"
        lines = list(sentences(text))
        for line in lines:
            assert line.text.endswith((*ends, looped + "{% akhir jika %}")), line.text
        assert not lines[-1].text.endswith((";", last, ":"))


@each_clause
def test_a_list_has_its_conjunction_before_the_last_item(row):
    lines = list(sentences(row["text"]))
    for line, following in pairwise(lines):
        if line.text.endswith(("; dan", "; atau", "; dan/atau")):
            assert following.text.endswith(".")
        if line.text.endswith(":"):
            assert following.level in {Level.HURUF, Level.ANGKA} or "{{ p.sebutan }}" in row["text"]
        if line.text.endswith(";"):
            assert following.level is line.level


@each_clause
def test_the_typing_is_clean(row):
    for text in (*texts(row), row["text_en"], row["guidance"], row["title"], row["title_en"]):
        assert "  " not in text
        assert not re.search(r"\s[,;:.)]", text)
        assert not re.search(r'\(\s|"(?![^{]*\}\})', text)
        assert not re.search(r"\b(\w+) \1\b", bare(text))
        assert not re.search(r"[\[\]…]|X{3}|\.{2}", bare(text))


@each_clause
def test_no_number_of_an_article_or_a_party_is_typed_by_hand(row):
    for text in (*texts(row), row["text_en"]):
        assert not re.search(r"\b(?:Pasal|Article|huruf|angka)\s+[\d(]|\b(?:ayat|paragraph)\s+\(?\d", bare(text))
        assert not re.search(r"\b(?:PIHAK|PARTY) (?:KE\w+|PERTAMA|FIRST)|\b(?:FIRST|SECOND) PARTY", bare(text))


@each_clause
def test_the_terms_are_those_of_the_field(row):
    for text in texts(row):
        assert not re.search(r"\b[Pp]ara [Pp]ihak\b|\bPara PIHAK\b|\bPihak\b|\bpihak lainnya\b", bare(text))
        assert not re.search(
            r"\b(?:perlindungan data|kerjasama|selambat-lambatnya|dikarenakan|force majeure|materai)\b", text
        )
        assert not re.search(r"\b(?:perjanjian|nota) ini\b", text, re.IGNORECASE), "the text is named by its own kind"
    assert "the parties" not in row["text_en"]


@each_clause
def test_defined_terms_stand_where_they_are_defined_and_nowhere_in_small_letters(row):
    """Clauses that a text without definitions may hold say everything in common words."""
    is_own = row["kinds"] == ["pks"] and not row["code"].startswith("bast-")
    for text in texts(row):
        if is_own:
            assert not re.search(r"\b(?:hari kerja|penerima manfaat|rencana kerja)\b", bare(text))
        elif row["kinds"] != ["synergy_note"]:
            assert not re.search(
                r"\b(?:Hari Kerja|Penerima Manfaat|Rencana Kerja|Data Pribadi|PAS|BAST|LPJ)\b", bare(text)
            )


@each_clause
def test_figures_stand_with_their_words(row):
    for text in texts(row):
        for line in sentences(text):
            said = list(numbers(line.text))
            assert [one.text for one in said if one.is_near or one.value not in {None, one.figure}] == []
            plain = re.sub(r"\d+ x (?=\d+ \()", "", bare(line.text))
            assert not re.search(r"\d(?!\d*%? \()", plain), line.text


@each_clause
def test_nothing_is_too_long_to_be_read(row):
    for text in (*texts(row), row["text_en"]):
        assert max(len(bare(line.text).split()) for line in clause.parse(text)) <= 75
        assert len(bare(text).split()) <= 300


@pytest.mark.parametrize("kind", list(SECTIONS), ids=lambda kind: kind.value)
def test_each_kind_has_a_mandatory_clause_for_each_block_it_must_hold(kind):
    for group in SECTIONS[kind]:
        found = [
            row
            for row in CLAUSES
            if Block(row["block"]) in group
            and kind.value in row["mandatory_kinds"]
            and row["condition"] == Condition.ALWAYS.value
        ]
        assert found, f"{kind}: {group}"


@pytest.mark.parametrize(
    ("kind", "block", "condition"),
    [
        ("pks", Block.DATA_PROTECTION, Condition.DATA_EXCHANGE),
        ("mou", Block.DATA_PROTECTION, Condition.DATA_EXCHANGE),
        ("pks", Block.AID, Condition.AID),
        ("pks", Block.SANCTIONS, Condition.REGION),
        ("mou", Block.LANGUAGE, Condition.FOREIGN),
        ("pks", Block.LANGUAGE, Condition.FOREIGN),
    ],
)
def test_what_a_condition_demands_is_mandatory_under_it(kind, block, condition):
    found = [row for row in CLAUSES if row["block"] == block.value and row["condition"] == condition.value]
    assert any(kind in row["mandatory_kinds"] for row in found)


@pytest.mark.parametrize("block", NEGOTIATED, ids=lambda block: block.value)
def test_blocks_that_are_negotiated_have_wordings_to_fall_back_on(block):
    assert any(row.get("fallbacks") for row in CLAUSES if row["block"] == block.value)


@each_clause
def test_a_fallback_keeps_the_label_of_what_it_replaces(row):
    for fallback in row.get("fallbacks", ()):
        mark = fallback["text"].split()[0]
        replaced = [line for line in row["text"].splitlines() if line.split()[0] == mark]
        assert len(replaced) == 1 or row["text"].count("\n") <= 1
        assert clause.labels(fallback["text"]) == clause.labels(replaced[0]), fallback["name"]


@pytest.mark.parametrize(("row", "read"), patterns())
def test_a_pattern_belongs_to_its_ayat_and_says_its_number(row, read):
    assert read.label == "" or read.label in clause.labels(row["text"])
    line = next((one for one in row["text"].splitlines() if read.label and f"label {read.label} " in one), row["text"])
    if read.offset_unit is OffsetUnit.HOURS:
        assert hours_in_words(read.offset_count) in line
    elif read.offset_count:
        assert figure_and_words(abs(read.offset_count)) in line
        unit = {OffsetUnit.MONTHS: "bulan", OffsetUnit.WEEKS: "minggu"}.get(read.offset_unit, "hari")
        days = {DayType.WORKING: "hari kerja", DayType.CALENDAR: "hari kalender"}[read.day_type]
        assert (days if unit == "hari" else unit) in line.casefold()
    if read.schedule is ScheduleKind.RECURRING:
        assert SAID_EVERY[read.cadence] in line
    if said := re.search(r"\d+ \(\w+[\w ]*\)|\d x \d+", read.title):
        assert said[0] in line


@pytest.mark.parametrize(("row", "read"), patterns())
def test_a_pattern_becomes_duties_of_two_to_five_parties(row, read):
    for count in range(2, 6):
        for ours in (1, count):
            seats = pattern.seats(read, count=count, ours=ours)
            assert set(seats.debtors) | set(seats.creditors) == set(range(1, count + 1))
    assert pattern.sentence(read).startswith(read.title)
    assert read.title[:1].isupper()
    assert len(read.evidence) <= 240


@pytest.mark.parametrize(("row", "read"), patterns())
def test_a_dated_pattern_has_days_in_an_agreement_of_three_years(row, read):
    found = occurrences(read.as_schedule(), TERM, calendar=YEARS, horizon_on=date(2029, 2, 1))
    waits = read.schedule in {ScheduleKind.CONTINUOUS, *WAITING}
    assert bool(found) is not waits, row["code"]


def test_the_duties_of_the_field_are_proposed():
    kinds = {pattern.read(plain).kind.value for row in CLAUSES for plain in row.get("patterns", ())}
    assert kinds >= {
        "reporting",
        "workplan",
        "monev",
        "funding",
        "handover",
        "accountability",
        "data_exchange",
        "data_protection",
        "confidentiality",
        "notice",
        "coordination",
        "referral",
        "training",
        "accreditation",
        "publication",
        "ip",
        "insurance_tax",
        "staffing",
        "facility",
        "service_delivery",
    }
