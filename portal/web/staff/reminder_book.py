"""The book of reminders in words: its tabs, filters and lines. Reasons are in `reminder_reasons`."""

from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.calendar import WorkingCalendar
from portal.domain.policy import Action, Actor, may
from portal.domain.reminder import MessageStage, ReminderStage
from portal.queries.jobs import SweepStanding
from portal.queries.ledger import COUNTED_UP_TO, PER_PAGE, LedgerFilter, LedgerPage, ReminderRow
from portal.queries.ledger_coming import ComingRow
from portal.queries.ledger_mails import MailRow
from portal.web.asked import Asked
from portal.web.filters import date_long, date_short, datetime_zone, label, number
from portal.web.listing import Place, options, pager
from portal.web.reminder_reasons import KINDS, WORD_OF_KIND, subject, why, why_coming, why_mail

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
        kind=asked.one_of("jenis", KINDS),
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
    kind = asked.one_of("jenis", KINDS)
    texts += [("jenis", _("Jenis"), label(kind))] if kind else []
    for word, name in (("dari", _("Dari")), ("sampai", _("Sampai"))):
        day = asked.day(word)
        texts += [(word, name, date_long(day))] if day else []
    return place.chips(texts)


def kinds() -> list[tuple[str, str]]:
    """Return what reminders can be about, as choices."""
    return options(_("Semua jenis"), {word: label(kind) for word, kind in KINDS.items()})


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


def _reminder(row: ReminderRow, calendar: WorkingCalendar) -> Item:
    when = day_or_instant(row)
    act = _act(_("Atur"), "staff.reminder_decisions.show", number=row.number)
    return {
        "when": datetime_zone(when) if isinstance(when, datetime) else date_short(when),
        "subjects": [subject(row)],
        "who": row.name,
        "person": url_for("staff.reminder_people.show", number=row.account_id),
        "address": row.email,
        "channel": label(row.channel),
        "chip": {"text": label(row.stage), "tone": TONES.get(row.stage, "")},
        "why": why(row, calendar),
        "act": act if row.waits and row.title is not None else None,
    }


def day_or_instant(row: ReminderRow) -> date | datetime:
    """Return when a reminder ended, or when it leaves as far as that is known."""
    return row.ended_at or row.leaves_at or row.postponed_to or row.planned_on


def heading(row: MailRow) -> str | None:
    """Return the subject of a mail, unless it names what the reader may not see."""
    return str(_("Naskah dibatasi")) if row.is_restricted else row.subject


def became(row: MailRow) -> str:
    """Return what became of a mail."""
    return str(_("Gagal, dicoba lagi")) if row.stage is MessageStage.PENDING else label(row.stage)


def _coming(row: ComingRow, calendar: WorkingCalendar) -> Item:
    step = {
        "kind": WORD_OF_KIND[row.kind],
        "subject_id": row.subject_id,
        "day": row.target_on.isoformat(),
        "step": row.step,
    }
    return {
        "when": date_short(row.on),
        "subjects": [subject(row)],
        "who": ", ".join(label(each) for each in row.audiences),
        "address": "",
        "channel": ", ".join(label(each) for each in row.channels),
        "chip": {"text": _("Akan datang"), "tone": ""},
        "why": why_coming(row, calendar),
        "act": _act(_("Atur"), "staff.reminder_decisions.coming", **step) if row.title is not None else None,
    }


def _mail(row: MailRow, calendar: WorkingCalendar) -> Item:
    failing = row.stage in {MessageStage.PENDING, MessageStage.DEAD}
    return {
        "when": datetime_zone(row.sent_at or row.created_at),
        "heading": heading(row),
        "subjects": [subject(reminder) for reminder in row.reminders],
        "who": row.name or "",
        "address": row.recipient,
        "channel": label(row.channel),
        "chip": {"text": became(row), "tone": TONES.get(row.stage, "")},
        "why": why_mail(row, calendar),
        "act": _act(_("Kirim ulang"), "staff.reminders.resend", key=row.key) if failing else None,
    }


def _act(verb: str, endpoint: str, **values: Any) -> Item:
    return {"label": verb, "href": url_for(endpoint, **values)}
