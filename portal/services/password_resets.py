"""A new password for who forgot it: asked for with an address, answered by the worker, set with a link that works once.

Asking writes the same row for known and unknown addresses; only the worker looks the address up.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.domain.errors import NotFound, RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Actor
from portal.domain.secret import fingerprint, new_token
from portal.models import Account, PasswordReset
from portal.services import attempts, audit, locks, notices, passwords, second_steps, sign_in

LIFE = timedelta(minutes=30)
ADDRESS_TRIES = 20
MAIL_TRIES = 3
"""So many requests are taken in an hour from one place, and for one mail address; more change nothing."""


def ask(session: Session, *, email: str, address: str, now: datetime) -> bool:
    """Note that somebody wants a new password; False when that was asked too often. Never says whom it knows."""
    wanted = email.strip().lower()
    from_here = attempts.count(session, f"reset {address}", now=now).count
    for_mail = attempts.count(session, f"reset-mail {fingerprint(wanted)}", now=now).count
    if from_here > ADDRESS_TRIES or for_mail > MAIL_TRIES:
        return False
    session.add(PasswordReset(email=wanted, asked_at=now))
    session.flush()
    return True


def answer_waiting(session: Session, *, base_url: str, now: datetime) -> int:
    """Send a link to every known address that asked; forget unknown ones. Return how many links were sent."""
    waiting = session.scalars(
        select(PasswordReset).where(PasswordReset.answered_at.is_(None)).with_for_update(skip_locked=True)
    ).all()
    return sum(_answer(session, row, base_url=base_url, now=now) for row in waiting)


def _answer(session: Session, row: PasswordReset, *, base_url: str, now: datetime) -> bool:
    account = session.scalar(select(Account).where(Account.email == row.email, Account.is_active.is_(True)))
    if account is None or not sign_in.roles_on(session, account.id, now=now):
        session.delete(row)
        return False
    token = new_token()
    row.answered_at, row.account_id, row.token_hash, row.expires_at = now, account.id, fingerprint(token), now + LIFE
    session.flush()
    notices.enqueue(
        session,
        template="password_reset",
        account=account,
        values={"link": f"{base_url}/sandi-baru/{token}", "expires_at": row.expires_at.isoformat()},
        slot=f"password-reset-{row.id}",
        now=now,
    )
    return True


def get(session: Session, token: str) -> PasswordReset:
    """Return what stands behind the secret of a link, open or not; raise NotFound."""
    found = session.scalar(
        select(PasswordReset)
        .where(PasswordReset.token_hash == fingerprint(token))
        .options(joinedload(PasswordReset.account).joinedload(Account.organisation))
    )
    if found is None:
        raise NotFound
    return found


def is_open(row: PasswordReset, *, now: datetime) -> bool:
    """Return whether a link still sets a password."""
    return row.used_at is None and row.expires_at is not None and now < row.expires_at


def set_password(session: Session, row: PasswordReset, *, password: str, now: datetime) -> None:
    """Set a new password with a link; it is used up, and so is every other link, session and known device.

    Raises RuleBroken when the link is over or the password is too weak. The next sign-in asks for a code all the same.
    """
    account = row.account
    if account is None or not is_open(row, now=now):
        raise RuleBroken(N_("Tautan ini sudah dipakai atau kedaluwarsa. Minta tautan baru."))
    row.used_at = now
    _use_up_links(session, account, now=now)
    _replace(session, account, password, now=now)
    locks.clear(session, account.email)
    sign_in.end_all(session, account.id, now=now)
    second_steps.forget_devices(session, account.id)
    second_steps.end_waiting(session, account.id, now=now)


def _use_up_links(session: Session, account: Account, *, now: datetime) -> None:
    others = select(PasswordReset).where(PasswordReset.account_id == account.id, PasswordReset.used_at.is_(None))
    for other in session.scalars(others):
        other.used_at = now


def _replace(session: Session, account: Account, password: str, *, now: datetime) -> None:
    passwords.check(password, email=account.email, organisation_name=account.organisation.name)
    account.password_hash = passwords.hashed(password)
    account.updated_at = now
    actor = Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id)
    audit.record(session, "password_changed", subject=account, actor=actor, now=now)
    session.flush()
    notices.enqueue(
        session,
        template="password_changed",
        account=account,
        values={"changed_at": now.isoformat(), "path": "/lupa-sandi"},
        slot=f"password-changed-{now:%H%M%S}",
        now=now,
    )


def change(session: Session, account: Account, *, old: str, new: str, keep_session: int, now: datetime) -> None:
    """Change one's own password; every other session ends, known devices stay.

    Raises RuleBroken when the old one is wrong or the new one too weak.
    """
    if not passwords.matches(account.password_hash, old):
        raise RuleBroken(N_("Kata sandi lama tidak cocok. Periksa lalu coba lagi."), field="old")
    _replace(session, account, new, now=now)
    sign_in.end_all(session, account.id, now=now, but=keep_session)
