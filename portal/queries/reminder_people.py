"""Who hears of a reminder: the people in each audience of a subject, and who stands in for those who are away.

Only selects are made here; nothing is read. All of them need a session that works for the office.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from portal.domain.obligation import DutyRole
from portal.domain.policy import Role
from portal.domain.reminder import Audience, SubjectKind
from portal.domain.report import ReportStage
from portal.models import Absence, Account, AccountRole, AgreementParty, ObligationParty, Organisation, Report
from portal.queries.kept import one_of

REPORTERS = (Role.PARTNER_WRITER, Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER)
ANSWERABLE = (Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER)

Day = date | ColumnElement[date]
"""A date, or the place of one in a statement that is kept."""

AUDIENCES = tuple(Audience)
"""In this order: who hears in two roles hears in the first of them."""


def _reachable() -> ColumnElement[bool]:
    """Whether an account can be written to."""
    return and_(Account.is_active.is_(True), Account.mail_refused_at.is_(None))


def _holds(roles: tuple[Role, ...], today: Day) -> ColumnElement[bool]:
    return and_(
        AccountRole.account_id == Account.id,
        one_of(AccountRole.role, roles),
        AccountRole.starts_on <= today,
        or_(AccountRole.ends_on.is_(None), AccountRole.ends_on >= today),
    )


CARRIED = ("reminder_id", "wanted_id", "step", "reason")
"""Columns that a subject may have besides: the reminder that is asked about and its reader; a step and its reason."""
OF_ONE_PARTNER = (SubjectKind.REPORT_FIX, SubjectKind.PAPER)
"""Kinds whose subject belongs to one organisation: its people are the debtors."""
HEARD = "heard"
"""Column that a subject may have: a bit for each of AUDIENCES that is told of it. Without it all are."""


def _carried(rows: FromClause) -> list[Any]:
    return [rows.c[name] for name in CARRIED if name in rows.c]


def _found(subject: FromClause, audience: Audience, account_id: Any = Account.id) -> Select[Any]:
    place = AUDIENCES.index(audience)
    found = select(
        subject.c.subject_id,
        subject.c.target_on,
        subject.c.agreement_id,
        account_id.label("account_id"),
        literal(place, Integer()).label("place"),
        *_carried(subject),
    ).select_from(subject)
    return found.where(subject.c[HEARD].bitwise_and(1 << place) != 0) if HEARD in subject.c else found


def _officers(subject: FromClause, audience: Audience) -> Select[Any]:
    return _found(subject, audience).join(Account, and_(Account.id == subject.c.officer_id, _reachable()))


def _bosses(subject: FromClause, audience: Audience, role: Role, today: Day) -> Select[Any]:
    """Who holds the role in the agreement's unit or, failing that, anybody who holds it."""
    unit, other, person = aliased(Organisation), aliased(AccountRole), aliased(Account)
    in_unit = exists(
        select(other.id)
        .join(person, person.id == other.account_id)
        .where(
            other.organisation_id == unit.id,
            other.role == role,
            other.starts_on <= today,
            or_(other.ends_on.is_(None), other.ends_on >= today),
            person.is_active.is_(True),
            person.mail_refused_at.is_(None),
        )
    )
    holders = select(AccountRole.organisation_id, AccountRole.account_id).join(
        Account, and_(_holds((role,), today), _reachable())
    )
    anybody = holders.subquery("holder")
    # The list of bosses is short and made once for each statement; 0 stands for an agreement without a unit.
    of_unit = (
        select(unit.id.label("unit_id"), anybody.c.account_id)
        .join(anybody, or_(anybody.c.organisation_id == unit.id, ~in_unit))
        .where(unit.is_ours.is_(True))
    )
    of_none = select(literal(0, Integer()), anybody.c.account_id)
    boss = union(of_unit, of_none).subquery(f"boss_{role.value}")
    return _found(subject, audience, boss.c.account_id).join(
        boss, boss.c.unit_id == func.coalesce(subject.c.unit_id, literal(0, Integer()))
    )


