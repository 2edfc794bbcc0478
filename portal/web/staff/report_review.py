"""What an officer sees of one report: the round that was sent last, with what was noted about it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for
from flask_babel import gettext as _

from portal.domain import report_mark
from portal.domain.dates import days_between, is_late, office_date
from portal.domain.report import ReportStage
from portal.domain.report_answers import Answers, Sent
from portal.domain.report_form import Field
from portal.extensions import session
from portal.queries import report_marks, report_trends
from portal.queries import reports as report_queries
from portal.queries.report_forms import form_of
from portal.queries.report_trends import Past
from portal.web import downloads, report_parts, report_rounds
from portal.web.filters import date_long, date_weekday, datetime_zone, days_left, period
from portal.web.forms.report_review import MarkForm, key_of

if TYPE_CHECKING:
    from portal.models import Report

Row = dict[str, Any]


def head(report: "Report") -> Row:
    """Return what stands at the top of every page of a report."""
    agreement = report.occurrence.obligation.agreement
    return {
        "code": report.code,
        "name": report_parts.name_of(report),
        "chips": [report_parts.chip(report)],
        "organisation": report.organisation.name,
        "round": report.round,
        "agreement_code": agreement.code,
        "agreement_title": agreement.title,
        "is_sample": agreement.is_sample,
    }


def review(report: "Report", *, today: date, wrong: MarkForm | None = None) -> Row:
    """Return the whole page; `wrong` is a mark that was refused, with what was typed."""
    names = report_queries.names(session(), report)
    marks = report_marks.noted_marks(session(), report, report.round)
    waits = report.stage is ReportStage.SUBMITTED
    return {
        "head": _with_day(report, head(report), today) if waits else head(report),
        "waits": waits,
        "accepted": report.stage is ReportStage.ACCEPTED,
        "waiting": _waiting(report, today),
        "answers": _answers(report, marks, wrong),
        "files": _files(report, marks, wrong),
        "evidence": _item(report_mark.EVIDENCE, marks, wrong),
        "marked": len(marks),
        "facts": _facts(report),
        "receipt": _receipt(report, names),
        "story": report_rounds.story(report, today=today),
        "earlier": _earlier(report),
        "pairs": report_rounds.others(
            report, lambda pair: url_for("staff.report_rounds.compare", code=report.code, pair=pair)
        ),
        "returned": _returned(report),
        "mistakes": _mistakes(wrong),
    }


def _with_day(report: "Report", found: Row, today: date) -> Row:
    """Add which working day of the review it is."""
    said, too_long = report_rounds.review_day(report, today)
    return {**found, "chips": [*found["chips"], {"text": said, "tone": "bad" if too_long else ""}]}


def _answers(report: "Report", marks: Mapping[str, str], wrong: MarkForm | None) -> list[Row]:
    form, sent = form_of(report), Sent.load(report.rounds[-1].answers)
    past = report_trends.earlier(session(), report)
    found = []
    for row in report_parts.answer_rows(sent.answers, form):
        field = form.field(row["name"])
        before = _past(field, sent.answers, past) if field and field.is_number else []
        found.append({**row, **_item(row["name"], marks, wrong), "past": before})
    return found


def _past(field: Field, answers: Answers, past: Sequence[Past]) -> list[str]:
    """Return the number of the last period with how this one differs, then those before it."""
    known = [(each, number) for each in past if (number := each.answers.number(field.name)) is not None]
    said = [
        f"{period(each.period_key) or date_long(each.due_on)}: {report_parts.value_words(field, number)}"
        for each, number in known
    ]
    now = answers.number(field.name)
    if known and now is not None:
        said[0] = f"{said[0]} ({_trend(now, known[0][1])})"
    return said


def _trend(now: int, before: int) -> str:
    if now == before:
        return str(_("tetap"))
    if not before:
        return str(_("sebelumnya nol"))
    percent = round(abs(now - before) * 100 / before)
    return str(_("naik %(n)s%%", n=percent) if now > before else _("turun %(n)s%%", n=percent))


def _item(item: str, marks: Mapping[str, str], wrong: MarkForm | None) -> Row:
    """Return what the controls of a mark need: the item, what is noted, what was typed and refused."""
    refused = wrong if wrong is not None and wrong.item.data == item else None
    return {
        "item": item,
        "key": key_of(item),
        "mark": marks.get(item),
        "typed": refused.sentence.data if refused else marks.get(item, ""),
        "is_refused": refused is not None,
        "errors": list(refused.sentence.errors) if refused else [],
    }


def _mistakes(wrong: MarkForm | None) -> list[Row]:
    """Return what was refused in a mark, each with the way to its field."""
    if wrong is None:
        return []
    field = f"#sentence-{key_of(wrong.item.data or '')}"
    return [{"href": field, "text": text} for text in wrong.sentence.errors]


def _files(report: "Report", marks: Mapping[str, str], wrong: MarkForm | None) -> list[Row]:
    sent = Sent.load(report.rounds[-1].answers)
    rows = report_parts.files(report.code, sent.files, endpoint="staff.reports.file")
    shown = zip(rows, sent.files, strict=True)
    return [
        {
            **row,
            **_item(report_mark.of_file(file.digest), marks, wrong),
            "picture": url_for("staff.reports.picture", code=report.code, key=row["key"])
            if file.is_safe_picture and downloads.is_open(file.digest)
            else None,
        }
        for row, file in shown
    ]


def _facts(report: "Report") -> list[Row]:
    obligation = report.occurrence.obligation
    return [
        {"label": _("Mitra"), "value": report.organisation.name},
        {
            "label": _("Naskah"),
            "value": obligation.agreement.title,
            "href": _agreement_link(obligation.agreement.code),
            "note": obligation.agreement.code,
        },
        {"label": _("Dasar"), "value": obligation.article},
        {"label": _("Batas waktu"), "value": date_weekday(report.occurrence.due_on), "note": _lateness(report)},
    ]


def _receipt(report: "Report", names: Mapping[int, str]) -> list[Row]:
    last = report.rounds[-1]
    return [
        {"label": _("Nomor tanda terima"), "value": report.receipt_number},
        {"label": _("Dikirim"), "value": datetime_zone(last.submitted_at)},
        {"label": _("Oleh"), "value": report_parts.sender(last, names), "note": last.basis or ""},
        {"label": _("Putaran"), "value": str(last.number)},
    ]


def _agreement_link(code: str) -> str | None:
    endpoint = "staff.agreements.show"
    return url_for(endpoint, code=code) if endpoint in current_app.view_functions else None


def _waiting(report: "Report", today: date) -> str:
    sent_on = office_date(report.rounds[-1].submitted_at)
    days = days_between(sent_on, today)
    return str(_("Menunggu telaah sejak %(date)s (%(n)s hari).", date=date_long(sent_on), n=days))


def _lateness(report: "Report") -> str:
    """Return whether the first round came in time, by the end of the day where the debtor is, or by how much not."""
    due, first_at = report.occurrence, report.rounds[0].submitted_at
    if not is_late(first_at, due_on=due.due_on, due_at=due.due_at, zone=due.zone):
        return str(_("Dikirim tepat waktu"))
    days = days_between(office_date(first_at, due.zone), due.due_on)
    return days_left(days) if days else str(_("Terlambat beberapa jam"))


def _earlier(report: "Report") -> list[Row]:
    """Return the rounds before the last one, the latest first."""
    told = report_marks.told_marks(session(), report)
    found = []
    for round_ in reversed(report.rounds[:-1]):
        sent = Sent.load(round_.answers)
        found.append(
            {
                "title": _("Putaran %(n)s", n=round_.number),
                "when": datetime_zone(round_.submitted_at),
                "reason": round_.reason,
                "marks": report_rounds.mark_rows(report, round_.number, told.get(round_.number, {})),
                "answers": report_parts.answer_rows(sent.answers, form_of(report)),
                "files": report_parts.files(report.code, sent.files, endpoint="staff.reports.file"),
            }
        )
    return found


def _returned(report: "Report") -> Row | None:
    if report.stage is not ReportStage.RETURNED or report.fix_due_on is None:
        return None
    return {"reason": report.return_reason, "until": date_weekday(report.fix_due_on)}
