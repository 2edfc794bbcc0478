"""The way into the outbox: a mail is a row written in the same transaction as what it tells of (platform A2.4).

Values are plain JSON. `path` is an address within the portal (`/mitra/laporan/8K2M-7Q4D`); `link` a whole one.
Dates are ISO texts. The templates and the values that each needs are listed in `NEEDS`; the greeting comes from
the account. Sending is in `outbox`, digests of reminders in `digests`.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.organisation import Zone
from portal.domain.policy import Action, Actor
from portal.domain.reminder import Channel, MessageStage, ReminderStage
from portal.models import Account, Message, Reminder
from portal.services import audit

_REPORT = frozenset({"report_code", "title", "period_key", "agreement_code", "agreement_title", "path"})
_TALK = frozenset({"number", "title", "agreement_code", "organisation", "officer", "path"})
_RELIEF = frozenset({"kind", "title", "period_key", "due_on", "agreement_code", "agreement_title", "path"})

NEEDS: Mapping[str, frozenset[str]] = {
    "invitation": frozenset({"name", "organisation", "inviter", "link", "expires_at"}),
    "invitation_wanted": frozenset({"person", "email", "organisation", "path"}),
    "sign_in_code": frozenset({"code", "expires_at"}),
    "password_reset": frozenset({"link", "expires_at"}),
    "password_changed": frozenset({"changed_at", "path"}),
    "authenticator_changed": frozenset({"change", "changed_at", "path"}),
    "report_submitted": _REPORT | {"organisation", "round", "submitted_at"},
    "report_receipt": _REPORT | {"receipt_number", "round", "submitted_at", "files"},
    "report_returned": _REPORT | {"reason", "marks", "fix_due_on", "round"},
    "report_approval_asked": _REPORT | {"person", "due_on"},
    "report_handed_back": _REPORT | {"person", "reason", "due_on"},
    "report_reopened": _REPORT | {"reason"},
    "report_accepted": _REPORT | {"decided_on"},
    "relief_asked": _RELIEF | {"organisation", "wanted_on", "reason"},
    "relief_decided": _RELIEF | {"granted", "granted_on", "answer", "officer"},
    "question_asked": _TALK | {"place", "text"},
    "question_answered": _TALK | {"place", "text", "answer"},
    "draft_shared": _TALK | {"due_on", "note"},
    "draft_answered": _TALK | {"person", "counts"},
    "draft_decided": _TALK,
    "card_decided": frozenset({"what", "is_paper", "accepted", "answer", "organisation", "path"}),
    "data_request_decided": frozenset({"kind", "name", "granted", "answer", "asked_at", "path"}),
    "data_request_waits": frozenset({"kind", "due_at", "last", "path"}),
    "duties_nudged": frozenset({"sender", "lines", "nearest_on"}),
    "occurrence_overdue": frozenset(),
    "digest_partner": frozenset(),
    "digest_office": frozenset(),
    "file_infected": frozenset({"name", "finding"}),
    "handover_received": frozenset({"giver", "basis", "counts", "path"}),
    "audit_head": frozenset({"day", "checked", "line", "fault"}),
    "test_mail": frozenset({"asked_at"}),
    "unheard": frozenset({"name", "lines", "total", "more"}),
}
"""Which values each template needs from its caller; the reminders' own templates are filled when they are sent."""


def message_key(recipient: str, local_day: date, slot: str, channel: Channel = Channel.MAIL) -> str:
    """Return the fixed first half of a Message-ID: the same mail always has the same one."""
    text = "\n".join((recipient, channel.value, local_day.isoformat(), slot))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def check_values(template: str, values: Mapping[str, Any]) -> None:
    """Raise KeyError for an unknown template, ValueError naming the values that are missing: faults of ours."""
    missing = sorted(NEEDS[template] - set(values))
    if missing:
        raise ValueError(f"The mail {template} needs {', '.join(missing)}.")


def enqueue(  # noqa: PLR0913 (a mail has this many parts, all by keyword)
    session: Session,
    *,
    template: str,
    account: Account | None,
    recipient: str | None = None,
    values: Mapping[str, Any],
    slot: str,
    now: datetime,
    not_before: datetime | None = None,
) -> Message | None:
    """Put one mail into the outbox and return it; None when this recipient has one in this slot today.

    `account` is who reads it, or None with the address in `recipient`. `slot` names what the mail is about, such as
    `report-returned-17-2`. It leaves at once unless `not_before` says later.
    """
    check_values(template, values)
    address = recipient or (account.email if account else None)
    if not address:
        raise ValueError("A mail needs an account or an address.")
    local_day = office_date(now, account.organisation.zone if account else Zone.WIB)
    message = Message(
        recipient=address,
        account_id=account.id if account else None,
        channel=Channel.MAIL,
        local_day=local_day,
        slot=slot,
        template=template,
        language=account.language if account else "id",
        values=dict(values),
        message_id=message_key(address, local_day, slot),
        stage=MessageStage.PENDING,
        not_before=not_before or now,
        next_try_at=not_before or now,
        created_at=now,
    )
    return _add_once(session, message)


def _add_once(session: Session, message: Message) -> Message | None:
    """Add the row unless its key is taken; a partner's session may add but not read, hence the savepoint."""
    session.flush()
    try:
        with session.begin_nested():
            session.add(message)
            session.flush()
    except IntegrityError as error:
        if _is_taken(error):
            return None
        raise
    return message


def _is_taken(error: IntegrityError) -> bool:
    text = str(error.orig)
    return "uq_message" in text or "UNIQUE constraint failed: message." in text


def resend(session: Session, message: Message, *, actor: Actor, now: datetime) -> Message:
    """Try a failed mail again from the beginning, with the same Message-ID; what it says is true when it leaves.

    The address counts as mended. Raises RuleBroken when the mail has not failed, NotAllowed with the reason.
    """
    policy.check(actor, Action.RESEND_MESSAGE)
    if message.stage not in {MessageStage.DEAD, MessageStage.PENDING} or message.first_failed_at is None:
        raise RuleBroken(N_("Surel ini tidak gagal, jadi tidak perlu dikirim ulang. Muat ulang halaman."))
    message.stage, message.next_try_at = MessageStage.PENDING, now
    message.first_failed_at = message.last_error = None
    lost = (Reminder.message_id == message.id, Reminder.stage == ReminderStage.FAILED)
    for reminder in session.scalars(select(Reminder).where(*lost)):
        reminder.stage, reminder.ended_at, reminder.end_reason = ReminderStage.PLANNED, None, None
    account = session.get(Account, message.account_id) if message.account_id else None
    if account is not None:
        account.mail_refused_at = None
    session.flush()
    audit.record(
        session, "message_resent", subject=message, actor=actor, now=now, detail={"template": message.template}
    )
    return message
