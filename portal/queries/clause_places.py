"""Reads around a clause: the order of all, its variants, who may answer for it."""

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, selectinload

from portal.domain.policy import Role
from portal.models import Account, AccountRole, Clause, ClauseVersion
from portal.queries.clauses import shown


def order(session: Session) -> tuple[tuple[str, str], ...]:
    """Return code and title of every clause that is not retired, in the order of the field."""
    rows = session.execute(
        select(Clause.code, ClauseVersion.title)
        .join(ClauseVersion, ClauseVersion.id == shown())
        .where(Clause.retired_at.is_(None))
        .order_by(Clause.position, Clause.id)
    )
    return tuple((code, title) for code, title in rows)


def family(session: Session, clause: Clause) -> tuple[Clause, ...]:
    """Return the clause that variants come from and its variants, with their wordings; nothing for one alone."""
    root = clause.variant_of_id or clause.id
    rows = session.scalars(
        select(Clause)
        .where(or_(Clause.id == root, Clause.variant_of_id == root))
        .options(selectinload(Clause.versions))
        .order_by(Clause.variant_of_id.is_not(None), Clause.id)
    ).all()
    return tuple(rows) if len(rows) > 1 else ()


def possible_owners(session: Session) -> tuple[Account, ...]:
    """Return the people of the office who may answer for a clause: legal staff and officers, by name."""
    able = exists(
        select(AccountRole.id).where(
            AccountRole.account_id == Account.id, AccountRole.role.in_([Role.LEGAL, Role.OFFICER])
        )
    )
    return tuple(session.scalars(select(Account).where(Account.is_active, able).order_by(Account.name, Account.id)))
