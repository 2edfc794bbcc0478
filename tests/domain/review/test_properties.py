"""Rules that hold for every date, every number, every point of a checklist."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain import review, wording
from portal.domain.review import options
from tests.domain.review import seeds
from tests.domain.review.kinds import GOOD

PKS = GOOD["pks"]()
patient = settings(deadline=None, max_examples=40)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


def with_sentence(sentence):
    """The good PKS with another sentence about disputes."""
    return seeds.said("Diselesaikan dengan musyawarah.", sentence)(PKS)


@patient
@given(DAYS, st.integers(min_value=1, max_value=6))
def test_a_wrong_weekday_is_found_whatever_the_date(day, shift):
    wrong = wording.WEEKDAYS[(day.weekday() + shift) % 7]
    findings = review.check(with_sentence(f"Dibicarakan pada hari {wrong}, {wording.date_long(day)}."))
    assert [one.rule for one in findings] == ["R20-weekday"]
    assert f"adalah hari {wording.weekday(day)}" in findings[0].sentence


@patient
@given(DAYS)
def test_a_right_weekday_is_no_fault(day):
    assert review.check(with_sentence(f"Dibicarakan pada hari {wording.date_in_words(day)}.")) == ()


@patient
@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=10**9))
def test_words_are_compared_with_figures_whatever_the_number(figure, said):
    sentence = f"Diselesaikan oleh {wording.grouped(figure)} ({wording.in_words(said)}) orang."
    assert [one.rule for one in review.check(with_sentence(sentence))] == ["R30-words-figures"] * (figure != said)


@patient
@given(st.integers(min_value=1, max_value=10**12), st.integers(min_value=1, max_value=10**12))
def test_words_are_compared_with_rupiah_whatever_the_amount(figure, said):
    sentence = f"Biayanya {wording.rupiah(figure)},00 ({wording.rupiah_words(said)})."
    assert [one.rule for one in review.check(with_sentence(sentence))] == ["R32-money"] * (figure != said)


@pytest.mark.parametrize(("name", "words"), options.CHECKLIST, ids=[name for name, _ in options.CHECKLIST])
def test_each_point_of_the_checklist_on_data_is_missed_when_it_is_gone(name, words):
    lines = (
        replace(line, text=words.sub("hal itu", line.text)) if line.place.startswith("Pasal 9") else line
        for line in PKS.lines
    )
    findings = review.check(replace(PKS, lines=tuple(lines)))
    assert name in {one.values["what"] for one in findings if one.rule == "R74-data-checklist"}
