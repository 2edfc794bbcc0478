"""Duties of another agreement as patterns: every kind of timing that is not a date of its own."""

from datetime import date

import pytest

from portal.domain import pattern
from portal.domain.obligation import Cadence, EventType, OffsetUnit, PeriodAnchor, ScheduleKind
from portal.services.duty_copies import as_pattern
from tests.factories import make_obligation

EVENT = {"schedule": ScheduleKind.EVENT, "event_type": EventType.DATA_BREACH, "offset_count": 72}


@pytest.mark.parametrize(
    "timing",
    [
        EVENT | {"offset_unit": OffsetUnit.HOURS},
        {"schedule": ScheduleKind.ON_REQUEST, "offset_count": 14},
        {"schedule": ScheduleKind.CONTINUOUS, "yearly_check": True},
        {
            "schedule": ScheduleKind.RECURRING,
            "cadence": Cadence.EVERY_N_MONTHS,
            "cadence_months": 4,
            "period_anchor": PeriodAnchor.CALENDAR,
        },
    ],
)
def test_a_duty_becomes_a_pattern_with_the_same_timing(session, timing):
    duty = make_obligation(session, fixed_on=None, **timing)
    ours = {duty.agreement.parties[0].organisation_id}
    schedule = pattern.read(as_pattern(duty, ours=ours)).as_schedule()
    assert {name: getattr(schedule, name) for name in timing} == timing


@pytest.mark.parametrize(
    "timing",
    [
        {"schedule": ScheduleKind.FIXED},
        {
            "schedule": ScheduleKind.RECURRING,
            "cadence": Cadence.QUARTERLY,
            "period_anchor": PeriodAnchor.FIXED_DAY,
            "first_period_on": date(2026, 1, 10),
        },
    ],
)
def test_a_duty_with_days_of_its_own_is_not_copied(session, timing):
    duty = make_obligation(session, **timing)
    assert as_pattern(duty, ours={duty.agreement.parties[0].organisation_id}) is None
