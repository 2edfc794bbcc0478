"""Relief from one dated duty: asked for, withdrawn, granted, refused; given by an officer at once; taken up again.

The rules are in `domain.relief`; who is told stands in `relief_notices`. A date that was granted stays: `timetable`
follows the schedule in `scheduled_on` only.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain import relief as rules
from portal.domain.dates import office_date
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.obligation import DutyRole, OccurrenceStage
from portal.domain.policy import SYSTEM, Action, Actor
from portal.domain.relief import Decision, ReliefKind, ReliefStage, Wish
from portal.models import Occurrence, Relief
from portal.queries import agreements as reading_agreements
from portal.queries import obligations as reading
from portal.queries import reliefs as reading_reliefs
from portal.services import audit, relief_notices, reminders, timetable

DEEDS = {
    ReliefKind.EXTENSION: "occurrence_extended",
    ReliefKind.WAIVER: "occurrence_waived",
    ReliefKind.HOLD: "occurrence_held",
}
"""What the trail calls each kind of relief."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gift:
    """Relief that an officer gives at once; the reason of the wish is reason and basis of the decision.

    `organisation_id` is the party at whose wish it happens, None the ministry; `agreed_by` who of the creditor agreed.
    """

    wish: Wish
    organisation_id: int | None = None
    agreed_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resumption:
    """Why a resting duty is taken up again, and on which date; None keeps the old one."""

    reason: str
    due_on: date | None = None


def ask(
    session: Session, occurrence: Occurrence, *, wish: Wish, organisation_id: int, actor: Actor, now: datetime
) -> Relief:
    """Write down that a party asks for relief, and tell the officer when it asks by itself.

    A partner asks for its own duties; an officer writes down what any party asks. Raises RuleBroken naming the field,
    NotFound for what a partner does not owe.
    """
    if actor.is_partner:
        policy.check(actor, Action.ASK_RELIEF)
        policy.check_own(actor, organisation_id)
    else:
        policy.check(actor, Action.EDIT_OBLIGATION)
        reading_agreements.check_readable(occurrence.agreement, actor)
    _check_party(session, occurrence, organisation_id, actor)
    rules.check_wish(wish, occurrence.stage, due_on=occurrence.due_on, today=office_date(now))
    if reading_reliefs.waiting_of(session, occurrence.id) is not None:
        raise RuleBroken("Untuk tenggat ini sudah ada permohonan yang menunggu keputusan.")
    relief = _write(session, occurrence, wish=wish, organisation_id=organisation_id, actor=actor, now=now)
    detail = {"kind": wish.kind, "due_on": occurrence.due_on, "wanted_on": relief.wanted_on, "reason": relief.reason}
    audit.record(session, "relief_asked", subject=relief, actor=actor, now=now, detail=detail)
    if actor.is_partner:
        relief_notices.asked(session, relief, now=now)
    return relief


def withdraw(session: Session, relief: Relief, *, actor: Actor, now: datetime) -> None:
    """Take a request back before it is answered: by the party that asked, or by an officer in its name."""
    if actor.is_partner:
        policy.check(actor, Action.ASK_RELIEF)
        policy.check_own(actor, relief.organisation_id)
    else:
        policy.check(actor, Action.EDIT_OBLIGATION)
    rules.check_waiting(relief.stage)
    relief.stage, relief.decided_at, relief.updated_at = ReliefStage.WITHDRAWN, now, now
    relief.decided_by_id = actor.account_id
    session.flush()
    audit.record(session, "relief_withdrawn", subject=relief, actor=actor, now=now)


def grant(session: Session, relief: Relief, *, decision: Decision, actor: Actor, now: datetime) -> None:
    """Grant a request, with another date than was asked for if the decision names one; the date follows at once."""
    occurrence = _decidable(relief, actor)
    _grant(session, relief, occurrence, decision=decision, actor=actor, now=now)
    relief_notices.decided(session, relief, now=now)
    reminders.replan(session, agreement_id=relief.agreement_id, now=now)


