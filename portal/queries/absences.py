"""Reads of absences: the list, one of them, and whom they can name."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from portal.domain.errors import NotFound
from portal.models import Absence, Account, Organisation

MOST = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceRow:
    """One absence with its people by name."""

    absence_id: int
    account_id: int
    name: str
    deputy: str | None
    starts_on: date
    ends_on: date
    note: str | None


def list_current(session: Session, *, today: date, account_id: int | None = None) -> tuple[AbsenceRow, ...]:
    """Return absences that are not over and not withdrawn, the first to begin first; of one person where asked."""
    deputy = aliased(Account)
    found = (
        select(Absence, Account.name, deputy.name.label("deputy"))
        .join(Account, Account.id == Absence.account_id)
        .outerjoin(deputy, deputy.id == Absence.deputy_id)
        .where(Absence.cancelled_at.is_(None), Absence.ends_on >= today)
        .order_by(Absence.starts_on, Absence.id)
        .limit(MOST)
    )
    if account_id is not None:
        found = found.where(Absence.account_id == account_id)
    return tuple(
        AbsenceRow(
            absence_id=row.Absence.id,
            account_id=row.Absence.account_id,
            name=row.name,
            deputy=row.deputy,
            starts_on=row.Absence.starts_on,
            ends_on=row.Absence.ends_on,
            note=row.Absence.note,
        )
        for row in session.execute(found)
    )


def get(session: Session, absence_id: int) -> Absence:
    """Return one absence; raise NotFound."""
    row = session.get(Absence, absence_id)
    if row is None:
        raise NotFound
    return row


def list_staff(session: Session) -> tuple[tuple[int, str], ...]:
    """Return (id, name) of everybody who works for the office, by name."""
    rows = session.execute(
        select(Account.id, Account.name)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .where(Organisation.is_ours.is_(True), Account.is_active.is_(True))
        .order_by(Account.name, Account.id)
    )
    return tuple((row.id, row.name) for row in rows)
