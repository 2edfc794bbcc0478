"""An agreement is suspended, taken up, ended or extended: its reminders follow to the mail that leaves, or does not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.config import Smtp
from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.duty_change import Back, Decision, DutyDecision
from portal.domain.obligation import ObligationKind, RelativeAnchor, ScheduleKind
from portal.domain.organisation import Zone
from portal.domain.policy import SYSTEM, Role
from portal.domain.report import ReportStage
from portal.jobs import deliver, remind
from portal.models import Agreement, AgreementRelation, Occurrence
from portal.services import agreements, obligations
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_partner, make_report
from tests.factories.calendar_days import make_calendar

pytestmark = pytest.mark.sqlite_only

TUESDAY = date(2026, 11, 24)
"""Seven days before 1 December 2026."""
END = date(2026, 12, 31)


def wib(day, hour=8):
    """An hour in Jakarta."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=Zone.WIB.timezone).astimezone(UTC)


@pytest.fixture
def agreement(session):
    """A partner owes a report on 1 December 2026 and, after the end of that year, a final account."""
    make_calendar(session)
    ministry, debtor = make_ministry(session), make_partner(session, name="Yayasan Debitur")
    make_account(session, Role.PARTNER_WRITER, debtor, email="penyusun@contoh.test")
    parties = (ministry, debtor, make_partner(session))
    found = make_agreement(session, parties, ends_on=END)
    make_obligation(session, found)
    make_obligation(
        session,
        found,
        title="Pertanggungjawaban akhir",
        kind=ObligationKind.ACCOUNTABILITY,
        schedule=ScheduleKind.RELATIVE,
        fixed_on=None,
        relative_anchor=RelativeAnchor.END,
        offset_count=30,
    )
    obligations.refresh(session, agreement_id=found.id, now=wib(date(2026, 11, 2)))
    session.commit()
    return found


@pytest.fixture
def post(make_app, smtp, agreement):
    """The application, sending to the test's SMTP server."""
    app = make_app(smtp=Smtp(host=smtp.host, port=smtp.port, tls="none"))
    yield app
    deliver.transport(app).close()


@pytest.fixture
def mails(post, smtp):
    """Let the worker run each day from the first to the last; return day and subject of the partner's new mails."""

    def run(first, last=None):
        found = []
        for number in range(((last or first) - first).days + 1):
            day = first + timedelta(days=number)
            before = len(smtp.to("penyusun@contoh.test"))
            remind.run(post, now=wib(day, 1))
            deliver.run(post, now=wib(day, 8))
            found += [(day, mail.subject) for mail in smtp.to("penyusun@contoh.test")[before:]]
        return found

    return run


def decide(session, agreement, to, day, hour=2, **values):
    """Decide on a stage, as the page does."""
    row = session.get_one(Agreement, agreement.id)
    decision = Decision(to=to, entered_on=day, reason="Uji", **values)
    agreements.change_stage(session, row, decision, actor=SYSTEM, now=wib(day, hour))
    session.commit()


def test_what_was_planned_before_a_suspension_does_not_leave_and_taking_up_begins_with_the_current_step(
    session, agreement, mails, post, smtp
):
    remind.run(post, now=wib(TUESDAY, 1))
    deliver.run(post, now=wib(TUESDAY, 1))
    decide(session, agreement, Stage.SUSPENDED, TUESDAY)
    assert mails(TUESDAY, date(2026, 11, 29)) == []
    decide(session, agreement, Stage.ACTIVE, date(2026, 11, 30))
    assert mails(date(2026, 11, 30)) == [(date(2026, 11, 30), "Besok: Laporan pelaksanaan (PKS-2024-0001)")]


def test_a_duty_that_was_pushed_is_reminded_of_on_its_new_days_only(session, agreement, mails):
    decide(session, agreement, Stage.SUSPENDED, date(2026, 11, 10))
    decide(session, agreement, Stage.ACTIVE, date(2026, 11, 20), duties=DutyDecision(back=Back.PUSH))
    found = mails(date(2026, 11, 23), date(2026, 12, 11))
    assert all(subject.endswith(" Laporan pelaksanaan (PKS-2024-0001)") for _, subject in found)
    new = date(2026, 12, 11)
    assert [(new - day).days for day, _ in found] == [18, 14, 7, 3, 1, 0]


def test_an_early_end_silences_what_it_closed_and_reminds_of_the_final_account(session, agreement, mails):
    assert [subject[:7] for _, subject in mails(date(2026, 11, 17))] == ["14 hari"]
    decide(session, agreement, Stage.TERMINATED, date(2026, 11, 18))
    found = mails(date(2026, 11, 18), date(2026, 12, 18))
    assert all(subject.endswith(" Pertanggungjawaban akhir (PKS-2024-0001)") for _, subject in found)
    new = date(2026, 12, 18)
    assert [(new - day).days for day, _ in found] == [30, 14, 7, 3, 1, 0]


def test_an_extension_moves_the_final_account_and_no_mail_tells_the_old_date(session, agreement, mails):
    extension = make_agreement(
        session,
        [party.organisation for party in agreement.parties],
        kind=AgreementKind.EXTENSION,
        stage=Stage.SIGNING,
        signed_on=None,
        starts_on=END,
        ends_on=date(2027, 12, 31),
    )
    session.add(AgreementRelation(agreement_id=extension.id, other_id=agreement.id, relation=Relation.EXTENDS))
    session.flush()
    decide(session, extension, Stage.ACTIVE, TUESDAY, signed_on=TUESDAY, follow=True)
    # The day of the old date's first step is 31 December.
    assert not any("Pertanggungjawaban" in subject for _, subject in mails(date(2026, 12, 30), date(2027, 1, 4)))
    dates = session.scalars(select(Occurrence.due_on).order_by(Occurrence.due_on)).all()
    assert dates == [date(2026, 12, 1), date(2028, 1, 30)]


def test_a_returned_report_rests_with_its_agreement(session, agreement, mails):
    row = session.scalars(select(Occurrence).order_by(Occurrence.due_on)).first()
    make_report(session, row, stage=ReportStage.RETURNED, fix_due_on=date(2026, 11, 27))
    row.stage = "returned"
    session.commit()
    decide(session, agreement, Stage.SUSPENDED, TUESDAY)
    assert mails(date(2026, 11, 26)) == []
    decide(session, agreement, Stage.ACTIVE, date(2026, 11, 27))
    [(_, subject)] = mails(date(2026, 11, 27))
    assert "Laporan pelaksanaan" in subject
