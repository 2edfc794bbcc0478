"""Recording and editing of agreements, and the stages that people decide. `agreement_rows` has the rows below."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import and_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.domain import agreement_facts, policy
from portal.domain.agreement import NEEDS_REASON, Stage, check_stage_change
from portal.domain.agreement_facts import AgreementFacts, Opening
from portal.domain.code import PREFIX, agreement_code
from portal.domain.dates import office_date
from portal.domain.duty_change import Decision
from portal.domain.errors import RuleBroken
from portal.domain.organisation import fold
from portal.domain.policy import Action, Actor
from portal.models import Account, Agreement, Base, Entry, Organisation, SigningEvent, StageChange
from portal.queries import agreements as reading
from portal.queries import kinship
from portal.services import (
    agreement_rows,
    audit,
    codes,
    duty_changes,
    edit_conflicts,
    obligations,
    reminders,
    renewal_days,
    timetable,
)

Row = TypeVar("Row", bound=Base)

EDITED = "agreement_edited"
STAGE_CHANGED = "stage_changed"


def record(
    session: Session, facts: AgreementFacts, *, opening: Opening | None = None, actor: Actor, now: datetime
) -> Agreement:
    """Record a new agreement and return it, flushed.

    Its code is given here once and never changes; name and address of each party are kept as printed.
    Raises RuleBroken naming the field, NotAllowed with the reason.
    """
    policy.check(actor, Action.RECORD_AGREEMENT)
    opening = opening or Opening()
    full = agreement_facts.settled(facts)
    agreement_facts.check(full)
    _check_opening(opening, full, today=office_date(now))
    year = (full.signed_on or office_date(now)).year
    agreement = Agreement(
        code=agreement_code(full.kind, year, codes.next_number(session, f"{PREFIX[full.kind]}-{year}")),
        stage=opening.stage,
        is_sample=opening.is_sample,
        created_at=now,
    )
    with session.no_autoflush:
        seats = agreement_rows.with_addresses(agreement_rows.resolve_parties(session, full.parties))
        full = replace(full, parties=tuple(seat.facts for seat in seats))
        _fill(session, agreement, full, now=now)
    session.add(agreement)
    session.flush()
    _set_rows(session, agreement, full, seats)
    _enter(session, agreement, opening.entered_on or _first_day(opening, full, now), actor=actor, now=now)
    session.flush()
    detail = {"version": agreement.version, "stage": agreement.stage, "changes": _told(full)}
    audit.record(session, "agreement_recorded", subject=agreement, actor=actor, now=now, detail=detail)
    _follow(session, agreement, now=now)
    if opening.follow and opening.stage is Stage.ACTIVE:
        for other in duty_changes.new_ends(session, agreement, actor=actor, now=now):
            _take_over_end(session, other, of=agreement, actor=actor, now=now)
    return agreement


def edit(
    session: Session,
    agreement: Agreement,
    facts: AgreementFacts,
    *,
    version: int,
    actor: Actor,
    now: datetime,
) -> Agreement:
    """Bring the recorded facts to `facts` as seen at `version`; the stage stays.

    Raises EditConflict, with both people's values, when somebody saved a later version; RuleBroken naming the field.
    """
    policy.check(actor, Action.EDIT_AGREEMENT)
    reading.check_readable(agreement, actor)
    full = agreement_facts.settled(facts)
    before = agreement_facts.flat(reading.facts(session, agreement))
    if version != agreement.version:
        edits = and_(Entry.agreement_id == agreement.id, Entry.action.in_((EDITED, STAGE_CHANGED)))
        mine = agreement_facts.flat(full)
        raise edit_conflicts.told(session, agreement, version=version, mine=mine, stored=before, edits=edits)
    agreement_facts.check(full)
    if agreement.stage is Stage.ACTIVE and full.signed_on is None:
        raise RuleBroken("Naskah yang berlaku harus mempunyai tanggal penandatanganan.", field="signed_on")
    seats = agreement_rows.resolve_parties(session, full.parties)
    full = replace(full, parties=tuple(seat.facts for seat in seats))
    changed = agreement_facts.changes(before, agreement_facts.flat(full))
    if not changed:
        return agreement
    with session.no_autoflush:
        _fill(session, agreement, full, now=now)
        flag_modified(agreement, "updated_at")
    _set_rows(session, agreement, full, seats)
    session.flush()
    detail = {"version": agreement.version, "changes": changed}
    audit.record(session, EDITED, subject=agreement, actor=actor, now=now, detail=detail)
    _follow(session, agreement, now=now)
    _follow_beneath(session, agreement, before=before["signed_on"], actor=actor, now=now)
    return agreement


def change_stage(
    session: Session, agreement: Agreement, decision: Decision, *, actor: Actor, now: datetime
) -> StageChange:
    """Move an agreement to the stage that people decided; day, reason and what its open dates do are kept.

    What happens to dated duties is what `duty_changes.of_decision` tells beforehand.
    Raises RuleBroken when the way is closed, the reason or the date of signing is missing, or the day lies ahead.
    """
    policy.check(actor, Action.CHANGE_STAGE)
    reading.check_readable(agreement, actor)
    before, signed_before = agreement.stage, agreement.signed_on
    signed_on = decision.signed_on or agreement.signed_on
    check_stage_change(before, decision.to, reason=decision.reason, signed_on=signed_on)
    _check_day(decision.entered_on, today=office_date(now))
    plan = duty_changes.of_decision(session, agreement, decision, actor=actor, now=now)
    agreement.stage = decision.to
    if decision.to is Stage.ACTIVE:
        agreement.signed_on = signed_on
    agreement.updated_at = now
    change = _enter(session, agreement, decision.entered_on, reason=decision.reason, actor=actor, now=now)
    change.duties = dict(plan.told)
    session.flush()
    timetable.write(session, plan.own.lines, now=now)
    changed = agreement_facts.changes(
        {"stage": before, "signed_on": _iso(signed_before)},
        {"stage": agreement.stage, "signed_on": _iso(agreement.signed_on)},
    )
    detail = {"version": agreement.version, "changes": changed, "reason": decision.reason, "duties": plan.own.counts}
    audit.record(session, STAGE_CHANGED, subject=agreement, actor=actor, now=now, detail=detail)
    _follow(session, agreement, now=now)
    _follow_beneath(session, agreement, before=_iso(signed_before), actor=actor, now=now)
    for other in plan.followers if decision.follow else ():
        _take_over_end(session, other, of=agreement, actor=actor, now=now)
    return change


def _take_over_end(
    session: Session, plan: duty_changes.DutyPlan, *, of: Agreement, actor: Actor, now: datetime
) -> None:
    """Give an agreement the end of the one that amends or extends it; its duties follow as they were told."""
    other = plan.agreement
    reading.check_readable(other, actor)
    changed = agreement_facts.changes({"ends_on": _iso(other.ends_on)}, {"ends_on": _iso(of.ends_on)})
    other.ends_on, other.updated_at = of.ends_on, now
    session.flush()
    detail = {"version": other.version, "changes": changed, "reason": of.code, "duties": plan.counts}
    audit.record(session, EDITED, subject=other, actor=actor, now=now, detail=detail)
    _follow(session, other, now=now)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _check_day(day: date, *, today: date) -> None:
    if day > today:
        raise RuleBroken("Tanggal tahap tidak boleh sesudah hari ini.", field="entered_on")


def _check_opening(opening: Opening, facts: AgreementFacts, *, today: date) -> None:
    if opening.stage in NEEDS_REASON:
        raise RuleBroken("Catat naskah pada tahap yang berjalan, lalu ubah tahapnya dengan alasan.", field="stage")
    if opening.stage is Stage.ACTIVE and facts.signed_on is None:
        raise RuleBroken("Isi tanggal penandatanganan sebelum naskah dinyatakan berlaku.", field="signed_on")
    if opening.entered_on:
        _check_day(opening.entered_on, today=today)


def _first_day(opening: Opening, facts: AgreementFacts, now: datetime) -> date:
    signed = facts.signed_on if opening.stage is Stage.ACTIVE else None
    return signed or office_date(now)


def _fill(session: Session, agreement: Agreement, facts: AgreementFacts, *, now: datetime) -> None:
    for name in reading.SAME_NAME:
        setattr(agreement, name, getattr(facts, name))
    agreement.kind = facts.kind
    agreement.title = facts.title
    agreement.sort_key = fold(facts.title)
    agreement.scope = list(facts.scope)
    agreement.client_groups = list(facts.client_groups)
    agreement.atensi = list(facts.atensi)
    agreement.unit = _one(session, Organisation, Organisation.code, facts.unit_code, field="unit_code")
    agreement.officer = _one(session, Account, Account.email, facts.officer_email, field="officer_email")
    agreement.signing_event = _one(
        session, SigningEvent, SigningEvent.code, facts.signing_event_code, field="signing_event_code"
    )
    agreement.updated_at = now


def _one(session: Session, kind: type[Row], column: Any, key: str | None, *, field: str) -> Row | None:
    if key is None:
        return None
    found = session.scalar(select(kind).where(column == key))
    if found is None:
        raise RuleBroken("Pilihan ini sudah tidak ada. Muat ulang halaman lalu pilih lagi.", field=field)
    return found


def _set_rows(
    session: Session, agreement: Agreement, facts: AgreementFacts, seats: tuple[agreement_rows.Seat, ...]
) -> None:
    agreement_rows.set_parties(session, agreement, seats)
    agreement_rows.set_regions(session, agreement, facts.regions)
    agreement_rows.set_relations(session, agreement, facts.relations)


def _told(facts: AgreementFacts) -> dict[str, list[Any]]:
    """Return what a new record tells, as changes from nothing."""
    told = {key: value for key, value in agreement_facts.flat(facts).items() if value not in (None, [], False)}
    return agreement_facts.changes({}, told)


def _enter(
    session: Session,
    agreement: Agreement,
    day: date,
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> StageChange:
    change = StageChange(
        agreement_id=agreement.id,
        stage=agreement.stage,
        entered_on=day,
        reason=(reason or "").strip() or None,
        by_id=actor.account_id,
        recorded_at=now,
    )
    session.add(change)
    return change


def _follow(session: Session, agreement: Agreement, *, now: datetime) -> None:
    """Let dated duties and reminders follow the new dates and stage."""
    renewal_days.refresh(session, agreement, now=now)
    obligations.refresh(session, agreement_id=agreement.id, now=now)
    reminders.replan(session, agreement_id=agreement.id, now=now)


def _follow_beneath(session: Session, agreement: Agreement, *, before: str | None, actor: Actor, now: datetime) -> None:
    """Let dates of agreements beneath this one follow the day of its signing, unless that is as `before`."""
    if before == _iso(agreement.signed_on):
        return
    for child in kinship.list_counted_from_signing(session, agreement):
        moved = obligations.refresh(session, agreement_id=child.id, now=now)
        if moved:
            detail = {"name": agreement.code, "number": moved}
            audit.record(session, "duties_followed_parent", subject=child, actor=actor, now=now, detail=detail)
            reminders.replan(session, agreement_id=child.id, now=now)
