"""What the pages of one report show: sections with their words, answers to check, rounds, the receipt. No query."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain import report_answers
from portal.domain.dates import days_between
from portal.domain.report import MAX_FILES, ReportStage
from portal.domain.report_answers import NOT_A_NUMBER, Answers, Section, Sent
from portal.domain.report_turn import REVIEW_WORKING_DAYS
from portal.services import reports
from portal.web import report_parts
from portal.web.filters import date_long, date_weekday, datetime_zone, days_left, label

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
        "reason": report.return_reason if report.stage is ReportStage.RETURNED else None,
    }


def wrong(answers: Answers) -> Mapping[str, str]:
    """Return the sentences at the numbers that are not valid yet, by field."""
    return {name: str(_(NOT_A_NUMBER[name])) for name in answers.raw}


def gaps(report: "Report") -> list[Row]:
    """Return what still keeps a report from being sent, each as a link to its field."""
    answers = reports.answers_of(report)
    edit = url_for("partner.reports.edit", code=report.code)
    found = [{"href": f"{edit}#{name}", "text": _(NOT_A_NUMBER[name])} for name in answers.raw]
    if not answers.narrative:
        text = _("Tulis kegiatan yang dilaksanakan sebelum mengirim laporan.")
        found.insert(0, {"href": f"{edit}#narrative", "text": text})
    return found


def receipt(report: "Report", names: Mapping[int, str]) -> Row:
    """Return the receipt of the round that was sent last."""
    last = report.rounds[-1]
    sent = Sent.load(last.answers)
    obligation = report.occurrence.obligation
    return {
        "number": report.receipt_number,
        "when": datetime_zone(last.submitted_at),
        "answers": report_parts.answer_rows(sent.answers),
        "files": sent.files,
        "rows": [
            {"label": _("Laporan"), "value": report_parts.name_of(report)},
            {"label": _("Lembaga"), "value": report.organisation.name},
            {"label": _("Perjanjian"), "value": obligation.agreement.title, "note": obligation.agreement.code},
            {"label": _("Batas waktu"), "value": date_long(report.occurrence.due_on)},
            {"label": _("Putaran"), "value": str(last.number)},
            {"label": _("Dikirim oleh"), "value": names.get(last.submitted_by_id or 0)},
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


def sections(answers: Answers, files: int) -> Mapping[str, Row]:
    """Return the word for each section: how far it is filled in."""
    done = report_answers.filled(answers, files=files)
    begun = {Section.BENEFICIARIES: "beneficiaries", Section.FINANCE: "amount_rupiah"}
    words = {}
    for place, section in enumerate(Section, 1):
        word = _("Lengkap") if section in done else _("Belum diisi")
        if begun.get(section) in answers.raw:
            word = _("Sedang diisi")
        words[section.value] = {"title": f"{place}. {label(section)}", "word": word, "done": section in done}
    return words


def others_answers(answers: Answers, typed: Mapping[str, str] | None) -> Mapping[str, str]:
    """Return what another person saved meanwhile, for every field that differs from what was typed here."""
    if typed is None:
        return {}
    mine = report_answers.read(typed).typed()
    return {name: text for name, text in answers.typed().items() if text != mine[name]}
