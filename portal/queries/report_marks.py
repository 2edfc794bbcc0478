"""What the office noted about rounds of a report: marks, answers of the checklist, ready phrases."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain import report_mark
from portal.domain.report import ReportStage
from portal.domain.report_answers import Sent
from portal.domain.report_check import Answer
from portal.models import Report, ReportCheck, ReportMark, ReportPhrase
from portal.queries.report_forms import form_of


def open_marks(session: Session, report: Report) -> Mapping[str, str]:
    """Return what is to be mended now, item → sentence, in the order of the form; {} unless the report went back."""
    if report.stage is not ReportStage.RETURNED:
        return {}
    return told_marks(session, report).get(report.round, {})


def told_marks(session: Session, report: Report) -> Mapping[int, Mapping[str, str]]:
    """Return what the partner was told to mend, by round and item: what both sides may read."""
    found: dict[int, dict[str, str]] = {}
    told = (ReportMark.report_id == report.id, ReportMark.told_at.is_not(None))
    for row in session.scalars(select(ReportMark).where(*told).order_by(ReportMark.id)):
        found.setdefault(row.number, {})[row.item] = row.sentence
    return {number: _in_order(report, number, marks) for number, marks in found.items()}


def noted_marks(session: Session, report: Report, number: int) -> Mapping[str, str]:
    """Return the marks of one round, told or not: for the office."""
    chosen = (ReportMark.report_id == report.id, ReportMark.number == number)
    rows = session.scalars(select(ReportMark).where(*chosen).order_by(ReportMark.id))
    return _in_order(report, number, {row.item: row.sentence for row in rows})


def _in_order(report: Report, number: int, marks: Mapping[str, str]) -> Mapping[str, str]:
    round_ = next((each for each in report.rounds if each.number == number), None)
    if round_ is None:
        return marks
    order = report_mark.items(Sent.load(round_.answers), form_of(report))
    return {item: marks[item] for item in (*order, *(each for each in marks if each not in order)) if item in marks}


def checks(session: Session, report: Report, number: int) -> Mapping[str, Answer]:
    """Return the answers of the checklist for one round, by question: for the office."""
    chosen = (ReportCheck.report_id == report.id, ReportCheck.number == number)
    rows = session.scalars(select(ReportCheck).where(*chosen))
    return {row.question: Answer(is_fine=row.is_fine, note=row.note or "") for row in rows}


def phrases(session: Session) -> Sequence[str]:
    """Return the ready sentences in the office's order."""
    return session.scalars(select(ReportPhrase.sentence).order_by(ReportPhrase.position, ReportPhrase.id)).all()
