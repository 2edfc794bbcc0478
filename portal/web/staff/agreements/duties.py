"""The duties and reports of an agreement as its page shows them, and what of it all asks for action now."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.agreement import Standing, standing
from portal.domain.dates import days_between, office_date
from portal.domain.obligation import ObligationStanding
from portal.domain.renewal import RELATION_OF, is_planned, must_decide, notice_on
from portal.domain.report import ReportStage
from portal.queries.agreement_page import Duties, DutyRow, DutyView, ReportRow
from portal.queries.renewals import DecisionRow
from portal.web import guard
from portal.web.filters import date_long, date_short, days_left, label, period
from portal.web.staff.agreements import term
from portal.web.staff.agreements.pages import address

if TYPE_CHECKING:
    from portal.models import Agreement

Item = dict[str, Any]

MOST_ACTIONS = 3
ROUNDS_SHOWN = 5

_TONES = {
    ObligationStanding.SCHEDULED: "",
    ObligationStanding.DUE_SOON: "warn",
    ObligationStanding.DUE_TODAY: "warn",
    ObligationStanding.OVERDUE: "bad",
    ObligationStanding.AWAITING_REVIEW: "warn",
    ObligationStanding.RETURNED: "bad",
    ObligationStanding.MET: "good",
    ObligationStanding.WAIVED: "",
    ObligationStanding.CANCELLED: "",
    ObligationStanding.HELD: "",
}

_REPORT_TONES = {
    ReportStage.DRAFT: "none",
    ReportStage.SUBMITTED: "warn",
    ReportStage.RETURNED: "bad",
    ReportStage.ACCEPTED: "",
}


def titled(title: str, period_key: str) -> str:
    """Return the name of a duty or report with its period."""
    named = period(period_key)
    return f"{title}, {named}" if named else title


def views(code: str, duties: Duties, chosen: DutyView) -> list[Item]:
    """Return the lists of duties as links with their numbers."""
    names = {
        DutyView.RUNNING: _("Berjalan"),
        DutyView.OVERDUE: _("Terlambat"),
        DutyView.DONE: _("Selesai"),
        DutyView.ALL: _("Semua"),
    }
    return [
        {
            "label": names[view],
            "count": duties.counts[view],
            "current": view is chosen,
            "href": url_for("staff.agreements.show", code=code, kewajiban=view.value, _anchor="kewajiban"),
        }
        for view in DutyView
    ]


def rows(code: str, duties: Sequence[DutyRow], today: date) -> list[Item]:
    """Return the rows of the table of duties."""
    return [_row(code, duty, today) for duty in duties]


def _row(code: str, duty: DutyRow, today: date) -> Item:
    return {
        "title": titled(duty.title, duty.period_key),
        "href": address("staff.obligations.show", code=code, number=duty.number),
        "note": ", ".join(filter(None, [duty.article, _owed_by(duty)])),
        "due": date_short(duty.due_on) if duty.due_on else _("selama perjanjian"),
        "due_note": _distance(duty, today),
        "chip": _chip(duty, today),
    }


def _owed_by(duty: DutyRow) -> str:
    return _("kewajiban %(who)s", who=", ".join(duty.debtors)) if duty.debtors else ""


def _distance(duty: DutyRow, today: date) -> str:
    if duty.decided_on is not None:
        return _("selesai %(date)s", date=date_short(duty.decided_on))
    if duty.due_on is None or duty.standing is ObligationStanding.OVERDUE:
        return ""
    return days_left(days_between(today, duty.due_on)) if duty.due_on >= today else ""


def _chip(duty: DutyRow, today: date) -> Item:
    if duty.standing is None:
        return {"text": _("Berlaku terus"), "tone": ""}
    if duty.standing is ObligationStanding.OVERDUE and duty.due_on:
        return {"text": days_left(days_between(today, duty.due_on)), "tone": "bad"}
    return {"text": label(duty.standing), "tone": _TONES[duty.standing]}


def strips(reports: Sequence[ReportRow], *, several: bool) -> list[Item]:
    """Return for each kind of report the strip of its last periods; with several partners each says whose it is."""
    by_title: dict[str, list[ReportRow]] = {}
    for report in reports:
        by_title.setdefault(report.title, []).append(report)
    return [
        {"title": title, "rounds": [_round(report, several=several) for report in rows[-ROUNDS_SHOWN:]]}
        for title, rows in by_title.items()
    ]


def _round(report: ReportRow, *, several: bool) -> Item:
    return {
        "period": period(report.period_key) or date_short(report.due_on),
        "text": ". ".join(filter(None, [_came(report), report.organisation if several else ""])),
        "tone": _REPORT_TONES[report.stage],
        "href": address("staff.reports.show", code=report.code),
    }


def _came(report: ReportRow) -> str:
    name = label(report.stage)
    if report.first_sent_at is None or report.stage is ReportStage.RETURNED:
        return name
    late = days_between(report.due_on, office_date(report.first_sent_at))
    return _("%(stage)s, telat %(n)s hari", stage=name, n=late) if late > 0 else name


def pending(
    agreement: "Agreement", duties: Duties, reports: Sequence[ReportRow], decided: DecisionRow | None, today: date
) -> list[Item]:
    """Return what asks for action now, the most pressing first: reason, sum and the way there; at most three."""
    found = [_review(report) for report in reports if report.stage is ReportStage.SUBMITTED]
    overdue = _overdue(agreement, duties, today)
    decision = _paper_to_begin(agreement, decided) if decided else _decision(agreement, today)
    return [item for item in [overdue, *found, decision] if item][:MOST_ACTIONS]


def _review(report: ReportRow) -> Item:
    sent = report.submitted_at
    when = date_short(office_date(sent)) if sent else ""
    return {
        "lead": _("%(report)s menunggu telaah.", report=titled(report.title, report.period_key)),
        "text": _("Dikirim %(who)s pada %(date)s.", who=report.organisation, date=when),
        "late": False,
        "href": address("staff.reports.show", code=report.code),
        "button": _("Telaah laporan"),
        "primary": True,
    }


def _overdue(agreement: "Agreement", duties: Duties, today: date) -> Item | None:
    oldest = duties.oldest_overdue
    if oldest is None or oldest.due_on is None:
        return None
    late = days_between(oldest.due_on, today)
    return {
        "lead": _("%(n)s kewajiban terlambat.", n=duties.counts[DutyView.OVERDUE]),
        "text": _(
            "Yang tertua: %(duty)s, jatuh tempo %(date)s, terlambat %(n)s hari.",
            duty=titled(oldest.title, oldest.period_key),
            date=date_short(oldest.due_on),
            n=late,
        ),
        "late": True,
        "href": url_for(
            "staff.agreements.show", code=agreement.code, kewajiban=DutyView.OVERDUE.value, _anchor="kewajiban"
        ),
        "button": _("Lihat yang terlambat"),
    }


def _decision(agreement: "Agreement", today: date) -> Item | None:
    """Ask for the end that nobody recorded, or for the decision on a renewal before its notice is due."""
    verdict = standing(agreement, today)
    if verdict is Standing.END_UNKNOWN:
        return {
            "lead": _("Tanggal berakhir belum diketahui."),
            "text": _("Selama kosong, pengingat akhir masa berlaku tidak dapat dibuat."),
            "late": False,
            "href": url_for("staff.agreements.edit", code=agreement.code, _anchor="ends_on")
            if guard.may_open("staff.agreements.edit")
            else None,
            "button": _("Lengkapi tanggal"),
        }
    by = notice_on(agreement.ends_on, agreement.notice_count, agreement.notice_unit)
    limit = by or agreement.ends_on
    starts_on = agreement.renewal_starts_on
    is_asked = verdict is not None and is_planned(agreement.stage, agreement.kind, agreement.ends_on)
    if not is_asked or not must_decide(today, ends_on=agreement.ends_on, by=limit, starts_on=starts_on):
        return None
    limit = limit or today
    late = limit < today
    reason = term.notice_sum(agreement) or _("tenggat pemberitahuan belum tercatat, dihitung dari tanggal berakhir")
    return {
        "lead": _("Putuskan perpanjangan paling lambat %(date)s.", date=date_long(limit)),
        "text": f"{reason}. {days_left(days_between(today, limit)) if late else ''}".strip(),
        "late": late,
        "href": _renewal_page(agreement),
        "button": _("Putuskan perpanjangan"),
    }


def _paper_to_begin(agreement: "Agreement", decided: DecisionRow) -> Item | None:
    """Ask for the paper of a renewal that was decided and that nobody has begun."""
    if decided.choice not in RELATION_OF or decided.follower_code or agreement.ends_on is None:
        return None
    return {
        "lead": _("Naskah lanjutannya belum dicatat."),
        "text": _(
            "Diputuskan %(date)s: %(choice)s. Naskah ini berakhir %(end)s.",
            date=date_short(decided.decided_on),
            choice=label(decided.choice).lower(),
            end=date_short(agreement.ends_on),
        ),
        "late": False,
        "href": _renewal_page(agreement),
        "button": _("Catat naskah lanjutan"),
    }


def _renewal_page(agreement: "Agreement") -> str | None:
    """Return the address of the page that decides renewals, None for those who may not."""
    if not guard.may_open("staff.agreements.renewal"):
        return None
    return url_for("staff.agreements.renewal", code=agreement.code)
