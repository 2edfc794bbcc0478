"""Three rounds of one report to the end: marks, dates, reminders, clocks; and an accepted one reviewed again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.domain.errors import Conflict, NotAllowed, RuleBroken
from portal.domain.obligation import OccurrenceStage
from portal.domain.policy import Actor, Role
from portal.domain.reminder import ReminderStage, SubjectKind
from portal.domain.report import ReportStage, Turn
from portal.domain.report_answers import Sent
from portal.domain.report_check import Answer
from portal.domain.report_mark import Mark
from portal.domain.report_turn import Mending
from portal.models import Entry, Message, Occurrence, Reminder, ReportCheck, ReportMark, ReportReopening
from portal.models.scope import ScopeError
from portal.queries import report_clocks, report_marks
from portal.queries import reports as report_queries
from portal.services import reminders as planning
from portal.services import report_marks as noting
from portal.services import report_rounds, reports
from tests.factories import (
    make_account,
    make_agreement,
    make_ministry,
    make_obligation,
    make_occurrence,
    make_partner,
)
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW, TODAY

DUE = date(2026, 12, 1)
ABOUT = (SubjectKind.OCCURRENCE, SubjectKind.REPORT_FIX)


def at(day, hour=10):
    """That hour in Jakarta."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=7)


def actor(account, *roles):
    return Actor(
        account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=frozenset(roles)
    )


class Case:
    """One duty of one partner, with both sides at work in their own sessions."""

    def __init__(self, session, session_of):
        make_calendar(session)
        planning.seed_rules(session, now=NOW)
        ministry, partner = make_ministry(session), make_partner(session)
        officer = make_account(session, Role.OFFICER, name="Ratna")
        writer = make_account(session, Role.PARTNER_WRITER, partner, name="Siti")
        agreement = make_agreement(session, (ministry, partner), officer_id=officer.id)
        occurrence = make_occurrence(session, make_obligation(session, agreement), due_on=DUE)
        session.commit()
        self.office, self.own = session, session_of(partner.id)
        self.occurrence_id, self.agreement_id, self.partner_id = occurrence.id, agreement.id, partner.id
        self.officer, self.writer = actor(officer, Role.OFFICER), actor(writer, Role.PARTNER_WRITER)
        report = reports.open_report(self.own, self.occurrence_id, actor=self.writer, now=NOW)
        self.code = report.code
        self.own.commit()

    def mine(self):
        self.office.rollback()
        self.own.rollback()
        return report_queries.of_partner(self.own, self.code, organisation_id=self.partner_id, for_change=True)

    def theirs(self):
        self.own.rollback()
        self.office.rollback()
        return report_queries.get_for_office(self.office, self.code, actor=self.officer, for_change=True)

    def send(self, day, **typed):
        report = self.mine()
        values = {"narrative": "Pelatihan.", **typed}
        reports.save(self.own, report, values, actor=self.writer, now=at(day))
        reports.submit(
            self.own, report, number=len(report.rounds) + 1, version=report.version, actor=self.writer, now=at(day)
        )
        self.own.commit()

    def mark(self, day, item, sentence, number=None):
        report = self.theirs()
        mark = Mark(item=item, sentence=sentence)
        noting.mark(self.office, report, mark, number=number or report.round, actor=self.officer, now=at(day))
        self.office.commit()

    def send_back(self, day, until, reason=""):
        report = self.theirs()
        mending = Mending(reason=reason, fix_due_on=until)
        report_rounds.send_back(self.office, report, mending, number=report.round, actor=self.officer, now=at(day))
        self.office.commit()

    def accept(self, day):
        report = self.theirs()
        report_rounds.accept(self.office, report, number=report.round, actor=self.officer, now=at(day))
        self.office.commit()

    def reopen(self, day, reason="Bukti baru dari pemeriksa."):
        report = self.theirs()
        report_rounds.reopen(self.office, report, reason, number=report.round, actor=self.officer, now=at(day))
        self.office.commit()

    def sweep(self, first, last):
        """Live through these days, a sweep each morning."""
        while first <= last:
            self.office.rollback()
            planning.sweep(self.office, now=at(first, 6))
            self.office.commit()
            first += timedelta(days=1)

    def waiting(self):
        """What reminders are planned and not told yet: of what, of which day."""
        self.office.rollback()
        planned = (Reminder.stage == ReminderStage.PLANNED, Reminder.subject_kind.in_(ABOUT))
        rows = self.office.scalars(select(Reminder).where(*planned))
        return {(row.subject_kind, row.target_on) for row in rows}

    def planned_since(self, day):
        self.office.rollback()
        since = (Reminder.planned_on >= day, Reminder.subject_kind.in_(ABOUT))
        rows = self.office.scalars(select(Reminder).where(*since))
        return {(row.subject_kind, row.target_on) for row in rows}

    def occurrence(self):
        self.office.rollback()
        return self.office.get(Occurrence, self.occurrence_id)

    def clock(self, today):
        return report_clocks.of_report(self.office, self.theirs(), today=today)


