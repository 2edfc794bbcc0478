"""Occurrences follow their schedules; what people answered stays as it is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.domain.agreement import Stage
from portal.domain.obligation import Cadence, DutyRole, OccurrenceStage, PeriodAnchor, ScheduleKind
from portal.domain.organisation import Zone
from portal.domain.reminder import SubjectKind
from portal.models import CalendarDay, ObligationParty, Occurrence, ReminderLadder
from portal.queries import obligations as reading
from portal.services import timetable
from tests.factories import make_agreement, make_obligation
from tests.factories.instants import NOW, TODAY


def make_semesters(session, **changes):
    """A report each semester, due 31 days after it; the agreement runs from 2025 to 2027."""
    agreement = make_agreement(
        session, starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31), signed_on=date(2025, 1, 1)
    )
    values = {
        "schedule": ScheduleKind.RECURRING,
        "fixed_on": None,
        "cadence": Cadence.SEMESTER,
        "period_anchor": PeriodAnchor.CALENDAR,
        "offset_count": 31,
    }
    return make_obligation(session, agreement, **(values | changes))


def rows(session, obligation):
    """Period key to row."""
    found = session.scalars(
        select(Occurrence).where(Occurrence.obligation_id == obligation.id).order_by(Occurrence.due_on)
    )
    return {row.period_key: row for row in found}


def refresh(session, obligation, now=NOW):
    """Refresh and return how much changed."""
    return timetable.refresh(session, agreement_id=obligation.agreement_id, now=now)


def test_occurrences_are_written_once(session):
    obligation = make_semesters(session)
    assert refresh(session, obligation) == 6
    assert list(rows(session, obligation)) == [
        "2025-S1",
        "2025-S2",
        "2026-S1",
        "2026-S2",
        "2027-S1",
        "2027-S2",
    ]
    assert refresh(session, obligation) == 0


def test_only_what_lies_in_the_past_when_it_is_written_stays_silent(session):
    obligation = make_semesters(session)
    refresh(session, obligation)
    for row in rows(session, obligation).values():
        assert row.remind_from == (NOW if row.due_on < TODAY else None)


def test_a_longer_horizon_adds_and_touches_nothing_else(session):
    obligation = make_semesters(session)
    obligation.agreement.ends_on = None
    refresh(session, obligation)
    before = {key: row.version for key, row in rows(session, obligation).items()}
    assert max(before) == "2028-S2"
    assert refresh(session, obligation, NOW + timedelta(days=200)) == 1
    after = rows(session, obligation)
    assert set(after) - set(before) == {"2029-S1"}
    assert {key: after[key].version for key in before} == before


def test_a_moved_date_moves_open_rows_and_keeps_answered_ones(session):
    obligation = make_semesters(session)
    refresh(session, obligation)
    answered = rows(session, obligation)
    answered["2025-S1"].stage = OccurrenceStage.MET
    answered["2025-S2"].stage = OccurrenceStage.SUBMITTED
    answered["2026-S1"].stage = OccurrenceStage.WAIVED
    obligation.offset_count = 20
    session.flush()
    assert refresh(session, obligation) == 3
    found = rows(session, obligation)
    assert found["2025-S1"].due_on == date(2025, 7, 31)
    assert found["2025-S2"].due_on == date(2026, 1, 31)
    assert found["2026-S1"].due_on == date(2026, 7, 31)
    assert found["2026-S2"].due_on == date(2027, 1, 20)


def test_a_shorter_term_cancels_and_a_longer_one_takes_up_again(session):
    obligation = make_semesters(session)
    refresh(session, obligation)
    obligation.agreement.ends_on = date(2026, 12, 31)
    refresh(session, obligation)
    assert rows(session, obligation)["2027-S1"].stage is OccurrenceStage.CANCELLED
    obligation.agreement.ends_on = date(2027, 12, 31)
    refresh(session, obligation)
    assert rows(session, obligation)["2027-S1"].stage is OccurrenceStage.OPEN
    assert session.scalar(select(func.count()).select_from(Occurrence)) == 6


@pytest.mark.parametrize("stage", [Stage.DRAFTING, Stage.CANCELLED])
def test_a_paper_that_does_not_bind_has_no_dates(session, stage: Stage):
    obligation = make_semesters(session)
    obligation.agreement.stage = stage
    assert refresh(session, obligation) == 0
    assert rows(session, obligation) == {}


def test_an_ended_agreement_keeps_what_was_due_before(session):
    obligation = make_semesters(session)
    refresh(session, obligation)
    obligation.agreement.stage = Stage.TERMINATED
    refresh(session, obligation)
    stages = {key: row.stage for key, row in rows(session, obligation).items()}
    assert stages["2026-S1"] is OccurrenceStage.OPEN
    assert stages["2026-S2"] is OccurrenceStage.CANCELLED


def test_a_closed_duty_cancels_its_open_rows(session):
    obligation = make_semesters(session)
    refresh(session, obligation)
    rows(session, obligation)["2025-S1"].stage = OccurrenceStage.MET
    obligation.is_closed = True
    session.flush()
    refresh(session, obligation)
    stages = [row.stage for row in rows(session, obligation).values()]
    assert stages == [OccurrenceStage.MET] + [OccurrenceStage.CANCELLED] * 5


def test_the_calendar_of_the_debtor_counts(session):
    obligation = make_semesters(session)
    debtor = obligation.agreement.parties[1].organisation
    debtor.province_code = None
    for day, kind in ((date(2026, 1, 1), "national"), (date(2026, 12, 24), "joint_leave")):
        session.add(CalendarDay(day=day, name="Hari uji", kind=kind, source="uji", confirmed=True))
    session.flush()
    places = reading.places(session, obligation.agreement_id)
    assert not places.calendar([debtor.id]).is_working(date(2026, 12, 24))
    private = replace(places, parties={debtor.id: (None, False)})
    assert private.calendar([debtor.id]).is_working(date(2026, 12, 24))


def test_a_date_keeps_the_zone_of_its_debtors_the_last_to_end_the_day(session):
    obligation = make_semesters(session)
    ours, theirs = (party.organisation for party in obligation.agreement.parties[:2])
    theirs.zone = Zone.WIT
    refresh(session, obligation)
    assert {row.zone for row in rows(session, obligation).values()} == {Zone.WIT}
    ours.zone = Zone.WITA
    session.add(
        ObligationParty(
            obligation_id=obligation.id,
            agreement_id=obligation.agreement_id,
            organisation_id=ours.id,
            duty_role=DutyRole.DEBTOR,
        )
    )
    session.flush()
    session.expire_all()
    assert refresh(session, obligation) == 6
    assert {row.zone for row in rows(session, obligation).values()} == {Zone.WITA}


def test_the_ladder_of_a_duty_stands_on_its_unfinished_dates(session):
    ladder = ReminderLadder(subject_kind=SubjectKind.OCCURRENCE, name="Sendiri", created_at=NOW, updated_at=NOW)
    session.add(ladder)
    session.flush()
    obligation = make_semesters(session, ladder_id=ladder.id)
    refresh(session, obligation)
    found = rows(session, obligation)
    assert {row.ladder_id for row in found.values()} == {ladder.id}
    found["2025-S1"].stage, found["2025-S2"].stage = OccurrenceStage.MET, OccurrenceStage.RETURNED
    obligation.ladder_id = None
    session.flush()
    assert refresh(session, obligation) == 5
    assert [row.ladder_id for row in rows(session, obligation).values()] == [ladder.id] + [None] * 5


def test_a_granted_day_stays_until_the_schedule_goes_beyond_it(session):
    obligation = make_semesters(session)
    refresh(session, obligation)
    row = rows(session, obligation)["2026-S2"]
    row.due_on, row.scheduled_on = date(2027, 2, 28), date(2027, 1, 31)
    obligation.offset_count = 40
    session.flush()
    refresh(session, obligation)
    assert (row.due_on, row.scheduled_on) == (date(2027, 2, 28), date(2027, 2, 9))
    obligation.offset_count = 60
    session.flush()
    refresh(session, obligation)
    assert (row.due_on, row.scheduled_on) == (date(2027, 3, 1), None)


def test_a_held_date_is_not_touched(session):
    obligation = make_semesters(session)
    refresh(session, obligation)
    row = rows(session, obligation)["2026-S2"]
    row.stage = OccurrenceStage.HELD
    obligation.offset_count, obligation.is_closed = 10, True
    session.flush()
    refresh(session, obligation)
    assert (row.stage, row.due_on) == (OccurrenceStage.HELD, date(2027, 1, 31))
