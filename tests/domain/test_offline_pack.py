"""What a row of the offline workbook means: whose it is, what is new in it, what is wrong with it."""

from datetime import UTC, datetime

import pytest

from portal.domain.errors import RuleBroken
from portal.domain.offline_pack import Book, Cell, CellKind, Identity, Known, Line, Sealer, judge_all, plain
from portal.domain.report_answers import Answers
from portal.domain.report_form import DEFAULT

SEALER = Sealer(secret="rahasia", organisation_id=7, pack="p1")
IDENTITY = Identity(occurrence_id=3, version=2)


def line(number=3, identity=IDENTITY, seal=None, **texts):
    told = {"narrative": "Pelatihan.", "beneficiaries": ""} | texts
    cells = {
        name: value if isinstance(value, Cell) else Cell(place=f"{letter}{number}", text=value)
        for letter, (name, value) in zip("DEF", told.items(), strict=False)
    }
    made = SEALER.of_row(identity) if seal is None else seal
    return Line(number=number, first=f"A{number}", identity=identity, seal=made, cells=cells)


def judged(*lines, known=None, sealer=SEALER):
    book = Book(pack="p1", seal=SEALER.of_book(), lines=lines)
    stands = {3: Known(form=DEFAULT, version=2)} if known is None else known
    return judge_all(book, stands, sealer)


def faults(*lines, **rest):
    return [fault.cell for each in judged(*lines, **rest) for fault in each.faults]


def test_a_row_says_what_is_new():
    [found] = judged(line(beneficiaries="1.240"))
    assert (found.typed, found.faults) == ({"narrative": "Pelatihan.", "beneficiaries": "1.240"}, ())


def test_an_empty_row_says_nothing():
    [found] = judged(line(narrative=""))
    assert (found.is_filled, found.typed, found.faults) == (False, {}, ())


@pytest.mark.parametrize(
    ("known", "cells"),
    [
        ({}, ["A3"]),
        ({3: Known(form=DEFAULT, version=5)}, ["A3"]),
        ({3: Known(form=DEFAULT, version=5, written=5)}, []),
        ({3: Known(form=DEFAULT, version=2, is_open=False)}, ["A3"]),
        ({3: Known(form=DEFAULT, version=5, answers=Answers(narrative="Pelatihan."), is_open=False)}, []),
    ],
)
def test_a_row_that_comes_too_late_is_refused_unless_it_says_nothing_new(known, cells):
    assert faults(line(), known=known) == cells


def test_a_cell_is_named_where_it_stands():
    assert faults(line(beneficiaries="enam puluh")) == ["E3"]
    assert faults(line(narrative="", beneficiaries="60")) == ["D3"]
    assert faults(line(beneficiaries=Cell(place="E3", text="=6*10", kind=CellKind.FORMULA))) == ["E3"]
    assert faults(line(number_1=Cell(place="F3", text="5"))) == ["F3"]


def test_a_row_without_its_seal_or_copied_is_refused():
    assert faults(line(seal="0" * 24)) == ["A3"]
    assert faults(line(identity=Identity(occurrence_id=3, version=9), seal=SEALER.of_row(IDENTITY))) == ["A3"]
    assert faults(line(), line(number=4)) == ["A4"]


@pytest.mark.parametrize(
    "other",
    [
        Sealer(secret="rahasia", organisation_id=8, pack="p1"),
        Sealer(secret="lain", organisation_id=7, pack="p1"),
        Sealer(secret="rahasia", organisation_id=7, pack="p2"),
    ],
)
def test_a_workbook_of_another_house_is_refused(other):
    with pytest.raises(RuleBroken) as refused:
        judged(line(), sealer=other)
    assert refused.value.field == "workbook"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (60, "60"),
        (60.0, "60"),
        (60.125, "60,125"),
        (" a ", "a"),
        (datetime(2026, 11, 21, tzinfo=UTC), "2026-11-21"),
    ],
)
def test_a_cell_is_read_as_it_would_be_typed(value, text):
    assert plain(value) == text
