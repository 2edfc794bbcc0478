"""Tasks that agreements themselves give: a renewal to decide, a stage to move on, an officer to name."""

from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from portal.domain import renewal
from portal.domain.agreement import Relation, Stage, Standing
from portal.domain.dates import office_date
from portal.models import Agreement, AgreementRelation, StageChange
from portal.queries.renewals import is_decided
from portal.queries.standing import agreement_is
from portal.queries.task import MOST, Asker, Task, TaskKind, partners_of, task_of


def undecided() -> ColumnElement[bool]:
    """Return the condition that nobody decided what follows an agreement, and no other one extends or renews it."""
    follower = aliased(Agreement)
    is_followed = exists(
        select(AgreementRelation.id)
        .join(follower, follower.id == AgreementRelation.agreement_id)
        .where(
            AgreementRelation.other_id == Agreement.id,
            AgreementRelation.relation.in_((Relation.EXTENDS, Relation.RENEWS)),
            follower.stage != Stage.CANCELLED,
        )
    )
    return ~is_followed & ~is_decided()


def with_notice(
    session: Session, today: date, *where: ColumnElement[bool], limit: int | None = MOST
) -> list[tuple[Agreement, date | None]]:
    """Return running agreements that nobody decided on, and by when that must be done now, None while it need not."""
    running = frozenset({Standing.ENDING_SOON, Standing.IN_FORCE})
    rows = session.scalars(
        select(Agreement)
        .where(agreement_is(running, today), Agreement.notice_count.is_not(None), undecided(), *where)
        .order_by(Agreement.ends_on)
        .limit(limit)
    )
    return [(agreement, _decide_by(agreement, today)) for agreement in rows]


def _decide_by(agreement: Agreement, today: date) -> date | None:
    by = renewal.notice_on(agreement.ends_on, agreement.notice_count, agreement.notice_unit)
    starts_on = agreement.renewal_starts_on
    is_due = by is not None and renewal.must_decide(today, ends_on=agreement.ends_on, by=by, starts_on=starts_on)
    return by if is_due else None


def renewals(asker: Asker) -> list[Task]:
    """Agreements whose renewal must be decided: the notice that the contract asks for is near."""
    rows = with_notice(asker.session, asker.today, asker.own, asker.readable)
    found = [(agreement, by) for agreement, by in rows if by is not None]
    partners = partners_of(asker.session, [agreement.id for agreement, _ in found])
    return [task_of(asker, TaskKind.DECIDE_RENEWAL, row, on=by, partners=partners.get(row.id, ())) for row, by in found]


def moving(asker: Asker, stages: tuple[Stage, ...]) -> list[Task]:
    """Agreements in the stages that a role works on, with the day they came there."""
    entered = (
        select(func.max(StageChange.entered_on))
        .where(StageChange.agreement_id == Agreement.id, StageChange.stage == Agreement.stage)
        .scalar_subquery()
    )
    rows = asker.session.execute(
        select(Agreement, entered)
        .where(Agreement.stage.in_(stages), asker.readable)
        .order_by(entered, Agreement.id)
        .limit(MOST)
    ).all()
    partners = partners_of(asker.session, [agreement.id for agreement, _ in rows])
    return [
        task_of(
            asker,
            TaskKind.MOVE_STAGE,
            row,
            on=since or office_date(row.created_at),
            partners=partners.get(row.id, ()),
            stage=row.stage,
        )
        for row, since in rows
    ]


def without_officer(asker: Asker) -> list[Task]:
    """Agreements in force that nobody looks after."""
    rows = (
        select(Agreement)
        .where(Agreement.stage == Stage.ACTIVE, Agreement.officer_id.is_(None), asker.readable)
        .order_by(Agreement.created_at, Agreement.id)
        .limit(MOST)
    )
    agreements = asker.session.scalars(rows).all()
    partners = partners_of(asker.session, [row.id for row in agreements])
    return [
        task_of(
            asker,
            TaskKind.NAME_OFFICER,
            row,
            on=office_date(row.created_at),
            partners=partners.get(row.id, ()),
            stage=row.stage,
        )
        for row in agreements
    ]
