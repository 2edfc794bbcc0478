"""Money in stages and goods with their record: what may be written down, how a sum is shared, the sums."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from portal.domain.contribution import (
    ContributionKind,
    ContributionStage,
    Delivery,
    Promise,
    Sums,
    check_delivery,
    check_open,
    check_promise,
    read_percents,
    shares,
    sums,
)
from portal.domain.errors import RuleBroken

TODAY = date(2026, 11, 21)
MONEY = Promise(giver_id=1, receiver_id=2, kind=ContributionKind.MONEY, description="Tahap I", amount_rupiah=7)
GOODS = replace(MONEY, kind=ContributionKind.GOODS, amount_rupiah=None, quantity=5, unit="unit", description="Mesin")


def field_of(call, *args, **kwargs):
    """The field that a broken rule names, None when nothing is broken."""
    try:
        call(*args, **kwargs)
    except RuleBroken as broken:
        return broken.field or ""
    return None


@pytest.mark.parametrize(
    ("promise", "field"),
    [
        (MONEY, None),
        (replace(MONEY, instalment=1), None),
        (GOODS, None),
        (replace(GOODS, amount_rupiah=9, quantity=None, unit=None), None),
        (replace(MONEY, giver_id=3), "giver_id"),
        (replace(MONEY, receiver_id=3), "receiver_id"),
        (replace(MONEY, receiver_id=1), "receiver_id"),
        (replace(MONEY, description="  "), "description"),
        (replace(MONEY, amount_rupiah=None), "amount_rupiah"),
        (replace(MONEY, amount_rupiah=0), "amount_rupiah"),
        (replace(MONEY, quantity=1, unit="unit"), "quantity"),
        (replace(GOODS, unit=" "), "quantity"),
        (replace(GOODS, quantity=None), "quantity"),
        (replace(GOODS, instalment=1), "instalment"),
    ],
)
def test_what_may_be_promised(promise, field):
    assert field_of(check_promise, promise, parties=frozenset({1, 2})) == field


@pytest.mark.parametrize(
    ("stage", "kind", "changes", "field"),
    [
        (ContributionStage.PLANNED, ContributionKind.MONEY, {}, None),
        (ContributionStage.PLANNED, ContributionKind.GOODS, {"record_number": "BAST-1"}, None),
        (ContributionStage.DELIVERED, ContributionKind.GOODS, {"record_number": "BAST-2"}, None),
        (ContributionStage.PLANNED, ContributionKind.GOODS, {"record_number": " "}, "record_number"),
        (ContributionStage.PLANNED, ContributionKind.MONEY, {"delivered_on": date(2026, 11, 22)}, "delivered_on"),
        (ContributionStage.PLANNED, ContributionKind.MONEY, {"record_on": date(2026, 11, 22)}, "record_on"),
        (ContributionStage.CANCELLED, ContributionKind.MONEY, {}, ""),
    ],
)
def test_what_may_be_noted_as_handed_over(stage, kind, changes, field):
    delivery = replace(Delivery(delivered_on=TODAY), **changes)
    assert field_of(check_delivery, stage, kind, delivery, today=TODAY) == field


def test_only_what_is_planned_may_be_changed():
    assert [field_of(check_open, stage) for stage in ContributionStage] == [None, "", ""]


@pytest.mark.parametrize(
    ("text", "percents"),
    [
        ("70/30", (70, 30)),
        ("40, 30, 30", (40, 30, 30)),
        ("50% 50%", (50, 50)),
        ("25+25+25+25", (25, 25, 25, 25)),
        ("100", None),
        ("70/20", None),
        ("70/0/30", None),
        ("tujuh puluh", None),
        ("", None),
        ("33.3/66.7", None),
        ("99999999999999999999/1", None),
        ("/".join(["5"] * 20), None),
    ],
)
def test_percents_are_read_as_people_write_them(text, percents):
    if percents is None:
        assert field_of(read_percents, text) == "percents"
    else:
        assert read_percents(text) == percents


@pytest.mark.parametrize("amount", [0, 1, 99, 100, 325_000_000, 1_000_001])
@pytest.mark.parametrize("percents", [(70, 30), (33, 33, 34), (50, 25, 25), (1, 99)])
def test_the_stages_make_the_whole_sum_and_none_is_off_by_more_than_rounding(amount, percents):
    parts = shares(amount, percents)
    assert sum(parts) == amount
    for part, percent in zip(parts, percents, strict=True):
        assert abs(part - amount * percent / 100) < len(percents)


@dataclass(frozen=True)
class Row:
    """An entry as the sums see it."""

    stage: ContributionStage
    amount_rupiah: int | None


def test_sums_leave_out_what_was_cancelled_and_count_what_has_no_value():
    stage = ContributionStage
    rows = [Row(stage.PLANNED, 30), Row(stage.DELIVERED, 70), Row(stage.CANCELLED, 500), Row(stage.DELIVERED, None)]
    assert sums(rows) == Sums(promised=100, delivered=70, without_value=1)
