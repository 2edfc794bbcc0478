"""Reads of drafts: the draft of an agreement, its sections and saves, who writes now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from portal.domain import clause, draft_sections
from portal.domain.agreement_facts import AgreementFacts
from portal.domain.clause import ClauseTree, Condition
from portal.domain.drafting import REFUSED, Section
from portal.domain.errors import NotFound
from portal.domain.organisation import OrganisationKind
from portal.models import (
    Agreement,
    Clause,
    ClauseVersion,
    DocTemplateVersion,
    Draft,
    DraftSave,
    DraftSection,
    Obligation,
    Rendition,
    ReviewWaiver,
)

NOW_WRITING = timedelta(minutes=10)
"""Somebody who saved a section so recently counts as writing it."""


def find(session: Session, agreement_id: int) -> Draft | None:
    """Return the draft of an agreement with its template and sections, or None."""
    return session.scalar(
        select(Draft)
        .where(Draft.agreement_id == agreement_id)
        .options(
            joinedload(Draft.template_version).joinedload(DocTemplateVersion.template),
            selectinload(Draft.sections).joinedload(DraftSection.saved_by),
        )
        .execution_options(populate_existing=True)
    )


def get(session: Session, agreement_id: int) -> Draft:
    """Return the draft of an agreement; raise NotFound while there is none."""
    found = find(session, agreement_id)
    if found is None:
        raise NotFound
    return found


def tree_of(draft: Draft) -> ClauseTree:
    """Return the clause tree of a draft."""
    return clause.from_plain(draft.tree)


def conditions_of(draft: Draft, agreement: Agreement, facts: AgreementFacts) -> frozenset[Condition]:
    """Return the conditions that hold for a draft: stated by people, and told by the record."""
    with_region = any(party.organisation.kind is OrganisationKind.REGION for party in agreement.parties)
    return draft_sections.conditions(facts, draft.facts.get("answers", ()), with_region=with_region)


def section_of(draft: Draft, section: Section) -> DraftSection | None:
    """Return the last save of a section, None before the first."""
    return next((row for row in draft.sections if row.section is section), None)


def values(draft: Draft, section: Section, facts: AgreementFacts) -> dict[str, Any]:
    """Return everything that is stored of a section: facts, texts of the draft, texts that cannot be taken yet."""
    found = draft_sections.values(section, facts, draft.facts, tree_of(draft))
    row = section_of(draft, section)
    typed = row.raw.items() if row else ()
    return found | {f"raw.{name}": pairs for name, pairs in typed if name != REFUSED}


def stamp(draft: Draft, section: Section, facts: AgreementFacts) -> str:
    """Return what a page of a section carries: the number of its last save and the digest of what it shows."""
    row = section_of(draft, section)
    return f"{row.stamp if row else 0}.{draft_sections.digest(values(draft, section, facts))}"


def saved_values(session: Session, draft_id: int, section: Section, number: int) -> Mapping[str, Any] | None:
    """Return the values of a section after its save of this number, None when there was none."""
    return session.scalar(
        select(DraftSave.values).where(
            DraftSave.draft_id == draft_id, DraftSave.section == section, DraftSave.stamp == number
        )
    )


def saves_since(session: Session, draft_id: int, section: Section, number: int) -> Sequence[DraftSave]:
    """Return the saves of a section after save `number`, in their order."""
    query = select(DraftSave).where(
        DraftSave.draft_id == draft_id, DraftSave.section == section, DraftSave.stamp > number
    )
    return session.scalars(query.options(defer(DraftSave.values)).order_by(DraftSave.stamp)).all()


@dataclass(frozen=True, kw_only=True, slots=True)
class Writer:
    """Somebody else who saved a section a moment ago."""

    name: str
    at: datetime


def writer(row: DraftSection | None, *, account_id: int | None, now: datetime) -> Writer | None:
    """Return who writes a section now, leaving out the reader."""
    if row is None or row.saved_by is None or row.saved_by_id == account_id or now - row.saved_at > NOW_WRITING:
        return None
    return Writer(name=row.saved_by.name, at=row.saved_at)


def last_saved_at(draft: Draft) -> datetime | None:
    """Return when any section was saved last."""
    return max((row.saved_at for row in draft.sections), default=None)


def last_made_at(session: Session, agreement_id: int) -> datetime | None:
    """Return when the newest Word file was made."""
    return session.scalar(select(func.max(Rendition.made_at)).where(Rendition.agreement_id == agreement_id))


def duty_count(session: Session, agreement_id: int) -> int:
    """Return how many open duties are recorded."""
    query = select(func.count(Obligation.id)).where(
        Obligation.agreement_id == agreement_id, Obligation.is_closed.is_(False)
    )
    return session.scalar(query) or 0


def duties(session: Session, agreement_id: int) -> tuple[tuple[int, Obligation], ...]:
    """Return the open duties of an agreement with the number that addresses name them by."""
    rows = session.scalars(select(Obligation).where(Obligation.agreement_id == agreement_id).order_by(Obligation.id))
    return tuple((number, row) for number, row in enumerate(rows, start=1) if not row.is_closed)


def waivers(session: Session, draft_id: int) -> dict[tuple[str, str], ReviewWaiver]:
    """Return the findings that were let stand, by rule and place, with who said why."""
    rows = session.scalars(
        select(ReviewWaiver).where(ReviewWaiver.draft_id == draft_id).options(joinedload(ReviewWaiver.waived_by))
    )
    return {(row.rule, row.place): row for row in rows}


def wordings(session: Session, tree: ClauseTree) -> dict[str, ClauseVersion]:
    """Return the wording of the library that each article came from, by the key of the article."""
    wanted = {(one.clause, one.version): one.key for one in tree if one.clause}
    rows = session.scalars(
        select(ClauseVersion)
        .join(ClauseVersion.clause)
        .where(Clause.code.in_({code for code, _number in wanted}))
        .options(joinedload(ClauseVersion.clause))
    )
    return {wanted[row.clause.code, row.number]: row for row in rows if (row.clause.code, row.number) in wanted}
