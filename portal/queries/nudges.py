"""Who is to be reminded by hand of chosen dates, and what they were told in the last days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.domain.obligation import ASKED_FOR, DutyRole
from portal.domain.reminder import ReminderStage, SubjectKind
from portal.domain.report import ReportStage
from portal.models import (
    Account,
    AccountRole,
    Agreement,
    Message,
    ObligationParty,
    Occurrence,
    Organisation,
    Reminder,
    Report,
)
from portal.queries.reminder_people import REPORTERS

RECENT = timedelta(days=3)
"""How far back a page says what somebody was told already."""
TEMPLATE = "duties_nudged"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """Somebody who is to be reminded, of which dates, and when they last heard of any of them."""

    account: Account
    occurrence_ids: tuple[int, ...]
    heard_on: date | None


def recipients(session: Session, ids: Iterable[int], *, today: date) -> tuple[Recipient, ...]:
    """Return who owes what of these dates: reporters of owing partners, the officer for what the ministry owes.

    Dates that are answered or rest, and people who cannot be written to, are left out. Four statements.
    """
    wanted = tuple(ids)
    due: dict[int, list[int]] = {}
    for account_id, occurrence_id in (*_reporters(session, wanted, today), *_officers(session, wanted)):
        due.setdefault(account_id, []).append(occurrence_id)
    reachable = (Account.id.in_(due), Account.is_active.is_(True), Account.mail_refused_at.is_(None))
    people = session.scalars(
        select(Account).where(*reachable).options(joinedload(Account.organisation)).order_by(Account.name, Account.id)
    ).all()
    heard = _heard(session, wanted, today)
    return tuple(
        Recipient(account=each, occurrence_ids=tuple(dict.fromkeys(due[each.id])), heard_on=heard.get(each.id))
        for each in people
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Fix:
    """A report that came back to an organisation, with the day by which it is to be mended."""

    report_id: int
    fix_due_on: date


def fixes(session: Session, ids: Iterable[int], *, organisation_id: int) -> dict[int, Fix]:
    """Return what one organisation is to mend of these dates, by date: there the day for mending counts."""
    rows = session.execute(
        select(Report.occurrence_id, Report.id, Report.fix_due_on).where(
            Report.occurrence_id.in_(tuple(ids)),
            Report.organisation_id == organisation_id,
            Report.stage == ReportStage.RETURNED,
            Report.fix_due_on.is_not(None),
        )
    )
    return {row[0]: Fix(report_id=row[1], fix_due_on=row[2]) for row in rows if row[2] is not None}


def _reporters(session: Session, ids: tuple[int, ...], today: date) -> list[tuple[int, int]]:
    rows = session.execute(
        select(Account.id, Occurrence.id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .join(ObligationParty, ObligationParty.organisation_id == Account.organisation_id)
        .join(Organisation, Organisation.id == ObligationParty.organisation_id)
        .join(Occurrence, Occurrence.obligation_id == ObligationParty.obligation_id)
        .where(
            Occurrence.id.in_(ids),
            Occurrence.stage.in_(ASKED_FOR),
            ObligationParty.duty_role == DutyRole.DEBTOR,
            Organisation.is_ours.is_(False),
            AccountRole.role.in_(REPORTERS),
            AccountRole.starts_on <= today,
            or_(AccountRole.ends_on.is_(None), AccountRole.ends_on >= today),
        )
        .order_by(Occurrence.due_on, Occurrence.id)
    )
    return [(row[0], row[1]) for row in rows]


def _officers(session: Session, ids: tuple[int, ...]) -> list[tuple[int, int]]:
    rows = session.execute(
        select(Agreement.officer_id, Occurrence.id)
        .join(Occurrence, Occurrence.agreement_id == Agreement.id)
        .join(ObligationParty, ObligationParty.obligation_id == Occurrence.obligation_id)
        .join(Organisation, Organisation.id == ObligationParty.organisation_id)
        .where(
            Occurrence.id.in_(ids),
            Occurrence.stage.in_(ASKED_FOR),
            ObligationParty.duty_role == DutyRole.DEBTOR,
            Organisation.is_ours.is_(True),
            Agreement.officer_id.is_not(None),
        )
        .order_by(Occurrence.due_on, Occurrence.id)
    )
    return [(row[0], row[1]) for row in rows if row[0] is not None]


def _heard(session: Session, ids: tuple[int, ...], today: date) -> dict[int, date]:
    """Return for each account the last day on which it was told of one of these dates, or reminded by hand at all."""
    since = today - RECENT
    planned = session.execute(
        select(Reminder.account_id, func.max(Reminder.planned_on))
        .where(
            Reminder.subject_kind == SubjectKind.OCCURRENCE,
            Reminder.subject_id.in_(ids),
            Reminder.stage == ReminderStage.SENT,
            Reminder.planned_on >= since,
        )
        .group_by(Reminder.account_id)
    )
    by_hand = session.execute(
        select(Message.account_id, func.max(Message.local_day))
        .where(Message.template == TEMPLATE, Message.local_day >= since)
        .group_by(Message.account_id)
    )
    found: dict[int, date] = {}
    for account_id, day in (*planned, *by_hand):
        found[account_id] = max(day, found.get(account_id, day))
    return found
