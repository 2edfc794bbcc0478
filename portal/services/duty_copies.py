"""Copying duties of another agreement into a draft: each is kept as a pattern and then proposed like any other.

Sides are told by what the parties are, so that a duty of another partner becomes one of the partner here. Dates of
their own are not copied: they belong to the other agreement.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from portal.domain import pattern
from portal.domain.drafting import Section
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.obligation import DutyRole, PeriodAnchor, ScheduleKind
from portal.domain.pattern import Pattern
from portal.domain.policy import Actor
from portal.domain.schedule import Schedule
from portal.models import Agreement, Draft, Obligation
from portal.queries import agreements as reading
from portal.queries import duty_copies
from portal.queries.obligations import schedule_of
from portal.services import draft_rights, draft_saves

COPIED: Final = "copied"
"""Name in `Draft.facts`: a list of {"key", "source", "pattern"}."""
_SCHEDULE: Final = tuple(each.name for each in fields(Schedule) if each.name in Pattern.__dataclass_fields__)
"""What a pattern can say of a schedule: all but its days."""


def as_pattern(duty: Obligation, *, ours: Collection[int]) -> dict[str, Any] | None:
    """Return a duty as a plain pattern, None for a date of its own; `ours` are the ids of the ministry's parties."""
    schedule = schedule_of(duty)
    if schedule.schedule is ScheduleKind.RECURRING and schedule.period_anchor is None:
        schedule = replace(schedule, period_anchor=PeriodAnchor.CALENDAR)
    told = {name: getattr(schedule, name) for name in _SCHEDULE}
    told = {name: value for name, value in told.items() if value is not None}
    plain = {
        "kind": duty.kind.value,
        "title": duty.title,
        "debtors": list(_side(duty, DutyRole.DEBTOR, ours)),
        "creditors": list(_side(duty, DutyRole.CREDITOR, ours)),
        "evidence": duty.evidence or "",
        **{name: value if isinstance(value, int) else value.value for name, value in told.items()},
    }
    try:
        pattern.read(plain)
    except RuleBroken:
        return None
    return plain


def _side(duty: Obligation, role: DutyRole, ours: Collection[int]) -> Iterator[str]:
    there = {party.organisation_id in ours for party in duty.parties if party.duty_role is role}
    if True in there:
        yield pattern.OURS
    if False in there:
        yield pattern.PARTNERS


def copyable(session: Session, source: Agreement) -> Mapping[int, dict[str, Any] | None]:
    """Return the open duties of an agreement by id, each as a pattern or None."""
    ours = {party.organisation_id for party in source.parties if party.organisation.is_ours}
    return {row.id: as_pattern(row, ours=ours) for row in duty_copies.open_duties(session, source.id)}


def copy(
    session: Session, draft: Draft, source: Agreement, ids: Collection[int], *, actor: Actor, now: datetime
) -> int:
    """Propose the chosen duties of `source` in a draft and return how many; those proposed already are left out."""
    draft_rights.check(draft.agreement, actor)
    reading.check_readable(source, actor)
    opened = draft_saves.opened(session, draft, Section.OBLIGATIONS)
    before = list(draft.facts.get(COPIED, ()))
    known = {one["key"] for one in before}
    made = [
        {"key": f"salinan.{number}", "source": source.code, "pattern": plain}
        for number, plain in copyable(session, source).items()
        if number in ids and plain is not None and f"salinan.{number}" not in known
    ]
    if not made:
        raise RuleBroken(N_("Pilih kewajiban yang belum disalin."))
    draft.facts = {**draft.facts, COPIED: [*before, *made]}
    draft.updated_at = now
    draft_saves.note(session, draft, opened=opened, actor=actor, now=now)
    return len(made)
