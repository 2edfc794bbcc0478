"""Editing of holidays: who may, what is refused, and that the dates of duties follow."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.errors import Conflict, NotAllowed, RuleBroken
from portal.domain.obligation import DayType, OccurrenceStage, RelativeAnchor, Roll, ScheduleKind
from portal.domain.organisation import Zone
from portal.domain.policy import Actor, Role
from portal.models import CalendarDay, Entry, Occurrence, Province
from portal.queries import calendar_days as reading
from portal.services import calendar_days, obligations
from portal.services.calendar_days import Holiday
from tests.factories import make_account, make_agreement, make_obligation
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW

NEW = Holiday(day=date(2026, 12, 2), name="Pilkada", kind="national", source="SKB uji", confirmed=True)


@pytest.fixture
def legal(session) -> Actor:
    """Somebody of the legal bureau, with the calendar loaded."""
    make_calendar(session)
    account = make_account(session, Role.LEGAL)
    return Actor(
        account_id=account.id,
        name=account.name,
        organisation_id=account.organisation_id,
        roles=frozenset({Role.LEGAL}),
    )


def ten_working_days_after_signing(session) -> Occurrence:
    """A dated duty that is counted in working days: from 20 November 2026 to 4 December."""
    agreement = make_agreement(session, signed_on=date(2026, 11, 20), starts_on=date(2026, 11, 20))
    make_obligation(
        session,
        agreement,
        schedule=ScheduleKind.RELATIVE,
        fixed_on=None,
        relative_anchor=RelativeAnchor.SIGNING,
        offset_count=10,
        day_type=DayType.WORKING,
    )
    obligations.refresh(session, agreement_id=agreement.id, now=NOW)
    return session.scalars(select(Occurrence).where(Occurrence.agreement_id == agreement.id)).one()


def test_a_new_holiday_moves_what_was_counted_in_working_days(session, legal):
    row = ten_working_days_after_signing(session)
    assert row.due_on == date(2026, 12, 4)
    added = calendar_days.record(session, NEW, actor=legal, now=NOW)
    assert row.due_on == date(2026, 12, 7)
    calendar_days.remove(session, added, version=added.version, actor=legal, now=NOW)
    assert row.due_on == date(2026, 12, 4)
    trail = session.scalars(select(Entry.action).order_by(Entry.id)).all()
    assert trail == ["holiday_recorded", "holiday_removed"]


def test_a_moved_holiday_moves_dates_but_never_answered_ones(session, legal):
    row = ten_working_days_after_signing(session)
    row.stage = OccurrenceStage.MET
    added = calendar_days.record(session, NEW, actor=legal, now=NOW)
    moved = Holiday(day=date(2026, 12, 3), name="Pilkada", kind="national", source="SKB uji", confirmed=True)
    calendar_days.edit(session, added, moved, version=added.version, actor=legal, now=NOW)
    assert (row.due_on, added.day, added.version) == (date(2026, 12, 4), date(2026, 12, 3), 2)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"source": ""}, "source"),
        ({"kind": "lain"}, "kind"),
        ({"kind": "regional"}, "region"),
        ({"day": date(2026, 12, 25), "name": "Kelahiran Yesus Kristus"}, "day"),
    ],
)
def test_a_holiday_that_is_not_whole_or_is_there_already_is_refused(session, legal, changes, field):
    taken = session.scalars(select(CalendarDay).where(CalendarDay.day == date(2026, 12, 25))).one()
    if field == "day":
        changes = {"day": taken.day, "name": taken.name, "kind": taken.kind}
    values = {name: getattr(NEW, name) for name in Holiday.__slots__} | changes
    with pytest.raises(RuleBroken) as refusal:
        calendar_days.record(session, Holiday(**values), actor=legal, now=NOW)
    assert refusal.value.field == field


def test_only_legal_staff_and_administrators_edit_the_calendar(session):
    officer = Actor(account_id=None, name="x", organisation_id=None, roles=frozenset({Role.OFFICER}))
    with pytest.raises(NotAllowed):
        calendar_days.record(session, NEW, actor=officer, now=NOW)


def test_the_second_of_two_editors_is_told(session, legal):
    added = calendar_days.record(session, NEW, actor=legal, now=NOW)
    with pytest.raises(Conflict):
        calendar_days.edit(session, added, NEW, version=added.version + 1, actor=legal, now=NOW)


def in_an_unloaded_year(session, day: date = date(2028, 1, 1)) -> Occurrence:
    """A dated duty that moves to the next working day of a year without holidays: Monday, 3 January 2028."""
    agreement = make_agreement(session)
    make_obligation(
        session, agreement, schedule=ScheduleKind.FIXED, fixed_on=day, roll=Roll.NEXT_WORKING, title="Tahun depan"
    )
    obligations.refresh(session, agreement_id=agreement.id, now=NOW)
    return session.scalars(select(Occurrence).where(Occurrence.agreement_id == agreement.id)).one()


def test_a_date_in_an_unloaded_year_is_an_estimate_that_is_counted_and_named(session, legal):
    row = in_an_unloaded_year(session)
    assert (row.due_on, row.counted_on, row.is_estimated) == (date(2028, 1, 3), date(2028, 1, 1), True)
    ten_working_days_after_signing(session)
    (year,) = reading.estimated_years(session, today=date(2026, 11, 21))
    assert (year.year, year.number, year.first_on) == (2028, 1, date(2028, 1, 3))
    assert not year.is_near(date(2026, 11, 21))
    assert not year.is_near(date(2027, 9, 4))
    assert year.is_near(date(2027, 9, 5))


def test_loading_the_year_counts_its_estimates_anew(session, legal):
    row = in_an_unloaded_year(session)
    free = {"day": date(2028, 1, 3), "name": "Libur uji", "kind": "national", "source": "SKB uji", "confirmed": True}
    added = calendar_days.record(session, Holiday(**free), actor=legal, now=NOW)
    assert (row.due_on, row.counted_on, row.is_estimated) == (date(2028, 1, 4), date(2028, 1, 1), False)
    assert reading.estimated_years(session, today=date(2026, 11, 21)) == ()
    calendar_days.remove(session, added, version=added.version, actor=legal, now=NOW)
    assert (row.due_on, row.is_estimated) == (date(2028, 1, 3), True)


def test_a_regional_day_counts_only_where_the_debtor_is(session, legal):
    row = ten_working_days_after_signing(session)
    debtor = row.agreement.parties[1].organisation
    session.add(Province(code="BA", number="51", name="Bali", zone=Zone.WITA, tile_column=5, tile_row=7))
    session.flush()
    debtor.province_code = "BA"
    values = {name: getattr(NEW, name) for name in Holiday.__slots__} | {"kind": "regional"}
    calendar_days.record(session, Holiday(**values | {"region": "JK"}), actor=legal, now=NOW)
    assert row.due_on == date(2026, 12, 4)
    calendar_days.record(session, Holiday(**values | {"region": "BA"}), actor=legal, now=NOW)
    assert row.due_on == date(2026, 12, 7)


def test_years_and_numbers_of_the_table(session, legal):
    assert reading.list_years(session, today=date(2026, 11, 21)) == (2025, 2026, 2027)
    numbers = reading.numbers_of(reading.list_year(session, 2026))
    assert (numbers.national, numbers.joint_leave, numbers.regional) == (17, 8, 0)
    assert reading.holidays_between(session, date(2026, 12, 20), date(2026, 12, 31)).keys() == {
        date(2026, 12, 24),
        date(2026, 12, 25),
    }
