"""Parts of a report that partner and office both read: its name, its stage, answers, files and rounds as words."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from portal.domain.policy import Verdict
from portal.domain.report import ReportStage
from portal.domain.report_answers import Answers, Section
from portal.domain.wording import rupiah
from portal.queries.reports import KEY_LETTERS
from portal.web.filters import datetime_zone, file_size, label, number, period

if TYPE_CHECKING:
    from portal.domain.report_answers import SentFile
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


def answer_rows(answers: Answers, *, change: str | None = None) -> list[Row]:
    """Return the answers as they are read; `change` is the page on which each can be changed."""
    shown = (
        (Section.ACTIVITY, "narrative", _lines(answers.narrative)),
        (Section.OBSTACLES, "obstacles", _lines(answers.obstacles)),
        (Section.BENEFICIARIES, "beneficiaries", _count(answers)),
        (Section.FINANCE, "amount_rupiah", _money(answers)),
    )
    return [
        {"label": label(section), "value": value, "href": f"{change}#{name}" if change else None}
        for section, name, value in shown
    ]


def _lines(text: str | None) -> Markup | None:
    """Return a text with its line ends kept; what was typed is never taken as markup."""
    return Markup("<br>").join(text.splitlines()) if text else None


def _count(answers: Answers) -> str | None:
    if answers.beneficiaries is None:
        return answers.raw.get("beneficiaries")
    return str(_("%(n)s orang", n=number(answers.beneficiaries)))


def _money(answers: Answers) -> str | None:
    if answers.amount_rupiah is None:
        return answers.raw.get("amount_rupiah")
    return rupiah(answers.amount_rupiah)


def rounds(report: "Report", names: Mapping[int, str]) -> list[Row]:
    """Return the rounds of a report as events, the newest first."""
    events: list[Row] = []
    for round_ in reversed(report.rounds):
        if round_.outcome is not None and round_.decided_at is not None:
            events.append(_decision(round_, names))
        by = names.get(round_.submitted_by_id or 0)
        text = _("Putaran %(n)s dikirim oleh %(name)s", n=round_.number, name=by) if by else None
        events.append(
            {
                "text": text or _("Putaran %(n)s dikirim", n=round_.number),
                "when": datetime_zone(round_.submitted_at),
                "tone": "info",
                "icon": "send",
            }
        )
    return events


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
            "note": file_size(file.size),
            "size": file_size(file.size),
            "key": file.digest[:KEY_LETTERS],
            "href": url_for(endpoint, code=code, key=file.digest[:KEY_LETTERS]),
        }
        for file in kept
    ]
