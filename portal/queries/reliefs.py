"""Reads of requests for relief: what waits for a decision, the history of one duty, a partner's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.domain.dates import office_date
from portal.domain.errors import NotFound
from portal.domain.obligation import DutyRole, OccurrenceStage
from portal.domain.policy import Action, Actor, Role, check
from portal.domain.relief import ReliefKind, ReliefStage
from portal.domain.reminder import ReminderStage, SubjectKind
from portal.models import (
    Account,
    AccountRole,
    Agreement,
    AgreementParty,
    Obligation,
    ObligationParty,
    Occurrence,
    Organisation,
    Relief,
    Reminder,
)
from portal.queries.obligations import number_of

MOST = 200
"""So many requests stand on the list; nobody lets more wait."""
MOST_IDS = 2**31 - 1
"""No key of a row is larger; PostgreSQL refuses to compare with more."""


def waiting_of(session: Session, occurrence_id: int) -> Relief | None:
    """Return the request for one date that waits for a decision, if there is one."""
    found = select(Relief).where(Relief.occurrence_id == occurrence_id, Relief.stage == ReliefStage.ASKED)
    return session.scalars(found.order_by(Relief.id)).first()


def is_waiting() -> ColumnElement[bool]:
    """Return the condition that somebody waits for a decision about an occurrence."""
    return exists(select(Relief.id).where(Relief.occurrence_id == Occurrence.id, Relief.stage == ReliefStage.ASKED))


def own_party(session: Session, agreement_id: int) -> int:
    """Return the id of the ministry's party of an agreement, the first party where the ministry is none."""
    rows = session.execute(
        select(AgreementParty.organisation_id, Organisation.is_ours)
        .join(AgreementParty.organisation)
        .where(AgreementParty.agreement_id == agreement_id)
        .order_by(AgreementParty.position)
    ).all()
    return int(next((row.organisation_id for row in rows if row.is_ours), rows[0].organisation_id))


def list_rested(session: Session, *, today: date) -> Sequence[Occurrence]:
    """Return the resting occurrences whose latest rest was granted up to a day that has come.

    What rests because its agreement was suspended waits for the agreement.
    """
    later = Relief.__table__.alias("later")
    is_latest = ~exists(
        select(later.c.id).where(
            later.c.occurrence_id == Relief.occurrence_id,
            later.c.kind == ReliefKind.HOLD,
            later.c.stage == ReliefStage.GRANTED,
            later.c.id > Relief.id,
        )
    )
    rows = session.execute(
        select(Occurrence, Relief)
        .join(Relief, Relief.occurrence_id == Occurrence.id)
        .where(
            Occurrence.stage == OccurrenceStage.HELD,
            Relief.kind == ReliefKind.HOLD,
            Relief.stage == ReliefStage.GRANTED,
            Relief.granted_on <= today,
            is_latest,
        )
        .order_by(Occurrence.id)
    )
    return tuple(row for row, rest in rows if rest.decided_at and office_date(rest.decided_at) == row.decided_on)


