"""Somebody lost the authenticator app and the recovery codes: whoever runs the portal lets them begin anew."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import NotFound
from portal.domain.policy import SYSTEM
from portal.models import Account
from portal.services import authenticators, second_steps, sign_in


def release(session: Session, email: str, *, now: datetime) -> Account:
    """Take the app away from the account with this address; every session ends and the person is told by mail.

    The password stays needed. Raises NotFound without such an account or without an app.
    """
    account = session.scalar(select(Account).where(Account.email == email.strip().lower()))
    if account is None or authenticators.find(session, account.id) is None:
        raise NotFound
    authenticators.forget(session, account.id)
    sign_in.end_all(session, account.id, now=now)
    second_steps.forget_devices(session, account.id)
    second_steps.end_waiting(session, account.id, now=now)
    authenticators.tell(session, account, "authenticator_reset", actor=SYSTEM, now=now)
    return account
