"""The planner: who is planned when, exactly once, caught up after an outage, and held by the brake."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.domain.agreement import Stage
from portal.domain.calendar import CalendarNotLoaded
from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Role
from portal.domain.reminder import Audience, EndReason, ReminderStage, SubjectKind, ladder
from portal.domain.report import ReportStage
from portal.models import Account, Reminder, SweepLog
from portal.services import reminders
from tests.factories import (
    make_account,
    make_agreement,
    make_ministry,
    make_obligation,
    make_occurrence,
    make_partner,
    make_report,
)
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW
from tests.harness.databases import statements


def at(day):
    """Nine o'clock in Jakarta."""
    return datetime(day.year, day.month, day.day, 2, tzinfo=NOW.tzinfo)


def rows(session, **where):
    """Return (step, audience, stage, account name) of every reminder, in a fixed order."""
    found = session.execute(
        select(Reminder, Account.name).join(Account, Account.id == Reminder.account_id).filter_by(**where)
    )
    return sorted((row.Reminder.step, row.Reminder.audience, row.Reminder.stage, row.name) for row in found)


@pytest.fixture
def scene(session):
    """An agreement of three parties; the first partner owes a report on Tuesday 1 December 2026."""
    make_calendar(session)
    ministry, debtor, other = make_ministry(session), make_partner(session), make_partner(session)
    officer = make_account(session, Role.OFFICER, ministry, name="Petugas")
    make_account(session, Role.HEAD, ministry, name="Kepala")
    make_account(session, Role.DIRECTOR, ministry, name="Direktur")
    make_account(session, Role.PARTNER_WRITER, debtor, name="Penyusun")
    make_account(session, Role.PARTNER_VIEWER, debtor, name="Pembaca")
    make_account(session, Role.PARTNER_RESPONSIBLE, other, name="Mitra lain")
    agreement = make_agreement(
        session, (ministry, debtor, other), officer_id=officer.id, unit_id=ministry.id, ends_on=date(2028, 4, 11)
    )
    return make_occurrence(session, make_obligation(session, agreement))


def test_a_step_is_planned_for_the_debtor_on_its_working_day(session, scene):
    # 1 December minus 7 days is Tuesday 24 November.
    reminders.sweep(session, now=at(date(2026, 11, 23)))
    assert [row[0] for row in rows(session)] == [-14]
    result = reminders.sweep(session, now=at(date(2026, 11, 24)))
    assert result.planned == 1
    assert rows(session, step=-7) == [(-7, Audience.DEBTOR, ReminderStage.PLANNED, "Penyusun")]


def test_a_step_on_a_weekend_comes_on_the_working_day_before(session, scene):
    # Three days before Tuesday 8 December is Saturday the 5th, so the reminder comes on Friday the 4th.
    scene.due_on = date(2026, 12, 8)
    reminders.sweep(session, now=at(date(2026, 12, 3)))
    assert rows(session, step=-3) == []
    reminders.sweep(session, now=at(date(2026, 12, 4)))
    assert len(rows(session, step=-3)) == 1


def test_lateness_climbs_from_officer_to_head_to_director(session, scene):
    heard = {}
    for days in (0, 7, 14, 28):
        reminders.sweep(session, now=at(date(2026, 12, 1) + timedelta(days=days)))
        heard[days] = {name for _, _, _, name in rows(session, step=days)}
    assert heard[0] == heard[7] == {"Penyusun", "Petugas"}
    assert heard[14] == {"Penyusun", "Petugas", "Kepala"}
    assert heard[28] == {"Penyusun", "Petugas", "Kepala", "Direktur"}


def test_a_second_sweep_adds_nothing(session, scene):
    first = reminders.sweep(session, now=at(date(2026, 12, 15)))
    for minutes in range(5):
        again = reminders.sweep(session, now=at(date(2026, 12, 15)) + timedelta(minutes=minutes))
        assert again.planned == 0
    assert first.planned == len(rows(session)) > 0


