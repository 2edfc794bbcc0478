"""Invitations: a link by mail and a code by telephone, sending again, withdrawing, accepting, asking for a new one.

Link and code are shown once, to who invited; only their hashes are kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from portal.domain import policy
from portal.domain.code import heard_code
from portal.domain.dates import office_date
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor, Role
from portal.domain.secret import fingerprint, new_spoken_code, new_token, slow_fingerprint
from portal.models import Account, AccountRole, Invitation, Organisation
from portal.services import attempts, audit, notices, passwords

LIFE = timedelta(hours=72)
MOST_IN_A_DAY = 20
"""So many people a partner's manager may invite in a day."""
CODE_TRIES = 10
CODE_WINDOW = timedelta(hours=1)
"""So many wrong codes are answered for one address in an hour."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitee:
    """Who is invited and as what; the phone is for the ready text only."""

    email: str
    name: str
    role: Role
    phone: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """An invitation that was just sent, with its secrets: they are shown this once."""

    invitation: Invitation
    link: str
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What came of a typed code: whether it is one, or the instant from which the address may try again."""

    is_right: bool = False
    wait_until: datetime | None = None


def invite(
    session: Session, organisation: Organisation, invitee: Invitee, *, base_url: str, actor: Actor, now: datetime
) -> Sent:
    """Invite a person to a partner organisation; a mail carries the link.

    Raises RuleBroken when the address already has an account or an invitation, NotAllowed for who may not invite,
    NotFound for another organisation than the manager's own.
    """
    policy.check(actor, Action.INVITE_PARTNER)
    policy.check_own(actor, organisation.id)
    if invitee.role not in policy.PARTNER_ROLES or organisation.is_ours:
        raise RuleBroken(N_("Undangan ini hanya untuk orang dari lembaga mitra."), field="role")
    return _begin(session, organisation, invitee, "partner_invited", base_url=base_url, actor=actor, now=now)


def invite_staff(
    session: Session, unit: Organisation, invitee: Invitee, *, base_url: str, actor: Actor, now: datetime
) -> Sent:
    """Invite a person to a unit of the ministry; only administrators do. Raises as `invite` does."""
    policy.check(actor, Action.MANAGE_ACCOUNTS)
    if invitee.role not in policy.STAFF_ROLES or not unit.is_ours:
        raise RuleBroken(N_("Undangan ini hanya untuk pegawai Kementerian Sosial. Pilih peran pegawai."), field="role")
    return _begin(session, unit, invitee, "staff_invited", base_url=base_url, actor=actor, now=now)


def _begin(  # noqa: PLR0913 (what both kinds of invitation share, all by keyword)
    session: Session,
    organisation: Organisation,
    invitee: Invitee,
    action: str,
    *,
    base_url: str,
    actor: Actor,
    now: datetime,
) -> Sent:
    """Record an invitation and send it, unless the address has an account or an invitation."""
    email = invitee.email.strip().lower()
    if session.scalar(select(Account.id).where(Account.email == email)) is not None:
        raise RuleBroken(N_("Alamat surel ini sudah punya akun. Pakai alamat lain."), field="email")
    _check_room(session, organisation.id, email, actor=actor, now=now)
    invitation = Invitation(
        organisation_id=organisation.id,
        token_hash="",
        email=email,
        name=invitee.name.strip(),
        role=invitee.role,
        phone=invitee.phone or None,
        invited_by_id=actor.account_id,
        created_at=now,
        expires_at=now,
    )
    sent = _send(session, invitation, organisation, base_url=base_url, actor=actor, now=now)
    audit.record(session, action, subject=invitation, actor=actor, now=now, detail={"role": invitee.role})
    return sent


