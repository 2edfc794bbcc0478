"""What the form of an agreement offers to choose from, by public key and name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.domain.policy import Role
from portal.models import Account, AccountRole, Organisation
from portal.queries.agreement_page import CodeNames, code_names

DESK = (Role.OFFICER, Role.LEGAL, Role.HEAD)
"""Whoever may look after an agreement."""

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """Pairs of key and name, each list in the order of its names."""

    organisations: tuple[Pair, ...]
    units: tuple[Pair, ...]
    officers: tuple[Pair, ...]
    names: CodeNames


def choices(session: Session, *, today: date) -> Choices:
    """Return the organisations, units, officers and code lists that may be chosen today."""
    rows = session.execute(
        select(
            Organisation.code,
            Organisation.name,
            Organisation.short_name,
            Organisation.regency,
            Organisation.is_ours,
        )
        .where(or_(Organisation.valid_to.is_(None), Organisation.valid_to >= today))
        .order_by(Organisation.sort_key)
    ).all()
    return Choices(
        organisations=tuple((row.code, _said(row)) for row in rows),
        units=tuple((row.code, row.name) for row in rows if row.is_ours),
        officers=_officers(session, today),
        names=code_names(session),
    )


def _said(row: Any) -> str:
    """Return an organisation by everything that people look for: name, short name, regency."""
    short = f" ({row.short_name})" if row.short_name and row.short_name not in row.name else ""
    return f"{row.name}{short}, {row.regency}" if row.regency else f"{row.name}{short}"


def _officers(session: Session, today: date) -> tuple[Pair, ...]:
    rows = session.execute(
        select(Account.email, Account.name)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(
            Account.is_active.is_(True),
            AccountRole.role.in_(DESK),
            AccountRole.starts_on <= today,
            or_(AccountRole.ends_on.is_(None), AccountRole.ends_on >= today),
        )
        .distinct()
        .order_by(Account.name)
    )
    return tuple((row.email, row.name) for row in rows)
