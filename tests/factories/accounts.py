"""Accounts for tests. The password is `rahasia-yang-panjang-1`."""

from datetime import date
from functools import cache

from sqlalchemy import func, select

from portal.domain.policy import STAFF_ROLES, Role
from portal.models import Account, AccountRole
from portal.services import passwords
from tests.factories.instants import NOW
from tests.factories.organisations import make_ministry, make_partner

PASSWORD = "rahasia-yang-panjang-1"


@cache
def _hash() -> str:
    return passwords.hashed(PASSWORD)


def make_account(session, role=Role.OFFICER, organisation=None, **changes):
    """Return a saved account with one role; staff belong to the ministry, partners to a new LKS unless given."""
    home = organisation or (make_ministry(session) if role in STAFF_ROLES else make_partner(session))
    number = session.scalar(select(func.count()).select_from(Account)) + 1
    values = {
        "organisation_id": home.id,
        "email": f"orang{number}@contoh.test",
        "name": f"Orang Contoh {number}",
        "password_hash": _hash(),
        "created_at": NOW,
        "updated_at": NOW,
    } | changes
    row = Account(**values)
    session.add(row)
    session.flush()
    session.add(
        AccountRole(account_id=row.id, organisation_id=home.id, role=role, starts_on=date(2020, 1, 1), basis="uji")
    )
    session.flush()
    return row
