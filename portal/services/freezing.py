"""Freezing an account: its rows stay, nobody signs in with it, and no mail leaves for it until it is taken up again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.domain.reminder import MessageStage
from portal.models import Account, AccountFreeze, Message
from portal.queries import data_requests as reading
from portal.services import audit, sign_in, user_roles


def freeze(session: Session, account: Account, *, reason: str, actor: Actor, now: datetime) -> AccountFreeze:
    """Freeze an account and end its sessions; the reason is kept. Raises RuleBroken (`reason`), NotAllowed."""
    policy.check(actor, Action.DECIDE_DATA_REQUEST)
    if not reason.strip():
        raise RuleBroken(N_("Tulis alasannya. Alasan ini disimpan bersama pembekuan."), field="reason")
    if account.id == actor.account_id:
        raise RuleBroken(N_("Akun sendiri tidak dapat dibekukan. Minta administrator lain."), field="reason")
    if reading.freeze_of(session, account.id) is not None:
        raise RuleBroken(N_("Akun ini sudah dibekukan. Muat ulang halaman."), field="reason")
    if not account.is_active:
        raise RuleBroken(N_("Akun ini sudah nonaktif, jadi tidak perlu dibekukan."), field="reason")
    user_roles.lock_admins(session)
    user_roles.check_not_last_admin(session, account, now=now)
    row = AccountFreeze(
        account_id=account.id,
        organisation_id=account.organisation_id,
        reason=reason.strip(),
        frozen_at=now,
        frozen_by_id=actor.account_id,
    )
    session.add(row)
    account.is_active, account.updated_at = False, now
    sign_in.end_all(session, account.id, now=now)
    session.flush()
    waiting = (Message.account_id == account.id, Message.stage.in_((MessageStage.PENDING, MessageStage.HELD)))
    for message in session.scalars(select(Message).where(*waiting)):
        message.stage = MessageStage.CANCELLED
    session.flush()
    audit.record(session, "account_frozen", subject=account, actor=actor, now=now)
    return row


def unfreeze(session: Session, account: Account, *, reason: str, actor: Actor, now: datetime) -> AccountFreeze:
    """Take a frozen account up again. Raises RuleBroken (`reason`), NotAllowed."""
    policy.check(actor, Action.DECIDE_DATA_REQUEST)
    row = reading.freeze_of(session, account.id)
    if row is None:
        raise RuleBroken(N_("Akun ini tidak sedang dibekukan. Muat ulang halaman."), field="reason")
    if not reason.strip():
        raise RuleBroken(N_("Tulis alasannya. Alasan ini disimpan bersama pembekuan."), field="reason")
    row.lifted_at, row.lifted_by_id, row.lifted_reason = now, actor.account_id, reason.strip()
    account.is_active, account.updated_at = True, now
    session.flush()
    audit.record(session, "account_unfrozen", subject=account, actor=actor, now=now)
    return row
