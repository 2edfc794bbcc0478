"""Lines of partner pages: duties, files, rounds and people as ready words and links. No query, no rule."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.domain import phone as phones
from portal.domain.agreement import MOVING, Stage
from portal.domain.agreement_file import FileKind
from portal.domain.contribution import ContributionStage
from portal.domain.dates import days_between
from portal.domain.obligation import OccurrenceStage
from portal.domain.report import ReportStage
from portal.queries import partner_agreements, partner_duties
from portal.queries.contributions import ContributionRow
from portal.queries.partner_duties import Duty
from portal.queries.partner_home import Person
from portal.web import contribution_words as words
from portal.web import downloads
from portal.web.filters import date_long, date_short, date_weekday, datetime_zone, days_left, file_size, label, period

if TYPE_CHECKING:
    from portal.models import Acknowledgement, Agreement, AgreementFile

Row = dict[str, Any]

LATER = 6
"""So many reports that are not open yet stand on the list."""


def name_of(duty: Duty) -> str:
    """Return what the duty is called, with its period where it has one."""
    named = period(duty.period_key)
    return f"{duty.title}, {named}" if named else duty.title


def day_of(day: date) -> Row:
    """Return a day as it stands before its line: short to see, in full to hear."""
    short = date_short(day).split()
    return {"day": short[0], "month": short[1], "date": date_long(day)}


def report_link(duty: Duty) -> str | None:
    """Return where the partner's own report of a duty is, None when it has not begun."""
    if duty.code is None:
        return None
    waits = duty.stage in {ReportStage.SUBMITTED, ReportStage.ACCEPTED}
    return url_for("partner.reports.receipt" if waits else "partner.reports.edit", code=duty.code)


def next_card(duty: Duty, today: date, *, approves: bool = False) -> Row:
    """Return the partner's one big card: the report that comes first; `approves`: this person sends what was asked."""
    days = days_between(today, duty.answer_on)
    is_returned = duty.stage is ReportStage.RETURNED
    begun = duty.stage is not None
    label = _("Perbaiki laporan") if is_returned else _("Lanjutkan laporan") if begun else _("Mulai laporan")
    return {
        "title": _("Perbaiki: %(name)s", name=name_of(duty)) if is_returned else name_of(duty),
        "chip": days_left(days),
        "tone": "bad" if days < 0 else "warn",
        "due": date_weekday(duty.answer_on),
        "note": _to_mend(duty) if is_returned else "",
        "returned": is_returned,
        "done": duty.filled,
        "whole": duty.steps,
        "progress": _("%(n)s dari %(m)s langkah sudah diisi.", n=duty.filled, m=duty.steps),
        "button": label,
        "href": report_link(duty) or url_for("partner.reports.start"),
        "post": None if begun else {"occurrence": duty.occurrence_id},
        **(_approval(duty, approves=approves) if duty.asked_at else {}),
    }


def _to_mend(duty: Duty) -> str:
    """Return how many things are to be mended; the reviewer's own words where nothing was marked singly."""
    if not duty.marks:
        return duty.return_reason or ""
    return ngettext("%(n)s hal perlu diperbaiki.", "%(n)s hal perlu diperbaiki.", duty.marks, n=duty.marks)


def _approval(duty: Duty, *, approves: bool) -> Row:
    """Return what a report that waits for approval says instead: to the responsible person, and to the others."""
    if not approves:
        return {"note": _("Menunggu persetujuan penanggung jawab."), "button": _("Lihat laporan")}
    title = _("Minta persetujuan Anda: %(name)s", name=name_of(duty))
    where = url_for("partner.reports.check", code=duty.code)
    return {"title": title, "button": _("Periksa dan setujui"), "href": where}


def opening(day: date | None) -> str:
    """Return when the next report is asked for."""
    if day is None:
        return str(_("Belum ada laporan yang terjadwal."))
    return str(_("Laporan berikutnya dibuka %(date)s.", date=date_long(day)))


def agenda(duty: Duty, today: date) -> Row:
    """Return one line of what is coming: a duty with its day, or a report that waits for the office."""
    if duty.stage is ReportStage.SUBMITTED:
        note = _("Sudah terkirim. Sedang kami periksa.")
        return {"icon": "check", "tone": "good", "title": name_of(duty), "note": note, "href": report_link(duty)}
    days = days_between(today, duty.answer_on)
    tone = "bad" if days < 0 else "warn" if duty.is_partners_turn(today) else ""
    return {**day_of(duty.answer_on), "tone": tone, "title": name_of(duty), **_note(duty, today, days)}


def _note(duty: Duty, today: date, days: int) -> Row:
    if not duty.is_reported:
        where = url_for("partner.agreements.show", code=duty.agreement_code)
        return {"note": days_left(days), "href": where}
    if duty.stage is ReportStage.RETURNED:
        return {"note": _("Perlu diperbaiki, %(when)s", when=days_left(days)), "href": report_link(duty)}
    if duty.is_partners_turn(today):
        return {"note": days_left(days), "href": report_link(duty) or url_for("partner.reports.index")}
    return {"note": _("Dapat diisi mulai %(date)s", date=date_long(duty.opens_on))}


def report_groups(owed: Sequence[Duty], decided: Sequence[Duty], today: date) -> list[Row]:
    """Return the partner's reports under what is to be done with them; empty groups are left out."""
    asked = partner_duties.to_act(owed, today=today)
    waiting = [d for d in owed if d.stage is ReportStage.SUBMITTED]
    later = [d for d in owed if d not in asked and d.stage is None]
    groups = (
        (_("Perlu dikirim"), "to-send", [_asked(d, today) for d in asked]),
        (_("Sedang kami periksa"), "waiting", [_sent(d) for d in waiting]),
        (_("Belum dibuka"), "later", [agenda(d, today) for d in later[:LATER]]),
        (_("Sudah diterima"), "accepted", [_sent(d) for d in decided]),
    )
    return [{"label": name, "id": key, "rows": rows} for name, key, rows in groups if rows]


