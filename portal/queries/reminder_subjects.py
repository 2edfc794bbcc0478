"""What can be reminded of and who hears, as selects that planner, checks before sending and pages share.

Only selects are made here; nothing is read. All of them need a session that works for the office.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
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
    union_all,
)
from sqlalchemy.orm import aliased

from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.obligation import DutyRole, OccurrenceStage
from portal.domain.policy import Role
from portal.domain.reminder import Audience, SubjectKind
from portal.domain.report import ReportStage
from portal.models import (
    Account,
    AccountRole,
    Agreement,
    AgreementParty,
    AgreementRelation,
    ObligationParty,
    Occurrence,
    Organisation,
    RenewalDecision,
    Report,
)
from portal.models.base import UtcDateTime

REPORTERS = (Role.PARTNER_WRITER, Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER)
ANSWERABLE = (Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER)

Day = date | ColumnElement[date]
"""A date, or the place of one in a statement that is kept."""

AUDIENCES = tuple(Audience)
"""In this order: who hears in two roles hears in the first of them."""


def live(kind: SubjectKind) -> Select[Any]:
    """Return a select of everything of a kind that is still to be reminded of.

    Columns: subject_id, target_on, agreement_id, obligation_id, organisation_id, officer_id, unit_id, remind_from.
    Agreements must be in force by people's decision: suspended, terminated and unsigned ones are silent.
    """
    if kind is SubjectKind.NOTICE:
        return _renewals(Agreement.notice_on)
    if kind is SubjectKind.RENEWAL_START:
        return _renewals(Agreement.renewal_starts_on)
    return {
        SubjectKind.OCCURRENCE: _occurrences,
        SubjectKind.TERM_END: _term_ends,
        SubjectKind.REPORT_FIX: _report_fixes,
    }[kind]()


def _columns(**own: Any) -> list[ColumnElement[Any]]:
    defaults: dict[str, Any] = {
        "obligation_id": literal(None, Integer()),
        "organisation_id": literal(None, Integer()),
        "remind_from": literal(None, UtcDateTime()),
    }
    shared = {
        "agreement_id": Agreement.id,
        "officer_id": Agreement.officer_id,
        "unit_id": Agreement.unit_id,
    }
    return [value.label(name) for name, value in {**defaults, **shared, **own}.items()]


def _occurrences() -> Select[Any]:
    """Open ones; a returned one only while its report has no date of its own."""
    has_own_date = exists(
        select(Report.id).where(
            Report.occurrence_id == Occurrence.id,
            Report.stage == ReportStage.RETURNED,
            Report.fix_due_on.is_not(None),
        )
    )
    columns = _columns(
        subject_id=Occurrence.id,
        target_on=Occurrence.due_on,
        obligation_id=Occurrence.obligation_id,
        remind_from=Occurrence.remind_from,
    )
    return (
        select(*columns)
        .select_from(Occurrence)
        .join(Agreement, Agreement.id == Occurrence.agreement_id)
        .where(
            Agreement.stage == Stage.ACTIVE,
            or_(
                Occurrence.stage == OccurrenceStage.OPEN,
                and_(Occurrence.stage == OccurrenceStage.RETURNED, ~has_own_date),
            ),
        )
    )


def _term_ends() -> Select[Any]:
    """Ends that are known, unless an agreement in force renews or extends this one; a termination has no end."""
    return _of_running(Agreement.ends_on).where(~_is_followed())


def _renewals(day: Any) -> Select[Any]:
    """Days that matter before the end, until somebody has decided what follows it."""
    is_decided = exists(
        select(RenewalDecision.id).where(
            RenewalDecision.agreement_id == Agreement.id, RenewalDecision.withdrawn_at.is_(None)
        )
    )
    return _of_running(day).where(~_is_followed(), ~is_decided)


def _of_running(day: Any) -> Select[Any]:
    return select(*_columns(subject_id=Agreement.id, target_on=day)).where(
        Agreement.stage == Stage.ACTIVE, Agreement.kind != AgreementKind.TERMINATION, day.is_not(None)
    )


def _is_followed() -> ColumnElement[bool]:
    follower = aliased(Agreement)
    return exists(
        select(AgreementRelation.id)
        .join(follower, follower.id == AgreementRelation.agreement_id)
        .where(
            AgreementRelation.other_id == Agreement.id,
            AgreementRelation.relation.in_((Relation.RENEWS, Relation.EXTENDS)),
            follower.stage == Stage.ACTIVE,
        )
    )


def _report_fixes() -> Select[Any]:
    columns = _columns(subject_id=Report.id, target_on=Report.fix_due_on, organisation_id=Report.organisation_id)
    return (
        select(*columns)
        .select_from(Report)
        .join(Agreement, Agreement.id == Report.agreement_id)
        .where(
            Agreement.stage == Stage.ACTIVE,
            Report.stage == ReportStage.RETURNED,
            Report.fix_due_on.is_not(None),
        )
    )


def _reachable() -> ColumnElement[bool]:
    """Whether an account can be written to."""
    return and_(Account.is_active.is_(True), Account.mail_refused_at.is_(None))


def _holds(roles: tuple[Role, ...], today: Day) -> ColumnElement[bool]:
    return and_(
        AccountRole.account_id == Account.id,
        AccountRole.role.in_(roles),
        AccountRole.starts_on <= today,
        or_(AccountRole.ends_on.is_(None), AccountRole.ends_on >= today),
    )


def _found(subject: Subquery, audience: Audience) -> Select[Any]:
    return select(
        subject.c.subject_id,
        subject.c.target_on,
        subject.c.agreement_id,
        Account.id.label("account_id"),
        literal(AUDIENCES.index(audience), Integer()).label("place"),
    ).select_from(subject)


def _officers(subject: Subquery, audience: Audience) -> Select[Any]:
    return _found(subject, audience).join(Account, and_(Account.id == subject.c.officer_id, _reachable()))


def _bosses(subject: Subquery, audience: Audience, role: Role, today: Day) -> Select[Any]:
    """Who holds the role in the agreement's unit or, failing that, anybody who holds it."""
    other = aliased(AccountRole)
    person = aliased(Account)
    in_unit = exists(
        select(other.id)
        .join(person, person.id == other.account_id)
        .where(
            other.organisation_id == subject.c.unit_id,
            other.role == role,
            other.starts_on <= today,
            or_(other.ends_on.is_(None), other.ends_on >= today),
            person.is_active.is_(True),
            person.mail_refused_at.is_(None),
        )
    )
    return (
        _found(subject, audience)
        .join(AccountRole, or_(AccountRole.organisation_id == subject.c.unit_id, ~in_unit))
        .join(Account, and_(_holds((role,), today), _reachable()))
    )


