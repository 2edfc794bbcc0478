"""Accounts as an administrator keeps them: facts, sessions and devices, out of use and in use again.

Roles are in `user_roles`, what a person gives away before leaving in `handovers`. Invitations that somebody sent stay
valid when that person leaves: they are the office's; who wants a new one is then led to the unit's mailbox.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.domain.reminder import MessageStage
from portal.models import Account, CalendarFeed, Message, SignInSession
from portal.queries import data_requests, handovers
from portal.services import audit, calendar_feeds, planning, second_steps, sign_in, user_roles


@dataclass(frozen=True, kw_only=True, slots=True)
class UserFacts:
    """What an administrator may change of a person; the address is the person's name at the door and stays."""

    name: str
    greeting: str | None
    phone: str | None
    language: str


def change(session: Session, account: Account, facts: UserFacts, *, actor: Actor, now: datetime) -> None:
    """Change the facts of an account. Raises NotAllowed for who is no administrator."""
    policy.check(actor, Action.MANAGE_ACCOUNTS)
    names = ("name", "greeting", "phone", "language")
    before = {name: getattr(account, name) for name in names}
    account.name, account.greeting = facts.name.strip(), facts.greeting or None
    account.phone, account.language = facts.phone or None, facts.language
    account.updated_at = now
    session.flush()
    changed = audit.differences(before, {name: getattr(account, name) for name in names})
    if changed:
        audit.record(session, "account_changed", subject=account, actor=actor, now=now, detail=changed)


def end_session(session: Session, account: Account, row: SignInSession, *, actor: Actor, now: datetime) -> None:
    """Sign a person out of one browser."""
    policy.check(actor, Action.MANAGE_ACCOUNTS)
    sign_in.end(session, row.id, now=now)
    session.flush()
    audit.record(session, "session_ended", subject=account, actor=actor, now=now, detail={"session": row.id})


def end_own_session(session: Session, account: Account, row: SignInSession, *, actor: Actor, now: datetime) -> None:
    """Sign somebody out of a browser of one's own."""
    sign_in.end(session, row.id, now=now)
    audit.record(session, "session_ended", subject=account, actor=actor, now=now, detail={"session": row.id})


def end_other_sessions(session: Session, account: Account, *, but: int, actor: Actor, now: datetime) -> None:
    """Sign somebody out of every own browser except the one in use, whose session is `but`."""
    sign_in.end_all(session, account.id, now=now, but=but)
    audit.record(session, "sessions_ended", subject=account, actor=actor, now=now)


def end_sessions(session: Session, account: Account, *, actor: Actor, now: datetime) -> None:
    """Sign a person out everywhere and forget the devices that are known; the next sign-in proves everything anew."""
    policy.check(actor, Action.MANAGE_ACCOUNTS)
    _shut(session, account, now=now)
    audit.record(session, "sessions_ended", subject=account, actor=actor, now=now)


def deactivate(session: Session, account: Account, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take an account out of use: nobody signs in with it, its calendars stop, and it is sent nothing any more.

    Raises RuleBroken without a reason, for one's own account, for the last administrator and for who still holds work.
    """
    policy.check(actor, Action.MANAGE_ACCOUNTS)
    user_roles.lock_admins(session)
    if account.id == actor.account_id:
        raise RuleBroken(N_("Akun Anda sendiri dinonaktifkan administrator lain. Mintalah kepadanya."))
    if not account.is_active:
        raise RuleBroken(N_("Akun ini sudah nonaktif. Muat ulang halaman."))
    if not reason.strip():
        raise RuleBroken(N_("Tulis alasannya, supaya orang lain tahu mengapa akun ini nonaktif."), field="reason")
    user_roles.check_not_last_admin(session, account, now=now)
    today = office_date(now)
    held = sum(len(found) for found in handovers.held(session, account.id, today=today).values())
    if held:
        raise RuleBroken(N_("Orang ini masih memegang %(n)s hal. Mutasikan dulu, lalu nonaktifkan."), n=held)
    account.is_active, account.updated_at = False, now
    _shut(session, account, now=now)
    _stop_telling(session, account, actor=actor, now=now)
    detail = {"reason": reason.strip()}
    audit.record(session, "account_deactivated", subject=account, actor=actor, now=now, detail=detail)


def activate(session: Session, account: Account, *, actor: Actor, now: datetime) -> None:
    """Take an account into use again; its roles hold as far as their periods say. Raises RuleBroken if it is in use."""
    policy.check(actor, Action.MANAGE_ACCOUNTS)
    if account.is_active:
        raise RuleBroken(N_("Akun ini sudah aktif. Muat ulang halaman."))
    if data_requests.is_at_rest(session, account):
        raise RuleBroken(N_("Akun ini dibekukan atau datanya dihapus. Buka kembali dari halaman Data pribadi."))
    account.is_active, account.updated_at = True, now
    session.flush()
    audit.record(session, "account_activated", subject=account, actor=actor, now=now)


def _shut(session: Session, account: Account, *, now: datetime) -> None:
    sign_in.end_all(session, account.id, now=now)
    second_steps.forget_devices(session, account.id)
    second_steps.end_waiting(session, account.id, now=now)
    session.flush()


def _stop_telling(session: Session, account: Account, *, actor: Actor, now: datetime) -> None:
    """Revoke the calendars of a person, and let no mail that waits leave; what is planned for the person ends."""
    own = select(CalendarFeed).where(CalendarFeed.account_id == account.id, CalendarFeed.revoked_at.is_(None))
    for feed in session.scalars(own).all():
        calendar_feeds.revoke(session, feed, actor=actor, now=now)
    planning.settle_at_once(session, now=now)
    waiting = (Message.account_id == account.id, Message.stage.in_((MessageStage.PENDING, MessageStage.HELD)))
    session.execute(update(Message).where(*waiting).values(stage=MessageStage.CANCELLED))
    session.expire_all()
