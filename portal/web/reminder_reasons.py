"""Why a reminder was planned, sent or passed over, in sentences: its rule, the arithmetic of its day, who decided."""

from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.domain.calendar import WorkingCalendar
from portal.domain.reminder import MessageStage, ReminderStage, SubjectKind, day_of
from portal.queries.ledger import ReminderRow
from portal.queries.ledger_coming import ComingRow
from portal.queries.ledger_mails import MailRow
from portal.web.filters import date_weekday, datetime_zone, label, period

Item = dict[str, Any]


KINDS = {
    "kewajiban": SubjectKind.OCCURRENCE,
    "akhir-masa": SubjectKind.TERM_END,
    "perbaikan-laporan": SubjectKind.REPORT_FIX,
    "batas-pemberitahuan": SubjectKind.NOTICE,
    "mulai-perpanjangan": SubjectKind.RENEWAL_START,
    "dokumen-mitra": SubjectKind.PAPER,
}
"""Words of the address for what a reminder is about."""

OF_AGREEMENTS = frozenset({SubjectKind.TERM_END, SubjectKind.NOTICE, SubjectKind.RENEWAL_START})
"""What is about a day of an agreement itself, so that the title of both is one."""

WORD_OF_KIND = {kind: word for word, kind in KINDS.items()}


def title_of(row: ReminderRow | ComingRow) -> str:
    """Return what a reminder is about: a duty with its period, or which day of which agreement."""
    if row.title is None:
        return str(_("Naskah dibatasi"))
    title = subject_title(row.kind, row.title, row.period_key)
    return title if row.kind is SubjectKind.OCCURRENCE else f"{label(row.kind)}: {title}"


def subject_title(kind: SubjectKind, title: str, period_key: str | None) -> str:
    """Return the title of a subject with its period; a paper is called by its kind, in the reader's language."""
    said = str(_(title)) if kind is SubjectKind.PAPER else title
    named = period(period_key) if period_key else ""
    return f"{said}, {named}" if named else said


def step_code(step: int) -> str:
    """Return H-7, H0 or H+7."""
    if step == 0:
        return str(_("H0"))
    return str(_("H-%(n)s", n=-step) if step < 0 else _("H+%(n)s", n=step))


def step_words(step: int) -> str:
    """Return how far a step lies from its date."""
    if step == 0:
        return str(_("pada harinya"))
    if step < 0:
        return ngettext("%(n)s hari sebelumnya", "%(n)s hari sebelumnya", -step, n=-step)
    return ngettext("%(n)s hari sesudahnya", "%(n)s hari sesudahnya", step, n=step)


def subject(row: ReminderRow | ComingRow) -> Item:
    """Return what a line names: title, agreement, step; `day` is the title for who knows the agreement already."""
    return {
        "title": title_of(row),
        "day": label(row.kind) if row.kind in OF_AGREEMENTS else title_of(row),
        "code": row.agreement_code,
        "step": step_code(row.step),
        "href": url_for("staff.agreements.show", code=row.agreement_code),
        "is_sample": row.is_sample,
    }


def arithmetic(row: ReminderRow | ComingRow, calendar: WorkingCalendar) -> list[str]:
    """Return how the day of a step follows from its date, sum included."""
    nominal, moved = row.target_on + timedelta(days=row.step), day_of(row.target_on, row.step, calendar.assumed())
    sign = "+" if row.step >= 0 else "−"
    said = [
        ngettext(
            "%(kind)s %(date)s %(sign)s %(n)s hari = %(day)s.",
            "%(kind)s %(date)s %(sign)s %(n)s hari = %(day)s.",
            abs(row.step),
            kind=label(row.kind),
            date=date_weekday(row.target_on),
            sign=sign,
            n=abs(row.step),
            day=date_weekday(nominal),
        )
    ]
    if moved != nominal:
        said.append(_("Hari itu libur, jadi digeser ke %(day)s.", day=date_weekday(moved)))
    return said


def _rule(row: ReminderRow | ComingRow, audience: str) -> str:
    said = {"kind": label(row.kind), "step": step_words(row.step), "audience": audience}
    if row.ladder:
        return str(_("Aturan: %(kind)s (tangga %(ladder)s), %(step)s, untuk %(audience)s.", ladder=row.ladder, **said))
    return str(_("Aturan: %(kind)s, %(step)s, untuk %(audience)s.", **said))


def why(row: ReminderRow, calendar: WorkingCalendar) -> list[str]:
    """Return why a reminder was planned and what became of it."""
    planned = _("Direncanakan %(time)s.", time=datetime_zone(row.planned_at))
    said = [_rule(row, label(row.audience)), *arithmetic(row, calendar), planned]
    if row.stage is ReminderStage.HELD:
        said.append(_("Ditahan karena rencana hari itu luar biasa banyak atau tanggal melompat; menunggu keputusan."))
    if row.postponed_to:
        said.append(_("Ditunda sampai %(day)s.", day=date_weekday(row.postponed_to)))
    if row.end_reason:
        said.append(_("Tidak dikirim: %(reason)s.", reason=label(row.end_reason)))
    if row.decided_by:
        decided = {"name": row.decided_by, "reason": row.decision_reason or _("tanpa alasan")}
        said.append(_("Diputuskan %(name)s: %(reason)s.", **decided))
    return said


def why_coming(row: ComingRow, calendar: WorkingCalendar) -> list[str]:
    """Return why a step will come, and for whom."""
    roles = ", ".join(label(each) for each in row.audiences)
    return [
        _rule(row, roles),
        *arithmetic(row, calendar),
        _("Orangnya ditentukan pada hari itu menurut perannya."),
    ]


def why_mail(row: MailRow, calendar: WorkingCalendar) -> list[str]:
    """Return why a mail was sent, and what the server said to it."""
    return [sentence for reminder in row.reminders for sentence in why(reminder, calendar)] + why_of_mail_alone(row)


def why_of_mail_alone(row: MailRow) -> list[str]:
    """Return what a mail says of itself, without the reminders in it."""
    said, reason = [], _mail_reasons().get(row.template)
    if reason and not row.reminders:
        said.append(reason)
    if row.last_error:
        said.append(_("Jawaban server: %(answer)s (percobaan ke-%(n)s).", answer=row.last_error, n=row.tries))
    if row.stage is MessageStage.PENDING:
        said.append(_("Dicoba lagi %(time)s.", time=datetime_zone(row.next_try_at)))
    return said


def _mail_reasons() -> dict[str, str]:
    return {
        "invitation": _("Dikirim karena orang ini diundang ke portal."),
        "report_submitted": _("Dikirim karena mitra mengirim laporan."),
        "report_receipt": _("Dikirim sebagai tanda terima laporan."),
        "report_returned": _("Dikirim karena laporan dikembalikan untuk diperbaiki."),
        "report_accepted": _("Dikirim karena laporan diterima."),
        "report_approval_asked": _("Dikirim karena penyusun meminta persetujuan laporan."),
        "report_handed_back": _("Dikirim karena laporan belum disetujui penanggung jawab lembaga."),
        "report_reopened": _("Dikirim karena laporan yang sudah diterima dibuka kembali."),
    }
