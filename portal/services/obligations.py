"""Recording of duties and what becomes of their dated occurrences. Reports and relief have their own services.

`refresh` brings the occurrences of an agreement to what its schedules say; whoever changes a date, a stage or a duty
calls it, then lets the reminders be planned anew. The verbs here do both themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain import duty as rules
from portal.domain import policy, schedule, schedule_check
from portal.domain.dates import add_months, office_date
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.obligation import DutyRole, ObligationKind, OccurrenceStage
from portal.domain.policy import Action, Actor
from portal.domain.schedule import HORIZON_MONTHS, Due, Happening, Schedule
from portal.models import Agreement, Obligation, ObligationParty, Occurrence
from portal.queries import agreements as reading_agreements
from portal.queries import obligations as reading
from portal.services import audit, reminders, timetable

TEXT_COLUMNS = ("kind", "title", "detail", "article", "evidence")


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """What a person writes down about a duty; `debtors` and `creditors` are ids of organisations."""

    kind: ObligationKind
    title: str
    schedule: Schedule
    debtors: frozenset[int]
    creditors: frozenset[int]
    detail: str | None = None
    article: str | None = None
    evidence: str | None = None


def record(session: Session, agreement: Agreement, *, duty: Duty, actor: Actor, now: datetime) -> Obligation:
    """Record a duty of `agreement` with its occurrences; return it, flushed.

    Raises RuleBroken naming the field, NotAllowed with the reason.
    """
    policy.check(actor, Action.EDIT_OBLIGATION)
    reading_agreements.check_readable(agreement, actor)
    _check(session, agreement, duty)
    obligation = Obligation(agreement_id=agreement.id, created_at=now, updated_at=now, **_columns(duty))
    session.add(obligation)
    session.flush()
    _set_parties(obligation, duty)
    session.flush()
    audit.record(session, "obligation_recorded", subject=obligation, actor=actor, now=now, detail=_told(duty))
    _follow(session, agreement.id, now=now)
    return obligation


def edit(
    session: Session, obligation: Obligation, *, duty: Duty, version: int, actor: Actor, now: datetime
) -> Obligation:
    """Bring a duty to what `duty` says, as seen at `version`; answered occurrences stay as they are.

    Raises Conflict when somebody saved it meanwhile, RuleBroken naming the field.
    """
    policy.check(actor, Action.EDIT_OBLIGATION)
    agreement = obligation.agreement
    reading_agreements.check_readable(agreement, actor)
    _check_version(obligation.version, version)
    _check_open(obligation)
    _check(session, agreement, duty)
    before = _told(duty_of(obligation))
    for name, value in _columns(duty).items():
        setattr(obligation, name, value)
    obligation.updated_at = now
    _set_parties(obligation, duty)
    session.flush()
    changed = audit.differences(before, _told(duty))
    if changed:
        audit.record(session, "obligation_edited", subject=obligation, actor=actor, now=now, detail=changed)
        _follow(session, agreement.id, now=now)
    return obligation


def close(session: Session, obligation: Obligation, *, reason: str, version: int, actor: Actor, now: datetime) -> None:
    """End a duty: its open occurrences are cancelled, what was answered stays. A reason must be given."""
    policy.check(actor, Action.EDIT_OBLIGATION)
    reading_agreements.check_readable(obligation.agreement, actor)
    _check_version(obligation.version, version)
    _check_open(obligation)
    if not reason.strip():
        raise RuleBroken("Tulis alasan mengapa kewajiban ini dihentikan.", field="reason")
    obligation.is_closed = True
    obligation.updated_at = now
    session.flush()
    detail = {"reason": reason.strip()}
    audit.record(session, "obligation_closed", subject=obligation, actor=actor, now=now, detail=detail)
    _follow(session, obligation.agreement_id, now=now)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fulfilment:
    """On which day a duty was fulfilled, and what proves it."""

    met_on: date
    note: str = ""


def mark_met(
    session: Session,
    occurrence: Occurrence,
    *,
    fulfilment: Fulfilment,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Note that a duty without a report was fulfilled on a day up to today."""
    policy.check(actor, Action.EDIT_OBLIGATION)
    reading_agreements.check_readable(occurrence.agreement, actor)
    _check_version(occurrence.version, version)
    obligation = occurrence.obligation
    partner_debtor = reading.has_partner_debtor(session, obligation.id)
    rules.check_mark_met(occurrence.stage, obligation.kind, has_partner_debtor=partner_debtor)
    if fulfilment.met_on > office_date(now):
        raise RuleBroken("Tanggal pemenuhan tidak boleh sesudah hari ini.", field="met_on")
    _decide(occurrence, OccurrenceStage.MET, fulfilment.met_on, fulfilment.note, actor=actor, now=now)
    session.flush()
    detail = {"due_on": occurrence.due_on, "met_on": fulfilment.met_on, "note": occurrence.reason}
    audit.record(session, "occurrence_met", subject=occurrence, actor=actor, now=now, detail=detail)
    reminders.replan(session, agreement_id=occurrence.agreement_id, now=now)


