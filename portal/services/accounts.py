"""Accounts: signing in with a lockout that counts in the database. The code for new devices is in `second_steps`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.policy import STAFF_ROLES, Actor
from portal.models import Account, SignInLock
from portal.queries import data_requests
from portal.services import attempts, audit, authenticators, locks, passwords, second_steps, sign_in

ADDRESS_TRIES = 60
ADDRESS_WINDOW = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInOutcome:
    """What came of trying to sign in.

    `token` opens the portal; `step` waits for the code of a mail or of the app; `locked_until` is when to try again;
    `is_over`: the password was right, but nobody holds a role with this account any more.
    """

    token: str | None = None
    step: str | None = None
    locked_until: datetime | None = None
    is_over: bool = False
    is_frozen: bool = False
    """The password was right, and the account rests at the wish of its owner."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Browser:
    """Where somebody signs in: the address, the name of the program, and the secrets of known devices it holds."""

    address: str
    agent: str | None = None
    devices: Sequence[str] = ()


def as_actor(account: Account) -> Actor:
    """Return a person as who does something before the portal knows the roles."""
    return Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id)


NOBODY = Actor(account_id=None, name="", organisation_id=None)


def try_sign_in(
    session: Session, *, email: str, password: str, browser: Browser, second_step: bool, now: datetime
) -> SignInOutcome:
    """Try to sign in; never raises, so that its counters are kept. Run it in `transaction.apart()`.

    Known and unknown addresses take the same way: the same look-ups, counters, locks, entries, and one hash. With
    `second_step` partners on a device that is not known are sent a code; who has the app types its code.
    """
    tries = attempts.count(session, f"sign-in {browser.address}", now=now)
    lock = locks.of(session, email, now=now)
    account = session.scalar(select(Account).where(Account.email == email.strip().lower()))
    right = passwords.matches(account.password_hash if account else None, password)
    if tries.count > ADDRESS_TRIES:
        return SignInOutcome(locked_until=tries.window_at + ADDRESS_WINDOW)
    if locks.is_shut(lock, now=now):
        return SignInOutcome(locked_until=lock.locked_until)
    if account is not None and right and data_requests.freeze_of(session, account.id) is not None:
        return SignInOutcome(is_frozen=True)
    if account is None or not account.is_active or not right:
        return _refuse(session, account, lock, now=now)
    if account.password_hash and passwords.is_outdated(account.password_hash):
        account.password_hash = passwords.hashed(password)
    return _let_in(session, account, browser=browser, second_step=second_step, now=now)


def _refuse(session: Session, account: Account | None, lock: SignInLock, *, now: datetime) -> SignInOutcome:
    locks.note_wrong(lock, now=now)
    actor = as_actor(account) if account else NOBODY
    audit.record(session, "sign_in_refused", subject=account or lock, actor=actor, now=now)
    return SignInOutcome(locked_until=lock.locked_until if locks.is_shut(lock, now=now) else None)


def _let_in(session: Session, account: Account, *, browser: Browser, second_step: bool, now: datetime) -> SignInOutcome:
    """Open a session for who typed the right password, or ask for a code first."""
    roles = sign_in.roles_on(session, account.id, now=now)
    if not roles:
        return SignInOutcome(is_over=True)
    is_staff, has_app = bool(roles & STAFF_ROLES), authenticators.has(session, account.id)
    known = not is_staff and second_steps.is_known(session, account, browser.devices, now=now)
    if has_app and not known:
        return SignInOutcome(step=second_steps.begin(session, account, by_app=True, now=now))
    if second_step and not is_staff and not known:
        return SignInOutcome(step=second_steps.begin(session, account, by_app=False, now=now))
    return SignInOutcome(token=open_signed(session, account, agent=browser.agent, now=now))


def open_signed(session: Session, account: Account, *, agent: str | None, now: datetime) -> str:
    """Open a session for who has proved everything, and write that down; return its secret token."""
    account.last_sign_in_at = now
    locks.clear(session, account.email)
    audit.record(session, "signed_in", subject=account, actor=as_actor(account), now=now)
    return sign_in.open_session(session, account, agent=agent, now=now)
