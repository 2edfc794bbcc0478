"""Reads of files that are on their way to a report."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Report, ReportUpload


def open_of(session: Session, report: Report) -> Sequence[ReportUpload]:
    """Return the files of a report that are not here whole yet, the oldest first."""
    mine = (ReportUpload.report_id == report.id, ReportUpload.organisation_id == report.organisation_id)
    return session.scalars(
        select(ReportUpload).where(*mine, ReportUpload.finished_at.is_(None)).order_by(ReportUpload.id)
    ).all()


def get(session: Session, report: Report, key: str) -> ReportUpload | None:
    """Return a file on its way to this report by its key, finished or not; None when there is none."""
    return session.scalar(select(ReportUpload).where(ReportUpload.report_id == report.id, ReportUpload.key == key))
