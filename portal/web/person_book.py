"""The book of reminders of one person in words, for the office and for partners: why this came and that did not."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.domain.calendar import WorkingCalendar
from portal.domain.reminder import ReminderStage
from portal.queries.ledger import ReminderRow
from portal.queries.ledger_coming import ComingRow
from portal.queries.ledger_person import Answer, AnswerBook, PersonBook, Reachability
from portal.web.filters import date_long, date_short, datetime_zone, label
from portal.web.reminder_reasons import step_code, step_words, title_of, why, why_coming

Item = dict[str, Any]
Address = Callable[[str], str]
"""Makes the address of an agreement's page of its code, on the reader's side of the portal."""
Step = ReminderRow | ComingRow
LATER = 4
"""So many later steps of one thing are told by their day, the others by their number."""


def parts(book: PersonBook, calendar: WorkingCalendar, address: Address, *, most: int = 25) -> list[Item]:
    """Return the parts of the page, each with at most so many rows and the number of those left out in `more`."""
    return [
        {**part, "rows": part["rows"][:most], "more": max(0, len(part["rows"]) - most)}
        for part in _parts(book, calendar, address)
    ]


def _parts(book: PersonBook, calendar: WorkingCalendar, address: Address) -> list[Item]:
    """Return what came, what comes, what was not sent."""
    return [
        {
            "id": "akan-datang",
            "title": _("Yang akan datang"),
            "rows": _ahead(book, calendar, address),
            "empty": _("Tidak ada pengingat dalam 90 hari ke depan."),
        },
        {
            "id": "terkirim",
            "title": _("Yang sudah dikirim"),
            "rows": [_reminder(row, calendar, address) for row in book.came],
            "empty": _("Tidak ada pengingat dalam 90 hari terakhir."),
        },
        {
            "id": "tidak-dikirim",
            "title": _("Yang tidak dikirim, dan mengapa"),
            "rows": [_reminder(row, calendar, address) for row in book.not_sent],
            "empty": _("Tidak ada yang dilewati dalam 90 hari terakhir."),
        },
    ]


def _ahead(book: PersonBook, calendar: WorkingCalendar, address: Address) -> list[Item]:
    """Return a row for everything that will be reminded of: its next step, and the later ones in one sentence."""
    ahead: dict[tuple[Any, ...], list[Step]] = {}
    rows: list[Step] = [*book.waiting, *book.coming]
    for row in rows:
        ahead.setdefault((row.kind, row.agreement_code, row.title, row.period_key, row.target_on), []).append(row)
    return [_about_one(steps, calendar, address) for steps in ahead.values()]


def _about_one(steps: Sequence[Step], calendar: WorkingCalendar, address: Address) -> Item:
    first, *later = steps
    item = _reminder(first, calendar, address) if isinstance(first, ReminderRow) else _coming(first, calendar, address)
    told = [date_short(_day(row)) for row in later]
    days = ", ".join(dict.fromkeys(told[:LATER]))
    more = len(told) - LATER
    if more > 0:
        days = str(_("%(days)s, dan %(n)s kali lagi", days=days, n=more))
    return item | {"later": _("Sesudah itu: %(days)s.", days=days) if days else ""}


def _day(row: Step) -> date:
    return row.on if isinstance(row, ComingRow) else row.planned_on


def _reminder(row: ReminderRow, calendar: WorkingCalendar, address: Address) -> Item:
    when = row.ended_at or row.leaves_at
    return {
        "title": title_of(row),
        "href": address(row.agreement_code),
        "note": _note(row),
        "later": "",
        "when": datetime_zone(when) if when else date_short(row.planned_on),
        "chip": {"text": label(row.stage), "tone": "good" if row.stage is ReminderStage.SENT else ""},
        "why": why(row, calendar),
        "is_sample": row.is_sample,
    }


def _coming(row: ComingRow, calendar: WorkingCalendar, address: Address) -> Item:
    return {
        "title": title_of(row),
        "href": address(row.agreement_code),
        "note": _note(row),
        "when": date_short(row.on),
        "chip": {"text": _("Akan datang"), "tone": ""},
        "why": why_coming(row, calendar),
        "is_sample": row.is_sample,
    }


def _note(row: Step) -> str:
    """Return "7 hari sebelum 1 Des 2026, PKS-2024-0214"."""
    day, days = date_short(row.target_on), abs(row.step)
    if row.step == 0:
        said = _("pada harinya, %(date)s", date=day)
    elif row.step < 0:
        said = ngettext("%(n)s hari sebelum %(date)s", "%(n)s hari sebelum %(date)s", days, n=days, date=day)
    else:
        said = ngettext("%(n)s hari sesudah %(date)s", "%(n)s hari sesudah %(date)s", days, n=days, date=day)
    return f"{said}, {row.agreement_code}"


def obstacles(found: Reachability) -> list[str]:
    """Return why this person hears nothing at all today; empty when everything reaches them."""
    said = []
    if not found.is_active:
        said.append(_("Akun ini ditutup, jadi tidak ada yang dikirim kepadanya."))
    if found.refused_at:
        said.append(_("Server surel menolak alamat ini sejak %(time)s.", time=datetime_zone(found.refused_at)))
    if found.away_until and found.deputy:
        away = {"day": date_long(found.away_until), "name": found.deputy}
        said.append(_("Cuti sampai %(day)s; pengingatnya diterima %(name)s.", **away))
    elif found.away_until:
        said.append(_("Cuti sampai %(day)s; pengingatnya diterima atasan.", day=date_long(found.away_until)))
    return [str(each) for each in said]


def answers(found: AnswerBook, who: str, *, reachable: bool) -> list[Item]:
    """Return the answer for everything of one agreement, each as sentences."""
    if not found.is_running:
        said = [
            _("Naskah %(code)s belum atau tidak lagi berlaku, jadi tidak ada pengingat.", code=found.agreement_code)
        ]
        return [{"title": found.agreement_code, "said": [*said, *_history(found.ended)]}]
    known = [
        {
            "title": title_of_answer(each),
            "said": [*_place(each, who, reachable=reachable), *_history(each.rows)],
        }
        for each in found.answers
    ]
    if found.ended:
        known.append({"title": _("Yang sudah selesai atau berubah"), "said": _history(found.ended)})
    if not known:
        said = [_("Tidak ada tenggat naskah %(code)s yang perlu diingatkan saat ini.", code=found.agreement_code)]
        known.append({"title": found.agreement_code, "said": said})
    return known


def title_of_answer(each: Answer) -> str:
    """Return what an answer is about and when it is due."""
    from_kind = f"{label(each.kind)}: {each.title}"
    return f"{from_kind} ({date_short(each.target_on)})"


def _place(each: Answer, who: str, *, reachable: bool) -> list[str]:
    if not each.audiences:
        return [str(_("%(name)s bukan penerima pengingat ini menurut perannya hari ini.", name=who))]
    roles = ", ".join(label(role) for role in each.audiences)
    said = [_("%(name)s menerimanya sebagai: %(roles)s.", name=who, roles=roles)]
    if not reachable:
        said.append(_("Hari ini pengingat tidak sampai kepadanya; sebabnya tertulis di atas."))
    if each.next_step:
        step = {"day": date_long(each.next_step.on), "step": step_words(each.next_step.step)}
        said.append(_("Pengingat berikutnya %(day)s (%(step)s).", **step))
    else:
        said.append(_("Tidak ada langkah lagi untuknya dalam 90 hari ke depan."))
    return [str(sentence) for sentence in said]


def _history(rows: Sequence[ReminderRow]) -> list[str]:
    return [_told(row) for row in rows]


def _told(row: ReminderRow) -> str:
    about = {"step": step_code(row.step), "title": title_of(row)}
    if row.stage is ReminderStage.SENT and row.ended_at:
        return str(_("%(step)s %(title)s: dikirim %(time)s.", time=datetime_zone(row.ended_at), **about))
    if row.end_reason:
        return str(_("%(step)s %(title)s: tidak dikirim, %(reason)s.", reason=label(row.end_reason), **about))
    return str(_("%(step)s %(title)s: %(stage)s.", stage=label(row.stage).lower(), **about))
