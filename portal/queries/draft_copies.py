"""Which drafts can be taken as a pattern for another one: found by code, title or partner."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, true
from sqlalchemy.orm import Session, selectinload

from portal.models import Agreement, AgreementParty, Draft
from portal.queries.agreement_filter import AgreementFilter, conditions

MOST = 30
"""So many are offered at once; the others are found by their words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Copyable:
    """Another agreement whose draft can be taken over; `partners` are the names of its partners."""

    code: str
    title: str
    partners: str


def search(session: Session, agreement: Agreement, *, words: str = "", with_confidential: bool) -> tuple[Copyable, ...]:
    """Return agreements of the same kind that have a draft and every word, the newest first, at most `MOST`.

    Confidential ones only to who reads them.
    """
    asked = AgreementFilter(kinds=frozenset({agreement.kind}), words=words)
    rows = session.scalars(
        select(Agreement)
        .join(Draft, Draft.agreement_id == Agreement.id)
        .where(
            Agreement.id != agreement.id,
            true() if with_confidential else Agreement.is_confidential.is_(False),
            *conditions(asked, date.max),
        )
        .order_by(Draft.updated_at.desc(), Draft.id.desc())
        .limit(MOST)
        .options(selectinload(Agreement.parties).joinedload(AgreementParty.organisation))
    )
    return tuple(Copyable(code=row.code, title=row.title, partners=_partners(row)) for row in rows)


def _partners(row: Agreement) -> str:
    names = [party.name_printed for party in row.parties if not party.organisation.is_ours]
    return ", ".join(names)
