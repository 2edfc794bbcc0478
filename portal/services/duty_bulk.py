"""One act on several dated duties that were ticked on the list: remind, give more time, release.

Each date is judged by itself: what a rule forbids is left out and told, the others go through.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.domain import policy
from portal.domain.dates import office_date
from portal.domain.errors import RuleBroken
from portal.domain.organisation import Zone
from portal.domain.policy import Action, Actor
from portal.domain.relief import ReliefKind, Wish
from portal.domain.reminder import SubjectKind
from portal.models import Account, Agreement, Occurrence
from portal.queries import calendar_days, nudges, reminder_lines
from portal.services import audit, digests, notices, reliefs, reminders
from portal.services.reliefs import Gift

MOST = 100
"""So many dates are taken in hand at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Easing:
    """Relief for several dates: until one day, or so many days more for each."""

    kind: ReliefKind
    reason: str
    wanted_on: date | None = None
    more_days: int | None = None
    agreed_by: str = ""

    def wish(self, due_on: date) -> Wish:
        """Return the wish for one date."""
        wanted_on = self.wanted_on
        if wanted_on is None and self.more_days:
            wanted_on = due_on + timedelta(days=self.more_days)
        return Wish(kind=self.kind, reason=self.reason, wanted_on=wanted_on)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How many dates were eased, and which were left out with the rule that forbids it."""

    done: int
    left_out: tuple[tuple[Occurrence, RuleBroken], ...]


def ease(session: Session, ids: Sequence[int], *, easing: Easing, actor: Actor, now: datetime) -> Outcome:
    """Ease every one of these dates that the rules allow; reminders are planned anew once for each agreement.

    Raises RuleBroken when the reason or the day is missing, NotAllowed with the reason.
    """
    policy.check(actor, Action.DECIDE_RELIEF)
    if not easing.reason.strip():
        raise RuleBroken("Tulis alasan dan dasarnya.", field="reason")
    if easing.kind is ReliefKind.EXTENSION and (easing.wanted_on is None) == (not easing.more_days):
        raise RuleBroken("Isi salah satu: tanggal baru, atau jumlah hari.", field="wanted_on")
    left_out: list[tuple[Occurrence, RuleBroken]] = []
    eased: set[int] = set()
    rows = _chosen(session, ids, actor)
    with reminders.planned_later(session):
        for row in rows:
            gift = Gift(wish=easing.wish(row.due_on), agreed_by=easing.agreed_by)
            try:
                with session.begin_nested():
                    reliefs.give(session, row, gift=gift, version=None, actor=actor, now=now)
            except RuleBroken as broken:
                left_out.append((row, broken))
            else:
                eased.add(row.agreement_id)
    for agreement_id in sorted(eased):
        reminders.replan(session, agreement_id=agreement_id, now=now)
    return Outcome(done=len(rows) - len(left_out), left_out=tuple(left_out))


def _chosen(session: Session, ids: Sequence[int], actor: Actor) -> Sequence[Occurrence]:
    """Return these dates in order; those of agreements that the actor may not read are left out."""
    query = (
        select(Occurrence)
        .join(Agreement, Agreement.id == Occurrence.agreement_id)
        .where(Occurrence.id.in_(tuple(ids)[:MOST]))
        .options(joinedload(Occurrence.agreement), joinedload(Occurrence.obligation))
        .order_by(Occurrence.due_on, Occurrence.id)
    )
    if not policy.may(actor, Action.SEE_CONFIDENTIAL):
        query = query.where(Agreement.is_confidential.is_(False))
    return session.scalars(query).all()


@dataclass(frozen=True, kw_only=True, slots=True)
class Nudged:
    """Who gets a mail, and who had one by hand already today."""

    told: tuple[Account, ...]
    already: tuple[Account, ...]


def nudge(session: Session, ids: Sequence[int], *, actor: Actor, now: datetime) -> Nudged:
    """Remind everybody who owes one of these dates: one mail a person, at most one by hand on a day.

    It leaves in the working hours of its reader. Raises RuleBroken when nobody can be reminded.
    """
    policy.check(actor, Action.RESEND_MESSAGE)
    rows = {row.id: row for row in _chosen(session, ids, actor)}
    people = nudges.recipients(session, rows, today=office_date(now))
    if not people:
        raise RuleBroken("Tidak ada penerima: tenggat sudah dijawab atau ditahan, atau belum ada akun yang aktif.")
    told: list[Account] = []
    already: list[Account] = []
    for each in people:
        sent = _send(session, each, rows, actor=actor, now=now)
        (told if sent else already).append(each.account)
    for agreement in {row.agreement_id: row.agreement for row in rows.values()}.values():
        reminded = [row.id for row in rows.values() if row.agreement_id == agreement.id]
        detail = {"occurrences": reminded, "recipients": [account.id for account in told]}
        audit.record(session, "duties_nudged", subject=agreement, actor=actor, now=now, detail=detail)
    return Nudged(told=tuple(told), already=tuple(already))


def _send(
    session: Session, recipient: nudges.Recipient, rows: dict[int, Occurrence], *, actor: Actor, now: datetime
) -> bool:
    account = recipient.account
    zone: Zone = account.organisation.zone
    today = now.astimezone(zone.timezone).date()
    lines = _lines(session, recipient, rows, today)
    calendar = calendar_days.working_calendar(session)
    message = notices.enqueue(
        session,
        template=nudges.TEMPLATE,
        account=account,
        values={"sender": actor.name, "lines": lines, "nearest_on": min(line["target_on"] for line in lines)},
        slot=nudges.TEMPLATE,
        now=now,
        not_before=digests.opening(digests.sending_day(now, zone, calendar), zone, now),
    )
    return message is not None


def _lines(
    session: Session, recipient: nudges.Recipient, rows: dict[int, Occurrence], today: date
) -> list[dict[str, Any]]:
    """Return what the mail says of each date; a report that came back is asked for by its own day."""
    organisation = recipient.account.organisation
    fixes = nudges.fixes(session, recipient.occurrence_ids, organisation_id=organisation.id)
    subjects = [
        ((SubjectKind.REPORT_FIX, fixes[each].report_id), fixes[each].fix_due_on)
        if each in fixes
        else ((SubjectKind.OCCURRENCE, each), rows[each].due_on)
        for each in recipient.occurrence_ids
    ]
    known = reminder_lines.about(session, [key for key, _day in subjects])
    return [known[key].line(target_on=day, today=today, in_office=organisation.is_ours) for key, day in subjects]


def needs_consent(session: Session, ids: Sequence[int], *, actor: Actor) -> bool:
    """Return whether a partner has to agree to easing at least one of these dates."""
    return any(reliefs.needs_consent(session, row) for row in _chosen(session, ids, actor))