@pytest.fixture
def case(session, session_of):
    return Case(session, session_of)


def test_three_rounds_are_kept_and_only_the_open_one_is_reminded_of(case) -> None:
    case.sweep(date(2026, 11, 23), date(2026, 11, 24))
    assert case.waiting() == {(SubjectKind.OCCURRENCE, DUE)}
    case.send(date(2026, 11, 25), beneficiaries="40")
    case.mark(date(2026, 11, 26), "beneficiaries", "Samakan dengan daftar hadir.")
    case.send_back(date(2026, 11, 26), date(2026, 12, 3))
    case.sweep(date(2026, 11, 26), date(2026, 12, 1))
    assert case.waiting() == {(SubjectKind.REPORT_FIX, date(2026, 12, 3))}
    case.send(date(2026, 12, 2), beneficiaries="48")
    case.sweep(date(2026, 12, 3), date(2026, 12, 4))
    assert case.waiting() == set()
    case.send_back(date(2026, 12, 4), date(2026, 12, 11), reason="Lampirkan foto kegiatan.")
    case.sweep(date(2026, 12, 4), date(2026, 12, 15))
    assert case.waiting() == {(SubjectKind.REPORT_FIX, date(2026, 12, 11))}
    assert case.planned_since(date(2026, 12, 4)) == {(SubjectKind.REPORT_FIX, date(2026, 12, 11))}
    case.send(date(2026, 12, 16), narrative="Pelatihan dengan foto.", beneficiaries="48")
    case.accept(date(2026, 12, 18))
    case.sweep(date(2026, 12, 18), date(2027, 1, 10))
    assert case.waiting() == set()
    assert case.planned_since(date(2026, 12, 18)) == set()
    report = case.theirs()
    answers = [Sent.load(each.answers).answers for each in report.rounds]
    assert [each.beneficiaries for each in answers] == [40, 48, 48]
    assert [each.reason for each in report.rounds] == ["Samakan dengan daftar hadir.", "Lampirkan foto kegiatan.", None]
    assert (report.stage, case.occurrence().stage) == (ReportStage.ACCEPTED, OccurrenceStage.MET)


def test_the_days_of_both_sides_add_up_over_three_rounds(case) -> None:
    for sent, back in ((date(2026, 11, 25), date(2026, 11, 26)), (date(2026, 12, 2), date(2026, 12, 4))):
        case.send(sent)
        case.send_back(back, back + timedelta(days=7), reason="Perbaiki.")
    running = case.clock(date(2026, 12, 10))
    assert (running.office_days, running.partner_days, running.turn) == (3, 12, Turn.PARTNER)
    case.send(date(2026, 12, 16))
    case.accept(date(2026, 12, 18))
    found = case.clock(date(2027, 3, 1))
    assert (found.office_days, found.partner_days, found.rest_days) == (5, 18, 0)
    assert found.total_days == (date(2026, 12, 18) - date(2026, 11, 25)).days
    mine = report_clocks.of_report(case.own, case.mine(), today=date(2027, 3, 1))
    assert mine == found