def refuse(session: Session, relief: Relief, *, decision: Decision, actor: Actor, now: datetime) -> None:
    """Refuse a request with a reason; the date stays as it is."""
    _decidable(relief, actor)
    rules.check_decision(decision, needs_consent=False)
    _answer(relief, ReliefStage.REFUSED, decision, actor=actor, now=now)
    session.flush()
    detail = {"kind": relief.kind, "reason": relief.answer}
    audit.record(session, "relief_refused", subject=relief, actor=actor, now=now, detail=detail)
    relief_notices.decided(session, relief, now=now)


def give(
    session: Session, occurrence: Occurrence, *, gift: Gift, version: int | None, actor: Actor, now: datetime
) -> Relief:
    """Give relief in one step, as seen at `version` (None: whatever it is now)."""
    policy.check(actor, Action.DECIDE_RELIEF)
    reading_agreements.check_readable(occurrence.agreement, actor)
    if version is not None:
        _check_version(occurrence, version)
    wish = gift.wish
    rules.check_wish(wish, occurrence.stage, due_on=occurrence.due_on, today=office_date(now))
    asker = gift.organisation_id or reading_reliefs.own_party(session, occurrence.agreement_id)
    _check_party(session, occurrence, asker, actor)
    relief = _write(session, occurrence, wish=wish, organisation_id=asker, actor=actor, now=now)
    decision = Decision(answer=wish.reason, granted_on=wish.wanted_on, agreed_by=gift.agreed_by)
    _grant(session, relief, occurrence, decision=decision, actor=actor, now=now)
    reminders.replan(session, agreement_id=occurrence.agreement_id, now=now)
    return relief


def take_up(
    session: Session, occurrence: Occurrence, *, resumption: Resumption, version: int, actor: Actor, now: datetime
) -> None:
    """Take a resting duty up again, on its old date or on a new one; a reason must be given."""
    policy.check(actor, Action.DECIDE_RELIEF)
    reading_agreements.check_readable(occurrence.agreement, actor)
    _check_version(occurrence, version)
    reason = resumption.reason.strip()
    if not reason:
        raise RuleBroken("Tulis alasannya.", field="reason")
    if occurrence.stage is not OccurrenceStage.HELD:
        raise RuleBroken("Tenggat ini tidak sedang ditahan. Muat ulang halaman untuk melihat keadaan terakhir.")
    due_on = resumption.due_on or occurrence.due_on
    if due_on != occurrence.due_on:
        today = office_date(now)
        rules.check_day(ReliefKind.EXTENSION, due_on, due_on=occurrence.due_on, today=today, field="due_on")
        move(occurrence, due_on)
    _open(occurrence, now)
    session.flush()
    detail = {"due_on": occurrence.due_on, "reason": reason}
    audit.record(session, "occurrence_taken_up", subject=occurrence, actor=actor, now=now, detail=detail)
    timetable.refresh(session, agreement_id=occurrence.agreement_id, now=now)
    reminders.replan(session, agreement_id=occurrence.agreement_id, now=now)


def take_up_due(session: Session, *, now: datetime) -> int:
    """Take up every resting duty whose day has come; return how many. The sweep that follows plans their reminders.

    The day is that of the office. A second run finds nothing: it is the stage that says what rests.
    """
    found = reading_reliefs.list_rested(session, today=office_date(now))
    for occurrence in found:
        _open(occurrence, now)
        detail = {"due_on": occurrence.due_on}
        audit.record(session, "occurrence_taken_up", subject=occurrence, actor=SYSTEM, now=now, detail=detail)
    session.flush()
    return len(found)


def move(occurrence: Occurrence, due_on: date) -> None:
    """Give an occurrence another date than its schedule says; a duty counted in hours keeps its time of day."""
    if occurrence.due_at is not None:
        occurrence.due_at += timedelta(days=(due_on - occurrence.due_on).days)
    if occurrence.scheduled_on is None:
        occurrence.scheduled_on = occurrence.due_on
    occurrence.due_on = due_on
    occurrence.counted_on, occurrence.is_estimated = None, False


def _write(
    session: Session, occurrence: Occurrence, *, wish: Wish, organisation_id: int, actor: Actor, now: datetime
) -> Relief:
    relief = Relief(
        occurrence_id=occurrence.id,
        agreement_id=occurrence.agreement_id,
        organisation_id=organisation_id,
        kind=wish.kind,
        stage=ReliefStage.ASKED,
        wanted_on=None if wish.kind is ReliefKind.WAIVER else wish.wanted_on,
        reason=wish.reason.strip(),
        asked_by_id=actor.account_id,
        asked_at=now,
        created_at=now,
        updated_at=now,
    )
    session.add(relief)
    session.flush()
    return relief


