"""When people of the office are away: recording and withdrawing. Who hears in their place is in `reminder_people`.

While somebody is away, everything that the person would hear goes to the deputy; on the return the steps that are open
go to the person, and what the deputy was not sent yet ends.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import NotAllowed, RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor, Role
from portal.models import Absence, Account, Organisation
from portal.services import audit, planning

MAY_RECORD_FOR_OTHERS = frozenset({Role.HEAD, Role.ADMIN})
LONGEST_DAYS = 366


@dataclass(frozen=True, kw_only=True, slots=True)
class Leave:
    """A span of days, both ends inside, and who stands in; without a deputy the head of the unit hears."""

    account_id: int
    deputy_id: int | None
    starts_on: date
    ends_on: date
    note: str = ""


def may_record_for(actor: Actor, account_id: int) -> bool:
    """Return whether somebody may record an absence of this person: one's own, and heads and admins anybody's."""
    return actor.is_system or actor.account_id == account_id or bool(actor.roles & MAY_RECORD_FOR_OTHERS)


def _check_right(actor: Actor, account_id: int) -> None:
    policy.check(actor, Action.SEE_OFFICE)
    if not may_record_for(actor, account_id):
        raise NotAllowed(N_("Hanya kepala unit dan administrator yang dapat mencatat cuti orang lain."))


def _is_staff(session: Session, account_id: int) -> bool:
    found = (
        select(Account.id)
        .join(Organisation, Organisation.id == Account.organisation_id)
        .where(Account.id == account_id, Organisation.is_ours.is_(True), Account.is_active.is_(True))
    )
    return session.scalar(found) is not None


def record(session: Session, leave: Leave, *, actor: Actor, now: datetime) -> Absence:
    """Record an absence; raises RuleBroken naming the field, NotAllowed with the reason."""
    _check_right(actor, leave.account_id)
    _check(session, leave, today=office_date(now))
    row = Absence(
        account_id=leave.account_id,
        deputy_id=leave.deputy_id,
        starts_on=leave.starts_on,
        ends_on=leave.ends_on,
        note=leave.note.strip() or None,
        recorded_at=now,
        recorded_by_id=actor.account_id,
    )
    session.add(row)
    session.flush()
    detail = {"starts_on": leave.starts_on, "ends_on": leave.ends_on, "deputy_id": leave.deputy_id}
    audit.record(session, "absence_recorded", subject=row, actor=actor, now=now, detail=detail)
    _follow(session, row, now=now)
    return row


def withdraw(session: Session, row: Absence, *, actor: Actor, now: datetime) -> None:
    """Take an absence back, or end it on the return; what is past stays in the record."""
    _check_right(actor, row.account_id)
    if row.cancelled_at is not None:
        raise RuleBroken(N_("Cuti ini sudah dibatalkan. Muat ulang halaman."))
    row.cancelled_at = now
    session.flush()
    audit.record(session, "absence_withdrawn", subject=row, actor=actor, now=now, detail={"ends_on": row.ends_on})
    _follow(session, row, now=now)


def _check(session: Session, leave: Leave, *, today: date) -> None:
    if not _is_staff(session, leave.account_id):
        raise RuleBroken(N_("Pilih pegawai Kementerian Sosial."), field="account")
    if leave.deputy_id is not None and (leave.deputy_id == leave.account_id or not _is_staff(session, leave.deputy_id)):
        raise RuleBroken(N_("Pilih pengganti lain: pegawai Kementerian Sosial yang aktif."), field="deputy")
    if leave.ends_on < leave.starts_on:
        raise RuleBroken(N_("Tanggal terakhir tidak boleh sebelum tanggal pertama."), field="ends_on")
    if leave.ends_on < today:
        raise RuleBroken(N_("Cuti yang sudah lewat tidak mengubah apa pun. Periksa tanggalnya."), field="ends_on")
    if (leave.ends_on - leave.starts_on).days > LONGEST_DAYS:
        raise RuleBroken(
            N_("Paling lama satu tahun. Untuk yang lebih lama, ganti petugas pada naskah."), field="ends_on"
        )
    overlap = select(Absence.id).where(
        Absence.account_id == leave.account_id,
        Absence.cancelled_at.is_(None),
        ~or_(Absence.ends_on < leave.starts_on, Absence.starts_on > leave.ends_on),
    )
    if session.scalar(overlap.limit(1)) is not None:
        raise RuleBroken(N_("Sudah ada cuti pada tanggal ini. Batalkan dulu yang lama."), field="starts_on")


def _follow(session: Session, row: Absence, *, now: datetime) -> None:
    """End at once what the wrong person would be sent; the next sweep plans for the right one."""
    today = office_date(now)
    if row.starts_on <= today <= row.ends_on:
        planning.settle_at_once(session, now=now)