def test_a_partner_sees_marks_only_when_the_round_went_back_and_only_until_it_is_mended(case) -> None:
    case.send(date(2026, 11, 25))
    case.mark(date(2026, 11, 26), "files", "Lampirkan daftar hadir.")
    case.mark(date(2026, 11, 26), "narrative", "Jelaskan tempatnya.")
    assert list(report_marks.noted_marks(case.office, case.theirs(), 1)) == ["narrative", "files"]
    assert case.own.scalars(select(ReportMark)).all() == []
    assert report_marks.told_marks(case.own, case.mine()) == {}
    case.send_back(date(2026, 11, 26), date(2026, 12, 3))
    wanted = {"narrative": "Jelaskan tempatnya.", "files": "Lampirkan daftar hadir."}
    assert report_marks.open_marks(case.own, case.mine()) == wanted
    assert case.mine().return_reason == "Jelaskan tempatnya. Lampirkan daftar hadir."
    case.send(date(2026, 12, 1))
    assert report_marks.open_marks(case.own, case.mine()) == {}
    assert report_marks.told_marks(case.own, case.mine()) == {1: wanted}


def test_nobody_else_sees_the_marks_of_a_partner(case, session, session_of) -> None:
    case.send(date(2026, 11, 25))
    case.mark(date(2026, 11, 26), "narrative", "Jelaskan tempatnya.")
    case.send_back(date(2026, 11, 26), date(2026, 12, 3))
    stranger = session_of(make_partner(session).id)
    assert stranger.scalars(select(ReportMark)).all() == []
    with pytest.raises(ScopeError):
        case.own.scalars(select(ReportCheck)).all()


def test_the_mail_names_what_is_to_be_mended(case) -> None:
    case.send(date(2026, 11, 25))
    case.mark(date(2026, 11, 26), "beneficiaries", "Samakan dengan daftar hadir.")
    case.send_back(date(2026, 11, 26), date(2026, 12, 3))
    message = case.office.scalars(select(Message).where(Message.template == "report_returned")).one()
    named = [{"label": "Berapa orang yang menerima layanan?", "sentence": "Samakan dengan daftar hadir."}]
    assert (message.values["marks"], message.values["reason"]) == (named, "")


def test_a_second_mark_on_one_item_replaces_the_first_and_can_be_taken_off(case) -> None:
    case.send(date(2026, 11, 25))
    for sentence in ("Satu.", "Dua.", "Dua."):
        case.mark(date(2026, 11, 26), "narrative", sentence)
    assert report_marks.noted_marks(case.office, case.theirs(), 1) == {"narrative": "Dua."}
    report = case.theirs()
    for _again in range(2):
        noting.unmark(case.office, report, "narrative", number=1, actor=case.officer, now=NOW)
    assert report_marks.noted_marks(case.office, report, 1) == {}
    trail = [row.action for row in case.office.scalars(select(Entry).order_by(Entry.id)) if "mark" in row.action]
    assert trail == ["report_marked", "report_marked", "report_unmarked"]


def test_without_mark_and_reason_nothing_goes_back(case) -> None:
    case.send(date(2026, 11, 25))
    with pytest.raises(RuleBroken) as refused:
        case.send_back(date(2026, 11, 26), date(2026, 12, 3))
    assert refused.value.field == "reason"


def test_only_the_round_that_waits_is_marked_and_only_by_who_decides(case) -> None:
    case.send(date(2026, 11, 25))
    case.send_back(date(2026, 11, 26), date(2026, 12, 3), reason="Perbaiki.")
    with pytest.raises(RuleBroken):
        case.mark(date(2026, 11, 26), "narrative", "Terlambat.")
    case.send(date(2026, 12, 1))
    with pytest.raises(Conflict):
        case.mark(date(2026, 12, 2), "narrative", "Putaran lama.", number=1)
    legal = Actor(account_id=case.officer.account_id, name="x", organisation_id=None, roles=frozenset({Role.LEGAL}))
    for who in (legal, case.writer):
        with pytest.raises(NotAllowed):
            noting.mark(case.office, case.theirs(), Mark(item="narrative", sentence="x"), number=2, actor=who, now=NOW)


