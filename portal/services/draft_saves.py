"""Every save of a section: its stamp, who, when, and all its values, so that nothing that was typed is lost.

A page carries the stamp that it was opened with. A save with an older one is refused with both sides' values, unless
all that was saved since came from this very page: then only the answers were lost, and nobody else was here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import draft_sections
from portal.domain.drafting import Section
from portal.domain.editing import EditConflict, PageMark, compare
from portal.domain.policy import Actor
from portal.models import Account, Draft, DraftSave, DraftSection
from portal.queries import agreements as reading_agreements
from portal.queries import drafts


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A section as it is stored before a save: the number of its last save, its values, and the page that saves."""

    section: Section
    number: int
    values: Mapping[str, Any]
    mark: PageMark | None = None


def opened(session: Session, draft: Draft, section: Section, *, mark: PageMark | None = None) -> Opened:
    """Return a section as it is stored now, before the page of `mark` saves it."""
    facts = reading_agreements.facts(session, draft.agreement)
    row = drafts.section_of(draft, section)
    return Opened(
        section=section, number=row.stamp if row else 0, values=drafts.values(draft, section, facts), mark=mark
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """Who sends a save, from which opened page, and the stamp that this page shows."""

    actor: Actor
    stamp: str
    mark: PageMark | None = None


def check(session: Session, draft: Draft, sender: Sender, *, mine: Mapping[str, Any], stored: Opened) -> bool:
    """Return whether a save is still wanted: not when the same page already sent a later one that was faster.

    Raises EditConflict when somebody else, or another page of the same person, changed the section after the page
    was opened, and not to the same.
    """
    seen, _dot, letters = sender.stamp.partition(".")
    if letters == draft_sections.digest(stored.values):
        return True
    number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1  # noqa: PLR2004
    own = _own_since(session, draft, stored.section, number, sender) if number >= 0 else ()
    if sender.mark and any(one.number > sender.mark.number for one in own):
        return False
    before = drafts.saved_values(session, draft.id, stored.section, number + len(own)) or {}
    whole = {**before, **mine}
    told = compare(before, whole, stored.values)
    if not (told.both or told.theirs):
        return True
    row = drafts.section_of(draft, stored.section)
    raise EditConflict(
        comparison=told,
        version=stored.number,
        who=row.saved_by.name if row and row.saved_by else "Simpul",
        when=row.saved_at if row else draft.agreement.updated_at,
    )


def _own_since(session: Session, draft: Draft, section: Section, number: int, sender: Sender) -> tuple[PageMark, ...]:
    """Return the marks of the saves right after save `number` that the same page sent, up to the first of another."""
    if sender.mark is None:
        return ()
    own: list[PageMark] = []
    for row in drafts.saves_since(session, draft.id, section, number):
        mark = PageMark.read(row.page_mark)
        if mark is None or mark.page != sender.mark.page or row.saved_by_id != sender.actor.account_id:
            break
        own.append(mark)
    return tuple(own)


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
        _keep(session, draft, replace(opened, mark=None), actor=actor, now=now)
    row.stamp += 1
    row.page_mark = str(opened.mark) if opened.mark else None
    row.raw = dict(row.raw if raw is None else raw)
    row.saved_by_id, row.saved_at = actor.account_id, now
    row.saved_by = session.scalar(select(Account).where(Account.id == actor.account_id))
    session.flush()
    facts = reading_agreements.facts(session, draft.agreement)
    after = Opened(section=section, number=row.stamp, values=drafts.values(draft, section, facts), mark=opened.mark)
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
            page_mark=str(what.mark) if what.mark else None,
            saved_by_id=actor.account_id,
            saved_at=now,
        )
    )
