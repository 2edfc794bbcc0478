"""Reports from the first word to the decision, in the scope in which each step really runs."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from portal.domain.errors import Conflict, NotAllowed, NotFound, RuleBroken
from portal.domain.obligation import DutyRole, ObligationKind, OccurrenceStage
from portal.domain.policy import Actor, Role
from portal.domain.report import ReportStage
from portal.domain.report_answers import Sent
from portal.domain.report_turn import Mending
from portal.models import Entry, Message, ObligationParty, Occurrence, Report, ReportRound
from portal.queries import reports as report_queries
from portal.queries.report_forms import answers_of
from portal.services import report_rounds, reports
from tests.factories import (
    make_account,
    make_agreement,
    make_ministry,
    make_obligation,
    make_occurrence,
    make_partner,
    make_report,
)
from tests.factories.instants import NOW

TYPED = {"narrative": "Pelatihan menjahit.", "beneficiaries": "60", "amount_rupiah": "12.500.000"}
MENDING = Mending(reason="Lampirkan daftar hadir.", fix_due_on=date(2026, 12, 5))


def actor(account, *roles):
    return Actor(
        account_id=account.id,
        name=account.name,
        organisation_id=account.organisation_id,
        roles=frozenset(roles),
    )


class Stage:
    """One duty with its people, and each side's own session."""

    def __init__(self, session, session_of, *, two_debtors=False):
        self.office = session
        self.officer_row = make_account(session, Role.OFFICER, name="Ratna")
        self.agreement = make_agreement(session, officer_id=self.officer_row.id)
        self.organisation = self.agreement.parties[1].organisation
        self.other = self.agreement.parties[2].organisation
        self.writer_row = make_account(session, Role.PARTNER_WRITER, self.organisation)
        self.other_row = make_account(session, Role.PARTNER_WRITER, self.other)
        obligation = make_obligation(session, self.agreement)
        if two_debtors:
            session.add(
                ObligationParty(
                    obligation_id=obligation.id,
                    agreement_id=self.agreement.id,
                    organisation_id=self.other.id,
                    duty_role=DutyRole.DEBTOR,
                )
            )
        self.occurrence_id = make_occurrence(session, obligation).id
        self.writer = actor(self.writer_row, Role.PARTNER_WRITER)
        self.other_writer = actor(self.other_row, Role.PARTNER_WRITER)
        self.officer = actor(self.officer_row, Role.OFFICER)
        session.commit()
        self.own = session_of(self.organisation.id)
        self.others = session_of(self.other.id)

    def report(self, session=None, code=None):
        kept = session or self.own
        kept.rollback()
        found = kept.scalars(select(Report)).all()
        return found[0] if code is None else next(r for r in found if r.code == code)

    def write(self, session=None, who=None, typed=TYPED):
        """Begin and save a report; answer its code."""
        kept, person = session or self.own, who or self.writer
        kept.rollback()
        report = reports.open_report(kept, self.occurrence_id, actor=person, now=NOW)
        reports.save(kept, report, typed, actor=person, now=NOW)
        kept.commit()
        return report.code

    def send(self, code, session=None, who=None, now=NOW):
        kept, person = session or self.own, who or self.writer
        kept.rollback()
        organisation_id = person.organisation_id
        report = report_queries.of_partner(kept, code, organisation_id=organisation_id, for_change=True)
        number = len(report.rounds) + 1
        reports.submit(kept, report, number=number, version=report.version, actor=person, now=now)
        kept.commit()
        return report

    def decide(self, code, mending=None, now=NOW):
        self.office.rollback()
        report = report_queries.get_for_office(self.office, code, actor=self.officer, for_change=True)
        if mending:
            report_rounds.send_back(self.office, report, mending, number=report.round, actor=self.officer, now=now)
        else:
            report_rounds.accept(self.office, report, number=report.round, actor=self.officer, now=now)
        self.office.commit()
        return report

    def occurrence_stage(self):
        self.office.rollback()
        return self.office.get(Occurrence, self.occurrence_id).stage

    def actions(self):
        self.office.rollback()
        return self.office.scalars(select(Entry.action).order_by(Entry.id)).all()

    def mails(self):
        self.office.rollback()
        return self.office.execute(select(Message.template, Message.recipient).order_by(Message.id)).all()