def _reporters(today: Day) -> Subquery:
    """Return (organisation_id, account_id) of everybody at a partner who may report: a list made once a statement."""
    return (
        select(AccountRole.organisation_id, AccountRole.account_id)
        .join(Organisation, and_(Organisation.id == AccountRole.organisation_id, Organisation.is_ours.is_(False)))
        .join(Account, and_(_holds(REPORTERS, today), _reachable()))
        .distinct()
        .subquery("reporter")
    )


def _our_duties() -> Select[Any]:
    """Return (obligation_id) of what the ministry owes, found from its few organisations on; some come twice."""
    owed = select(ObligationParty.obligation_id).join(Organisation, Organisation.id == ObligationParty.organisation_id)
    return owed.where(Organisation.is_ours.is_(True), ObligationParty.duty_role == DutyRole.DEBTOR)


def _debtors_of_occurrences(subject: FromClause, today: Day) -> list[Select[Any]]:
    """People of the partners that owe; when the office owes, the officer. Who has reported already is left out."""
    has_answered = exists(
        select(Report.id).where(
            Report.occurrence_id == subject.c.subject_id,
            Report.organisation_id == ObligationParty.organisation_id,
            one_of(Report.stage, (ReportStage.SUBMITTED, ReportStage.ACCEPTED)),
        )
    )
    owes = and_(
        ObligationParty.obligation_id == subject.c.obligation_id,
        ObligationParty.duty_role == DutyRole.DEBTOR,
    )
    people = _reporters(today)
    partners = (
        _found(subject, Audience.DEBTOR, people.c.account_id)
        .join(ObligationParty, owes)
        .join(people, people.c.organisation_id == ObligationParty.organisation_id)
        .where(~has_answered)
    )
    ours = (
        _found(subject, Audience.DEBTOR)
        .join(Account, and_(Account.id == subject.c.officer_id, _reachable()))
        .where(subject.c.obligation_id.in_(_our_duties()))
    )
    return [partners, ours]


def _debtors(kind: SubjectKind, subject: FromClause, today: Day) -> list[Select[Any]]:
    if kind is SubjectKind.OCCURRENCE:
        return _debtors_of_occurrences(subject, today)
    if kind in OF_ONE_PARTNER:
        return [
            _found(subject, Audience.DEBTOR)
            .join(AccountRole, AccountRole.organisation_id == subject.c.organisation_id)
            .join(Account, and_(_holds(REPORTERS, today), _reachable()))
        ]
    return []


def _partners(subject: FromClause, today: Day) -> Select[Any]:
    """Those who answer for each partner that has not withdrawn."""
    seat = and_(AgreementParty.agreement_id == subject.c.agreement_id, AgreementParty.withdrawn_on.is_(null()))
    return (
        _found(subject, Audience.PARTNER)
        .join(AgreementParty, seat)
        .join(
            Organisation,
            and_(Organisation.id == AgreementParty.organisation_id, Organisation.is_ours.is_(False)),
        )
        .join(AccountRole, AccountRole.organisation_id == Organisation.id)
        .join(Account, and_(_holds(ANSWERABLE, today), _reachable()))
    )


def _counts(absence: Any, today: Day) -> ColumnElement[bool]:
    """Whether an absence counts on a day."""
    return and_(absence.cancelled_at.is_(None), absence.starts_on <= today, absence.ends_on >= today)


