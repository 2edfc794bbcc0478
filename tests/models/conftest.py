"""Two partners whose rows are alike: what one asks for must never show anything of the other."""

import pytest

from portal import models as m
from portal.domain.policy import Role
from portal.domain.reminder import Audience, Channel, MessageStage, ReminderStage, SubjectKind
from portal.domain.report import ReportStage
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.instants import NOW


def make_report(session, occurrence, organisation, code):
    row = m.Report(
        code=code,
        occurrence_id=occurrence.id,
        agreement_id=occurrence.agreement_id,
        organisation_id=organisation.id,
        stage=ReportStage.DRAFT,
        created_at=NOW,
        updated_at=NOW,
    )
    session.add(row)
    session.flush()
    return row


def make_told(session, agreement, occurrence, account):
    """A reminder and a mail of one person; the number of the reminder."""
    mail = {"channel": Channel.MAIL, "local_day": NOW.date(), "slot": "uji", "template": "report_accepted"}
    mail |= {"values": {}, "message_id": f"uji-{account.id}", "stage": MessageStage.SENT, "subject": account.email}
    mail |= {"not_before": NOW, "next_try_at": NOW, "created_at": NOW}
    session.add(m.Message(recipient=account.email, account_id=account.id, **mail))
    row = m.Reminder(
        subject_kind=SubjectKind.OCCURRENCE,
        subject_id=occurrence.id,
        agreement_id=agreement.id,
        target_on=occurrence.due_on,
        step=-7,
        account_id=account.id,
        audience=Audience.DEBTOR,
        channel=Channel.MAIL,
        stage=ReminderStage.SENT,
        planned_on=NOW.date(),
        planned_at=NOW,
        reason={},
    )
    session.add(row)
    session.flush()
    return row.id


@pytest.fixture
def world(session):
    """Two partners with an agreement, an account and a report each; `theirs` must never be seen by `own`."""
    ministry, own, theirs = make_ministry(session), make_partner(session), make_partner(session, name="Kenari Asing")
    rows = {"own": own.id, "theirs": theirs.id}
    for name, partner, code in (("own", own, "AAAA-0001"), ("theirs", theirs, "BBBB-0002")):
        agreement = make_agreement(session, parties=(ministry, partner), title=f"Naskah {name}")
        occurrence = make_occurrence(session, make_obligation(session, agreement))
        rows[f"{name} free occurrence"] = make_occurrence(session, make_obligation(session, agreement)).id
        rows[f"{name} agreement"] = agreement.id
        rows[f"{name} occurrence"] = occurrence.id
        rows[f"{name} report"] = make_report(session, occurrence, partner, code).id
        account = make_account(session, Role.PARTNER_WRITER, partner)
        rows[f"{name} account"] = account.id
        rows[f"{name} reminder"] = make_told(session, agreement, occurrence, account)
    session.commit()
    session.expunge_all()
    return rows
