"""Reads of requests about personal data, of freezes, and of those who decide."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.domain.errors import NotFound
from portal.domain.personal import ERASED_DOMAIN, LAST_CALL, RequestStage
from portal.domain.policy import RULES, Action
from portal.models import Account, AccountFreeze, AccountRole, DataRequest, Organisation

MOST = 200


def list_all(session: Session, *, stage: RequestStage | None = None) -> Sequence[DataRequest]:
    """Return requests with their organisations, those that wait first, the most urgent before the others."""
    found = select(DataRequest).options(joinedload(DataRequest.organisation), joinedload(DataRequest.account))
    if stage is not None:
        found = found.where(DataRequest.stage == stage)
    waits = DataRequest.stage != RequestStage.OPEN
    return session.scalars(found.order_by(waits, DataRequest.due_at, DataRequest.id).limit(MOST)).all()


def get(session: Session, request_id: int) -> DataRequest:
    """Return one request; raise NotFound for an absent one."""
    found = session.get(DataRequest, request_id)
    if found is None:
        raise NotFound
    return found


def of_account(session: Session, account_id: int) -> Sequence[DataRequest]:
    """Return one's own requests, the newest first."""
    own = select(DataRequest).where(DataRequest.account_id == account_id)
    return session.scalars(own.order_by(DataRequest.id.desc())).all()


def count_late(session: Session, *, now: datetime) -> tuple[int, int]:
    """Return how many requests wait, and how many of these are late."""
    late = func.count().filter(DataRequest.due_at < now)
    row = session.execute(select(func.count(), late).where(DataRequest.stage == RequestStage.OPEN)).one()
    return row[0], row[1]


def untold(session: Session, *, now: datetime) -> Sequence[DataRequest]:
    """Return open requests of which those who decide are to hear now: new ones, and those whose time is nearly over."""
    near = (DataRequest.reminded_at.is_(None), DataRequest.due_at <= now + LAST_CALL)
    due = or_(DataRequest.told_at.is_(None), near[0] & near[1])
    return session.scalars(select(DataRequest).where(DataRequest.stage == RequestStage.OPEN, due)).all()


def deciders(session: Session, *, today: date) -> Sequence[Account]:
    """Return the people of the office who may decide such requests today."""
    holding = select(AccountRole.account_id).where(
        AccountRole.role.in_(RULES[Action.DECIDE_DATA_REQUEST].roles),
        AccountRole.starts_on <= today,
        or_(AccountRole.ends_on.is_(None), AccountRole.ends_on >= today),
    )
    return session.scalars(
        select(Account).where(Account.is_active.is_(True), Account.id.in_(holding)).order_by(Account.id)
    ).all()


def get_account(session: Session, account_id: int) -> Account:
    """Return an account; raise NotFound for an absent one."""
    found = session.get(Account, account_id)
    if found is None:
        raise NotFound
    return found


def account_of(session: Session, email: str) -> Account | None:
    """Return the account with a mail address, or None."""
    return session.scalar(select(Account).where(Account.email == email.strip().lower()))


def organisation_id(session: Session, code: str) -> int | None:
    """Return the key of the organisation with a code, or None."""
    return session.scalar(select(Organisation.id).where(func.upper(Organisation.code) == code.strip().upper()))


def is_at_rest(session: Session, account: Account) -> bool:
    """Return whether an account is frozen, or its owner was erased: nobody takes it into use by the way."""
    return account.email.endswith("@" + ERASED_DOMAIN) or freeze_of(session, account.id) is not None


def freeze_of(session: Session, account_id: int) -> AccountFreeze | None:
    """Return the freeze under which an account is now, or None."""
    own = (AccountFreeze.account_id == account_id, AccountFreeze.lifted_at.is_(None))
    return session.scalar(select(AccountFreeze).where(*own).order_by(AccountFreeze.id.desc()).limit(1))