def test_the_checklist_is_kept_with_its_round(case) -> None:
    case.send(date(2026, 11, 25))
    report = case.theirs()
    stamp = {"number": 1, "actor": case.officer, "now": NOW}
    first = {"period": Answer(is_fine=True), "numbers": Answer(is_fine=False, note="Beda 3 orang.")}
    noting.keep_checks(case.office, report, first, **stamp)
    noting.keep_checks(case.office, report, first, **stamp)
    assert report_marks.checks(case.office, report, 1) == first
    noting.keep_checks(case.office, report, {"period": Answer(is_fine=True)}, **stamp)
    assert report_marks.checks(case.office, report, 1) == {"period": Answer(is_fine=True)}
    with pytest.raises(RuleBroken) as refused:
        noting.keep_checks(case.office, report, {"plan": Answer(is_fine=False)}, **stamp)
    assert refused.value.field == "plan"
    assert [row.action for row in case.office.scalars(select(Entry))].count("report_checked") == 2


def test_an_accepted_report_is_reviewed_again_by_a_recorded_decision(case) -> None:
    case.send(date(2026, 11, 25))
    case.accept(date(2026, 11, 27))
    with pytest.raises(RuleBroken) as refused:
        case.reopen(date(2026, 12, 2), reason=" ")
    assert refused.value.field == "reason"
    case.reopen(date(2026, 12, 2))
    assert case.theirs().stage is ReportStage.SUBMITTED
    occurrence = case.occurrence()
    assert (occurrence.stage, occurrence.decided_on) == (OccurrenceStage.SUBMITTED, None)
    kept = case.office.scalars(select(ReportReopening)).one()
    assert (kept.number, kept.reason, kept.accepted_at) == (1, "Bukti baru dari pemeriksa.", at(date(2026, 11, 27)))
    assert "report_reopened" in case.office.scalars(select(Message.template)).all()
    assert "report_reopened" in case.office.scalars(select(Entry.action)).all()
    case.send_back(date(2026, 12, 3), date(2026, 12, 10), reason="Lampirkan bukti itu.")
    case.sweep(date(2026, 12, 3), date(2026, 12, 8))
    assert case.waiting() == {(SubjectKind.REPORT_FIX, date(2026, 12, 10))}
    case.send(date(2026, 12, 8))
    case.accept(date(2026, 12, 9))
    found = case.clock(date(2027, 1, 1))
    assert (found.office_days, found.partner_days, found.rest_days, found.total_days) == (4, 5, 5, 14)


def test_only_an_accepted_round_is_reviewed_again(case) -> None:
    case.send(date(2026, 11, 25))
    with pytest.raises(RuleBroken):
        case.reopen(date(2026, 11, 26))
    case.accept(date(2026, 11, 27))
    with pytest.raises(NotAllowed):
        report_rounds.reopen(case.office, case.theirs(), "Mau.", number=1, actor=case.writer, now=NOW)
    with pytest.raises(Conflict):
        report_rounds.reopen(case.office, case.theirs(), "Mau.", number=2, actor=case.officer, now=NOW)


def test_how_the_reports_of_a_partner_went_is_counted_for_both_sides(case) -> None:
    empty = report_clocks.of_organisation(case.office, case.partner_id, today=date(2026, 12, 31))
    assert (empty.sent, empty.rounds_each) == (0, None)
    case.send(date(2026, 11, 25))
    case.send_back(date(2026, 11, 26), date(2026, 12, 3), reason="Perbaiki.")
    case.send(date(2026, 12, 1))
    case.accept(date(2026, 12, 4))
    case.reopen(date(2026, 12, 9))
    case.accept(date(2026, 12, 11))
    pace = report_clocks.of_organisation(case.office, case.partner_id, today=date(2027, 1, 31))
    assert (pace.sent, pace.accepted, pace.rounds_each, pace.first_time) == (1, 1, 2, 0)
    assert (pace.office_days, pace.partner_days) == (6, 5)
    case.own.rollback()
    assert report_clocks.of_organisation(case.own, case.partner_id, today=date(2027, 1, 31)) == pace
    later = report_clocks.of_organisation(case.office, case.partner_id, today=TODAY, since=date(2026, 11, 26))
    assert later.sent == 0