def _debtors_of_occurrences(subject: Subquery, today: Day) -> list[Select[Any]]:
    """People of the partners that owe; when the office owes, the officer. Who has reported already is left out."""
    has_answered = exists(
        select(Report.id).where(
            Report.occurrence_id == subject.c.subject_id,
            Report.organisation_id == ObligationParty.organisation_id,
            Report.stage.in_((ReportStage.SUBMITTED, ReportStage.ACCEPTED)),
        )
    )
    owes = and_(
        ObligationParty.obligation_id == subject.c.obligation_id,
        ObligationParty.duty_role == DutyRole.DEBTOR,
    )
    partners = (
        _found(subject, Audience.DEBTOR)
        .join(ObligationParty, owes)
        .join(
            Organisation,
            and_(Organisation.id == ObligationParty.organisation_id, Organisation.is_ours.is_(False)),
        )
        .join(AccountRole, AccountRole.organisation_id == Organisation.id)
        .join(Account, and_(_holds(REPORTERS, today), _reachable()))
        .where(~has_answered)
    )
    ours = (
        _found(subject, Audience.DEBTOR)
        .join(ObligationParty, owes)
        .join(
            Organisation,
            and_(Organisation.id == ObligationParty.organisation_id, Organisation.is_ours.is_(True)),
        )
        .join(Account, and_(Account.id == subject.c.officer_id, _reachable()))
    )
    return [partners, ours]


def _debtors(kind: SubjectKind, subject: Subquery, today: Day) -> list[Select[Any]]:
    if kind is SubjectKind.OCCURRENCE:
        return _debtors_of_occurrences(subject, today)
    if kind is SubjectKind.REPORT_FIX:
        return [
            _found(subject, Audience.DEBTOR)
            .join(AccountRole, AccountRole.organisation_id == subject.c.organisation_id)
            .join(Account, and_(_holds(REPORTERS, today), _reachable()))
        ]
    return []


def _partners(subject: Subquery, today: Day) -> Select[Any]:
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


def recipients(kind: SubjectKind, subject: Subquery, audiences: frozenset[Audience], today: Day) -> Subquery | None:
    """Return (subject_id, target_on, agreement_id, account_id, place) for some subjects, each person once.

    `place` is the index in AUDIENCES of the role in which a person hears. None: nobody is in these audiences.
    """
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
    if not branches:
        return None
    rows = union_all(*branches).subquery("rows")
    keys = (rows.c.subject_id, rows.c.target_on, rows.c.agreement_id, rows.c.account_id)
    return select(*keys, func.min(rows.c.place).label("place")).group_by(*keys).subquery("who")


def targets_between(kind: SubjectKind, first_on: Day, last_on: Day) -> Select[Any]:
    """Return the live subjects of a kind whose target date lies in an interval, both ends inside."""
    inner = live(kind)
    target = {
        SubjectKind.OCCURRENCE: Occurrence.due_on,
        SubjectKind.TERM_END: Agreement.ends_on,
        SubjectKind.REPORT_FIX: Report.fix_due_on,
        SubjectKind.NOTICE: Agreement.notice_on,
        SubjectKind.RENEWAL_START: Agreement.renewal_starts_on,
    }[kind]
    return inner.where(target.between(first_on, last_on))
