"""Every save of a section: its stamp, who, when, and all its values, so that nothing that was typed is lost.

A page carries the stamp that it was opened with. A save with an older one is refused with both sides' values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import draft_sections
from portal.domain.drafting import Section
from portal.domain.editing import EditConflict, compare
from portal.domain.policy import Actor
from portal.models import Account, Draft, DraftSave, DraftSection
from portal.queries import agreements as reading_agreements
from portal.queries import drafts


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A section as it is stored: the number of its last save, and its values."""

    section: Section
    number: int
    values: Mapping[str, Any]


def opened(session: Session, draft: Draft, section: Section) -> Opened:
    """Return a section as it is stored now."""
    facts = reading_agreements.facts(session, draft.agreement)
    row = drafts.section_of(draft, section)
    return Opened(section=section, number=row.stamp if row else 0, values=drafts.values(draft, section, facts))


def check(session: Session, draft: Draft, *, stamp: str, mine: Mapping[str, Any], stored: Opened) -> None:
    """Raise EditConflict when the section was changed after the page with `stamp` was opened, and not to the same."""
    seen, _dot, letters = stamp.partition(".")
    if letters == draft_sections.digest(stored.values):
        return
    number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1  # noqa: PLR2004
    before = drafts.saved_values(session, draft.id, stored.section, number) or {}
    whole = {**before, **mine}
    told = compare(before, whole, stored.values)
    if not (told.both or told.theirs):
        return
    row = drafts.section_of(draft, stored.section)
    raise EditConflict(
        comparison=told,
        version=stored.number,
        who=row.saved_by.name if row and row.saved_by else "Simpul",
        when=row.saved_at if row else draft.agreement.updated_at,
    )


def note(
    session: Session,
    draft: Draft,
    *,
    opened: Opened,
    actor: Actor,
    now: datetime,
    raw: Mapping[str, Any] | None = None,
) -> DraftSection:
    """Write down a save: the section's row with a new stamp, and its values after it. `raw` None keeps the raw texts.

    `opened` is the section before it; the values before the very first save are kept too, as number 0.
    """
    section = opened.section
    row = drafts.section_of(draft, section)
    if row is None:
        row = DraftSection(draft_id=draft.id, section=section, raw={}, stamp=0, saved_at=now)
        draft.sections.append(row)
        _keep(session, draft, opened, actor=actor, now=now)
    row.stamp += 1
    row.raw = dict(row.raw if raw is None else raw)
    row.saved_by_id, row.saved_at = actor.account_id, now
    row.saved_by = session.scalar(select(Account).where(Account.id == actor.account_id))
    session.flush()
    facts = reading_agreements.facts(session, draft.agreement)
    after = Opened(section=section, number=row.stamp, values=drafts.values(draft, section, facts))
    _keep(session, draft, after, actor=actor, now=now)
    session.flush()
    return row


def _keep(session: Session, draft: Draft, what: Opened, *, actor: Actor, now: datetime) -> None:
    session.add(
        DraftSave(
            draft_id=draft.id,
            section=what.section,
            stamp=what.number,
            values=dict(what.values),
            saved_by_id=actor.account_id,
            saved_at=now,
        )
    )
