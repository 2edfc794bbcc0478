"""Agreements and their parents: which child outlives its parent, and which MoU nobody carries out.

Conditions for lists and numbers, and the same for the page of one agreement, so that they cannot differ.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.domain.agreement import PKS_WITHIN_MONTHS, AgreementKind, Relation, Stage
from portal.domain.dates import add_months
from portal.domain.duty import LIVING
from portal.domain.obligation import RelativeAnchor
from portal.models import Agreement, AgreementRelation, Obligation

UPWARD = (Relation.PARENT, Relation.IMPLEMENTS)
"""Relations of a child to its parent."""

Pairs = frozenset[tuple[int, int]]
"""Ids of child and parent."""


def outlives_parent(today: date) -> ColumnElement[bool]:
    """Return the condition that an agreement in force goes on after the end of its parent (design: domain §2.5).

    A parent that was extended or renewed in time by another agreement in force is no trouble.
    """
    relation, parent = aliased(AgreementRelation), aliased(Agreement)
    return exists(
        select(relation.id)
        .join(parent, parent.id == relation.other_id)
        .where(relation.agreement_id == Agreement.id, _outlives(Agreement, relation, parent, today))
    )


def _outlives(child: Any, relation: Any, parent: Any, today: date) -> ColumnElement[bool]:
    link, follower = aliased(AgreementRelation), aliased(Agreement)
    is_carried_on = exists(
        select(link.id)
        .join(follower, follower.id == link.agreement_id)
        .where(
            link.other_id == parent.id,
            link.relation.in_((Relation.EXTENDS, Relation.RENEWS)),
            follower.stage == Stage.ACTIVE,
            or_(follower.ends_on.is_(None), follower.ends_on >= child.ends_on),
        )
        .correlate(child, parent)
    )
    return and_(
        relation.relation.in_(UPWARD),
        _lives(child, today),
        or_(child.ends_on.is_(None), child.ends_on > parent.ends_on),
        parent.ends_on.is_not(None),
        ~is_carried_on,
    )


def _lives(agreement: Any, today: date) -> ColumnElement[bool]:
    """Return the condition that people let it run and its end has not passed."""
    return and_(agreement.stage == Stage.ACTIVE, or_(agreement.ends_on.is_(None), agreement.ends_on >= today))


def lacks_pks(today: date) -> ColumnElement[bool]:
    """Return the condition that an MoU has been in force for months without a PKS in force that carries it out."""
    relation, child = aliased(AgreementRelation), aliased(Agreement)
    is_carried_out = exists(
        select(relation.id)
        .join(child, child.id == relation.agreement_id)
        .where(
            relation.other_id == Agreement.id,
            relation.relation.in_(UPWARD),
            child.kind == AgreementKind.PKS,
            _lives(child, today),
        )
    )
    return and_(
        Agreement.kind == AgreementKind.MOU,
        _lives(Agreement, today),
        func.coalesce(Agreement.starts_on, Agreement.signed_on) <= add_months(today, -PKS_WITHIN_MONTHS),
        ~is_carried_out,
    )


def outlived(session: Session, agreement_id: int, *, today: date) -> Pairs:
    """Return the pairs around one agreement, as child or as parent, in which the child outlives the parent."""
    relation, child, parent = aliased(AgreementRelation), aliased(Agreement), aliased(Agreement)
    rows = session.execute(
        select(child.id, parent.id)
        .select_from(relation)
        .join(child, child.id == relation.agreement_id)
        .join(parent, parent.id == relation.other_id)
        .where(
            or_(relation.agreement_id == agreement_id, relation.other_id == agreement_id),
            _outlives(child, relation, parent, today),
        )
    )
    return frozenset((row[0], row[1]) for row in rows)


def is_without_pks(session: Session, agreement_id: int, *, today: date) -> bool:
    """Return whether this agreement is an MoU that nobody carries out."""
    return session.scalar(select(Agreement.id).where(Agreement.id == agreement_id, lacks_pks(today))) is not None


def list_counted_from_signing(session: Session, agreement: Agreement) -> Sequence[Agreement]:
    """Return the running agreements whose parent this is and that have dates counted from its signing."""
    relation, earlier = aliased(AgreementRelation), aliased(AgreementRelation)
    is_second = exists(
        select(earlier.id).where(
            earlier.agreement_id == relation.agreement_id,
            earlier.relation == Relation.PARENT,
            earlier.id < relation.id,
        )
    )
    counts = exists(
        select(Obligation.id).where(
            Obligation.agreement_id == Agreement.id, Obligation.relative_anchor == RelativeAnchor.PARENT_SIGNING
        )
    )
    return session.scalars(
        select(Agreement)
        .join(relation, relation.agreement_id == Agreement.id)
        .where(relation.other_id == agreement.id, relation.relation == Relation.PARENT, ~is_second, counts)
        .where(Agreement.stage.in_(LIVING))
        .order_by(Agreement.id)
    ).all()
