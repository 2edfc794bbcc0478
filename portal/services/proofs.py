"""Proving once more who one is, before a legal act: with a code of the app, or the password where there is none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.policy import Actor
from portal.models import Account
from portal.services import audit, authenticators, locks, passwords, sign_in


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """What came of it: whether it was right, the new token of the session, or when to try again."""

    is_right: bool = False
    token: str | None = None
    locked_until: datetime | None = None


def knows_password(session: Session, account_id: int, typed: str, *, now: datetime) -> Proof:
    """Try one's own password; wrong tries count as at sign-in. Never raises. Run it in `transaction.apart()`."""
    account = session.get_one(Account, account_id)
    return _try(session, account, lambda: passwords.matches(account.password_hash, typed), now=now)


def prove(
    session: Session, account_id: int, session_id: int, typed: str, *, keys: Sequence[str], now: datetime
) -> Proof:
    """Take the proof of who is signed in; the session goes on with a new token. Never raises; see `knows_password`."""
    account = session.get_one(Account, account_id)
    if authenticators.has(session, account_id):
        proof = _try(
            session, account, lambda: authenticators.verify(session, account, typed, keys=keys, now=now), now=now
        )
    else:
        proof = knows_password(session, account_id, typed, now=now)
    if not proof.is_right:
        return proof
    return Proof(is_right=True, token=sign_in.prove(session, session_id, now=now))


def _try(session: Session, account: Account, check: Callable[[], bool], *, now: datetime) -> Proof:
    lock = locks.of(session, account.email, now=now)
    if locks.is_shut(lock, now=now):
        return Proof(locked_until=lock.locked_until)
    if check():
        locks.clear(session, account.email)
        return Proof(is_right=True)
    locks.note_wrong(lock, now=now)
    actor = Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id)
    audit.record(session, "proof_refused", subject=account, actor=actor, now=now)
    return Proof(locked_until=lock.locked_until if locks.is_shut(lock, now=now) else None)