@pytest.fixture
def stage(session, session_of):
    return Stage(session, session_of)


def test_a_report_is_begun_once_and_then_found_again(stage) -> None:
    first = reports.open_report(stage.own, stage.occurrence_id, actor=stage.writer, now=NOW)
    again = reports.open_report(stage.own, stage.occurrence_id, actor=stage.writer, now=NOW)
    assert first is again
    assert first.stage is ReportStage.DRAFT
    assert len(first.code) == 9


def test_only_who_owes_it_can_begin_a_report(stage) -> None:
    with pytest.raises(NotFound):
        reports.open_report(stage.others, stage.occurrence_id, actor=stage.other_writer, now=NOW)
    with pytest.raises(NotFound):
        reports.open_report(stage.own, 10_000, actor=stage.writer, now=NOW)


def test_a_duty_of_another_kind_takes_no_report(stage, session) -> None:
    visit = make_obligation(session, stage.agreement, kind=ObligationKind.MONEV)
    occurrence = make_occurrence(session, visit)
    session.commit()
    with pytest.raises(NotFound):
        reports.open_report(stage.own, occurrence.id, actor=stage.writer, now=NOW)


def test_a_finished_duty_takes_no_new_report(stage, session) -> None:
    session.get(Occurrence, stage.occurrence_id).stage = OccurrenceStage.WAIVED
    session.commit()
    with pytest.raises(RuleBroken):
        reports.open_report(stage.own, stage.occurrence_id, actor=stage.writer, now=NOW)


def test_a_viewer_may_neither_write_nor_send(stage) -> None:
    code = stage.write()
    viewer = actor(stage.writer_row, Role.PARTNER_VIEWER)
    report = stage.report()
    with pytest.raises(NotAllowed, match="hanya dapat melihat"):
        reports.open_report(stage.own, stage.occurrence_id, actor=viewer, now=NOW)
    with pytest.raises(NotAllowed, match="mengisi"):
        reports.save(stage.own, report, TYPED, actor=viewer, now=NOW)
    with pytest.raises(NotAllowed, match="mengirim"):
        reports.submit(stage.own, report, number=1, version=report.version, actor=viewer, now=NOW)
    assert stage.report().code == code


def test_what_is_not_valid_yet_is_kept_as_typed(stage) -> None:
    stage.write(typed={"narrative": "Ada.", "beneficiaries": "enam puluh"})
    answers = answers_of(stage.report())
    assert answers.raw == {"beneficiaries": "enam puluh"}
    assert answers.narrative == "Ada."


def test_saving_the_same_again_leaves_no_entry(stage) -> None:
    stage.write()
    report = stage.report()
    before = report.version
    reports.save(stage.own, report, TYPED, actor=stage.writer, now=NOW)
    stage.own.commit()
    assert report.version == before
    assert stage.actions() == ["report_begun", "report_saved"]


def test_the_second_of_two_people_is_told_and_overwrites_nothing(stage) -> None:
    stage.write()
    report, who = stage.report(), {"actor": stage.writer, "now": NOW}
    first = reports.save(stage.own, report, TYPED | {"narrative": "A"}, before=TYPED, **who)
    second = reports.save(stage.own, report, {"narrative": "B", "obstacles": "Hujan."}, before=TYPED, **who)
    assert first.conflicts == ()
    assert [(one.key, one.before, one.mine, one.stored) for one in second.conflicts] == [
        ("narrative", TYPED["narrative"], "B", "A")
    ]
    assert (report.narrative, report.obstacles) == ("A", "Hujan.")