def _decide(
    occurrence: Occurrence, stage: OccurrenceStage, day: date, reason: str, *, actor: Actor, now: datetime
) -> None:
    occurrence.stage = stage
    occurrence.decided_on = day
    occurrence.decided_by_id = actor.account_id
    occurrence.reason = reason.strip() or None
    occurrence.updated_at = now


def duty_of(obligation: Obligation) -> Duty:
    """Return a recorded duty as the value that `edit` takes."""
    return Duty(
        schedule=reading.schedule_of(obligation),
        debtors=_side(obligation, DutyRole.DEBTOR),
        creditors=_side(obligation, DutyRole.CREDITOR),
        **{name: getattr(obligation, name) for name in TEXT_COLUMNS},
    )


def dues(
    session: Session, agreement: Agreement, duty: Duty, *, happenings: Sequence[Happening] = (), now: datetime
) -> tuple[Due, ...]:
    """Return the occurrences that a duty has by its schedule and `happenings`, without writing any."""
    places = reading.places(session, agreement.id)
    return schedule.occurrences(
        duty.schedule,
        reading.anchors_of(session, agreement),
        calendar=places.calendar(duty.debtors),
        horizon_on=add_months(office_date(now), HORIZON_MONTHS),
        happenings=happenings,
        zone=places.zone(duty.debtors),
    )


def preview(
    session: Session, agreement: Agreement, duty: Duty, *, happenings: Sequence[Happening] = (), now: datetime
) -> tuple[Due, ...]:
    """Return the occurrences that a duty would have once it is recorded; raises RuleBroken like `record`."""
    _check(session, agreement, duty)
    return dues(session, agreement, duty, happenings=happenings, now=now)


def refresh(session: Session, *, agreement_id: int, now: datetime) -> int:
    """Bring the open occurrences of an agreement to its schedules; return how many rows changed.

    Adds, moves and cancels open ones as far as 24 months ahead or the end; what was answered is never touched.
    It plans no reminder: the caller does, once, after everything it changes.
    """
    return timetable.refresh(session, agreement_id=agreement_id, now=now)


def _follow(session: Session, agreement_id: int, *, now: datetime) -> None:
    refresh(session, agreement_id=agreement_id, now=now)
    reminders.replan(session, agreement_id=agreement_id, now=now)


def _check(session: Session, agreement: Agreement, duty: Duty) -> None:
    if not duty.title.strip():
        raise RuleBroken("Tulis kewajiban ini dalam satu kalimat.", field="title")
    parties = frozenset(party.organisation_id for party in agreement.parties)
    rules.check_parties(duty.debtors, duty.creditors, parties=parties)
    schedule_check.check(duty.schedule, reading.anchors_of(session, agreement))


def _check_version(stored: int, seen: int) -> None:
    if stored != seen:
        raise Conflict(
            "Data ini diubah orang lain sesudah Anda membukanya. Muat ulang halaman, lalu ulangi perubahan Anda."
        )


def _check_open(obligation: Obligation) -> None:
    if obligation.is_closed:
        raise RuleBroken("Kewajiban ini sudah dihentikan dan tidak dapat diubah lagi.")


def _columns(duty: Duty) -> dict[str, Any]:
    texts = {name: _text(getattr(duty, name)) for name in TEXT_COLUMNS}
    return texts | {name: getattr(duty.schedule, name) for name in reading.SCHEDULE_COLUMNS}


def _text(value: Any) -> Any:
    return (value.strip() or None) if type(value) is str else value


def _told(duty: Duty) -> dict[str, Any]:
    """Return a duty as plain values for the trail; what is not told is left out."""
    sides = {"debtors": sorted(duty.debtors), "creditors": sorted(duty.creditors)}
    return {name: value for name, value in (_columns(duty) | sides).items() if value is not None}


def _side(obligation: Obligation, role: DutyRole) -> frozenset[int]:
    return frozenset(party.organisation_id for party in obligation.parties if party.duty_role is role)


def _set_parties(obligation: Obligation, duty: Duty) -> None:
    wanted = {(each, DutyRole.DEBTOR) for each in duty.debtors} | {(each, DutyRole.CREDITOR) for each in duty.creditors}
    for party in list(obligation.parties):
        if (party.organisation_id, party.duty_role) not in wanted:
            obligation.parties.remove(party)
    present = {(party.organisation_id, party.duty_role) for party in obligation.parties}
    for organisation_id, role in sorted(wanted - present):
        obligation.parties.append(
            ObligationParty(agreement_id=obligation.agreement_id, organisation_id=organisation_id, duty_role=role)
        )
