"""Reads for handing a person's work over: what somebody is responsible for now, who can take it, past hand-overs.

Every column that names an account is on one of three lists, or a test fails: HELD is given away, OWN ends with the
account or follows by itself, PAST says who once did something and stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal import models as m
from portal.domain.agreement import Stage
from portal.domain.bulk import BulkStage
from portal.domain.errors import NotFound
from portal.domain.handover import TAKERS, Holding
from portal.domain.obligation import OccurrenceStage
from portal.domain.report import ReportStage

HELD: Mapping[Holding, tuple[Any, str]] = {
    Holding.AGREEMENT: (m.Agreement, "officer_id"),
    Holding.CLAUSE: (m.Clause, "owner_id"),
    Holding.BULK_RUN: (m.BulkRun, "made_by_id"),
    Holding.DEPUTY: (m.Absence, "deputy_id"),
}
"""Columns that name who is responsible now."""

OWN = frozenset(
    {
        "absence.account_id",
        "account_freeze.account_id",
        "account_role.account_id",
        "authenticator.account_id",
        "calendar_feed.account_id",
        "message.account_id",
        "password_reset.account_id",
        "recovery_code.account_id",
        "reminder.account_id",
        "second_step.account_id",
        "sign_in_session.account_id",
        "trusted_device.account_id",
    }
)
"""What belongs to the person: it ends with the account, and reminders are planned for whoever takes over."""

PAST = frozenset(
    {
        "data_request.account_id",
        "entry.actor_id",
        "handover.account_id",
        "incident_letter.account_id",
        "invitation.account_id",
    }
)
"""Who once did or was something. Columns that end in `by_id` say so by their name, unless they are HELD."""

MOVING = (
    Stage.EXPLORATION,
    Stage.PROPOSED,
    Stage.REVIEW,
    Stage.DRAFTING,
    Stage.NEGOTIATION,
    Stage.INITIALLING,
    Stage.SIGNING,
)
UNFINISHED = (BulkStage.CHECKED, BulkStage.QUEUED, BulkStage.RUNNING)


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """One thing that is held, as lists name it; `title` None where the reader may not read it."""

    id: int
    code: str
    title: str | None


def _now(kind: Holding, today: date) -> ColumnElement[bool]:
    """Return the condition that a row of a kind still concerns anybody."""
    if kind is Holding.CLAUSE:
        return m.Clause.retired_at.is_(None)
    if kind is Holding.BULK_RUN:
        return m.BulkRun.stage.in_(UNFINISHED)
    if kind is Holding.DEPUTY:
        return and_(m.Absence.cancelled_at.is_(None), m.Absence.ends_on >= today)
    return m.Agreement.id.is_not(None)


def held(session: Session, account_id: int, *, today: date) -> dict[Holding, tuple[int, ...]]:
    """Return the ids of everything for which a person is responsible today; kinds without any are left out."""
    found = {}
    for kind, (table, column) in HELD.items():
        mine = select(table.id).where(getattr(table, column) == account_id, _now(kind, today))
        if ids := tuple(session.scalars(mine.order_by(table.id))):
            found[kind] = ids
    return found


def numbers(session: Session, agreement_ids: Sequence[int]) -> dict[str, int]:
    """Return how much open work goes with agreements: dated duties, reports under review, questions, drafts."""
    if not agreement_ids:
        return {"duties": 0, "reports": 0, "questions": 0, "drafts": 0}
    counted: dict[str, tuple[Any, ColumnElement[bool]]] = {
        "duties": (m.Occurrence, m.Occurrence.stage == OccurrenceStage.OPEN),
        "reports": (m.Report, m.Report.stage == ReportStage.SUBMITTED),
        "questions": (m.AgreementQuestion, m.AgreementQuestion.answered_at.is_(None)),
        "drafts": (m.Draft, m.Draft.agreement_id.in_(select(m.Agreement.id).where(m.Agreement.stage.in_(MOVING)))),
    }
    return {
        name: session.scalar(select(func.count(table.id)).where(table.agreement_id.in_(agreement_ids), open_)) or 0
        for name, (table, open_) in counted.items()
    }


def things(session: Session, kind: Holding, ids: Sequence[int], *, readable: bool) -> tuple[Thing, ...]:
    """Return the things of a kind by their code; titles of restricted agreements only where `readable`."""
    if kind is Holding.AGREEMENT:
        rows = session.scalars(select(m.Agreement).where(m.Agreement.id.in_(ids)).order_by(m.Agreement.code)).all()
        return tuple(
            Thing(id=row.id, code=row.code, title=row.title if readable or not row.is_confidential else None)
            for row in rows
        )
    if kind is Holding.CLAUSE:
        clauses = session.scalars(select(m.Clause).where(m.Clause.id.in_(ids)).order_by(m.Clause.code)).all()
        return tuple(Thing(id=row.id, code=row.code, title="") for row in clauses)
    if kind is Holding.BULK_RUN:
        runs = session.scalars(select(m.BulkRun).where(m.BulkRun.id.in_(ids)).order_by(m.BulkRun.code)).all()
        return tuple(Thing(id=row.id, code=row.code, title=row.name) for row in runs)
    away = (
        select(m.Absence.id, m.Account.name, m.Absence.starts_on, m.Absence.ends_on)
        .join(m.Account, m.Account.id == m.Absence.account_id)
        .where(m.Absence.id.in_(ids))
        .order_by(m.Absence.starts_on, m.Absence.id)
    )
    return tuple(
        Thing(id=row.id, code=row.name, title=f"{row.starts_on.isoformat()}/{row.ends_on.isoformat()}")
        for row in session.execute(away)
    )


def takers(session: Session, kind: Holding, *, but: int, today: date) -> tuple[m.Account, ...]:
    """Return who can take things of a kind: people of the office in use who hold one of its roles, by name."""
    able = select(m.AccountRole.account_id).where(
        m.AccountRole.role.in_(TAKERS[kind]),
        m.AccountRole.starts_on <= today,
        or_(m.AccountRole.ends_on.is_(None), m.AccountRole.ends_on >= today),
    )
    found = select(m.Account).where(m.Account.is_active.is_(True), m.Account.id != but, m.Account.id.in_(able))
    return tuple(session.scalars(found.order_by(m.Account.name, m.Account.id)))


def get(session: Session, number: int) -> m.Handover:
    """Return one hand-over with its people; raise NotFound."""
    wanted = select(m.Handover).where(m.Handover.id == number)
    people = (joinedload(m.Handover.account).joinedload(m.Account.organisation), joinedload(m.Handover.made_by))
    found = session.scalar(wanted.options(*people))
    if found is None:
        raise NotFound
    return found


def list_of(session: Session, account_id: int) -> Sequence[m.Handover]:
    """Return the hand-overs of one person, the latest first."""
    mine = select(m.Handover).where(m.Handover.account_id == account_id)
    return session.scalars(mine.order_by(m.Handover.id.desc())).all()


def list_latest(session: Session, *, limit: int) -> Sequence[m.Handover]:
    """Return the latest hand-overs of anybody, with who gave."""
    wanted = select(m.Handover).options(joinedload(m.Handover.account)).order_by(m.Handover.id.desc())
    return session.scalars(wanted.limit(limit)).all()


def names(session: Session, ids: Sequence[int]) -> dict[int, m.Account]:
    """Return people by id."""
    rows = session.scalars(select(m.Account).where(m.Account.id.in_(ids)).options(joinedload(m.Account.organisation)))
    return {row.id: row for row in rows}