def test_after_ten_days_without_a_worker_only_the_current_step_is_told(session, scene):
    scene.due_on = date(2026, 12, 4)
    reminders.sweep(session, now=at(date(2026, 11, 24)))
    reminders.sweep(session, now=at(date(2026, 12, 4)))
    stages = {(step, name): stage for step, _, stage, name in rows(session)}
    assert stages[0, "Penyusun"] is ReminderStage.HELD  # the date jumped by more than seven days
    assert stages[-7, "Penyusun"] is stages[-3, "Penyusun"] is stages[-1, "Penyusun"] is ReminderStage.OVERTAKEN
    assert session.scalar(select(func.count()).where(Reminder.stage == ReminderStage.PLANNED)) == 0


def test_after_a_long_weekend_missed_steps_are_written_down_and_one_is_told(session, scene):
    scene.due_on = date(2026, 12, 2)
    reminders.sweep(session, now=at(date(2026, 11, 26)))
    reminders.sweep(session, now=at(date(2026, 12, 2)))
    stages = {step: stage for step, _, stage, name in rows(session) if name == "Penyusun"}
    assert stages == {
        -7: ReminderStage.OVERTAKEN,
        -3: ReminderStage.OVERTAKEN,
        -1: ReminderStage.OVERTAKEN,
        0: ReminderStage.PLANNED,
    }


def test_a_moved_date_supersedes_the_old_plan(session, scene):
    reminders.sweep(session, now=at(date(2026, 11, 24)))
    scene.due_on = date(2026, 12, 15)
    reminders.replan(session, agreement_id=scene.agreement_id, now=at(date(2026, 11, 24)))
    found = {row.target_on: (row.stage, row.end_reason) for row in session.scalars(select(Reminder))}
    assert found[date(2026, 12, 1)] == (ReminderStage.SUPERSEDED, EndReason.DATE_MOVED)
    # 14 days before the new date is not here yet; 30 days before it has come.
    assert found[date(2026, 12, 15)] == (ReminderStage.PLANNED, None)


def test_a_finished_subject_cancels_its_plan(session, scene):
    reminders.sweep(session, now=at(date(2026, 11, 24)))
    scene.stage = OccurrenceStage.MET
    reminders.replan(session, agreement_id=scene.agreement_id, now=at(date(2026, 11, 24)))
    assert [(row.stage, row.end_reason) for row in session.scalars(select(Reminder))] == [
        (ReminderStage.CANCELLED, EndReason.FINISHED)
    ]


def test_whoever_left_is_no_longer_told(session, scene):
    reminders.sweep(session, now=at(date(2026, 11, 24)))
    session.scalars(select(Account).where(Account.name == "Penyusun")).one().is_active = False
    result = reminders.sweep(session, now=at(date(2026, 11, 24)))
    assert result.ended == 1
    assert session.scalars(select(Reminder)).one().end_reason == EndReason.NOT_RESPONSIBLE


def test_two_duties_whose_reader_left_are_both_ended(session, scene):
    make_occurrence(session, make_obligation(session, scene.agreement, title="Laporan kedua"))
    reminders.sweep(session, now=at(date(2026, 11, 24)))
    session.scalars(select(Account).where(Account.name == "Penyusun")).one().is_active = False
    reminders.sweep(session, now=at(date(2026, 11, 24)))
    assert [row.end_reason for row in session.scalars(select(Reminder))] == [EndReason.NOT_RESPONSIBLE] * 2


def test_steps_before_the_record_was_made_never_fire(session, scene):
    scene.remind_from = at(date(2026, 11, 25))
    reminders.sweep(session, now=at(date(2026, 11, 25)))
    assert rows(session) == []
    reminders.sweep(session, now=at(date(2026, 11, 26)))
    assert rows(session) == []
    # Three days before Tuesday is Saturday: the step comes on Friday the 27th, after the record was made.
    reminders.sweep(session, now=at(date(2026, 11, 27)))
    assert [row[0] for row in rows(session)] == [-3]


@pytest.mark.parametrize(("earlier", "planned"), [(timedelta(0), 0), (timedelta(microseconds=1), 1)])
def test_a_record_that_was_made_at_the_midnight_after_the_day_of_a_step_came_after_it(session, scene, earlier, planned):
    """Midnight of Wednesday in Jakarta is seventeen o'clock of Tuesday; the step of seven days before is Tuesday's."""
    scene.remind_from = datetime(2026, 11, 24, 17, tzinfo=NOW.tzinfo) - earlier
    assert reminders.sweep(session, now=at(date(2026, 11, 25))).planned == planned


