"""Numbers as people type them, sections, what may be sent, the record of a round."""

import pytest

from portal.domain import report_answers
from portal.domain.errors import RuleBroken
from portal.domain.report_answers import Answers, Section, Sent, SentFile


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("60", 60),
        (" 1.240.000 ", 1_240_000),
        ("1 240 000", 1_240_000),
        ("Rp12.500.000", 12_500_000),
        ("Rp. 12.500.000,00", 12_500_000),
        ("12.500.000,-", 12_500_000),
        ("0", 0),
    ],
)
def test_numbers_are_read_as_indonesians_type_them(text: str, number: int) -> None:
    assert report_answers.whole_number(text) == number


@pytest.mark.parametrize("text", ["enam puluh", "1,5", "1.5", "-3", "60 orang", "1.24.000", "12,500,000", "", "½", "٦"])
def test_what_is_no_whole_number_is_not_guessed(text: str) -> None:
    assert report_answers.whole_number(text) is None


def test_typed_text_that_is_not_valid_is_kept_as_it_was() -> None:
    answers = report_answers.read({"beneficiaries": " enam puluh ", "amount_rupiah": "12.500.000"})
    assert answers.beneficiaries is None
    assert answers.raw == {"beneficiaries": "enam puluh"}
    assert answers.typed()["beneficiaries"] == "enam puluh"
    assert answers.typed()["amount_rupiah"] == "12.500.000"


@pytest.mark.parametrize(("field", "largest"), [("beneficiaries", 999_999_999), ("amount_rupiah", 10**15)])
def test_numbers_too_large_to_keep_stay_as_typed(field: str, largest: int) -> None:
    assert getattr(report_answers.read({field: str(largest)}), field) == largest
    assert report_answers.read({field: str(largest + 1)}).raw == {field: str(largest + 1)}


def test_blank_text_is_no_answer_and_line_ends_are_one_kind() -> None:
    answers = report_answers.read({"narrative": "Baris satu\r\nBaris dua", "obstacles": "  \r\n "})
    assert answers.narrative == "Baris satu\nBaris dua"
    assert answers.obstacles is None


def test_a_text_is_cut_at_the_longest() -> None:
    answers = report_answers.read({"narrative": "a" * (report_answers.LONGEST_TEXT + 5)})
    assert len(answers.narrative or "") == report_answers.LONGEST_TEXT


def test_sections_count_when_they_hold_something_valid() -> None:
    answers = Answers(narrative="Ada.", beneficiaries=0, raw={"amount_rupiah": "banyak"})
    assert report_answers.filled(answers, files=0) == {Section.ACTIVITY, Section.BENEFICIARIES}
    assert Section.EVIDENCE in report_answers.filled(answers, files=1)


def test_sending_needs_the_activity_first_and_then_valid_numbers() -> None:
    with pytest.raises(RuleBroken) as missing:
        report_answers.check_sendable(Answers(narrative=" ", raw={"beneficiaries": "x"}))
    assert missing.value.field == "narrative"
    with pytest.raises(RuleBroken) as wrong:
        report_answers.check_sendable(Answers(narrative="Ada.", raw={"amount_rupiah": "x"}))
    assert wrong.value.field == "amount_rupiah"
    report_answers.check_sendable(Answers(narrative="Ada."))


def test_the_record_of_a_round_comes_back_as_it_went() -> None:
    file = SentFile(name="a.pdf", media_type="application/pdf", size=3, digest="d" * 64)
    sent = Sent(answers=Answers(narrative="Ada “kutip”.", beneficiaries=3, amount_rupiah=10**12), files=(file,))
    assert Sent.load(sent.dump()) == sent


def test_an_older_record_with_fewer_fields_is_read() -> None:
    assert Sent.load('{"narrative": "Ada."}') == Sent(answers=Answers(narrative="Ada."))
