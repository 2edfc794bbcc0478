"""Who is told what when relief is asked for or decided. The texts live in `templates/mail`."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain.dates import office_date
from portal.domain.relief import ReliefStage
from portal.models import Account, Organisation, Relief
from portal.queries import reliefs as reading
from portal.services import notices


def _values(session: Session, relief: Relief) -> dict[str, Any]:
    """Return what every text about a request may name, as plain values."""
    occurrence = relief.occurrence
    duty = occurrence.obligation
    agreement = duty.agreement
    party = session.get_one(Organisation, relief.organisation_id)
    return {
        "kind": relief.kind.value,
        "title": duty.title,
        "period_key": occurrence.period_key,
        "due_on": occurrence.due_on.isoformat(),
        "wanted_on": relief.wanted_on.isoformat() if relief.wanted_on else None,
        "reason": relief.reason,
        "agreement_code": agreement.code,
        "agreement_title": agreement.title,
        "organisation": party.name,
        "officer": agreement.officer.name if agreement.officer else None,
        "officer_phone": agreement.officer.phone if agreement.officer else None,
    }


def asked(session: Session, relief: Relief, *, now: datetime) -> None:
    """Tell the officer that a partner asks; without one it stands on the list of requests."""
    officer: Account | None = relief.occurrence.obligation.agreement.officer
    if officer is not None:
        values = _values(session, relief) | {"path": f"/kantor/keringanan/{relief.id}"}
        slot = f"relief-asked-{relief.id}"
        notices.enqueue(session, template="relief_asked", account=officer, values=values, slot=slot, now=now)


def decided(session: Session, relief: Relief, *, now: datetime) -> None:
    """Tell whoever asked, or who answers for the party in whose name it was asked."""
    values = _values(session, relief) | {
        "granted": relief.stage is ReliefStage.GRANTED,
        "granted_on": relief.granted_on.isoformat() if relief.granted_on else None,
        "answer": relief.answer,
    }
    for account in reading.people_to_tell(session, relief, today=office_date(now)):
        path = (
            f"/kantor/keringanan/{relief.id}"
            if account.organisation.is_ours
            else f"/mitra/tenggat/{relief.occurrence_id}/perpanjangan"
        )
        notices.enqueue(
            session,
            template="relief_decided",
            account=account,
            values=values | {"path": path},
            slot=f"relief-decided-{relief.id}",
            now=now,
        )
