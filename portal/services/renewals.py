"""Decisions about the time after the end of an agreement, and the agreement that follows it.

A tacit renewal moves the term at once, by the same path as an edit. An extension and a new document move nothing
before they are signed; the paper for them can be begun here, with the facts that stay the same.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.domain import agreement_facts, policy, renewal
from portal.domain.agreement import AgreementKind, Stage
from portal.domain.agreement_facts import Opening
from portal.domain.dates import office_date
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.policy import Action, Actor
from portal.domain.renewal import RELATION_OF, RenewalChoice
from portal.models import Agreement, RenewalDecision
from portal.queries import agreements as reading
from portal.queries import renewals
from portal.services import agreements, audit, obligations, reminders, renewal_days


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What people decided: which way, on which day, why; `until_on` is the new end where it is known."""

    choice: RenewalChoice
    decided_on: date
    reason: str
    until_on: date | None = None


def check(session: Session, agreement: Agreement, made: Choice, *, actor: Actor, now: datetime) -> None:
    """Raise what `decide` would raise, and change nothing: for the page that asks once more."""
    policy.check(actor, Action.DECIDE_RENEWAL)
    reading.check_readable(agreement, actor)
    renewal.check_decision(
        made.choice,
        stage=agreement.stage,
        ends_on=agreement.ends_on,
        until_on=made.until_on,
        reason=made.reason,
    )
    if made.decided_on > office_date(now):
        raise RuleBroken("Tanggal keputusan tidak boleh sesudah hari ini.", field="decided_on")
    if renewals.get_open(session, agreement) is not None:
        raise RuleBroken("Perpanjangan naskah ini sudah diputuskan. Tarik dulu keputusan itu bila berubah.")


def decide(
    session: Session, agreement: Agreement, made: Choice, *, version: int, actor: Actor, now: datetime
) -> RenewalDecision:
    """Record what follows the end of an agreement as seen at `version`; a tacit renewal moves the end at once.

    Its reminders of the notice and of the start of work stop. Raises RuleBroken naming the field, Conflict when
    somebody changed the agreement meanwhile.
    """
    check(session, agreement, made, actor=actor, now=now)
    if agreement.version != version:
        raise Conflict("Naskah ini diubah orang lain sesudah Anda membukanya. Muat ulang halaman, lalu putuskan lagi.")
    row = RenewalDecision(
        agreement_id=agreement.id,
        choice=made.choice,
        decided_on=made.decided_on,
        until_on=made.until_on,
        reason=made.reason.strip(),
        by_id=actor.account_id,
        recorded_at=now,
    )
    session.add(row)
    _touch(agreement, now)
    session.flush()
    detail = {"choice": made.choice, "until_on": made.until_on, "ends_on": agreement.ends_on, "reason": row.reason}
    audit.record(session, "renewal_decided", subject=row, actor=actor, now=now, detail=detail)
    if made.choice is RenewalChoice.TACIT and made.until_on is not None:
        _move_end(session, agreement, made.until_on, actor=actor, now=now)
    reminders.replan(session, agreement_id=agreement.id, now=now)
    return row


def _touch(agreement: Agreement, now: datetime) -> None:
    """Raise the version of the agreement, so that two people cannot decide on the same page."""
    agreement.updated_at = now
    flag_modified(agreement, "updated_at")


def _move_end(session: Session, agreement: Agreement, ends_on: date, *, actor: Actor, now: datetime) -> None:
    """Move the end as an edit would: dated duties and the days of the next renewal follow."""
    before, agreement.ends_on = agreement.ends_on, ends_on
    session.flush()
    changed = {"ends_on": [before, ends_on]}
    detail = {"version": agreement.version, "changes": changed}
    audit.record(session, agreements.EDITED, subject=agreement, actor=actor, now=now, detail=detail)
    renewal_days.refresh(session, agreement, now=now)
    obligations.refresh(session, agreement_id=agreement.id, now=now)


def withdraw(session: Session, agreement: Agreement, *, actor: Actor, now: datetime) -> RenewalDecision:
    """Take back the decision that holds; the reminders go on from where they are.

    Raises RuleBroken when nothing is decided. What has moved the term already is put right by editing the end.
    """
    policy.check(actor, Action.DECIDE_RENEWAL)
    reading.check_readable(agreement, actor)
    row = renewals.get_open(session, agreement)
    if row is None:
        raise RuleBroken("Tidak ada keputusan yang dapat ditarik. Muat ulang halaman untuk melihat keadaan terakhir.")
    row.withdrawn_at = now
    _touch(agreement, now)
    session.flush()
    audit.record(session, "renewal_withdrawn", subject=row, actor=actor, now=now, detail={"choice": row.choice})
    reminders.replan(session, agreement_id=agreement.id, now=now)
    return row


def begin_follower(session: Session, agreement: Agreement, *, actor: Actor, now: datetime) -> Agreement:
    """Record the agreement that follows as a proposal: parties, unit and subject stay, dates and numbers do not.

    Raises RuleBroken unless an extension or a new document was decided and nothing was begun for it.
    """
    policy.check(actor, Action.RECORD_AGREEMENT)
    reading.check_readable(agreement, actor)
    row = renewals.get_open(session, agreement)
    relation = RELATION_OF.get(row.choice) if row else None
    if row is None or relation is None:
        raise RuleBroken("Putuskan dulu bahwa naskah ini diperpanjang atau diperbarui.")
    if row.follower_id is not None:
        raise RuleBroken("Naskah lanjutannya sudah dicatat.")
    is_extension = row.choice is RenewalChoice.EXTENSION
    kind = AgreementKind.EXTENSION if is_extension else agreement.kind
    facts = agreement_facts.following(
        reading.facts(session, agreement), relation=relation, other_code=agreement.code, kind=kind
    )
    opening = Opening(stage=Stage.PROPOSED, entered_on=office_date(now), is_sample=agreement.is_sample)
    follower = agreements.record(session, facts, opening=opening, actor=actor, now=now)
    row.follower_id = follower.id
    session.flush()
    detail = {"name": follower.code}
    audit.record(session, "renewal_begun", subject=row, actor=actor, now=now, detail=detail)
    return follower
