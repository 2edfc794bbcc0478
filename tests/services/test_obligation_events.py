"""Events make duties come due: hours by the clock, days where the debtor is; corrected and taken back with a record."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.domain.agreement import Stage
from portal.domain.errors import Conflict, NotAllowed, RuleBroken
from portal.domain.obligation import EventType, OccurrenceStage, OffsetUnit, ScheduleKind
from portal.domain.organisation import Zone
from portal.domain.policy import Actor, Role
from portal.domain.reminder import ReminderStage
from portal.models import Entry, Occurrence, Reminder
from portal.services import obligation_events, reminders
from portal.services.obligation_events import Told
from tests.factories import make_account, make_agreement, make_obligation
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

BREACH = datetime(2026, 11, 21, 1, 15, tzinfo=UTC)
"""Saturday 21 November 2026, 08.15 in Jakarta, 09.15 in Makassar."""


@pytest.fixture
def officer(session) -> Actor:
    """An officer of the ministry, with the calendar loaded."""
    make_calendar(session)
    account = make_account(session, Role.OFFICER)
    return Actor(
        account_id=account.id,
        name=account.name,
        organisation_id=account.organisation_id,
        roles=frozenset({Role.OFFICER}),
    )


def make_duty(session, zone: Zone = Zone.WITA, **changes):
    """A breach must be told within 72 hours; the debtor is in Makassar."""
    agreement = make_agreement(session)
    agreement.parties[1].organisation.zone = zone
    values = {
        "schedule": ScheduleKind.EVENT,
        "fixed_on": None,
        "event_type": EventType.DATA_BREACH,
        "offset_count": 72,
        "offset_unit": OffsetUnit.HOURS,
    }
    return make_obligation(session, agreement, **(values | changes))


def rows(session):
    """Period key to occurrence."""
    return {row.period_key: row for row in session.scalars(select(Occurrence).order_by(Occurrence.id))}


def record(session, duty, officer, at=BREACH, note="", now=NOW):
    """A recorded event."""
    return obligation_events.record(session, duty, Told(occurred_at=at, note=note), actor=officer, now=now)


def test_seventy_two_hours_end_by_the_clock_also_on_a_holiday(session, officer):
    record(session, make_duty(session), officer, note=" Dari LKS ")
    row = rows(session)["event-1"]
    assert row.due_at == datetime(2026, 11, 24, 1, 15, tzinfo=UTC)
    assert (row.due_on, row.zone, row.stage) == (date(2026, 11, 24), Zone.WITA, OccurrenceStage.OPEN)
    entry = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert (entry.action, entry.detail["number"]) == ("duty_event_recorded", 1)


def test_days_are_counted_from_the_day_on_which_it_happened_where_the_debtor_is(session, officer):
    late_evening = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    duty = make_duty(session, offset_count=3, offset_unit=OffsetUnit.DAYS)
    record(session, duty, officer, at=late_evening)
    assert rows(session)["event-1"].due_on == date(2026, 11, 24)
    jakarta = make_duty(session, zone=Zone.WIB, offset_count=3, offset_unit=OffsetUnit.DAYS)
    record(session, jakarta, officer, at=late_evening)
    query = select(Occurrence.due_on).where(Occurrence.obligation_id == jakarta.id)
    assert session.scalars(query).one() == date(2026, 11, 23)


def test_a_corrected_event_moves_its_date_and_its_reminders(session, officer):
    reminders.seed_rules(session, now=NOW)
    duty = make_duty(session, offset_count=7, offset_unit=OffsetUnit.DAYS)
    make_account(session, Role.PARTNER_RESPONSIBLE, duty.agreement.parties[1].organisation)
    event = record(session, duty, officer)
    assert rows(session)["event-1"].due_on == date(2026, 11, 28)
    told = Told(occurred_at=BREACH - timedelta(days=1))
    obligation_events.correct(session, duty, event, told, actor=officer, now=NOW)
    assert rows(session)["event-1"].due_on == date(2026, 11, 27)
    planned = select(Reminder.target_on).where(Reminder.stage == ReminderStage.PLANNED)
    assert set(session.scalars(planned)) == {date(2026, 11, 27)}
    assert set(session.scalars(select(Reminder.target_on))) == {date(2026, 11, 27), date(2026, 11, 28)}


def test_a_withdrawn_event_cancels_its_date_and_its_number_is_never_given_again(session, officer):
    duty = make_duty(session)
    event = record(session, duty, officer)
    with pytest.raises(RuleBroken):
        obligation_events.withdraw(session, duty, event, reason=" ", actor=officer, now=NOW)
    obligation_events.withdraw(session, duty, event, reason="Salah lapor", actor=officer, now=NOW)
    assert record(session, duty, officer).number == 2
    found = rows(session)
    assert found["event-1"].stage is OccurrenceStage.CANCELLED
    assert found["event-2"].stage is OccurrenceStage.OPEN
    with pytest.raises(Conflict):
        obligation_events.correct(session, duty, event, Told(occurred_at=BREACH), actor=officer, now=NOW)


def test_what_was_answered_stays_when_its_event_is_withdrawn_or_corrected(session, officer):
    duty = make_duty(session)
    event = record(session, duty, officer)
    rows(session)["event-1"].stage = OccurrenceStage.MET
    told = Told(occurred_at=BREACH - timedelta(days=2))
    obligation_events.correct(session, duty, event, told, actor=officer, now=NOW)
    obligation_events.withdraw(session, duty, event, reason="Salah lapor", actor=officer, now=NOW)
    row = rows(session)["event-1"]
    assert (row.stage, row.due_on) == (OccurrenceStage.MET, date(2026, 11, 24))


def test_the_preview_is_what_recording_makes(session, officer):
    duty = make_duty(session)
    shown = obligation_events.preview(session, duty, Told(occurred_at=BREACH), now=NOW)
    assert rows(session) == {}
    record(session, duty, officer)
    row = rows(session)[shown.period_key]
    assert (row.due_at, row.due_on, row.zone) == (shown.due_at, shown.due_on, shown.zone)


def test_a_withdrawn_event_of_an_ended_agreement_is_not_owed(session, officer):
    duty = make_duty(session)
    event = record(session, duty, officer, at=BREACH - timedelta(days=30))
    duty.agreement.stage = Stage.TERMINATED
    session.flush()
    obligation_events.withdraw(session, duty, event, reason="Salah lapor", actor=officer, now=NOW)
    assert rows(session)["event-1"].stage is OccurrenceStage.CANCELLED


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"schedule": ScheduleKind.CONTINUOUS}, BREACH),
        ({"is_closed": True}, BREACH),
        ({}, NOW + timedelta(hours=1)),
        ({}, datetime(1940, 1, 1, tzinfo=UTC)),
    ],
)
def test_what_cannot_be_an_event_is_refused(session, officer, changes, at):
    duty = make_duty(session, **changes)
    with pytest.raises(RuleBroken):
        record(session, duty, officer, at=at)
    assert rows(session) == {}


def test_a_planned_activity_may_be_recorded_before_it_when_the_duty_comes_before(session, officer):
    duty = make_duty(session, event_type=EventType.ACTIVITY, offset_count=-7, offset_unit=OffsetUnit.DAYS)
    record(session, duty, officer, at=datetime(2026, 12, 15, 2, tzinfo=UTC))
    assert rows(session)["event-1"].due_on == date(2026, 12, 8)


def test_a_paper_that_does_not_bind_yet_takes_no_event_and_partners_record_none(session, officer):
    duty = make_duty(session)
    duty.agreement.stage = Stage.DRAFTING
    with pytest.raises(RuleBroken):
        record(session, duty, officer)
    partner = Actor(account_id=None, name="x", organisation_id=None, roles=frozenset({Role.PARTNER_WRITER}))
    with pytest.raises(NotAllowed):
        record(session, duty, partner)
