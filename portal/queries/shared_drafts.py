"""Reads of shared drafts: a party's own, those of an agreement, what waits for whom."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.domain.agreement import UNSIGNED
from portal.domain.errors import NotFound
from portal.domain.shared_draft import ReplyVerdict, SharingStage
from portal.models import Agreement, DraftReply, SharedDraft

MOST = 100
MOST_NUMBERS = 100_000
"""Beyond this no number is looked for."""
SEEN = (SharingStage.SHARED, SharingStage.SENT, SharingStage.RETURNED)
"""Stages in which a partner sees a shared draft; one that was taken back is gone."""


def _whole() -> Select[SharedDraft]:
    return select(SharedDraft).options(
        joinedload(SharedDraft.organisation),
        joinedload(SharedDraft.shared_by),
        joinedload(SharedDraft.sent_by),
        joinedload(SharedDraft.agreement),
        selectinload(SharedDraft.replies),
    )


def open_of_partner(session: Session, *, organisation_id: int) -> Sequence[SharedDraft]:
    """Return the drafts that wait for a party's answer, the most urgent first."""
    return session.scalars(
        _whole()
        .join(Agreement, Agreement.id == SharedDraft.agreement_id)
        .where(
            SharedDraft.organisation_id == organisation_id,
            SharedDraft.stage == SharingStage.SHARED,
            Agreement.stage.in_(UNSIGNED),
        )
        .order_by(SharedDraft.due_on, SharedDraft.id)
        .limit(MOST)
    ).all()


def of_partner(session: Session, agreement: Agreement, *, organisation_id: int) -> Sequence[SharedDraft]:
    """Return the drafts of an agreement that a party was shown, the newest first."""
    return session.scalars(
        _whole()
        .where(
            SharedDraft.agreement_id == agreement.id,
            SharedDraft.organisation_id == organisation_id,
            SharedDraft.stage.in_(SEEN),
        )
        .order_by(SharedDraft.number.desc())
        .limit(MOST)
    ).all()


def get_of_partner(
    session: Session, agreement: Agreement, number: int, *, organisation_id: int, for_change: bool = False
) -> SharedDraft:
    """Return one draft that a party was shown; raise NotFound.

    `for_change` holds the row until the transaction ends, so that an answer is never sent twice.
    """
    if number > MOST_NUMBERS:
        raise NotFound
    query = _whole().where(
        SharedDraft.agreement_id == agreement.id,
        SharedDraft.organisation_id == organisation_id,
        SharedDraft.number == number,
        SharedDraft.stage.in_(SEEN),
    )
    found = session.scalar(query.with_for_update(of=SharedDraft) if for_change else query)
    if found is None:
        raise NotFound
    return found


def of_agreement(session: Session, agreement_id: int) -> Sequence[SharedDraft]:
    """Return every sharing of the drafts of an agreement, the newest first."""
    query = _whole().where(SharedDraft.agreement_id == agreement_id).order_by(SharedDraft.id.desc()).limit(MOST)
    return session.scalars(query).all()


def get(session: Session, agreement: Agreement, sharing_id: int) -> SharedDraft:
    """Return one sharing of an agreement; raise NotFound."""
    if sharing_id > 2**31 - 1:
        raise NotFound
    found = session.scalar(_whole().where(SharedDraft.agreement_id == agreement.id, SharedDraft.id == sharing_id))
    if found is None:
        raise NotFound
    return found


def unfinished(session: Session, agreement_id: int) -> dict[int, SharedDraft]:
    """Return the sharings that are with a partner or wait for the office's decisions, by organisation."""
    stages = (SharingStage.SHARED, SharingStage.SENT)
    query = select(SharedDraft).where(SharedDraft.agreement_id == agreement_id, SharedDraft.stage.in_(stages))
    return {row.organisation_id: row for row in session.scalars(query)}


def last_number(session: Session, agreement_id: int, organisation_id: int) -> int:
    """Return the number of the newest sharing with a party, 0 before the first."""
    mine = (SharedDraft.agreement_id == agreement_id, SharedDraft.organisation_id == organisation_id)
    return session.scalar(select(func.max(SharedDraft.number)).where(*mine)) or 0


def previous(session: Session, row: SharedDraft) -> SharedDraft | None:
    """Return what the same party was shown before, None for the first; one that was taken back does not count."""
    return session.scalar(
        _whole()
        .where(
            SharedDraft.agreement_id == row.agreement_id,
            SharedDraft.organisation_id == row.organisation_id,
            SharedDraft.number < row.number,
            SharedDraft.stage == SharingStage.RETURNED,
        )
        .order_by(SharedDraft.number.desc())
        .limit(1)
    )


def counts(replies: Iterable[DraftReply]) -> dict[str, int]:
    """Return how many Pasal have each verdict, by its code."""
    given = [reply.verdict for reply in replies]
    return {each.value: given.count(each) for each in ReplyVerdict}
