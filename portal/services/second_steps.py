"""The second step: a code of the app, or for partners a code by mail on a new device; devices known for a while.

Of a code only a hash is kept, made together with the secret that the browser holds: without it no code can be tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.domain.policy import Actor
from portal.domain.secret import fingerprint, new_digits, new_token
from portal.models import Account, SecondStep, TrustedDevice
from portal.services import audit, authenticators, locks, notices

LIFE = timedelta(minutes=15)
TRIES = 3
"""After so many wrong tries a code is worth nothing (design: platform B1)."""
LONGEST = LIFE * 2
"""So long after the password a code can be typed at all, however often it was sent again."""
RESEND_AFTER = timedelta(seconds=30)
MOST_CODES = 5
"""So many codes are sent for one sign-in; then the password is asked again."""
KNOWN_FOR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What came of a typed code: the account it lets in, or how many tries are left; `is_over`: begin again.

    `locked_until`: when codes of the app can be tried again.
    """

    account: Account | None = None
    tries_left: int = 0
    is_over: bool = False
    locked_until: datetime | None = None


def is_known(session: Session, account: Account, devices: Sequence[str], *, now: datetime) -> bool:
    """Return whether one of the secrets that a browser holds makes it a known device of this person."""
    hashes = [fingerprint(secret) for secret in devices]
    known = select(TrustedDevice.id).where(
        TrustedDevice.account_id == account.id, TrustedDevice.token_hash.in_(hashes), TrustedDevice.expires_at > now
    )
    return session.scalar(known.limit(1)) is not None


def trust(session: Session, account: Account, *, now: datetime) -> str:
    """Make the browser of somebody who has typed the code a known device; return the secret that it keeps."""
    token = new_token()
    session.add(
        TrustedDevice(
            account_id=account.id,
            organisation_id=account.organisation_id,
            token_hash=fingerprint(token),
            created_at=now,
            expires_at=now + KNOWN_FOR,
        )
    )
    return token


def forget_devices(session: Session, account_id: int) -> None:
    """Forget every known device of a person: each has to type a code again."""
    for row in session.scalars(select(TrustedDevice).where(TrustedDevice.account_id == account_id)):
        session.delete(row)


def end_waiting(session: Session, account_id: int, *, now: datetime) -> None:
    """End every sign-in of a person that still waits for a code: its password is no longer the one."""
    waits = select(SecondStep).where(SecondStep.account_id == account_id, SecondStep.used_at.is_(None))
    for row in session.scalars(waits):
        row.used_at = now


def begin(session: Session, account: Account, *, by_app: bool, now: datetime) -> str:
    """Wait for a code of somebody whose password was right; return the secret with which the code is typed.

    Without the app one is sent by mail.
    """
    token = new_token()
    step = SecondStep(
        account_id=account.id,
        organisation_id=account.organisation_id,
        token_hash=fingerprint(token),
        code_hash="",
        created_at=now,
        sent_at=now,
        expires_at=now + LIFE,
        tries=0,
        codes=0,
        by_app=by_app,
    )
    session.add(step)
    if not by_app:
        _send(session, step, account, token, now=now)
    return token


def _send(session: Session, step: SecondStep, account: Account, token: str, *, now: datetime) -> None:
    code = new_digits()
    step.code_hash, step.tries, step.codes = fingerprint(f"{token} {code}"), 0, step.codes + 1
    step.sent_at, step.expires_at = now, now + LIFE
    session.flush()
    notices.enqueue(
        session,
        template="sign_in_code",
        account=account,
        values={"code": code, "expires_at": step.expires_at.isoformat()},
        slot=f"sign-in-code-{step.id}-{step.codes}",
        now=now,
    )


def waiting(session: Session, token: str, *, now: datetime) -> SecondStep | None:
    """Return the sign-in that waits for a code, None when it is over or never was."""
    return _still_open(session.scalar(_of(token)), now=now)


def _held(session: Session, token: str, *, now: datetime) -> SecondStep | None:
    """Return what waits, held until the transaction ends: codes of one sign-in are tried one after the other."""
    return _still_open(session.scalar(_of(token).with_for_update(of=SecondStep)), now=now)


def _of(token: str) -> Select[SecondStep]:
    return (
        select(SecondStep)
        .where(SecondStep.token_hash == fingerprint(token))
        .options(joinedload(SecondStep.account))
        .execution_options(populate_existing=True)
    )


def _still_open(step: SecondStep | None, *, now: datetime) -> SecondStep | None:
    if step is None or step.used_at is not None or not step.account.is_active:
        return None
    return step if now < step.created_at + LONGEST else None


def send_again(session: Session, token: str, *, now: datetime) -> bool:
    """Send another code in place of the last; False when it is too early, too often or over. Never raises."""
    step = _held(session, token, now=now)
    if step is None or step.by_app or now < step.sent_at + RESEND_AFTER or step.codes >= MOST_CODES:
        return False
    _send(session, step, step.account, token, now=now)
    return True


def verify(session: Session, token: str, typed: str, *, keys: Sequence[str], now: datetime) -> Verified:
    """Try a code; never raises, so that wrong ones are counted. Run it in `transaction.apart()`. A code works once.

    `keys` are the portal's, with which the secrets of apps are sealed.
    """
    step = _held(session, token, now=now)
    if step is None:
        return Verified(is_over=True)
    if step.by_app:
        return _verify_app(session, step, typed, keys=keys, now=now)
    if now >= step.expires_at or step.tries >= TRIES:
        return Verified()
    digits = "".join(sign for sign in typed if sign.isdigit())
    if step.code_hash != fingerprint(f"{token} {digits}"):
        step.tries += 1
        _note_refused(session, step.account, now=now)
        return Verified(tries_left=TRIES - step.tries)
    step.used_at = now
    return Verified(account=step.account)


def _verify_app(session: Session, step: SecondStep, typed: str, *, keys: Sequence[str], now: datetime) -> Verified:
    """Try a code of the app: wrong ones count and lock as wrong passwords do, for there is no new code to ask for."""
    lock = locks.of(session, step.account.email, now=now)
    if locks.is_shut(lock, now=now):
        return Verified(locked_until=lock.locked_until)
    if now >= step.expires_at:
        return Verified(is_over=True)
    if authenticators.verify(session, step.account, typed, keys=keys, now=now):
        step.used_at = now
        return Verified(account=step.account)
    locks.note_wrong(lock, now=now)
    _note_refused(session, step.account, now=now)
    if locks.is_shut(lock, now=now):
        return Verified(locked_until=lock.locked_until)
    return Verified(tries_left=locks.FREE_TRIES - lock.wrong_tries)


def _note_refused(session: Session, account: Account, *, now: datetime) -> None:
    actor = Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id)
    audit.record(session, "second_step_refused", subject=account, actor=actor, now=now)
