"""Reads of everybody with an account, as an administrator looks after them: the list, one person, who is invited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from portal.domain.errors import NotFound
from portal.domain.policy import STAFF_ROLES, Role
from portal.models import Account, AccountRole, Authenticator, Invitation, Organisation

PAGE_SIZE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class UserFilter:
    """What is asked of the list; None asks nothing."""

    words: str = ""
    in_office: bool | None = None
    role: Role | None = None
    is_active: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UserRow:
    """One line of the list with the roles of today."""

    account: Account
    roles: tuple[Role, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class UserPage:
    """One page of the list."""

    rows: tuple[UserRow, ...]
    total: int
    page: int


def _on(today: date) -> ColumnElement[bool]:
    return and_(AccountRole.starts_on <= today, or_(AccountRole.ends_on.is_(None), AccountRole.ends_on >= today))


def _conditions(asked: UserFilter, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.in_office is not None:
        found.append(Organisation.is_ours.is_(asked.in_office))
    if asked.is_active is not None:
        found.append(Account.is_active.is_(asked.is_active))
    if asked.role is not None:
        held = select(AccountRole.id).where(
            AccountRole.account_id == Account.id, AccountRole.role == asked.role, _on(today)
        )
        found.append(exists(held))
    return [*found, *(_has_word(word) for word in asked.words.lower().split())]


def _has_word(word: str) -> ColumnElement[bool]:
    columns = (Account.name, Account.email, Organisation.name, Organisation.short_name)
    return or_(*(func.lower(column).contains(word, autoescape=True) for column in columns))


def find_page(session: Session, asked: UserFilter, *, page: int, today: date) -> UserPage:
    """Return one page of people by name, with unit and roles."""
    where = _conditions(asked, today)
    counted = select(func.count(Account.id)).join(Organisation, Organisation.id == Account.organisation_id)
    total = session.scalar(counted.where(*where)) or 0
    page = min(max(page, 1), max(1, -(-total // PAGE_SIZE)))
    rows = session.scalars(
        select(Account)
        .join(Account.organisation)
        .where(*where)
        .options(contains_eager(Account.organisation), selectinload(Account.roles))
        .order_by(func.lower(Account.name), Account.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return UserPage(rows=tuple(_row(row, today) for row in rows), total=total, page=page)


def _row(row: Account, today: date) -> UserRow:
    held = {r.role for r in row.roles if r.starts_on <= today and (r.ends_on is None or today <= r.ends_on)}
    return UserRow(account=row, roles=tuple(role for role in Role if role in held))


def get(session: Session, number: int) -> Account:
    """Return one person with organisation and roles; raise NotFound."""
    wanted = select(Account).where(Account.id == number)
    found = session.scalar(wanted.options(joinedload(Account.organisation), selectinload(Account.roles)))
    if found is None:
        raise NotFound
    return found


def list_roles(session: Session, account_id: int) -> Sequence[tuple[AccountRole, Organisation]]:
    """Return every role that a person holds, held or will hold, with its unit; the latest first."""
    rows = session.execute(
        select(AccountRole, Organisation)
        .join(Organisation, Organisation.id == AccountRole.organisation_id)
        .where(AccountRole.account_id == account_id)
        .order_by(AccountRole.starts_on.desc(), AccountRole.id.desc())
    )
    return [(row.AccountRole, row.Organisation) for row in rows]


def get_role(session: Session, account_id: int, number: int) -> AccountRole:
    """Return one role of a person; raise NotFound for absent ones and those of others."""
    mine = (AccountRole.account_id == account_id, AccountRole.id == number)
    found = session.scalar(select(AccountRole).where(*mine))
    if found is None:
        raise NotFound
    return found


def list_units(session: Session) -> Sequence[Organisation]:
    """Return the ministry and its units, by name."""
    ours = select(Organisation).where(Organisation.is_ours.is_(True), Organisation.merged_into_id.is_(None))
    return session.scalars(ours.order_by(Organisation.sort_key, Organisation.id)).all()


def get_unit(session: Session, code: str) -> Organisation:
    """Return a unit of the ministry by its code; raise NotFound."""
    found = session.scalar(select(Organisation).where(Organisation.code == code, Organisation.is_ours.is_(True)))
    if found is None:
        raise NotFound
    return found


def list_invited(session: Session) -> Sequence[Invitation]:
    """Return who was invited and has not come, the latest first, the office's and the partners' people."""
    waiting = (Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    return session.scalars(
        select(Invitation)
        .where(*waiting)
        .options(joinedload(Invitation.organisation))
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    ).all()


def get_invited_staff(session: Session, number: int) -> Invitation:
    """Return one invitation to the office; raise NotFound for absent ones and those of partners."""
    wanted = select(Invitation).where(Invitation.id == number, Invitation.role.in_(STAFF_ROLES))
    found = session.scalar(wanted.options(joinedload(Invitation.organisation)))
    if found is None:
        raise NotFound
    return found


def secured(session: Session, account_ids: Sequence[int]) -> frozenset[int]:
    """Return which of these people have an authenticator app that lets in."""
    confirmed = (Authenticator.account_id.in_(account_ids), Authenticator.confirmed_at.is_not(None))
    return frozenset(session.scalars(select(Authenticator.account_id).where(*confirmed)))
