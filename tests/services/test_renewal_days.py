"""The last day for the notice and the planned start of a renewal follow everything they are counted from."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.domain.agreement import AgreementKind, Stage
from portal.domain.obligation import OffsetUnit
from portal.domain.policy import SYSTEM
from portal.domain.renewal import DEFAULT_DAYS, WORK_STAGES, DurationBasis
from portal.models import StageChange
from portal.queries import agreements as reading
from portal.queries import stage_durations
from portal.services import agreements, calendar_days, renewal_days
from portal.services.calendar_days import Holiday
from tests.factories import make_agreement, make_ministry, make_partner
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW
from tests.harness.databases import statements


@pytest.fixture(autouse=True)
def _calendar(session):
    make_calendar(session)


def walked(session, parties, *, days, kind=AgreementKind.PKS, until=date(2025, 6, 2)):
    """An agreement in force whose every stage took so many calendar days, the last one entered on `until`."""
    row = make_agreement(session, parties, kind=kind)
    for place, stage in enumerate((*WORK_STAGES, Stage.ACTIVE)):
        day = until - timedelta(days=days * (len(WORK_STAGES) - place))
        session.add(StageChange(agreement_id=row.id, stage=stage, entered_on=day, recorded_at=NOW))
    session.flush()
    return row


def edit(session, row, **changes):
    facts = replace(reading.facts(session, row), **changes)
    return agreements.edit(session, row, facts, version=row.version, actor=SYSTEM, now=NOW)


def test_an_edit_of_the_clause_moves_both_days_and_not_the_version_twice(session):
    row = make_agreement(session)
    before = row.version
    edit(session, row, notice_count=3, notice_unit=OffsetUnit.MONTHS, notice_article="Pasal 12")
    assert row.notice_on == date(2027, 1, 11)
    assert row.renewal_starts_on == date(2026, 10, 23)
    assert row.version == before + 1
    session.expire(row)
    assert (row.notice_on, row.renewal_starts_on) == (date(2027, 1, 11), date(2026, 10, 23))
    edit(session, row, ends_on=date(2028, 4, 11))
    assert row.notice_on == date(2028, 1, 11)
    edit(session, row, ends_on=None, term_years=None, term_months=None)
    assert (row.notice_on, row.renewal_starts_on) == (None, None)


def test_without_a_notice_work_is_planned_back_from_the_end(session):
    row = make_agreement(session)
    assert renewal_days.refresh(session, row, now=NOW)
    assert not renewal_days.refresh(session, row, now=NOW)
    plan = stage_durations.backwards(session, row)
    assert (row.notice_on, plan.target_on, plan.days) == (None, row.ends_on, sum(DEFAULT_DAYS.values()))
    assert row.renewal_starts_on == plan.starts_on


def test_the_partners_own_pace_counts_from_three_agreements_and_the_kinds_from_five(session):
    ministry, slow, other = make_ministry(session), make_partner(session), make_partner(session)
    asked, kind_only = (
        make_agreement(session, (ministry, slow)),
        make_agreement(session, (ministry, make_partner(session))),
    )
    for days in (7, 14):
        walked(session, (ministry, slow), days=days)
    found = stage_durations.backwards(session, asked).durations
    assert {each.basis for each in found} == {DurationBasis.DEFAULT}
    walked(session, (ministry, slow), days=21, kind=AgreementKind.MOU)
    found = stage_durations.backwards(session, asked).durations
    assert {(each.basis, each.days, each.cases) for each in found} == {(DurationBasis.PARTNER, 10, 3)}
    for _ in range(3):
        walked(session, (ministry, other), days=7)
    found = stage_durations.backwards(session, kind_only).durations
    assert {(each.basis, each.days, each.cases) for each in found} == {(DurationBasis.KIND, 5, 5)}


def test_all_at_once_writes_what_one_by_one_would_in_as_many_statements_for_many(session):
    ministry, partner = make_ministry(session), make_partner(session)
    rows = [walked(session, (ministry, partner), days=days) for days in (7, 14, 7)]
    make_agreement(session, (ministry, partner), stage=Stage.SIGNING)
    with statements() as few:
        assert renewal_days.refresh_all(session, now=NOW) == 3
    rows += [walked(session, (ministry, partner), days=7) for _ in range(9)]
    with statements() as many:
        assert renewal_days.refresh_all(session, now=NOW) == 9
    assert len(many) == len(few)
    assert renewal_days.refresh_all(session, now=NOW) == 0
    assert not any(renewal_days.refresh(session, row, now=NOW) for row in rows)
    assert {row.renewal_starts_on for row in rows} == {date(2027, 3, 1)}


def test_a_new_holiday_lets_work_begin_earlier(session):
    row = make_agreement(session)
    renewal_days.refresh_all(session, now=NOW)
    before = row.renewal_starts_on
    holiday = Holiday(day=date(2027, 3, 10), name="Nyepi", kind="national", source="SKB", confirmed=True)
    calendar_days.record(session, holiday, actor=SYSTEM, now=NOW)
    assert row.renewal_starts_on < before