def _asked(duty: Duty, today: date) -> Row:
    card = next_card(duty, today)
    more_time = None
    if duty.occurrence_stage is OccurrenceStage.OPEN:
        more_time = url_for("partner.reliefs.show", occurrence_id=duty.occurrence_id)
    line = {**agenda(duty, today), "ask": True, "more_time": more_time}
    return {**line, "button": card["button"], "href": card["href"], "post": card["post"]}


def _sent(duty: Duty) -> Row:
    tone, icon = ("good", "circle-check") if duty.stage is ReportStage.ACCEPTED else ("", "clock")
    note = duty.agreement_title
    return {"icon": icon, "tone": tone, "title": name_of(duty), "note": note, "href": report_link(duty)}


def promise(duty: Duty, today: date, *, linked: bool = True) -> Row:
    """Return one line of what the ministry owes this partner."""
    days = days_between(today, duty.due_on)
    where = url_for("partner.agreements.show", code=duty.agreement_code) if linked else None
    tone = "bad" if days < 0 else ""
    return {**day_of(duty.due_on), "tone": tone, "title": name_of(duty), "note": days_left(days), "href": where}


def agreement(row: "Agreement", today: date) -> Row:
    """Return one agreement: what it is about and until when."""
    return {
        "icon": "scroll-text",
        "title": row.title,
        "note": until(row, today),
        "href": url_for("partner.agreements.show", code=row.code),
        "is_sample": row.is_sample,
        "code": row.code,
    }


def about(row: "Agreement", organisation_id: int) -> list[Row]:
    """Return the facts of an agreement that a partner looks for; what the record does not tell stays unknown."""
    own = next((party for party in row.parties if party.organisation_id == organisation_id), None)
    return [
        {"label": _("Jenis"), "value": label(row.kind)},
        {"label": _("Nomor kami"), "value": own.number_printed if own else None},
        {"label": _("Ditandatangani"), "value": date_long(row.signed_on) if row.signed_on else None},
        {"label": _("Mulai"), "value": date_long(row.starts_on) if row.starts_on else None},
        {"label": _("Berakhir"), "value": date_long(row.ends_on) if row.ends_on else None},
        {"label": _("Para pihak"), "value": ", ".join(party.name_printed for party in row.parties)},
        {"label": _("Kode"), "value": row.code},
    ]


def until(row: "Agreement", today: date) -> str:
    """Return in words until when an agreement binds, or what stage it is in."""
    if row.stage in MOVING and row.stage is not Stage.ACTIVE:
        return str(_("Belum berlaku. Tahap sekarang: %(stage)s", stage=label(row.stage)))
    if row.stage is not Stage.ACTIVE:
        return label(row.stage)
    if row.ends_on is None:
        return str(_("Berlaku. Tanggal berakhir belum diketahui."))
    if row.ends_on < today:
        return str(_("Berakhir %(date)s", date=date_long(row.ends_on)))
    return str(_("Berlaku sampai %(date)s", date=date_long(row.ends_on)))


def gift(row: ContributionRow) -> Row:
    """Return what this partner gives or receives: what, how much, between whom, when, by which record."""
    is_delivered = row.stage is ContributionStage.DELIVERED
    day = words.when(row)
    told = _("Diserahkan %(date)s", date=day) if is_delivered else f"{day[:1].upper()}{day[1:]}"
    return {
        "title": words.titled(row),
        "worth": words.worth(row),
        "who": words.sides(row),
        "when": ", ".join(filter(None, [told, words.record(row)])),
    }


def documents(code: str, released: Iterable["AgreementFile"]) -> list[Row]:
    """Return the released files of an agreement as a list of documents."""
    return [
        {
            "name": file.name,
            "kind": file.name.rpartition(".")[2].upper(),
            "note": downloads.told(f"{label(FileKind(file.kind))} · {file_size(file.size)}", file.digest),
            "href": url_for("partner.agreements.file", code=code, key=file.digest[: partner_agreements.KEY_LETTERS]),
        }
        for file in released
    ]


def reading(code: str, file: "AgreementFile", said: "Acknowledgement | None") -> Row:
    """Return one released file with who said that it was received and read, or the address that says so."""
    key = file.digest[: partner_agreements.KEY_LETTERS]
    by = said.made_by.name if said and said.made_by else ""
    return {
        "name": file.name,
        "said": ", ".join(filter(None, [by, datetime_zone(said.made_at)])) if said else "",
        "href": url_for("partner.agreements.acknowledge", code=code, key=key),
    }


def whom_to_ask(person: Person | None) -> Row:
    """Return the person to call as the card about questions wants it."""
    return {"person": person, "contacts": contacts(person)}


def contacts(person: Person | None) -> list[dict[str, str]]:
    """Return the buttons by which a person is reached: only those whose number is known."""
    if person is None:
        return []
    mobile, dialled = phones.mobile(person.phone), phones.dialled(person.phone)
    found = []
    if mobile:
        found.append({"label": "WhatsApp", "href": f"https://wa.me/{mobile}", "icon": "message-circle"})
    if dialled:
        found.append({"label": _("Telepon"), "href": f"tel:{dialled}", "icon": "phone"})
    return found