@pytest.mark.parametrize("stage", [Stage.SUSPENDED, Stage.CANCELLED])
def test_only_agreements_that_bind_remind(session, scene, stage):
    scene.agreement.stage = stage
    session.flush()
    assert reminders.sweep(session, now=at(date(2026, 11, 24))).planned == 0


def test_the_end_of_a_term_is_told_to_the_office_and_at_90_and_30_days_to_partners(session, scene):
    scene.agreement.ends_on = date(2027, 3, 1)
    scene.stage = OccurrenceStage.MET
    reminders.sweep(session, now=at(date(2027, 1, 30)))
    assert {(step, name) for step, _, _, name in rows(session, subject_kind=SubjectKind.TERM_END)} == {
        (-30, "Petugas"),
        (-30, "Kepala"),
        (-30, "Direktur"),
        (-30, "Mitra lain"),
    }


def test_a_jump_of_the_clock_is_held_and_taken_back_when_it_is_mended(session, scene):
    reminders.sweep(session, now=at(date(2026, 11, 10)))
    wrong = reminders.sweep(session, now=at(date(2026, 12, 15)))
    assert wrong.held
    reminders.sweep(session, now=at(date(2026, 11, 11)))
    assert all(row.planned_on <= date(2026, 11, 11) for row in session.scalars(select(Reminder)))
    result = reminders.sweep(session, now=at(date(2026, 12, 15)))
    assert result.planned == wrong.planned


def test_a_sudden_flood_is_held(session, scene):
    for number in range(260):
        make_occurrence(session, scene.obligation, period_key=str(number), due_on=date(2026, 11, 23))
    result = reminders.sweep(session, now=at(date(2026, 11, 23)))
    assert result.planned > 500
    assert result.held
    assert session.scalar(select(func.count()).where(Reminder.stage == ReminderStage.PLANNED)) == 0


def test_the_number_of_statements_does_not_grow_with_rows(session, scene):
    reminders.sweep(session, now=at(date(2026, 11, 23)))
    with statements() as few:
        reminders.sweep(session, now=at(date(2026, 11, 24)))
    for number in range(300):
        make_occurrence(session, scene.obligation, period_key=str(number), due_on=date(2026, 11, 25))
    with statements() as many:
        result = reminders.sweep(session, now=at(date(2026, 11, 25)))
    assert result.planned >= 300
    # One statement for each step of a ladder that has dates, whatever their number, and one that holds the flood back.
    assert len(many) <= len(few) + len(ladder(SubjectKind.OCCURRENCE)) + 1
    assert max(len(few), len(many)) <= 2 * sum(len(ladder(kind)) for kind in SubjectKind)


def test_a_year_without_holidays_stops_the_sweep_loudly(session, scene):
    with pytest.raises(CalendarNotLoaded):
        reminders.sweep(session, now=at(date(2028, 3, 1)))
    assert session.scalar(select(func.count()).select_from(SweepLog)) == 0
    assert reminders.replan(session, agreement_id=scene.agreement_id, now=at(date(2028, 3, 1))) == 0


def test_what_was_waived_is_not_reminded_of_by_its_report_that_came_back(session, scene):
    make_report(session, scene, stage=ReportStage.RETURNED, return_reason="Lengkapi", fix_due_on=date(2026, 11, 27))
    scene.stage = OccurrenceStage.RETURNED
    session.flush()
    reminders.sweep(session, now=at(date(2026, 11, 24)))
    assert {row[0] for row in rows(session, subject_kind=SubjectKind.REPORT_FIX)} == {-3}
    scene.stage = OccurrenceStage.WAIVED
    session.flush()
    reminders.sweep(session, now=at(date(2026, 11, 25)))
    found = session.scalars(select(Reminder).where(Reminder.subject_kind == SubjectKind.REPORT_FIX)).all()
    assert {row.stage for row in found} == {ReminderStage.CANCELLED}
