"""Signed-in sessions: opening, resolving and ending them. Passwords and lockout live in `accounts`."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from portal.domain.dates import office_date
from portal.domain.organisation import Zone
from portal.domain.policy import Actor, Role
from portal.domain.secret import fingerprint, new_token
from portal.models import Account, AccountRole, Authenticator, Organisation, SignInSession
from portal.models.running import run

ABSOLUTE = timedelta(hours=12)
IDLE_STAFF = timedelta(hours=8)
IDLE_PARTNER = timedelta(minutes=30)
"""Limits of a session (design: platform B1)."""
TOUCH_EVERY = timedelta(minutes=1)
"""The last use is written at most once a minute (Settled 16)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """Who is behind a token: the actor and what pages need to greet them and to warn before the session ends.

    It ends after `idle` without any request, at the latest at `expires_at`. `proved_at`: when the person last typed
    the password or a code. `has_app`: whether there is an authenticator app.
    """

    actor: Actor
    session_id: int
    language: str
    greeting: str
    organisation_name: str
    zone: Zone
    needs_touch: bool
    idle: timedelta
    expires_at: datetime
    proved_at: datetime
    has_app: bool


def open_session(session: Session, account: Account, *, agent: str | None, now: datetime) -> str:
    """Open a session for `account` and return its secret token; only the hash is kept."""
    token = new_token()
    session.add(
        SignInSession(
            account_id=account.id,
            organisation_id=account.organisation_id,
            token_hash=fingerprint(token),
            agent=(agent or "")[:200] or None,
            created_at=now,
            used_at=now,
            expires_at=now + ABSOLUTE,
            proved_at=now,
        )
    )
    session.flush()
    return token


def roles_on(session: Session, account_id: int, *, now: datetime) -> frozenset[Role]:
    """Return the roles that a person holds today."""
    today = office_date(now)
    rows = session.scalars(select(AccountRole).where(AccountRole.account_id == account_id))
    return frozenset(row.role for row in rows if _holds(row, today))


_WHO = (
    select(
        SignInSession.id,
        SignInSession.account_id,
        SignInSession.used_at,
        SignInSession.expires_at,
        SignInSession.ended_at,
        SignInSession.proved_at,
        Account.name,
        Account.greeting,
        Account.language,
        Account.is_active,
        Account.organisation_id,
        Organisation.name.label("organisation_name"),
        Organisation.zone,
        exists()
        .where(Authenticator.account_id == SignInSession.account_id, Authenticator.secret.is_not(None))
        .label("has_app"),
        AccountRole.role,
        AccountRole.starts_on,
        AccountRole.ends_on,
    )
    .join(Account, Account.id == SignInSession.account_id)
    .join(Organisation, Organisation.id == Account.organisation_id)
    .outerjoin(AccountRole, AccountRole.account_id == Account.id)
    .where(SignInSession.token_hash == bindparam("token_hash"))
)
"""Who holds a token, one row for each role; every request asks it, so it is built once and reads only what it tells."""


def resolve(session: Session, token: str, *, now: datetime) -> SignedIn | None:
    """Return who is signed in with `token`, or None when it is unknown, ended, idle too long or expired."""
    found = run(session, _WHO, {"token_hash": fingerprint(token)}).all()
    if not found:
        return None
    row, today = found[0], office_date(now)
    if row.ended_at or now >= row.expires_at or not row.is_active:
        return None
    roles = frozenset(each.role for each in found if each.role is not None and _holds(each, today))
    actor = Actor(account_id=row.account_id, name=row.name, organisation_id=row.organisation_id, roles=roles)
    idle = IDLE_STAFF if actor.is_staff else IDLE_PARTNER
    if now - row.used_at > idle or not roles:
        return None
    return SignedIn(
        actor=actor,
        session_id=row.id,
        language=row.language,
        greeting=row.greeting or row.name,
        organisation_name=row.organisation_name,
        zone=row.zone,
        needs_touch=now - row.used_at >= TOUCH_EVERY,
        idle=idle,
        expires_at=row.expires_at,
        proved_at=row.proved_at,
        has_app=row.has_app,
    )


def _holds(role: Any, today: date) -> bool:
    return bool(role.starts_on <= today and (role.ends_on is None or today <= role.ends_on))


def prove(session: Session, session_id: int, *, now: datetime) -> str:
    """Note that the person has typed the password or a code again; return the new token: the old one is worthless."""
    row, token = session.get_one(SignInSession, session_id), new_token()
    row.token_hash, row.proved_at, row.used_at = fingerprint(token), now, now
    session.flush()
    return token


def touch(session: Session, session_id: int, *, now: datetime) -> None:
    """Write down that a session was used."""
    row = session.get(SignInSession, session_id)
    if row is not None:
        row.used_at = now


def end(session: Session, session_id: int, *, now: datetime) -> None:
    """End a session; its token is worth nothing from now on."""
    row = session.get(SignInSession, session_id)
    if row is not None and row.ended_at is None:
        row.ended_at = now


def end_all(session: Session, account_id: int, *, now: datetime, but: int | None = None) -> None:
    """End every open session of a person, except the one whose id is `but`."""
    for row in session.scalars(
        select(SignInSession).where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
    ):
        if row.id != but:
            row.ended_at = now