def stand_ins(today: Day) -> Subquery:
    """Return (account_id, stand_in_id) of everybody who is away: who hears instead; nobody's stand-in is themselves.

    First the deputy, unless away, too; then a head of the person's own unit; then a director. No second deputy is
    asked. When nobody is found the person hears after all.
    """
    away = select(Absence.account_id).where(_counts(Absence, today))
    absence, absent = aliased(Absence), aliased(Account)

    def first(*roles_of: ColumnElement[bool], role: Role) -> Any:
        return (
            select(func.min(Account.id))
            .join(AccountRole, _holds((role,), today))
            .where(_reachable(), Account.id != absent.id, Account.id.not_in(away), *roles_of)
            .correlate(absent)
            .scalar_subquery()
        )

    deputy = (
        select(Account.id)
        .where(Account.id == absence.deputy_id, _reachable(), Account.id.not_in(away))
        .correlate(absence)
        .scalar_subquery()
    )
    in_unit = AccountRole.organisation_id == absent.organisation_id
    return (
        select(
            absence.account_id,
            func.coalesce(
                deputy,
                first(in_unit, role=Role.HEAD),
                first(in_unit, role=Role.DIRECTOR),
                first(role=Role.DIRECTOR),
            ).label("stand_in_id"),
        )
        .join(absent, absent.id == absence.account_id)
        .where(_counts(absence, today))
        .subquery("stand_in")
    )


def _branches(kind: SubjectKind, subject: FromClause, audiences: frozenset[Audience], today: Day) -> list[Select[Any]]:
    """Return a select of people for each audience, in the order of AUDIENCES."""
    branches: list[Select[Any]] = []
    if Audience.DEBTOR in audiences:
        branches += _debtors(kind, subject, today)
    if Audience.OFFICER in audiences:
        branches.append(_officers(subject, Audience.OFFICER))
    if Audience.HEAD in audiences:
        branches.append(_bosses(subject, Audience.HEAD, Role.HEAD, today))
    if Audience.DIRECTOR in audiences:
        branches.append(_bosses(subject, Audience.DIRECTOR, Role.DIRECTOR, today))
    if Audience.PARTNER in audiences:
        branches.append(_partners(subject, today))
    return branches


def hearers(
    kind: SubjectKind,
    subject: FromClause,
    audiences: frozenset[Audience],
    today: Day,
    *,
    with_stand_ins: bool = True,
    is_nested: bool = True,
) -> Subquery | None:
    """Return (subject_id, target_on, agreement_id, account_id, place) for some subjects, once for each role.

    `place` is the index in AUDIENCES of the role in which a person hears. Who is away is replaced by who stands in.
    The columns CARRIED of a subject are carried along. None: nobody is in these audiences. While nobody is away,
    `with_stand_ins` may be false, which makes the statement much shorter. A subject that is a CTE is written inside:
    the driver of SQLite counts rows only of a statement that begins with INSERT; `is_nested` false leaves it outside.
    """
    branches = _branches(kind, subject, audiences, today)
    if not branches:
        return None
    found: Select[Any] | CompoundSelect[Any] = union_all(*branches)
    if with_stand_ins:
        rows, stand = found.subquery("rows"), stand_ins(today)
        hears = func.coalesce(stand.c.stand_in_id, rows.c.account_id).label("account_id")
        found = select(
            rows.c.subject_id, rows.c.target_on, rows.c.agreement_id, hears, rows.c.place, *_carried(rows)
        ).outerjoin(stand, stand.c.account_id == rows.c.account_id)
    if is_nested and isinstance(subject, CTE):
        found = found.add_cte(subject, nest_here=True)
    return found.subquery("hearers")


def somebody_away(today: Day) -> Select[Any]:
    """Return the select of an absence that counts on a day, if there is any."""
    return select(Absence.id).where(_counts(Absence, today)).limit(1)


def recipients(kind: SubjectKind, subject: FromClause, audiences: frozenset[Audience], today: Day) -> Subquery | None:
    """Return (subject_id, target_on, agreement_id, account_id, place) and CARRIED for some subjects, each person once.

    `place` is the index in AUDIENCES of the first role in which a person hears. None: nobody is in these audiences.
    """
    heard = hearers(kind, subject, audiences, today)
    if heard is None:
        return None
    keys = (heard.c.subject_id, heard.c.target_on, heard.c.agreement_id, heard.c.account_id, *_carried(heard))
    return select(*keys, func.min(heard.c.place).label("place")).group_by(*keys).subquery("who")