def test_two_people_at_different_answers_disturb_nobody(stage) -> None:
    stage.write()
    report, who = stage.report(), {"actor": stage.writer, "now": NOW}
    one = reports.save(stage.own, report, TYPED | {"narrative": "A"}, before=TYPED, **who)
    two = reports.save(stage.own, report, TYPED | {"beneficiaries": "61"}, before=TYPED, **who)
    assert (one.conflicts, two.conflicts) == ((), ())
    assert (report.narrative, report.beneficiaries) == ("A", 61)


def test_sending_gives_a_receipt_and_tells_both_sides(stage) -> None:
    code = stage.write()
    report = stage.send(code)
    assert report.stage is ReportStage.SUBMITTED
    assert report.receipt_number == f"TT-{code}-1"
    assert stage.occurrence_stage() is OccurrenceStage.SUBMITTED
    assert stage.mails() == [
        ("report_receipt", stage.writer_row.email),
        ("report_submitted", stage.officer_row.email),
    ]
    assert stage.actions()[-2:] == ["occurrence_submitted", "report_submitted"]


def test_without_an_officer_the_receipt_still_goes_out(stage, session) -> None:
    stage.agreement.officer_id = None
    session.commit()
    stage.send(stage.write())
    assert [template for template, _ in stage.mails()] == ["report_receipt"]


def test_the_same_round_is_never_sent_twice(stage) -> None:
    code = stage.write()
    sent = stage.send(code)
    again = reports.submit(stage.own, sent, number=1, version=1, actor=stage.writer, now=NOW)
    stage.own.commit()
    stage.office.rollback()
    assert again.receipt_number == f"TT-{code}-1"
    assert stage.office.scalar(select(func.count()).select_from(ReportRound)) == 1
    assert len(stage.mails()) == 2


def test_a_report_without_activity_or_with_a_wrong_number_is_not_sent(stage) -> None:
    code = stage.write(typed={"beneficiaries": "enam"})
    with pytest.raises(RuleBroken) as missing:
        stage.send(code)
    assert missing.value.field == "narrative"
    report = stage.report()
    reports.save(
        stage.own,
        report,
        {"narrative": "Ada.", "beneficiaries": "x"},
        actor=stage.writer,
        now=NOW,
    )
    stage.own.commit()
    with pytest.raises(RuleBroken) as wrong:
        stage.send(code)
    assert wrong.value.field == "beneficiaries"


def test_answers_that_changed_after_the_check_are_not_sent_unseen(stage) -> None:
    stage.write()
    report = stage.report()
    with pytest.raises(Conflict):
        reports.submit(stage.own, report, number=1, version=report.version - 1, actor=stage.writer, now=NOW)


def test_acceptance_meets_the_duty(stage) -> None:
    code = stage.write()
    stage.send(code)
    report = stage.decide(code)
    assert report.stage is ReportStage.ACCEPTED
    occurrence = stage.office.get(Occurrence, stage.occurrence_id)
    assert (occurrence.stage, occurrence.decided_on) == (OccurrenceStage.MET, date(2026, 11, 21))
    assert ("report_accepted", stage.writer_row.email) in stage.mails()
    assert report.rounds[0].outcome is ReportStage.ACCEPTED


def test_a_return_opens_the_report_again_and_keeps_the_round(stage) -> None:
    code = stage.write()
    stage.send(code)
    report = stage.decide(code, MENDING)
    assert (report.stage, report.fix_due_on) == (ReportStage.RETURNED, date(2026, 12, 5))
    assert stage.occurrence_stage() is OccurrenceStage.RETURNED
    assert ("report_returned", stage.writer_row.email) in stage.mails()
    stage.own.rollback()
    again = stage.report()
    reports.save(stage.own, again, TYPED | {"narrative": "Diperbaiki."}, actor=stage.writer, now=NOW)
    stage.own.commit()
    sent = stage.send(code, now=datetime(2026, 11, 25, 3, tzinfo=UTC))
    assert sent.receipt_number == f"TT-{code}-2"
    assert (sent.return_reason, sent.fix_due_on) == (None, None)
    stage.office.rollback()
    rounds = stage.office.scalars(select(ReportRound).order_by(ReportRound.number)).all()
    assert [Sent.load(r.answers).answers.narrative for r in rounds] == ["Pelatihan menjahit.", "Diperbaiki."]
    assert [r.reason for r in rounds] == ["Lampirkan daftar hadir.", None]
    assert stage.decide(code).stage is ReportStage.ACCEPTED


