"""Parts of a report that partner and office both read: its name, its stage, answers, files and rounds as words."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from portal.domain.policy import Verdict
from portal.domain.report import ReportStage
from portal.domain.report_answers import Answers
from portal.domain.report_form import DEFAULT, FieldKind, Form
from portal.domain.wording import rupiah
from portal.queries.reports import KEY_LETTERS
from portal.web import downloads
from portal.web.filters import datetime_zone, file_size, label, number, period

if TYPE_CHECKING:
    from portal.domain.report_answers import SentFile
    from portal.domain.report_form import Field
    from portal.models import Report, ReportFile, ReportRound

Row = dict[str, Any]

TONES = {
    ReportStage.DRAFT: "",
    ReportStage.SUBMITTED: "info",
    ReportStage.RETURNED: "bad",
    ReportStage.ACCEPTED: "good",
}


def name_of(report: "Report") -> str:
    """Return what is reported, with its period where it has one."""
    occurrence = report.occurrence
    named = period(occurrence.period_key)
    return f"{occurrence.obligation.title}, {named}" if named else occurrence.obligation.title


def chip(report: "Report") -> Row:
    """Return the word for the stage of a report; a return names its round."""
    if report.stage is ReportStage.RETURNED:
        return {"text": _("Dikembalikan (putaran %(n)s)", n=report.round), "tone": "bad"}
    return {"text": label(report.stage), "tone": TONES[report.stage]}


def reason(verdict: Verdict) -> str:
    """Return why something is not open to this person; "" when it is."""
    return str(_(verdict.reason)) if verdict.reason else ""


def words(text: str | None) -> str:
    """Return the words of a form in the reader's language where they are ours, else as the office typed them."""
    return str(_(text)) if text else ""


def answer_rows(answers: Answers, form: Form = DEFAULT, *, change: "Callable[[Field], str] | None" = None) -> list[Row]:
    """Return the answers as they are read, in the order of the form; `change` says where each can be changed."""
    return [
        {
            "name": field.name,
            "label": words(field.label),
            "value": answer_words(field, answers),
            "href": change(field) if change else None,
        }
        for field in form.fields
        if field.kind is not FieldKind.FILES
    ]


def answer_words(field: "Field", answers: Answers) -> str | Markup | None:
    """Return one answer as it is read, with the note that explains it; None when there is none."""
    value = answers.value(field.name)
    shown = value_words(field, value) if value is not None else _lines(answers.raw.get(field.name))
    note = answers.notes.get(field.name)
    if shown is None or not note:
        return shown
    return Markup("<br>").join([shown, _("Catatan: %(note)s", note=note)])


def value_words(field: "Field", value: str | int) -> str | Markup | None:
    """Return a valid answer as it is read: money in rupiah, a number with its unit, a text with its lines."""
    if isinstance(value, str):
        return _lines(value)
    if field.kind is FieldKind.MONEY:
        return rupiah(value)
    return f"{number(value)} {words(field.unit)}".strip()


def _lines(text: str | None) -> Markup | None:
    """Return a text with its line ends kept; what was typed is never taken as markup."""
    return Markup("<br>").join(text.splitlines()) if text else None


def rounds(report: "Report", names: Mapping[int, str], *, address: Callable[[int], str] | None = None) -> list[Row]:
    """Return the rounds of a report as events, the newest first; `address` is where a round is read."""
    events: list[Row] = []
    for round_ in reversed(report.rounds):
        if round_.outcome is not None and round_.decided_at is not None:
            events.append(_decision(round_, names))
        by = sender(round_, names)
        text = _("Putaran %(n)s dikirim oleh %(name)s", n=round_.number, name=by) if by else None
        events.append(
            {
                "text": text or _("Putaran %(n)s dikirim", n=round_.number),
                "when": datetime_zone(round_.submitted_at),
                "tone": "info",
                "icon": "send",
                "href": address(round_.number) if address else None,
            }
        )
    return events


def sender(round_: "ReportRound", names: Mapping[int, str]) -> str | None:
    """Return who sent a round: a partner's person, or the office in that person's name; None when not known."""
    by = names.get(round_.submitted_by_id or 0)
    if round_.on_behalf_of is None:
        return by
    return str(_("%(name)s, atas nama %(other)s", name=by or _("petugas"), other=round_.on_behalf_of))


def _decision(round_: "ReportRound", names: Mapping[int, str]) -> Row:
    accepted = round_.outcome is ReportStage.ACCEPTED
    by = names.get(round_.decided_by_id or 0) or _("petugas")
    sentence = _("Diterima oleh %(name)s", name=by) if accepted else _("Dikembalikan oleh %(name)s", name=by)
    return {
        "text": sentence,
        "note": round_.reason,
        "when": datetime_zone(round_.decided_at) if round_.decided_at else "",
        "tone": "good" if accepted else "bad",
        "icon": "circle-check" if accepted else "circle-alert",
    }


def files(code: str, kept: Iterable["ReportFile | SentFile"], *, endpoint: str) -> list[Row]:
    """Return the files of a report as a list of documents."""
    return [
        {
            "name": file.name,
            "kind": file.name.rpartition(".")[2].upper(),
            "note": downloads.told(file_size(file.size), file.digest),
            "size": downloads.told(file_size(file.size), file.digest),
            "key": file.digest[:KEY_LETTERS],
            "href": url_for(endpoint, code=code, key=file.digest[:KEY_LETTERS]),
        }
        for file in kept
    ]
