"""Renewal in words: the sums behind its days, how long the stages take, what each decision does."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.domain.agreement import FOLLOWED
from portal.domain.dates import days_between, end_of_term
from portal.domain.renewal import RELATION_OF, BackwardsPlan, DurationBasis, RenewalChoice, notice_on
from portal.queries.renewals import DecisionRow
from portal.services.renewals import Choice
from portal.web.filters import date_long, date_short, days_left, label
from portal.web.staff.agreements import term

if TYPE_CHECKING:
    from portal.models import Agreement

Item = dict[str, Any]


def sums(agreement: "Agreement", plan: BackwardsPlan | None, today: date) -> list[Item]:
    """Return the days that matter with their arithmetic: the end, the notice, the start of work."""
    by = notice_on(agreement.ends_on, agreement.notice_count, agreement.notice_unit)
    notice_note = _("Jangka pemberitahuan belum tercatat; dihitung dari tanggal berakhir.")
    if by is not None:
        notice_note = f"{notice_sum(agreement)}. {_distance(by, today)}"
    rows = [
        {
            "label": _("Berakhir"),
            "value": date_long(agreement.ends_on) if agreement.ends_on else None,
            "note": _distance(agreement.ends_on, today) if agreement.ends_on else "",
        },
        {"label": _("Batas pemberitahuan"), "value": date_long(by) if by else None, "note": notice_note},
    ]
    if plan is not None:
        starts_on = agreement.renewal_starts_on or plan.starts_on
        rows.append(
            {
                "label": _("Mulai dikerjakan paling lambat"),
                "value": date_long(starts_on),
                "note": f"{start_sum(plan)}. {_announced(starts_on, plan)}{_distance(starts_on, today)}",
            }
        )
    return rows


def notice_sum(agreement: "Agreement") -> str:
    """Return "Pasal 12: 11 April 2027 dikurangi 3 bulan = 11 Januari 2027"."""
    by = notice_on(agreement.ends_on, agreement.notice_count, agreement.notice_unit)
    return f"{term.notice_sum(agreement)} = {date_short(by)}" if by else ""


def start_sum(plan: BackwardsPlan) -> str:
    """Return "11 Jan 2027 dikurangi 55 hari kerja = 23 Okt 2026"."""
    text = _(
        "%(target)s dikurangi %(n)s hari kerja = %(start)s",
        target=date_short(plan.target_on),
        n=plan.days,
        start=date_short(plan.starts_on),
    )
    return f"{text} {_('(perkiraan: hari libur belum dimuat)')}" if plan.is_estimated else text


def _announced(starts_on: date, plan: BackwardsPlan) -> str:
    if starts_on == plan.starts_on:
        return ""
    return _("Yang sudah diumumkan tetap %(date)s.", date=date_short(starts_on)) + " "


def _distance(day: date, today: date) -> str:
    left = days_between(today, day)
    if left < 0:
        return ngettext("Sudah lewat %(n)s hari.", "Sudah lewat %(n)s hari.", -left, n=-left)
    return f"{days_left(left).capitalize()}."


def stages(plan: BackwardsPlan) -> list[Item]:
    """Return a row for each stage of the work: from when, how long, measured on what."""
    return [
        {
            "stage": label(each.stage),
            "days": ngettext("%(n)s hari kerja", "%(n)s hari kerja", each.days, n=each.days),
            "starts": date_short(plan.starts[each.stage]),
            "basis": _basis(each.basis, each.cases),
        }
        for each in plan.durations
    ]


def _basis(basis: DurationBasis, cases: int) -> str:
    if basis is DurationBasis.DEFAULT:
        return label(basis)
    return _("%(basis)s, %(n)s naskah", basis=label(basis), n=cases)


def one_basis(plan: BackwardsPlan) -> bool:
    """Return whether every stage was measured on the same, which is then told once."""
    return len({(each.basis, each.cases) for each in plan.durations}) == 1


def foot(plan: BackwardsPlan) -> str:
    """Return the line under the stages: how they were measured, and on what where that is one thing."""
    if all(each.basis is DurationBasis.DEFAULT for each in plan.durations):
        return _("Belum cukup naskah yang tercatat tahap demi tahap, jadi angka bawaan yang dipakai.")
    measured = _("Nilai tengah hari kerja pada naskah yang sudah ditandatangani, menurut tanggal tahapnya.")
    first = plan.durations[0]
    return f"{_basis(first.basis, first.cases)}. {measured}" if one_basis(plan) else measured


def moved(agreement: "Agreement", rows: Sequence[DecisionRow]) -> str:
    """Return that a tacit renewal gave the agreement its present end, or nothing."""
    for row in rows:
        is_tacit = row.choice is RenewalChoice.TACIT and not row.is_withdrawn
        if is_tacit and row.until_on and row.until_on == agreement.ends_on:
            end, day = date_long(row.until_on), date_long(row.decided_on)
            return _("Diperpanjang dengan sendirinya sampai %(end)s, diputuskan %(date)s.", end=end, date=day)
    return ""


def card_note(
    agreement: "Agreement", plan: BackwardsPlan | None, found: DecisionRow | None, today: date
) -> Item | None:
    """Return the line on the card of the term: what was decided, or by when work must begin."""
    if found is not None:
        return {"text": _("Diputuskan: %(what)s", what=said(found)), "icon": "circle-check"}
    if plan is None or agreement.ends_on is None or agreement.ends_on < today:
        return None
    starts_on = agreement.renewal_starts_on or plan.starts_on
    text = _(
        "Perpanjangan mulai dikerjakan paling lambat %(date)s (biasanya perlu %(n)s hari kerja)",
        date=date_short(starts_on),
        n=plan.days,
    )
    if starts_on < today:
        text = f"{text}. {_distance(starts_on, today)}"
    return {"text": text, "icon": "list-checks"}


def said(row: DecisionRow) -> str:
    """Return "diperpanjang dengan adendum sampai 11 Apr 2030, 21 Nov 2026"."""
    until = _("sampai %(date)s", date=date_short(row.until_on)) if row.until_on else ""
    what = " ".join(filter(None, [label(row.choice).lower(), until]))
    return f"{what}, {date_short(row.decided_on)}"


def choices(chosen: str | None) -> list[Item]:
    """Return the four ways, each with what it does."""
    hints = {
        RenewalChoice.TACIT: _("Tanpa naskah baru, menurut Pasal jangka waktu. Tanggal berakhir langsung berubah."),
        RenewalChoice.EXTENSION: _("Hanya jangka waktu yang berubah, dengan adendum yang ditandatangani."),
        RenewalChoice.NEW_DOCUMENT: _("Naskah baru disusun dan ditandatangani; naskah ini menjadi pendahulunya."),
        RenewalChoice.LAPSE: _("Kerja sama selesai pada tanggal berakhir. Pengingat tanggal berakhir tetap dikirim."),
    }
    return [
        {"value": each.value, "label": label(each), "hint": hints[each], "selected": each.value == chosen}
        for each in RenewalChoice
    ]


def next_end(agreement: "Agreement") -> str:
    """Return for which decisions a new end is asked, and the one that one more term of the same length gives."""
    needed = str(_("Wajib bila diperpanjang dengan sendirinya; kosongkan bila belum ada tanggalnya."))
    if agreement.ends_on is None or not (agreement.term_years or agreement.term_months):
        return needed
    day = end_of_term(agreement.ends_on, years=agreement.term_years or 0, months=agreement.term_months or 0)
    told = term.length(agreement.term_years, agreement.term_months)
    same = _("Jangka waktu yang sama, %(term)s, berakhir %(date)s.", term=told, date=date_long(day))
    return f"{needed} {same}"


def closed(agreement: "Agreement") -> str:
    """Return why nothing can be decided about this agreement, or nothing."""
    if agreement.stage not in FOLLOWED:
        return _("Perpanjangan hanya diputuskan untuk naskah yang sudah ditandatangani dan belum diakhiri.")
    if agreement.ends_on is None:
        return _("Tanggal berakhir belum diketahui. Lengkapi dulu, lalu putuskan perpanjangannya.")
    return ""


def decided(row: DecisionRow) -> Item:
    """Return the decision that holds, as facts."""
    follower = None
    if row.follower_code:
        href = url_for("staff.agreements.show", code=row.follower_code)
        follower = {"label": _("Naskah lanjutan"), "value": row.follower_code, "href": href, "note": row.follower_title}
    rows = [
        {"label": _("Keputusan"), "value": label(row.choice)},
        {"label": _("Tanggal berakhir yang baru"), "value": date_long(row.until_on)} if row.until_on else None,
        {"label": _("Diputuskan pada"), "value": date_long(row.decided_on), "note": row.by or ""},
        {"label": _("Alasan"), "value": row.reason},
        follower,
    ]
    is_new = row.choice is RenewalChoice.NEW_DOCUMENT
    verb = _("Perbarui sebagai naskah baru") if is_new else _("Catat naskah perpanjangannya")
    return {"rows": [each for each in rows if each], "verb": verb}


def earlier(rows: Sequence[DecisionRow]) -> list[Item]:
    """Return the decisions that hold no longer, newest first."""
    return [
        {
            "text": _("Ditarik: %(what)s", what=said(row))
            if row.is_withdrawn
            else _("Tercapai: %(what)s", what=said(row)),
            "note": ". ".join(filter(None, [row.by, row.reason])),
        }
        for row in rows
        if not row.is_open
    ]


def effects(agreement: "Agreement", made: Choice, *, begin: bool) -> list[str]:
    """Return what the decision does, sentence by sentence."""
    found = []
    if made.choice is RenewalChoice.TACIT and made.until_on and agreement.ends_on:
        found.append(
            _(
                "Tanggal berakhir berubah dari %(before)s menjadi %(after)s; tenggat yang dihitung darinya ikut.",
                before=date_long(agreement.ends_on),
                after=date_long(made.until_on),
            )
        )
    else:
        found.append(_("Tanggal berakhir tetap %(date)s.", date=date_long(agreement.ends_on or made.decided_on)))
    found.append(_("Pengingat pemberitahuan dan awal perpanjangan untuk tanggal berakhir ini dihentikan."))
    if begin and made.choice in RELATION_OF:
        found.append(_("Naskah lanjutan dicatat sebagai usulan dengan pihak, unit, dan lingkup yang sama."))
    found.append(_("Keputusan, alasan, dan nama Anda tercatat pada riwayat naskah."))
    return found


def answers(made: Choice) -> list[Item]:
    """Return what was typed, to be read once more."""
    rows = [
        {"label": _("Keputusan"), "value": label(made.choice)},
        {"label": _("Tanggal berakhir yang baru"), "value": date_long(made.until_on)} if made.until_on else None,
        {"label": _("Diputuskan pada"), "value": date_long(made.decided_on)},
        {"label": _("Alasan"), "value": made.reason},
    ]
    return [row for row in rows if row]