def _decidable(relief: Relief, actor: Actor) -> Occurrence:
    policy.check(actor, Action.DECIDE_RELIEF)
    reading_agreements.check_readable(relief.occurrence.agreement, actor)
    rules.check_waiting(relief.stage)
    return relief.occurrence


def _grant(
    session: Session, relief: Relief, occurrence: Occurrence, *, decision: Decision, actor: Actor, now: datetime
) -> None:
    rules.check_kind(relief.kind, occurrence.stage)
    decision = replace(decision, granted_on=decision.granted_on or relief.wanted_on)
    rules.check_decision(decision, needs_consent=needs_consent(session, occurrence))
    today = office_date(now)
    rules.check_day(relief.kind, decision.granted_on, due_on=occurrence.due_on, today=today, field="granted_on")
    before = occurrence.due_on
    _answer(relief, ReliefStage.GRANTED, decision, actor=actor, now=now)
    if relief.kind is ReliefKind.EXTENSION and relief.granted_on is not None:
        move(occurrence, relief.granted_on)
    else:
        occurrence.stage = OccurrenceStage.WAIVED if relief.kind is ReliefKind.WAIVER else OccurrenceStage.HELD
        occurrence.decided_on, occurrence.decided_by_id, occurrence.reason = today, actor.account_id, relief.answer
    occurrence.updated_at = now
    session.flush()
    detail = {"due_on": before, "granted_on": relief.granted_on, "reason": relief.answer}
    audit.record(session, DEEDS[relief.kind], subject=occurrence, actor=actor, now=now, detail=detail)


def _answer(relief: Relief, stage: ReliefStage, decision: Decision, *, actor: Actor, now: datetime) -> None:
    agreed = decision.agreed_by.strip()
    relief.stage, relief.decided_by_id, relief.decided_at, relief.updated_at = stage, actor.account_id, now, now
    relief.answer = "\n".join(filter(None, [decision.answer.strip(), agreed]))
    granted = stage is ReliefStage.GRANTED and relief.kind is not ReliefKind.WAIVER
    relief.granted_on = decision.granted_on if granted else None


def _open(occurrence: Occurrence, now: datetime) -> None:
    occurrence.stage, occurrence.updated_at = OccurrenceStage.OPEN, now
    occurrence.decided_on = occurrence.decided_by_id = occurrence.reason = None


def needs_consent(session: Session, occurrence: Occurrence) -> bool:
    """Return whether a partner has to agree before this date is eased: the ministry alone owes it, to a partner."""
    sides = reading.party_names(session, [occurrence.obligation_id])[occurrence.obligation_id]
    return rules.needs_consent(
        owed_by_us=all(row.is_ours for row in sides[DutyRole.DEBTOR]),
        owed_to_partner=any(not row.is_ours for row in sides[DutyRole.CREDITOR]),
    )


def _check_party(session: Session, occurrence: Occurrence, organisation_id: int, actor: Actor) -> None:
    """A partner eases only what it owes; an officer writes down the wish of any party of the duty or our own."""
    sides = reading.party_names(session, [occurrence.obligation_id]).get(occurrence.obligation_id, {})
    debtors = {row.id for row in sides.get(DutyRole.DEBTOR, [])}
    if actor.is_partner and organisation_id not in debtors:
        raise RuleBroken("Hanya pihak yang wajib melaksanakan yang dapat meminta keringanan.")
    parties = {row.id for rows in sides.values() for row in rows}
    if not actor.is_partner and organisation_id not in parties | {
        reading_reliefs.own_party(session, occurrence.agreement_id)
    }:
        raise RuleBroken("Pilih pihak yang meminta.", field="asker")


def _check_version(occurrence: Occurrence, version: int) -> None:
    if occurrence.version != version:
        raise Conflict(
            "Data ini diubah orang lain sesudah Anda membukanya. Muat ulang halaman, lalu ulangi perubahan Anda."
        )
