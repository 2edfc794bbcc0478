"""The book of reminders in words: lines of its four tabs, and why each reminder was planned, sent or passed over."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.domain.calendar import WorkingCalendar
from portal.domain.policy import Action, Actor, may
from portal.domain.reminder import MessageStage, ReminderStage, day_of
from portal.queries.jobs import SweepStanding
from portal.queries.ledger import COUNTED_UP_TO, PER_PAGE, LedgerFilter, LedgerPage, ReminderRow
from portal.queries.ledger_coming import ComingRow
from portal.queries.ledger_mails import MailRow
from portal.web.asked import Asked
from portal.web.filters import date_long, date_short, date_weekday, datetime_zone, label, number, period
from portal.web.listing import Place, pager

Item = dict[str, Any]

TABS = {"rencana": "plan", "terkirim": "sent", "gagal": "failed", "dilewati": "passed_over"}
"""Words of the address for the four tabs."""

TONES = {
    ReminderStage.PLANNED: "",
    ReminderStage.HELD: "warn",
    MessageStage.SENT: "good",
    MessageStage.DEAD: "bad",
    MessageStage.PENDING: "warn",
}


def read(asked: Asked, actor: Actor) -> LedgerFilter:
    """Return the filter that an address asks for."""
    return LedgerFilter(
        agreement_code=asked.text("naskah") or None,
        person=asked.text("orang") or None,
        first_on=asked.day("dari"),
        last_on=asked.day("sampai"),
        page=asked.page(),
        with_confidential=bool(may(actor, Action.SEE_CONFIDENTIAL)),
    )


def tabs(place: Place, chosen: str, *, dead: int) -> list[Item]:
    """Return the four tabs as links; only failures carry their number."""
    names = {"rencana": _("Rencana"), "terkirim": _("Terkirim"), "gagal": _("Gagal"), "dilewati": _("Dilewati")}
    return [
        {
            "label": names[word],
            "href": place.link(tab=word if word != "rencana" else None),
            "current": word == chosen,
            "count": dead if word == "gagal" and dead else None,
        }
        for word in TABS
    ]


def chips(place: Place) -> list[Item]:
    """Return the chosen filters in words."""
    asked = place.asked
    texts = [("naskah", _("Naskah"), asked.text("naskah")), ("orang", _("Orang"), asked.text("orang"))]
    for word, name in (("dari", _("Dari")), ("sampai", _("Sampai"))):
        day = asked.day(word)
        texts += [(word, name, date_long(day))] if day else []
    return place.chips(texts)


def pages(place: Place, wanted: LedgerFilter, found: LedgerPage, *, is_exact: bool = False) -> Item:
    """Return the numbered pages; unless the total is exact, it is counted up to a thousand."""
    is_capped = not is_exact and found.total > COUNTED_UP_TO
    return pager(place, page=wanted.page, size=PER_PAGE, total=found.total, is_capped=is_capped)


def strip(standing: SweepStanding) -> Item:
    """Return when the planner ran last and whether that is well."""
    if standing.failure:
        return {"tone": "bad", "text": _("Perencanaan terakhir gagal: %(why)s", why=standing.failure)}
    if standing.at is None:
        return {"tone": "warn", "text": _("Perencanaan pengingat belum pernah berjalan.")}
    said = _(
        "Perencanaan berjalan terakhir %(time)s, %(n)s pengingat baru. Berikutnya sesudah tengah malam.",
        time=datetime_zone(standing.at),
        n=number(standing.planned),
    )
    return {"tone": "bad" if standing.is_late else "info", "text": said}


def line(row: ReminderRow | ComingRow | MailRow, calendar: WorkingCalendar) -> Item:
    """Return the line of any row of the book."""
    if isinstance(row, ReminderRow):
        return _reminder(row, calendar)
    return _mail(row, calendar) if isinstance(row, MailRow) else _coming(row, calendar)


def _title(row: ReminderRow | ComingRow) -> str:
    if row.title is None:
        return str(_("Naskah dibatasi"))
    named = period(row.period_key) if row.period_key else ""
    return f"{row.title}, {named}" if named else row.title


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


def _subject(row: ReminderRow | ComingRow) -> Item:
    return {
        "title": _title(row),
        "code": row.agreement_code,
        "step": step_code(row.step),
        "href": url_for("staff.agreements.show", code=row.agreement_code),
        "is_sample": row.is_sample,
    }


def _sum(row: ReminderRow | ComingRow, calendar: WorkingCalendar) -> list[str]:
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


def _why(row: ReminderRow, calendar: WorkingCalendar) -> list[str]:
    rule = _(
        "Aturan: %(kind)s, %(step)s, untuk %(audience)s.",
        kind=label(row.kind),
        step=step_words(row.step),
        audience=label(row.audience),
    )
    said = [rule, *_sum(row, calendar), _("Direncanakan %(time)s.", time=datetime_zone(row.planned_at))]
    if row.stage is ReminderStage.HELD:
        said.append(_("Ditahan karena rencana hari itu luar biasa banyak atau tanggal melompat; menunggu keputusan."))
    if row.end_reason:
        said.append(_("Tidak dikirim: %(reason)s.", reason=label(row.end_reason)))
    return said


def _reminder(row: ReminderRow, calendar: WorkingCalendar) -> Item:
    when: date | datetime = row.leaves_at or row.planned_on
    if row.ended_at:
        when = row.ended_at
    return {
        "when": datetime_zone(when) if isinstance(when, datetime) else date_short(when),
        "subjects": [_subject(row)],
        "who": row.name,
        "address": row.email,
        "channel": label(row.channel),
        "chip": {"text": label(row.stage), "tone": TONES.get(row.stage, "")},
        "why": _why(row, calendar),
        "resend": None,
    }


def _coming(row: ComingRow, calendar: WorkingCalendar) -> Item:
    roles = [label(each) for each in row.audiences]
    rule = _("Aturan: %(kind)s, %(step)s.", kind=label(row.kind), step=step_words(row.step))
    return {
        "when": date_short(row.on),
        "subjects": [_subject(row)],
        "who": ", ".join(roles),
        "address": "",
        "channel": _("Surel"),
        "chip": {"text": _("Akan datang"), "tone": ""},
        "why": [rule, *_sum(row, calendar), _("Orangnya ditentukan pada hari itu menurut perannya.")],
        "resend": None,
    }


def _mail_reasons() -> dict[str, str]:
    return {
        "invitation": _("Dikirim karena orang ini diundang ke portal."),
        "report_submitted": _("Dikirim karena mitra mengirim laporan."),
        "report_receipt": _("Dikirim sebagai tanda terima laporan."),
        "report_returned": _("Dikirim karena laporan dikembalikan untuk diperbaiki."),
        "report_accepted": _("Dikirim karena laporan diterima."),
    }


def _mail(row: MailRow, calendar: WorkingCalendar) -> Item:
    why = [said for reminder in row.reminders for said in _why(reminder, calendar)]
    reason = _mail_reasons().get(row.template)
    if reason and not row.reminders:
        why.append(reason)
    if row.last_error:
        why.append(_("Jawaban server: %(answer)s (percobaan ke-%(n)s).", answer=row.last_error, n=row.tries))
    failing = row.stage in {MessageStage.DEAD, MessageStage.PENDING}
    if row.stage is MessageStage.PENDING:
        why.append(_("Dicoba lagi %(time)s.", time=datetime_zone(row.next_try_at)))
    return {
        "when": datetime_zone(row.sent_at or row.created_at),
        "heading": _("Naskah dibatasi") if row.is_restricted else row.subject,
        "subjects": [_subject(reminder) for reminder in row.reminders],
        "who": row.name or "",
        "address": row.recipient,
        "channel": _("Surel"),
        "chip": {"text": _("Gagal, dicoba lagi") if row.stage is MessageStage.PENDING else label(row.stage)}
        | {"tone": TONES.get(row.stage, "")},
        "why": why,
        "resend": url_for("staff.reminders.resend", key=row.key) if failing else None,
    }
