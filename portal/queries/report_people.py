"""Who answers for the reports of a partner: the people who hold the role of responsible person on a day."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.domain.policy import Role
from portal.models import Account, AccountRole


def responsible(session: Session, organisation_id: int, *, today: date) -> tuple[Account, ...]:
    """Return the responsible people of an organisation on `today` whose accounts are in use, by name."""
    answering = select(AccountRole.account_id).where(
        AccountRole.organisation_id == organisation_id,
        AccountRole.role == Role.PARTNER_RESPONSIBLE,
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
