"""Accounts: signing in with a lockout that counts in the database. The code for new devices is in `second_steps`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.policy import STAFF_ROLES, Actor
from portal.models import Account
from portal.services import attempts, audit, passwords, second_steps, sign_in

FREE_TRIES = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)
ADDRESS_TRIES = 60
ADDRESS_WINDOW = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInOutcome:
    """What came of trying to sign in.

    `token` opens the portal; `step` waits for the code of a mail; `locked_until` is when to try again; `is_over`:
    the password was right, but nobody holds a role with this account any more.
    """

    token: str | None = None
    step: str | None = None
    locked_until: datetime | None = None
    is_over: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Browser:
    """Where somebody signs in: the address, the name of the program, and the secrets of known devices it holds."""

    address: str
    agent: str | None = None
    devices: Sequence[str] = ()


def _note_wrong_try(account: Account, *, now: datetime) -> None:
    account.wrong_tries += 1
    account.updated_at = now
    if account.wrong_tries >= FREE_TRIES:
        lock = FIRST_LOCK * 2 ** min(account.wrong_tries - FREE_TRIES, 10)
        account.locked_until = now + min(lock, LONGEST_LOCK)


def try_sign_in(
    session: Session, *, email: str, password: str, browser: Browser, second_step: bool, now: datetime
) -> SignInOutcome:
    """Try to sign in; never raises, so that its counters are kept. Run it in `transaction.apart()`.

    Known and unknown accounts take the same way: one look-up, one counter, one hash. With `second_step` partners on a
    device that is not known are sent a code.
    """
    tries = attempts.count(session, f"sign-in {browser.address}", now=now)
    account = session.scalar(select(Account).where(Account.email == email.strip().lower()).with_for_update(of=Account))
    right = passwords.matches(account.password_hash if account else None, password)
    if tries.count > ADDRESS_TRIES:
        return SignInOutcome(locked_until=tries.window_at + ADDRESS_WINDOW)
    if account is None or not account.is_active:
        return SignInOutcome()
    if account.locked_until and now < account.locked_until:
        return SignInOutcome(locked_until=account.locked_until)
    actor = Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id)
    if not right:
        _note_wrong_try(account, now=now)
        audit.record(session, "sign_in_refused", subject=account, actor=actor, now=now)
        return SignInOutcome(locked_until=account.locked_until)
    if account.password_hash and passwords.is_outdated(account.password_hash):
        account.password_hash = passwords.hashed(password)
    account.wrong_tries, account.locked_until = 0, None
    return _let_in(session, account, browser=browser, second_step=second_step, now=now)


def _let_in(session: Session, account: Account, *, browser: Browser, second_step: bool, now: datetime) -> SignInOutcome:
    """Open a session for who typed the right password, or ask for the code of a mail first."""
    roles = sign_in.roles_on(session, account.id, now=now)
    if not roles:
        return SignInOutcome(is_over=True)
    known = bool(roles & STAFF_ROLES) or second_steps.is_known(session, account, browser.devices, now=now)
    if second_step and not known:
        return SignInOutcome(step=second_steps.begin(session, account, now=now))
    return SignInOutcome(token=open_signed(session, account, agent=browser.agent, now=now))


def open_signed(session: Session, account: Account, *, agent: str | None, now: datetime) -> str:
    """Open a session for who has proved everything, and write that down; return its secret token."""
    account.last_sign_in_at = now
    actor = Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id)
    audit.record(session, "signed_in", subject=account, actor=actor, now=now)
    return sign_in.open_session(session, account, agent=agent, now=now)