def test_the_date_of_the_duty_stands_when_a_report_goes_back(stage) -> None:
    code = stage.write()
    stage.send(code)
    before = stage.office.get(Occurrence, stage.occurrence_id).due_on
    stage.decide(code, MENDING)
    assert stage.office.get(Occurrence, stage.occurrence_id).due_on == before


def test_a_decision_is_about_the_round_that_was_read(stage) -> None:
    code = stage.write()
    stage.send(code)
    stage.decide(code, MENDING)
    stage.own.rollback()
    stage.send(code)
    stage.office.rollback()
    report = report_queries.get_for_office(stage.office, code, actor=stage.officer)
    with pytest.raises(Conflict):
        report_rounds.accept(stage.office, report, number=1, actor=stage.officer, now=NOW)


def test_deciding_twice_changes_nothing_and_mails_once(stage) -> None:
    code = stage.write()
    stage.send(code)
    stage.decide(code)
    stage.decide(code)
    assert [t for t, _ in stage.mails()].count("report_accepted") == 1


def test_partners_and_other_staff_decide_nothing(stage) -> None:
    code = stage.write()
    stage.send(code)
    report = stage.report(stage.office, code)
    for who in (stage.writer, actor(stage.officer_row, Role.LEGAL)):
        with pytest.raises(NotAllowed):
            report_rounds.accept(stage.office, report, number=1, actor=who, now=NOW)
        with pytest.raises(NotAllowed):
            report_rounds.send_back(stage.office, report, MENDING, number=1, actor=who, now=NOW)


def test_a_sent_report_cannot_be_changed(stage) -> None:
    report = stage.send(stage.write())
    with pytest.raises(RuleBroken):
        reports.save(stage.own, report, TYPED, actor=stage.writer, now=NOW)


def test_a_duty_of_two_partners_is_met_when_both_are_accepted(session, session_of) -> None:
    stage = Stage(session, session_of, two_debtors=True)
    mine, theirs = stage.write(), stage.write(stage.others, stage.other_writer)
    stage.send(mine)
    assert stage.occurrence_stage() is OccurrenceStage.OPEN
    stage.decide(mine)
    assert stage.occurrence_stage() is OccurrenceStage.OPEN
    stage.send(theirs, stage.others, stage.other_writer)
    stage.decide(theirs)
    assert stage.occurrence_stage() is OccurrenceStage.MET


def test_the_office_reads_no_draft_and_a_partner_no_foreign_report(stage, session) -> None:
    code = stage.write()
    with pytest.raises(NotFound):
        report_queries.get_for_office(session, code, actor=stage.officer)
    with pytest.raises(NotFound):
        report_queries.of_partner(stage.others, code, organisation_id=stage.other.id)
    with pytest.raises(NotFound):
        report_queries.of_partner(session, code, organisation_id=stage.other.id)


def test_an_administrator_does_not_read_reports_of_confidential_agreements(session) -> None:
    agreement = make_agreement(session, (make_ministry(session), make_partner(session)), is_confidential=True)
    occurrence = make_occurrence(session, make_obligation(session, agreement))
    report = make_report(session, occurrence, stage=ReportStage.SUBMITTED)
    admin = actor(make_account(session, Role.ADMIN), Role.ADMIN)
    with pytest.raises(NotAllowed):
        report_queries.get_for_office(session, report.code, actor=admin)
    page = report_queries.list_for_office(session, actor=admin, stage=None, agreement_code=None, page=1)
    assert page.total == 0
