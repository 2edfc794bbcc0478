"""Reads of the forms of reports: the one that a report began with, the newest of each kind, the answers that stand."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.obligation import ObligationKind
from portal.domain.report_answers import Answers, Sent
from portal.domain.report_form import DEFAULT, Form
from portal.models import Account, Entry, Occurrence, Report, ReportForm, ReportRound


def form_of(report: Report) -> Form:
    """Return what a report asks: the version it began with, else what all asked before there were forms."""
    return value_of(report.form) if report.form is not None else DEFAULT


def value_of(row: ReportForm) -> Form:
    """Return a stored version as the domain knows it."""
    return Form.load(row.fields, title=row.title, intro=row.intro, prepare=row.prepare)


def answers_of(report: Report) -> Answers:
    """Return the answers that stand in a report now, typed text that is not valid yet included."""
    return Answers(
        narrative=report.narrative,
        obstacles=report.obstacles,
        beneficiaries=report.beneficiaries,
        amount_rupiah=report.amount_rupiah,
        numbers=report.numbers or {},
        notes=report.notes or {},
        raw=json.loads(report.raw) if report.raw else {},
    )


def before(session: Session, report: Report) -> Answers | None:
    """Return what was sent for the last period of the same duty by the same organisation, None for the first."""
    last = (
        select(ReportRound.answers)
        .join(Report, Report.id == ReportRound.report_id)
        .join(Occurrence, Occurrence.id == Report.occurrence_id)
        .where(
            Report.organisation_id == report.organisation_id,
            Occurrence.obligation_id == report.occurrence.obligation_id,
            Occurrence.due_on < report.occurrence.due_on,
        )
        .order_by(Occurrence.due_on.desc(), ReportRound.number.desc())
        .limit(1)
    )
    found = session.scalar(last)
    return Sent.load(found).answers if found is not None else None


def last_save(session: Session, report: Report, *, besides: int | None) -> tuple[str | None, datetime]:
    """Return which other person saved a report last (None when not known), and when."""
    found = session.execute(
        select(Account.name, Entry.at)
        .select_from(Entry)
        .outerjoin(Account, Account.id == Entry.actor_id)
        .where(Entry.subject_kind == "report", Entry.subject_id == report.id, Entry.action == "report_saved")
        .where(Entry.actor_id != besides)
        .order_by(Entry.id.desc())
        .limit(1)
    ).first()
    return (found.name, found.at) if found else (None, report.updated_at)


def newest(session: Session, kind: ObligationKind) -> ReportForm | None:
    """Return the version that new reports of a kind begin with, None when the kind has none."""
    return session.scalar(select(ReportForm).where(ReportForm.kind == kind).order_by(ReportForm.number.desc()).limit(1))


def newest_of_all(session: Session) -> Mapping[ObligationKind, ReportForm]:
    """Return the newest version of every kind that has one."""
    last = select(ReportForm.kind, func.max(ReportForm.number).label("number")).group_by(ReportForm.kind).subquery()
    rows = session.scalars(
        select(ReportForm).join(last, (last.c.kind == ReportForm.kind) & (last.c.number == ReportForm.number))
    )
    return {row.kind: row for row in rows}
