"""Relief in words and links: what may be done with one date, the requests for it, what a decision brings."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.dates import office_date
from portal.domain.obligation import UNFINISHED, OccurrenceStage
from portal.domain.relief import ReliefKind, ReliefStage
from portal.queries.reliefs import Request
from portal.web import guard
from portal.web.filters import date_long, date_short, date_weekday, datetime_zone, label, period

if TYPE_CHECKING:
    from portal.models import Occurrence, Relief

Item = dict[str, Any]

ACTS = {"geser": ReliefKind.EXTENSION, "bebaskan": ReliefKind.WAIVER, "tahan": ReliefKind.HOLD}
"""The words that stand for kinds of relief in addresses."""

TONES = {
    ReliefStage.ASKED: "warn",
    ReliefStage.GRANTED: "good",
    ReliefStage.REFUSED: "bad",
    ReliefStage.WITHDRAWN: "",
}


def words(act: str) -> dict[str, str]:
    """Return heading, button, label of the date and sentence afterwards for an act."""
    return {
        "geser": {
            "title": _("Geser tenggat"),
            "verb": _("Geser tenggat"),
            "day": _("Tanggal baru"),
            "done": _("Tenggat digeser. Pengingatnya mengikuti tanggal baru."),
        },
        "bebaskan": {
            "title": _("Bebaskan dari tenggat"),
            "verb": _("Bebaskan tenggat"),
            "day": "",
            "done": _("Tenggat dibebaskan. Pengingatnya dibatalkan."),
        },
        "tahan": {
            "title": _("Tahan tenggat"),
            "verb": _("Tahan tenggat"),
            "day": _("Ditahan sampai"),
            "done": _("Tenggat ditahan. Tidak ada pengingat sampai dilanjutkan."),
        },
    }[act]


def effects(kind: ReliefKind, due: str, reminders: int) -> list[str]:
    """Return what follows when relief is given: the date before and after, and the reminders that go away."""
    away = _("%(n)s pengingat yang direncanakan untuk tanggal ini dibatalkan.", n=reminders)
    sentences = {
        ReliefKind.EXTENSION: [
            _("Tenggat %(date)s diganti dengan tanggal baru. Tenggat periode lain tidak berubah.", date=due),
            _("Pengingat disusun lagi untuk tanggal baru."),
        ],
        ReliefKind.WAIVER: [
            _("Tenggat %(date)s tidak lagi ditagih, dan pengingatnya dibatalkan.", date=due),
            _("Tenggat periode lain tidak berubah."),
        ],
        ReliefKind.HOLD: [
            _("Tenggat %(date)s ditahan: tidak ditagih dan tidak diingatkan sampai dilanjutkan.", date=due),
            _("Pada tanggal yang Anda isi, tenggat dilanjutkan dengan sendirinya. Kosong berarti menunggu petugas."),
        ],
    }[kind]
    return [str(each) for each in ([*sentences, away] if reminders else sentences)]


def acts(row: "Occurrence", here: Mapping[str, Any]) -> list[Item]:
    """Return as links what an officer may do about one date; `here` names it in addresses."""
    if row.stage not in UNFINISHED or not guard.may_open("staff.reliefs.give"):
        return []
    reach = {"label": _("Hubungi"), "href": url_for("staff.contacts.duty", **here)}
    return [*_easing(row, here), *([reach] if guard.may_open("staff.contacts.duty") else [])]


def _easing(row: "Occurrence", here: Mapping[str, Any]) -> list[Item]:
    if row.stage is OccurrenceStage.HELD:
        found = [{"label": _("Lanjutkan"), "href": url_for("staff.reliefs.take_up", **here)}]
        return [*found, _act("bebaskan", _("Bebaskan"), here)]
    names = {"geser": _("Geser tenggat"), "bebaskan": _("Bebaskan"), "tahan": _("Tahan")}
    fitting = names if row.stage is OccurrenceStage.OPEN else {"bebaskan": names["bebaskan"]}
    return [_act(act, name, here) for act, name in fitting.items()]


def _act(act: str, name: str, here: Mapping[str, Any]) -> Item:
    return {"label": name, "href": url_for("staff.reliefs.give", act=act, **here)}


def moved(row: "Occurrence") -> str:
    """Return what moved a date away from its schedule, or why it may move still; nothing if it stands."""
    if row.scheduled_on and row.scheduled_on != row.due_on:
        return str(_("digeser dari %(date)s", date=date_short(row.scheduled_on)))
    if row.counted_on and row.counted_on != row.due_on:
        return str(_("digeser dari %(date)s karena hari libur", date=date_short(row.counted_on)))
    return str(_("perkiraan: hari libur %(year)s belum dimuat", year=row.due_on.year)) if row.is_estimated else ""


def line(request: Request) -> Item:
    """Return one request as a row of the list."""
    relief = request.relief
    duty = relief.occurrence.obligation
    return {
        "title": named(relief),
        "href": url_for("staff.reliefs.show", relief_id=relief.id),
        "kind": label(relief.kind),
        "asker": request.organisation,
        "asked": date_short(office_date(relief.asked_at)),
        "dates": dates(relief),
        "code": duty.agreement.code,
        "agreement_href": url_for("staff.agreements.show", code=duty.agreement.code),
        "agreement": duty.agreement.title,
        "sample": duty.agreement.is_sample,
    }


def named(relief: "Relief") -> str:
    """Return what the duty is called, with its period where it has one."""
    occurrence = relief.occurrence
    said = period(occurrence.period_key)
    return f"{occurrence.obligation.title}, {said}" if said else occurrence.obligation.title


def dates(relief: "Relief") -> str:
    """Return in short what was asked for: the date now and the one that is wished for."""
    now = date_short(relief.occurrence.due_on)
    if relief.kind is ReliefKind.WAIVER:
        return now
    wanted = date_short(relief.wanted_on) if relief.wanted_on else _("tanpa batas")
    if relief.stage is ReliefStage.ASKED:
        return f"{now} → {wanted}"
    return wanted


def facts(request: Request) -> list[Item]:
    """Return what is known of one request."""
    relief = request.relief
    duty = relief.occurrence.obligation
    wanted = date_weekday(relief.wanted_on) if relief.wanted_on else _("tanpa batas")
    found = [
        {"label": _("Kewajiban"), "value": named(relief), "href": duty_page(request)},
        {"label": _("Naskah"), "value": f"{duty.agreement.title} ({duty.agreement.code})"},
        {"label": _("Yang diminta"), "value": label(relief.kind)},
        {"label": _("Tenggat sekarang"), "value": date_weekday(relief.occurrence.due_on)},
    ]
    if relief.kind is not ReliefKind.WAIVER:
        title = _("Tanggal yang diminta") if relief.kind is ReliefKind.EXTENSION else _("Ditahan sampai")
        found.append({"label": title, "value": wanted})
    return [
        *found,
        {"label": _("Alasan"), "value": relief.reason},
        {"label": _("Diminta oleh"), "value": request.organisation, "note": request.person},
        {"label": _("Diminta pada"), "value": datetime_zone(relief.asked_at)},
    ]


def duty_page(request: Request) -> str:
    """Return the address of the duty that a request is about."""
    code = request.relief.occurrence.obligation.agreement.code
    return url_for("staff.obligations.show", code=code, number=request.number)


def outcome(relief: "Relief", names: Mapping[int, str]) -> list[Item]:
    """Return how a request was answered; nothing while it waits."""
    if relief.stage is ReliefStage.ASKED:
        return []
    found = [{"label": _("Keputusan"), "value": label(relief.stage)}]
    if relief.granted_on:
        found.append({"label": _("Tanggal yang dikabulkan"), "value": date_long(relief.granted_on)})
    if relief.answer:
        found.append({"label": _("Alasan dan dasar"), "value": relief.answer})
    when = datetime_zone(relief.decided_at) if relief.decided_at else None
    return [*found, {"label": _("Diputuskan oleh"), "value": names.get(relief.decided_by_id or 0), "note": when}]


def history(requests: Iterable[Request]) -> list[Item]:
    """Return the requests for the dates of one duty as events, the latest first."""
    return [_event(request) for request in requests]


def _event(request: Request) -> Item:
    relief = request.relief
    said = period(relief.occurrence.period_key)
    name = f"{label(relief.kind)}, {said}" if said else label(relief.kind)
    icons = {ReliefStage.ASKED: "clock", ReliefStage.GRANTED: "circle-check", ReliefStage.REFUSED: "ban"}
    granted = _("sampai %(date)s", date=date_short(relief.granted_on)) if relief.granted_on else ""
    stage = f"{label(relief.stage)} {granted}".strip()
    return {
        "text": f"{name}: {stage}",
        "note": f"{request.organisation}: {relief.reason}",
        "when": datetime_zone(relief.decided_at or relief.asked_at),
        "tone": TONES[relief.stage],
        "icon": icons.get(relief.stage, "undo-2"),
        "href": url_for("staff.reliefs.show", relief_id=relief.id),
    }
