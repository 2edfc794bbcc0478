"""Numbers as people type them, steps that are done, what may be sent, the record of a round."""

import pytest

from portal.domain import report_answers
from portal.domain.errors import RuleBroken
from portal.domain.report_answers import Answers, Sent, SentFile
from portal.domain.report_form import DEFAULT, Field, Form, Step


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


def test_steps_are_done_when_they_hold_something_valid() -> None:
    answers = Answers(narrative="Ada.", beneficiaries=0, raw={"amount_rupiah": "banyak"})
    assert report_answers.filled(answers, files=0) == {Step.ACTIVITY, Step.NUMBERS}
    assert Step.EVIDENCE in report_answers.filled(answers, files=1)


FORM = Form(
    fields=(
        *DEFAULT.fields[:3],
        Field(name="number_1", label="Berapa kali?", unit="kali", needed=True),
        Field(name="files", label="Foto", needed=True),
    )
)


def test_a_form_may_ask_numbers_of_its_own_and_their_notes_stay() -> None:
    typed = {"narrative": "Ada.", "number_1": "1.250", "note_number_1": " Ada dua kelas baru. ", "amount_rupiah": "5"}
    answers = report_answers.read(typed, FORM)
    assert (answers.number("number_1"), answers.value("amount_rupiah")) == (1250, None)
    assert answers.notes == {"number_1": "Ada dua kelas baru."}
    assert (answers.typed()["number_1"], answers.typed()["note_number_1"]) == ("1.250", "Ada dua kelas baru.")
    assert Sent.load(Sent(answers=answers).dump()).answers == answers


def test_a_step_is_done_with_all_that_it_needs() -> None:
    some = report_answers.read({"beneficiaries": "4"}, FORM)
    assert report_answers.filled(some, files=0, form=FORM) == frozenset()
    assert Step.NUMBERS in report_answers.filled(report_answers.read({"number_1": "4"}, FORM), files=0, form=FORM)


def test_what_is_missing_is_told_in_the_order_of_the_form() -> None:
    answers = report_answers.read({"beneficiaries": "x"}, FORM)
    gaps = report_answers.missing(answers, files=0, form=FORM)
    assert [gap.field for gap in gaps] == ["narrative", "beneficiaries", "number_1", "files"]
    assert dict(gaps[2].values) == {"label": "Berapa kali?"}


@pytest.mark.parametrize(
    ("number", "before", "expected"),
    [(60, 60, False), (90, 60, False), (91, 60, True), (30, 60, False), (29, 60, True), (1, 0, True), (0, 0, False)],
)
def test_a_number_surprises_when_it_differs_by_more_than_half(number: int, before: int, expected: bool) -> None:
    assert report_answers.is_surprising(number, before) is expected


def test_without_a_number_before_or_now_nothing_surprises() -> None:
    assert not report_answers.is_surprising(5, None)
    assert not report_answers.is_surprising(None, 5)


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
