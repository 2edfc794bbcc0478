"""What can be reminded of, as selects that planner, checks before sending and pages share.

Who hears is in `reminder_people`. Only selects are made here; nothing is read. All of them need a session that works
for the office.
"""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Subquery, bindparam, exists, literal, or_, select
from sqlalchemy.orm import aliased

from portal.domain.agreement import AgreementKind, Relation, Stage
from portal.domain.obligation import UNFINISHED, OccurrenceStage
from portal.domain.reminder import SubjectKind
from portal.domain.report import ReportStage
from portal.models import Agreement, AgreementRelation, Occurrence, Report
from portal.models.base import UtcDateTime
from portal.queries import paper_validity
from portal.queries.kept import one_of
from portal.queries.renewals import is_decided

Day = date | ColumnElement[date]
"""A date, or the place of one in a statement that is kept."""


def live(kind: SubjectKind) -> Select[Any]:
    """Return a select of everything of a kind that is still to be reminded of.

    Columns: subject_id, target_on, agreement_id, obligation_id, organisation_id, officer_id, unit_id, remind_from,
    ladder_id (None: the default ladder of its kind).
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
        SubjectKind.PAPER: _papers,
    }[kind]()


def _columns(**own: Any) -> list[ColumnElement[Any]]:
    defaults: dict[str, Any] = {
        "obligation_id": literal(None, Integer()),
        "organisation_id": literal(None, Integer()),
        "remind_from": literal(None, UtcDateTime()),
        "ladder_id": literal(None, Integer()),
    }
    shared = {
        "agreement_id": Agreement.id,
        "officer_id": Agreement.officer_id,
        "unit_id": Agreement.unit_id,
    }
    return [value.label(name) for name, value in {**defaults, **shared, **own}.items()]


OWED = (Stage.ACTIVE, Stage.TERMINATED)
"""Stages whose open dates are reminded of: what an early end left open is owed still (design: domain §2.5)."""


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
        ladder_id=Occurrence.ladder_id,
    )
    return (
        select(*columns)
        .select_from(Occurrence)
        .join(Agreement, Agreement.id == Occurrence.agreement_id)
        .where(
            one_of(Agreement.stage, OWED),
            # Two values of the index's first column, so that one index serves both.
            one_of(Occurrence.stage, (OccurrenceStage.OPEN, OccurrenceStage.RETURNED)),
            or_(Occurrence.stage == OccurrenceStage.OPEN, ~has_own_date),
        )
    )


def _term_ends() -> Select[Any]:
    """Ends that are known, unless an agreement in force renews or extends this one; a termination has no end."""
    return _of_running(Agreement.ends_on).where(~_is_followed())


def _renewals(day: Any) -> Select[Any]:
    """Days that matter before the end, until somebody has decided what follows it."""
    return _of_running(day).where(~_is_followed(), ~is_decided())


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
            one_of(AgreementRelation.relation, (Relation.RENEWS, Relation.EXTENDS)),
            follower.stage == Stage.ACTIVE,
        )
    )


def _report_fixes() -> Select[Any]:
    """Reports that came back, while what they answer is still owed."""
    columns = _columns(subject_id=Report.id, target_on=Report.fix_due_on, organisation_id=Report.organisation_id)
    return (
        select(*columns)
        .select_from(Report)
        .join(Agreement, Agreement.id == Report.agreement_id)
        .join(Occurrence, Occurrence.id == Report.occurrence_id)
        .where(
            one_of(Agreement.stage, OWED),
            one_of(Occurrence.stage, sorted(UNFINISHED - {OccurrenceStage.HELD})),
            Report.stage == ReportStage.RETURNED,
            Report.fix_due_on.is_not(None),
        )
    )


def _papers() -> Select[Any]:
    """Papers of partners that have an agreement in force."""
    paper = _validities()
    columns = _columns(
        subject_id=paper.c.subject_id, target_on=paper.c.expires_on, organisation_id=paper.c.organisation_id
    )
    return select(*columns).where(Agreement.id == paper.c.agreement_id)


@cache
def _validities() -> Subquery:
    """Return the papers, always the same ones, so that their date can be named from outside."""
    return paper_validity.validities().subquery("paper")


class LadderChoice(StrEnum):
    """Which subjects of a kind a ladder serves."""

    ANY = "any"
    """All of them: their kind has one ladder."""
    DEFAULT = "default"
    """Those without a ladder of their own."""
    OWN = "own"
    """Those that were given the ladder whose id is the value `ladder_id`."""


def targets_between(
    kind: SubjectKind, first_on: Day, last_on: Day, ladder: LadderChoice = LadderChoice.ANY
) -> Select[Any]:
    """Return the live subjects of a kind whose target date lies in an interval, both ends inside."""
    inner = live(kind)
    target = {
        SubjectKind.OCCURRENCE: Occurrence.due_on,
        SubjectKind.TERM_END: Agreement.ends_on,
        SubjectKind.REPORT_FIX: Report.fix_due_on,
        SubjectKind.NOTICE: Agreement.notice_on,
        SubjectKind.RENEWAL_START: Agreement.renewal_starts_on,
        SubjectKind.PAPER: _validities().c.expires_on,
    }[kind]
    chosen = inner.where(target.between(first_on, last_on))
    if kind is not SubjectKind.OCCURRENCE or ladder is LadderChoice.ANY:
        return chosen
    if ladder is LadderChoice.DEFAULT:
        return chosen.where(Occurrence.ladder_id.is_(None))
    return chosen.where(Occurrence.ladder_id == bindparam("ladder_id", type_=Integer()))


def is_resting(
    kind: SubjectKind, subject_id: ColumnElement[int], agreement_id: ColumnElement[int]
) -> ColumnElement[bool]:
    """Return whether people let a subject rest: the occurrence is held, or its agreement suspended."""
    suspended = exists(select(Agreement.id).where(Agreement.id == agreement_id, Agreement.stage == Stage.SUSPENDED))
    held = select(Occurrence.id).where(Occurrence.stage == OccurrenceStage.HELD)
    if kind is SubjectKind.OCCURRENCE:
        return or_(exists(held.where(Occurrence.id == subject_id)), suspended)
    if kind is SubjectKind.REPORT_FIX:
        of_report = held.join(Report, Report.occurrence_id == Occurrence.id).where(Report.id == subject_id)
        return or_(exists(of_report), suspended)
    return suspended
