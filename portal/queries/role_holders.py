"""Who of a partner holds which role on a day: the responsible persons, who answers a shared draft."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.domain.policy import Role
from portal.models import Account, AccountRole


def responsible(session: Session, organisation_id: int, *, today: date) -> tuple[Account, ...]:
    """Return the responsible people of an organisation on `today` whose accounts are in use, by name."""
    return holders(session, organisation_id, (Role.PARTNER_RESPONSIBLE,), today=today)


def holders(session: Session, organisation_id: int, roles: Collection[Role], *, today: date) -> tuple[Account, ...]:
    """Return the people who hold one of some roles in an organisation on `today`, with accounts in use, by name."""
    answering = select(AccountRole.account_id).where(
        AccountRole.organisation_id == organisation_id,
        AccountRole.role.in_(roles),
        AccountRole.starts_on <= today,
        or_(AccountRole.ends_on.is_(None), AccountRole.ends_on >= today),
    )
    return tuple(
        session.scalars(
            select(Account)
            .where(Account.organisation_id == organisation_id, Account.is_active.is_(True), Account.id.in_(answering))
            .order_by(Account.name, Account.id)
        )
    )
