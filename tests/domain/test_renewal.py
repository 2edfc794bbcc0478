"""The day for the decision on a renewal."""

from datetime import date

import pytest

from portal.domain.obligation import OffsetUnit
from portal.domain.renewal import must_decide, notice_on

END = date(2027, 4, 11)


@pytest.mark.parametrize(
    ("end", "count", "unit", "day"),
    [
        (END, 3, OffsetUnit.MONTHS, date(2027, 1, 11)),
        (date(2027, 5, 31), 3, OffsetUnit.MONTHS, date(2027, 2, 28)),
        (END, 2, OffsetUnit.WEEKS, date(2027, 3, 28)),
        (END, 7, OffsetUnit.DAYS, date(2027, 4, 4)),
        (END, None, None, None),
        (None, 3, OffsetUnit.MONTHS, None),
    ],
)
def test_the_notice_is_counted_back_from_the_end(end, count, unit, day):
    assert notice_on(end, count, unit) == day


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        (date(2026, 11, 11), False),
        (date(2026, 11, 12), True),
        (date(2027, 2, 1), True),
        (END, True),
        (date(2027, 4, 12), False),
    ],
)
def test_the_office_is_asked_from_sixty_days_before_the_notice_until_the_end(today, asked):
    assert must_decide(today, ends_on=END, by=date(2027, 1, 11)) is asked


def test_nothing_is_asked_without_dates():
    assert not must_decide(END, ends_on=None, by=None)
