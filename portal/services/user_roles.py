"""Roles of people: given for a period on a basis, corrected, ended, by an administrator.

Nobody gives or lengthens a role of their own, and the portal never loses its last administrator. A partner's own
people change their roles in `teams`.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.period import Period
from portal.domain.policy import Action, Actor, Role
from portal.domain.user_role import Term, check
from portal.models import Account, AccountRole, Organisation
from portal.services import audit

_OWN = N_("Peran Anda sendiri diatur administrator lain. Mintalah kepadanya.")
_LAST_ADMIN = N_(
    "Portal harus punya administrator tanpa tanggal akhir. Jadikan orang lain administrator dulu, lalu ulangi."
)


def give(
    session: Session, account: Account, term: Term, *, unit: Organisation | None = None, actor: Actor, now: datetime
) -> AccountRole:
    """Give a person a role; people of the office may hold one in another unit.

    Raises RuleBroken naming the field, NotAllowed for who is no administrator.
    """
    _begin(session, actor)
    if account.id == actor.account_id:
        raise RuleBroken(_OWN)
    if not account.is_active:
        raise RuleBroken(N_("Akun ini nonaktif. Aktifkan dulu sebelum memberi peran."))
    in_office = account.organisation.is_ours
    check(term, in_office=in_office)
    home = unit if unit is not None and in_office and unit.is_ours else account.organisation
    _check_free(session, account.id, home.id, term)
    row = AccountRole(
        account_id=account.id,
        organisation_id=home.id,
        role=term.role,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        basis=term.basis,
    )
    session.add(row)
    session.flush()
    audit.record(session, "role_given", subject=account, actor=actor, now=now, detail=_told(row))
    return row


def correct(session: Session, account: Account, row: AccountRole, term: Term, *, actor: Actor, now: datetime) -> None:
    """Correct period and basis of a role; the role itself stays what it is. Raises RuleBroken naming the field."""
    _begin(session, actor)
    if account.id == actor.account_id:
        raise RuleBroken(_OWN)
    check(term, in_office=account.organisation.is_ours)
    _check_free(session, account.id, row.organisation_id, term, but=row.id)
    today = office_date(now)
    if _carries(row, today) and not (term.ends_on is None and term.starts_on <= today):
        _check_admin_left(session, without=row.id, today=today)
    before = _told(row)
    row.starts_on, row.ends_on, row.basis = term.starts_on, term.ends_on, term.basis
    session.flush()
    detail: dict[str, object] = {"role": row.role, **audit.differences(before, _told(row))}
    audit.record(session, "role_corrected", subject=account, actor=actor, now=now, detail=detail)


def end(session: Session, account: Account, row: AccountRole, *, actor: Actor, now: datetime) -> None:
    """End a role at once; one that has not begun never begins. Raises RuleBroken for one that is over already."""
    _begin(session, actor)
    today = office_date(now)
    if row.ends_on is not None and row.ends_on < today:
        raise RuleBroken(N_("Peran ini sudah berakhir. Muat ulang halaman."))
    if row.role is Role.ADMIN and account.id == actor.account_id:
        raise RuleBroken(_OWN)
    if _carries(row, today):
        _check_admin_left(session, without=row.id, today=today)
    row.ends_on = min(today, row.starts_on) - timedelta(days=1)
    session.flush()
    audit.record(session, "role_ended", subject=account, actor=actor, now=now, detail=_told(row))


def check_not_last_admin(session: Session, account: Account, *, now: datetime) -> None:
    """Raise RuleBroken when the portal would be without an administrator if this person could not sign in."""
    today = office_date(now)
    if any(_carries(row, today) for row in account.roles):
        _check_admin_left(session, without_person=account.id, today=today)


def _begin(session: Session, actor: Actor) -> None:
    """Check who acts, and let two administrators who act at once wait for each other."""
    policy.check(actor, Action.MANAGE_ACCOUNTS)
    lock_admins(session)


def lock_admins(session: Session) -> None:
    """Hold the roles of administrators until the end of the transaction."""
    rows = select(AccountRole.id).where(AccountRole.role == Role.ADMIN).order_by(AccountRole.id)
    session.scalars(rows.with_for_update()).all()


def _told(row: AccountRole) -> dict[str, object]:
    return {
        "role": row.role,
        "unit_id": row.organisation_id,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        "basis": row.basis,
    }


def _carries(row: AccountRole, today: date) -> bool:
    """Return whether the portal has an administrator by this row for as long as nothing is changed."""
    return row.role is Role.ADMIN and row.starts_on <= today and row.ends_on is None


def _check_admin_left(session: Session, *, without: int = 0, without_person: int = 0, today: date) -> None:
    others = (
        select(func.count(AccountRole.id))
        .join(Account, Account.id == AccountRole.account_id)
        .where(
            AccountRole.role == Role.ADMIN,
            AccountRole.id != without,
            AccountRole.account_id != without_person,
            AccountRole.starts_on <= today,
            AccountRole.ends_on.is_(None),
            Account.is_active.is_(True),
        )
    )
    if not session.scalar(others):
        raise RuleBroken(_LAST_ADMIN, field="ends_on")


def _check_free(session: Session, account_id: int, unit_id: int, term: Term, *, but: int = 0) -> None:
    same = select(AccountRole).where(
        AccountRole.account_id == account_id,
        AccountRole.organisation_id == unit_id,
        AccountRole.role == term.role,
        AccountRole.id != but,
        or_(AccountRole.ends_on.is_(None), AccountRole.ends_on >= AccountRole.starts_on),
    )
    for row in session.scalars(same):
        if term.period.overlaps(Period(starts_on=row.starts_on, ends_on=row.ends_on)):
            raise RuleBroken(
                N_("Orang ini sudah memegang peran yang sama pada hari-hari itu. Ubah yang ada."), field="starts_on"
            )
