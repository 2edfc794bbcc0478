"""The figures of the first page: compliance, what ends when, where agreements are, whether all runs well."""

from datetime import date, datetime, timedelta

from portal.domain.agreement import Relation, Stage
from portal.domain.obligation import ObligationStanding, OccurrenceStage
from portal.domain.organisation import Zone
from portal.domain.report import ReportStage
from portal.models import AgreementRegion, AgreementRelation, Province, Report, ReportRound, SweepLog
from portal.queries import agreement_list, home, obligation_list
from portal.queries.agreement_filter import AgreementFilter
from portal.queries.obligation_filter import DutyFilter
from tests.factories import make_agreement, make_obligation, make_occurrence, make_parties
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW, TODAY

ALL = {"with_confidential": True, "today": TODAY}


def send(session, occurrence, sent_at: datetime) -> None:
    """A report whose first round was sent at this instant."""
    seat = occurrence.obligation.parties[0]
    report = Report(
        code=f"BBBB-{occurrence.id:04d}",
        occurrence_id=occurrence.id,
        agreement_id=occurrence.agreement_id,
        organisation_id=seat.organisation_id,
        stage=ReportStage.SUBMITTED,
        submitted_at=sent_at,
        created_at=sent_at,
        updated_at=sent_at,
    )
    session.add(report)
    session.flush()
    session.add(
        ReportRound(
            report_id=report.id,
            organisation_id=report.organisation_id,
            number=1,
            submitted_at=sent_at,
            answers="{}",
        )
    )
    session.flush()


def test_punctuality_ends_with_the_day_of_the_debtor_or_with_the_hour(session):
    duty = make_obligation(session)
    late_in_makassar = datetime(2026, 9, 30, 16, 30, tzinfo=NOW.tzinfo)  # 23.30 in Jakarta, 00.30 in Makassar
    for place, (zone, due_at) in enumerate(
        [
            (Zone.WIB, None),
            (Zone.WITA, None),
            (Zone.WIB, late_in_makassar - timedelta(hours=1)),
            (Zone.WITA, late_in_makassar),
        ]
    ):
        row = make_occurrence(
            session,
            duty,
            due_on=date(2026, 9, 30),
            due_at=due_at,
            zone=zone,
            stage=OccurrenceStage.SUBMITTED,
            period_key=str(place),
        )
        send(session, row, late_in_makassar)
    found = home.compliance(session, **ALL)
    assert (found.in_time, found.late) == (2, 2)


def test_compliance_counts_reports_of_this_semester_in_time_late_and_missing(session):
    duty = make_obligation(session)
    evening = datetime(2026, 9, 30, 16, 30, tzinfo=NOW.tzinfo)  # 23.30 in Jakarta
    for place, (due_on, stage, sent_at) in enumerate(
        [
            (date(2026, 9, 30), OccurrenceStage.SUBMITTED, evening),
            (date(2026, 9, 30), OccurrenceStage.MET, evening + timedelta(hours=1)),
            (date(2026, 10, 31), OccurrenceStage.OPEN, None),
            (date(2026, 6, 30), OccurrenceStage.OPEN, None),
            (TODAY, OccurrenceStage.OPEN, None),
            (date(2026, 10, 1), OccurrenceStage.WAIVED, None),
            (date(2026, 10, 1), OccurrenceStage.HELD, None),
        ]
    ):
        row = make_occurrence(session, duty, due_on=due_on, stage=stage, period_key=str(place))
        if sent_at:
            send(session, row, sent_at)
    found = home.compliance(session, **ALL)
    assert (found.in_time, found.late, found.not_sent, found.total) == (1, 1, 1, 3)
    asked = DutyFilter(
        standings=frozenset({ObligationStanding.OVERDUE}),
        reported=True,
        due_from=found.due_from,
        due_to=found.due_to,
    )
    assert obligation_list.count(session, asked, today=TODAY) == found.not_sent


def test_endings_are_counted_by_month_and_equal_the_lists_they_lead_to(session):
    parties = make_parties(session)
    for ends_on in (date(2026, 11, 20), TODAY, date(2026, 12, 1), date(2027, 4, 30), date(2027, 11, 1), None):
        make_agreement(session, parties, ends_on=ends_on)
    decided = make_agreement(session, parties, ends_on=date(2027, 4, 1))
    child = make_agreement(session, parties, stage=Stage.DRAFTING, ends_on=None)
    session.add(AgreementRelation(agreement_id=child.id, other_id=decided.id, relation=Relation.RENEWS))
    session.flush()
    months = home.endings(session, **ALL)
    assert len(months) == 12
    numbers = {month.first.isoformat()[:7]: (month.decided, month.undecided) for month in months if month.total}
    assert numbers == {"2026-11": (0, 1), "2026-12": (0, 1), "2027-04": (1, 1)}
    for month in months:
        last = (month.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        asked = AgreementFilter(ending_from=month.first, ending_to=last)
        assert agreement_list.count(session, asked, today=TODAY) == month.total
    assert home.undecided_soon(session, **ALL) == 3


def test_provinces_count_each_agreement_in_force_once(session):
    session.add(Province(code="PA", number="91", name="Papua", zone=Zone.WIT, tile_column=1, tile_row=1))
    session.add(Province(code="JB", number="32", name="Jawa Barat", zone=Zone.WIB, tile_column=2, tile_row=1))
    session.flush()
    running, ended = make_agreement(session), make_agreement(session, ends_on=date(2026, 1, 1))
    for agreement, regency in ((running, "Jayapura"), (running, "Merauke"), (ended, "")):
        session.add(AgreementRegion(agreement_id=agreement.id, province_code="PA", regency=regency))
    session.flush()
    assert home.by_province(session, **ALL) == {"PA": 1}


def test_health_tells_of_a_planner_that_stands_still_and_of_an_unsure_calendar(session):
    make_calendar(session)
    session.add(SweepLog(day=TODAY, at=NOW - timedelta(hours=25), planned=0))
    session.flush()
    assert home.health(session, now=NOW).is_well
    later = NOW + timedelta(hours=2)
    assert home.health(session, now=later).is_sweep_late
    assert home.health(session, now=datetime(2027, 10, 1, tzinfo=NOW.tzinfo)).unconfirmed_year == 2028


def test_dates_that_rest_on_a_year_that_is_not_loaded_are_an_alarm_when_they_are_near(session):
    duty = make_obligation(session, make_agreement(session, make_parties(session)))
    make_occurrence(session, duty, due_on=TODAY + timedelta(days=100), is_estimated=True)
    (year,) = home.health(session, now=NOW).estimated
    assert (year.number, year.year) == (1, (TODAY + timedelta(days=100)).year)
