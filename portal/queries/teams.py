"""Reads of a partner's people: who is in, who has left, one of them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.domain.errors import NotFound
from portal.domain.policy import Role
from portal.models import Account, Organisation


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One person of a team with the roles of today; without any they have left."""

    id: int
    name: str
    email: str
    phone: str | None
    roles: tuple[Role, ...]
    is_active: bool
    last_sign_in_at: datetime | None


def list_people(session: Session, organisation_id: int, *, today: date) -> tuple[Person, ...]:
    """Return everybody who has or had an account, by name."""
    rows = session.scalars(
        select(Account)
        .where(Account.organisation_id == organisation_id)
        .options(selectinload(Account.roles))
        .order_by(Account.name, Account.id)
    )
    return tuple(_person(row, today) for row in rows)


def _person(row: Account, today: date) -> Person:
    roles = {r.role for r in row.roles if r.starts_on <= today and (r.ends_on is None or today <= r.ends_on)}
    return Person(
        id=row.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        roles=tuple(role for role in Role if role in roles),
        is_active=row.is_active,
        last_sign_in_at=row.last_sign_in_at,
    )


def get_account(session: Session, organisation_id: int, number: int) -> Account:
    """Return one person of an organisation; raise NotFound for absent and foreign ones."""
    found = session.scalar(select(Account).where(Account.organisation_id == organisation_id, Account.id == number))
    if found is None:
        raise NotFound
    return found


def get_person(session: Session, organisation_id: int, number: int, *, today: date) -> Person:
    """Return one person with the roles of today; raise NotFound for absent and foreign ones."""
    return _person(get_account(session, organisation_id, number), today)


def organisation(session: Session, organisation_id: int) -> Organisation:
    """Return the organisation of a team."""
    return session.get_one(Organisation, organisation_id)
