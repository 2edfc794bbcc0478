"""What the pages of one report show: its steps with their words, answers to check, rounds, the receipt."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from portal.domain import report_answers
from portal.domain.dates import days_between
from portal.domain.report import MAX_FILES, ReportStage
from portal.domain.report_answers import Answers, Sent
from portal.domain.report_form import Step
from portal.domain.report_turn import REVIEW_WORKING_DAYS
from portal.extensions import session
from portal.queries import report_forms, report_marks
from portal.queries import reports as report_queries
from portal.web import report_parts
from portal.web.filters import date_long, date_weekday, datetime_zone, days_left, label
from portal.web.languages import sentence
from portal.web.partner.report_walk import Walk, field_href, step_href

if TYPE_CHECKING:
    from portal.models import Report, ReportFile

Row = dict[str, Any]


def due(report: "Report", today: date) -> Row:
    """Return by when the partner must answer: the date for mending when there is one, else the date of the duty."""
    mending = report.fix_due_on if report.stage is ReportStage.RETURNED else None
    day = mending or report.occurrence.due_on
    left = days_between(today, day)
    return {"on": date_weekday(day), "left": days_left(left), "late": left < 0}


def head(report: "Report", today: date) -> Row:
    """Return the facts at the top of every page of a report."""
    obligation = report.occurrence.obligation
    return {
        "code": report.code,
        "occurrence_id": report.occurrence_id,
        "name": report_parts.name_of(report),
        "chips": [report_parts.chip(report)],
        "due": due(report, today),
        "agreement_title": obligation.agreement.title,
        "agreement_code": obligation.agreement.code,
        "article": obligation.article,
        "evidence": obligation.evidence,
        "is_sample": obligation.agreement.is_sample,
        "returned": report.stage is ReportStage.RETURNED,
        "reason": report.return_reason if report.stage is ReportStage.RETURNED else None,
    }


def walk(report: "Report") -> Walk:
    """Return the way through a report: all its steps, and what the officer marked when it came back."""
    marks = report_marks.open_marks(session(), report)
    return Walk(code=report.code, form=report_forms.form_of(report), marks=marks)


def gaps(report: "Report") -> list[Row]:
    """Return what still keeps a report from being sent, each as a link to its field."""
    form = report_forms.form_of(report)
    files = len(report_queries.kept_files(report))
    found = []
    for broken in report_answers.missing(report_forms.answers_of(report), files=files, form=form):
        asked = form.field(broken.field or "")
        if asked is not None:
            found.append({"href": field_href(report.code, asked), "text": sentence(broken)})
    return found


def receipt(report: "Report", names: Mapping[int, str]) -> Row:
    """Return the receipt of the round that was sent last."""
    last = report.rounds[-1]
    sent = Sent.load(last.answers)
    form = report_forms.form_of(report)
    obligation = report.occurrence.obligation
    return {
        "number": report.receipt_number,
        "when": datetime_zone(last.submitted_at),
        "answers": report_parts.answer_rows(sent.answers, form),
        "files": sent.files,
        "rows": [
            {"label": _("Laporan"), "value": report_parts.name_of(report)},
            {"label": _("Lembaga"), "value": report.organisation.name},
            {"label": _("Perjanjian"), "value": obligation.agreement.title, "note": obligation.agreement.code},
            {"label": _("Batas waktu"), "value": date_long(report.occurrence.due_on)},
            {"label": _("Putaran"), "value": str(last.number)},
            {"label": _("Dikirim oleh"), "value": report_parts.sender(last, names), "note": last.basis or ""},
            {"label": _("Berkas"), "value": _files_in_words(sent)},
        ],
    }


def next_step(report: "Report") -> str:
    """Return what happens now with a report that was sent."""
    if report.stage is ReportStage.ACCEPTED:
        return str(_("Laporan ini sudah kami terima. Terima kasih."))
    if report.stage is ReportStage.RETURNED and report.fix_due_on:
        return str(_("Laporan kami kembalikan. Kirim lagi paling lambat %(on)s.", on=date_weekday(report.fix_due_on)))
    return str(_("Kami periksa paling lama %(n)s hari kerja.", n=REVIEW_WORKING_DAYS))


def _files_in_words(sent: Sent) -> str:
    if not sent.files:
        return str(_("Tidak ada berkas."))
    return ", ".join(file.name for file in sent.files)


def is_full(kept: Collection["ReportFile"]) -> bool:
    """Return whether no more files can be attached."""
    return len(kept) >= MAX_FILES


def steps(report: "Report", way: Walk) -> Row:
    """Return the steps of a report with how far each is, and where to go on; marked ones apart from the others."""
    answers = report_forms.answers_of(report)
    done = report_answers.filled(answers, files=len(report_queries.kept_files(report)), form=way.form)
    along = way.along()
    undone = [step for step in along if step not in done] if not way.marked else list(along)
    return {
        "rows": [_step(way, step, done, answers) for step in along],
        "others": [_step(way, step, done, answers) for step in way.others],
        "next": step_href(way.code, undone[0]) if undone else way.check,
        "is_begun": bool(done or answers.raw),
        "is_whole": not undone,
        "check": way.check,
    }


def _step(way: Walk, step: Step, done: Collection[Step], answers: Answers) -> Row:
    asked = way.form.of_step(step)
    begun = any(each.name in answers.raw or answers.value(each.name) is not None for each in asked)
    word = _("Lengkap") if step in done else _("Sedang diisi") if begun else _("Belum diisi")
    if step in way.marked:
        word = _("Perlu diperbaiki")
    return {"title": label(step), "word": word, "href": step_href(way.code, step)}
