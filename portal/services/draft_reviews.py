"""Periksa Naskah for a draft: the findings of today's text, and those that people let stand with a reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.documents import render
from portal.domain import policy, review
from portal.domain.dates import office_date
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor, Verdict
from portal.domain.review import Finding
from portal.models import Agreement, Draft, ReviewWaiver
from portal.queries import drafts, review_subjects
from portal.services import audit, draft_rights, drafting, reference
from portal.storage import Storage


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """One finding, and the waiver that lets it stand, if any."""

    finding: Finding
    waiver: ReviewWaiver | None


def check(session: Session, draft: Draft, *, storage: Storage, now: datetime) -> tuple[Checked, ...]:
    """Return what Periksa Naskah finds in a draft, errors first; nothing is written.

    Raises TemplateRefused when the template cannot be filled.
    """
    ready = drafting.assemble(session, draft, storage=storage)
    made = render.render(ready.template, ready.snapshot, pictures=ready.pictures)
    paper = review_subjects.read_paper(made.content)
    seen = review_subjects.subject(
        session, draft, paper, signers=review.matrix(reference.read("signers")["row"]), today=office_date(now)
    )
    waived = drafts.waivers(session, draft.id)
    return tuple(Checked(finding=one, waiver=waived.get(one.key)) for one in review.check(seen))


def check_file(session: Session, agreement: Agreement, content: bytes, *, now: datetime) -> tuple[Finding, ...]:
    """Return what the rules that need only a text find in a Word file of an agreement, errors first.

    For files that came back from Word or from a partner: nothing is compared with the facts or the clause tree.
    Raises FileRefused.
    """
    paper = review_subjects.read_paper(content)
    return review.check(review_subjects.of_text(session, agreement, paper, today=office_date(now)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiver:
    """Which finding is let stand, and why."""

    rule: str
    place: str
    reason: str


def may_waive(agreement: Agreement, actor: Actor) -> Verdict:
    """Return whether `actor` may let findings of this agreement stand now, with the reason if not."""
    return policy.may(actor, Action.WAIVE_FINDING) and draft_rights.in_time(agreement)


def waive(
    session: Session, draft: Draft, wanted: Waiver, *, storage: Storage, actor: Actor, now: datetime
) -> ReviewWaiver:
    """Let a finding stand; raises RuleBroken without a reason, or when there is no such finding that may stand."""
    policy.check(actor, Action.WAIVE_FINDING)
    draft_rights.check(draft.agreement, actor)
    if not wanted.reason.strip():
        raise RuleBroken(N_("Tulis alasan mengapa temuan ini dibiarkan."), field="reason")
    key = (wanted.rule, wanted.place)
    found = {one.finding.key: one for one in check(session, draft, storage=storage, now=now)}
    if key not in found or found[key].waiver is not None:
        raise RuleBroken(N_("Temuan ini tidak ada lagi. Periksa daftar yang terbaru."))
    if not found[key].finding.can_waive:
        raise RuleBroken(N_("Temuan ini tidak dapat dikesampingkan. Perbaiki naskahnya."))
    row = ReviewWaiver(
        draft_id=draft.id,
        rule=wanted.rule,
        place=wanted.place,
        reason=wanted.reason.strip(),
        waived_by_id=actor.account_id,
        waived_at=now,
    )
    session.add(row)
    session.flush()
    told = found[key].finding
    detail = {"rule": row.rule, "name": f"{told.place}: {told.sentence}", "reason": row.reason}
    audit.record(session, "finding_waived", subject=draft, actor=actor, now=now, detail=detail)
    return row


def withdraw(session: Session, draft: Draft, *, rule: str, place: str, actor: Actor, now: datetime) -> None:
    """Take a waiver back: the finding counts again."""
    policy.check(actor, Action.WAIVE_FINDING)
    draft_rights.check(draft.agreement, actor)
    row = drafts.waivers(session, draft.id).get((rule, place))
    if row is None:
        raise RuleBroken(N_("Temuan ini tidak ada lagi. Periksa daftar yang terbaru."))
    detail = {"rule": row.rule, "place": row.place}
    session.delete(row)
    session.flush()
    audit.record(session, "finding_counted_again", subject=draft, actor=actor, now=now, detail=detail)
