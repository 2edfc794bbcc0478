"""Once a month running duties get dates further ahead, so that they never run out."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from portal.domain.obligation import Cadence, OffsetUnit, PeriodAnchor, ScheduleKind
from portal.jobs import extend
from portal.models import JobRun, Occurrence
from portal.services import obligations
from tests.factories import make_agreement, make_obligation
from tests.factories.calendar_days import make_calendar

LATER = datetime(2027, 12, 1, 2, tzinfo=UTC)


@pytest.fixture
def duty(session, clock):
    """A monthly duty of an agreement of six years, recorded today."""
    make_calendar(session)
    agreement = make_agreement(session, starts_on=date(2026, 1, 1), ends_on=date(2031, 12, 31))
    found = make_obligation(
        session,
        agreement,
        schedule=ScheduleKind.RECURRING,
        fixed_on=None,
        cadence=Cadence.MONTHLY,
        period_anchor=PeriodAnchor.CALENDAR,
        first_period_on=date(2026, 1, 1),
        offset_count=10,
        offset_unit=OffsetUnit.DAYS,
    )
    obligations.refresh(session, agreement_id=agreement.id, now=clock.now)
    session.commit()
    return found


def last_due(session):
    session.rollback()
    found = session.scalar(select(func.max(Occurrence.due_on)))
    session.rollback()
    return found


def test_dates_are_added_as_time_goes_by_and_once_a_month_is_enough(app, session, duty):
    before = last_due(session)
    assert before < date(2029, 1, 1)
    assert extend.run(app, now=LATER, slot="2027-12") is not None
    after = last_due(session)
    assert after > date(2029, 10, 1)
    assert extend.run(app, now=LATER, slot="2027-12") is None
    assert "0 tenggat" in extend.run(app, now=LATER)
    session.rollback()
    assert session.scalars(select(JobRun.slot).where(JobRun.name == extend.NAME)).all() == ["2027-12"]


def test_closed_duties_get_no_more_dates(app, session, duty):
    before = last_due(session)
    duty.is_closed = True
    session.commit()
    extend.run(app, now=LATER, slot="2027-12")
    assert last_due(session) == before
