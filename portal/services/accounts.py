"""Accounts: signing in with a lockout that counts in the database, inviting, accepting an invitation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.domain import password as rules
from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.policy import Action, Actor, Role
from portal.domain.secret import fingerprint, new_token
from portal.models import Account, AccountRole, Attempt, Invitation, Organisation
from portal.services import audit, notices, passwords, sign_in

FREE_TRIES = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)
ADDRESS_TRIES = 60
ADDRESS_WINDOW = timedelta(hours=1)
INVITATION_LIFE = timedelta(hours=72)


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInOutcome:
    """What came of trying to sign in: a token, or the instant until which the account or address is locked."""

    token: str | None = None
    locked_until: datetime | None = None


def _count(session: Session, key: str, *, now: datetime) -> Attempt:
    """Return this hour's counter of `key`, one higher."""
    window = now.replace(minute=0, second=0, microsecond=0)
    row = session.scalar(select(Attempt).where(Attempt.key == key, Attempt.window_at == window).with_for_update())
    if row is None:
        row = Attempt(key=key, window_at=window, count=0)
        session.add(row)
    row.count += 1
    session.flush()
    return row


def _note_wrong_try(account: Account, *, now: datetime) -> None:
    account.wrong_tries += 1
    account.updated_at = now
    if account.wrong_tries >= FREE_TRIES:
        lock = FIRST_LOCK * 2 ** min(account.wrong_tries - FREE_TRIES, 10)
        account.locked_until = now + min(lock, LONGEST_LOCK)


def try_sign_in(
    session: Session, *, email: str, password: str, address: str, agent: str | None, now: datetime
) -> SignInOutcome:
    """Try to sign in; never raises, so that its counters are kept. Run it in `transaction.apart()`.

    Known and unknown accounts take the same way: one look-up, one counter, one hash.
    """
    tries = _count(session, f"sign-in {address}", now=now)
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
    account.wrong_tries, account.locked_until, account.last_sign_in_at = 0, None, now
    audit.record(session, "signed_in", subject=account, actor=actor, now=now)
    return SignInOutcome(token=sign_in.open_session(session, account, agent=agent, now=now))


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitee:
    """Who is invited and as what."""

    email: str
    name: str
    role: Role


def invite(
    session: Session, organisation: Organisation, invitee: Invitee, *, base_url: str, actor: Actor, now: datetime
) -> str:
    """Invite a person to a partner organisation and return the secret link; a mail carries it.

    Raises RuleBroken when the address already has an account, NotAllowed for who may not invite.
    """
    policy.check(actor, Action.INVITE_PARTNER)
    email = invitee.email.strip().lower()
    if invitee.role not in policy.PARTNER_ROLES or organisation.is_ours:
        raise RuleBroken("Undangan ini hanya untuk orang dari lembaga mitra.", field="role")
    if session.scalar(select(Account.id).where(Account.email == email)) is not None:
        raise RuleBroken("Alamat surel ini sudah punya akun. Pakai alamat lain.", field="email")
    token = new_token()
    invitation = Invitation(
        organisation_id=organisation.id,
        token_hash=fingerprint(token),
        email=email,
        name=invitee.name,
        role=invitee.role,
        invited_by_id=actor.account_id,
        created_at=now,
        expires_at=now + INVITATION_LIFE,
    )
    session.add(invitation)
    session.flush()
    link = f"{base_url}/undangan/{token}"
    notices.enqueue(
        session,
        template="invitation",
        account=None,
        recipient=email,
        values={
            "name": invitee.name,
            "organisation": organisation.name,
            "inviter": actor.name,
            "link": link,
            "expires_at": invitation.expires_at.isoformat(),
        },
        slot=f"invitation-{invitation.id}",
        now=now,
    )
    audit.record(session, "partner_invited", subject=invitation, actor=actor, now=now, detail={"role": invitee.role})
    return link


def get_invitation(session: Session, token: str) -> Invitation:
    """Return the invitation behind a secret link, used or not; raise NotFound when there is none."""
    found = session.scalar(
        select(Invitation)
        .where(Invitation.token_hash == fingerprint(token))
        .options(joinedload(Invitation.organisation))
    )
    if found is None:
        raise NotFound
    return found


def is_open(invitation: Invitation, *, now: datetime) -> bool:
    """Return whether an invitation can still be accepted."""
    return invitation.accepted_at is None and now < invitation.expires_at


def accept_invitation(
    session: Session, token: str, *, name: str, phone: str | None, password: str, now: datetime
) -> Account:
    """Make the account of an invited person; the invitation is used up.

    Raises NotFound, or RuleBroken when the invitation is over or the password is too weak.
    """
    invitation = get_invitation(session, token)
    if not is_open(invitation, now=now):
        raise RuleBroken("Undangan ini sudah dipakai atau kedaluwarsa. Minta undangan baru kepada petugas.")
    rules.check(password, email=invitation.email, organisation_name=invitation.organisation.name)
    account = Account(
        organisation_id=invitation.organisation_id,
        email=invitation.email,
        name=name,
        phone=phone,
        password_hash=passwords.hashed(password),
        is_sample=invitation.organisation.is_sample,
        created_at=now,
        updated_at=now,
    )
    session.add(account)
    session.flush()
    session.add(
        AccountRole(
            account_id=account.id,
            organisation_id=account.organisation_id,
            role=invitation.role,
            starts_on=office_date(now),
            basis="undangan",
        )
    )
    invitation.accepted_at, invitation.account_id = now, account.id
    actor = Actor(account_id=account.id, name=name, organisation_id=account.organisation_id)
    audit.record(session, "invitation_accepted", subject=account, actor=actor, now=now)
    session.flush()
    return account
