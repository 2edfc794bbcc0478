"""SQL plans what the pure rule says, row by row, on both databases, whatever the day."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import delete, insert, select

from portal.domain.dates import office_date
from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Role
from portal.domain.reminder import RULES, SubjectKind, day_of, ladder, reached_step
from portal.models import Occurrence, Reminder, SweepLog
from portal.queries import calendar_days
from portal.services import reminders
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

STEPS = ladder(SubjectKind.OCCURRENCE, RULES)
FIRST = date(2026, 3, 1)


def at(day):
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


@pytest.fixture
def obligation(session):
    """A duty of a partner with one person who is told."""
    make_calendar(session)
    ministry, debtor = make_ministry(session), make_partner(session)
    make_account(session, Role.PARTNER_WRITER, debtor)
    return make_obligation(session, make_agreement(session, (ministry, debtor), ends_on=None))


def put_down(session, obligation, count, *, seed):
    """Record many dates: some are met, some were recorded after their first steps had come."""
    chance = Random(seed)
    rows = []
    for number in range(count):
        due_on = FIRST + timedelta(days=chance.randrange(-120, 300))
        late = chance.random() < 0.3
        stage = OccurrenceStage.MET if chance.random() < 0.2 else OccurrenceStage.OPEN
        rows.append(
            {
                "obligation_id": obligation.id,
                "agreement_id": obligation.agreement_id,
                "period_key": str(number),
                "due_on": due_on,
                "stage": stage,
                "remind_from": at(due_on + timedelta(days=chance.randrange(-40, 90))) if late else None,
                "created_at": NOW,
                "updated_at": NOW,
                "version": 1,
            }
        )
    session.execute(insert(Occurrence), rows)
    return session.scalars(select(Occurrence)).all()


def told(occurrence, today, calendar):
    """The step that the rule tells of an occurrence today, or None."""
    if occurrence.stage is not OccurrenceStage.OPEN:
        return None
    step = reached_step(occurrence.due_on, STEPS, today, calendar)
    if step is None or occurrence.remind_from is None:
        return step
    came_before = day_of(occurrence.due_on, step, calendar) < office_date(occurrence.remind_from)
    return None if came_before else step


def planned(session):
    rows = session.execute(select(Reminder.subject_id, Reminder.target_on, Reminder.step))
    return [tuple(row) for row in rows]


def test_a_cold_sweep_plans_exactly_what_the_rule_says(session, obligation):
    recorded = put_down(session, obligation, 1000, seed=1)
    calendar = calendar_days.working_calendar(session)
    chance = Random(1)
    for _ in range(8):
        today = FIRST + timedelta(days=chance.randrange(280))
        session.execute(delete(Reminder))
        session.execute(delete(SweepLog))
        reminders.sweep(session, now=at(today), calendar=calendar)
        expected = {
            (each.id, each.due_on, step) for each in recorded if (step := told(each, today, calendar)) is not None
        }
        rows = planned(session)
        assert set(rows) == expected, today
        assert len(rows) == len(expected)


def test_day_after_day_nothing_is_missed_and_nothing_told_twice(session, obligation):
    recorded = put_down(session, obligation, 150, seed=3)
    calendar = calendar_days.working_calendar(session)
    expected = set()
    for number in range(40):
        today = FIRST + timedelta(days=number)
        reminders.sweep(session, now=at(today), calendar=calendar)
        expected |= {
            (each.id, each.due_on, step) for each in recorded if (step := told(each, today, calendar)) is not None
        }
    # What was overtaken before anybody could be told is written down, too; it was never the current step of a day.
    missed = session.execute(
        select(Reminder.subject_id, Reminder.target_on, Reminder.step).where(Reminder.end_reason == "missed")
    )
    rows = planned(session)
    assert set(rows) - {tuple(row) for row in missed} == expected
    assert len(rows) == len(set(rows))
