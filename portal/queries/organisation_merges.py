"""Reads for making two records of one partner into one: what would move, what bars it, merges that can be undone."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from portal.domain.organisation_merge import Sides
from portal.models import (
    Account,
    AccountFreeze,
    AccountRole,
    Acknowledgement,
    AgreementParty,
    AgreementQuestion,
    Authenticator,
    CardProposal,
    Contact,
    ContactEntry,
    Contribution,
    DataRequest,
    Invitation,
    ObligationParty,
    OfficeHolder,
    Organisation,
    OrganisationDocument,
    OrganisationMerge,
    Rating,
    RecoveryCode,
    Relief,
    Report,
    SharedDraft,
    WorkbookReceipt,
)

OWNED: tuple[tuple[Any, str], ...] = (
    (Account, "organisation_id"),
    (AccountRole, "organisation_id"),
    (AccountFreeze, "organisation_id"),
    (DataRequest, "organisation_id"),
    (Authenticator, "organisation_id"),
    (RecoveryCode, "organisation_id"),
    (Invitation, "organisation_id"),
    (Contact, "organisation_id"),
    (OfficeHolder, "organisation_id"),
    (OrganisationDocument, "organisation_id"),
    (CardProposal, "organisation_id"),
    (WorkbookReceipt, "organisation_id"),
    (Organisation, "parent_id"),
    (AgreementParty, "umbrella_id"),
)
"""What belongs to an organisation itself, by the column that says so. What hangs on a person follows by its key."""

OF_SEATS: tuple[tuple[Any, str], ...] = (
    (ObligationParty, "organisation_id"),
    (ContactEntry, "organisation_id"),
    (Contribution, "giver_id"),
    (Contribution, "receiver_id"),
    (Relief, "organisation_id"),
    (Report, "organisation_id"),
    (Rating, "organisation_id"),
    (AgreementQuestion, "organisation_id"),
    (Acknowledgement, "organisation_id"),
    (SharedDraft, "organisation_id"),
)
"""What belongs to its place in an agreement. What hangs on one of these rows follows it by its key."""

OF_PEOPLE = (
    AccountFreeze,
    AccountRole,
    Authenticator,
    RecoveryCode,
    DataRequest,
)
"""What belongs to an organisation because it belongs to one of its people."""


def sides(session: Session, kept: Organisation, gone: Organisation) -> Sides:
    """Return what could bar merging one partner into another."""
    other = aliased(AgreementParty)
    common = select(func.count(AgreementParty.id)).join(
        other, and_(other.agreement_id == AgreementParty.agreement_id, other.organisation_id == gone.id)
    )
    return Sides(
        same=kept.id == gone.id,
        is_ours=kept.is_ours or gone.is_ours,
        kinds_differ=kept.kind is not gone.kind,
        is_merged=kept.merged_into_id is not None or gone.merged_into_id is not None,
        is_above=_is_above(session, kept, gone) or _is_above(session, gone, kept),
        common_agreements=session.scalar(common.where(AgreementParty.organisation_id == kept.id)) or 0,
    )


def _is_above(session: Session, upper: Organisation, lower: Organisation) -> bool:
    """Return whether one organisation stands above another, as its parent or as the board of one of its agreements."""
    seen: set[int] = set()
    row = lower.parent
    while row is not None and row.id not in seen:
        if row is upper:
            return True
        seen.add(row.id)
        row = row.parent
    named = (AgreementParty.organisation_id == lower.id, AgreementParty.umbrella_id == upper.id)
    return session.scalar(select(AgreementParty.id).where(*named).limit(1)) is not None


def seats(session: Session, organisation_id: int) -> Sequence[AgreementParty]:
    """Return the places of an organisation in agreements."""
    wanted = select(AgreementParty).where(AgreementParty.organisation_id == organisation_id)
    return session.scalars(wanted.order_by(AgreementParty.id)).all()


def ids_of_people(session: Session, table: Any, account_ids: Sequence[int]) -> list[int]:
    """Return the rows of a table that belong to these people."""
    return list(session.scalars(select(table.id).where(table.account_id.in_(account_ids)).order_by(table.id)))


def ids(session: Session, table: Any, column: str, organisation_id: int) -> list[int]:
    """Return the rows of a table that belong to an organisation."""
    wanted = select(table.id).where(getattr(table, column) == organisation_id).order_by(table.id)
    return list(session.scalars(wanted))


def numbers(session: Session, organisation_id: int) -> Mapping[str, int]:
    """Return how much would move, by the name of the table, of what people know by name."""
    told: tuple[tuple[Any, str], ...] = (
        (AgreementParty, "organisation_id"),
        (Report, "organisation_id"),
        (Account, "organisation_id"),
        (OfficeHolder, "organisation_id"),
        (Contact, "organisation_id"),
        (OrganisationDocument, "organisation_id"),
        (CardProposal, "organisation_id"),
    )
    return {table.__tablename__: len(ids(session, table, column, organisation_id)) for table, column in told}


def newer(session: Session, merge: OrganisationMerge, agreement_ids: Sequence[int]) -> int:
    """Return how much the record that stays owns in the moved agreements beyond what was moved."""
    found = 0
    for table, column in OF_SEATS:
        moved = merge.moved.get(f"{table.__tablename__}.{column}", [])
        own = (getattr(table, column) == merge.kept_id, table.agreement_id.in_(agreement_ids), table.id.not_in(moved))
        found += session.scalar(select(func.count(table.id)).where(*own)) or 0
    return found


def get_last(session: Session, gone_id: int) -> OrganisationMerge | None:
    """Return the merge by which a record went, None when it stands by itself."""
    wanted = select(OrganisationMerge).where(
        OrganisationMerge.gone_id == gone_id, OrganisationMerge.undone_at.is_(None)
    )
    return session.scalars(wanted.order_by(OrganisationMerge.id.desc())).first()


def list_into(session: Session, kept_id: int) -> Sequence[OrganisationMerge]:
    """Return the merges into a record that were not undone, the latest first."""
    wanted = select(OrganisationMerge).where(
        OrganisationMerge.kept_id == kept_id, OrganisationMerge.undone_at.is_(None)
    )
    return session.scalars(wanted.order_by(OrganisationMerge.id.desc())).all()
