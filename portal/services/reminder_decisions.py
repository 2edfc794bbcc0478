"""What people decide about single reminders: send at once, postpone, do not send, also before a step has come.

A decision is written on the reminder itself, with who decided and why, so that the book can tell; the planner's key
keeps what was declined from being planned again. Planning is in `reminders`, sending in `outbox`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload

from portal.domain import policy
from portal.domain.calendar import WorkingCalendar
from portal.domain.dates import office_date
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.domain.reminder import Audience, Channel, EndReason, MessageStage, ReminderStage, SubjectKind
from portal.models import Account, Message, Reminder
from portal.queries import ledger_step
from portal.queries.ledger_step import Step
from portal.services import audit, digests
from portal.services.notices import message_key
from portal.services.plan_statements import KEY, TABLE

POSTPONED_AT_MOST = timedelta(days=90)
_UNSENT = (ReminderStage.PLANNED, ReminderStage.HELD)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """Who decides, when, and why."""

    actor: Actor
    now: datetime
    reason: str


def send_now(session: Session, reminder: Reminder, decision: Decision, *, calendar: WorkingCalendar) -> Message:
    """Give a waiting reminder a mail of its own that leaves at once, in a quiet hour of its reader when that is over.

    Raises RuleBroken when it waits no more or is just being sent, NotAllowed with the reason.
    """
    _take(session, reminder, decision)
    if reminder.channel is not Channel.MAIL:
        raise RuleBroken(N_("Pengingat ini hanya tampil di lonceng portal, jadi tidak ada surel yang dapat dikirim."))
    account = session.scalars(
        select(Account).where(Account.id == reminder.account_id).options(joinedload(Account.organisation))
    ).one()
    zone = account.organisation.zone
    day = digests.sending_day(decision.now, zone, calendar)
    opens_at, slot = digests.opening(day, zone, decision.now), _slot(reminder)
    message = Message(
        recipient=account.email,
        account_id=account.id,
        channel=Channel.MAIL,
        local_day=day,
        slot=slot,
        template=template_of(reminder, in_office=account.organisation.is_ours),
        language=account.language,
        values={},
        message_id=message_key(account.email, day, slot),
        stage=MessageStage.PENDING,
        not_before=opens_at,
        next_try_at=opens_at,
        created_at=decision.now,
    )
    session.add(message)
    session.flush()
    reminder.stage, reminder.message_id, reminder.postponed_to = ReminderStage.PLANNED, message.id, None
    _record(session, "reminder_sent_now", reminder, decision)
    return message


def _slot(reminder: Reminder) -> str:
    return f"now-{reminder.id}"


def template_of(reminder: Reminder, *, in_office: bool) -> str:
    """Return the mail in which a reminder goes when it goes alone."""
    if in_office:
        return "digest_office"
    is_late = reminder.subject_kind is SubjectKind.OCCURRENCE and reminder.step > 0
    return "occurrence_overdue" if is_late and reminder.audience is Audience.DEBTOR else "digest_partner"


def postpone(session: Session, reminder: Reminder, decision: Decision, *, to: date | None) -> None:
    """Let a waiting reminder leave on a later day. Raises RuleBroken for a day that is past or too far away."""
    today = office_date(decision.now)
    if to is None or to <= today:
        raise RuleBroken(N_("Pilih hari sesudah hari ini."), field="to")
    if to > today + POSTPONED_AT_MOST:
        raise RuleBroken(N_("Pengingat dapat ditunda paling lama 90 hari."), field="to")
    _take(session, reminder, decision)
    reminder.stage, reminder.message_id, reminder.postponed_to = ReminderStage.PLANNED, None, to
    _record(session, "reminder_postponed", reminder, decision, to=to)


def decline(session: Session, reminder: Reminder, decision: Decision) -> None:
    """Decide that a waiting reminder is never sent; the next step of its ladder comes all the same."""
    _needs_reason(decision)
    _take(session, reminder, decision)
    reminder.stage, reminder.message_id, reminder.ended_at = ReminderStage.CANCELLED, None, decision.now
    reminder.end_reason = EndReason.DECLINED.value
    _record(session, "reminder_declined", reminder, decision)


def _take(session: Session, reminder: Reminder, decision: Decision) -> None:
    """Take a reminder out of whatever mail it waits in, and write down who decided; it must still wait."""
    policy.check(decision.actor, Action.RESEND_MESSAGE)
    if reminder.message_id is not None:
        # The row is locked, so that no worker takes the mail in hand meanwhile.
        found = select(Message).where(Message.id == reminder.message_id).with_for_update()
        message = session.scalars(found.execution_options(populate_existing=True)).one()
        if message.stage is MessageStage.LEASED:
            raise RuleBroken(N_("Pengingat ini sedang dikirim. Muat ulang halaman."))
        if message.slot == _slot(reminder):
            raise RuleBroken(N_("Surel tersendiri untuk pengingat ini sudah diminta dan menunggu dikirim."))
        session.refresh(reminder)
    if reminder.stage not in _UNSENT:
        raise RuleBroken(N_("Pengingat ini tidak menunggu lagi. Muat ulang halaman."))
    reminder.decided_by_id, reminder.decision_reason = decision.actor.account_id, decision.reason.strip() or None


def _needs_reason(decision: Decision) -> None:
    if not decision.reason.strip():
        raise RuleBroken(
            N_("Tulis alasannya, supaya orang lain tahu mengapa pengingat ini tidak dikirim."), field="reason"
        )


def _record(session: Session, action: str, reminder: Reminder, decision: Decision, **more: object) -> None:
    session.flush()
    detail = {"kind": reminder.subject_kind, "target_on": reminder.target_on, "step": reminder.step}
    detail |= {"account_id": reminder.account_id, "reason": decision.reason.strip(), **more}
    audit.record(session, action, subject=reminder, actor=decision.actor, now=decision.now, detail=detail)


def decline_coming(session: Session, coming: Step, decision: Decision) -> int:
    """Decide beforehand that a step is not sent to anybody who would hear of it today; return how many.

    The declined rows are written now, so the sweep's key leaves them alone when the day comes.
    """
    policy.check(decision.actor, Action.RESEND_MESSAGE)
    _needs_reason(decision)
    today = office_date(decision.now)
    rows = [
        {
            "subject_kind": coming.kind,
            "subject_id": coming.subject_id,
            "agreement_id": each.agreement_id,
            "target_on": coming.target_on,
            "step": coming.step,
            "account_id": each.account_id,
            "audience": each.audience,
            "channel": each.channel,
            "stage": ReminderStage.CANCELLED,
            "planned_on": today,
            "planned_at": decision.now,
            "reason": {"decided_before": True},
            "ended_at": decision.now,
            "end_reason": EndReason.DECLINED.value,
            "decided_by_id": decision.actor.account_id,
            "decision_reason": decision.reason.strip(),
        }
        for each in ledger_step.hearers_of(session, coming, today=today)
    ]
    if not rows:
        raise RuleBroken(N_("Belum ada penerima untuk pengingat ini, jadi tidak ada yang perlu dibatalkan."))
    adding = postgresql.insert(TABLE) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(TABLE)
    session.execute(adding.on_conflict_do_nothing(index_elements=list(KEY)), rows)
    first = session.scalars(
        select(Reminder).where(
            *(getattr(Reminder, name) == rows[0][name] for name in KEY),
        )
    ).one()
    _record(session, "reminder_declined", first, decision, count=len(rows))
    return len(rows)