def _check_room(session: Session, organisation_id: int, email: str, *, actor: Actor, now: datetime) -> None:
    own = Invitation.organisation_id == organisation_id
    waiting = (own, Invitation.email == email, Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    if session.scalar(select(Invitation.id).where(*waiting).limit(1)) is not None:
        raise RuleBroken(N_("Orang ini sudah diundang. Kirim ulang undangan yang ada."), field="email")
    lately = select(func.count(Invitation.id)).where(own, Invitation.created_at > now - timedelta(days=1))
    if not actor.is_staff and (session.scalar(lately) or 0) >= MOST_IN_A_DAY:
        raise RuleBroken(N_("Undangan hari ini sudah %(most)s. Lanjutkan besok."), most=MOST_IN_A_DAY)


def _send(
    session: Session, invitation: Invitation, organisation: Organisation, *, base_url: str, actor: Actor, now: datetime
) -> Sent:
    """Give an invitation new secrets and a new life, and put its mail into the outbox."""
    token, code = new_token(), new_spoken_code()
    invitation.token_hash, invitation.code_hash = fingerprint(token), slow_fingerprint(code)
    invitation.expires_at = now + LIFE
    session.add(invitation)
    session.flush()
    link = f"{base_url}/undangan/{token}"
    notices.enqueue(
        session,
        template="invitation",
        account=None,
        recipient=invitation.email,
        values={
            "name": invitation.name,
            "organisation": organisation.name,
            "inviter": actor.name,
            "link": link,
            "expires_at": invitation.expires_at.isoformat(),
        },
        slot=f"invitation-{invitation.id}-{now:%H%M%S}",
        now=now,
    )
    return Sent(invitation=invitation, link=link, code=code)


def send_again(session: Session, invitation: Invitation, *, base_url: str, actor: Actor, now: datetime) -> Sent:
    """Send an invitation again with a new link and code; the old ones are worth nothing.

    Raises RuleBroken when it was accepted or withdrawn.
    """
    _check_waiting(invitation, actor)
    sent = _send(session, invitation, invitation.organisation, base_url=base_url, actor=actor, now=now)
    audit.record(session, "invitation_sent_again", subject=invitation, actor=actor, now=now)
    return sent


def withdraw(session: Session, invitation: Invitation, *, actor: Actor, now: datetime) -> None:
    """Withdraw an invitation: its link and code open nothing from now on. Raises RuleBroken when it was accepted."""
    _check_waiting(invitation, actor)
    invitation.withdrawn_at = now
    session.flush()
    audit.record(session, "invitation_withdrawn", subject=invitation, actor=actor, now=now)


def _check_waiting(invitation: Invitation, actor: Actor) -> None:
    is_staff = invitation.role in policy.STAFF_ROLES
    policy.check(actor, Action.MANAGE_ACCOUNTS if is_staff else Action.INVITE_PARTNER)
    policy.check_own(actor, invitation.organisation_id)
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        raise RuleBroken(N_("Undangan ini sudah dipakai atau dibatalkan. Muat ulang halaman."))


def get(session: Session, token: str) -> Invitation:
    """Return the invitation behind the secret of a link, open or not; raise NotFound."""
    return _get(session, Invitation.token_hash == fingerprint(token))


def get_by_code(session: Session, code: str) -> Invitation:
    """Return the invitation behind a spoken code that `hear` has found right; raise NotFound."""
    heard = heard_code(code)
    if heard is None:
        raise NotFound
    return _get(session, Invitation.code_hash == slow_fingerprint(heard))


def _get(session: Session, hashes: ColumnElement[bool]) -> Invitation:
    found = session.scalar(select(Invitation).where(hashes).options(joinedload(Invitation.organisation)))
    if found is None:
        raise NotFound
    return found


def is_open(invitation: Invitation, *, now: datetime) -> bool:
    """Return whether an invitation can still be accepted."""
    return invitation.accepted_at is None and invitation.withdrawn_at is None and now < invitation.expires_at


def hear(session: Session, typed: str, *, address: str, now: datetime) -> Heard:
    """Look a spoken code up; never raises, so that wrong ones are counted. Run it in `transaction.apart()`."""
    tries = attempts.count(session, f"invitation {address}", now=now)
    if tries.count > CODE_TRIES:
        return Heard(wait_until=tries.window_at + CODE_WINDOW)
    code = heard_code(typed)
    hashes = Invitation.code_hash == slow_fingerprint(code or "")
    return Heard(is_right=code is not None and session.scalar(select(Invitation.id).where(hashes)) is not None)


def accept(
    session: Session, invitation: Invitation, *, name: str, phone: str | None, password: str, now: datetime
) -> Account:
    """Make the account of an invited person; the invitation is used up. It gives address, organisation and role.

    Raises RuleBroken when the invitation is over, the address has an account, or the password is too weak.
    """
    if not is_open(invitation, now=now):
        raise RuleBroken(N_("Undangan ini sudah dipakai atau kedaluwarsa. Minta undangan baru kepada petugas."))
    if session.scalar(select(Account.id).where(Account.email == invitation.email)) is not None:
        raise RuleBroken(N_("Alamat surel ini sudah punya akun. Minta undangan ke alamat surel lain."))
    passwords.check(password, email=invitation.email, organisation_name=invitation.organisation.name)
    account = Account(
        organisation_id=invitation.organisation_id,
        email=invitation.email,
        name=name.strip(),
        phone=phone,
        password_hash=passwords.hashed(password),
        is_sample=invitation.organisation.is_sample,
        last_sign_in_at=now,
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
    actor = Actor(account_id=account.id, name=account.name, organisation_id=account.organisation_id)
    audit.record(session, "invitation_accepted", subject=account, actor=actor, now=now)
    session.flush()
    return account


def ask_again(session: Session, invitation: Invitation, *, unit_mailbox: str, now: datetime) -> bool:
    """Tell who invited that a new invitation is wanted, once a day; False when that was told today.

    Raises RuleBroken for an invitation that was accepted: its account is there.
    """
    if invitation.accepted_at is not None:
        raise RuleBroken(N_("Undangan ini sudah dipakai. Masuklah dengan surel dan kata sandi Anda."))
    inviter = session.get(Account, invitation.invited_by_id) if invitation.invited_by_id else None
    reader = inviter if inviter is not None and inviter.is_active else None
    from_partner = reader is not None and reader.organisation_id == invitation.organisation_id
    path = "/mitra/tim" if from_partner else f"/kantor/mitra/{invitation.organisation.code}#akun"
    if invitation.role in policy.STAFF_ROLES:
        path = "/kantor/kelola/pengguna?keadaan=diundang"
    told = notices.enqueue(
        session,
        template="invitation_wanted",
        account=reader,
        recipient=None if reader else unit_mailbox,
        values={
            "person": invitation.name,
            "email": invitation.email,
            "organisation": invitation.organisation.name,
            "path": path,
        },
        slot=f"invitation-wanted-{invitation.id}",
        now=now,
    )
    actor = Actor(account_id=None, name=invitation.name, organisation_id=invitation.organisation_id)
    audit.record(session, "invitation_wanted", subject=invitation, actor=actor, now=now)
    return told is not None
