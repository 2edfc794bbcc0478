"""Obligations and occurrences for tests: the second party owes the ministry a report."""

from datetime import date

from portal.domain.obligation import DutyRole, ObligationKind, OccurrenceStage, ScheduleKind
from portal.models import Obligation, ObligationParty, Occurrence
from tests.factories.agreements import make_agreement
from tests.factories.instants import NOW


def make_obligation(session, agreement=None, debtor=None, creditor=None, **changes):
    """Return a saved obligation with debtor and creditor among the parties."""
    owner = agreement or make_agreement(session)
    seats = owner.parties
    debtor_id = debtor.id if debtor else seats[1].organisation_id
    creditor_id = creditor.id if creditor else seats[0].organisation_id
    values = {
        "agreement_id": owner.id,
        "kind": ObligationKind.REPORTING,
        "title": "Laporan pelaksanaan",
        "article": "Pasal 7 ayat (2)",
        "schedule": ScheduleKind.FIXED,
        "fixed_on": date(2026, 12, 1),
        "created_at": NOW,
        "updated_at": NOW,
    } | changes
    row = Obligation(**values)
    session.add(row)
    session.flush()
    for organisation_id, duty_role in ((debtor_id, DutyRole.DEBTOR), (creditor_id, DutyRole.CREDITOR)):
        session.add(
            ObligationParty(
                obligation_id=row.id, agreement_id=owner.id, organisation_id=organisation_id, duty_role=duty_role
            )
        )
    session.flush()
    return row


def make_occurrence(session, obligation=None, **changes):
    """Return a saved occurrence, open and due on 1 December 2026."""
    owner = obligation or make_obligation(session)
    values = {
        "obligation_id": owner.id,
        "agreement_id": owner.agreement_id,
        "period_key": "once",
        "due_on": date(2026, 12, 1),
        "stage": OccurrenceStage.OPEN,
        "created_at": NOW,
        "updated_at": NOW,
    } | changes
    row = Occurrence(**values)
    session.add(row)
    session.flush()
    return row