def _whole() -> Select[Relief, int, str, str]:
    """Select requests with the number of their duty and the names of who asks: party and person."""
    duty = joinedload(Relief.occurrence).joinedload(Occurrence.obligation)
    return (
        select(Relief, number_of(), Organisation.name, Account.name)
        .join(Occurrence, Occurrence.id == Relief.occurrence_id)
        .join(Obligation, Obligation.id == Occurrence.obligation_id)
        .join(Agreement, Agreement.id == Relief.agreement_id)
        .join(Organisation, Organisation.id == Relief.organisation_id)
        .outerjoin(Account, Account.id == Relief.asked_by_id)
        .options(duty.joinedload(Obligation.agreement).joinedload(Agreement.officer))
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One request with what pages say of it beside the row itself: number of the duty, who asks."""

    relief: Relief
    number: int
    organisation: str
    person: str | None


def _request(row: Any) -> Request:
    relief, number, organisation, person = row
    return Request(relief=relief, number=number, organisation=organisation, person=person)


def list_waiting(session: Session, *where: ColumnElement[bool]) -> tuple[Request, ...]:
    """Return the requests that wait for a decision, the longest waiting first; `where` narrows them to a reader."""
    rows = session.execute(
        _whole().where(Relief.stage == ReliefStage.ASKED, *where).order_by(Relief.asked_at, Relief.id).limit(MOST)
    )
    return tuple(_request(row) for row in rows)


def get_for_office(session: Session, relief_id: int, *, actor: Actor) -> Request:
    """Return one request; raise NotFound, or NotAllowed when its agreement is confidential."""
    row = session.execute(_whole().where(Relief.id == relief_id)).first() if relief_id <= MOST_IDS else None
    if row is None:
        raise NotFound
    found = _request(row)
    if found.relief.occurrence.obligation.agreement.is_confidential:
        check(actor, Action.SEE_CONFIDENTIAL)
    return found


def history_of(session: Session, obligation_id: int) -> tuple[Request, ...]:
    """Return all requests for the dates of one duty, the latest first."""
    rows = session.execute(_whole().where(Obligation.id == obligation_id).order_by(Relief.id.desc()).limit(MOST))
    return tuple(_request(row) for row in rows)


def names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of those who decided, by account."""
    wanted = {each for each in ids if each is not None}
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def date_of_partner(session: Session, occurrence_id: int, *, organisation_id: int) -> Occurrence:
    """Return a date that this partner owes, with its duty and agreement; raise NotFound for any other."""
    owes = exists(
        select(ObligationParty.id).where(
            ObligationParty.obligation_id == Occurrence.obligation_id,
            ObligationParty.duty_role == DutyRole.DEBTOR,
            ObligationParty.organisation_id == organisation_id,
        )
    )
    duty = joinedload(Occurrence.obligation).joinedload(Obligation.agreement)
    found = (
        session.scalar(
            select(Occurrence)
            .where(Occurrence.id == occurrence_id, owes)
            .options(joinedload(Occurrence.agreement), duty.joinedload(Agreement.officer))
        )
        if occurrence_id <= MOST_IDS
        else None
    )
    if found is None:
        raise NotFound
    return found


def own_of_date(session: Session, occurrence_id: int, *, organisation_id: int) -> tuple[Relief, ...]:
    """Return what one partner asked about one date, the latest first."""
    own = (Relief.occurrence_id == occurrence_id, Relief.organisation_id == organisation_id)
    return tuple(session.scalars(select(Relief).where(*own).order_by(Relief.id.desc())))


def people_to_tell(session: Session, relief: Relief, *, today: date) -> tuple[Account, ...]:
    """Return who hears of a decision: the person who asked, else those who answer for the party in whose name it was.

    Nobody is told of what they decided themselves.
    """
    asker = session.get(Account, relief.asked_by_id) if relief.asked_by_id else None
    if asker is not None and asker.organisation_id == relief.organisation_id:
        return (asker,) if asker.is_active and asker.id != relief.decided_by_id else ()
    answering = select(AccountRole.account_id).where(
        AccountRole.role.in_((Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER)),
        AccountRole.starts_on <= today,
        or_(AccountRole.ends_on.is_(None), AccountRole.ends_on >= today),
    )
    own = (Account.organisation_id == relief.organisation_id, Account.is_active.is_(True), Account.id.in_(answering))
    return tuple(session.scalars(select(Account).where(*own).order_by(Account.id)))


def planned_reminders(session: Session, occurrence_ids: Iterable[int]) -> int:
    """Return how many reminders of these dates are planned and not sent yet."""
    unsent = Reminder.stage.in_((ReminderStage.PLANNED, ReminderStage.HELD))
    mine = (Reminder.subject_kind == SubjectKind.OCCURRENCE, Reminder.subject_id.in_(tuple(occurrence_ids)))
    return session.scalar(select(func.count(Reminder.id)).where(*mine, unsent)) or 0
