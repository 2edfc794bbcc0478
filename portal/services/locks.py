"""Locks of sign-in, by mail address: the same rows are written whether an account has the address or not."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.domain.secret import fingerprint
from portal.models import SignInLock

FREE_TRIES = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)
"""So long after the last wrong try it is forgotten."""


def of(session: Session, email: str, *, now: datetime) -> SignInLock:
    """Return the lock of a mail address, held until the transaction ends: tries of one address follow each other."""
    hashed = fingerprint(email.strip().lower())
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(SignInLock)
        .values(email_hash=hashed, wrong_tries=0, tried_at=now)
        .on_conflict_do_nothing(index_elements=["email_hash"])
    )
    wanted = select(SignInLock).where(SignInLock.email_hash == hashed).execution_options(populate_existing=True)
    return session.scalars(wanted.with_for_update()).one()


def is_shut(lock: SignInLock, *, now: datetime) -> bool:
    """Return whether nobody may try with this address at this moment."""
    return lock.locked_until is not None and now < lock.locked_until


def note_wrong(lock: SignInLock, *, now: datetime) -> None:
    """Count a wrong try; from the fifth on each locks for twice as long as the one before."""
    if now - lock.tried_at > FORGOTTEN_AFTER:
        lock.wrong_tries = 0
    lock.wrong_tries, lock.tried_at = lock.wrong_tries + 1, now
    if lock.wrong_tries >= FREE_TRIES:
        wait = FIRST_LOCK * 2 ** min(lock.wrong_tries - FREE_TRIES, 10)
        lock.locked_until = now + min(wait, LONGEST_LOCK)


def clear(session: Session, email: str) -> None:
    """Forget wrong tries of somebody who has proved everything."""
    gone = delete(SignInLock).where(SignInLock.email_hash == fingerprint(email.strip().lower()))
    session.execute(gone, execution_options={"synchronize_session": False})
