"""What can be marked in a round, the ready sentences, and the checklist."""

import pytest

from portal.domain.errors import RuleBroken
from portal.domain.obligation import REPORTED
from portal.domain.report_answers import Answers, Sent, SentFile
from portal.domain.report_check import Answer, check, questions
from portal.domain.report_mark import Mark, checked, items, label, of_file, phrases

FILE = SentFile(name="daftar.pdf", media_type="application/pdf", size=9, digest="a" * 64)
SENT = Sent(answers=Answers(narrative="Ada."), files=(FILE,))


def test_every_answer_every_file_and_the_evidence_can_be_marked() -> None:
    expected = ("narrative", "obstacles", "beneficiaries", "amount_rupiah", f"file:{'a' * 16}", "files")
    assert items(SENT) == expected
    assert label(of_file(FILE.digest), sent=SENT) == "daftar.pdf"
    assert label("beneficiaries", sent=SENT) == "Berapa orang yang menerima layanan?"
    assert all(label(item, sent=SENT) for item in expected)


def test_a_mark_is_one_line_of_an_item_that_was_sent() -> None:
    assert checked(Mark(item="narrative", sentence=" Jelaskan\n tempatnya. "), sent=SENT) == "Jelaskan tempatnya."


@pytest.mark.parametrize(
    ("item", "sentence", "field"),
    [
        ("entah", "Ada.", None),
        (of_file("b" * 64), "Ada.", None),
        ("narrative", " \n", "sentence"),
        ("narrative", "x" * 601, "sentence"),
    ],
)
def test_a_mark_that_says_nothing_or_is_nowhere_is_refused(item, sentence, field) -> None:
    with pytest.raises(RuleBroken) as refused:
        checked(Mark(item=item, sentence=sentence), sent=SENT)
    assert refused.value.field == field


def test_ready_sentences_are_kept_once_without_blanks() -> None:
    assert phrases(["Satu.", "", "  Dua  kata. ", "Satu."]) == ("Satu.", "Dua kata.")
    for too_much in (["x" * 301], [f"Kalimat {n}." for n in range(41)]):
        with pytest.raises(RuleBroken):
            phrases(too_much)


def test_every_kind_that_is_reported_has_four_to_six_questions() -> None:
    for kind in REPORTED:
        codes = [question.code for question in questions(kind)]
        assert 4 <= len(codes) <= 6
        assert len(set(codes)) == len(codes)


def test_a_no_without_a_note_is_refused_at_its_question() -> None:
    kind = next(iter(REPORTED))
    code = questions(kind)[0].code
    check({code: Answer(is_fine=True)}, kind=kind)
    check({code: Answer(is_fine=False, note="Periode lain.")}, kind=kind)
    for wrong in (Answer(is_fine=False, note=" "), Answer(is_fine=False, note="x" * 401)):
        with pytest.raises(RuleBroken) as refused:
            check({code: wrong}, kind=kind)
        assert refused.value.field == code
    with pytest.raises(RuleBroken):
        check({"entah": Answer(is_fine=True)}, kind=kind)
